//! Comparison of the coordinates in results with Galaxy's genome build of each.

use std::fs::File;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::cli::Failure;
use crate::fairtracks::finding::Strength;
use crate::galaxy::dataset_file::DatasetFile;
use crate::genome::coordinate_system::{ComparedClaim, KnownGenome};
use crate::tools::follow::table::FollowRow;

/// Adds a finding to the row of each result whose chromosomes or positions contradict its genome build.
///
/// # Errors
/// A result cannot be read.
pub fn compare(
    paths: &[PathBuf],
    results: &[DatasetFile],
    rows: &mut [FollowRow],
) -> Result<(), Failure> {
    let read = paths.par_iter().zip(results).with_max_len(1);
    let found: Result<Vec<Option<String>>, Failure> = read
        .map(|(path, result)| {
            let Some(genome) = KnownGenome::built_in(&result.dbkey) else {
                return Ok(None);
            };
            let file = File::open(path);
            let compared = file.and_then(|file| ComparedClaim::of_file(file, genome));
            let compared =
                compared.map_err(|error| Failure::at(&result.element_identifier, error))?;
            // A result with a damaged header is a result like any other.
            Ok(compared
                .ok()
                .flatten()
                .and_then(|claim| claim.contradiction))
        })
        .collect();
    for (row, contradiction) in rows.iter_mut().zip(found?) {
        let finding = contradiction.map(|found| (Strength::Should, found));
        row.findings.extend(finding);
        row.findings.sort_by_key(|(strength, _)| *strength);
    }
    Ok(())
}
