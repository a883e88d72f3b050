//! What differs between the provenance of two crates.

mod input_files;
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
    /// An input file that is no source track.
    Input,
    /// A search, an import or the run of a tool.
    Step,
}

impl DifferenceAspect {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            DifferenceAspect::Result => "result",
            DifferenceAspect::Source => "source track",
            DifferenceAspect::Input => "input file",
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

    /// A row where the SHA-256 sums differ; contents of which one is unknown are not compared.
    fn of_content(about: (DifferenceAspect, &str), sums: [&str; 2]) -> Option<Self> {
        let are_known = sums.iter().all(|sum| !sum.is_empty());
        DifferenceRow::of(about, "sha256", sums).filter(|_| are_known)
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

/// All differences: of results, of source tracks, of input files, of steps.
pub fn differences(first: &ProvenanceGraph, second: &ProvenanceGraph) -> Vec<DifferenceRow> {
    let mut rows = of_results(first, second);
    rows.extend(sources::differences(&first.tracks, &second.tracks));
    rows.extend(input_files::differences(first, second));
    rows.extend(steps::differences(first, second));
    rows
}

/// The names of the results and input files of both graphs whose contents cannot be compared, as a crate states no SHA-256.
pub fn without_checksum(first: &ProvenanceGraph, second: &ProvenanceGraph) -> Vec<String> {
    let results = result_pairs(first, second).into_iter();
    let results = results.filter_map(|(one, other)| {
        let (one, other) = (one?, other?);
        let is_unknown = one.sha256.is_empty() || other.sha256.is_empty();
        is_unknown.then(|| result_name(one).to_owned())
    });
    let inputs = input_files::paired(first, second).into_iter();
    let inputs = inputs.filter_map(|(one, other)| {
        let (one, other) = (one?, other?);
        let is_unknown = one.sha256.is_empty() || other.sha256.is_empty();
        is_unknown.then(|| input_files::name(one).to_owned())
    });
    results.chain(inputs).collect()
}

fn result_name(result: &ResultFile) -> &str {
    first_filled(&[&result.element_identifier, result.label()])
}

/// The results of two graphs in pairs: the only ones, else those with one element identifier.
fn result_pairs<'p>(
    first: &'p ProvenanceGraph,
    second: &'p ProvenanceGraph,
) -> Vec<(Option<&'p ResultFile>, Option<&'p ResultFile>)> {
    let key = |result: &ResultFile| match (first.results.len(), second.results.len()) {
        (1, 1) => String::new(),
        _ => result_name(result).to_owned(),
    };
    pairs(&first.results, &second.results, key)
}

/// The differences of results.
fn of_results(first: &ProvenanceGraph, second: &ProvenanceGraph) -> Vec<DifferenceRow> {
    let mut rows = Vec::new();
    for pair in result_pairs(first, second) {
        match pair {
            (Some(one), Some(other)) => {
                let about = (DifferenceAspect::Result, result_name(one));
                let size = |result: &ResultFile| {
                    result.size.map(|size| size.to_string()).unwrap_or_default()
                };
                let [one_size, other_size] = [one, other].map(size);
                rows.extend(DifferenceRow::of_content(
                    about,
                    [&one.sha256, &other.sha256],
                ));
                for (property, values) in [
                    (
                        "element_identifier",
                        [&one.element_identifier, &other.element_identifier],
                    ),
                    ("bytes", [&one_size, &other_size]),
                    ("datatype", [&one.datatype, &other.datatype]),
                    ("dbkey", [&one.dbkey, &other.dbkey]),
                ] {
                    let values = values.map(String::as_str);
                    rows.extend(DifferenceRow::of(about, property, values));
                }
            }
            (Some(only), None) => rows.push(DifferenceRow::of_presence(
                (DifferenceAspect::Result, result_name(only)),
                true,
            )),
            (None, Some(only)) => rows.push(DifferenceRow::of_presence(
                (DifferenceAspect::Result, result_name(only)),
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
