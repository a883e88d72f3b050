//! A choice of tracks: a table of hits that any tool has filtered, or a list of ids.
//!
//! With a line of titles the column `local_id` is taken. Tools that sort, cut or filter lose that line; then it is the
//! only column in which every value is the id of a track.

use std::collections::{HashMap, HashSet};

use thiserror::Error;

use crate::tables::{self, tsv::unescape};
use crate::text::secrets;

/// Why a table chooses nothing; lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ChoiceError {
    #[error("byte {0}: found invalid UTF-8, expected a table or a list of ids")]
    NotText(usize),
    /// A line without the cell that the others have.
    #[error("line {line}: found {found} columns, expected an id in column {column}")]
    Short {
        line: usize,
        found: usize,
        /// That of the ids.
        column: usize,
    },
    /// A value that is not an id, in a table with an id column.
    #[error(
        "line {line}: found the id `{found}`, expected the local_id of a track in the document{hint}"
    )]
    Unknown {
        line: usize,
        found: String,
        hint: &'static str,
    },
    /// No column, or more than one, could be that of the ids.
    #[error(
        "found no header line and {found}, expected a single column with only the local_id of tracks in the document: select that column with Cut, or keep the header line"
    )]
    NoColumn { found: String },
}

const OTHER_DOCUMENT: &str = ": use the document that the table was made from";

/// The ids that a table chooses, in its order, each once; `known` are those of the document's tracks.
///
/// # Errors
/// The problem of the table, and its position.
pub fn read(bytes: &[u8], known: &HashSet<&str>) -> Result<Vec<String>, ChoiceError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ChoiceError::NotText(error.valid_up_to() + 1))?;
    let ids = KnownIds::new(known);
    let mut titles: Option<Vec<&str>> = None;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for (line, cells) in tables::rows(text) {
        // Tools that cut or sort may move the titles within their line, or their line within the table.
        let is_titles = cells.iter().any(|cell| title(cell) == "local_id");
        let is_comment = rows.is_empty() && cells[0].starts_with('#') && !known.contains(cells[0]);
        if titles.is_none() && (is_titles && !known.contains("local_id") || is_comment) {
            titles = Some(cells.into_iter().map(title).collect());
        } else {
            let cells = cells.into_iter().map(|cell| ids.of_cell(cell));
            rows.push((line, cells.collect()));
        }
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let named = titles.and_then(|titles| titles.iter().position(|title| *title == "local_id"));
    let column = match named {
        Some(column) => column,
        None => only_column(&rows, known)?,
    };
    let mut seen = HashSet::new();
    let mut ids = Vec::new();
    for (line, cells) in rows {
        let cell = cells.get(column).ok_or(ChoiceError::Short {
            line,
            found: cells.len(),
            column: column + 1,
        })?;
        let id = if known.contains(cell.as_str()) {
            cell
        } else {
            cell.trim()
        };
        if !known.contains(id) {
            return Err(ChoiceError::Unknown {
                line,
                found: id.to_owned(),
                hint: OTHER_DOCUMENT,
            });
        }
        if seen.insert(id.to_owned()) {
            ids.push(id.to_owned());
        }
    }
    Ok(ids)
}

/// A title, which may have been the first of its line.
fn title(cell: &str) -> &str {
    cell.trim().trim_start_matches('#')
}

/// The ids of the tracks of documents, as they may stand in a cell: as they are, as our tables write them, or without the
/// secrets that our tables leave out.
pub struct KnownIds<'k> {
    known: &'k HashSet<&'k str>,
    without_secrets: HashMap<String, Option<&'k str>>,
}

impl<'k> KnownIds<'k> {
    /// The ids `known`.
    pub fn new(known: &'k HashSet<&'k str>) -> Self {
        let mut without_secrets: HashMap<String, Option<&str>> = HashMap::new();
        for id in known.iter().copied().filter(|id| !secrets::is_clean(id)) {
            let only = without_secrets
                .entry(secrets::without(id))
                .or_insert(Some(id));
            // Two ids that differ only in their secrets are indistinguishable.
            *only = only.filter(|known| *known == id);
        }
        KnownIds {
            known,
            without_secrets,
        }
    }

    /// The id in a cell, else the text of the cell.
    pub fn of_cell(&self, cell: &str) -> String {
        if self.known.contains(cell) {
            return cell.to_owned();
        }
        let text = unescape(cell);
        match self.without_secrets.get(text.trim()) {
            Some(Some(id)) if !self.known.contains(text.trim()) => (*id).to_owned(),
            _ => text,
        }
    }
}

/// The only column in which every value is a known id.
fn only_column(rows: &[(usize, Vec<String>)], known: &HashSet<&str>) -> Result<usize, ChoiceError> {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let counts: Vec<usize> = (0..width)
        .map(|column| {
            let cells = rows.iter().filter_map(|(_, cells)| cells.get(column));
            cells.filter(|cell| known.contains(cell.trim())).count()
        })
        .collect();
    let full = (0..width).filter(|column| counts[*column] == rows.len());
    let full: Vec<usize> = full.collect();
    if let [column] = full.as_slice() {
        return Ok(*column);
    }
    let found = if full.len() > 1 {
        let columns: Vec<String> = full.iter().map(|column| (column + 1).to_string()).collect();
        format!("columns {} containing only ids", columns.join(", "))
    } else {
        let best = (0..width).max_by_key(|column| (counts[*column], std::cmp::Reverse(*column)));
        match best.filter(|column| counts[*column] > 0) {
            Some(column) => {
                let other = rows.iter().find(|(_, cells)| {
                    cells
                        .get(column)
                        .is_none_or(|cell| !known.contains(cell.trim()))
                });
                let (line, cells) =
                    other.map_or((0, &[] as &[String]), |(line, cells)| (*line, cells));
                format!(
                    "column {} with ids in {} of {} lines (line {line} has `{}`)",
                    column + 1,
                    counts[column],
                    rows.len(),
                    cells.get(column).map_or("", String::as_str)
                )
            }
            None if width == 1 => {
                let (line, cells) = &rows[0];
                return Err(ChoiceError::Unknown {
                    line: *line,
                    found: cells[0].clone(),
                    hint: OTHER_DOCUMENT,
                });
            }
            None => "no column with track ids".to_owned(),
        }
    };
    Err(ChoiceError::NoColumn { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> Result<Vec<String>, String> {
        let known = HashSet::from(["a:1", "a:2", "a:3", "tab\there"]);
        read(text.as_bytes(), &known).map_err(|error| error.to_string())
    }

    #[test]
    fn ids_are_found_by_title_or_because_they_are_ids() {
        let two = Ok(vec!["a:2".to_owned(), "a:1".to_owned()]);
        for table in [
            "#label\tlocal_id\nx\ta:2\ny\ta:1\nz\ta:2\n",
            "x\ta:2\r\ny\ta:1\r\n\n",
            "\u{feff}a:2\na:1",
            "local_id\na:2\na:1\n",
            // Cut and turned round, and sorted.
            "label\t#local_id\nx\ta:2\ny\ta:1\n",
            "a:2\tx\n#local_id\tlabel\na:1\ty\n",
        ] {
            assert_eq!(chosen(table), two, "{table}");
        }
        assert_eq!(chosen("tab\\there\n"), Ok(vec!["tab\there".to_owned()]));
        assert_eq!(chosen("#local_id\tlabel\n"), Ok(Vec::new()));
        assert_eq!(chosen(""), Ok(Vec::new()));
    }

    #[test]
    fn a_table_that_leaves_doubt_is_refused_with_its_candidates() {
        let one_of_two = "column 2 with ids in 1 of 2 lines (line 2 has `a:9`)";
        for (table, expected) in [
            ("x\ta:1\ty\nx\ta:9\ty\n", one_of_two),
            ("a:1\ta:2\na:2\ta:3\n", "columns 1, 2 containing only ids"),
            ("x\tz\ny\tz\n", "no column with track ids"),
            ("x\ny\n", "line 1: found the id `x`"),
            (
                "#local_id\tlabel\na:1\tx\na:9\ty\n",
                "line 3: found the id `a:9`",
            ),
            ("#label\tlocal_id\nx\ta:1\ny\n", "line 3: found 1 columns"),
        ] {
            let message = chosen(table).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }
}
