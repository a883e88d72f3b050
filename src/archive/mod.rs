//! Packed files: zip archives read through a strict gate and written the same way every time, gzip and deflate unpacked, and tar read through.

mod admission;
pub mod apart;
mod beside;
pub mod deflate;
mod directory;
pub mod gate;
pub mod gzip;
mod inflate;
pub mod packer;
mod places;
mod records;
pub mod refusal;
mod scan;
pub mod tarball;

/// How many files and folders an archive may have.
pub const MOST_ENTRIES: usize = 100_000;

/// How many bytes the metadata file of a crate may have: 64 MiB.
pub const LARGEST_METADATA: u64 = 64 << 20;
