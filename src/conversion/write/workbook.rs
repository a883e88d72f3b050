//! Workbooks (XLSX) with a header line that stays in view, and nothing but texts: no program changes a value to a date or a number,
//! or runs it as a formula.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use crate::conversion::object_tables::{ObjectTable, ObjectTableError};

/// As many rows as a sheet has at most, its titles included.
const MOST_ROWS: usize = 1_048_576;
/// Rows whose texts decide how wide a column is.
const MEASURED_ROWS: usize = 100;
/// The built-in number format of texts.
const TEXT: u8 = 49;
/// The widths of columns in characters, the narrowest and the widest.
const WIDTHS: (usize, usize) = (10, 50);

/// A workbook of tables, one sheet each. `date` is its date of creation, in RFC 3339.
///
/// # Errors
/// A table that has more rows than a sheet, or what the workbook cannot hold.
pub fn of_tables(tables: &[ObjectTable], date: &str) -> Result<Vec<u8>, ObjectTableError> {
    for table in tables {
        if table.rows.len() >= MOST_ROWS {
            return Err(ObjectTableError::TooManyRows {
                table: table.name,
                found: table.rows.len(),
                most: MOST_ROWS - 1,
            });
        }
    }
    write(tables, date).map_err(|error| ObjectTableError::Workbook(error.to_string()))
}

fn write(tables: &[ObjectTable], date: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = dated(date)?;
    let text = text_format();
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(table.name)?;
        let widths = (0..table.titles.len()).map(|column| {
            let rows = table.rows.iter().take(MEASURED_ROWS);
            let texts = rows.map(|row| row[column].chars().count());
            texts.max().unwrap_or_default()
        });
        let titles: Vec<(&str, usize)> = table
            .titles
            .iter()
            .map(String::as_str)
            .zip(widths)
            .collect();
        titled(sheet, &titles)?;
        for (row, cells) in (1..).zip(&table.rows) {
            for (column, cell) in (0..).zip(cells) {
                if !cell.is_empty() {
                    sheet.write_string_with_format(row, column, cell, &text)?;
                }
            }
        }
    }
    workbook.save_to_buffer()
}

/// A workbook with a date of creation.
pub(super) fn dated(date: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let moment = date.get(..19).unwrap_or(date);
    let created = ExcelDateTime::parse_from_str(moment)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(workbook)
}

/// The format of texts, which no program changes.
pub(super) fn text_format() -> Format {
    Format::new().set_num_format_index(TEXT)
}

/// Writes titles in the first row, which stays in view, and makes all columns columns of text. Each title has the length of the
/// longest text below it.
pub(super) fn titled(sheet: &mut Worksheet, titles: &[(&str, usize)]) -> Result<(), XlsxError> {
    let text = text_format();
    let header = Format::new()
        .set_bold()
        .set_num_format_index(TEXT)
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0x00DD_E8F3));
    for (column, (title, longest)) in (0..).zip(titles) {
        let width = (*longest).max(title.chars().count()) + 2;
        let width = width.clamp(WIDTHS.0, WIDTHS.1);
        sheet.set_column_width(column, f64::from(u32::try_from(width).unwrap_or_default()))?;
        sheet.set_column_format(column, &text)?;
        sheet.write_string_with_format(0, column, *title, &header)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
