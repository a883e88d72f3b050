//! What a data file is: its own values, those of its sample, and those of the processes between them.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::annotation::{id_of, items, text_of};
use super::declared_names::DeclaredNames;
use super::process_graph::{FileOrigin, ProcessGraph};
use super::titled_values::{
    CHARACTERISTICS, COMMENT, EXPERIMENT, FACTOR, FILE, OTHER_FILE, PARAMETER, PROCESS, SAMPLE,
    TARGET, joined, own_values,
};
use crate::conversion::read::histone_mark::only_mark;
use crate::conversion::read::titled_value::TitledValue;

/// Factors and characteristics that name the target of an assay, and parameters.
const TARGET_NAMES: [&str; 6] = [
    "antibody",
    "chip antibody",
    "chip target",
    "histone mark",
    "immunoprecipitation target",
    "target",
];

/// The materials of a study, and its names.
pub(super) struct StudyParts<'s> {
    pub names: DeclaredNames,
    pub sources: HashMap<&'s str, &'s Json>,
    pub samples: HashMap<&'s str, &'s Json>,
    /// The values that all files of the study have.
    pub values: Vec<TitledValue>,
    pub id: String,
}

/// The processes, names and data files of an assay.
pub(super) struct AssayParts<'a> {
    pub graph: ProcessGraph<'a>,
    pub names: DeclaredNames,
    pub files: HashMap<&'a str, &'a Json>,
    pub id: String,
}

/// The values of a data file.
pub(super) struct FileValues {
    /// Its values, those of its samples and of its processes.
    pub values: Vec<TitledValue>,
    /// Found samples, and why none of them is taken.
    pub problem: Option<(String, &'static str)>,
    /// The ids of all samples that it is made from.
    pub samples: Vec<String>,
}

impl FileValues {
    /// The values of a data file of an assay.
    pub fn of(file: &Json, parts: &StudyParts<'_>, assay: &AssayParts<'_>) -> Self {
        let AssayParts {
            graph,
            names,
            files: by_id,
            id: assay_id,
        } = assay;
        let mut problem = None;
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
                problem = Some((texts.join(";"), reason));
            }
        }
        mark(&mut values);
        FileValues {
            values,
            problem,
            samples: samples.into_iter().map(str::to_owned).collect(),
        }
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

/// The values of a file that is no track, without its accession.
pub(super) fn other_file(file: &Json) -> Vec<TitledValue> {
    let mut values = own_values(OTHER_FILE, file, &["comments", "type"]);
    for comment in items(file, "comments").filter(|comment| !is_accession(comment)) {
        let title = text_of(&comment["name"]).unwrap_or_default();
        let text = text_of(&comment["value"]);
        values.extend(text.map(|text| (OTHER_FILE, format!("comment {title}"), text)));
    }
    values
}

fn is_accession(comment: &Json) -> bool {
    let name = text_of(&comment["name"]).unwrap_or_default();
    name.to_lowercase().contains("accession")
}

/// The id of a raw file: the accession in its comments.
fn raw_id(file: &Json) -> Option<String> {
    let accession = items(file, "comments").find(|comment| is_accession(comment));
    let text = text_of(&accession?["value"])?;
    Some(match text.contains(':') {
        true => text,
        false => format!("ena.embl:{text}"),
    })
}
