//! Answers of the search of ENCODE: files (`type=File`), and experiments (`type=Experiment`) beside them.
//!
//! Each file becomes a row, with `file.` before its members and `dataset.` before those of its experiment. Answers are read item
//! by item, since an answer with `limit=all` may be large.

use std::collections::HashMap;
use std::rc::Rc;

use memchr::memmem;
use serde_json::{Map, Value as Json};

use super::encode_answer::{self, AnswerSummary};
use super::flatten::{Flattener, flatten};
use super::json_source::{JsonReading, SourceFile};
use super::value_columns::{PlacedValue, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};
use crate::conversion::rules::ConversionRules;

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
        raw_data: 0,
        rows: Vec::new(),
    };
    let mut log = ConversionLog::default();
    let mut read = Vec::new();
    let mut notification = None;
    for file in files {
        let name: Rc<str> = file.name.as_str().into();
        let mut number = 0;
        let AnswerSummary { notification: said } = encode_answer::each_item(file, |item| {
            number += 1;
            if is_of(&item, "File") || !item.contains_key("@type") {
                reader.add(&name, number, item);
            }
        })?;
        notification = said.or(notification);
        reader
            .columns
            .check(reader.rows.len())
            .map_err(|problem| problem.in_file(&file.name))?;
        reader.log_raw_data(&name, rules, &mut log);
        read.push((name, std::mem::take(&mut reader.rows)));
    }
    if read.iter().all(|(_, rows)| rows.is_empty()) {
        return Err(JsonSourceError::NoFiles {
            notification: notification.unwrap_or_else(|| "none in `@graph`".to_owned()),
        });
    }
    reader.columns.log_unread(&mut log);
    Ok(JsonReading {
        sheets: reader.columns.sheets(read, ITEM_WORD),
        log,
    })
}

struct EncodeReader<'r> {
    /// The values of experiments by `@id`.
    experiments: HashMap<String, Vec<(String, String)>>,
    columns: ValueColumns<'r>,
    flattener: Flattener,
    raw_data: u64,
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
            self.raw_data += 1;
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

    fn log_raw_data(&mut self, sheet: &str, rules: &ConversionRules, log: &mut ConversionLog) {
        if self.raw_data == 0 {
            return;
        }
        let entry = LogEntry {
            outcome: LogOutcome::NotRead,
            record: sheet.to_owned(),
            field: "file.output_category".to_owned(),
            value: "raw data".to_owned(),
            rule: rules.name.clone(),
            reason: "raw data are no tracks: left out".to_owned(),
        };
        log.add_many(entry, self.raw_data);
        self.raw_data = 0;
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
