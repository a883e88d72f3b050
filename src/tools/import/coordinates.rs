//! Comparison of the coordinates in a stored track with the assembly that its document declares.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::galaxy::genome_build::UNKNOWN;
use crate::genome::coordinate_system::{ComparedClaim, KnownGenome, claimed_genome};
use crate::ro_crate::imported_track::PlannedTrack;

/// What a comparison says.
#[derive(Default)]
pub struct ComparedCoordinates {
    /// The comparison; none where the assembly or the coordinates are not known.
    pub claim: Option<ComparedClaim>,
    /// What the user should know: a contradiction, or why nothing was compared.
    pub remark: Option<String>,
}

/// Compares a stored file with the assembly of its track; of the file no more is read than needed.
///
/// # Errors
/// The file cannot be read.
pub fn compare(track: &PlannedTrack, place: &Path) -> io::Result<ComparedCoordinates> {
    let nothing = ComparedCoordinates::default();
    // A name and an accession that contradict each other claim nothing.
    if track.dbkey == UNKNOWN {
        return Ok(nothing);
    }
    let claimed = claimed_genome(track.headline("assembly"), "");
    let Some(genome) = claimed.or_else(|| KnownGenome::built_in(&track.dbkey)) else {
        return Ok(nothing);
    };
    Ok(match ComparedClaim::of_file(File::open(place)?, genome)? {
        Ok(claim) => ComparedCoordinates {
            remark: claim.as_ref().and_then(|claim| claim.contradiction.clone()),
            claim,
        },
        Err(error) => ComparedCoordinates {
            claim: None,
            remark: Some(format!(
                "coordinates not compared with {}: {error}",
                genome.name()
            )),
        },
    })
}
