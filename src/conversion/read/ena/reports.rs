//! Reports of the portal, as TSV or as JSON.

use serde_json::Value as Json;

use super::files;
use super::records::{EnaRecords, RecordKind};
use crate::conversion::error::{JsonSourceError, SheetError};
use crate::conversion::log::ConversionLog;
use crate::conversion::read::delimited;
use crate::conversion::read::file_kind::other_kind;
use crate::conversion::read::flatten::flatten;
use crate::conversion::read::json_source::{SourceFile, not_taken, of_table};
use crate::conversion::read::portal_rows::{self, PortalPlace};

const EXPECTED: &str =
    "a report of the European Nucleotide Archive with accessions, such as `analysis_accession`";

/// Reads a report as JSON: a list of objects.
pub(super) fn read_json(
    file: &SourceFile,
    records: &mut EnaRecords,
    log: &mut ConversionLog,
) -> Result<(), JsonSourceError> {
    let Json::Array(items) = portal_rows::answer(file, log, EXPECTED)? else {
        return Err(other_kind(&file.name, &file.bytes, EXPECTED));
    };
    for (number, item) in (1..).zip(&items) {
        if !item.is_object() {
            return Err(other_kind(&file.name, &file.bytes, EXPECTED));
        }
        let place = PortalPlace {
            file: &file.name,
            word: "item",
            number,
        };
        add(place, flatten(item), records, log);
    }
    Ok(())
}

/// Reads a report as TSV.
pub(super) fn read_table(
    file: &SourceFile,
    records: &mut EnaRecords,
    log: &mut ConversionLog,
) -> Result<(), JsonSourceError> {
    let titles = file.bytes.split(|byte| *byte == b'\n').next();
    let titles = String::from_utf8_lossy(titles.unwrap_or_default());
    let is_accession = |title: &str| {
        let mut known = RecordKind::ACCESSIONS.iter();
        known.any(|(_, accession)| title.trim() == *accession)
    };
    if !titles
        .trim_start_matches('\u{feff}')
        .split('\t')
        .any(is_accession)
    {
        return Err(other_kind(&file.name, &file.bytes, EXPECTED));
    }
    let sheet = match delimited::read(&file.name, &file.bytes) {
        Err(SheetError::NoRows) => return Ok(()),
        read => read.map_err(|error| of_table(file, &error))?,
    };
    for row in &sheet.rows {
        let place = PortalPlace {
            file: &file.name,
            word: sheet.row_word,
            number: row.number,
        };
        let cells = row.cells.iter().map(|cell| cell.shown().trim().to_owned());
        let values = sheet.titles.iter().cloned().zip(cells);
        let values = values.filter(|(_, text)| !text.is_empty()).collect();
        add(place, values, records, log);
    }
    Ok(())
}

fn add(
    place: PortalPlace<'_>,
    mut values: Vec<(String, String)>,
    records: &mut EnaRecords,
    log: &mut ConversionLog,
) {
    let is_analysis = values
        .iter()
        .any(|(title, _)| title == "analysis_accession");
    let (files, problems) = match is_analysis {
        true => files::take(&mut values),
        false => (Vec::new(), Vec::new()),
    };
    for (title, text, reason) in problems {
        let field = format!("analysis.{title}");
        log.add(not_taken(&place.shown(), &field, &text, &reason));
    }
    if !records.add(place, values, files) {
        let reason = "found no accession, expected one such as `analysis_accession`: left out";
        log.add(not_taken(&place.shown(), "analysis_accession", "", reason));
    }
}
