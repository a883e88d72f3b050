//! GSuite files.

mod reading;
mod writing;
