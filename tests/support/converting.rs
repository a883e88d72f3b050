//! Conversions of the table of a laboratory, as its users run them.

use std::fs;
use std::path::Path;

use fairtracks::fairtracks::converted_document::ConversionSource;
use serde_json::Value as Json;

use super::running::{CONVERT, run_in};
use super::{Outcome, folder, text};

/// The outputs of a conversion.
pub const OUTPUTS: [&str; 6] = [
    "--output-document",
    "out.json",
    "--output-table",
    "out.tsv",
    "--output-report",
    "out.md",
];

/// The source of a conversion of tables by some rules, without files.
pub fn conversion_source(rules: &str) -> ConversionSource {
    ConversionSource {
        kind: "table".to_owned(),
        url: None,
        query: None,
        files: Vec::new(),
        rules: (rules.to_owned(), "1".to_owned()),
        options: Vec::new(),
        terms: Vec::new(),
        edits: None,
        time: "2026-01-31T00:00:00+00:00".to_owned(),
        tool: "test".to_owned(),
        tool_version: "1".to_owned(),
    }
}

/// The options that describe the collection of the laboratory.
pub const COLLECTION: [&str; 12] = [
    "--set",
    "collection_info.short_name=Laboratory",
    "--set",
    "collection_info.long_name=Tracks of a laboratory",
    "--set",
    "collection_info.source_repo_url=https://tracks.example.org/lab",
    "--set",
    "collection_info.contact.name=Laboratory desk",
    "--set",
    "collection_info.contact.e-mail=desk@tracks.example.org",
    "--date",
    "2026-01-31",
];

/// The table of the laboratory.
pub fn laboratory() -> String {
    text("test-data/conversion/laboratory.csv")
}

/// The cells of a table without quotation marks.
pub fn cells(table: &str) -> Vec<Vec<String>> {
    let rows = table.lines();
    rows.map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

/// Cells as CSV.
pub fn csv(cells: &[Vec<String>]) -> String {
    cells.iter().map(|row| row.join(",") + "\n").collect()
}

/// What a conversion gave.
pub struct Converted {
    pub outcome: Outcome,
    pub document_bytes: Vec<u8>,
    /// The rows of the table without its titles.
    pub rows: Vec<Vec<String>>,
}

impl Converted {
    /// What a run wrote into a folder.
    pub fn of(place: &Path, outcome: Outcome) -> Self {
        let table = fs::read_to_string(place.join("out.tsv")).unwrap_or_default();
        let rows = table.lines().skip(1);
        Converted {
            rows: rows
                .map(|row| row.split('\t').map(str::to_owned).collect())
                .collect(),
            document_bytes: fs::read(place.join("out.json")).unwrap_or_default(),
            outcome,
        }
    }

    pub fn document(&self) -> Json {
        serde_json::from_slice(&self.document_bytes).unwrap()
    }

    /// The rows of an outcome.
    pub fn rows_of(&self, outcome: &str) -> Vec<&Vec<String>> {
        self.rows.iter().filter(|row| row[0] == outcome).collect()
    }
}

/// Converts tables, by name and text.
pub fn convert(tables: &[(&str, &str)], options: &[&str]) -> Converted {
    let files: Vec<(&str, &[u8])> = tables
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    convert_files(&files, options)
}

/// A document without the name and the digest of its source.
pub fn without_source(document: &[u8]) -> String {
    let mut document: Json = serde_json::from_slice(document).unwrap();
    let from = document["converted_from"].as_object_mut().unwrap();
    from.remove("source").unwrap();
    serde_json::to_string(&document).unwrap()
}

/// Converts files, by name and bytes.
pub fn convert_files(tables: &[(&str, &[u8])], options: &[&str]) -> Converted {
    let place = folder();
    for (name, text) in tables {
        fs::write(place.join(name), text).unwrap();
    }
    let mut arguments: Vec<&str> = tables.iter().map(|(name, _)| *name).collect();
    arguments.extend(["--output-document", "out.json", "--output-table", "out.tsv"]);
    arguments.extend(options);
    let outcome = run_in(CONVERT, &place, &arguments);
    Converted::of(&place, outcome)
}
