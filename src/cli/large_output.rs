//! A large file that is written bit by bit.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::{Failure, beside};

/// A file that appears when it is whole, or not at all; until then its bytes are in a file beside it.
#[derive(Debug)]
pub struct LargeOutput {
    path: PathBuf,
    temporary: Option<PathBuf>,
}

impl LargeOutput {
    /// Opens the file before any work is done, so that a path that cannot be written fails at once.
    ///
    /// # Errors
    /// A path that cannot be written, or that is no plain file.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            let problem = "found a folder or a device, expected the path of a file to write";
            return Err(Failure::at(path.display(), problem));
        }
        let output = LargeOutput {
            path: path.to_path_buf(),
            temporary: Some(beside(path)),
        };
        output.start()?;
        Ok(output)
    }

    /// The file, empty, to write it from its beginning.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn start(&self) -> Result<File, Failure> {
        let place = self.temporary.as_deref().unwrap_or(&self.path);
        let mut options = File::options();
        let options = options.read(true).write(true).create(true).truncate(true);
        options
            .open(place)
            .map_err(|error| Failure::at(self.path.display(), error))
    }

    /// Lets the file appear.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn appear(mut self) -> Result<(), Failure> {
        match self.temporary.take() {
            Some(temporary) => fs::rename(&temporary, &self.path)
                .map_err(|error| Failure::at(self.path.display(), error)),
            None => Ok(()),
        }
    }
}

impl Drop for LargeOutput {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // What is left of an output that did not get done; nothing can be said about it while unwinding.
            let _ = fs::remove_file(temporary);
        }
    }
}
