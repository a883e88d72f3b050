//! Zip archives and gzip.

mod gate;
mod gzip;
mod packer;
mod readers;
