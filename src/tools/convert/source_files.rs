//! The files of folders and archives.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::archive::gate::Archive;
use crate::archive::limits::ArchiveLimits;
use crate::cli::Failure;
use crate::conversion::read::hub::HubFile;

/// Unpacked bytes of an archive.
const MOST_UNPACKED: u64 = 1 << 30;

/// All files in a folder and the folders in it, in the order of their paths.
///
/// # Errors
/// A folder that cannot be read.
pub fn inside(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let at = |error| Failure::at(folder.display(), error);
        for entry in std::fs::read_dir(&folder).map_err(at)? {
            let entry = entry.map_err(at)?;
            // A link may lead out of the folder.
            let kind = entry.file_type().map_err(at)?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The files of a zip archive.
///
/// # Errors
/// An archive that is damaged, hostile or too large.
pub fn unpacked(name: &str, bytes: Vec<u8>) -> Result<Vec<HubFile>, Failure> {
    let at = |error| Failure::at(name, error);
    let limits = ArchiveLimits {
        total_bytes: MOST_UNPACKED,
        ..ArchiveLimits::default()
    };
    let mut archive = Archive::open(std::io::Cursor::new(bytes), &limits).map_err(at)?;
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let files = names.into_iter().map(|name| {
        let bytes = Rc::new(archive.read(&name, MOST_UNPACKED).map_err(at)?);
        Ok(HubFile { name, bytes })
    });
    files.collect()
}
