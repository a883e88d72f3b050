//! Investigations in ISA-JSON: each derived data file of an assay becomes a row.
//!
//! The samples, raw files and parameters of a file are those on its way back through the processes of the assay. Columns are
//! `file.`, `comment.`, `experiment.`, `assay.`, `sample.`, `characteristics.`, `factor.`, `parameter.`, `target.`, `study.`,
//! `person.` and `investigation.` before names that the file declares; `accession` after a name is the ontology term of a value.

mod annotation;
mod declared_names;
mod file_values;
mod people;
mod process_graph;
mod titled_values;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value as Json;

use self::annotation::{annotated, id_of, items, text_of};
use self::declared_names::DeclaredNames;
use self::file_values::{AssayParts, FileValues, StudyParts, other_file};
use self::people::{contact, other_people};
use self::process_graph::ProcessGraph;
use self::titled_values::{ASSAY, INVESTIGATION, ORIGINS, STUDY, own_values};
use super::json_source::{JsonReading, SourceFile, left_out, not_taken, value};
use super::value_columns::{NumberedRows, PlacedValue, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};
use crate::conversion::read::file_kind::other_kind;
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::SheetCell;

const FILE_WORD: &str = "data file";
/// Reads investigations.
///
/// # Errors
/// A file is no investigation, or none has a derived data file.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut reader = IsaReader {
        columns: ValueColumns::new(rules, &ORIGINS),
        rules,
        log: ConversionLog::default(),
        number: 0,
        rows: Vec::new(),
        without_file: None,
    };
    let mut rows: Vec<NumberedRows> = Vec::new();
    for file in files {
        let whole = value(file, &mut reader.log)?;
        // Some programs write the investigation without an object around it.
        let investigation = match &whole["investigation"] {
            Json::Object(_) => &whole["investigation"],
            _ => &whole,
        };
        if !investigation["studies"].is_array() {
            return Err(other_kind(
                &file.name,
                &file.bytes,
                "an investigation in ISA-JSON with `studies`",
            ));
        }
        let name: Rc<str> = file.name.as_str().into();
        reader.number = 0;
        reader.investigation(&name, investigation);
        reader
            .columns
            .check(reader.rows.len())
            .map_err(|problem| problem.in_file(&file.name))?;
        rows.push((name, std::mem::take(&mut reader.rows)));
    }
    if rows.iter().all(|(_, rows)| rows.is_empty()) {
        return Err(JsonSourceError::Missing {
            expected: "a data file of the type `Derived Data File` in an assay",
        });
    }
    if let Some((entry, samples)) = reader.without_file {
        reader.log.add_many(entry, samples);
    }
    reader.columns.log_unread(&mut reader.log);
    Ok(JsonReading {
        sheets: reader.columns.sheets(rows, FILE_WORD),
        log: reader.log,
    })
}

struct IsaReader<'r> {
    columns: ValueColumns<'r>,
    rules: &'r ConversionRules,
    log: ConversionLog,
    /// The number of the last data file.
    number: usize,
    rows: Vec<(usize, Vec<PlacedValue>)>,
    /// The row for samples that no derived data file is made from, and their number.
    without_file: Option<(LogEntry, u64)>,
}

impl IsaReader<'_> {
    fn investigation(&mut self, name: &Rc<str>, investigation: &Json) {
        let mut shared = own_values(INVESTIGATION, investigation, &["studies", "people"]);
        shared.extend(other_people(INVESTIGATION, investigation));
        for study in items(investigation, "studies") {
            let by_id = |kind: &str| -> HashMap<&str, &Json> {
                let all = items(&study["materials"], kind);
                all.filter_map(|item| Some((id_of(item)?, item))).collect()
            };
            let (sources, samples) = (by_id("sources"), by_id("samples"));
            let id = ["identifier", "filename", "title"]
                .iter()
                .find_map(|key| text_of(&study[*key]))
                .unwrap_or_default();
            let mut values = own_values(
                STUDY,
                study,
                &["assays", "materials", "people", "processSequence"],
            );
            if !id.is_empty() {
                values.push((STUDY, "id".to_owned(), id.clone()));
            }
            values.extend(
                contact(study)
                    .or_else(|| contact(investigation))
                    .into_iter()
                    .flatten(),
            );
            values.extend(other_people(STUDY, study));
            values.extend(shared.iter().cloned());
            let parts = StudyParts {
                names: DeclaredNames::of(study),
                sources,
                samples,
                values,
                id,
            };
            let mut used = HashSet::new();
            for (position, assay) in (1..).zip(items(study, "assays")) {
                self.assay(name, study, (position, assay), &parts, &mut used);
            }
            self.count_samples_without_file(name, study, &used);
        }
    }

    /// Counts the samples of a study that no derived data file is made from.
    fn count_samples_without_file(&mut self, name: &str, study: &Json, used: &HashSet<String>) {
        for sample in items(&study["materials"], "samples") {
            let id = id_of(sample).unwrap_or_default();
            if used.contains(id) {
                continue;
            }
            if let Some((_, samples)) = &mut self.without_file {
                *samples += 1;
                continue;
            }
            let value = text_of(&sample["name"]).unwrap_or_else(|| id.to_owned());
            let reason = "samples without a derived data file: left out";
            let entry = left_out((name, "materials.samples"), &value, self.rules, reason);
            self.without_file = Some((entry, 1));
        }
    }

    fn assay(
        &mut self,
        name: &Rc<str>,
        study: &Json,
        (position, assay): (usize, &Json),
        parts: &StudyParts<'_>,
        used: &mut HashSet<String>,
    ) {
        let graph = ProcessGraph::of(
            items(study, "processSequence").chain(items(assay, "processSequence")),
        );
        let mut of_assay = own_values(
            ASSAY,
            assay,
            &[
                "dataFiles",
                "processSequence",
                "measurementType",
                "technologyType",
            ],
        );
        for (key, title) in [
            ("measurementType", "measurement type"),
            ("technologyType", "technology type"),
        ] {
            for (title, text) in annotated(title, &assay[key]) {
                of_assay.push((ASSAY, title, text));
            }
        }
        let assay_id = ["filename", "title", "@id"]
            .iter()
            .find_map(|key| text_of(&assay[*key]))
            .unwrap_or_else(|| position.to_string());
        let files = items(assay, "dataFiles");
        let own = AssayParts {
            graph,
            names: DeclaredNames::of(assay),
            files: files
                .filter_map(|file| Some((id_of(file)?, file)))
                .collect(),
            id: assay_id,
        };
        for file in items(assay, "dataFiles") {
            self.number += 1;
            let kind = text_of(&file["type"]).unwrap_or_default();
            let is_track = kind.to_lowercase().starts_with("derived");
            if !is_track {
                self.log.add(LogEntry {
                    outcome: LogOutcome::NotRead,
                    record: format!("{name}, {FILE_WORD} {}", self.number),
                    field: "file.type".to_owned(),
                    value: kind,
                    rule: self.rules.name.clone(),
                    reason: "only derived data files are tracks: left out".to_owned(),
                });
                // Rules read no value of it, but its accession for the tracks made from it.
                for (origin, title, text) in other_file(file) {
                    let cell = SheetCell::Text(text);
                    self.columns
                        .add(&mut Vec::new(), name, (origin, &title), cell);
                }
                continue;
            }
            let FileValues {
                mut values,
                problem,
                samples,
            } = FileValues::of(file, parts, &own);
            used.extend(samples);
            if let Some((found, reason)) = problem {
                let place = format!("{name}, {FILE_WORD} {}", self.number);
                self.log
                    .add(not_taken(&place, "samples.local_id", &found, reason));
            }
            values.extend(of_assay.iter().cloned());
            values.extend(parts.values.iter().cloned());
            let mut row = Vec::new();
            for (origin, title, text) in values {
                let cell = SheetCell::Text(text);
                self.columns.add(&mut row, name, (origin, &title), cell);
            }
            self.rows.push((self.number, row));
        }
    }
}
