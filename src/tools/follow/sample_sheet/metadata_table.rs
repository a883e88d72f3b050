//! A table of metadata by element identifiers, to be joined onto results.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use crate::cli::{self, Failure};
use crate::galaxy::described_datasets::DescribedDataset;
use crate::galaxy::sample_sheet::{COLUMNS, MetadataRow};
use crate::tables;
use crate::tables::tsv::unescape;
use crate::text::secrets;

/// The title of a column of element identifiers; without it the identifiers are looked for in all columns.
const IDENTIFIER_TITLE: &str = "element_identifier";

/// A table: its titles, and the cells of each line.
pub struct MetadataTable {
    name: String,
    titles: Vec<String>,
    lines: Vec<(usize, Vec<String>)>,
}

/// The rows that a table has for results.
pub struct JoinedTable {
    /// A row for each result; empty where the table has none.
    pub rows: Vec<MetadataRow>,
    /// What the user should know: titles that are no columns of the sheet, and results without a line.
    pub remarks: Vec<String>,
}

impl MetadataTable {
    /// Reads a tab-separated table with a header line; messages contain the name that the user knows it by.
    ///
    /// # Errors
    /// The file cannot be read or is no such table: no text, one title twice, or none of the titles of the sheet.
    pub fn read(path: &Path, name: &str) -> Result<Self, Failure> {
        let at = |problem: String| Failure::at(name, problem);
        let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| {
            at("found bytes that are not UTF-8 text, expected a tab-separated table".to_owned())
        })?;
        let mut rows = tables::rows(&text);
        let Some((_, header)) = rows.next() else {
            return Err(at(
                "found an empty file, expected a table with a header line".to_owned(),
            ));
        };
        let titles: Vec<String> = header.into_iter().map(title).collect();
        let mut seen = HashSet::new();
        let is_column = |title: &str| COLUMNS.iter().any(|(known, _)| *known == title);
        for title in titles.iter().filter(|title| is_column(title)) {
            if !seen.insert(title.as_str()) {
                return Err(at(format!(
                    "line 1: found the title `{title}` twice, expected each once"
                )));
            }
        }
        if seen.is_empty() {
            let known: Vec<&str> = COLUMNS.iter().map(|(title, _)| *title).collect();
            return Err(at(format!(
                "line 1: found none of the titles of the sample sheet, expected at least one of {}",
                known.join(", ")
            )));
        }
        let lines = rows.map(|(line, cells)| {
            let cells = cells.into_iter().map(|cell| unescape(cell.trim()));
            (line, cells.collect())
        });
        let lines = lines.collect();
        Ok(MetadataTable {
            name: name.to_owned(),
            titles,
            lines,
        })
    }

    /// The lines of results, by their element identifiers.
    ///
    /// # Errors
    /// No column has the element identifier of any result, several columns have equally many, or two lines have one
    /// identifier.
    pub fn join(&self, results: &[DescribedDataset]) -> Result<JoinedTable, Failure> {
        let at = |problem: String| Failure::at(&self.name, problem);
        let wanted: HashSet<&str> = results
            .iter()
            .map(|result| result.element_identifier.as_str())
            .collect();
        let column = self.identifier_column(&wanted).map_err(at)?;
        let mut by_identifier: HashMap<&str, usize> = HashMap::new();
        for (place, (line, cells)) in self.lines.iter().enumerate() {
            let Some(identifier) = cells.get(column).map(String::as_str) else {
                continue;
            };
            let earlier = by_identifier.insert(identifier, place);
            if let Some(earlier) = earlier.filter(|_| wanted.contains(identifier)) {
                return Err(at(format!(
                    "line {line}: found the identifier `{identifier}` of line {} once more, expected one line for each element",
                    self.lines[earlier].0
                )));
            }
        }
        let rows = results.iter().map(|result| {
            let place = by_identifier.get(result.element_identifier.as_str());
            place.map(|place| self.row(*place)).unwrap_or_default()
        });
        let rows: Vec<MetadataRow> = rows.collect();
        let missing = wanted
            .iter()
            .filter(|identifier| !by_identifier.contains_key(*identifier))
            .count();
        let mut remarks = self.unused_titles(column);
        let mut given: BTreeMap<&str, usize> = BTreeMap::new();
        for result in results {
            let identifier = result.element_identifier.as_str();
            if by_identifier.contains_key(identifier) {
                *given.entry(identifier).or_default() += 1;
            }
        }
        let shared = given.into_iter().filter(|(_, count)| *count > 1);
        remarks.extend(shared.map(|(identifier, count)| {
            format!(
                "{}: one line for {count} results with the element identifier `{identifier}`; all of them get its values",
                self.name
            )
        }));
        if missing > 0 {
            remarks.push(format!(
                "{}: no line for {missing} of {} element identifiers",
                self.name,
                wanted.len()
            ));
        }
        Ok(JoinedTable { rows, remarks })
    }

    /// The column of element identifiers: that of the title, else the one with the identifiers of most results.
    fn identifier_column(&self, wanted: &HashSet<&str>) -> Result<usize, String> {
        let hits = |column: usize| {
            let cells = self.lines.iter().filter_map(|(_, cells)| cells.get(column));
            cells.filter(|cell| wanted.contains(cell.as_str())).count()
        };
        let named = self.titles.iter().position(|it| it == IDENTIFIER_TITLE);
        if let Some(named) = named {
            return match hits(named) {
                0 => Err(format!(
                    "found no element identifier of the results in the column {IDENTIFIER_TITLE}, expected at least one, for example `{}`",
                    wanted.iter().min().unwrap_or(&"")
                )),
                _ => Ok(named),
            };
        }
        let mut by_hits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for column in 0..self.titles.len() {
            by_hits.entry(hits(column)).or_default().push(column);
        }
        match by_hits.pop_last() {
            Some((most, columns)) if most > 0 => match columns.as_slice() {
                [only] => Ok(*only),
                several => {
                    let titles = several
                        .iter()
                        .map(|column| format!("`{}`", self.titles[*column]));
                    Err(format!(
                        "found element identifiers of the results in the columns {}, expected one such column: name it {IDENTIFIER_TITLE}",
                        titles.collect::<Vec<_>>().join(" and ")
                    ))
                }
            },
            _ => Err(format!(
                "found no column with element identifiers of the results, expected one, for example with `{}`",
                wanted.iter().min().unwrap_or(&"")
            )),
        }
    }

    fn row(&self, place: usize) -> MetadataRow {
        let (_, cells) = &self.lines[place];
        MetadataRow::new(|wanted| {
            let column = self.titles.iter().position(|title| title == wanted);
            let cell = column.and_then(|column| cells.get(column));
            cell.map(|cell| secrets::without(cell)).unwrap_or_default()
        })
    }

    fn unused_titles(&self, identifiers: usize) -> Vec<String> {
        let is_unused = |(column, title): &(usize, &String)| {
            *column != identifiers && COLUMNS.iter().all(|(known, _)| known != title)
        };
        let unused = self.titles.iter().enumerate().filter(is_unused);
        let unused: Vec<String> = unused.map(|(_, title)| format!("`{title}`")).collect();
        match unused.as_slice() {
            [] => Vec::new(),
            _ => vec![format!(
                "{}: not in the sample sheet, whose columns are fixed: {}",
                self.name,
                unused.join(", ")
            )],
        }
    }
}

/// A title as the sheet has it: in lower case, with `_` for blanks, without the mark of a header line.
fn title(cell: &str) -> String {
    let cell = unescape(cell.trim().trim_start_matches('#').trim());
    cell.to_lowercase().replace([' ', '-'], "_")
}
