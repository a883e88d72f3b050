//! Answers of the search of ENCODE: files (`type=File`), and experiments (`type=Experiment`) beside them.
//!
//! Each file becomes a row, with `file.` before its members and `dataset.` before those of its experiment. Answers are read item
//! by item, since an answer may be large.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use memchr::memmem;
use serde_json::{Map, Value as Json};

use super::encode_answer::{self, AnswerSummary};
use super::encode_values::{ComposedValues, take_links};
use super::flatten::{Flattener, flatten, list, texts};
use super::json_source::{JsonReading, SourceFile, left_out, not_taken};
use super::portal_rows::AnswerTotals;
use super::value_columns::{PlacedValue, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};
use crate::conversion::rules::ConversionRules;
use crate::text::counted;

const FILE: usize = 0;
const EXPERIMENT: usize = 1;
const ORIGINS: [&str; 2] = ["file", "dataset"];
const ITEM_WORD: &str = "item";

/// Reads answers in any order.
///
/// # Errors
/// A file is no answer, or an answer that states an error; no answer has a file.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut experiments = BTreeMap::new();
    for file in files {
        // Most answers have files alone.
        if memmem::find(&file.bytes, b"\"Experiment\"").is_some() {
            encode_answer::each_item(file, |item| {
                if is_of(&item, "Experiment") {
                    let id = path_of(item.get("@id"));
                    let experiment = EncodeExperiment {
                        file: file.name.as_str().into(),
                        values: flatten(&Json::Object(item)),
                    };
                    experiments.insert(id, experiment);
                }
            })?;
        }
    }
    let mut reader = EncodeReader {
        experiments,
        columns: ValueColumns::new(rules, &ORIGINS),
        flattener: Flattener::default(),
        raw_data: BTreeMap::new(),
        links: BTreeMap::new(),
        used: HashSet::new(),
        rows: Vec::new(),
        log: ConversionLog::default(),
    };
    let mut read = Vec::new();
    let mut notification = None;
    let mut totals = AnswerTotals::default();
    let mut raw_data: BTreeMap<String, u64> = BTreeMap::new();
    let mut other: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let name: Rc<str> = file.name.as_str().into();
        let mut number = 0;
        let mut of_file: BTreeMap<String, usize> = BTreeMap::new();
        let AnswerSummary {
            notification: said,
            id,
            total,
        } = encode_answer::each_item(file, |item| {
            number += 1;
            let other = match is_of(&item, "File") {
                true => None,
                false => kind_of(&item),
            };
            match other {
                Some(kind) => *of_file.entry(kind).or_default() += 1,
                None => reader.add(&name, number, item),
            }
        })?;
        notification = said.or(notification);
        totals.add(&file.name, &asked(id.as_deref()), number, total);
        reader
            .columns
            .check(reader.rows.len())
            .map_err(|problem| problem.in_file(&file.name))?;
        for (format, count) in reader.log_raw_data(&name, rules) {
            *raw_data.entry(format).or_default() += count;
        }
        reader.log_links(&name);
        reader.log_other(&name, &of_file, rules);
        for (kind, count) in of_file {
            *other.entry(kind).or_default() += count;
        }
        read.push((name, std::mem::take(&mut reader.rows)));
    }
    if read.iter().all(|(_, rows)| rows.is_empty()) {
        return Err(no_tracks(&raw_data, &other, notification));
    }
    totals.log_missing("total", &mut reader.log);
    reader.log_unused(rules);
    reader.columns.log_unread(&mut reader.log);
    Ok(JsonReading {
        sheets: reader.columns.sheets(read, ITEM_WORD),
        log: reader.log,
    })
}

/// What a search is for: its path and query without those of a page.
fn asked(id: Option<&str>) -> String {
    let (path, query) = id.unwrap_or_default().split_once('?').unwrap_or_default();
    let pairs = query.split('&');
    let kept = pairs.filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !["from", "limit", "sort"].contains(&name)
    });
    format!("{path}?{}", kept.collect::<Vec<_>>().join("&"))
}

/// The first type of an item, if it states one.
fn kind_of(item: &Map<String, Json>) -> Option<String> {
    texts(item.get("@type")?).into_iter().next()
}

/// The path of an item; texts that are none are shown with `;` between them.
fn path_of(id: Option<&Json>) -> String {
    id.map(|id| texts(id).join(";")).unwrap_or_default()
}

/// Why answers have no track.
fn no_tracks(
    raw_data: &BTreeMap<String, u64>,
    other: &BTreeMap<String, usize>,
    notification: Option<String>,
) -> JsonSourceError {
    let files: u64 = raw_data.values().sum();
    if files > 0 {
        let formats = raw_data.iter();
        let formats = formats.map(|(format, count)| format!("{count} `{format}`"));
        return JsonSourceError::RawDataAlone {
            files: counted(usize::try_from(files).unwrap_or(usize::MAX), "file"),
            formats: formats.collect::<Vec<_>>().join(", "),
        };
    }
    match other.iter().max_by_key(|(_, count)| **count) {
        Some((kind, _)) => JsonSourceError::NoFileItems {
            items: counted(other.values().sum(), "item"),
            kind: kind.clone(),
        },
        None => JsonSourceError::NoFiles {
            notification: notification.unwrap_or_else(|| "none in `@graph`".to_owned()),
        },
    }
}

struct EncodeExperiment {
    /// The name of its file.
    file: Rc<str>,
    values: Vec<(String, String)>,
}

struct EncodeReader<'r> {
    /// Experiments by `@id`.
    experiments: BTreeMap<String, EncodeExperiment>,
    columns: ValueColumns<'r>,
    flattener: Flattener,
    /// Files of raw data by their formats.
    raw_data: BTreeMap<String, u64>,
    /// The first link of members that have links instead of values, and how many there are.
    links: BTreeMap<&'static str, (String, u64)>,
    /// The ids of the experiments of files.
    used: HashSet<String>,
    rows: Vec<(usize, Vec<PlacedValue>)>,
    log: ConversionLog,
}

fn text<'i>(item: &'i Map<String, Json>, key: &str) -> Option<&'i str> {
    item.get(key)?.as_str()
}

fn is_of(item: &Map<String, Json>, kind: &str) -> bool {
    let types = item.get("@type").map(list).unwrap_or_default();
    types.iter().any(|known| known.as_str() == Some(kind))
}

impl EncodeReader<'_> {
    fn add(&mut self, sheet: &Rc<str>, number: usize, mut item: Map<String, Json>) {
        // Reads are no tracks.
        if text(&item, "output_category") == Some("raw data") {
            let format = text(&item, "file_format").unwrap_or("unknown");
            *self.raw_data.entry(format.to_owned()).or_default() += 1;
            return;
        }
        for (key, link) in take_links(&mut item) {
            self.links.entry(key).or_insert((link, 0)).1 += 1;
        }
        let mut row = Vec::new();
        let mut add = |origin, title: &str, text: &str| {
            self.columns
                .add_text(&mut row, sheet, (origin, title), text);
        };
        let composed = ComposedValues::of(&item);
        for (title, text) in &composed.values {
            add(FILE, title, text);
        }
        for other in &composed.other_sources {
            let place = format!("{sheet}, {ITEM_WORD} {number}");
            let reason = "expected the path of a file, such as /files/ENCFF001AAA/";
            self.log
                .add(not_taken(&place, "file.derived_from", other, reason));
        }
        // Some frames embed the experiment.
        let dataset = item.get("dataset");
        let embedded = dataset.filter(|dataset| dataset.is_object());
        let id = path_of(embedded.map_or(dataset, |embedded| embedded.get("@id")));
        add(FILE, "dataset id", &id);
        let embedded = embedded.map(flatten);
        let known = self.experiments.get(&id).map(|known| &known.values);
        for (title, text) in embedded.iter().chain(known).flatten() {
            if !title.starts_with('@') {
                add(EXPERIMENT, title, text);
            }
        }
        self.used.insert(id);
        self.flattener.each(&Json::Object(item), |title, text| {
            let is_read = ["dataset", "derived_from"].contains(&title)
                || title.starts_with("dataset.")
                || title.starts_with("derived_from.")
                || title.starts_with('@');
            if !is_read && let Some(text) = composed.rest(title, text) {
                add(FILE, title, &text);
            }
        });
        self.rows.push((number, row));
    }

    /// Adds a row for the files of raw data of an answer; their numbers by their formats.
    fn log_raw_data(&mut self, sheet: &str, rules: &ConversionRules) -> BTreeMap<String, u64> {
        let raw_data = std::mem::take(&mut self.raw_data);
        if raw_data.is_empty() {
            return raw_data;
        }
        let entry = LogEntry {
            outcome: LogOutcome::NotRead,
            record: sheet.to_owned(),
            field: "file.output_category".to_owned(),
            value: "raw data".to_owned(),
            rule: rules.name.clone(),
            reason: "raw data are no tracks: left out".to_owned(),
        };
        self.log.add_many(entry, raw_data.values().sum());
        raw_data
    }

    /// Adds a row for each member of the files of an answer that has links.
    fn log_links(&mut self, sheet: &str) {
        for (key, (first, count)) in std::mem::take(&mut self.links) {
            let field = format!("file.{key}");
            let reason = "found a link, expected values: search again without frame=object";
            self.log
                .add_many(not_taken(sheet, &field, &first, reason), count);
        }
    }

    /// Adds a row for each type of the items of an answer that are not read.
    fn log_other(&mut self, sheet: &str, other: &BTreeMap<String, usize>, rules: &ConversionRules) {
        for (kind, count) in other.iter().filter(|(kind, _)| *kind != "Experiment") {
            let reason = "items of this type are not read: left out";
            let entry = left_out((sheet, "item.@type"), kind, rules, reason);
            self.log.add_many(entry, *count as u64);
        }
    }

    /// Adds a row for the experiments of each answer that no file belongs to.
    fn log_unused(&mut self, rules: &ConversionRules) {
        let mut unused: BTreeMap<&str, (&str, u64)> = BTreeMap::new();
        for (id, experiment) in &self.experiments {
            if !self.used.contains(id) {
                unused.entry(&experiment.file).or_insert((id, 0)).1 += 1;
            }
        }
        for (file, (first, count)) in unused {
            let reason = "no track of the answers belongs to the experiment: left out";
            let entry = left_out((file, "dataset.@id"), first, rules, reason);
            self.log.add_many(entry, count);
        }
    }
}
