//! The names that a Galaxy user knows the inputs by: a JSON list of texts, written by the wrapper.

use crate::text::json::{self, JsonKind};
/// The names, in the order of the inputs.
///
/// # Errors
/// The JSON is invalid.
pub fn read(bytes: &[u8]) -> Result<Vec<String>, serde_json::Error> {
    json::typed(bytes, JsonKind::Metadata)
}
