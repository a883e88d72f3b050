//! The crates of a run, read in parallel.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::audited_crate::AuditedCrate;
use crate::cli::{Failure, dataset_options};
use crate::ro_crate::crate_archive::CrateDetail;

/// The names of crates: those of a file, else the names of their files.
///
/// # Errors
/// The file of names cannot be read, or has more or fewer names than there are crates.
pub fn names(file: Option<&Path>, paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    if file.is_some() {
        return dataset_options::names(file, paths, "crate");
    }
    let names = paths.iter().map(|path| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    });
    Ok(names.collect())
}

/// What `ask` answers for each crate, in their order; a finding in place of a crate that cannot be read, and one for each
/// document in a crate that cannot be read.
///
/// # Errors
/// None of the crates can be read: why the first cannot.
pub fn ask_all<T: Send>(
    paths: &[PathBuf],
    names: &[String],
    ask: impl Fn(&AuditedCrate) -> T + Sync,
) -> Result<(Vec<T>, Vec<String>), Failure> {
    let read = paths.par_iter().zip(names).with_max_len(1);
    let read: Vec<Result<(T, Option<String>), Failure>> = read
        .map(|(path, name)| one(path, name).map(|crate_| (ask(&crate_), crate_.remark())))
        .collect();
    let (mut answers, mut failures, mut without_document) = (Vec::new(), Vec::new(), Vec::new());
    for answer in read {
        match answer {
            Ok((answer, remark)) => {
                answers.push(answer);
                without_document.extend(remark);
            }
            Err(failure) => failures.push(failure),
        }
    }
    let remarks = failures
        .iter()
        .map(|failure| format!("{failure}; not used"));
    let remarks = remarks.chain(without_document).collect();
    match failures.into_iter().next() {
        Some(first) if answers.is_empty() => Err(first),
        _ => Ok((answers, remarks)),
    }
}

/// Reads one crate.
///
/// # Errors
/// Why it cannot be read, with its name.
pub fn one(path: &Path, name: &str) -> Result<AuditedCrate, Failure> {
    let archive = dataset_options::read_crate(path, name, CrateDetail::Metadata)?;
    AuditedCrate::new(name, &archive).map_err(|problem| Failure::at(name, problem))
}
