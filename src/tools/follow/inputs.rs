//! The results, hashed.

use std::io::{Read as _, Seek as _, sink};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::archive::digest::{DigestFunction, Digester, Digests};
use crate::archive::gzip;
use crate::cli::{self, Failure};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::described_datasets::DescribedDataset;

use super::arguments::FollowArguments;

/// How much of a packed result is unpacked to see whether a crate knows what is in it.
const MOST_UNPACKED: u64 = 1 << 40;

/// The results, hashed by those functions whose checksums the crates give, and by MD5, which Galaxy may know.
pub fn results(
    arguments: &FollowArguments,
    paths: &[PathBuf],
    of_crates: &[DigestFunction],
) -> Result<Vec<DatasetFile>, Failure> {
    let mut functions = of_crates.to_vec();
    functions.push(DigestFunction::Md5);
    let described = described(arguments, paths)?;
    let read = paths.par_iter().zip(&described).with_max_len(1);
    let read =
        read.map(|(path, described)| hashed(path, &described.element_identifier, &functions));
    let read: Vec<_> = read.collect();
    let mut results = Vec::new();
    for (described, digests) in described.into_iter().zip(read) {
        let (digests, unpacked) = digests?;
        results.push(described.file(digests, unpacked));
    }
    Ok(results)
}

/// What is known of each result, with the ids given for them.
fn described(
    arguments: &FollowArguments,
    paths: &[PathBuf],
) -> Result<Vec<DescribedDataset>, Failure> {
    let mut described = arguments.given.described(paths)?;
    let ids = &arguments.dataset;
    if !ids.is_empty() && ids.len() != paths.len() {
        let problem = format!(
            "found {} ids, expected {}, one for each result",
            ids.len(),
            paths.len()
        );
        return Err(Failure::at("--dataset", problem));
    }
    for (described, id) in described.iter_mut().zip(ids) {
        described.id.clone_from(id);
    }
    Ok(described)
}

/// The digests of a file, and where it is gzip those of what is packed in it.
fn hashed(
    path: &Path,
    name: &str,
    functions: &[DigestFunction],
) -> Result<(Digests, Option<Digests>), Failure> {
    let at = |problem: &dyn std::fmt::Display| Failure::at(name, problem);
    let mut file = cli::open(path).map_err(|error| at(&error))?;
    let digests = cli::digests(&mut file, functions).map_err(|error| at(&error))?;
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
