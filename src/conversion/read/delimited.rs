//! CSV and TSV (RFC 4180, tab, comma or semicolon between cells), with rows counted as spreadsheet programs do: a line break in
//! a quoted cell begins no row, an empty line is one.

use super::grid::{self, shown};
use crate::conversion::error::{MOST_COLUMNS, SheetError};
use crate::conversion::sheet::{Sheet, SheetCell, column_letters};

/// Reads a table of this name. Its separator is the character among tab, `;` and `,` that its row of titles has most of.
///
/// # Errors
/// What is wrong, and in which row and column.
pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, SheetError> {
    let text = text_of(bytes)?;
    let separator = separator(text);
    let rows = Rows {
        rest: text,
        separator,
        number: 0,
    };
    let cells = |(number, cells): (usize, Vec<String>)| {
        let cells = cells.into_iter().map(SheetCell::Text);
        (number, cells.collect())
    };
    grid::sheet(name, rows.map(|row| row.map(cells)))
}

/// The stream of an encrypted workbook in its container.
const ENCRYPTED: &str = "EncryptedPackage";

/// A part of each workbook (XLSX), whose name is not compressed.
const WORKBOOK: &[u8] = b"xl/workbook.xml";

/// How web pages begin.
const WEB_PAGES: [&str; 2] = ["<!doctype html", "<html"];

/// The text of a file, without a byte order mark.
fn text_of(bytes: &[u8]) -> Result<&str, SheetError> {
    let other = |kind, hint| Err(SheetError::OtherKind { kind, hint });
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            return other("text in UTF-16", "save the table as `CSV UTF-8`");
        }
        [b'P', b'K', 3, 4, ..] => {
            return match memchr::memmem::find(bytes, WORKBOOK).is_some() {
                true => other("a workbook", "save the sheet as `CSV UTF-8`"),
                false => other("a zip file", "give a table"),
            };
        }
        [0x1f, 0x8b, ..] => return other("a gzip file", "decompress it first"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            let package: Vec<u8> = ENCRYPTED
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect();
            if memchr::memmem::find(bytes, &package).is_some() {
                return other("an encrypted workbook", "save it without a password");
            }
            return other("a workbook of Excel 97", "save the sheet as `CSV UTF-8`");
        }
        _ => {}
    }
    let row_of = |at: usize| 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        SheetError::NotUtf8 {
            row: row_of(at),
            byte: bytes.get(at).copied().unwrap_or_default(),
        }
    })?;
    let is_hidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if let Some((at, character)) = text.char_indices().find(|(_, c)| is_hidden(*c)) {
        let row = row_of(at);
        return Err(SheetError::Control { row, character });
    }
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        return other("JSON", "choose the source whose responses are JSON");
    }
    let begins = |start: &&str| {
        let found = text.trim_start().get(..start.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(start))
    };
    if WEB_PAGES.iter().any(begins) {
        return other("a web page (HTML)", "download the table itself");
    }
    match text.trim().is_empty() {
        true => Err(SheetError::Empty),
        false => Ok(text),
    }
}

/// The separator of a table, by its first line with text.
fn separator(text: &str) -> char {
    let line = text.lines().find(|line| !line.trim().is_empty());
    let mut counts = [('\t', 0_usize), (';', 0), (',', 0)];
    let mut is_quoted = false;
    for character in line.unwrap_or_default().chars() {
        is_quoted ^= character == '"';
        if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == character)
            && !is_quoted
        {
            *count += 1;
        }
    }
    // A tab is hardly ever part of a title.
    if counts[0].1 > 0 {
        return '\t';
    }
    match counts[1].1 > counts[2].1 {
        true => ';',
        false => ',',
    }
}

/// The rows of a table with their numbers.
struct Rows<'t> {
    rest: &'t str,
    separator: char,
    number: usize,
}

impl Iterator for Rows<'_> {
    type Item = Result<(usize, Vec<String>), SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        self.number += 1;
        let row = self.row();
        if row.is_err() {
            self.rest = "";
        }
        Some(row.map(|cells| (self.number, cells)))
    }
}

impl Rows<'_> {
    fn row(&mut self) -> Result<Vec<String>, SheetError> {
        let mut cells = Vec::new();
        loop {
            if cells.len() == MOST_COLUMNS {
                let line = self.rest.lines().next().unwrap_or_default();
                return Err(SheetError::TooManyColumns {
                    row: self.number,
                    found: MOST_COLUMNS + 1 + line.matches(self.separator).count(),
                });
            }
            let cell = match self.rest.strip_prefix('"') {
                Some(quoted) => self.quoted(quoted)?,
                None => {
                    let ends = [self.separator, '\n'];
                    let end = self.rest.find(ends).unwrap_or(self.rest.len());
                    let (cell, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    cell.strip_suffix('\r').unwrap_or(cell).to_owned()
                }
            };
            cells.push(cell);
            let after = self.rest.strip_prefix('\r').unwrap_or(self.rest);
            if let Some(rest) = after.strip_prefix('\n') {
                self.rest = rest;
                return Ok(cells);
            }
            if let Some(rest) = self.rest.strip_prefix(self.separator) {
                self.rest = rest;
                continue;
            }
            if after.is_empty() {
                self.rest = "";
                return Ok(cells);
            }
            let end = self.rest.find([self.separator, '\n']);
            return Err(SheetError::AfterQuote {
                row: self.number,
                column: column_letters(cells.len() - 1),
                text: shown(&self.rest[..end.unwrap_or(self.rest.len())]),
            });
        }
    }

    /// The text of a quoted cell, from behind its first quotation mark.
    fn quoted(&mut self, from: &str) -> Result<String, SheetError> {
        let mut cell = String::new();
        let mut rest = from;
        loop {
            let Some((text, after)) = rest.split_once('"') else {
                return Err(SheetError::OpenQuote { row: self.number });
            };
            cell.push_str(text);
            match after.strip_prefix('"') {
                Some(further) => {
                    cell.push('"');
                    rest = further;
                }
                None => {
                    let read = self.rest.len() - after.len();
                    self.rest = &self.rest[read..];
                    return Ok(cell);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(sheet: &Sheet) -> Vec<Vec<&str>> {
        let rows = sheet.rows.iter();
        rows.map(|row| row.cells.iter().map(SheetCell::shown).collect())
            .collect()
    }

    #[test]
    fn tab_comma_and_semicolon_separate_the_same_cells() {
        for text in [
            "id\turl\na\tb\n",
            "id,url\r\na,b\r\n",
            "\u{feff}id;url\na;b",
            "#id\turl\na\tb",
        ] {
            let sheet = read("x", text.as_bytes()).unwrap();
            assert_eq!(sheet.titles, ["id", "url"], "{text:?}");
            assert_eq!(cells(&sheet), [["a", "b"]], "{text:?}");
        }
    }

    #[test]
    fn rows_are_numbered_as_spreadsheets_show_them() {
        let text = "id,note\n\na,\"two\nlines, \"\"quoted\"\"\"\n\nb,\n";
        let sheet = read("x", text.as_bytes()).unwrap();
        assert_eq!(cells(&sheet), [["a", "two\nlines, \"quoted\""], ["b", ""]]);
        let numbers: Vec<usize> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [3, 5]);
    }

    #[test]
    fn faults_have_their_row_and_column() {
        let error = |bytes: &[u8]| read("x", bytes).unwrap_err().to_string();
        assert_eq!(
            error(b"id,url\na,\"b\n"),
            "row 2: found a quotation mark without its end, expected `\"` at the end of the cell"
        );
        assert_eq!(
            error(b"id,url\na,\"b\"c\n"),
            "row 2, column B: found `c` after the end of a quoted cell, expected a separator: double the quotation marks inside the cell"
        );
        assert_eq!(
            error(b"id,url\na,b\nc,d,e\n"),
            "row 3, column C: found `e` in a column without a title, expected as many columns as titles in row 1 (2): put the titles of all columns into this row"
        );
        assert_eq!(
            error(b"id,url,id\na,b,c\n"),
            "row 1: found the title `id` in the columns A and C, expected each title once"
        );
        assert_eq!(
            error(b"id,name\na,M\xfcller\n"),
            "row 2: found the byte 0xfc, expected UTF-8: save the table as `CSV UTF-8`"
        );
        assert_eq!(
            error(b"id,url\n"),
            "found no row below the titles, expected at least one"
        );
        assert!(error(b"PK\x03\x04").starts_with("found a zip file"));
        assert_eq!(
            error(b"PK\x03\x04\x14\x00xl/workbook.xml"),
            "found a workbook, expected a table (CSV or TSV): save the sheet as `CSV UTF-8`"
        );
        for page in ["\n<!DOCTYPE html>\n<html>", "<HTML lang=\"en\">\n"] {
            assert_eq!(
                error(page.as_bytes()),
                "found a web page (HTML), expected a table (CSV or TSV): download the table itself"
            );
        }
        assert!(error(b" \n").starts_with("the file is empty"));
        let wide = vec![b','; 1_000_000];
        assert_eq!(
            error(&wide),
            "row 1: found 1000001 columns, expected at most 16384"
        );
        let long = [b"id\n", vec![b'x'; 40_000].as_slice()].concat();
        assert_eq!(
            error(&long),
            "row 2, column A: found a cell of 40000 characters, expected at most 32767"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn laws_cells_are_read_as_they_are_written(
            rows in prop::collection::vec(prop::collection::vec("[a-c\",;\t\n ]{0,5}", 3), 1..5)
        ) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let mut text = "x,y,z\n".to_owned();
            for row in &rows {
                text += &row.iter().map(quoted).collect::<Vec<_>>().join(",");
                text.push('\n');
            }
            let kept: Vec<Vec<&str>> = rows
                .iter()
                .map(|row| row.iter().map(String::as_str).collect::<Vec<_>>())
                .filter(|row: &Vec<&str>| row.iter().any(|cell| !cell.trim().is_empty()))
                .collect();
            match read("x", text.as_bytes()) {
                Ok(sheet) => prop_assert_eq!(cells(&sheet), kept),
                Err(error) => prop_assert!(kept.is_empty(), "{}", error),
            }
        }
    }
}
