//! Tables of EPICO: donors, specimens, samples and experiments in JSON, and a table of tracks beside them.
//!
//! EPICO has no addresses of files, so tracks come from a table (CSV or TSV) with the columns `sample_id` or `experiment_id`. Its
//! titles are those of tables; `experiment.`, `sample.`, `specimen.` and `donor.` stand before the columns of EPICO. Without a
//! table, each experiment and each sample becomes a row of its own.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::file_kind::other_kind;
use super::flatten::flatten;
use super::json_source::{JsonReading, SourceFile, left_out, not_taken, table, value};
use super::value_columns::{NumberedRows, PlacedValue, TooManyValues, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::{ROW, Sheet, SheetCell};
use crate::text::folding::folded_title;

const TABLE: usize = 0;
const ORIGINS: [&str; 5] = ["", "experiment", "sample", "specimen", "donor"];
/// The kinds of records, with the columns that have their ids; the first kind whose id a record has is its own.
const KINDS: [(&str, &[&str]); 4] = [
    ("experiment", &["experiment_id"]),
    ("sample", &["sample_id", "analyzed_sample_id"]),
    ("specimen", &["specimen_id"]),
    ("donor", &["donor_id"]),
];

/// Reads tables of EPICO and tables of tracks, in any order.
///
/// # Errors
/// A file is neither, or no file has samples or experiments.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut log = ConversionLog::default();
    let mut records = EpicoRecords::default();
    let mut tables: Vec<Sheet> = Vec::new();
    let mut names = Vec::new();
    for file in files {
        let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf");
        let first = bytes.unwrap_or(&file.bytes).trim_ascii_start().first();
        if matches!(first, Some(b'{' | b'[')) {
            let name: Rc<str> = file.name.as_str().into();
            let found = records.add(value(file, &mut log)?, &name);
            if !found {
                return Err(other_kind(
                    &file.name,
                    &file.bytes,
                    "records of EPICO with `experiment_id`, `sample_id`, `specimen_id` or `donor_id`",
                ));
            }
            names.push(name);
        } else {
            tables.push(table(file)?);
        }
    }
    if records.kinds[0].is_empty() && records.kinds[1].is_empty() {
        return Err(JsonSourceError::Missing {
            expected: "records of EPICO with `sample_id` or `experiment_id`",
        });
    }
    let mut reader = EpicoReader {
        records,
        rules,
        columns: ValueColumns::new(rules, &ORIGINS),
        log,
        used: HashSet::new(),
    };
    let rows: Vec<NumberedRows> = match tables.is_empty() {
        true => reader.without_tracks(&names),
        false => tables
            .into_iter()
            .map(|table| reader.tracks(table))
            .collect(),
    };
    let count = rows.iter().map(|(_, rows)| rows.len()).sum();
    let check = reader.columns.check(count);
    check.map_err(|TooManyValues| JsonSourceError::TooManyValues {
        file: files
            .first()
            .map(|file| file.name.clone())
            .unwrap_or_default(),
        most: TooManyValues::LIMIT,
    })?;
    reader.log_unused();
    reader.columns.log_unread(&mut reader.log);
    Ok(JsonReading {
        sheets: reader.columns.sheets(rows, ROW),
        log: reader.log,
    })
}

/// A record, with the file that has it.
type EpicoRecord = (Rc<str>, Map<String, Json>);

/// Records by kind and id.
#[derive(Debug, Default)]
struct EpicoRecords {
    kinds: [HashMap<String, EpicoRecord>; 4],
    /// Kind and id in the order of the files.
    order: Vec<(usize, String)>,
}

impl EpicoRecords {
    /// Adds the records of a value: a list, an object of lists or records by kind, or one record. False without any.
    fn add(&mut self, value: Json, file: &Rc<str>) -> bool {
        match value {
            Json::Array(items) => items.into_iter().all(|item| self.add(item, file)),
            Json::Object(members) => {
                let kind = KINDS
                    .iter()
                    .position(|(_, ids)| id(&members, ids).is_some());
                if let Some(kind) = kind
                    && let Some(id) = id(&members, KINDS[kind].1)
                {
                    let record = (file.clone(), members);
                    if self.kinds[kind].insert(id.clone(), record).is_none() {
                        self.order.push((kind, id));
                    }
                    return true;
                }
                let below = members.into_iter().map(|(_, value)| value);
                let below: Vec<Json> = below
                    .filter(|value| value.is_array() || value.is_object())
                    .collect();
                let is_any = !below.is_empty();
                is_any && below.into_iter().all(|value| self.add(value, file))
            }
            _ => false,
        }
    }

    fn get(&self, kind: usize, id: &str) -> Option<&Map<String, Json>> {
        self.kinds[kind].get(id).map(|(_, record)| record)
    }
}

/// The id of a record in one of some columns.
fn id(record: &Map<String, Json>, columns: &[&str]) -> Option<String> {
    let found = columns.iter().find_map(|column| record.get(*column))?;
    match found {
        Json::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

struct EpicoReader<'r> {
    records: EpicoRecords,
    rules: &'r ConversionRules,
    columns: ValueColumns<'r>,
    log: ConversionLog,
    /// Kind and id of the records that a row has.
    used: HashSet<(usize, String)>,
}

impl EpicoReader<'_> {
    /// The rows of a table of tracks, each with the records that it names.
    fn tracks(&mut self, table: Sheet) -> NumberedRows {
        let name = table.name.clone();
        let titles: Vec<String> = table
            .titles
            .iter()
            .map(|title| folded_title(title))
            .collect();
        let mut rows = Vec::new();
        for row in table.rows {
            let place = format!("{name}, {ROW} {}", row.number);
            let of = |columns: &[&str]| -> Option<String> {
                let column = titles
                    .iter()
                    .position(|title| columns.contains(&title.as_str()))?;
                let text = row.cells.get(column)?.shown().trim();
                (!text.is_empty()).then(|| text.to_owned())
            };
            let named = [of(KINDS[0].1), of(KINDS[1].1)];
            let mut values = Vec::new();
            for (title, cell) in table.titles.iter().zip(&row.cells) {
                self.columns
                    .add(&mut values, &name, (TABLE, title), cell.clone());
            }
            if named.iter().all(Option::is_none) {
                let reason = "found neither `sample_id` nor `experiment_id`, expected one of them";
                self.log.add(not_taken(&place, "sample_id", "", reason));
            }
            let [experiment, sample] = named;
            self.join(&mut values, (&name, &place), [experiment, sample]);
            rows.push((row.number, values));
        }
        (name, rows)
    }

    /// A row for each experiment, and one for each sample without an experiment.
    fn without_tracks(&mut self, names: &[Rc<str>]) -> Vec<NumberedRows> {
        let mut rows: Vec<NumberedRows> = names
            .iter()
            .map(|name| (name.clone(), Vec::new()))
            .collect();
        let order = self.records.order.clone();
        let experiments = self.records.kinds[0].values();
        let used: Vec<String> = experiments
            .filter_map(|(_, record)| id(record, KINDS[1].1))
            .collect();
        for (kind, id) in order {
            let ids = match kind {
                0 => (Some(id.clone()), None),
                1 if !used.contains(&id) => (None, Some(id.clone())),
                _ => continue,
            };
            let Some((file, _)) = self.records.kinds[kind].get(&id).cloned() else {
                continue;
            };
            let mut values = Vec::new();
            if let Some((_, rows)) = rows.iter_mut().find(|(name, _)| *name == file) {
                let number = rows.len() + 1;
                let place = format!("{file}, {ROW} {number}");
                self.join(&mut values, (&file, &place), [ids.0, ids.1]);
                rows.push((number, values));
            }
        }
        rows
    }

    /// Adds the values of an experiment, its sample, its specimen and its donor.
    fn join(
        &mut self,
        values: &mut Vec<PlacedValue>,
        (sheet, place): (&Rc<str>, &str),
        [experiment, sample]: [Option<String>; 2],
    ) {
        let mut ids = [experiment, sample, None, None];
        for kind in 0..KINDS.len() {
            let Some(wanted) = ids[kind].clone() else {
                continue;
            };
            let (word, columns) = KINDS[kind];
            let Some(record) = self.records.get(kind, &wanted) else {
                let reason = format!("found no {word} of this id in the tables of EPICO");
                self.log.add(not_taken(place, columns[0], &wanted, &reason));
                continue;
            };
            let below = KINDS.iter().enumerate().skip(kind + 1);
            let mut links: Vec<&str> = Vec::new();
            for (further, (word, columns)) in below {
                links.extend(*columns);
                let Some(stated) = id(record, columns) else {
                    continue;
                };
                match &ids[further] {
                    None => ids[further] = Some(stated),
                    Some(known) if *known != stated => {
                        let reason = format!("another {word} is stated before: `{known}`");
                        self.log.add(not_taken(place, columns[0], &stated, &reason));
                    }
                    Some(_) => {}
                }
            }
            // Each record refers to the next one by the id that is that record's own.
            let own = record
                .iter()
                .filter(|(key, _)| !links.contains(&key.as_str()));
            let own = own.map(|(key, value)| (key.clone(), value.clone()));
            for (title, text) in flatten(&Json::Object(own.collect())) {
                let cell = SheetCell::Text(text);
                self.columns.add(values, sheet, (kind + 1, &title), cell);
            }
            self.used.insert((kind, wanted));
        }
    }

    /// Adds a row for each kind of records that no row has.
    fn log_unused(&mut self) {
        for (kind, (word, _)) in KINDS.iter().enumerate() {
            let of_kind = self
                .records
                .order
                .iter()
                .filter(|(known, _)| *known == kind);
            let mut unused = of_kind.filter(|key| !self.used.contains(*key));
            let Some((_, first)) = unused.next() else {
                continue;
            };
            let count = 1 + unused.count() as u64;
            let Some((file, _)) = self.records.kinds[kind].get(first) else {
                continue;
            };
            let reason =
                "no track leads to these records; the value is the id of the first: left out";
            let entry = left_out((file, word), first, self.rules, reason);
            self.log.add_many(entry, count);
        }
    }
}
