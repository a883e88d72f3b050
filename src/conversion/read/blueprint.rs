//! The index of the files of BLUEPRINT (data.index), a table.

use super::file_kind::other_kind;
use super::json_source::{JsonReading, SourceFile, table};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::text::folding::folded_title;

const EXPECTED: &str = "data.index of BLUEPRINT with the titles `FILE` and `FILE_MD5`";

/// Reads indexes.
///
/// # Errors
/// A file is no table, or has other titles.
pub fn read(files: &[SourceFile]) -> Result<JsonReading, JsonSourceError> {
    let sheets = files.iter().map(|file| {
        let sheet = table(file)?;
        let has = |title: &str| {
            sheet
                .titles
                .iter()
                .any(|known| folded_title(known) == title)
        };
        match has("file") && has("file_md5") {
            true => Ok(sheet),
            false => Err(other_kind(&file.name, &file.bytes, EXPECTED)),
        }
    });
    Ok(JsonReading {
        sheets: sheets.collect::<Result<_, _>>()?,
        log: ConversionLog::default(),
    })
}
