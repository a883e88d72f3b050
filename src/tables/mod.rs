//! Tab-separated tables with a line of titles.

pub mod tsv;
