//! A grid of cells becomes a sheet: the first row with a value has the titles.

use crate::conversion::error::{MOST_CELLS, MOST_CHARACTERS, SheetError};
use crate::conversion::sheet::{ROW, Sheet, SheetCell, SheetRow, category_of_name, column_letters};

/// How much of a text a message shows, in characters.
const SHOWN: usize = 40;

/// The sheet of rows, each with its number and its cells from column A on.
///
/// # Errors
/// The first row that is wrong, or there are no rows.
pub fn sheet(
    name: &str,
    mut rows: impl Iterator<Item = Result<(usize, Vec<SheetCell>), SheetError>>,
) -> Result<Sheet, SheetError> {
    let (titles_row, titles) = loop {
        match rows.next().transpose()? {
            None => return Err(SheetError::Empty),
            Some((_, cells)) if cells.iter().all(is_blank) => {}
            Some((number, cells)) => break (number, titles(number, cells)?),
        }
    };
    let mut sheet = Sheet {
        name: name.into(),
        category: category_of_name(name),
        row_word: ROW,
        lettered: titles.len(),
        titles,
        rows: Vec::new(),
    };
    let titles = sheet.titles.len();
    let too_many = |rows: usize| (rows.saturating_mul(titles) > MOST_CELLS).then_some(rows);
    // The rows of a workbook are counted before they are filled up with empty cells.
    if let Some(rows) = too_many(rows.size_hint().0) {
        return Err(SheetError::TooManyCells { rows, titles });
    }
    for row in rows {
        let (number, mut cells) = row?;
        if cells.iter().all(is_blank) {
            continue;
        }
        for (column, cell) in cells.iter().enumerate() {
            let length = cell.shown().len();
            if length > MOST_CHARACTERS && cell.shown().chars().count() > MOST_CHARACTERS {
                return Err(SheetError::TooLong {
                    row: number,
                    column: column_letters(column),
                    found: cell.shown().chars().count(),
                });
            }
        }
        if let Some(further) = cells.iter().skip(titles).position(|cell| !is_blank(cell)) {
            let column = titles + further;
            return Err(SheetError::NoTitle {
                row: number,
                column: column_letters(column),
                text: shown(cells[column].shown()),
                titles,
                titles_row,
            });
        }
        if let Some(rows) = too_many(sheet.rows.len() + 1) {
            return Err(SheetError::TooManyCells { rows, titles });
        }
        cells.resize(titles, SheetCell::Text(String::new()));
        sheet.rows.push(SheetRow { number, cells });
    }
    match sheet.rows.is_empty() {
        true => Err(SheetError::NoRows),
        false => Ok(sheet),
    }
}

fn is_blank(cell: &SheetCell) -> bool {
    matches!(cell, SheetCell::Text(text) if text.trim().is_empty())
}

/// The titles; columns at the end without one are left out.
fn titles(row: usize, cells: Vec<SheetCell>) -> Result<Vec<String>, SheetError> {
    let mut titles: Vec<String> = cells
        .iter()
        .map(|cell| cell.shown().trim().to_owned())
        .collect();
    while titles.last().is_some_and(String::is_empty) {
        titles.pop();
    }
    // The tables of these tools mark their titles.
    if let Some(first) = titles.first_mut()
        && let Some(bare) = first.strip_prefix('#')
    {
        *first = bare.to_owned();
    }
    for (second, title) in titles.iter().enumerate() {
        let mut before = titles[..second].iter();
        if !title.is_empty()
            && let Some(first) = before.position(|other| other == title)
        {
            return Err(SheetError::TitleTwice {
                row,
                title: shown(title),
                first: column_letters(first),
                second: column_letters(second),
            });
        }
    }
    Ok(titles)
}

/// The beginning of a text, for a message.
pub(super) fn shown(text: &str) -> String {
    text.trim().chars().take(SHOWN).collect()
}
