//! A large file that is written bit by bit.

use std::fs::File;
use std::io::{self, Seek as _};
use std::path::{Path, PathBuf};

use super::Failure;
use super::outputs::destination;
use super::partial::{PartialFile, remove_left_over};

/// A file that appears when it is whole, or not at all; until then its bytes are in a file beside it.
#[derive(Debug)]
pub struct LargeOutput {
    path: PathBuf,
    place: PathBuf,
    partial: PartialFile,
}

impl LargeOutput {
    /// Opens the file before any work is done, so that a path that cannot be written fails at once.
    ///
    /// # Errors
    /// The path cannot be written, or is not a regular file.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let Some(place) = destination(path) else {
            let problem = "found a folder or a device, expected the path of a regular file";
            return Err(Failure::at(path.display(), problem));
        };
        remove_left_over([place.as_path()].into_iter());
        let partial =
            PartialFile::create(&place).map_err(|error| Failure::at(path.display(), error))?;
        Ok(LargeOutput {
            path: path.to_path_buf(),
            place,
            partial,
        })
    }

    /// The file, empty, to write it from its beginning.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn start(&self) -> Result<File, Failure> {
        let emptied = || -> io::Result<File> {
            let mut file = self.partial.file.try_clone()?;
            file.set_len(0)?;
            file.rewind()?;
            Ok(file)
        };
        emptied().map_err(|error| Failure::at(self.path.display(), error))
    }

    /// Lets the file appear.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn appear(self) -> Result<(), Failure> {
        let appeared = self.partial.appear(&self.place);
        appeared.map_err(|error| Failure::at(self.path.display(), error))
    }
}
