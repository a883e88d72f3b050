//! What all entries of the archives written here have in common.

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System};

/// The default deflate level of zlib; any other would change the bytes of all archives.
pub(super) const DEFLATE_LEVEL: i64 = 6;

/// The options of an entry, without anything of the moment or the machine, so that the same files give the same bytes.
pub(super) fn entry_options(method: CompressionMethod, level: Option<i64>) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(level)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix)
}
