//! Packed files: zip archives read through a strict gate and written the same way every time, gzip and deflate unpacked, and
//! tar read through.

pub mod content_id;
pub mod deflate;
pub mod digest;
mod directory;
mod entry_options;
mod entry_spans;
pub mod error;
pub mod gate;
pub mod gzip;
pub(crate) mod hash_thread;
mod inflate;
pub mod limits;
pub mod packer;
pub mod parallel_deflate;
pub mod paths;
mod records;
mod scan;
pub mod tar_reader;
mod validation;

/// The most files and folders in an archive.
pub const MOST_ENTRIES: usize = 100_000;

/// The largest metadata file of a crate: 64 MiB.
pub const LARGEST_METADATA: u64 = 64 << 20;
