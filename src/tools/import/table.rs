//! The table of outcomes: tab-separated, one line a track, those that failed first, titles in a first line that starts
//! with `#`.

use std::borrow::Cow;

use crate::archive::digest::Digests;
use crate::ro_crate::imported_track::{ImportStatus, TrackOutcome};
use crate::tables::{self, Column};

/// The titles of its columns.
pub const TITLES: [&str; 18] = tables::titles(&columns());

const fn columns<'p>() -> [Column<TrackOutcome<'p>>; 18] {
    [
        ("local_id", |outcome| (&outcome.track.local_id).into()),
        ("label", |outcome| outcome.track.label().into()),
        ("cell_or_tissue", |outcome| {
            outcome.track.headline("cell_or_tissue").into()
        }),
        ("assay", |outcome| outcome.track.headline("assay").into()),
        ("target", |outcome| outcome.track.headline("target").into()),
        ("assembly", |outcome| {
            outcome.track.headline("assembly").into()
        }),
        ("status", |outcome| status(&outcome.arrival).into()),
        ("reason", |outcome| reason(outcome).into()),
        ("element_identifier", |outcome| {
            if_here(outcome, &outcome.track.element_identifier)
        }),
        ("datatype", |outcome| {
            if_here(outcome, outcome.track.datatype.extension)
        }),
        ("dbkey", |outcome| if_here(outcome, &outcome.track.dbkey)),
        ("bytes", |outcome| {
            stored(outcome, |digests| digests.bytes.to_string())
        }),
        ("seconds", |outcome| seconds(outcome).into()),
        ("source_url", |outcome| outcome.track.address().into()),
        ("checksum_wanted", |outcome| checksum_wanted(outcome).into()),
        ("checksum_found", |outcome| checksum_found(outcome).into()),
        ("sha256", |outcome| {
            stored(outcome, |digests| digests.sha256.hexadecimal())
        }),
        ("described_in", |outcome| outcome.described_in.into()),
    ]
}

/// Writes the table.
pub fn write(outcomes: &[TrackOutcome<'_>]) -> String {
    tables::write(&columns(), failures_first(outcomes))
}

/// The outcomes by importance: failed, skipped, then imported ones in their order.
pub fn failures_first<'o, 'p>(outcomes: &'o [TrackOutcome<'p>]) -> Vec<&'o TrackOutcome<'p>> {
    let mut sorted: Vec<&TrackOutcome<'_>> = outcomes.iter().collect();
    sorted.sort_by_key(|outcome| match outcome.arrival {
        ImportStatus::Failed(_) => 0,
        ImportStatus::Skipped(_) => 1,
        ImportStatus::Imported(_) | ImportStatus::Taken(_) | ImportStatus::Registered => 2,
    });
    sorted
}

/// The status of a track in the table.
pub fn status(arrival: &ImportStatus) -> &'static str {
    match arrival {
        ImportStatus::Imported(_) | ImportStatus::Taken(_) => "imported",
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
        ImportStatus::Failed(failed) => failed.served.as_ref(),
        arrival => arrival.stored().map(|stored| &stored.served),
    }
}

fn checksum_wanted<'o>(outcome: &'o TrackOutcome<'_>) -> &'o str {
    let wanted = outcome.track.checksum.as_ref();
    wanted.map_or("", |wanted| &wanted.sum)
}

fn checksum_found(outcome: &TrackOutcome<'_>) -> String {
    let wanted = outcome.track.checksum.as_ref();
    let found = wanted.and_then(|wanted| wanted.found(served(outcome)?));
    found.unwrap_or_default()
}

/// How long the download took, whether it failed or not.
fn seconds(outcome: &TrackOutcome<'_>) -> String {
    let took = match &outcome.arrival {
        ImportStatus::Failed(failed) => Some(failed.took),
        arrival => arrival.stored().map(|stored| stored.took),
    };
    took.map(|took| format!("{:.1}", took.as_secs_f64()))
        .unwrap_or_default()
}

/// A text of a track that is here.
fn if_here<'o>(outcome: &TrackOutcome<'_>, text: &'o str) -> Cow<'o, str> {
    if outcome.arrival.is_here() { text } else { "" }.into()
}

/// What there is to say of the bytes of a track as they were stored.
fn stored<'o>(outcome: &TrackOutcome<'_>, shown: fn(&Digests) -> String) -> Cow<'o, str> {
    let stored = outcome.arrival.stored();
    stored
        .map(|stored| shown(&stored.stored))
        .unwrap_or_default()
        .into()
}
