//! Text by itself: letters and their cases, and what must not reach a terminal, a table or a page as it is.
//!
//! [`controls`] makes control characters visible; [`secrets`] removes credentials from URLs and text. Tables, Markdown, pages
//! and messages pass through both exactly once, when they are written.

pub mod controls;
pub mod doi;
pub mod folding;
pub mod json;
pub mod letters;
pub mod pointer;
pub mod private_text;
pub mod secrets;
pub mod unique_names;

/// The first text that is not empty; empty if all are.
pub fn first_filled<'t>(texts: &[&'t str]) -> &'t str {
    let mut texts = texts.iter().filter(|text| !text.is_empty());
    texts.next().copied().unwrap_or_default()
}

/// A message as a terminal may have it: without secrets, with every control character but line breaks and tabs visible.
///
/// ```
/// use fairtracks::text::message;
/// assert_eq!(message("\u{1b}[31m of https://ann:pw@h.example/x"), "\\u{1b}[31m of https://h.example/x");
/// ```
pub fn message(text: &str) -> String {
    controls::visible_lines(&secrets::without(text)).into_owned()
}

/// A text of at most so many characters, the last of which is `…` where it was longer.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(most - 1).collect();
    format!("{beginning}…")
}

/// A count with its noun, in the plural unless it is one: `1 track`, `2 tracks`.
pub fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
