//! Compresses many small files in parallel, for raw copies into an archive.

use std::io::{Cursor, Write as _};
use std::num::NonZero;
use std::thread;

use zip::result::ZipResult;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::packer::{LEVEL, PackError, options};

/// A folder, or a file with its bytes.
pub type Item<'b> = (String, Option<&'b [u8]>);

/// Packed items, in their order.
pub struct Apart {
    pub(super) names: Vec<(String, bool)>,
    pub(super) archives: Vec<ZipArchive<Cursor<Vec<u8>>>>,
}

/// Compresses items; an archive validates their names when it copies them.
///
/// # Errors
/// A name that is invalid in a zip archive, or a duplicate name.
pub fn pack(items: Vec<Item<'_>>) -> Result<Apart, PackError> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(threads).max(1);
    let archives: Vec<ZipResult<ZipArchive<Cursor<Vec<u8>>>>> = thread::scope(|scope| {
        let running: Vec<_> = items
            .chunks(share)
            .map(|items| scope.spawn(move || one(items)))
            .collect();
        let joined = running.into_iter().map(|running| running.join());
        // A panicking thread would yield nothing, but nothing in it panics.
        joined.filter_map(Result::ok).collect()
    });
    Ok(Apart {
        archives: archives
            .into_iter()
            .collect::<ZipResult<_>>()
            .map_err(|error| PackError::Writing(error.into()))?,
        names: items
            .into_iter()
            .map(|(name, bytes)| (name, bytes.is_some()))
            .collect(),
    })
}

fn one(items: &[Item<'_>]) -> ZipResult<ZipArchive<Cursor<Vec<u8>>>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in items {
        match bytes {
            None => {
                let options = options(CompressionMethod::Stored, None).unix_permissions(0o755);
                zip.add_directory(name.as_str(), options)?;
            }
            Some(bytes) => {
                zip.start_file(
                    name.as_str(),
                    options(CompressionMethod::Deflated, Some(LEVEL)),
                )?;
                zip.write_all(bytes)?;
            }
        }
    }
    ZipArchive::new(zip.finish()?)
}
