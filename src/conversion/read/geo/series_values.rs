//! Series: which one a sample belongs to, and what it says.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::entity::GeoEntity;
use super::sample_values::cell_of;
use crate::conversion::log::{ConversionLog, LogEntry};
use crate::conversion::read::json_source::left_out;
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::SheetCell;

/// A series without the list of its samples.
#[derive(Debug)]
struct KnownSeries {
    id: String,
    is_super: bool,
    values: Vec<(String, SheetCell)>,
}

/// All series of the files.
#[derive(Debug, Default)]
pub(super) struct SeriesValues {
    known: Vec<KnownSeries>,
    /// The series that list a sample, by its accession.
    of_samples: HashMap<String, Vec<usize>>,
}

/// The series of a sample.
pub(super) struct ChosenSeries<'s> {
    /// Its values.
    pub values: Vec<(&'s str, &'s SheetCell)>,
    /// Other series of the sample.
    pub others: Vec<String>,
    /// Series that the sample names and no file has.
    pub unknown: Vec<&'s str>,
}

impl SeriesValues {
    pub fn add(
        &mut self,
        file: &Rc<str>,
        series: GeoEntity,
        rules: &ConversionRules,
        log: &mut ConversionLog,
    ) {
        let mut values = vec![("accession".to_owned(), SheetCell::Text(series.id.clone()))];
        let place = self.known.len();
        let mut is_super = false;
        for value in series.values {
            let title = match &value.key[..] {
                "sample_id" => {
                    self.of_samples.entry(value.text).or_default().push(place);
                    continue;
                }
                key if key.starts_with("supplementary_file") => {
                    if !value.text.eq_ignore_ascii_case("none") {
                        log.add(no_track(file, &value.text, rules));
                    }
                    continue;
                }
                "relation" => {
                    is_super |= value.text.starts_with("SuperSeries of");
                    "relation"
                }
                // A study has one publication.
                "pubmed_id" if has(&values, "pubmed_id") => "further pubmed_id",
                "geo_accession" => continue,
                key => key,
            };
            let mut known = values.iter_mut();
            match known.find(|(known, _)| known == title) {
                Some((_, cell)) => {
                    let is_damaged = value.is_damaged || matches!(cell, SheetCell::Damaged(..));
                    *cell = cell_of(format!("{};{}", cell.shown(), value.text), is_damaged);
                }
                None => {
                    let title = title.to_owned();
                    values.push((title, cell_of(value.text, value.is_damaged)));
                }
            }
        }
        self.known.push(KnownSeries {
            id: series.id,
            is_super,
            values,
        });
    }

    /// The series of a sample: one that the files describe, and no SuperSeries if there is another.
    pub fn of_sample<'s>(&'s self, sample: &str, named: &'s [String]) -> ChosenSeries<'s> {
        let unknown = named
            .iter()
            .filter(|id| !self.known.iter().any(|series| series.id == **id));
        let unknown = unknown.map(String::as_str).collect();
        let mut described: Vec<&KnownSeries> = Vec::new();
        let by_name = named
            .iter()
            .filter_map(|id| self.known.iter().find(|series| series.id == *id));
        let listed = self.of_samples.get(sample).into_iter().flatten();
        let listed = listed.map(|place| &self.known[*place]);
        for series in by_name.chain(listed) {
            if !described.iter().any(|known| known.id == series.id) {
                described.push(series);
            }
        }
        described.sort_by_key(|series| series.is_super);
        let Some((first, others)) = described.split_first() else {
            return ChosenSeries {
                values: Vec::new(),
                others: Vec::new(),
                unknown,
            };
        };
        // A SuperSeries beside its parts is no other study.
        let others = others.iter().filter(|series| !series.is_super);
        let others = others.map(|series| series.id.clone()).collect();
        let values = first.values.iter();
        ChosenSeries {
            values: values.map(|(title, cell)| (&title[..], cell)).collect(),
            others,
            unknown,
        }
    }

    /// The first sample that a series lists and that is not among some, and how many there are.
    pub fn without(&self, samples: &HashSet<String>) -> Option<(&str, u64)> {
        let listed = self.of_samples.keys();
        let mut missing: Vec<&String> = listed.filter(|id| !samples.contains(*id)).collect();
        missing.sort();
        let first = missing.first()?;
        Some((first, missing.len() as u64))
    }
}

fn has(values: &[(String, SheetCell)], title: &str) -> bool {
    values.iter().any(|(known, _)| known == title)
}

/// A row of the log for a file of a series.
fn no_track(file: &str, url: &str, rules: &ConversionRules) -> LogEntry {
    let is_archive = url.to_lowercase().ends_with(".tar");
    let reason = match is_archive {
        true => "an archive of the files of samples is no track: left out",
        false => "a file of the whole series belongs to no one sample: left out",
    };
    left_out((file, "series.supplementary_file"), url, rules, reason)
}
