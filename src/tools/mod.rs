//! The tools: one room each, with its arguments, its form, its steps, its table and its report. A tool never uses another tool.

pub mod audit;
pub mod catalog;
pub mod check;
pub mod convert;
pub mod follow;
pub mod import;
pub mod overlap;
pub mod package;
pub mod search;
pub mod serve;
