//! The crates in the report: one row of a table each.

use std::fmt::Write as _;

use super::table::FollowRow;
use crate::drawing::words::{bytes, counted};
use crate::galaxy::markdown::{code, link, plain};
use crate::ro_crate::page::of_crates::lines;
use crate::ro_crate::provenance::{ProvenanceGraph, Stage, StepKind};

/// The most crates that the report shows; page and table have all.
pub const MOST_SHOWN: usize = 50;
/// The most source tracks and steps of a crate that the report shows.
const MOST_OF_CRATE: usize = 5;
/// Galaxy shows no markup of HTML, so a cell is one paragraph.
const BETWEEN: &str = "; ";

/// What the report shows of a crate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShownCrate {
    /// The name of the crate in its collection.
    element: String,
    /// What the result is.
    about: Vec<String>,
    /// Labels and URLs of the first source tracks.
    sources: Vec<(String, String)>,
    /// The number of source tracks.
    all_sources: usize,
    /// The first steps.
    steps: Vec<String>,
    /// The number of stages.
    all_steps: usize,
}

impl ShownCrate {
    /// What is shown of the crate of a result.
    pub fn new(provenance: &ProvenanceGraph, element: &str) -> Self {
        let result = provenance.results.first().cloned().unwrap_or_default();
        let size = result.size.map(bytes).unwrap_or_default();
        let label = Some(result.label()).filter(|label| *label != element);
        let about = [
            label.unwrap_or_default(),
            &result.datatype,
            &result.dbkey,
            &size,
        ];
        let sources = provenance.tracks.iter().take(MOST_OF_CRATE);
        let mut stages = Stage::all(provenance);
        let is_tool = |stage: &Stage| {
            let first = stage.first(provenance);
            first.is_some_and(|step| step.kind == StepKind::Tool)
        };
        stages.retain(is_tool);
        ShownCrate {
            element: element.to_owned(),
            about: about
                .iter()
                .filter(|text| !text.is_empty())
                .map(|text| (*text).to_owned())
                .collect(),
            sources: sources
                .map(|track| (track.label().to_owned(), track.source_address.clone()))
                .collect(),
            all_sources: provenance.tracks.len(),
            steps: lines(provenance, &stages).take(MOST_OF_CRATE).collect(),
            all_steps: stages.len(),
        }
    }
}

/// The table of the first crates, with the findings of their rows.
pub fn table(crates: &[ShownCrate], rows: &[FollowRow], text: &mut String) {
    if crates.is_empty() {
        return;
    }
    text.push_str(
        "\n## Crates\n\n| crate | dataset | source tracks | steps | findings |\n|---|---|---|---|---|\n",
    );
    for (shown, row) in crates.iter().zip(rows) {
        let sources = shown.sources.iter();
        let sources = sources.map(|(label, address)| link(label, address));
        let steps = shown.steps.iter().map(|step| plain(step));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            code(&shown.element).replace('|', "\\|"),
            plain(&shown.about.join(", ")),
            some(sources.collect(), shown.all_sources, "none confirmed"),
            some(steps.collect(), shown.all_steps, ""),
            findings(row),
        );
    }
    if rows.len() > crates.len() {
        let more = rows.len() - crates.len();
        let _ = write!(text, "\nand {more} more; see the table.\n");
    }
}

/// The shown ones of some lines in one cell, with the number of the rest.
fn some(mut lines: Vec<String>, all: usize, none: &str) -> String {
    if lines.is_empty() {
        return none.to_owned();
    }
    if all > lines.len() {
        lines.push(format!("and {} more", all - lines.len()));
    }
    lines.join(BETWEEN)
}

/// The number of findings; their texts stand above the table.
fn findings(row: &FollowRow) -> String {
    match row.findings.first() {
        None => String::new(),
        Some((worst, _)) => format!("{}, {worst}", counted(row.findings.len(), "finding")),
    }
}
