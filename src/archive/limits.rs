//! How much of an archive is read.

use super::MOST_ENTRIES;
use crate::text::json::JsonKind;

/// The limits for reading an archive.
#[derive(Debug, Clone)]
pub struct ArchiveLimits {
    /// Bytes of the archive itself.
    pub file_bytes: u64,
    /// Files and folders in it.
    pub entries: usize,
    /// Bytes of its list of entries.
    pub directory_bytes: u64,
    /// Bytes of the metadata file of the crate, unpacked.
    pub metadata_bytes: u64,
    /// Bytes of all files together, unpacked. A file that is read twice counts once.
    pub total_bytes: u64,
}

impl Default for ArchiveLimits {
    /// 1 TiB packed and unpacked, 100,000 entries, a list of 32 MiB, metadata as the site allows.
    fn default() -> Self {
        ArchiveLimits {
            file_bytes: 1 << 40,
            entries: MOST_ENTRIES,
            directory_bytes: 32 << 20,
            metadata_bytes: JsonKind::Metadata.limit().bytes,
            total_bytes: 1 << 40,
        }
    }
}
