//! People and licence as a Galaxy form hands them over.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};

use crate::ro_crate::credits::Credits;

/// What was typed; Galaxy writes a field that was left empty as `null`.
///
/// # Errors
/// Something other than texts.
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
