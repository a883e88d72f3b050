//! Tracks are taken from an earlier import, without a request.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use super::earlier_import::{EarlierImport, EarlierTrack};
use crate::archive::digest::{Digests, Sha256Sum};
use crate::cli::{self, Clock, Failure};
use crate::fairtracks::values::checksum::ChecksumMethod;
use crate::galaxy::datatype::{DATA, Datatype};
use crate::genome::content::Packing;
use crate::ro_crate::imported_track::{
    ByteOrigin, FORMAT_NOT_KNOWN, ImportStatus, PlannedTrack, StoredTrack,
};
use crate::tools::import::download::DownloadedTrack;
use crate::tools::import::folder::Folder;

/// The remark on a track that was taken.
pub const TAKEN: &str = "taken from the earlier import";
/// The beginning of the remark on a track that the earlier import has in another state.
const AGAIN: &str = "imported again: ";

/// What was taken, by the numbers of the tracks.
#[derive(Default)]
pub struct TakenTracks {
    /// The tracks, none where a track must be imported.
    pub landed: Vec<Option<DownloadedTrack>>,
    /// The light crates.
    pub crates: HashMap<usize, PathBuf>,
    /// Why tracks are imported again.
    pub remarks: HashMap<usize, String>,
}

impl TakenTracks {
    /// Removes the tracks from the folder that they were put into.
    pub fn remove(&self, tracks: &[PlannedTrack], folder: &Folder) {
        for number in self.crates.keys() {
            folder.remove_track(*number, tracks[*number].datatype);
        }
    }
}

/// Takes the tracks that the earlier import still has, and puts them into the folder; `is_strict` refuses empty ones.
///
/// # Errors
/// A file cannot be copied; then nothing is left in the folder.
pub fn take(
    earlier: &EarlierImport,
    tracks: &mut [PlannedTrack],
    folder: &Folder,
    (clock, is_strict): (&Clock, bool),
) -> Result<TakenTracks, Failure> {
    let mut taken = TakenTracks::default();
    for (number, track) in tracks.iter_mut().enumerate() {
        let known = match earlier.track(track) {
            Ok(known) => known.filter(|known| known.outcome.bytes > 0 || !is_strict),
            Err(why) => {
                taken.remarks.insert(number, format!("{AGAIN}{why}"));
                None
            }
        };
        let Some(known) = known else {
            taken.landed.push(None);
            continue;
        };
        let landed = landed(&known, track, clock);
        let place = folder.track(number, landed.datatype);
        // A file of an earlier run may be read-only.
        let _ = fs::remove_file(&place);
        if let Err(error) = fs::copy(known.dataset, &place) {
            let _ = fs::remove_file(&place);
            taken.remove(tracks, folder);
            return Err(Failure::at("import", error));
        }
        cli::say(format!("{}: {TAKEN}", track.element_identifier));
        taken.crates.insert(number, known.light_crate.path.clone());
        taken.landed.push(Some(landed));
    }
    Ok(taken)
}

/// The track as the earlier import recorded it.
fn landed(known: &EarlierTrack<'_>, track: &mut PlannedTrack, clock: &Clock) -> DownloadedTrack {
    let outcome = known.outcome;
    let datatype = Datatype::named(&outcome.datatype);
    track.datatype = datatype;
    let mut remarks = vec![TAKEN.to_owned()];
    remarks.extend(earlier_remarks(&outcome.reason, &track.remarks));
    if datatype != DATA {
        track.remarks.retain(|remark| remark != FORMAT_NOT_KNOWN);
    }
    track.name_tag.clone_from(&known.light_crate.name_tag);
    let digests = |sha256: Sha256Sum| Digests::of_sha256(outcome.bytes, sha256);
    let served_sha256 = known.light_crate.served;
    let mut stored = digests(outcome.sha256);
    let mut served = digests(served_sha256.unwrap_or(outcome.sha256));
    let method = track.checksum.as_ref().map(|wanted| wanted.method);
    if method == Some(ChecksumMethod::Md5) && !outcome.checksums.1.is_empty() {
        served.md5 = Some(outcome.checksums.1.clone());
        stored.md5 = served.md5.clone().filter(|_| served_sha256.is_none());
    }
    let arrival = StoredTrack {
        served,
        stored,
        unpacked: served_sha256.map(|_| Packing::Gzip).into_iter().collect(),
        origin: ByteOrigin::Url {
            address: track.address(),
            from_mirror: false,
        },
        times: clock.around(Duration::ZERO),
        took: Duration::ZERO,
        coordinates: None,
    };
    DownloadedTrack {
        arrival: ImportStatus::Taken(arrival),
        datatype,
        remarks,
    }
}

/// The remarks of an earlier import besides those of the plan, which is the same again.
fn earlier_remarks(reason: &str, planned: &[String]) -> Vec<String> {
    let rest = reason.strip_prefix(&planned.join("; ")).unwrap_or(reason);
    let remarks = rest
        .split("; ")
        .filter(|remark| !remark.is_empty() && *remark != TAKEN && !remark.starts_with(AGAIN));
    remarks.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_kept_once() {
        let planned = ["unknown format `x; y`".to_owned()];
        let reason = format!(
            "{}; {TAKEN}; {AGAIN}it was deleted; an empty file",
            planned[0]
        );
        assert_eq!(earlier_remarks(&reason, &planned), ["an empty file"]);
        assert_eq!(earlier_remarks("", &[]), Vec::<String>::new());
    }
}
