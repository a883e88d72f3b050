//! Datasets as files on disk: hashed, and compared with the genome build that Galaxy has for them.

use std::fs::File;
use std::io::{Read as _, Seek as _, sink};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Failure, digests, open};
use crate::archive::digest::{DigestFunction, Digester, Digests};
use crate::archive::gzip;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::described_datasets::DescribedDataset;
use crate::genome::coordinate_system::{ComparedClaim, KnownGenome};

/// How much of a packed file is unpacked to see whether a crate knows what is in it.
const MOST_UNPACKED: u64 = 1 << 40;

/// Datasets hashed by those functions whose checksums the crates give, and by MD5, which Galaxy may know.
///
/// # Errors
/// A file that cannot be read, by the name that its user knows.
pub fn hashed_files(
    described: Vec<DescribedDataset>,
    paths: &[PathBuf],
    of_crates: &[DigestFunction],
) -> Result<Vec<DatasetFile>, Failure> {
    let mut functions = of_crates.to_vec();
    functions.push(DigestFunction::Md5);
    let read = paths.par_iter().zip(&described).with_max_len(1);
    let read =
        read.map(|(path, described)| hashed(path, &described.element_identifier, &functions));
    let read: Vec<_> = read.collect();
    let mut files = Vec::new();
    for (described, digests) in described.into_iter().zip(read) {
        let (digests, unpacked) = digests?;
        files.push(described.file(digests, unpacked));
    }
    Ok(files)
}

/// The digests of a file, and where it is gzip those of what is packed in it.
fn hashed(
    path: &Path,
    name: &str,
    functions: &[DigestFunction],
) -> Result<(Digests, Option<Digests>), Failure> {
    let at = |problem: &dyn std::fmt::Display| Failure::at(name, problem);
    let mut file = open(path).map_err(|error| at(&error))?;
    let digests = digests(&mut file, functions).map_err(|error| at(&error))?;
    let mut first = [0; gzip::FIRST_BYTES];
    let length = file.read(&mut first).map_err(|error| at(&error))?;
    if !gzip::is_gzip(&first[..length]) {
        return Ok((digests, None));
    }
    file.rewind().map_err(|error| at(&error))?;
    // What cannot be unpacked is a result like any other: only its own bytes can be known.
    let digester = Digester::making(functions);
    let unpacked = gzip::unpack_hashed(&mut file, &mut sink(), MOST_UNPACKED, digester);
    Ok((digests, unpacked.ok()))
}

/// For each file the sentence about chromosomes or positions that contradict its genome build, if any do.
///
/// # Errors
/// A file that cannot be read.
pub fn contradicted_builds(
    paths: &[PathBuf],
    files: &[DatasetFile],
) -> Result<Vec<Option<String>>, Failure> {
    let read = paths.par_iter().zip(files).with_max_len(1);
    read.map(|(path, dataset)| {
        let Some(genome) = KnownGenome::built_in(&dataset.dbkey) else {
            return Ok(None);
        };
        let file = File::open(path);
        let compared = file.and_then(|file| ComparedClaim::of_file(file, genome));
        let compared = compared.map_err(|error| Failure::at(&dataset.element_identifier, error))?;
        // A file with a damaged header is a file like any other.
        Ok(compared
            .ok()
            .flatten()
            .and_then(|claim| claim.contradiction))
    })
    .collect()
}
