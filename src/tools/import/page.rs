//! The web page about all crates of an import, and the picture: from the files of the providers to the tracks.

use super::crate_rows::done;
use super::report::{ImportReportContext, missing, name, verdict};
use super::table::reason;
use crate::ro_crate::imported_track::{StoredTrack, TrackOutcome};
use crate::ro_crate::page::crates_page::{CrateSection, CratesPage, DownloadRow};
use crate::ro_crate::page::of_crates::linked_file;
use crate::ro_crate::page::{Page, PageRow};
use crate::ro_crate::picture::{Picture, PictureWords, picture_in_words};
use crate::ro_crate::provenance::{
    ProvenanceGraph, ResultFile, SourceTrack, Status, Step, StepKind,
};
use crate::text::first_filled;

/// The most missing tracks that the page names; the table has all.
const MOST_MISSING: usize = 20;
/// Facts of a crate's own page that stand beside its download, or are the same for all crates.
const LEFT_OUT: [&str; 4] = ["local id", "file", "source", "imported by"];

/// The page, without the sections of the crates.
pub fn page(
    outcomes: &[TrackOutcome<'_>],
    about: ImportReportContext<'_>,
    picture: Picture,
) -> CratesPage {
    let missing = missing(outcomes);
    let named = missing.iter().take(MOST_MISSING);
    let mut findings: Vec<String> = named
        .map(|outcome| format!("missing: {}: {}", name(outcome), reason(outcome)))
        .collect();
    if missing.len() > MOST_MISSING {
        findings.push(format!("and {} more missing", missing.len() - MOST_MISSING));
    }
    findings.extend(about.unreadable.iter().cloned());
    let here = outcomes.iter().filter(|outcome| outcome.arrival.is_here());
    let here = here.count();
    let made_by = format!("{} at {}", about.tool, about.time);
    CratesPage {
        title: "Imported tracks".to_owned(),
        subtitle: format!("{}.", verdict(outcomes)),
        findings,
        facts: vec![
            PageRow::new("described in", &about.sources.join(", ")),
            PageRow::new("imported by", &made_by),
        ],
        picture_heading: PictureWords::IMPORT.title.to_owned(),
        picture: if here > 0 { picture.svg } else { String::new() },
        heading: format!("Crates ({here})"),
    }
}

/// The section of a track that is here, with the content of the page of its crate, if that was made now.
pub fn section(outcome: &TrackOutcome<'_>, page: Option<Page>) -> CrateSection {
    let track = outcome.track;
    let headline = |title| track.headline(title);
    let summary = ["cell_or_tissue", "assay", "target", "assembly"].map(headline);
    let summary: Vec<&str> = summary
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let summary = summary.join(" · ");
    let page = page.unwrap_or_default();
    let mut facts = page.facts;
    facts.extend(page.checks);
    facts.retain(|row| !LEFT_OUT.contains(&row.name.as_str()));
    facts.push(PageRow::new("datatype in Galaxy", track.datatype.extension));
    facts.push(PageRow::new("genome build in Galaxy", &track.dbkey));
    let mut findings: Vec<String> = page.warnings;
    for remark in track.remarks.iter().chain(&outcome.remarks) {
        if !findings.contains(remark) {
            findings.push(remark.clone());
        }
    }
    CrateSection {
        name: track.element_identifier.clone(),
        title: track.label().to_owned(),
        summary: summary.clone(),
        findings,
        facts,
        heading: "File".to_owned(),
        downloads: vec![DownloadRow {
            label: track.file_name.clone(),
            id: track.local_id.clone(),
            about: first_filled(&[&track.provenance.collection, &summary]).to_owned(),
            url: linked_file(&track.address()),
            content_id: stored(outcome)
                .map(StoredTrack::content_id)
                .unwrap_or_default(),
        }],
        steps: page.steps,
        ..CrateSection::default()
    }
}

fn stored<'o>(outcome: &'o TrackOutcome<'_>) -> Option<&'o StoredTrack> {
    outcome.arrival.stored()
}

/// The picture of an import: a row for each track that is here.
pub fn picture(outcomes: &[TrackOutcome<'_>]) -> Picture {
    let here = outcomes.iter().filter(|outcome| outcome.arrival.is_here());
    let mut graph = ProvenanceGraph::default();
    for (number, outcome) in here.enumerate() {
        let track = outcome.track;
        // Texts in the order of the numbers keep the rows in the order of the collection.
        let (file, result) = (format!("#file-{number:09}"), format!("#result-{number:09}"));
        let row = linked_file(&track.address());
        let host = row.value.rsplit_once(" from ").map_or("", |(_, host)| host);
        graph.tracks.push(SourceTrack {
            id: file.clone(),
            label: first_filled(&[&track.file_name, &row.value]).to_owned(),
            local_id: host.to_owned(),
            collection: track.provenance.collection.clone(),
            cell_or_tissue: track.headline("cell_or_tissue").to_owned(),
            source_address: track.address(),
            ..SourceTrack::default()
        });
        let done = done(outcome);
        graph.steps.push(Step {
            id: format!("#import-{number:09}"),
            kind: StepKind::Tool,
            name: String::new(),
            description: String::new(),
            tool: done.clone(),
            tool_id: String::new(),
            tool_version: String::new(),
            citations: Vec::new(),
            tool_address: done,
            tool_identifier: String::new(),
            contained_tools: Vec::new(),
            is_of_workflow: false,
            start: String::new(),
            end: String::new(),
            status: Status::Completed,
            error: String::new(),
            parameters: Vec::new(),
            inputs: vec![file.clone()],
            outputs: vec![result.clone()],
        });
        graph.results.push(ResultFile {
            id: result,
            name: track.label().to_owned(),
            element_identifier: track.element_identifier.clone(),
            size: stored(outcome).map(|stored| stored.stored.bytes),
            datatype: track.datatype.extension.to_owned(),
            dbkey: track.dbkey.clone(),
            based_on: vec![file],
            ..ResultFile::default()
        });
    }
    picture_in_words(&graph.with_edges(), &PictureWords::IMPORT)
}
