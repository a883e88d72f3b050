//! The integration tests, one program: a module a room of the library, a module a tool.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod archive;
mod audit;
mod catalog;
mod check;
mod cli;
mod convert;
mod fairtracks;
mod follow;
mod galaxy;
mod genome;
mod gsuite;
mod house;
mod import;
mod overlap;
mod package;
mod query;
mod remote;
mod search;
mod serve;
mod support;
mod tables;
mod text;
mod trackfind;
