//! The form of `fairtracks_follow` and other tools that ask for no more than people and licence, as Galaxy hands it over.

use serde::Deserialize;

use crate::cli::credits_form::typed;
use crate::ro_crate::credits::Credits;

/// The fields of the form that have no command line option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct FollowForm {
    /// Creator and licence.
    #[serde(default, deserialize_with = "typed")]
    pub credits: Credits,
    /// The sample sheet.
    #[serde(default)]
    pub sheet: SheetForm,
}

/// The fields of the form about the sample sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct SheetForm {
    /// The template of labels.
    #[serde(default)]
    pub label: Option<String>,
}
