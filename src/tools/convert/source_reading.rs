//! What the step that reads gives to the conversion.

use url::Url;

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
    /// The sentence for a search without results.
    pub no_hits: Option<String>,
}

/// What to read, beside files.
#[derive(Debug, Clone, Copy, Default)]
pub struct SourceSearch<'s> {
    /// The URL of the source, or of the service to search.
    pub url: Option<&'s Url>,
    /// The words or the accession to search for.
    pub query: Option<&'s str>,
}

/// A name without its folder, for provenance and log.
pub fn short(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
