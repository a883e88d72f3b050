//! Investigations in ISA-JSON: each derived data file of an assay becomes a row.
//!
//! The samples, raw files and parameters of a file are those on its way back through the processes of the assay. Columns are
//! `file.`, `comment.`, `experiment.`, `assay.`, `sample.`, `characteristics.`, `factor.`, `parameter.`, `target.`, `study.`,
//! `person.` and `investigation.` before names that the file declares; `accession` after a name is the ontology term of a value.

mod annotation;
mod declared_names;
mod people;
mod process_graph;

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value as Json;

use self::annotation::{annotated, id_of, items, text_of};
use self::declared_names::DeclaredNames;
use self::people::{contact, other_people};
use self::process_graph::{FileOrigin, ProcessGraph};
use super::flatten::flatten;
use super::histone_mark::only_mark;
use super::json_source::{JsonReading, SourceFile, not_taken, value};
use super::value_columns::{NumberedRows, PlacedValue, TooManyValues, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::SheetCell;

const FILE: usize = 0;
const COMMENT: usize = 1;
const EXPERIMENT: usize = 2;
const ASSAY: usize = 3;
const SAMPLE: usize = 4;
const CHARACTERISTICS: usize = 5;
const FACTOR: usize = 6;
const PARAMETER: usize = 7;
const TARGET: usize = 8;
const STUDY: usize = 9;
const PERSON: usize = 10;
const INVESTIGATION: usize = 11;
const PROCESS: usize = 12;
const ORIGINS: [&str; 13] = [
    "file",
    "comment",
    "experiment",
    "assay",
    "sample",
    "characteristics",
    "factor",
    "parameter",
    "target",
    "study",
    "person",
    "investigation",
    "process",
];
const FILE_WORD: &str = "data file";
/// Factors and characteristics that name the target of an assay, and parameters.
const TARGET_NAMES: [&str; 6] = [
    "antibody",
    "chip antibody",
    "chip target",
    "histone mark",
    "immunoprecipitation target",
    "target",
];

/// A value with its origin and title.
type TitledValue = (usize, String, String);

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
            return Err(JsonSourceError::Kind {
                file: file.name.clone(),
                expected: "an investigation in ISA-JSON with `studies`",
            });
        }
        let name: Rc<str> = file.name.as_str().into();
        reader.number = 0;
        reader.investigation(&name, investigation);
        reader
            .columns
            .check(reader.rows.len())
            .map_err(|TooManyValues| JsonSourceError::TooManyValues {
                file: file.name.clone(),
                most: TooManyValues::LIMIT,
            })?;
        rows.push((name, std::mem::take(&mut reader.rows)));
    }
    if rows.iter().all(|(_, rows)| rows.is_empty()) {
        return Err(JsonSourceError::Missing {
            expected: "a data file of the type `Derived Data File` in an assay",
        });
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
}

/// The materials of a study, and its names.
struct StudyParts<'s> {
    names: DeclaredNames,
    sources: HashMap<&'s str, &'s Json>,
    samples: HashMap<&'s str, &'s Json>,
    /// The values that all files of the study have.
    values: Vec<TitledValue>,
    id: String,
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
                &[
                    "assays",
                    "materials",
                    "people",
                    "processSequence",
                    "factors",
                    "characteristicCategories",
                    "unitCategories",
                ],
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
            for (position, assay) in (1..).zip(items(study, "assays")) {
                self.assay(name, study, (position, assay), &parts);
            }
        }
    }

    fn assay(
        &mut self,
        name: &Rc<str>,
        study: &Json,
        (position, assay): (usize, &Json),
        parts: &StudyParts<'_>,
    ) {
        let graph = ProcessGraph::of(
            items(study, "processSequence").chain(items(assay, "processSequence")),
        );
        let names = DeclaredNames::of(assay);
        let mut values = own_values(
            ASSAY,
            assay,
            &[
                "dataFiles",
                "processSequence",
                "characteristicCategories",
                "unitCategories",
                "measurementType",
                "technologyType",
            ],
        );
        for (key, title) in [
            ("measurementType", "measurement type"),
            ("technologyType", "technology type"),
        ] {
            for (title, text) in annotated(title, &assay[key]) {
                values.push((ASSAY, title, text));
            }
        }
        let assay_id = ["filename", "title", "@id"]
            .iter()
            .find_map(|key| text_of(&assay[*key]))
            .unwrap_or_else(|| position.to_string());
        let files: Vec<&Json> = items(assay, "dataFiles").collect();
        let by_id: HashMap<&str, &Json> = files
            .iter()
            .filter_map(|file| Some((id_of(file)?, *file)))
            .collect();
        for file in files {
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
                continue;
            }
            let mut row_values = self.file(name, file, &by_id, &graph, parts, &names, &assay_id);
            row_values.extend(values.iter().cloned());
            row_values.extend(parts.values.iter().cloned());
            let mut row = Vec::new();
            for (origin, title, text) in row_values {
                let cell = SheetCell::Text(text);
                self.columns.add(&mut row, name, (origin, &title), cell);
            }
            self.rows.push((self.number, row));
        }
    }

    /// The values of a data file, of the samples that it is made from, and of the processes between them.
    #[allow(clippy::too_many_arguments)] // The parts of an assay.
    fn file(
        &mut self,
        name: &Rc<str>,
        file: &Json,
        by_id: &HashMap<&str, &Json>,
        graph: &ProcessGraph<'_>,
        parts: &StudyParts<'_>,
        names: &DeclaredNames,
        assay_id: &str,
    ) -> Vec<TitledValue> {
        let place = format!("{name}, {FILE_WORD} {}", self.number);
        let file_name = text_of(&file["name"]).unwrap_or_default();
        let mut values = own_values(FILE, file, &["comments", "type"]);
        for comment in items(file, "comments") {
            if let (Some(title), Some(text)) =
                (text_of(&comment["name"]), text_of(&comment["value"]))
            {
                values.push((COMMENT, title, text));
            }
        }
        let origin = graph.origin(id_of(file).unwrap_or_default(), |id| {
            id.starts_with("#sample/") || parts.samples.contains_key(id)
        });
        let FileOrigin {
            samples,
            files,
            processes,
        } = origin;
        let raw = files.iter().filter_map(|id| by_id.get(id));
        let raw = raw.filter(|file| {
            let kind = text_of(&file["type"]).unwrap_or_default();
            kind.to_lowercase().starts_with("raw")
        });
        let raw: Vec<String> = raw.filter_map(|file| raw_id(file)).collect();
        if !raw.is_empty() {
            values.push((FILE, "raw files".to_owned(), raw.join(";")));
        }
        let mut parameters = Vec::new();
        let mut of_processes = Vec::new();
        for process in processes {
            let without = [
                "executesProtocol",
                "parameterValues",
                "inputs",
                "outputs",
                "previousProcess",
                "nextProcess",
            ];
            let own = own_values(PROCESS, process, &without).into_iter();
            of_processes.extend(own.map(|(_, title, text)| (title, text)));
            for parameter in items(process, "parameterValues") {
                let title = parts.names.of_value(parameter, names);
                parameters.extend(parts.names.annotated(&title, parameter));
            }
        }
        values.extend(joined(PARAMETER, parameters));
        values.extend(joined(PROCESS, of_processes));
        let known: Vec<&Json> = samples
            .iter()
            .filter_map(|id| parts.samples.get(id).copied())
            .collect();
        match known.as_slice() {
            [sample] => {
                let sample_name = text_of(&sample["name"])
                    .or_else(|| id_of(sample).map(str::to_owned))
                    .unwrap_or_default();
                let id = format!("{}/{sample_name}", parts.id);
                values.push((
                    SAMPLE,
                    "id".to_owned(),
                    id.trim_start_matches('/').to_owned(),
                ));
                values.push((
                    EXPERIMENT,
                    "id".to_owned(),
                    format!("{assay_id}/{sample_name}"),
                ));
                values.extend(sample_values(sample, parts, names));
            }
            found => {
                values.push((
                    EXPERIMENT,
                    "id".to_owned(),
                    format!("{assay_id}/{file_name}"),
                ));
                let texts: Vec<&str> = match found.is_empty() {
                    true => samples.clone(),
                    false => found.iter().filter_map(|sample| id_of(sample)).collect(),
                };
                let reason = match texts.is_empty() {
                    true => {
                        "found no sample on the way back from the file, expected one: the file has none"
                    }
                    false if found.is_empty() => {
                        "found no sample of this id in the materials of the study"
                    }
                    false => "found several samples, expected one: the file has none",
                };
                self.log.add(not_taken(
                    &place,
                    "samples.local_id",
                    &texts.join(";"),
                    reason,
                ));
            }
        }
        mark(&mut values);
        values
    }
}

/// The values of a sample, and of the only source that it derives from; those of the sample count more.
fn sample_values(sample: &Json, parts: &StudyParts<'_>, names: &DeclaredNames) -> Vec<TitledValue> {
    let mut values = own_values(
        SAMPLE,
        sample,
        &["characteristics", "factorValues", "derivesFrom", "@id"],
    );
    let sources = items(sample, "derivesFrom").filter_map(id_of);
    let sources: Vec<&Json> = sources
        .filter_map(|id| parts.sources.get(id).copied())
        .collect();
    let mut known: Vec<String> = Vec::new();
    let source = match sources.as_slice() {
        [source] => Some(*source),
        _ => None,
    };
    for material in std::iter::once(sample).chain(source) {
        let mut own = Vec::new();
        for characteristic in items(material, "characteristics") {
            let title = parts.names.of_value(characteristic, names);
            if !known.contains(&title) {
                own.extend(parts.names.annotated(&title, characteristic));
            }
        }
        known.extend(own.iter().map(|(title, _)| title.clone()));
        values.extend(joined(CHARACTERISTICS, own));
    }
    if let Some(source) = source
        && let Some(name) = text_of(&source["name"])
    {
        values.push((SAMPLE, "source".to_owned(), name));
    }
    let mut factors = Vec::new();
    for factor in items(sample, "factorValues") {
        let title = parts.names.of_value(factor, names);
        factors.extend(parts.names.annotated(&title, factor));
    }
    values.extend(joined(FACTOR, factors));
    values
}

/// Adds the only histone mark that the values name.
fn mark(values: &mut Vec<TitledValue>) {
    let texts = values.iter().filter_map(|(origin, title, text)| {
        let is_of = [CHARACTERISTICS, FACTOR, PARAMETER].contains(origin);
        let is_target = TARGET_NAMES.contains(&title.to_lowercase().as_str());
        (is_of && is_target).then_some(text.as_str())
    });
    let Some(mark) = only_mark(texts) else {
        return;
    };
    let is_chip = values.iter().any(|(origin, title, text)| {
        let is_strategy = *origin == PARAMETER && title.eq_ignore_ascii_case("library strategy");
        is_strategy && text.to_lowercase().starts_with("chip")
    });
    values.push((TARGET, "histone mark".to_owned(), mark.clone()));
    // The word for ChIP-seq is the same for all targets; what FAIRtracks requires depends on them.
    if is_chip {
        values.push((TARGET, "ChIP-seq of a histone".to_owned(), mark));
    }
}

/// The id of a raw file: the accession in its comments.
fn raw_id(file: &Json) -> Option<String> {
    let accession = items(file, "comments").find(|comment| {
        let name = text_of(&comment["name"]).unwrap_or_default().to_lowercase();
        name.contains("accession")
    });
    let text = text_of(&accession?["value"])?;
    Some(match text.contains(':') {
        true => text,
        false => format!("ena.embl:{text}"),
    })
}

/// The values of an object by path, but for some members.
fn own_values(origin: usize, object: &Json, without: &[&str]) -> Vec<TitledValue> {
    let members = object.as_object().into_iter().flatten();
    let members =
        members.filter(|(key, _)| !without.contains(&key.as_str()) && !key.starts_with('@'));
    let own = members.map(|(key, value)| (key.clone(), value.clone()));
    let flat = flatten(&Json::Object(own.collect())).into_iter();
    flat.filter(|(title, _)| !title.ends_with("@id"))
        .map(|(title, text)| (origin, title, text))
        .collect()
}

/// Values by title; several of one title have `;` between them.
fn joined(origin: usize, values: Vec<(String, String)>) -> Vec<TitledValue> {
    let mut found: Vec<TitledValue> = Vec::new();
    for (title, text) in values {
        match found.iter_mut().find(|(_, known, _)| *known == title) {
            Some((_, _, known)) => {
                if !known.split(';').any(|known| known == text) {
                    known.push(';');
                    known.push_str(&text);
                }
            }
            None => found.push((origin, title, text)),
        }
    }
    found
}
