//! Reading: the bytes of a file become sheets.

pub mod data_connect;
pub mod data_connect_requests;
pub mod delimited;
pub mod drs;
pub mod drs_address;
pub mod drs_join;
pub mod encode;
mod encode_answer;
pub mod encode_search;
pub mod faang_requests;
mod flatten;
mod grid;
pub mod hub;
pub mod ihec;
pub mod json_source;
pub mod pages;
pub mod portal_api;
pub mod seek_requests;
mod value_columns;
pub mod workbook;
