//! Reading a text by the rule of a field: look-up, pattern, type of value.

use serde_json::Value as Json;

use super::rules::FieldRule;
use super::terms::TermTables;
use super::value_type::ValueType;

/// The most bytes of a text multiplied by those of its replacement, which may repeat it that often.
const MOST_REPLACED: usize = 1 << 26;

/// A value by a rule, and what was done to get it, or what was expected instead.
pub(super) type FieldReading = Result<(Json, Vec<String>), String>;

impl FieldRule {
    /// Whether the rule reads the whole of a text that fits it, rather than a part.
    pub(super) fn keeps(&self, text: &str) -> bool {
        let Some((pattern, replacement)) = &self.pattern else {
            return true;
        };
        let mut replaced = String::new();
        if let Some(captures) = pattern.captures(text) {
            captures.expand(replacement, &mut replaced);
        }
        replaced.contains(text)
    }

    /// Whether its texts are looked up in tables: they are few, and reading one takes longer than to remember it. URLs, checksums and
    /// ids are many.
    pub(super) fn is_looked_up(&self) -> bool {
        matches!(
            self.value,
            ValueType::Term { .. } | ValueType::Name(_) | ValueType::Assembly
        )
    }

    /// Whether it puts a text around values that stay what they are, such as the host of an address, and looks nothing up.
    pub(super) fn changes_each_value(&self) -> bool {
        self.pattern.is_some()
            && self.look_up.is_empty()
            && matches!(
                self.value,
                ValueType::Text | ValueType::Url | ValueType::Page
            )
    }

    /// The value of a text, and what was done to get it.
    ///
    /// # Errors
    /// What was expected instead.
    pub(super) fn read(&self, text: &str, terms: &TermTables) -> FieldReading {
        let mut changes = Vec::new();
        let mut found = text;
        let looked_up = (!self.look_up.is_empty()).then(|| self.look_up.get(&text.to_lowercase()));
        if let Some(other) = looked_up.flatten() {
            changes.push(format!("{other} (look-up of the rule)"));
            found = other;
        }
        let mut replaced = String::new();
        if let Some((pattern, replacement)) = &self.pattern {
            let captures = pattern
                .captures(found)
                .ok_or_else(|| match &self.expected {
                    Some(expected) => format!("expected {expected}"),
                    None => format!("expected a text that matches {}", pattern.as_str()),
                })?;
            if found.len().saturating_mul(replacement.len()) > MOST_REPLACED {
                return Err(format!(
                    "found a text of {} bytes for a replacement of {}, expected a shorter one",
                    found.len(),
                    replacement.len()
                ));
            }
            captures.expand(replacement, &mut replaced);
            if replaced != found {
                changes.push(format!("{replaced} (pattern of the rule)"));
                found = &replaced;
            }
        }
        let read = self.value.read(found, terms)?;
        changes.extend(read.change);
        Ok((read.json, changes))
    }
}
