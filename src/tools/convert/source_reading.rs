//! What the step that reads gives to the conversion.

use crate::conversion::log::ConversionLog;
use crate::conversion::sheet::Sheet;

/// What a source holds.
#[derive(Default)]
pub struct SourceReading {
    pub sheets: Vec<Sheet>,
    /// What its reader could not use.
    pub log: ConversionLog,
    /// Name and SHA-256 of each file.
    pub files: Vec<(String, String)>,
}

/// A name without its folder, for provenance and log.
pub fn short(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
