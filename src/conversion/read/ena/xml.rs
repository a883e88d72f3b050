//! Records in XML: analyses, runs, experiments, samples, studies and projects, under the titles of reports.

use super::files::EnaFile;
use super::records::EnaRecords;
use crate::conversion::error::JsonSourceError;
use crate::conversion::read::file_kind::other_kind;
use crate::conversion::read::json_source::SourceFile;
use crate::conversion::read::portal_rows::{PortalPlace, joined};
use crate::conversion::read::workbook::xml::{XmlStep, attribute, walk};

/// The elements that are records, and the titles of their accessions.
const RECORDS: [(&str, &str); 6] = [
    ("ANALYSIS", "analysis_accession"),
    ("RUN", "run_accession"),
    ("EXPERIMENT", "experiment_accession"),
    ("SAMPLE", "sample_accession"),
    ("STUDY", "study_accession"),
    ("PROJECT", "study_accession"),
];
/// Elements with the accession of another record, and the title of it.
const REFERENCES: [(&str, &str); 6] = [
    ("STUDY_REF", "study_accession"),
    ("SAMPLE_REF", "sample_accession"),
    ("SAMPLE_DESCRIPTOR", "sample_accession"),
    ("EXPERIMENT_REF", "experiment_accession"),
    ("RUN_REF", "run_accession"),
    ("STANDARD", "assembly_accession"),
];
/// Elements whose text is a value, and the title of it.
const TEXTS: [(&str, &str); 8] = [
    ("DESCRIPTION", "description"),
    ("LIBRARY_STRATEGY", "library_strategy"),
    ("LIBRARY_SOURCE", "library_source"),
    ("LIBRARY_SELECTION", "library_selection"),
    ("INSTRUMENT_MODEL", "instrument_model"),
    ("SCIENTIFIC_NAME", "scientific_name"),
    ("STUDY_TITLE", "study_title"),
    ("TAXON_ID", "tax_id"),
];

/// Reads a file of records.
pub(super) fn read(file: &SourceFile, records: &mut EnaRecords) -> Result<(), JsonSourceError> {
    let problem = |problem: String| JsonSourceError::Json {
        file: file.name.clone(),
        problem,
    };
    let text = std::str::from_utf8(&file.bytes).map_err(|error| problem(error.to_string()))?;
    let mut reader = XmlRecords {
        file: &file.name,
        records,
        number: 0,
        path: Vec::new(),
        text: String::new(),
        record: None,
        tag: String::new(),
    };
    walk(&file.name, text, |step| {
        reader.step(step);
        Ok(())
    })
    .map_err(|error| problem(error.to_string()))?;
    match reader.number {
        0 => Err(other_kind(
            &file.name,
            &file.bytes,
            "records of the European Nucleotide Archive, such as ANALYSIS or SAMPLE",
        )),
        _ => Ok(()),
    }
}

/// The record that is being read: the depth of its element, its values and files.
struct OpenRecord {
    depth: usize,
    element: &'static str,
    values: Vec<(String, String)>,
    files: Vec<EnaFile>,
}

struct XmlRecords<'f, 'r> {
    file: &'f str,
    records: &'r mut EnaRecords,
    number: usize,
    path: Vec<String>,
    text: String,
    record: Option<OpenRecord>,
    /// The name of the attribute whose value follows.
    tag: String,
}

impl XmlRecords<'_, '_> {
    fn step(&mut self, step: XmlStep<'_>) {
        match step {
            XmlStep::Start(name, start) => {
                self.path.push(name.to_owned());
                self.text.clear();
                match &mut self.record {
                    Some(record) => begin(record, name, &|key| attribute(start, key)),
                    None => self.open(name, &|key| attribute(start, key)),
                }
            }
            XmlStep::Text(text) => self.text.push_str(text),
            XmlStep::End(name) => {
                let depth = self.path.len();
                self.path.pop();
                let text = std::mem::take(&mut self.text).trim().to_owned();
                let Some(mut record) = self.record.take() else {
                    return;
                };
                if depth > record.depth {
                    self.end(&mut record, name, text);
                    self.record = Some(record);
                    return;
                }
                self.number += 1;
                let place = PortalPlace {
                    file: self.file,
                    word: "record",
                    number: self.number,
                };
                self.records.add(place, record.values, record.files);
            }
        }
    }

    fn open(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let Some((element, title)) = RECORDS.iter().find(|(element, _)| *element == name) else {
            return;
        };
        let mut record = OpenRecord {
            depth: self.path.len(),
            element,
            values: Vec::new(),
            files: Vec::new(),
        };
        // A record that is to be submitted has an alias and no accession yet.
        if let Some(id) = attribute("accession").or_else(|| attribute("alias")) {
            put(&mut record, title, id);
        }
        for (key, title) in [("center_name", "center_name"), ("alias", "alias")] {
            if let Some(text) = attribute(key) {
                put(&mut record, title, text);
            }
        }
        self.record = Some(record);
    }

    /// An element below a record ends.
    fn end(&mut self, record: &mut OpenRecord, name: &str, text: String) {
        match name {
            "TAG" => self.tag = text,
            "VALUE" => {
                let tag = std::mem::take(&mut self.tag);
                put(record, &tag, text);
            }
            "TITLE" => {
                let title = match record.element {
                    "ANALYSIS" => "analysis_title",
                    "SAMPLE" => "sample_title",
                    "PROJECT" => "study_title",
                    _ => "title",
                };
                put(record, title, text);
            }
            // The id in BioSamples goes before that of the archive.
            "EXTERNAL_ID" if record.element == "SAMPLE" && text.starts_with("SAM") => {
                let mut values = record.values.iter_mut();
                if let Some((title, _)) = values.find(|(title, _)| title == "sample_accession") {
                    "secondary_sample_accession".clone_into(title);
                }
                put(record, "sample_accession", text);
            }
            "SECONDARY_ID" if record.element == "PROJECT" => {
                put(record, "secondary_study_accession", text);
            }
            _ => {
                if let Some((_, title)) = TEXTS.iter().find(|(element, _)| *element == name) {
                    put(record, title, text);
                }
            }
        }
        if self
            .path
            .last()
            .is_some_and(|above| above == "ANALYSIS_TYPE")
        {
            put(record, "analysis_type", name.to_owned());
        }
    }
}

/// An element below a record begins.
fn begin(record: &mut OpenRecord, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
    if let Some((_, title)) = REFERENCES.iter().find(|(element, _)| *element == name)
        && let Some(accession) = attribute("accession")
    {
        put(record, title, accession);
    }
    match name {
        "STANDARD" => {
            if let Some(text) = attribute("refname") {
                put(record, "assembly", text);
            }
        }
        "PAIRED" | "SINGLE" => put(record, "library_layout", name.to_owned()),
        "FILE" if record.element == "ANALYSIS" => record.files.push(file(attribute)),
        _ => {}
    }
}

fn file(attribute: &dyn Fn(&str) -> Option<String>) -> EnaFile {
    let path = attribute("filename").unwrap_or_default();
    let mut values = Vec::new();
    if let Some(kind) = attribute("filetype") {
        values.push(("content type", kind));
    }
    let method = attribute("checksum_method").unwrap_or_default();
    if let Some(checksum) = attribute("checksum") {
        let title = match method.to_uppercase().as_str() {
            "MD5" => "MD5 checksum",
            "SHA-256" => "SHA-256 checksum",
            _ => "other checksum",
        };
        values.push((title, checksum));
    }
    EnaFile {
        name: path.rsplit('/').next().unwrap_or(&path).to_owned(),
        values,
    }
}

/// Adds a value. Different values of a title have `;` between them.
fn put(record: &mut OpenRecord, title: &str, text: String) {
    if text.is_empty() || title.is_empty() {
        return;
    }
    match record.values.iter_mut().find(|(known, _)| known == title) {
        Some((_, known)) => *known = joined(known.split(';').chain([text.as_str()])),
        None => record.values.push((title.to_owned(), text)),
    }
}
