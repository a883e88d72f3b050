//! Answers of the search of ENCODE: files (`type=File`), and experiments (`type=Experiment`) beside them.
//!
//! Each file becomes a row, with `file.` before its members and `dataset.` before those of its experiment. Answers are read item
//! by item, since an answer may be large.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use memchr::memmem;
use serde_json::{Map, Value as Json};

use super::encode_answer::{self, AnswerSummary};
use super::flatten::{Flattener, flatten};
use super::json_source::{JsonReading, SourceFile};
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
    let mut experiments = HashMap::new();
    for file in files {
        // Most answers have files alone.
        if memmem::find(&file.bytes, b"\"Experiment\"").is_some() {
            encode_answer::each_item(file, |item| {
                if is_of(&item, "Experiment")
                    && let Some(id) = text(&item, "@id")
                {
                    experiments.insert(id.to_owned(), flatten(&Json::Object(item)));
                }
            })?;
        }
    }
    let mut reader = EncodeReader {
        experiments,
        columns: ValueColumns::new(rules, &ORIGINS),
        flattener: Flattener::default(),
        raw_data: BTreeMap::new(),
        rows: Vec::new(),
    };
    let mut log = ConversionLog::default();
    let mut read = Vec::new();
    let mut notification = None;
    let mut totals = AnswerTotals::default();
    let mut raw_data: BTreeMap<String, u64> = BTreeMap::new();
    let mut other: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let name: Rc<str> = file.name.as_str().into();
        let mut number = 0;
        let AnswerSummary {
            notification: said,
            id,
            total,
        } = encode_answer::each_item(file, |item| {
            number += 1;
            if is_of(&item, "File") || !item.contains_key("@type") {
                reader.add(&name, number, item);
            } else {
                *other.entry(kind_of(&item)).or_default() += 1;
            }
        })?;
        notification = said.or(notification);
        totals.add(&file.name, &asked(id.as_deref()), number, total);
        reader
            .columns
            .check(reader.rows.len())
            .map_err(|problem| problem.in_file(&file.name))?;
        for (format, count) in reader.log_raw_data(&name, rules, &mut log) {
            *raw_data.entry(format).or_default() += count;
        }
        read.push((name, std::mem::take(&mut reader.rows)));
    }
    if read.iter().all(|(_, rows)| rows.is_empty()) {
        return Err(no_tracks(&raw_data, &other, notification));
    }
    totals.log_missing("total", &mut log);
    reader.columns.log_unread(&mut log);
    Ok(JsonReading {
        sheets: reader.columns.sheets(read, ITEM_WORD),
        log,
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

/// The first type of an item.
fn kind_of(item: &Map<String, Json>) -> String {
    let kind = item.get("@type").map(|kind| &kind[0]);
    kind.and_then(Json::as_str).unwrap_or("Item").to_owned()
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

struct EncodeReader<'r> {
    /// The values of experiments by `@id`.
    experiments: HashMap<String, Vec<(String, String)>>,
    columns: ValueColumns<'r>,
    flattener: Flattener,
    /// Files of raw data by their formats.
    raw_data: BTreeMap<String, u64>,
    rows: Vec<(usize, Vec<PlacedValue>)>,
}

fn text<'i>(item: &'i Map<String, Json>, key: &str) -> Option<&'i str> {
    item.get(key)?.as_str()
}

fn is_of(item: &Map<String, Json>, kind: &str) -> bool {
    let types = item.get("@type").and_then(Json::as_array);
    types.is_some_and(|types| types.iter().any(|known| known == kind))
}

impl EncodeReader<'_> {
    fn add(&mut self, sheet: &Rc<str>, number: usize, item: Map<String, Json>) {
        // Reads are no tracks.
        if text(&item, "output_category") == Some("raw data") {
            let format = text(&item, "file_format").unwrap_or("unknown");
            *self.raw_data.entry(format.to_owned()).or_default() += 1;
            return;
        }
        let mut row = Vec::new();
        let mut add = |origin, title: &str, text: &str| {
            self.columns
                .add_text(&mut row, sheet, (origin, title), text);
        };
        let file_type = text(&item, "file_type").or_else(|| text(&item, "file_format"));
        let output_type = text(&item, "output_type").unwrap_or_default();
        add(
            FILE,
            "content",
            &format!("{}: {output_type}", file_type.unwrap_or_default()),
        );
        if let Some(gene) = target_gene(&item) {
            add(FILE, "target gene", &gene);
        }
        let (derived, other) = derived_from(&item);
        for (title, ids) in [("derived from", derived), ("other derived from", other)] {
            if !ids.is_empty() {
                add(FILE, title, &ids.join(";"));
            }
        }
        let dataset = item.get("dataset").map(|dataset| match dataset {
            // Some frames embed the experiment.
            Json::Object(embedded) => (text(embedded, "@id"), Some(flatten(dataset))),
            other => (other.as_str(), None),
        });
        let (id, embedded) = dataset.unwrap_or_default();
        if let Some(id) = id {
            add(FILE, "dataset id", id);
        }
        let known = id.and_then(|id| self.experiments.get(id));
        for (title, text) in embedded.iter().chain(known).flatten() {
            if !title.starts_with('@') {
                add(EXPERIMENT, title, text);
            }
        }
        self.flattener.each(&Json::Object(item), |title, text| {
            let is_read = ["dataset", "derived_from"].contains(&title)
                || title.starts_with("dataset.")
                || title.starts_with('@');
            if !is_read {
                add(FILE, title, text);
            }
        });
        self.rows.push((number, row));
    }

    /// Adds a row for the files of raw data of an answer; their numbers by their formats.
    fn log_raw_data(
        &mut self,
        sheet: &str,
        rules: &ConversionRules,
        log: &mut ConversionLog,
    ) -> BTreeMap<String, u64> {
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
        log.add_many(entry, raw_data.values().sum());
        raw_data
    }
}

/// The only gene of a target that is no modified histone, which is made of many.
fn target_gene(item: &Map<String, Json>) -> Option<String> {
    let target = item.get("target")?;
    let investigated = target["investigated_as"].as_array();
    let mut kinds = investigated.into_iter().flatten().filter_map(Json::as_str);
    if kinds.any(|kind| kind.contains("histone")) {
        return None;
    }
    let genes = target["genes"].as_array()?.iter();
    let references = genes
        .filter_map(|gene| gene["dbxrefs"].as_array())
        .flatten();
    let mut ids: Vec<&str> = references
        .filter_map(Json::as_str)
        .filter(|id| id.starts_with("HGNC:"))
        .collect();
    ids.dedup();
    match ids.as_slice() {
        [id] => Some((*id).to_owned()),
        _ => None,
    }
}

/// The files that a file is made from: ids of files, and texts that are none.
fn derived_from(item: &Map<String, Json>) -> (Vec<String>, Vec<String>) {
    let (mut files, mut other) = (Vec::new(), Vec::new());
    let items = item.get("derived_from").and_then(Json::as_array);
    for file in items.into_iter().flatten() {
        let id = file
            .as_str()
            .or_else(|| file["@id"].as_str())
            .unwrap_or_default();
        let path = id.strip_prefix("/files/");
        match path.and_then(|path| path.strip_suffix('/')) {
            Some(accession) => files.push(format!("encode:{accession}")),
            None => other.push(id.to_owned()),
        }
    }
    (files, other)
}
