//! The content of the boxes of a picture.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::PictureWords;
use super::groups::RunGroup;
use super::tile::{LINE, TITLE, Tile, TileKind};
use crate::drawing::words::{bytes, count, counted, width, wrapped};
use crate::ro_crate::provenance::{ProvenanceGraph, ResultFile, SourceTrack, Stage, Status, Step};
use crate::text::{first_filled, secrets};

/// The most names that a box shows.
const MOST_NAMED: usize = 3;
/// The most consecutive steps that a box shows.
const MOST_STEPS: usize = 24;
/// The most names in the full text of a box.
const MOST_LISTED: usize = 20;
/// The most kinds of cells or results that a box of many shows.
const MOST_KINDS: usize = 10;
const BETWEEN: &str = " · ";

/// Makes the boxes of a picture.
pub struct Boxes<'p> {
    /// The graph.
    pub provenance: &'p ProvenanceGraph,
    /// Its stages.
    pub stages: &'p [Stage],
    /// The words of the picture.
    pub words: &'p PictureWords,
    /// The width of texts, in pixels.
    pub room: i64,
}

impl Boxes<'_> {
    /// Source tracks.
    pub fn of_tracks(&self, places: &[usize]) -> Tile {
        let tracks = places.iter().map(|place| &self.provenance.tracks[*place]);
        let tracks: Vec<&SourceTrack> = tracks.collect();
        let full = listed(
            tracks
                .iter()
                .map(|track| joined(&[track.label(), &track.local_id, &track.source_address])),
        );
        let (title, lines) = match tracks.as_slice() {
            [track] => {
                let parts = [&track.local_id, &track.assembly, track.provider()];
                (track.label().to_owned(), vec![self.in_one_line(&parts)])
            }
            tracks => {
                let cells = tracks.iter().map(|track| track.cell_or_tissue.as_str());
                let mut lines = kinds(cells.collect())
                    .unwrap_or_else(|| named(tracks.iter().map(|track| track.label())));
                let providers = counts(tracks.iter().map(|track| track.provider()));
                let assemblies = counts(tracks.iter().map(|track| track.assembly.as_str()));
                lines.push(self.in_one_line(&[&assemblies, &providers]));
                (counted(tracks.len(), self.words.sources), lines)
            }
        };
        self.made(TileKind::Tracks, &title, lines, full, 0)
    }

    /// Data without metadata.
    pub fn of_unknown(&self, places: &[usize]) -> Tile {
        let name = |place: &usize| {
            let data = &self.provenance.intermediates[*place];
            first_filled(&[&data.name, &data.id]).to_owned()
        };
        let names: Vec<String> = places.iter().map(name).collect();
        let full = listed(names.iter().cloned());
        let (title, mut lines) = match names.as_slice() {
            [name] => (name.clone(), Vec::new()),
            names => (
                counted(names.len(), "dataset"),
                named(names.iter().map(String::as_str)),
            ),
        };
        lines.push("no metadata, unknown source".to_owned());
        self.made(TileKind::Unknown, &title, lines, full, 0)
    }

    /// Consecutive steps, with a remark on them or none.
    pub fn of_steps(&self, runs: &[&RunGroup], remark: &str, column: usize) -> Tile {
        let steps: Vec<(usize, &Step, usize)> = runs
            .iter()
            .filter_map(|group| {
                let first = self.stages.get(group.stage)?.first(self.provenance)?;
                Some((group.stage + 1, first, group.runs))
            })
            .collect();
        let is_failed = |(_, step, _): &(usize, &Step, usize)| step.status == Status::Failed;
        let kind = match steps.iter().any(is_failed) {
            true => TileKind::FailedSteps,
            false => TileKind::Steps,
        };
        let digits = steps.iter().map(|(number, ..)| number.to_string().len());
        let digits = digits.max().filter(|_| self.words.has_numbers);
        let full = listed(
            steps
                .iter()
                .map(|step| format!("{} {}", step_line(step, digits), step.1.tool_address)),
        );
        let indent = digits.map_or(String::new(), |digits| "\u{2007}".repeat(digits) + "  ");
        let mut lines: Vec<Vec<String>> = steps
            .iter()
            .map(|step| wrapped(&step_line(step, digits), LINE, self.room, 2, &indent))
            .collect();
        if lines.len() > MOST_STEPS {
            let left_out = lines.len() - (MOST_STEPS - 1);
            let half = MOST_STEPS / 2;
            let more = format!("… {} more …", counted(left_out, "step"));
            lines.splice(half..half + left_out, [vec![more]]);
        }
        self.made(kind, remark, lines.concat(), full, column)
    }

    /// Results.
    pub fn of_results(&self, places: &[usize], column: usize) -> Tile {
        let results = places.iter().map(|place| &self.provenance.results[*place]);
        let results: Vec<&ResultFile> = results.collect();
        let full =
            listed(results.iter().map(|result| {
                joined(&[result.label(), &result.element_identifier, &result.sha256])
            }));
        let unproven = results.iter().filter(|result| result.based_on.is_empty());
        let unproven = unproven.count();
        let (title, mut lines) = match results.as_slice() {
            [result] => {
                let size = result.size.map(bytes).unwrap_or_default();
                let element = Some(result.element_identifier.as_str())
                    .filter(|element| *element != result.name)
                    .unwrap_or_default();
                let parts = [element, &result.datatype, &result.dbkey, &size];
                (result.label().to_owned(), vec![self.in_one_line(&parts)])
            }
            results => {
                let names = results.iter().map(|result| result.label());
                let kinds = kinds(names.clone().collect());
                (
                    counted(results.len(), self.words.result),
                    kinds.unwrap_or_else(|| named(names)),
                )
            }
        };
        if unproven > 0 {
            lines.push(match results.len() {
                1 => "source tracks not confirmed".to_owned(),
                _ => format!("source tracks of {} not confirmed", count(unproven)),
            });
        }
        let kind = match unproven {
            0 => TileKind::Results,
            _ => TileKind::Unproven,
        };
        self.made(kind, &title, lines, full, column)
    }

    fn made(
        &self,
        kind: TileKind,
        title: &str,
        mut lines: Vec<String>,
        full: String,
        column: usize,
    ) -> Tile {
        lines.retain(|line| !line.is_empty());
        // What is broken or truncated later would not be recognised as a secret.
        for line in &mut lines {
            *line = secrets::without(line);
        }
        let title = match secrets::without(title).as_str() {
            "" => Vec::new(),
            title => wrapped(title, TITLE, self.room, 2, ""),
        };
        Tile {
            kind,
            title,
            lines,
            full: secrets::without(&full),
            column,
            lane: None,
            is_stack: false,
        }
    }

    /// The texts that are not empty, as many as fit side by side; all of them are in the full text.
    fn in_one_line(&self, texts: &[&str]) -> String {
        let mut line = String::new();
        for text in texts.iter().filter(|text| !text.is_empty()) {
            let longer = joined(&[&line, text]);
            if line.is_empty() || width(&longer, LINE) <= self.room {
                line = longer;
            }
        }
        line
    }
}

/// A step in a line: number, right-aligned, tool, version, number of runs.
fn step_line((number, step, times): &(usize, &Step, usize), digits: Option<usize>) -> String {
    // A figure space is as wide as a digit.
    let number = digits.map_or(String::new(), |digits| {
        let number = number.to_string();
        let blanks = "\u{2007}".repeat(digits.saturating_sub(number.len()));
        format!("{blanks}{number}  ")
    });
    let name = first_filled(&[&step.tool, &step.name, "unnamed tool"]);
    let text = format!("{number}{name} {}", step.tool_version);
    let mut text = secrets::without(text.trim_end());
    if *times > 1 {
        text.push_str(&format!("  ×{}", count(*times)));
    }
    if step.status == Status::Failed {
        text.push_str(" (failed)");
    }
    text
}

/// The first names, and the number of the rest.
fn named<'t>(names: impl ExactSizeIterator<Item = &'t str>) -> Vec<String> {
    let all = names.len();
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

/// The texts with their number of occurrences, the most frequent first.
fn occurrences<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(&'t str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, number)| Reverse(*number));
    sorted
}

/// The most frequent texts with their numbers, one a line; none where most of them occur once.
fn kinds(texts: Vec<&str>) -> Option<Vec<String>> {
    let all = texts.len();
    let counts = occurrences(texts.into_iter());
    if counts.len() * 2 > all || counts.iter().all(|(text, _)| text.is_empty()) {
        return None;
    }
    let most = match counts.len() > MOST_KINDS {
        true => MOST_KINDS - 1,
        false => MOST_KINDS,
    };
    let line = |(text, number): &(&str, usize)| {
        format!("{} {}", count(*number), first_filled(&[text, "unknown"]))
    };
    let mut lines: Vec<String> = counts.iter().take(most).map(line).collect();
    let rest: usize = counts.iter().skip(most).map(|(_, number)| number).sum();
    if rest > 0 {
        lines.push(format!("… and {} more", count(rest)));
    }
    Some(lines)
}

/// The number of occurrences of each text in one line.
fn counts<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let (unknown, sorted): (Vec<_>, Vec<_>) = occurrences(texts)
        .into_iter()
        .partition(|(text, _)| text.is_empty());
    let unknown = unknown.first().map_or(0, |(_, number)| *number);
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
