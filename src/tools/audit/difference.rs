//! What differs between the provenance of two crates.

mod report;
mod sources;
mod steps;
mod table;

use std::fmt;

pub use report::{DifferenceReport, markdown, verdict};
pub use table::{TITLES, write};

use crate::ro_crate::provenance::{ProvenanceGraph, ResultFile};
use crate::text::first_filled;

/// What a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceAspect {
    /// A result.
    Result,
    /// A source track.
    Source,
    /// A search, an import or the run of a tool.
    Step,
}

impl DifferenceAspect {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            DifferenceAspect::Result => "result",
            DifferenceAspect::Source => "source track",
            DifferenceAspect::Step => "step",
        }
    }
}

impl fmt::Display for DifferenceAspect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceRow {
    /// What it is about.
    pub aspect: DifferenceAspect,
    /// The name of the result, the source track or the tool.
    pub name: String,
    /// The property that differs.
    pub property: String,
    /// Its value in the first crate; empty where it has none.
    pub first: String,
    /// Its value in the second crate.
    pub second: String,
}

/// The property of what only one of the crates has.
const PRESENCE: &str = "presence";
/// The property of the version of a tool.
const VERSION: &str = "version";
/// The beginning of the property of a parameter.
const PARAMETER: &str = "parameter ";

impl DifferenceRow {
    /// A row where the values differ.
    fn of(
        (aspect, name): (DifferenceAspect, &str),
        property: &str,
        [first, second]: [&str; 2],
    ) -> Option<Self> {
        (first != second).then(|| DifferenceRow {
            aspect,
            name: name.to_owned(),
            property: property.to_owned(),
            first: first.to_owned(),
            second: second.to_owned(),
        })
    }

    /// The row of something that the first crate alone has, or the second alone.
    fn of_presence((aspect, name): (DifferenceAspect, &str), is_in_first: bool) -> Self {
        let [present, absent] = ["present", "absent"].map(str::to_owned);
        let (first, second) = match is_in_first {
            true => (present, absent),
            false => (absent, present),
        };
        DifferenceRow {
            aspect,
            name: name.to_owned(),
            property: PRESENCE.to_owned(),
            first,
            second,
        }
    }

    /// Whether it is about something that only one of the crates has.
    pub fn is_of_presence(&self) -> bool {
        self.property == PRESENCE
    }

    /// Whether it is about the version of a tool.
    pub fn is_of_version(&self) -> bool {
        self.aspect == DifferenceAspect::Step && self.property == VERSION
    }

    /// Whether it is about a parameter of a tool.
    pub fn is_of_parameter(&self) -> bool {
        self.property.starts_with(PARAMETER)
    }
}

/// All differences: of results, of source tracks, of steps.
pub fn differences(first: &ProvenanceGraph, second: &ProvenanceGraph) -> Vec<DifferenceRow> {
    let mut rows = of_results(first, second);
    rows.extend(sources::differences(&first.tracks, &second.tracks));
    rows.extend(steps::differences(first, second));
    rows
}

/// The differences of results: of the only ones, else of those with one element identifier.
fn of_results(first: &ProvenanceGraph, second: &ProvenanceGraph) -> Vec<DifferenceRow> {
    let name = |result: &ResultFile| {
        first_filled(&[&result.element_identifier, result.label()]).to_owned()
    };
    let key = |result: &ResultFile| match (first.results.len(), second.results.len()) {
        (1, 1) => String::new(),
        _ => name(result),
    };
    let pairs = pairs(&first.results, &second.results, key);
    let mut rows = Vec::new();
    for pair in pairs {
        match pair {
            (Some(one), Some(other)) => {
                let about = name(one);
                let about = (DifferenceAspect::Result, about.as_str());
                let size = |result: &ResultFile| {
                    result.size.map(|size| size.to_string()).unwrap_or_default()
                };
                let [one_size, other_size] = [one, other].map(size);
                for (property, values) in [
                    (
                        "element_identifier",
                        [&one.element_identifier, &other.element_identifier],
                    ),
                    ("sha256", [&one.sha256, &other.sha256]),
                    ("bytes", [&one_size, &other_size]),
                    ("datatype", [&one.datatype, &other.datatype]),
                    ("dbkey", [&one.dbkey, &other.dbkey]),
                ] {
                    let values = values.map(String::as_str);
                    rows.extend(DifferenceRow::of(about, property, values));
                }
            }
            (Some(only), None) => rows.push(DifferenceRow::of_presence(
                (DifferenceAspect::Result, &name(only)),
                true,
            )),
            (None, Some(only)) => rows.push(DifferenceRow::of_presence(
                (DifferenceAspect::Result, &name(only)),
                false,
            )),
            (None, None) => {}
        }
    }
    rows
}

/// Things of two lists in pairs by their keys, in the order of the first list; of several with one key the first belongs to the
/// first.
fn pairs<'t, T>(
    first: &'t [T],
    second: &'t [T],
    key: impl Fn(&T) -> String,
) -> Vec<(Option<&'t T>, Option<&'t T>)> {
    let mut by_key: std::collections::HashMap<String, std::collections::VecDeque<usize>> =
        std::collections::HashMap::new();
    for (place, thing) in second.iter().enumerate() {
        by_key.entry(key(thing)).or_default().push_back(place);
    }
    let mut is_paired = vec![false; second.len()];
    let mut pairs = Vec::new();
    for thing in first {
        let partner = by_key
            .get_mut(&key(thing))
            .and_then(std::collections::VecDeque::pop_front);
        if let Some(partner) = partner {
            is_paired[partner] = true;
        }
        pairs.push((Some(thing), partner.map(|partner| &second[partner])));
    }
    let left = second
        .iter()
        .zip(is_paired)
        .filter(|(_, is_paired)| !is_paired);
    pairs.extend(left.map(|(thing, _)| (None, Some(thing))));
    pairs
}
