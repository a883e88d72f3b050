//! The data.

use std::fs::File;
use std::path::PathBuf;

use crate::archive::digest::Sha256Sum;
use crate::cli::{self, Failure};
use crate::ro_crate::publication::UnreadDataset;

use super::arguments::PackageArguments;

/// The data, with the path of each.
pub struct PackageInputs {
    pub data: Vec<UnreadDataset>,
    pub paths: Vec<PathBuf>,
}

impl PackageInputs {
    /// The data, in their order.
    pub fn of(arguments: &PackageArguments) -> Result<Self, Failure> {
        let paths = cli::files(&arguments.data)?;
        if paths.is_empty() {
            return Err(Failure::at("data", "found no file, expected at least one"));
        }
        let described = arguments.given.described(&paths)?.into_iter();
        let data = described.zip(&paths).map(|(described, path)| {
            let metadata = cli::open(path).and_then(|file| file.metadata());
            let bytes = metadata
                .map_err(|error| Failure::at(path.display(), error))?
                .len();
            Ok(UnreadDataset { described, bytes })
        });
        Ok(PackageInputs {
            data: data.collect::<Result<_, Failure>>()?,
            paths,
        })
    }

    /// The SHA-256 of one of the data.
    pub fn sha256(&self, number: usize) -> Result<Sha256Sum, Failure> {
        let at = |error| Failure::at(&self.data[number].described.element_identifier, error);
        let mut file = File::open(&self.paths[number]).map_err(at)?;
        Ok(cli::digests(&mut file, &[]).map_err(at)?.sha256)
    }
}
