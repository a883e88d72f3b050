//! The first words of a text, fit to be shown.

use crate::text::controls::is_hidden;

/// The most characters shown.
const MOST: usize = 100;
/// The longest word; anything longer is a key or a URL.
const LONGEST_WORD: usize = 40;
const LONGEST_NUMBERED_WORD: usize = 20;

/// The first words of a text on one line, without control, bidirectional and invisible characters, and without words that may be
/// URLs or keys.
pub(super) fn first_words(text: &str) -> String {
    let mut shown = String::new();
    let clean: String = text
        .chars()
        .take(MOST * 20)
        .map(|character| if is_hidden(character) { ' ' } else { character })
        .collect();
    for word in clean.split_whitespace() {
        let length = word.chars().count();
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        let is_private = length > LONGEST_WORD
            || has_digit && length > LONGEST_NUMBERED_WORD
            || word.contains("://")
            || word.contains(['@', '=']);
        let word = if is_private { "…" } else { word };
        if is_private && shown.ends_with('…') {
            continue;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
        if shown.chars().count() > MOST {
            let mut cut: String = shown.chars().take(MOST).collect();
            cut.push('…');
            return cut;
        }
    }
    shown
}
