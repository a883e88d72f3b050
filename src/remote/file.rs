//! Files of this machine, through a mirror of the site and only below its folder.

use std::fs::{self, File};
use std::path::Path;

use super::fault::Fault;
use super::open_files;
use super::part_file::{PartFile, TransferError};

/// Copies the file at `path` below `folder`.
pub(super) fn copy(folder: &Path, path: &Path, part: &mut PartFile) -> Result<(), Fault> {
    let missing = |_| Fault::Mirror {
        problem: "does not have this file",
    };
    let folder = fs::canonicalize(folder).map_err(|_| Fault::Mirror {
        problem: "has no folder",
    })?;
    // A link may lead anywhere, so its target is checked and opened.
    let found = fs::canonicalize(folder.join(path)).map_err(missing)?;
    if !found.starts_with(&folder) {
        return Err(Fault::Mirror {
            problem: "does not serve this file, because a link leads out of the mirror",
        });
    }
    let metadata = fs::metadata(&found).map_err(missing)?;
    if !metadata.is_file() {
        return Err(Fault::Mirror {
            problem: "has no regular file at this path",
        });
    }
    part.expect(metadata.len())?;
    let mut file = File::open(&found).map_err(|error| match open_files::is_exhausted(&error) {
        true => Fault::OpenFiles,
        false => Fault::Mirror {
            problem: "denies this job access to the file",
        },
    })?;
    part.take_all(&mut file).map_err(|broken| match broken {
        TransferError::Local(fault) => fault,
        TransferError::Source(_) => Fault::Mirror {
            problem: "failed while the file was read",
        },
    })
}
