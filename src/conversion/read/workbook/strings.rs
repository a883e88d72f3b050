//! The shared texts of cells.

use super::xml::{XmlStep, walk};
use crate::conversion::error::WorkbookError;

/// As many different texts as a workbook may have.
const MOST_STRINGS: usize = 10_000_000;

/// The texts, in their order.
pub(super) fn read(part: &str, text: &str) -> Result<Vec<String>, WorkbookError> {
    let mut strings = Vec::new();
    let mut rich = RichText::default();
    walk(part, text, |step| {
        let is_end = matches!(step, XmlStep::End("si"));
        rich.step(&step);
        if is_end {
            strings.push(rich.take());
        }
        match strings.len() > MOST_STRINGS {
            true => Err(WorkbookError::Xml {
                part: part.to_owned(),
                problem: format!("found more than {MOST_STRINGS} texts, expected fewer"),
            }),
            false => Ok(()),
        }
    })?;
    Ok(strings)
}

/// A text in pieces of different formats; readings of Asian characters are no part of it.
#[derive(Debug, Default)]
pub(super) struct RichText {
    text: String,
    is_in_text: bool,
    is_in_reading: bool,
}

impl RichText {
    pub(super) fn step(&mut self, step: &XmlStep<'_>) {
        match step {
            XmlStep::Start("rPh", _) => self.is_in_reading = true,
            XmlStep::End("rPh") => self.is_in_reading = false,
            XmlStep::Start("t", _) => self.is_in_text = true,
            XmlStep::End("t") => self.is_in_text = false,
            XmlStep::Text(text) if self.is_in_text && !self.is_in_reading => {
                self.text.push_str(text)
            }
            _ => {}
        }
    }

    pub(super) fn take(&mut self) -> String {
        unescaped(&std::mem::take(&mut self.text))
    }
}

/// A text without the escapes of characters that XML cannot hold, such as `_x000D_`. Line ends are `\n`, as in tables.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest
            .get(at + 2..at + 6)
            .filter(|_| rest[at + 6..].starts_with('_'));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        let length = match code.and_then(char::from_u32) {
            Some(character) => {
                plain.push_str(&rest[..at]);
                plain.push(character);
                7
            }
            None => {
                plain.push_str(&rest[..at + 2]);
                2
            }
        };
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    plain.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_joined_and_readings_left_out() {
        let xml = "<sst><si><t>a &amp; b</t></si><si><r><t>c</t></r><r><t xml:space=\"preserve\"> d</t></r><rPh><t>x</t></rPh></si><si/></sst>";
        assert_eq!(read("p", xml).unwrap(), ["a & b", "c d", ""]);
    }

    #[test]
    fn escapes_of_characters_are_undone() {
        for (text, plain) in [
            ("a_x000D__x000A_b", "a\nb"),
            ("_x005F_x", "_x"),
            ("_x12_", "_x12_"),
            ("a_x", "a_x"),
            ("_xé000_", "_xé000_"),
        ] {
            assert_eq!(unescaped(text), plain);
        }
    }
}
