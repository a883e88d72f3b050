//! Reading: the bytes of a file become sheets.

pub mod delimited;
