//! Files and signals.

mod ends;
mod shared_files;
mod version_0_1_0;
