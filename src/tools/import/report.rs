//! The report of an import, in Galaxy's Markdown: a verdict, the missing tracks, then the imported ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::crate_rows;
use super::table::{failures_first, reason};
use crate::archive::content_id;
use crate::galaxy::markdown::{code, image, plain, table};
use crate::ro_crate::imported_track::{ImportStatus, PlannedTrack, TrackOutcome};
use crate::ro_crate::picture::PictureWords;
use crate::text::counted;

/// How many tracks that are not here, and how many kinds of anything, the report names; the table has all.
const MOST_SHOWN: usize = 20;

/// The context of the report.
#[derive(Debug, Clone, Copy)]
pub struct ImportReportContext<'a> {
    /// The names of the files that describe the tracks.
    pub sources: &'a [String],
    /// The tool with its version.
    pub tool: &'a str,
    /// When the import began, RFC 3339.
    pub time: &'a str,
    /// Those of creator, organisation and licence that are unknown.
    pub missing_credits: &'a BTreeSet<&'a str>,
    /// The files that cannot be read, and why.
    pub unreadable: &'a [String],
    /// The output that holds the table of outcomes.
    pub table: &'a str,
    /// The output that holds the picture as PNG; empty where there is none.
    pub picture: &'a str,
}

/// The result in one sentence.
pub fn verdict(outcomes: &[TrackOutcome<'_>]) -> String {
    let count = |is: fn(&ImportStatus) -> bool| {
        outcomes
            .iter()
            .filter(|outcome| is(&outcome.arrival))
            .count()
    };
    let imported = count(|arrival| arrival.stored().is_some());
    let taken = count(|arrival| matches!(arrival, ImportStatus::Taken(_)));
    let registered = count(|arrival| matches!(arrival, ImportStatus::Registered));
    let failed = count(|arrival| matches!(arrival, ImportStatus::Failed(_)));
    let skipped = count(|arrival| matches!(arrival, ImportStatus::Skipped(_)));
    let all = outcomes.len();
    let mut sentence = match (all, imported, registered) {
        (0, ..) => return "No tracks to import".to_owned(),
        (1, 1, 0) => "The track was imported".to_owned(),
        (1, 0, 1) => "The track was registered".to_owned(),
        (_, imported, 0) if imported == all => format!("All {all} tracks were imported"),
        (_, 0, registered) if registered == all => format!("All {all} tracks were registered"),
        (_, imported, 0) => format!("{imported} of {} imported", counted(all, "track")),
        (_, _, registered) => format!("{registered} of {} registered", counted(all, "track")),
    };
    if failed > 0 {
        let _ = write!(sentence, ", {failed} failed");
    }
    if skipped > 0 {
        let _ = write!(sentence, ", {skipped} skipped");
    }
    if taken > 0 {
        let _ = write!(sentence, ", {taken} taken from the earlier import");
    }
    sentence
}

/// How many tracks are here, of how many: the beginning of the names of outputs in Galaxy.
pub fn count(outcomes: &[TrackOutcome<'_>]) -> String {
    let here = outcomes.iter().filter(|outcome| outcome.arrival.is_here());
    let here = here.count();
    let is_registered = |outcome: &TrackOutcome<'_>| outcome.arrival == ImportStatus::Registered;
    let what = match outcomes.iter().any(is_registered) {
        true => "registered",
        false => "imported",
    };
    match outcomes.len() {
        0 => "No tracks".to_owned(),
        all if all == here => format!("{} {what}", counted(all, "track")),
        all => format!("{here} of {} {what}", counted(all, "track")),
    }
}

/// The summary on standard error: the verdict, the missing tracks and the content identifier of the others.
pub fn summary(outcomes: &[TrackOutcome<'_>]) -> String {
    let mut text = verdict(outcomes);
    let missing = missing(outcomes);
    for outcome in missing.iter().take(MOST_SHOWN) {
        let _ = write!(text, "\n{}: {}", name(outcome), reason(outcome));
    }
    if missing.len() > MOST_SHOWN {
        let _ = write!(text, "\nand {} more", missing.len() - MOST_SHOWN);
    }
    if let Some(id) = collection_id(outcomes) {
        let _ = write!(text, "\nContent identifier of this set of tracks: {id}");
    }
    text
}

/// The missing tracks, failed ones first.
pub(super) fn missing<'o, 'p>(outcomes: &'o [TrackOutcome<'p>]) -> Vec<&'o TrackOutcome<'p>> {
    let mut sorted = failures_first(outcomes);
    sorted.retain(|outcome| !outcome.arrival.is_here());
    sorted
}

/// What the report calls a track: its id, else its label.
pub(super) fn name<'o>(outcome: &'o TrackOutcome<'_>) -> &'o str {
    let track = outcome.track;
    match track.local_id.as_str() {
        "" => track.label(),
        local_id => local_id,
    }
}

/// The content identifier of the set of all imported files.
pub fn collection_id(outcomes: &[TrackOutcome<'_>]) -> Option<String> {
    let stored = outcomes
        .iter()
        .filter_map(|outcome| outcome.arrival.stored());
    let ids: Vec<String> = stored.map(|stored| stored.content_id()).collect();
    (!ids.is_empty()).then(|| content_id::of_collection(ids.iter().map(String::as_str)))
}

/// The report.
pub fn markdown(outcomes: &[TrackOutcome<'_>], about: ImportReportContext<'_>) -> String {
    let mut text = format!("# FAIRtracks import\n\n**{}**\n", verdict(outcomes));
    let missing = missing(outcomes);
    if !missing.is_empty() {
        let _ = write!(text, "\n## Missing tracks ({})\n\n", missing.len());
        for outcome in missing.iter().take(MOST_SHOWN) {
            let label = plain(outcome.track.label());
            let (name, reason) = (code(name(outcome)), plain(&reason(outcome)));
            let _ = writeln!(text, "- {name} {label}: {reason}");
        }
        if missing.len() > MOST_SHOWN {
            let more = missing.len() - MOST_SHOWN;
            let _ = write!(text, "\nand {more} more; see the table.\n");
        }
    }
    if !about.unreadable.is_empty() {
        let count = about.unreadable.len();
        let _ = write!(text, "\n## Unreadable sources ({count})\n\n");
        for source in about.unreadable {
            let _ = writeln!(text, "- {}", plain(source));
        }
    }
    let here = outcomes.iter();
    let here: Vec<&TrackOutcome<'_>> = here.filter(|outcome| outcome.arrival.is_here()).collect();
    if !here.is_empty() {
        came(&here, &mut text);
        checksums(&here, &mut text);
        remarks(&here, &mut text);
    }
    by_source(outcomes, &mut text);
    if !about.picture.is_empty() && !here.is_empty() {
        let image = image(about.picture);
        let _ = write!(text, "\n## {}\n\n{image}", PictureWords::IMPORT.title);
    }
    crate_rows::links(outcomes, &mut text);
    sources(outcomes, about, &mut text);
    if !outcomes.is_empty() {
        let _ = write!(text, "\n## All tracks\n\n{}", table(about.table, "Tracks"));
    }
    text
}

/// A count in the report: its title, and the value of a track.
type Shown = (&'static str, fn(&PlannedTrack) -> &str);

const SHOWN: [Shown; 7] = [
    ("From", |track| &track.provenance.collection),
    ("Study", |track| &track.provenance.study),
    ("Cells or tissue", |track| track.headline("cell_or_tissue")),
    ("Assay", |track| track.headline("assay")),
    ("Target", |track| track.headline("target")),
    ("Genome build", |track| &track.dbkey),
    ("Datatype", |track| track.datatype.extension),
];

/// The imported tracks by provider, cells, assay and more.
fn came(here: &[&TrackOutcome<'_>], text: &mut String) {
    text.push_str("\n## Summary\n\n");
    for (title, of) in SHOWN {
        let shown = occurrences(here.iter().map(|outcome| of(outcome.track)));
        let _ = writeln!(text, "- **{title}**: {shown}");
    }
}

/// The number of occurrences of each text, the most frequent first.
fn occurrences<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let shown = counts.iter().take(MOST_SHOWN).map(|(text, count)| {
        let text = if text.is_empty() {
            "*not known*".to_owned()
        } else {
            plain(text)
        };
        format!("{text} ({count})")
    });
    let mut shown: Vec<String> = shown.collect();
    if counts.len() > MOST_SHOWN {
        shown.push(format!("and {} more", counts.len() - MOST_SHOWN));
    }
    shown.join(", ")
}

fn checksums(here: &[&TrackOutcome<'_>], text: &mut String) {
    let mut equal = 0;
    let mut not_compared = 0;
    let mut none = 0;
    for outcome in here {
        match (&outcome.track.checksum, outcome.arrival.stored()) {
            (None, _) => none += 1,
            (Some(wanted), Some(stored))
                if wanted.found(&stored.served).as_ref() == Some(&wanted.sum) =>
            {
                equal += 1
            }
            _ => not_compared += 1,
        }
    }
    text.push_str("\n## Checksums\n\n");
    let mut line = |count: usize, what: &str| {
        if count > 0 {
            let _ = writeln!(text, "- {}: {what}", counted(count, "track"));
        }
    };
    line(equal, "checksum matches the provider's");
    line(
        not_compared,
        "checksum not compared, since the file was not downloaded from its provider",
    );
    line(none, "no usable checksum in the document");
}

fn remarks(here: &[&TrackOutcome<'_>], text: &mut String) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in here {
        for remark in outcome.track.remarks.iter().chain(&outcome.remarks) {
            *counts.entry(remark).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return;
    }
    text.push_str("\n## Remarks\n\n");
    for (remark, count) in counts.iter().take(MOST_SHOWN) {
        let _ = writeln!(text, "- {}: {}", counted(*count, "track"), plain(remark));
    }
    if counts.len() > MOST_SHOWN {
        let more = counts.len() - MOST_SHOWN;
        let _ = write!(text, "\nand {more} more kinds; see the table.\n");
    }
}

/// Which tracks each source describes, where there are several sources.
fn by_source(outcomes: &[TrackOutcome<'_>], text: &mut String) {
    let mut by_source: BTreeMap<usize, Vec<&TrackOutcome<'_>>> = BTreeMap::new();
    for outcome in outcomes {
        let of_source = by_source.entry(outcome.track.source).or_default();
        of_source.push(outcome);
    }
    if by_source.len() < 2 {
        return;
    }
    text.push_str("\n## Tracks by source\n\n");
    for of_source in by_source.values().take(MOST_SHOWN) {
        let tracks = of_source.iter().take(MOST_SHOWN);
        let mut tracks: Vec<String> = tracks.map(|outcome| code(name(outcome))).collect();
        if of_source.len() > MOST_SHOWN {
            tracks.push(format!("and {} more", of_source.len() - MOST_SHOWN));
        }
        let (source, number) = (code(of_source[0].described_in), of_source.len());
        let (number, tracks) = (counted(number, "track"), tracks.join(", "));
        let _ = writeln!(text, "- {source} ({number}): {tracks}");
    }
    text.push_str("\nThe column `described_in` of the table names the source of each track.\n");
}

fn sources(outcomes: &[TrackOutcome<'_>], about: ImportReportContext<'_>, text: &mut String) {
    let names: Vec<String> = about.sources.iter().map(|name| code(name)).collect();
    let _ = write!(
        text,
        "\n## Provenance\n\n- Described in: {}\n- Imported by: {} at {}\n",
        names.join(", "),
        plain(about.tool),
        plain(about.time)
    );
    if let Some(id) = collection_id(outcomes) {
        let _ = writeln!(
            text,
            "- Content identifier of this set of tracks (RFC 6920): {}",
            code(&id)
        );
    }
    if outcomes.iter().any(|outcome| outcome.arrival.is_here()) && !about.missing_credits.is_empty()
    {
        let missing: Vec<&str> = about.missing_credits.iter().copied().collect();
        let missing = missing.join(", ");
        let _ = writeln!(
            text,
            "- Missing: {missing}; RO-Crate validators recommend it; fill in *Creator and licence* in the form."
        );
    }
}
