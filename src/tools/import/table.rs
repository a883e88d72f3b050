//! The table of outcomes: tab-separated, one line a track, those that failed first, titles in a first line that starts
//! with `#`.

use crate::archive::digest::Digests;
use crate::ro_crate::imported_track::{ImportStatus, TrackOutcome};
use crate::tables::tsv::escape;

/// The titles of its columns.
pub const TITLES: [&str; 17] = [
    "local_id",
    "label",
    "cell_or_tissue",
    "assay",
    "target",
    "assembly",
    "status",
    "reason",
    "element_identifier",
    "datatype",
    "dbkey",
    "bytes",
    "seconds",
    "source_url",
    "checksum_wanted",
    "checksum_found",
    "sha256",
];

/// Writes the table.
pub fn write(outcomes: &[TrackOutcome<'_>]) -> String {
    let mut text = format!("#{}\n", TITLES.join("\t"));
    for outcome in failures_first(outcomes) {
        text.push_str(&row(outcome).map(|cell| escape(&cell)).join("\t"));
        text.push('\n');
    }
    text
}

/// The outcomes by importance: failed, skipped, then imported ones in their order.
pub fn failures_first<'o, 'p>(outcomes: &'o [TrackOutcome<'p>]) -> Vec<&'o TrackOutcome<'p>> {
    let mut sorted: Vec<&TrackOutcome<'_>> = outcomes.iter().collect();
    sorted.sort_by_key(|outcome| match outcome.arrival {
        ImportStatus::Failed(_) => 0,
        ImportStatus::Skipped(_) => 1,
        ImportStatus::Imported(_) | ImportStatus::Registered => 2,
    });
    sorted
}

/// The status of a track in the table.
pub fn status(arrival: &ImportStatus) -> &'static str {
    match arrival {
        ImportStatus::Imported(_) => "imported",
        ImportStatus::Registered => "registered",
        ImportStatus::Skipped(_) => "skipped",
        ImportStatus::Failed(_) => "failed",
    }
}

/// The reason why a track is missing, and remarks.
pub fn reason(outcome: &TrackOutcome<'_>) -> String {
    let why = match &outcome.arrival {
        ImportStatus::Failed(failed) => Some(failed.reason.clone()),
        ImportStatus::Skipped(why) => Some(why.clone()),
        _ => None,
    };
    let remarks = outcome.track.remarks.iter().chain(&outcome.remarks);
    let parts: Vec<String> = why.into_iter().chain(remarks.cloned()).collect();
    parts.join("; ")
}

/// The digests of the bytes as downloaded, of the track or of what was served instead.
fn served<'o>(outcome: &'o TrackOutcome<'_>) -> Option<&'o Digests> {
    match &outcome.arrival {
        ImportStatus::Imported(stored) => Some(&stored.served),
        ImportStatus::Failed(failed) => failed.served.as_ref(),
        _ => None,
    }
}

fn row(outcome: &TrackOutcome<'_>) -> [String; 17] {
    let track = outcome.track;
    let stored = outcome.arrival.stored();
    let took = match &outcome.arrival {
        ImportStatus::Imported(stored) => Some(stored.took),
        ImportStatus::Failed(failed) => Some(failed.took),
        _ => None,
    };
    let wanted = track.checksum.as_ref();
    let found = wanted.and_then(|wanted| wanted.found(served(outcome)?));
    let of_stored = |text: String| {
        if outcome.arrival.is_here() {
            text
        } else {
            String::new()
        }
    };
    [
        track.local_id.clone(),
        track.label().to_owned(),
        track.headline("cell_or_tissue").to_owned(),
        track.headline("assay").to_owned(),
        track.headline("target").to_owned(),
        track.headline("assembly").to_owned(),
        status(&outcome.arrival).to_owned(),
        reason(outcome),
        of_stored(track.element_identifier.clone()),
        of_stored(track.datatype.extension.to_owned()),
        of_stored(track.dbkey.clone()),
        stored
            .map(|stored| stored.stored.bytes.to_string())
            .unwrap_or_default(),
        took.map(|took| format!("{:.1}", took.as_secs_f64()))
            .unwrap_or_default(),
        track.address(),
        wanted.map(|wanted| wanted.sum.clone()).unwrap_or_default(),
        found.unwrap_or_default(),
        stored
            .map(|stored| stored.stored.sha256.hexadecimal())
            .unwrap_or_default(),
    ]
}
