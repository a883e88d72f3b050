//! The names that a Galaxy user knows the inputs by: a JSON list of texts, written by the wrapper.

/// The names, in the order of the inputs.
///
/// # Errors
/// What is wrong with the JSON.
pub fn read(bytes: &[u8]) -> Result<Vec<String>, serde_json::Error> {
    serde_json::from_slice(bytes)
}
