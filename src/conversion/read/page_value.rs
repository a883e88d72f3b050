//! The JSON of a page of a service, and the errors that services state in it.

use serde_json::Value as Json;

use super::value_columns::KEYS;
use crate::conversion::error::PageError;
use crate::text::json::{self, JsonKind};

/// Characters of a text that is not JSON, in messages.
const MOST_SHOWN: usize = 60;

pub(super) fn is_json(page: &[u8]) -> bool {
    matches!(start(page).first(), Some(b'{' | b'['))
}

pub(super) fn is_web_page(page: &[u8]) -> bool {
    start(page).first() == Some(&b'<')
}

fn start(page: &[u8]) -> &[u8] {
    let page = page.strip_prefix(b"\xef\xbb\xbf").unwrap_or(page);
    page.trim_ascii_start()
}

/// The JSON of a page.
///
/// # Errors
/// It is a web page, another text, or JSON with a fault.
pub fn value(page: &[u8], expected: &'static str) -> Result<Json, PageError> {
    check_is_json(page, expected)?;
    let text = std::str::from_utf8(page).map_err(|error| PageError::Json(error.to_string()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = json::read_within(text, JsonKind::Document, KEYS);
    let read = read.map_err(|error| PageError::Json(json::located(&error)))?;
    Ok(read.value)
}

pub(super) fn check_is_json(page: &[u8], expected: &'static str) -> Result<(), PageError> {
    if is_web_page(page) {
        return Err(PageError::WebPage { expected });
    }
    if !is_json(page) {
        let text = String::from_utf8_lossy(page);
        let start: String = text.trim().chars().take(MOST_SHOWN).collect();
        return Err(PageError::NotJson { start, expected });
    }
    Ok(())
}

/// Whether a page of Data Connect without rows has something that those with rows may lack: their data model, or errors.
pub fn is_of_use_without_rows(page: &[u8]) -> bool {
    let answer = value(page, "").unwrap_or_default();
    answer["data_model"].is_object() || has_errors(&answer)
}

pub(super) fn has_errors(answer: &Json) -> bool {
    let errors = answer["errors"].as_array();
    errors.is_some_and(|errors| !errors.is_empty())
}

/// The text with which an answer states an error, in the words of any of the services.
pub fn stated_error(answer: &Json) -> Option<String> {
    let first = answer.pointer("/errors/0").unwrap_or(&Json::Null);
    let texts = ["error", "detail", "message", "msg", "title", "description"];
    let of = |object: &Json| {
        let mut texts = texts.iter().filter_map(|key| object[*key].as_str());
        texts
            .find(|text| !text.trim().is_empty())
            .map(str::to_owned)
    };
    let both = match (first["title"].as_str(), first["detail"].as_str()) {
        (Some(title), Some(detail)) => Some(format!("{title}: {detail}")),
        _ => None,
    };
    both.or_else(|| of(first)).or_else(|| of(answer))
}
