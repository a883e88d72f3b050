//! Texts that are names but for punctuation, or two names at once.

use crate::genome::assembly::{self, Named};

/// The assembly that a text names but for punctuation.
pub(super) fn nearest_assembly(text: &str) -> Option<&'static str> {
    let folded = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.collect::<String>().to_lowercase()
    };
    match assembly::by_name(&folded(text)) {
        Named::One(key, _) => Some(key),
        _ => None,
    }
}

/// The parts of a text such as `Human (Homo sapiens)`.
pub(super) fn two_names(text: &str) -> Option<(&str, &str)> {
    let (outer, inner) = text.strip_suffix(')')?.split_once('(')?;
    Some((outer.trim(), inner.trim()))
}
