//! Conversions of own files, as their users run them.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::converting::Converted;
use super::running::{CONVERT, run_in};
use super::{folder, project, text};

/// The example of the test data: three files and a table of three rows.
const FILES: [&str; 3] = [
    "cells_dnase.bed",
    "cells_h3k4me3.narrowPeak.gz",
    "cells_h3k27me3.broadPeak",
];

/// Runs the tool in a folder that holds the files of `inputs`.
pub fn run(place: &Path, inputs: &[(&str, &[u8])], arguments: &[&str]) -> Converted {
    for (name, bytes) in inputs {
        let path = place.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let outputs = ["--output-document", "out.json", "--output-table", "out.tsv"];
    let outcome = run_in(CONVERT, place, &[arguments, &outputs].concat());
    Converted::of(place, outcome)
}

/// Files without a table.
pub fn files_alone(inputs: &[(&str, &[u8])], options: &[&str]) -> Converted {
    let names: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
    run(
        &folder(),
        inputs,
        &[&["--files"], names.as_slice(), options].concat(),
    )
}

/// Files in a folder beside a table.
pub fn with_table(table: &str, inputs: &[(&str, &[u8])], options: &[&str]) -> Converted {
    let place = folder();
    fs::create_dir(place.join("files")).unwrap();
    let placed: Vec<(String, &[u8])> = inputs
        .iter()
        .map(|(name, bytes)| (format!("files/{name}"), *bytes))
        .collect();
    let mut all: Vec<(&str, &[u8])> = placed
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    all.push(("table.csv", table.as_bytes()));
    let given = ["table.csv", "--files", "files"];
    run(&place, &all, &[&given[..], options].concat())
}

pub fn example_files() -> Vec<(&'static str, Vec<u8>)> {
    let read = |name| fs::read(project(&format!("test-data/tracks/{name}"))).unwrap();
    FILES.map(|name| (name, read(name))).to_vec()
}

pub fn borrowed<'b>(files: &'b [(&'static str, Vec<u8>)]) -> Vec<(&'b str, &'b [u8])> {
    let files = files.iter();
    files
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect()
}

/// The conversion of the example.
pub fn example(options: &[&str]) -> Converted {
    let files = example_files();
    let table = text("test-data/conversion/own_files.csv");
    let converted = with_table(&table, &borrowed(&files), options);
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    converted
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Field and reason of the rows of an outcome with a part in one of both.
pub fn reasons<'c>(converted: &'c Converted, outcome: &str, part: &str) -> Vec<(&'c str, &'c str)> {
    let rows = converted.rows_of(outcome).into_iter();
    let rows = rows.map(|row| (row[2].as_str(), row[5].as_str()));
    rows.filter(|(field, reason)| field.contains(part) || reason.contains(part))
        .collect()
}
