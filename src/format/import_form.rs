//! The form of `fairtracks_import` as Galaxy hands it over: what users typed or picked, byte for byte.

use serde::Deserialize;

use crate::model::credits::Credits;

/// What the form says that no option does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct ImportForm {
    /// Which tracks to get.
    #[serde(default)]
    pub choice: Choice,
    /// What is said of people and licence.
    #[serde(default)]
    pub credits: Credits,
}

/// Which tracks to get.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Choice {
    /// How they were chosen: `all`, `table` or `picked`.
    #[serde(default)]
    pub mode: String,
    /// The ids of the tracks picked from the list.
    #[serde(default)]
    pub ids: Option<Vec<String>>,
}

/// Reads the form.
///
/// # Errors
/// What is wrong with the JSON.
pub fn read(bytes: &[u8]) -> Result<ImportForm, serde_json::Error> {
    serde_json::from_slice(bytes)
}
