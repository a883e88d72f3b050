//! The data.

use std::fs::{self, File};
use std::path::PathBuf;

use crate::archive::digest::{Digests, Sha256Sum};
use crate::cli::{self, Failure};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::described_datasets::DescribedDataset;

use super::arguments::PackageArguments;

/// One of the data, not read yet.
pub struct Data {
    pub path: PathBuf,
    pub described: DescribedDataset,
    pub bytes: u64,
}

impl Data {
    /// The same with its SHA-256.
    pub fn file(&self, sha256: Sha256Sum) -> DatasetFile {
        let digests = Digests::of_sha256(self.bytes, sha256);
        self.described.clone().file(digests, None)
    }

    /// Its SHA-256, which takes a while.
    pub fn sha256(&self) -> Result<Sha256Sum, Failure> {
        let at = |error| Failure::at(&self.described.element_identifier, error);
        let mut file = File::open(&self.path).map_err(at)?;
        Ok(cli::digests(&mut file, &[]).map_err(at)?.sha256)
    }
}

/// The data, in their order.
pub fn data(arguments: &PackageArguments) -> Result<Vec<Data>, Failure> {
    let paths = cli::files(&arguments.data)?;
    if paths.is_empty() {
        return Err(Failure::at("data", "found no file, expected at least one"));
    }
    let described = arguments.given.described(&paths)?;
    let pairs = paths.into_iter().zip(described);
    pairs
        .map(|(path, described)| {
            let bytes = fs::metadata(&path)
                .map_err(|error| Failure::at(path.display(), error))?
                .len();
            Ok(Data {
                path,
                described,
                bytes,
            })
        })
        .collect()
}
