//! The crates, one for each result.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::{self, Failure};
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::proof::trace::Proof;
use crate::ro_crate::result_crate_zip::{ResultCrates, ResultToDescribe};
use crate::text::unique_names::file_names;
use crate::tools::follow::table::FollowRow;

use super::arguments::FollowArguments;

/// Writes the crates, and returns the path of each; adds what is found to the rows.
pub fn write(
    crates: &ResultCrates<'_>,
    (results, proofs): (&[DatasetFile], &[Proof<'_>]),
    rows: &mut [FollowRow],
    arguments: &FollowArguments,
) -> Result<Vec<PathBuf>, Failure> {
    let folder = arguments.output_folder.join("crates");
    fs::create_dir_all(&folder).map_err(|error| Failure::at(folder.display(), error))?;
    let identifiers = results.iter().map(|result| &*result.element_identifier);
    let names = file_names(identifiers, "result").into_iter();
    let paths = names.map(|name| folder.join(format!("{name}.rocrate.zip")));
    let paths: Vec<PathBuf> = paths.collect();
    let outputs: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    cli::refuse_shared(&arguments.inputs(), &outputs)?;
    for (number, path) in paths.iter().enumerate() {
        let row = &mut rows[number];
        let mut result = ResultToDescribe {
            file: &results[number],
            proof: &proofs[number],
            source_tracks: row.proven.len(),
            genome_builds: &row.genome_builds,
            findings: std::mem::take(&mut row.findings),
        };
        cli::write(path, &crates.zip(&mut result)?)?;
        row.findings = result.findings;
    }
    Ok(paths)
}
