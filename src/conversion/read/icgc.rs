//! The table of the locations of the files of ICGC, whose portal is closed: a row for each file, with `file.` before its titles.
//!
//! Files of the open bucket and files with an id of the Genomic Data Commons have an address; all others are counted by their location.

use super::file_kind::other_kind;
use super::json_source::{JsonReading, SourceFile, table};
use super::portal_rows::{PortalPlace, PortalRows};
use super::titled_value::TitledValue;
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::rules::ConversionRules;
use crate::text::folding::folded_title;

const FILE: usize = 0;
const ORIGINS: [&str; 1] = ["file"];
/// The folders of the open bucket.
const OPEN_FOLDERS: [&str; 2] = ["release_28/", "PCAWG/"];
/// Parts of the names of files that are open in these folders.
const OPEN_NAMES: [&str; 2] = [".open.", ".public."];

/// Reads tables of locations.
///
/// # Errors
/// A file is no such table; no file has an address.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut rows = PortalRows::new(rules, &ORIGINS, ConversionLog::default());
    for file in files {
        read_table(file, &mut rows)?;
    }
    rows.finish("a file of the open bucket of ICGC, or with an id of the Genomic Data Commons")
}

fn read_table(file: &SourceFile, rows: &mut PortalRows<'_>) -> Result<(), JsonSourceError> {
    let sheet = table(file)?;
    let titles: Vec<String> = sheet
        .titles
        .iter()
        .map(|title| folded_title(title))
        .collect();
    let column = |title: &str| titles.iter().position(|known| known == title);
    let (Some(_), Some(location)) = (column("file_id"), column("location")) else {
        return Err(other_kind(
            &file.name,
            &file.bytes,
            "the table of locations of ICGC with the titles `File_ID` and `location`",
        ));
    };
    let (path, gdc_id, format) = (column("sftp_location"), column("gdc_id"), column("format"));
    for row in &sheet.rows {
        let place = PortalPlace {
            file: &file.name,
            word: sheet.row_word,
            number: row.number,
        };
        let text = |column: Option<usize>| {
            let cell = column.and_then(|column| row.cells.get(column));
            cell.map(|cell| cell.shown().trim()).unwrap_or_default()
        };
        if text(format).eq_ignore_ascii_case("FASTQ") {
            rows.note(
                place,
                "file.Format",
                text(format),
                "reads are no tracks: left out",
            );
            continue;
        }
        let open = open_path(text(path));
        if open.is_none() && text(gdc_id).is_empty() {
            let location = text(Some(location));
            let title = match location {
                "" => "file.location".to_owned(),
                location => format!("file.location {location}"),
            };
            let value = match text(path) {
                "" => location,
                path => path,
            };
            let reason = "no public address: ask the committee for data access; left out";
            rows.note(place, &title, value, reason);
            continue;
        }
        let cells = sheet.titles.iter().zip(&row.cells);
        // The first title may be empty: some programs number the rows.
        let cells = cells.filter(|(title, _)| !title.is_empty());
        let mut values: Vec<TitledValue> = cells
            .map(|(title, cell)| (FILE, title.clone(), cell.shown().trim().to_owned()))
            .collect();
        if let Some(open) = open {
            let reason = "mutations and segments have positions from 1: convert the file to BED before positions are compared";
            rows.note(place, "file.open path", open, reason);
            values.push((FILE, "open path".to_owned(), open.to_owned()));
        }
        rows.add(place, &values)?;
    }
    Ok(())
}

/// The path in the open bucket of a file that is open.
fn open_path(path: &str) -> Option<&str> {
    let bare = path.trim_start_matches('/');
    let is_in = OPEN_FOLDERS.iter().any(|folder| bare.starts_with(folder));
    let name = bare.rsplit('/').next().unwrap_or_default();
    let is_open = OPEN_NAMES.iter().any(|part| name.contains(part));
    (is_in && is_open && !bare.split('/').any(|part| part == "..")).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_open_files_of_the_bucket_have_a_path() {
        let open = "release_28/Projects/XX-NO/simple_somatic_mutation.open.XX-NO.tsv.gz";
        assert_eq!(open_path(&format!("/{open}")), Some(open));
        for other in [
            "/release_28/Projects/XX-NO/simple_somatic_mutation.controlled.XX-NO.tsv.gz",
            "/elsewhere/a.open.tsv.gz",
            "/release_28/../a.open.tsv.gz",
            "/release_28/a.open.b/a.bam",
            "",
        ] {
            assert_eq!(open_path(other), None, "{other}");
        }
    }
}
