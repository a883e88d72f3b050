//! The crates, one for each result.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::{self, Failure};
use crate::galaxy::LONGEST_ELEMENT_IDENTIFIER;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::page::of_crates::CratesOverview;
use crate::ro_crate::proof::trace::Proof;
use crate::ro_crate::result_crate_zip::{ResultCrates, ResultToDescribe};
use crate::text::unique_names::{file_names, numbered};
use crate::tools::follow::crate_rows::{MOST_SHOWN, ShownCrate};
use crate::tools::follow::table::FollowRow;

use super::arguments::FollowArguments;

/// The names of the crates in their collection: the element identifiers of the results.
pub fn elements(results: &[DatasetFile]) -> Vec<String> {
    let names = results.iter().map(|result| &*result.given_identifier);
    numbered(names, LONGEST_ELEMENT_IDENTIFIER)
}

/// Writes the crates, and returns the path of each; adds what is found to the rows, and each crate to the overview.
pub fn write(
    crates: &ResultCrates<'_>,
    (results, proofs): (&[DatasetFile], &[Proof<'_>]),
    rows: &mut [FollowRow],
    arguments: &FollowArguments,
    overview: &mut CratesOverview<'_>,
) -> Result<WrittenCrates, Failure> {
    let folder = arguments.output_folder.join("crates");
    fs::create_dir_all(&folder).map_err(|error| Failure::at(folder.display(), error))?;
    let identifiers = results.iter().map(|result| &*result.element_identifier);
    let names = file_names(identifiers, "result").into_iter();
    let paths = names.map(|name| folder.join(format!("{name}.rocrate.zip")));
    let paths: Vec<PathBuf> = paths.collect();
    let outputs: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    cli::refuse_shared(&arguments.inputs(), &outputs)?;
    let elements = elements(results);
    let mut shown = Vec::new();
    for (number, path) in paths.iter().enumerate() {
        let row = &mut rows[number];
        let mut result = ResultToDescribe {
            file: &results[number],
            proof: &proofs[number],
            source_tracks: row.proven.len(),
            genome_builds: &row.genome_builds,
            findings: std::mem::take(&mut row.findings),
        };
        let zip = crates.zip(&mut result)?;
        cli::write(path, &zip.bytes)?;
        row.findings = result.findings;
        let element = &elements[number];
        if number < MOST_SHOWN {
            shown.push(ShownCrate::new(&zip.provenance, element));
        }
        let findings = row.findings.iter();
        let findings = findings.map(|(strength, text)| format!("{strength}: {text}"));
        overview.add_result(zip.provenance, element, findings.collect())?;
    }
    Ok(WrittenCrates { paths, shown })
}

/// The crates that were written.
pub struct WrittenCrates {
    /// The path of each.
    pub paths: Vec<PathBuf>,
    /// What the report shows of the first ones.
    pub shown: Vec<ShownCrate>,
}
