//! Values of texts, and what was done to get them.

use serde_json::Value as Json;

/// A value, and what was done to get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadValue {
    /// The value.
    pub json: Json,
    /// What was changed; `None` where the value is the text.
    pub change: Option<String>,
}

impl ReadValue {
    pub(super) fn same(text: &str) -> Self {
        ReadValue {
            json: text.into(),
            change: None,
        }
    }

    pub(super) fn changed(json: Json, shown: &str, how: &str) -> Self {
        ReadValue {
            json,
            change: Some(format!("{shown} ({how})")),
        }
    }
}
