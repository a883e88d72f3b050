//! The page of a crate with provenance.

use crate::ro_crate::page::PageRow;
use crate::ro_crate::page::provenance_page::{FileRow, ProvenancePage, StepRow, TrackRow};
use crate::ro_crate::picture::{bytes, counted};
use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack, Stage, Status, Step, StepKind};
use crate::text::first_filled;

/// The most tracks, stages and files that the page shows; the tables list all.
const MOST_SHOWN: usize = 200;
/// The most parameters of a step that the page shows.
const MOST_PARAMETERS: usize = 20;
/// The most characters of a parameter's value that the page shows.
const LONGEST_VALUE: usize = 300;

/// The page of a provenance graph: tracks, steps and results. The caller adds title, facts, findings, picture, texts and
/// further files.
pub fn page(provenance: &ProvenanceGraph) -> ProvenancePage {
    let stages = Stage::all(provenance);
    let results = provenance.results.iter();
    ProvenancePage {
        title: provenance.title.clone(),
        tracks: provenance
            .tracks
            .iter()
            .take(MOST_SHOWN)
            .map(track)
            .collect(),
        more_tracks: provenance.tracks.len().saturating_sub(MOST_SHOWN),
        steps: stages
            .iter()
            .take(MOST_SHOWN)
            .filter_map(|stage| step(provenance, stage))
            .collect(),
        more_steps: stages
            .iter()
            .skip(MOST_SHOWN)
            .map(|stage| stage.steps.len())
            .sum(),
        files: results
            .take(MOST_SHOWN)
            .map(|result| {
                let size = result.size.map(bytes).unwrap_or_default();
                FileRow::new(&result.id, result.label(), &size, &result.sha256)
            })
            .collect(),
        more_files: provenance.results.len().saturating_sub(MOST_SHOWN),
        ..ProvenancePage::default()
    }
}

fn track(track: &SourceTrack) -> TrackRow {
    let id = first_filled(&[&track.local_id, &track.file_name]);
    let assay: Vec<&str> = [track.assay.as_str(), &track.target]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let licence = first_filled(&[&track.licence, "not stated"]);
    TrackRow {
        track: PageRow::new(track.label(), id).linked(&track.source_address),
        cell_or_tissue: track.cell_or_tissue.clone(),
        assay: assay.join(": "),
        assembly: track.assembly.clone(),
        provider: track.provider().to_owned(),
        licence: PageRow::new("licence", licence).linked(&track.licence_address),
    }
}

fn step(provenance: &ProvenanceGraph, stage: &Stage) -> Option<StepRow> {
    let first = stage.first(provenance)?;
    let tool = match first.tool.as_str() {
        "" => format!("unnamed tool {}", first.tool_version),
        _ => first.tool_in_words(),
    };
    let (what, noun) = match first.kind {
        StepKind::Search => ("Search with", "search"),
        StepKind::Import => ("Import with", "track"),
        StepKind::Unpack => ("Decompression of gzip with", "track"),
        StepKind::Registration => ("Registration of URLs with", "track"),
        StepKind::Recognition => ("Identification by a FAIRtracks document with", "track"),
        StepKind::Tool => ("Run of", "run"),
        StepKind::Match => ("Matching of results to source tracks with", "result"),
    };
    let count = stage.steps.len();
    // Runs of one tool with different parameters are separate stages.
    let parameters = first.parameters.iter().take(MOST_PARAMETERS);
    let more = first.parameters.len().saturating_sub(MOST_PARAMETERS);
    let more = (more > 0).then(|| PageRow::new("and more", &more.to_string()));
    Some(StepRow {
        tool: PageRow::new(what, tool.trim_end()).linked(&first.tool_address),
        times: if count > 1 {
            counted(count, noun)
        } else {
            String::new()
        },
        time: times(
            stage
                .steps
                .iter()
                .filter_map(|place| provenance.steps.get(*place)),
        ),
        parameters: parameters
            .map(|(name, value)| PageRow::new(name, &cut(value)))
            .chain(more)
            .collect(),
        fault: match (first.status, first.error.as_str()) {
            (Status::Failed, "") => "failed".to_owned(),
            (Status::Failed, why) => format!("failed: {why}"),
            _ => String::new(),
        },
    })
}

/// The end of the steps: one time, or the first and the last.
fn times<'c>(steps: impl Iterator<Item = &'c Step>) -> String {
    let ends: Vec<&str> = steps
        .map(Step::time)
        .filter(|time| !time.is_empty())
        .collect();
    match (ends.iter().min(), ends.iter().max()) {
        (Some(first), Some(last)) if first == last => (*first).to_owned(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => String::new(),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::examples;

    #[test]
    fn a_page_has_room_for_some_and_says_how_many_more_there_are() {
        let page = page(&ProvenanceGraph::of(&examples::map_and_merge(10_000)));
        assert_eq!((page.tracks.len(), page.more_tracks), (200, 9_800));
        let steps: Vec<(&str, &str)> = page
            .steps
            .iter()
            .map(|step| (step.tool.value.as_str(), step.times.as_str()))
            .collect();
        assert_eq!(
            steps,
            [
                ("fairtracks_import 0.1.0", "10,000 tracks"),
                ("bedtools_sortbed 2.31.1+galaxy0", "10,000 runs"),
                ("bedtools_mergebed 2.31.1", ""),
            ]
        );
        assert_eq!(page.files.len(), 1);
        assert_eq!(page.files[0].link, "", "the bytes are not in the crate");
    }
}
