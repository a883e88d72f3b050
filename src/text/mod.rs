//! Text: letters and case, table cells, escapes for terminals, tables and pages.
//!
//! [`controls`] makes control characters visible; [`secrets`] removes credentials from URLs and text. Tables, Markdown, pages
//! and messages pass through both exactly once, when they are written.

pub mod cells;
pub mod controls;
pub mod file_names;
pub mod folding;
pub mod json;
pub mod letters;
pub mod numbered;
pub mod pointer;
pub mod private_text;
pub mod secrets;

/// A message as a terminal may have it: without secrets, with every control character but line breaks and tabs visible.
///
/// ```
/// use fairtracks::text::message;
/// assert_eq!(message("\u{1b}[31m of https://ann:pw@h.example/x"), "\\u{1b}[31m of https://h.example/x");
/// ```
pub fn message(text: &str) -> String {
    controls::visible_lines(&secrets::without(text)).into_owned()
}
