//! Creator and licence in a Galaxy form.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};

use crate::ro_crate::credits::Credits;

/// Reads the fields of the form; Galaxy writes an empty field as `null`.
///
/// # Errors
/// A field is not a string.
pub fn typed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Credits, D::Error> {
    let mut fields: HashMap<String, Option<String>> = HashMap::deserialize(deserializer)?;
    let mut text = |key: &str| fields.remove(key).flatten().unwrap_or_default();
    Ok(Credits {
        creator_name: text("creator_name"),
        creator_orcid: text("creator_orcid"),
        further_creators: Vec::new(),
        organisation_name: text("organisation_name"),
        organisation_ror: text("organisation_ror"),
        licence: text("licence"),
    })
}
