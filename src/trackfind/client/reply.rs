//! The answer of a server that is not what was asked for, and the reason that it states.

use serde::Deserialize;

/// How much of what a server says is shown, in characters.
const LONGEST_SAID: usize = 400;

/// What the headers of an answer tell beyond TrackFind's.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// How many rows there are without a limit.
    pub total: Option<u64>,
    /// How many values could not be used as the query asks.
    pub unusable: u64,
}

/// An answer as it came.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: u16,
    pub is_html: bool,
    pub counts: Counts,
    pub body: Vec<u8>,
}

/// The error of a server that tells its reason, such as `fairtracks_serve`.
#[derive(Debug, Deserialize)]
pub(super) struct StatedError {
    pub error: ErrorReason,
}

/// What the server tells.
#[derive(Debug, Deserialize)]
pub(super) struct ErrorReason {
    /// One word.
    #[serde(default)]
    pub reason: String,
    pub message: String,
    #[serde(default)]
    pub place: Option<QuerySpan>,
    #[serde(default)]
    pub hint: Option<String>,
}

/// The characters of the query that it is about.
#[derive(Debug, Deserialize)]
pub(super) struct QuerySpan {
    pub start: usize,
}

impl ErrorReason {
    /// What the server advises, on one line; nothing where it advises nothing.
    pub fn hint(&self) -> Option<String> {
        let hint = one_line(self.hint.as_deref()?);
        (!hint.is_empty()).then_some(hint)
    }

    /// Whether the question took too long, as it would the next time.
    pub fn is_time(&self) -> bool {
        self.reason == "time"
    }
}

impl Reply {
    /// The reason, where the server tells it in the way of `fairtracks_serve`.
    pub fn told(&self) -> Option<ErrorReason> {
        let told: StatedError = serde_json::from_slice(&self.body).ok()?;
        Some(told.error)
    }

    /// What the server says in plain words; nothing for pages and for what says nothing.
    pub fn said(&self) -> Option<String> {
        if self.is_html {
            return None;
        }
        if let Some(told) = self.told() {
            return Some(one_line(&told.message));
        }
        let text = one_line(&String::from_utf8_lossy(&self.body));
        (!text.is_empty()).then_some(text)
    }
}

/// A text of a server on one line, cut, and without what could be taken for a page.
pub(super) fn one_line(text: &str) -> String {
    let text = text.split('<').next().unwrap_or_default();
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST_SAID) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
