//! Which results use something.

mod report;
mod table;

pub use report::{UsesReport, markdown, verdict};
pub use table::{TITLES, write};

use super::audited_crate::{AuditedCrate, AuditedTrack};
use super::criterion::Criteria;
use crate::ro_crate::provenance::upstream::{Upstream, UpstreamIndex};
use crate::ro_crate::provenance::{ResultFile, Step};
use crate::text::first_filled;

/// Whether a result uses what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UseAnswer {
    /// It does.
    Yes,
    /// It cannot be excluded: its source tracks or its steps are not known.
    Unknown,
    /// It does not, as far as its crate states all.
    No,
}

impl UseAnswer {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            UseAnswer::Yes => "yes",
            UseAnswer::Unknown => "unknown",
            UseAnswer::No => "no",
        }
    }
}

/// A result with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsesRow {
    /// What the result is called.
    pub result: String,
    /// The name of its crate.
    pub crate_name: String,
    /// The answer.
    pub answer: UseAnswer,
    /// The ids of the source tracks that match.
    pub tracks: Vec<String>,
    /// The tools, with versions, of the steps that match.
    pub steps: Vec<String>,
    /// How many source tracks it has.
    pub source_tracks: usize,
    /// How many steps lead to it.
    pub all_steps: usize,
    /// Its name in the history.
    pub name: String,
    /// Its datatype.
    pub datatype: String,
    /// Galaxy's key of its genome build.
    pub dbkey: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// For each criterion whether any of its tracks or steps matches it.
    pub by_criterion: Vec<bool>,
}

/// A row for each result of a crate.
pub fn rows(crate_: &AuditedCrate, criteria: &Criteria) -> Vec<UsesRow> {
    let index = UpstreamIndex::of(&crate_.provenance);
    let results = crate_.provenance.results.iter();
    results
        .map(|result| row(crate_, result, &index.upstream(result), criteria))
        .collect()
}

fn row(
    crate_: &AuditedCrate,
    result: &ResultFile,
    upstream: &Upstream<'_>,
    criteria: &Criteria,
) -> UsesRow {
    let tracks: Vec<AuditedTrack<'_>> = upstream
        .tracks
        .iter()
        .map(|track| crate_.track(track))
        .collect();
    let steps = &upstream.steps;
    let has = [false, true].map(|of_step| criteria.has_any(of_step));
    let found_tracks: Vec<&AuditedTrack<'_>> = tracks
        .iter()
        .filter(|track| has[0] && criteria.match_track(track))
        .collect();
    let found_steps: Vec<&&Step> = steps
        .iter()
        .filter(|step| has[1] && criteria.match_step(step))
        .collect();
    let of_tracks = answer(has[0], !found_tracks.is_empty(), tracks.is_empty());
    let of_steps = answer(has[1], !found_steps.is_empty(), steps.is_empty());
    let by_criterion = criteria
        .all()
        .map(|criterion| match criterion.kind.is_of_step() {
            true => steps.iter().any(|step| criterion.matches_step(step)),
            false => tracks.iter().any(|track| criterion.matches_track(track)),
        });
    let ids = found_tracks.iter().map(|track| {
        let source = track.source;
        first_filled(&[&source.local_id, source.label()])
    });
    let tools = found_steps.iter().map(|step| {
        let tool = format!("{} {}", step.tool_label(), step.tool_version);
        tool.trim_end().to_owned()
    });
    UsesRow {
        result: first_filled(&[&result.element_identifier, result.label()]).to_owned(),
        crate_name: crate_.name.clone(),
        // `no` outweighs `unknown`, and that outweighs `yes`.
        answer: of_tracks.max(of_steps),
        tracks: unique(ids.map(str::to_owned)),
        steps: unique(tools),
        source_tracks: tracks.len(),
        all_steps: steps.len(),
        name: result.name.clone(),
        datatype: result.datatype.clone(),
        dbkey: result.dbkey.clone(),
        sha256: result.sha256.clone(),
        by_criterion: by_criterion.collect(),
    }
}

/// The answer by the tracks or by the steps of a result.
fn answer(is_asked: bool, is_found: bool, is_nothing_known: bool) -> UseAnswer {
    match (is_asked, is_found) {
        (false, _) | (_, true) => UseAnswer::Yes,
        (true, false) if is_nothing_known => UseAnswer::Unknown,
        (true, false) => UseAnswer::No,
    }
}

/// The texts, sorted and each once.
fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let texts: std::collections::BTreeSet<String> = texts.collect();
    texts.into_iter().collect()
}
