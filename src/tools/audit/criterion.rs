//! What results are looked for by.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use thiserror::Error;

use super::audited_crate::AuditedTrack;
use crate::archive::digest::DigestFunction;
use crate::ro_crate::provenance::Step;

/// The kinds of criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CriterionKind {
    /// A source track, by its id.
    Track,
    /// The study of a source track.
    Study,
    /// The donor of the sample of a source track.
    Donor,
    /// A checksum of a source track.
    Checksum,
    /// The tool of a step.
    Tool,
    /// The version of the tool of a step.
    Version,
}

impl CriterionKind {
    /// All kinds.
    pub const ALL: [CriterionKind; 6] = [
        CriterionKind::Track,
        CriterionKind::Study,
        CriterionKind::Donor,
        CriterionKind::Checksum,
        CriterionKind::Tool,
        CriterionKind::Version,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            CriterionKind::Track => "track",
            CriterionKind::Study => "study",
            CriterionKind::Donor => "donor",
            CriterionKind::Checksum => "checksum",
            CriterionKind::Tool => "tool",
            CriterionKind::Version => "version",
        }
    }

    /// The values that a source track has; none for a kind that is about steps.
    pub fn values_of_track<'c>(self, track: &AuditedTrack<'c>) -> Vec<&'c str> {
        let (source, facts) = (track.source, track.facts);
        let mut values = match self {
            CriterionKind::Track => {
                let mut ids = track.ids.clone();
                // It may be that of another track with the same bytes.
                if ids.len() == source.identifiers.len() {
                    ids.push(&source.accession);
                }
                ids
            }
            CriterionKind::Study => {
                let mut studies = vec![source.study.as_str(), &source.study_accession];
                let more = facts.into_iter().flat_map(|facts| &facts.studies);
                studies.extend(more.map(String::as_str));
                studies
            }
            CriterionKind::Donor => {
                let donors = facts.into_iter().flat_map(|facts| &facts.donors);
                donors.map(String::as_str).collect()
            }
            CriterionKind::Checksum => {
                let provided = source.checksum.iter().map(|sum| sum.value.as_str());
                let stated = source.checksums.iter().map(String::as_str);
                provided
                    .chain(stated)
                    .chain([source.sha256.as_str()])
                    .collect()
            }
            CriterionKind::Tool | CriterionKind::Version => Vec::new(),
        };
        values.retain(|value| !value.is_empty());
        values
    }

    /// Whether it is about a step; else it is about a source track.
    pub fn is_of_step(self) -> bool {
        matches!(self, CriterionKind::Tool | CriterionKind::Version)
    }
}

/// One criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its kind.
    pub kind: CriterionKind,
    /// Its value, compared without regard to case.
    pub value: String,
}

/// Why a criterion is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CriterionError {
    /// There is no such kind.
    #[error(
        "found `{0}`, expected track, study, donor, checksum, tool or version with a value, for example track=ENCFF001ABC"
    )]
    Kind(String),
    /// There is no value.
    #[error("found no value for {0}, expected one, for example {0}={1}")]
    Value(&'static str, &'static str),
    /// A checksum is none.
    #[error(
        "found the checksum `{0}`, expected hexadecimal digits, for example checksum=d41d8cd98f00b204e9800998ecf8427e"
    )]
    Checksum(String),
}

impl Criterion {
    /// A criterion of a kind by its word.
    ///
    /// # Errors
    /// An unknown kind, no value, or a checksum with other characters than hexadecimal digits.
    pub fn new(kind: &str, value: &str) -> Result<Self, CriterionError> {
        let mut kinds = CriterionKind::ALL.into_iter();
        let known = kinds.find(|known| known.word() == kind.trim());
        let kind = known.ok_or_else(|| CriterionError::Kind(kind.to_owned()))?;
        let value = value.trim();
        if value.is_empty() {
            let example = match kind {
                CriterionKind::Track => "ENCFF001ABC",
                CriterionKind::Study => "ENCODE phase 3",
                CriterionKind::Donor => "ENCDO000AAA",
                CriterionKind::Checksum => "d41d8cd98f00b204e9800998ecf8427e",
                CriterionKind::Tool => "Cut1",
                CriterionKind::Version => "1.0.2",
            };
            return Err(CriterionError::Value(kind.word(), example));
        }
        let value = match kind {
            CriterionKind::Checksum => checksum(value)?,
            _ => value,
        };
        Ok(Criterion {
            kind,
            value: value.to_owned(),
        })
    }

    /// Reads `KIND=VALUE`.
    ///
    /// # Errors
    /// An unknown kind, no value, or a checksum with other characters than hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, CriterionError> {
        match text.split_once('=') {
            Some((kind, value)) => Criterion::new(kind, value),
            None => Err(CriterionError::Kind(text.to_owned())),
        }
    }

    /// Whether a source track matches.
    pub fn matches_track(&self, track: &AuditedTrack<'_>) -> bool {
        let wanted = self.value.as_str();
        let values = self.kind.values_of_track(track);
        let is_it = |value: &&str| match self.kind {
            CriterionKind::Checksum => is_same(wanted, value),
            _ => is_id(wanted, value),
        };
        values.iter().any(is_it)
    }

    /// The id of a source track that matches.
    fn matching_id<'c>(&self, track: &AuditedTrack<'c>) -> Option<&'c str> {
        let is_wanted = |id: &&&str| self.kind == CriterionKind::Track && is_id(&self.value, id);
        track.ids.iter().find(is_wanted).copied()
    }

    /// Whether a source track has no value that can be compared.
    fn lacks_value(&self, track: &AuditedTrack<'_>) -> bool {
        let values = self.kind.values_of_track(track);
        match self.kind {
            // The checksums of two methods have different lengths.
            CriterionKind::Checksum => values.iter().all(|sum| sum.len() != self.value.len()),
            _ => values.is_empty(),
        }
    }

    /// Whether a step matches.
    pub fn matches_step(&self, step: &Step) -> bool {
        let wanted = self.value.as_str();
        match self.kind {
            CriterionKind::Tool => {
                // In a URL the `+` of a version is encoded.
                let address = without_scheme(&step.tool_address).replace("%2B", "+");
                let (address, wanted_id) = (address.as_str(), without_scheme(wanted));
                let starts = address
                    .get(..wanted_id.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(wanted_id));
                let is_whole = || address[wanted_id.len()..].starts_with('/');
                is_same(wanted, &step.tool)
                    || is_same(wanted_id, address)
                    || (wanted_id.contains('/') && starts && is_whole())
            }
            CriterionKind::Version => {
                // The suffix counts the releases of a wrapper.
                let version = step.tool_version.as_str();
                let of_program = version.split_once("+galaxy").map(|(version, _)| version);
                is_same(wanted, version) || is_same(wanted, of_program.unwrap_or_default())
            }
            _ => false,
        }
    }
}

impl fmt::Display for Criterion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.kind.word(), self.value)
    }
}

/// Criteria by kind: those of one kind are alternatives, and every kind must match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Criteria {
    by_kind: BTreeMap<CriterionKind, Vec<Criterion>>,
}

impl Criteria {
    /// Groups criteria.
    pub fn new(criteria: Vec<Criterion>) -> Self {
        let mut by_kind: BTreeMap<CriterionKind, Vec<Criterion>> = BTreeMap::new();
        for criterion in criteria {
            let known = by_kind.entry(criterion.kind).or_default();
            if !known.contains(&criterion) {
                known.push(criterion);
            }
        }
        Criteria { by_kind }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_kind.is_empty()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Criterion> {
        self.by_kind.values().flatten()
    }

    /// Whether any is about steps, or where `of_step` is false about source tracks.
    pub fn has_any(&self, of_step: bool) -> bool {
        self.by_kind.keys().any(|kind| kind.is_of_step() == of_step)
    }

    /// Whether a source track matches all that is about source tracks.
    pub fn match_track(&self, track: &AuditedTrack<'_>) -> bool {
        self.match_all(false, |criterion| criterion.matches_track(track))
    }

    /// The kinds of which a source track has no value, where it matches in all that it has; none where it does not match.
    pub fn lacking(&self, track: &AuditedTrack<'_>) -> BTreeSet<CriterionKind> {
        let mut lacking = BTreeSet::new();
        for (kind, alternatives) in &self.by_kind {
            if kind.is_of_step() || alternatives.iter().any(|one| one.matches_track(track)) {
                continue;
            }
            if !alternatives.iter().any(|one| one.lacks_value(track)) {
                return BTreeSet::new();
            }
            lacking.insert(*kind);
        }
        lacking
    }

    /// The id of a source track to show: one that was asked for, else its first.
    pub fn shown_id<'c>(&self, track: &AuditedTrack<'c>) -> &'c str {
        let asked = self
            .all()
            .find_map(|criterion| criterion.matching_id(track));
        let first = track.ids.first().copied();
        asked.or(first).unwrap_or_default()
    }

    /// Whether a step matches all that is about steps.
    pub fn match_step(&self, step: &Step) -> bool {
        self.match_all(true, |criterion| criterion.matches_step(step))
    }

    fn match_all(&self, of_step: bool, matches: impl Fn(&Criterion) -> bool) -> bool {
        let kinds = self.by_kind.iter();
        let mut kinds = kinds.filter(|(kind, _)| kind.is_of_step() == of_step);
        kinds.all(|(_, alternatives)| alternatives.iter().any(&matches))
    }

    /// The criteria in words: `track A or B, tool Cut1, version 1.0.2`.
    pub fn words(&self) -> String {
        let kinds = self.by_kind.iter().map(|(kind, alternatives)| {
            let values = alternatives
                .iter()
                .map(|criterion| criterion.value.as_str());
            let values: Vec<&str> = values.collect();
            format!("{} {}", kind.word(), values.join(" or "))
        });
        kinds.collect::<Vec<_>>().join(", ")
    }
}

/// Whether two texts are the same but for case; nothing is the same as an empty one.
fn is_same(wanted: &str, text: &str) -> bool {
    !text.is_empty() && wanted.to_lowercase() == text.to_lowercase()
}

/// Whether an id is the wanted one: as it is, or without its prefix or the address before it.
fn is_id(wanted: &str, id: &str) -> bool {
    let last = id.rsplit('/').next().unwrap_or_default();
    let bare = last.split_once(':').map_or(last, |(_, bare)| bare);
    is_same(wanted, id) || is_same(wanted, last) || is_same(wanted, bare)
}

/// The digits of a checksum, without the name of its function before a colon.
fn checksum(text: &str) -> Result<&str, CriterionError> {
    let digits = match text.split_once(':') {
        Some((function, digits)) if DigestFunction::named(function.trim()).is_some() => {
            digits.trim()
        }
        _ => text,
    };
    let is_checksum = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match is_checksum {
        true => Ok(digits),
        false => Err(CriterionError::Checksum(text.to_owned())),
    }
}

fn without_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}
