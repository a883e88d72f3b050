//! Bodies of errors that servers send with the status of success: JSON, and a few words of text.

use serde_json::Value as Json;

use super::TextStart;
use super::rows::{is_position, rows};
use super::words::first_words;

/// A larger answer in JSON is data.
const SMALL_JSON: usize = 4 << 10;
/// The longest text that counts as a message.
const SHORT_TEXT: usize = 1 << 10;
/// The most lines of a message; fewer if a table was declared.
pub(super) const FEW_LINES: usize = 6;

/// Keys of error responses, in lower case and without `_` and `-`.
#[rustfmt::skip]
const ERROR_KEYS: [&str; 16] = [
    "error", "errors", "errormessage", "errordescription", "errorcode", "message", "msg", "detail", "details",
    "fault", "exception", "statuscode", "httpstatus", "reason", "traceback", "problem",
];

/// Parts of server messages, in lower case.
#[rustfmt::skip]
const PHRASES: [&str; 58] = [
    "not found", "not exist", "no such", "denied", "forbidden", "unauthori", "not authori", "authenticat",
    "permission", "not allowed", "not permitted", "rate limit", "limit exceeded", "too many", "quota",
    "throttl", "unavailable", "not available", "no longer", "bad request", "bad gateway", "gateway time",
    "time-out", "timeout", "timed out", "internal server", "server error", "service error", "error:",
    "error ", "error\n", "an error", "exception", "traceback", "invalid", "expired", "failed", "failure",
    "cannot", "can't", "could not", "couldn't", "unable to", "please", "sorry", "oops", "log in", "login",
    "sign in", "redirect", "has moved", "moved permanently", "moved temporarily", "maintenance",
    "under construction", "temporarily", "captcha", "access key",
];

/// The start of a raw HTTP response, in lower case.
const ANSWERS: [&str; 3] = ["http/1.", "http/2", "content-type:"];
/// The start of the output of a failed program, in lower case.
const FAILURES: [&str; 8] = [
    "traceback (most",
    "fatal error",
    "php ",
    "warning:",
    "internal server error",
    "exception in",
    "error:",
    "error ",
];

/// JSON that a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum JsonBody {
    /// An error message, or JSON too small to be anything else; with its first words.
    Error {
        /// Its message, or its first words.
        words: String,
        /// Whether it is explicitly an error, and short.
        is_said: bool,
    },
    /// Data.
    Data,
}

/// The JSON that a text is, if it is an object, a list, or a single value.
pub(super) fn json(text: &TextStart) -> Option<JsonBody> {
    let body = text.characters.trim();
    if !text.is_whole {
        let mut begin = body.chars().filter(|character| !character.is_whitespace());
        return match (begin.next(), begin.next()) {
            (Some('{'), Some('"')) | (Some('['), Some('{' | '[' | '"')) => Some(JsonBody::Data),
            _ => None,
        };
    }
    let value: Json = serde_json::from_str(body).ok().or_else(|| {
        // JSON Lines: the first line decides.
        let first = body.lines().next().filter(|line| line.starts_with('{'));
        serde_json::from_str(first?).ok()
    })?;
    let message = message(&value);
    // A single number is JSON, but also a line of a table.
    let is_value = matches!(value, Json::Number(_));
    if is_value {
        return None;
    }
    Some(if message.is_some() || body.len() <= SMALL_JSON {
        JsonBody::Error {
            words: first_words(message.as_deref().unwrap_or(body)),
            is_said: message.is_some() && body.len() <= SMALL_JSON,
        }
    } else {
        JsonBody::Data
    })
}

/// The message of an error response.
fn message(value: &Json) -> Option<String> {
    let object = match value {
        Json::Object(object) => object,
        Json::Array(values) if values.len() == 1 => return values.first().and_then(message),
        _ => return None,
    };
    let plain = |key: &str| key.to_ascii_lowercase().replace(['_', '-'], "");
    let stated = object
        .iter()
        .filter(|(key, value)| ERROR_KEYS.contains(&plain(key).as_str()) && !is_nothing(value));
    let mut words: Vec<String> = stated
        .map(|(_, value)| match value {
            Json::String(text) => text.clone(),
            other => message(other).unwrap_or_else(|| other.to_string()),
        })
        .collect();
    let is_failure = object
        .iter()
        .any(|(key, value)| match (plain(key).as_str(), value) {
            ("status" | "code", Json::Number(number)) => number
                .as_u64()
                .is_some_and(|code| (400..600).contains(&code)),
            ("status" | "state" | "result", Json::String(text)) => {
                let text = text.to_ascii_lowercase();
                ["error", "fail", "failed", "failure", "not found", "denied"]
                    .contains(&text.as_str())
            }
            ("success" | "ok", Json::Bool(is_good)) => !is_good,
            _ => false,
        });
    if words.is_empty() && !is_failure {
        return None;
    }
    if words.is_empty() {
        words.push(value.to_string());
    }
    Some(words.join(": "))
}

fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty(),
        Json::Array(values) => values.is_empty(),
        _ => false,
    }
}

/// The first words of a text that is a server message rather than data. `from_server` if it was downloaded: then any single
/// sentence without numbers counts.
pub(super) fn sentence(text: &TextStart, from_server: bool, most_lines: usize) -> Option<String> {
    let body = text.characters.trim();
    if let Some(words) = program_output(body, from_server) {
        return Some(words);
    }
    let lines = body.lines().filter(|line| !line.trim().is_empty()).count();
    let is_short = text.is_whole && body.len() <= SHORT_TEXT && lines <= most_lines;
    if !is_short || rows(text).iter().any(|row| has_positions(row.line)) {
        return None;
    }
    let lower = body.to_lowercase() + "\n";
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let (first, second) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let is_status = |word: &str| {
        word.parse()
            .is_ok_and(|code: u16| (400..600).contains(&code))
    };
    let has_status = is_status(first) && second.chars().all(char::is_alphabetic)
        || ["http", "error", "status", "code"].contains(&first) && is_status(second);
    let is_said = PHRASES.iter().any(|phrase| lower.contains(phrase)) || has_status;
    let is_prose = !body.contains('\t')
        && from_server
        && lines == 1
        && !body.starts_with(['#', '>', '@'])
        && !body.starts_with("track")
        && !body.starts_with("browser");
    (is_said && !body.contains('\t') || is_prose).then(|| first_words(body))
}

/// The first words of a text of any length that begins as the answer or the failure of a program does.
fn program_output(body: &str, is_track: bool) -> Option<String> {
    let mut lines = body.lines();
    let mut next = || lines.next().unwrap_or_default().to_ascii_lowercase();
    let (first, second) = (next(), next());
    if first.starts_with("--") && second.starts_with("content-") {
        return Some("a multipart body".to_owned());
    }
    let is_mode = |line: &str| {
        line.len() > 10
            && line.starts_with(['d', '-'])
            && line[1..].chars().take(9).all(|c| "rwxst-".contains(c))
    };
    if is_mode(&first) || first.starts_with("total ") && is_mode(&second) {
        return Some("a folder listing".to_owned());
    }
    let starts = ANSWERS
        .iter()
        .chain(if is_track { &FAILURES[..] } else { &[] });
    let is_output = starts.into_iter().any(|start| first.starts_with(start));
    is_output.then(|| first_words(body))
}

/// Whether a line has two whole numbers among its words, as lines of tracks have.
fn has_positions(line: &str) -> bool {
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    words.filter(|word| is_position(word)).count() >= 2
}
