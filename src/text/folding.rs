//! Upper and lower case of whole texts, letter by letter, as PostgreSQL does in the locale `C.UTF-8`.
//!
//! A letter becomes one letter, regardless of context: `ß` has no upper case, `Σ` at the end of a word becomes `σ`, and `İ`
//! becomes `i`. All case-insensitive comparisons compare the [`lower`] forms.

use super::letters::{self, LetterKind};

/// The text in lower case.
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(letters::lower).collect()
}

/// The text in upper case.
pub fn upper(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    text.chars().map(letters::upper).collect()
}

/// The text with the first letter of each word in upper case and all others in lower case.
pub fn capitalized(text: &str) -> String {
    let mut within_word = false;
    text.chars()
        .map(|character| {
            let character = if within_word {
                letters::lower(character)
            } else {
                letters::upper(character)
            };
            within_word = LetterKind::of(character).is_alphanumeric();
            character
        })
        .collect()
}

/// Whether two texts are the same but for the case of their letters.
pub fn same(one: &str, other: &str) -> bool {
    one.chars()
        .map(letters::lower)
        .eq(other.chars().map(letters::lower))
}

/// A title as titles are compared: letters and digits in lower case, with one `_` for whatever is between them, so that
/// `Cell type`, `cell_type` and `cell-type` are one title.
pub fn folded_title(title: &str) -> String {
    let mut folded = String::with_capacity(title.len());
    for character in title.chars() {
        if character.is_alphanumeric() {
            folded.extend(character.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with('_') {
            folded.push('_');
        }
    }
    folded.truncate(folded.trim_end_matches('_').len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_becomes_one_letter() {
        for (text, expected) in [
            ("Étude", "étude"),
            ("ÜBER", "über"),
            ("İ", "i"),
            ("ΟΔΟΣ", "οδοσ"),
            ("ẞ", "ß"),
            ("T-Cell 日本", "t-cell 日本"),
            ("\u{212a}", "k"),
        ] {
            assert_eq!(lower(text), expected);
        }
        for (text, expected) in [("straße", "STRAßE"), ("ǆ", "Ǆ"), ("ſ", "S"), ("ŉ", "ŉ")] {
            assert_eq!(upper(text), expected);
        }
        assert_eq!(capitalized("éTUDE de l'ÜBER o3x"), "Étude De L'Über O3x");
        assert!(same("ÉTUDE", "étude"));
        assert!(!same("ς", "σ"));
    }

    #[test]
    fn titles_are_compared_by_letters_and_digits() {
        for title in [
            "Cell type",
            "cell_type",
            " cell-type ",
            "CELL  TYPE",
            "cell->type",
        ] {
            assert_eq!(folded_title(title), "cell_type", "{title}");
        }
        assert_eq!(folded_title("Größe (bp)"), "größe_bp");
    }
}
