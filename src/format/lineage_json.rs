//! Lineage as JSON.

use crate::model::lineage::Lineage;

/// Reads it.
///
/// # Errors
/// What is wrong.
pub fn read(bytes: &[u8]) -> Result<Lineage, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// Writes it.
pub fn write(lineage: &Lineage) -> String {
    serde_json::to_string_pretty(lineage).unwrap_or_default()
}
