//! The picture of a lineage: sources on the left, results on the right, tools in between.
//!
//! It fits on one screen. Consecutive steps without a fork share one card. A tool mapped over a collection has a lane for each
//! track, from the track to its result; lanes meet in steps that read several. Many lanes of the same steps are the first
//! ones and one for all others; the tables list all.

mod boxes;
mod groups;
mod lanes;
mod layout;
mod sketch;
mod svg;
mod tile;

#[cfg(test)]
mod tests;

pub use crate::drawing::words::{bytes, count, counted};
use crate::ro_crate::provenance::{ProvenanceGraph, Stage, StepKind};
use crate::text::secrets;
use sketch::Sketch;
use tile::TileKind;

/// A picture for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// One `svg` element, in which all texts are escaped.
    pub svg: String,
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
}

/// The words of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureWords {
    /// What the picture shows.
    pub title: &'static str,
    /// What the data at the left are.
    pub source: &'static str,
    /// What data at the left are, many together.
    pub sources: &'static str,
    /// What happens in between.
    pub step: &'static str,
    /// What the data at the right are.
    pub result: &'static str,
    /// Whether steps have the numbers of the list of steps.
    pub has_numbers: bool,
}

impl PictureWords {
    /// The words of a lineage.
    pub const LINEAGE: Self = PictureWords {
        title: "From source tracks to results",
        source: "source track",
        sources: "track",
        step: "step",
        result: "result",
        has_numbers: true,
    };
    /// The words of an import.
    pub const IMPORT: Self = PictureWords {
        title: "From files of providers to tracks",
        source: "file",
        sources: "file",
        step: "import",
        result: "track",
        has_numbers: false,
    };
}

/// Draws the lineage of a chain.
pub fn picture(provenance: &ProvenanceGraph) -> Picture {
    picture_in_words(provenance, &PictureWords::LINEAGE)
}

/// Draws a graph with words of its own.
pub fn picture_in_words(provenance: &ProvenanceGraph, words: &PictureWords) -> Picture {
    let sketch = sketch::sketch(provenance, words);
    let layout = layout::layout(&sketch);
    let title = match provenance.title.as_str() {
        "" => words.title.to_owned(),
        title => format!("{}: {title}", words.title),
    };
    let svg = svg::write(
        &sketch,
        &layout,
        &secrets::without(&title),
        &secrets::without(&description(provenance, words)),
        &headings(provenance, &sketch, words),
    );
    let size = |length: i64| u32::try_from(length).unwrap_or(u32::MAX);
    Picture {
        svg,
        width: size(layout.width),
        height: size(layout.height),
    }
}

fn headings(
    provenance: &ProvenanceGraph,
    sketch: &Sketch,
    words: &PictureWords,
) -> Vec<(usize, String)> {
    let has_unknown = sketch
        .boxes
        .iter()
        .any(|tile| tile.kind == TileKind::Unknown);
    let sources = match provenance.tracks.len() {
        0 if has_unknown => "Sources".to_owned(),
        tracks => format!("{}{}", counted(tracks, words.source), brought(provenance)),
    };
    let steps = provenance.tool_steps().count();
    let mut headings = vec![(0, sources)];
    if steps > 0 {
        headings.push((1, counted(steps, words.step)));
    }
    if !provenance.results.is_empty() {
        headings.push((
            sketch.columns.saturating_sub(1),
            counted(provenance.results.len(), words.result),
        ));
    }
    headings
}

/// The numbers of the import steps, which have no box: the first ones.
fn brought(provenance: &ProvenanceGraph) -> String {
    let stages = Stage::all(provenance);
    let kinds = stages
        .iter()
        .filter_map(|stage| stage.first(provenance))
        .map(|step| step.kind);
    let before = kinds.take_while(|kind| !matches!(kind, StepKind::Tool | StepKind::Match));
    match before.count() {
        0 => String::new(),
        1 => " · step 1".to_owned(),
        last => format!(" · steps 1–{last}"),
    }
}

/// What the picture shows, for those who hear it.
fn description(provenance: &ProvenanceGraph, words: &PictureWords) -> String {
    let mut text = format!(
        "{} on the left, {} on the right, {} in between.",
        counted(provenance.tracks.len(), words.source),
        counted(provenance.results.len(), words.result),
        counted(provenance.tool_steps().count(), words.step)
    );
    let mut tools: Vec<String> = Vec::new();
    for (_, step) in provenance.tool_steps() {
        let tool = format!("{} {}", step.tool, step.tool_version)
            .trim()
            .to_owned();
        if !tool.is_empty() && tools.len() < 30 && !tools.contains(&tool) {
            tools.push(tool);
        }
    }
    if !tools.is_empty() {
        text.push_str(&format!(" Tools: {}.", tools.join(", ")));
    }
    let unproven = provenance
        .results
        .iter()
        .filter(|result| result.based_on.is_empty())
        .count();
    if unproven > 0 {
        text.push_str(&format!(
            " The source tracks of {} could not be confirmed.",
            counted(unproven, "result")
        ));
    }
    text
}
