//! Texts that many rows share.

use std::collections::HashMap;
use std::rc::Rc;

/// Texts of many rows by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct SharedTexts {
    texts: Vec<Rc<str>>,
    numbers: HashMap<Rc<str>, usize>,
}

impl SharedTexts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let text: Rc<str> = text.into();
        let number = self.texts.len();
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    /// The text of a number.
    pub fn text(&self, number: usize) -> &str {
        let text = self.texts.get(number);
        text.map_or("", |text| text)
    }

    /// Writes another text in place of one.
    pub fn rename(&mut self, text: &str, other: &str) {
        if let Some(number) = self.numbers.remove(text) {
            let other: Rc<str> = other.into();
            self.texts[number] = other.clone();
            self.numbers.entry(other).or_insert(number);
        }
    }
}
