//! The form of `fairtracks_import` as Galaxy hands it over: what users typed or picked, byte for byte.

use serde::Deserialize;

use crate::cli::credits_form::typed;
use crate::ro_crate::credits::Credits;

/// The fields of the form that have no command line option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct ImportForm {
    /// Which tracks to get.
    #[serde(default)]
    pub choice: Choice,
    /// Creator and licence.
    #[serde(default, deserialize_with = "typed")]
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

impl Choice {
    /// The ids of the tracks that were picked; none where tracks were chosen otherwise.
    pub fn picked(self) -> Option<Vec<String>> {
        (self.mode == "picked").then(|| self.ids.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str) -> ImportForm {
        serde_json::from_str(form).unwrap()
    }

    fn picked(choice: &str) -> Option<Vec<String>> {
        let form = format!(r#"{{"choice": {choice}, "strict": false}}"#);
        read(&form).choice.picked()
    }

    #[test]
    fn fields_left_empty_say_nothing() {
        let form =
            r#"{"credits": {"licence": null, "creator_name": "José \u0041", "creator_orcid": ""}}"#;
        let credits = read(form).credits;
        assert_eq!((&*credits.creator_name, &*credits.licence), ("José A", ""));
        assert_eq!(read("{}").credits, Credits::default());
    }

    #[test]
    fn only_what_was_picked_is_a_choice() {
        let ids = r#"{"mode": "picked", "__current_case__": 2, "ids": ["a'b", "é"]}"#;
        assert_eq!(picked(ids), Some(vec!["a'b".to_owned(), "é".to_owned()]));
        let nothing = r#"{"mode": "picked", "ids": null}"#;
        assert_eq!(picked(nothing), Some(Vec::new()));
        assert_eq!(picked(r#"{"mode": "all"}"#), None);
    }
}
