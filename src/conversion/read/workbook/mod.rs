//! Workbooks of Excel and other programs (XLSX, ECMA-376): the sheets that are shown, with values as they are stored.
//!
//! The archive passes the gate for untrusted archives, so sizes are limited. Only cells with a value take memory, wherever they are.

mod cells;
mod numbers;
mod parts;
mod strings;
mod styles;
pub(super) mod xml;

use std::io::Cursor;

use super::grid;
use crate::archive::gate::Archive;
use crate::archive::limits::ArchiveLimits;
use crate::conversion::error::WorkbookError;
use crate::conversion::sheet::{BLANK, CHOICES, Sheet};
use cells::{SheetContext, dense};

/// Bytes of all parts of a workbook, unpacked; a sheet of a million rows has about 200 MiB.
const MOST_BYTES: u64 = 1 << 30;

/// What a workbook holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Workbook {
    /// The sheets with values, in their order. The name of each is that of the file, `!` and its own.
    pub sheets: Vec<Sheet>,
    /// The names of the sheets that are hidden, which are not read; without the lists of a blank workbook.
    pub hidden: Vec<String>,
}

/// Whether a file may be a workbook: it is a zip file.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether a zip file has the part that each workbook has.
pub fn has_workbook(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, parts::WORKBOOK.as_bytes()).is_some()
}

/// Reads a workbook of this name.
///
/// # Errors
/// What is wrong, and in which sheet, row and column.
pub fn read(name: &str, bytes: &[u8]) -> Result<Workbook, WorkbookError> {
    let limits = ArchiveLimits {
        total_bytes: MOST_BYTES,
        ..ArchiveLimits::default()
    };
    let mut archive = Archive::open(Cursor::new(bytes), &limits)?;
    let outline = parts::outline(&mut |part| part_text(&mut archive, part))?;
    let strings = match part_text(&mut archive, &outline.strings)? {
        Some(text) => strings::read(&outline.strings, &text)?,
        None => Vec::new(),
    };
    let dates = match part_text(&mut archive, &outline.styles)? {
        Some(text) => styles::date_styles(&outline.styles, &text)?,
        None => Vec::new(),
    };
    let context = SheetContext {
        strings: &strings,
        date_styles: &dates,
        is_1904: outline.is_1904,
    };
    let mut workbook = Workbook {
        sheets: Vec::new(),
        hidden: Vec::new(),
    };
    let has_blank = outline.sheets.iter().any(|sheet| sheet.name == BLANK);
    for sheet in outline.sheets {
        if sheet.is_hidden {
            // A blank workbook that is filled in keeps its lists.
            if sheet.name == CHOICES && has_blank {
                continue;
            }
            workbook.hidden.push(format!("{name}!{}", sheet.name));
            continue;
        }
        let text = part_text(&mut archive, &sheet.part)?;
        let text = text.ok_or_else(|| WorkbookError::NoPart(sheet.part.clone()))?;
        let rows = context.rows(&sheet.part, &text);
        let rows = rows.map_err(|problem| match problem {
            // Users know the name of a sheet, not that of its part.
            WorkbookError::Merged { range, .. } => WorkbookError::Merged {
                sheet: sheet.name.clone(),
                range,
            },
            other => other,
        })?;
        // A new workbook has empty sheets beside the filled one.
        if rows.is_empty() {
            continue;
        }
        let full_name = format!("{name}!{}", sheet.name);
        let read = grid::sheet(&full_name, rows.into_iter().map(dense).map(Ok));
        workbook
            .sheets
            .push(read.map_err(|problem| WorkbookError::Sheet {
                sheet: sheet.name,
                problem,
            })?);
    }
    // The only sheet of a file mostly has a name such as Sheet1; then the name of the file tells what it is.
    let wide = format!("{name}!{BLANK}");
    if let [only] = workbook.sheets.as_mut_slice()
        && only.category.is_none()
        && *only.name != *wide
    {
        only.category = crate::conversion::sheet::category_of_name(name);
    }
    match workbook.sheets.is_empty() {
        true => Err(WorkbookError::NoSheets),
        false => Ok(workbook),
    }
}

/// The text of a part; `None` where there is none.
fn part_text(
    archive: &mut Archive<Cursor<&[u8]>>,
    part: &str,
) -> Result<Option<String>, WorkbookError> {
    if !archive.contains(part) {
        return Ok(None);
    }
    let bytes = archive.read(part, MOST_BYTES)?;
    let text = String::from_utf8(bytes).map_err(|_| WorkbookError::Xml {
        part: part.to_owned(),
        problem: "found bytes that are not UTF-8".to_owned(),
    })?;
    Ok(Some(text))
}
