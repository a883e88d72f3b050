//! What is known of the texts that a rule reads, so that a text of many records is read once.

use std::borrow::Cow;
use std::collections::HashMap;

use super::field_reading::FieldReading;
use super::rules::FieldRule;

/// As many texts of a rule are remembered.
const MOST_KNOWN: usize = 10_000;

/// The texts of one rule.
#[derive(Clone, Default)]
pub(super) struct KnownTexts {
    /// Readings by the text.
    readings: HashMap<String, FieldReading>,
    /// The row of the log that counts the changes of all further records.
    pub row: Option<usize>,
}

impl KnownTexts {
    /// The reading of a text by a rule: a known one, or a new one.
    pub fn read(
        &mut self,
        rule: &FieldRule,
        text: &str,
        reading: impl Fn() -> FieldReading,
    ) -> Cow<'_, FieldReading> {
        let readings = &mut self.readings;
        if rule.is_looked_up() && readings.len() < MOST_KNOWN && !readings.contains_key(text) {
            readings.insert(text.to_owned(), reading());
        }
        match readings.get(text) {
            Some(read) => Cow::Borrowed(read),
            None => Cow::Owned(reading()),
        }
    }
}
