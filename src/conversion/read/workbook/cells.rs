//! The cells of a sheet.

use super::numbers::{day, is_inexact, number};
use super::strings::{RichText, unescaped};
use super::xml::{XmlStep, attribute, walk};
use crate::conversion::error::{MOST_CELLS, MOST_COLUMNS, WorkbookError};
use crate::conversion::sheet::{STORED_ERROR, SheetCell, column_letters};

/// As many rows as a sheet has at most.
const MOST_ROWS: usize = 1_048_576;

const DATE: &str =
    "the spreadsheet program stored a date: format the column as text and type the value again";
const NO_VALUE: &str = "the formula has no stored value: open the workbook and save it";
const INEXACT: &str = "the spreadsheet program keeps fifteen digits of a number: format the column as text and type the value again";
const NO_NUMBER: &str = "the stored number is none: type the value";

/// What the cells of all sheets refer to.
#[derive(Clone, Copy)]
pub(super) struct SheetContext<'w> {
    pub strings: &'w [String],
    pub date_styles: &'w [bool],
    pub is_1904: bool,
}

/// A cell under way.
#[derive(Default)]
struct OpenCell {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    is_in_value: bool,
    has_formula: bool,
    inline: RichText,
}

/// A row: its number, and its cells with values, with their columns from 0. Cells may be far apart.
pub(super) type NumberedRow = (usize, Vec<(usize, SheetCell)>);

/// The cells of a row from column A on.
pub(super) fn dense((number, cells): NumberedRow) -> (usize, Vec<SheetCell>) {
    let width = cells.last().map_or(0, |(column, _)| column + 1);
    let mut all = vec![SheetCell::Text(String::new()); width];
    for (column, cell) in cells {
        all[column] = cell;
    }
    (number, all)
}

impl SheetContext<'_> {
    /// The rows with values.
    pub(super) fn rows(self, part: &str, text: &str) -> Result<Vec<NumberedRow>, WorkbookError> {
        let mut rows: Vec<NumberedRow> = Vec::new();
        let (mut number, mut next_column) = (0, 0);
        let mut read_cells = 0;
        let mut cell: Option<OpenCell> = None;
        let problem = |problem: String| WorkbookError::Xml {
            part: part.to_owned(),
            problem,
        };
        walk(part, text, |step| {
            match (&step, &mut cell) {
                (XmlStep::Start("row", start), _) => {
                    let stated = attribute(start, "r").and_then(|row| row.parse::<usize>().ok());
                    let row = stated.unwrap_or(number + 1);
                    if row <= number || row > MOST_ROWS {
                        return Err(problem(format!(
                            "found the row {row} after row {number}, expected a later one, up to {MOST_ROWS}"
                        )));
                    }
                    number = row;
                    next_column = 0;
                    rows.push((row, Vec::new()));
                }
                (XmlStep::Start("c", start), _) => {
                    let stated = attribute(start, "r").and_then(|place| column(&place));
                    let column = stated.unwrap_or(next_column);
                    if column < next_column || column >= MOST_COLUMNS {
                        return Err(problem(format!(
                            "row {number}: found a cell in column {}, expected a later one, up to XFD",
                            column_letters(column)
                        )));
                    }
                    read_cells += 1;
                    if read_cells > MOST_CELLS {
                        return Err(problem(format!(
                            "row {number}: found more than {MOST_CELLS} cells, empty ones included, expected fewer: convert a part"
                        )));
                    }
                    next_column = column + 1;
                    let style = attribute(start, "s").and_then(|style| style.parse().ok());
                    cell = Some(OpenCell {
                        column,
                        kind: attribute(start, "t").unwrap_or_default(),
                        style: style.unwrap_or_default(),
                        ..OpenCell::default()
                    });
                }
                (XmlStep::End("c"), Some(_)) => {
                    if let (Some(open), Some((_, cells))) = (cell.take(), rows.last_mut()) {
                        let column = open.column;
                        let closed = self.close(open);
                        if !closed.is_empty() {
                            cells.push((column, closed));
                        }
                    }
                }
                (XmlStep::Start("v", _), Some(open)) => open.is_in_value = true,
                (XmlStep::End("v"), Some(open)) => open.is_in_value = false,
                (XmlStep::Start("f", _), Some(open)) => open.has_formula = true,
                (XmlStep::Text(text), Some(open)) if open.is_in_value => open.value.push_str(text),
                (_, Some(open)) => open.inline.step(&step),
                (XmlStep::Start("mergeCell", start), None) => {
                    let range = attribute(start, "ref").unwrap_or_default();
                    if let Some((first, last)) = merged_rows(&range)
                        && last > first
                        && rows
                            .iter()
                            .any(|(row, cells)| !cells.is_empty() && *row < last)
                    {
                        return Err(WorkbookError::Merged {
                            sheet: part.to_owned(),
                            range,
                        });
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        rows.retain(|(_, cells)| !cells.is_empty());
        Ok(rows)
    }

    /// The value of a cell.
    fn close(self, mut open: OpenCell) -> SheetCell {
        let value = std::mem::take(&mut open.value);
        if value.is_empty() && open.kind != "inlineStr" {
            return match open.has_formula && open.kind != "str" {
                true => SheetCell::Damaged(String::new(), NO_VALUE),
                false => SheetCell::Text(String::new()),
            };
        }
        let is_date = self
            .date_styles
            .get(open.style)
            .copied()
            .unwrap_or_default();
        match open.kind.as_str() {
            "s" => {
                let place = value.trim().parse::<usize>().ok();
                let text = place.and_then(|place| self.strings.get(place));
                text.map_or(SheetCell::Damaged(value, STORED_ERROR), |text| {
                    SheetCell::Text(text.clone())
                })
            }
            "inlineStr" => SheetCell::Text(open.inline.take()),
            "str" => SheetCell::Text(unescaped(&value)),
            "b" => SheetCell::Text(if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
            "e" => SheetCell::Damaged(value, STORED_ERROR),
            "d" => SheetCell::Damaged(value, DATE),
            _ if is_date => SheetCell::Damaged(day(&value, self.is_1904).unwrap_or(value), DATE),
            _ if is_inexact(&value) => SheetCell::Damaged(value, INEXACT),
            _ => match number(&value) {
                Some(text) => SheetCell::Text(text),
                None => SheetCell::Damaged(value, NO_NUMBER),
            },
        }
    }
}

/// The column of a place such as `AB12`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_usize;
    for letter in letters {
        let value = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    column.checked_sub(1)
}

/// The first and the last row of a range such as `A1:B3`.
fn merged_rows(range: &str) -> Option<(usize, usize)> {
    let row = |place: &str| -> Option<usize> {
        place
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .parse()
            .ok()
    };
    let (first, last) = range.split_once(':')?;
    Some((row(first)?, row(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(xml: &str) -> Result<Vec<(usize, Vec<SheetCell>)>, String> {
        let context = SheetContext {
            strings: &["text".to_owned()],
            date_styles: &[false, true],
            is_1904: false,
        };
        let xml = format!("<worksheet><sheetData>{xml}</sheetData></worksheet>");
        let rows = context.rows("p", &xml).map_err(|error| error.to_string())?;
        Ok(rows.into_iter().map(dense).collect())
    }

    #[test]
    fn values_of_all_kinds_are_read() {
        let text = |text: &str| SheetCell::Text(text.to_owned());
        let xml = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\"><v>9606.0</v></c><c t=\"inlineStr\"><is><t>in</t></is></c>\
            <c t=\"str\"><f>A1</f><v>made</v></c><c t=\"b\"><v>1</v></c><c r=\"Z2\"/></row>\
            <row r=\"9\"><c t=\"e\"><v>#N/A</v></c><c s=\"1\"><v>45901</v></c><c><f>1+1</f></c></row>";
        assert_eq!(
            rows(xml).unwrap(),
            [
                (
                    2,
                    vec![
                        text("text"),
                        text(""),
                        text("9606"),
                        text("in"),
                        text("made"),
                        text("TRUE")
                    ]
                ),
                (
                    9,
                    vec![
                        SheetCell::Damaged("#N/A".to_owned(), STORED_ERROR),
                        SheetCell::Damaged("2025-09-01".to_owned(), DATE),
                        SheetCell::Damaged(String::new(), NO_VALUE)
                    ]
                )
            ]
        );
    }

    #[test]
    fn a_cell_far_away_is_refused_or_alone() {
        let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
        assert_eq!(rows(far).unwrap().len(), 1);
        assert!(
            rows("<row r=\"1048577\"/>")
                .unwrap_err()
                .contains("found the row 1048577")
        );
        assert!(
            rows("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>")
                .unwrap_err()
                .contains("column XFE")
        );
        assert!(
            rows("<row r=\"2\"/><row r=\"1\"/>")
                .unwrap_err()
                .contains("found the row 1 after row 2")
        );
        assert!(
            rows(&"<a>".repeat(100))
                .unwrap_err()
                .contains("levels of elements")
        );
        assert!(
            rows("<row>&bomb;</row>")
                .unwrap_err()
                .contains("the entity `bomb`")
        );
    }
}
