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
use super::audited_tool::AuditedTool;
use super::criterion::{Criteria, CriterionKind};
use crate::ro_crate::provenance::ResultFile;
use crate::ro_crate::provenance::upstream::{Upstream, UpstreamIndex};
use crate::text::first_filled;

/// Whether a result uses what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UseAnswer {
    /// It does.
    Yes,
    /// It cannot be excluded: its source tracks or its steps are not known, or have no value of the kind asked for, or a workflow
    /// contains the tool and the runs of its tools are not recorded.
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
    /// The kinds of which a source track or a step has no value, if this alone leaves the answer unknown.
    pub lacking: BTreeSet<CriterionKind>,
    /// The tools, with versions, that match and are only known as parts of a workflow that was run, if this leaves the answer
    /// unknown.
    pub contained: Vec<String>,
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
    let tools: Vec<AuditedTool<'_>> = steps
        .iter()
        .flat_map(|step| AuditedTool::all(step))
        .collect();
    let matching = tools
        .iter()
        .filter(|tool| has[1] && criteria.match_tool(tool));
    let (found_tools, contained): (Vec<&AuditedTool<'_>>, Vec<&AuditedTool<'_>>) =
        matching.partition(|tool| tool.is_recorded);
    let lacking = tracks.iter().flat_map(|track| criteria.lacking(track));
    let lacking: BTreeSet<CriterionKind> = match found_tracks.is_empty() {
        true => lacking.collect(),
        false => BTreeSet::new(),
    };
    let is_unknown = tracks.is_empty() || !lacking.is_empty();
    let of_tracks = answer(has[0], !found_tracks.is_empty(), is_unknown);
    let mut lacking_of_steps = BTreeSet::new();
    if found_tools.is_empty() && contained.is_empty() {
        let all = tools.iter().flat_map(|tool| criteria.lacking_of_tool(tool));
        lacking_of_steps.extend(all);
    }
    let is_unknown = steps.is_empty() || !contained.is_empty() || !lacking_of_steps.is_empty();
    let of_steps = answer(has[1], !found_tools.is_empty(), is_unknown);
    let lacking = lacking.into_iter().chain(lacking_of_steps).collect();
    let contained = match of_steps {
        UseAnswer::Unknown => unique(contained.iter().map(|tool| labelled(tool))),
        UseAnswer::Yes | UseAnswer::No => Vec::new(),
    };
    let by_criterion = criteria
        .all()
        .map(|criterion| match criterion.kind.is_of_step() {
            true => tools.iter().any(|tool| criterion.matches_tool(tool)),
            false => tracks.iter().any(|track| criterion.matches_track(track)),
        });
    let by_criterion: Vec<bool> = by_criterion.collect();
    let values = criteria.all().zip(&by_criterion);
    let values = values.map(|(criterion, is_found)| match is_found {
        true => BTreeSet::new(),
        false => hints::values(criterion.kind, &tracks, &tools),
    });
    let ids = found_tracks
        .iter()
        .map(|track| first_filled(&[criteria.shown_id(track), track.source.label()]));
    UsesRow {
        result: first_filled(&[&result.element_identifier, result.label()]).to_owned(),
        crates: vec![crate_.name.clone()],
        // `no` outweighs `unknown`, and that outweighs `yes`.
        answer: of_tracks.max(of_steps),
        tracks: unique(ids.map(str::to_owned)),
        steps: unique(found_tools.iter().map(|tool| labelled(tool))),
        source_tracks: tracks.len(),
        all_steps: steps.len(),
        name: result.name.clone(),
        datatype: result.datatype.clone(),
        dbkey: result.dbkey.clone(),
        sha256: result.sha256.clone(),
        values: values.collect(),
        by_criterion,
        lacking,
        contained,
    }
}

/// A tool with its version.
fn labelled(tool: &AuditedTool<'_>) -> String {
    let text = format!("{} {}", tool.key(), tool.version);
    text.trim_end().to_owned()
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
