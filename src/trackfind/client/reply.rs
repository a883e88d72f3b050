//! Unexpected responses of a server, and the reasons that they state.

use serde::Deserialize;

/// The most characters of server text in a message.
const LONGEST_SAID: usize = 400;

/// Response headers beyond those of TrackFind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// The number of rows without a limit.
    pub total: Option<u64>,
    /// The number of values that the query cannot use.
    pub unusable: u64,
}

/// A raw response.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: u16,
    pub is_html: bool,
    pub counts: Counts,
    pub body: Vec<u8>,
}

/// A structured error, as from `fairtracks_serve`.
#[derive(Debug, Deserialize)]
pub(super) struct StatedError {
    pub error: ErrorReason,
}

/// The message of the server.
#[derive(Debug, Deserialize)]
pub(super) struct ErrorReason {
    #[serde(default)]
    pub reason: String,
    pub message: String,
    #[serde(default)]
    pub place: Option<QuerySpan>,
    #[serde(default)]
    pub hint: Option<String>,
}

/// The characters of the query that it refers to.
#[derive(Debug, Deserialize)]
pub(super) struct QuerySpan {
    pub start: usize,
}

impl ErrorReason {
    /// The advice of the server, on one line, if any.
    pub fn hint(&self) -> Option<String> {
        let hint = one_line(self.hint.as_deref()?);
        (!hint.is_empty()).then_some(hint)
    }

    /// Whether the request timed out, as it would again.
    pub fn is_time(&self) -> bool {
        self.reason == "time"
    }
}

impl Reply {
    /// The structured error, if the response has the format of `fairtracks_serve`.
    pub fn reason(&self) -> Option<ErrorReason> {
        let stated: StatedError = serde_json::from_slice(&self.body).ok()?;
        Some(stated.error)
    }

    /// The plain text of a response; `None` for web pages and empty text.
    pub fn said(&self) -> Option<String> {
        if self.is_html {
            return None;
        }
        if let Some(stated) = self.reason() {
            return Some(one_line(&stated.message));
        }
        let text = one_line(&String::from_utf8_lossy(&self.body));
        (!text.is_empty()).then_some(text)
    }
}

/// Text from a server on one line, truncated, and without HTML.
pub(super) fn one_line(text: &str) -> String {
    let text = text.split('<').next().unwrap_or_default();
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST_SAID) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
