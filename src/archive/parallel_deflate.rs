//! Compresses many small files in parallel, for raw copies into an archive.

use std::io::{Cursor, Write as _};

use rayon::prelude::*;
use zip::result::ZipResult;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::entry_options::{DEFLATE_LEVEL, entry_options};
use super::error::PackError;

/// A folder, or a file with its bytes.
pub type Item<'b> = (String, Option<&'b [u8]>);

/// Packed items, in their order.
pub struct DeflatedEntries {
    pub(super) names: Vec<(String, bool)>,
    pub(super) archives: Vec<ZipArchive<Cursor<Vec<u8>>>>,
}

/// Compresses items; an archive validates their names when it copies them.
///
/// # Errors A name that is invalid in a zip archive, or a duplicate name.
pub fn pack(items: Vec<Item<'_>>) -> Result<DeflatedEntries, PackError> {
    let share = items.len().div_ceil(rayon::current_num_threads()).max(1);
    let archives: Vec<ZipResult<_>> = items.par_chunks(share).map(archive_of).collect();
    // The first fault in the order of the items, whichever share came upon one first.
    let archives: ZipResult<_> = archives.into_iter().collect();
    Ok(DeflatedEntries {
        archives: archives.map_err(|error| PackError::Writing(error.into()))?,
        names: items
            .into_iter()
            .map(|(name, bytes)| (name, bytes.is_some()))
            .collect(),
    })
}

fn archive_of(items: &[Item<'_>]) -> ZipResult<ZipArchive<Cursor<Vec<u8>>>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in items {
        match bytes {
            None => {
                let options =
                    entry_options(CompressionMethod::Stored, None).unix_permissions(0o755);
                zip.add_directory(name.as_str(), options)?;
            }
            Some(bytes) => {
                zip.start_file(
                    name.as_str(),
                    entry_options(CompressionMethod::Deflated, Some(DEFLATE_LEVEL)),
                )?;
                zip.write_all(bytes)?;
            }
        }
    }
    ZipArchive::new(zip.finish()?)
}
