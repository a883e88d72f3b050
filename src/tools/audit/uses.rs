//! Which results use something.

mod hints;
mod joined;
mod report;
mod table;

use std::collections::BTreeSet;

pub use hints::hints;
pub use joined::joined;
pub use report::{UsesReport, markdown, verdict};
pub use table::{TITLES, write};

use super::audited_crate::{AuditedCrate, AuditedTrack};
use super::criterion::{Criteria, CriterionKind};
use crate::ro_crate::provenance::upstream::{Upstream, UpstreamIndex};
use crate::ro_crate::provenance::{ResultFile, Step};
use crate::text::first_filled;

/// Whether a result uses what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UseAnswer {
    /// It does.
    Yes,
    /// It cannot be excluded: its source tracks or its steps are not known, or have no value of the kind asked for.
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
    /// The names of its crates.
    pub crates: Vec<String>,
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
    /// The kinds of which a source track has no value, if this alone leaves the answer unknown.
    pub lacking: BTreeSet<CriterionKind>,
    /// The values that its tracks or steps have, for each criterion that none of them matches.
    pub values: Vec<BTreeSet<String>>,
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
        .flat_map(|track| crate_.tracks(track))
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
    let lacking = tracks.iter().flat_map(|track| criteria.lacking(track));
    let lacking: BTreeSet<CriterionKind> = match found_tracks.is_empty() {
        true => lacking.collect(),
        false => BTreeSet::new(),
    };
    let is_unknown = tracks.is_empty() || !lacking.is_empty();
    let of_tracks = answer(has[0], !found_tracks.is_empty(), is_unknown);
    let of_steps = answer(has[1], !found_steps.is_empty(), steps.is_empty());
    let by_criterion = criteria
        .all()
        .map(|criterion| match criterion.kind.is_of_step() {
            true => steps.iter().any(|step| criterion.matches_step(step)),
            false => tracks.iter().any(|track| criterion.matches_track(track)),
        });
    let by_criterion: Vec<bool> = by_criterion.collect();
    let values = criteria.all().zip(&by_criterion);
    let values = values.map(|(criterion, is_found)| match is_found {
        true => BTreeSet::new(),
        false => hints::values(criterion.kind, &tracks, steps),
    });
    let ids = found_tracks
        .iter()
        .map(|track| first_filled(&[criteria.shown_id(track), track.source.label()]));
    let tools = found_steps.iter().map(|step| {
        let tool = format!("{} {}", step.tool_key(), step.tool_version);
        tool.trim_end().to_owned()
    });
    UsesRow {
        result: first_filled(&[&result.element_identifier, result.label()]).to_owned(),
        crates: vec![crate_.name.clone()],
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
        values: values.collect(),
        by_criterion,
        lacking,
    }
}

/// The answer by the tracks or by the steps of a result.
fn answer(is_asked: bool, is_found: bool, is_unknown: bool) -> UseAnswer {
    match (is_asked, is_found) {
        (false, _) | (_, true) => UseAnswer::Yes,
        (true, false) if is_unknown => UseAnswer::Unknown,
        (true, false) => UseAnswer::No,
    }
}

/// The texts, sorted and each once.
fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let texts: BTreeSet<String> = texts.collect();
    texts.into_iter().collect()
}
