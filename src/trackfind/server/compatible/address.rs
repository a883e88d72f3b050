//! URLs and parameters as TrackFind's web server parses them.

use super::error_answer::AsTrackFind;
use crate::trackfind::server::address::{bytes, pairs, wrong};
use crate::trackfind::server::problem::Problem;

/// Characters that TrackFind's web server rejects in a URL.
const REFUSED: [char; 11] = ['<', '>', '|', '[', ']', '{', '}', '"', '^', '`', '\\'];

/// Rejects a path that the web server rejects.
pub(super) fn check_path(path: &str) -> Result<(), Problem> {
    let lower = path.to_ascii_lowercase();
    let is_refused = ["%2f", "%5c", "%25", "%00", "//", ";"]
        .iter()
        .any(|refused| lower.contains(refused));
    if is_refused {
        return Err(refused("the path"));
    }
    refuse(path, "the path")
}

/// The parameters. Like the web server, it drops those that are encoded incorrectly.
pub(super) fn parameters(query: &str) -> Result<Vec<(String, String)>, Problem> {
    refuse(query, "the parameters")?;
    let decoded = |(name, value)| Some((decoded(name)?, decoded(value)?));
    Ok(pairs(query).filter_map(decoded).collect())
}

/// A whole number; it may be missing or have spaces around it.
pub(super) fn number(name: &str, value: &str) -> Result<i64, Problem> {
    match value.trim() {
        "" => Ok(0),
        trimmed => trimmed
            .parse()
            .map_err(|_| wrong(name, value, "an integer")),
    }
}

/// A boolean in any of the words that Spring accepts.
pub(super) fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    let value = value.trim();
    match value.to_ascii_lowercase().as_str() {
        "true" | "on" | "yes" | "1" => Ok(true),
        "" | "false" | "off" | "no" | "0" => Ok(false),
        _ => Err(wrong(name, value, "true or false")),
    }
}

/// Rejects characters that TrackFind's web server rejects.
fn refuse(text: &str, place: &str) -> Result<(), Problem> {
    let is_refused =
        |character: char| REFUSED.contains(&character) || character <= ' ' || !character.is_ascii();
    if text.contains(is_refused) {
        return Err(refused(place));
    }
    Ok(())
}

fn refused(place: &str) -> Problem {
    let message = format!("found a character in {place} that must be percent-encoded");
    Problem::new(400, "address", message, 400).trackfind(AsTrackFind::Page(400))
}

/// Decodes percent-encoding; invalid UTF-8 is replaced as in Java.
fn decoded(text: &str) -> Option<String> {
    Some(String::from_utf8_lossy(&bytes(text, true)?).into_owned())
}
