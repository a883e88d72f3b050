//! Files and signals.

mod ends;
mod shared_files;
