//! The content of the boxes of a picture.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::tile::{Tile, TileKind};
use crate::drawing::words::{bytes, count, counted};
use crate::ro_crate::provenance::{ProvenanceGraph, ResultFile, SourceTrack, Stage, Status, Step};
use crate::text::first_filled;

/// The most names that a box shows.
const MOST_NAMED: usize = 3;
/// The most consecutive steps that a box shows.
const MOST_STEPS: usize = 24;
/// The most names in the full text of a box.
const MOST_LISTED: usize = 20;
const BETWEEN: &str = " · ";

/// Source tracks.
pub fn of_tracks(provenance: &ProvenanceGraph, places: &[usize]) -> Tile {
    let tracks: Vec<&SourceTrack> = places
        .iter()
        .map(|place| &provenance.tracks[*place])
        .collect();
    let full = listed(
        tracks
            .iter()
            .map(|track| joined(&[track.label(), &track.local_id, &track.source_address])),
    );
    let (title, lines) = match tracks.as_slice() {
        [track] => {
            let line = joined(&[&track.local_id, &track.assembly, track.provider()]);
            (track.label().to_owned(), vec![line])
        }
        tracks => {
            let mut lines = named(tracks.iter().map(|track| track.label()), tracks.len());
            let providers = counts(tracks.iter().map(|track| track.provider()));
            let assemblies = counts(tracks.iter().map(|track| track.assembly.as_str()));
            lines.extend([providers, assemblies]);
            (counted(tracks.len(), "track"), lines)
        }
    };
    made(TileKind::Tracks, title, lines, full, 0)
}

/// Data without metadata.
pub fn of_unknown(provenance: &ProvenanceGraph, places: &[usize]) -> Tile {
    let name = |place: &usize| {
        let data = &provenance.intermediates[*place];
        first_filled(&[&data.name, &data.id]).to_owned()
    };
    let names: Vec<String> = places.iter().map(name).collect();
    let full = listed(names.iter().cloned());
    let (title, mut lines) = match names.as_slice() {
        [name] => (name.clone(), Vec::new()),
        names => (
            counted(names.len(), "dataset"),
            named(names.iter().map(String::as_str), names.len()),
        ),
    };
    lines.push("no metadata, unknown source".to_owned());
    made(TileKind::Unknown, title, lines, full, 0)
}

/// Consecutive steps.
pub fn of_steps(provenance: &ProvenanceGraph, stages: &[(usize, &Stage)], column: usize) -> Tile {
    let steps: Vec<(usize, &Step, usize)> = stages
        .iter()
        .filter_map(|(number, stage)| {
            Some((number + 1, stage.first(provenance)?, stage.steps.len()))
        })
        .collect();
    let is_failed = steps
        .iter()
        .any(|(_, step, _)| step.status == Status::Failed);
    let kind = if is_failed {
        TileKind::FailedSteps
    } else {
        TileKind::Steps
    };
    let digits = steps
        .iter()
        .map(|(number, ..)| number.to_string().len())
        .max()
        .unwrap_or_default();
    let text = |(number, step, times): &(usize, &Step, usize)| {
        // A figure space is as wide as a digit.
        let number = number.to_string();
        let number = format!(
            "{}{number}",
            "\u{2007}".repeat(digits.saturating_sub(number.len()))
        );
        let name = first_filled(&[&step.tool, &step.name, "unnamed tool"]);
        let mut text = format!("{number}  {name} {}", step.tool_version)
            .trim_end()
            .to_owned();
        if *times > 1 {
            text.push_str(&format!("  ×{}", count(*times)));
        }
        if step.status == Status::Failed {
            text.push_str(" (failed)");
        }
        text
    };
    let full = listed(
        steps
            .iter()
            .map(|step| format!("{} {}", text(step), step.1.tool_address)),
    );
    let mut texts: Vec<String> = steps.iter().map(text).collect();
    if texts.len() > MOST_STEPS {
        let left_out = texts.len() - (MOST_STEPS - 1);
        let half = MOST_STEPS / 2;
        texts.splice(
            half..half + left_out,
            [format!("… {} more …", counted(left_out, "step"))],
        );
    }
    let title = texts.first().cloned().unwrap_or_default();
    let lines = texts.into_iter().skip(1).collect();
    made(kind, title, lines, full, column)
}

/// Results.
pub fn of_results(provenance: &ProvenanceGraph, places: &[usize], column: usize) -> Tile {
    let results: Vec<&ResultFile> = places
        .iter()
        .map(|place| &provenance.results[*place])
        .collect();
    let full = listed(
        results
            .iter()
            .map(|result| joined(&[result.label(), &result.element_identifier, &result.sha256])),
    );
    let unproven = results
        .iter()
        .filter(|result| result.based_on.is_empty())
        .count();
    let (title, mut lines) = match results.as_slice() {
        [result] => {
            let size = result.size.map(bytes).unwrap_or_default();
            let element =
                Some(result.element_identifier.as_str()).filter(|element| *element != result.name);
            let line = joined(&[
                element.unwrap_or_default(),
                &result.datatype,
                &result.dbkey,
                &size,
            ]);
            (result.label().to_owned(), vec![line])
        }
        results => {
            let names = named(results.iter().map(|result| result.label()), results.len());
            (counted(results.len(), "result"), names)
        }
    };
    if unproven > 0 {
        lines.push(match results.len() {
            1 => "source tracks not confirmed".to_owned(),
            _ => format!("source tracks of {} not confirmed", count(unproven)),
        });
    }
    let kind = if unproven > 0 {
        TileKind::Unproven
    } else {
        TileKind::Results
    };
    made(kind, title, lines, full, column)
}

fn made(
    kind: TileKind,
    title: String,
    mut lines: Vec<String>,
    full: String,
    column: usize,
) -> Tile {
    lines.retain(|line| !line.is_empty());
    Tile {
        kind,
        title,
        lines,
        full,
        column,
    }
}

/// The first names, and the number of the rest.
fn named<'t>(names: impl Iterator<Item = &'t str>, all: usize) -> Vec<String> {
    let mut lines: Vec<String> = names.take(MOST_NAMED).map(str::to_owned).collect();
    if all > lines.len() {
        lines.push(format!("… and {} more", count(all - lines.len())));
    }
    lines
}

/// All names in one text, one a line.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let all = names.len();
    let mut lines: Vec<String> = names.take(MOST_LISTED).collect();
    if all > lines.len() {
        lines.push(format!("and {} more", count(all - lines.len())));
    }
    lines.join("; ")
}

/// The texts that are not empty, side by side.
fn joined(texts: &[&str]) -> String {
    let texts: Vec<&str> = texts
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(BETWEEN)
}

/// The number of occurrences of each text, the most frequent first.
fn counts<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let unknown = counts.remove("").unwrap_or_default();
    let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, number)| Reverse(*number));
    if let ([(text, _)], 0) = (sorted.as_slice(), unknown) {
        return (*text).to_owned();
    }
    let mut parts: Vec<String> = sorted
        .iter()
        .take(MOST_NAMED)
        .map(|(text, number)| format!("{text} ({})", count(*number)))
        .collect();
    let rest: usize = sorted
        .iter()
        .skip(MOST_NAMED)
        .map(|(_, number)| number)
        .sum();
    if rest > 0 {
        parts.push(format!("other ({})", count(rest)));
    }
    if unknown > 0 && !parts.is_empty() {
        parts.push(format!("unknown ({})", count(unknown)));
    }
    parts.join(BETWEEN)
}
