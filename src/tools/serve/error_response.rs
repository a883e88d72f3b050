//! Responses to invalid requests, in both modes.

use std::fmt::Write as _;

use serde_json::json;

use super::stored::StoredAnswer;

/// The header that all answers of this server have, and those that `hyper` makes by itself have not.
pub const SERVER: &str = concat!("fairtracks_serve/", env!("CARGO_PKG_VERSION"));

/// The longest answer without a reason that `hyper` makes.
const LONGEST: usize = 250;

/// The status of an answer that `hyper` made by itself because it could not read a request.
pub fn status_without_reason(bytes: &[u8]) -> Option<u16> {
    if bytes.len() > LONGEST || !bytes.ends_with(b"\r\n\r\n") {
        return None;
    }
    let head = std::str::from_utf8(bytes).ok()?;
    let rest = ["HTTP/1.1 ", "HTTP/1.0 "].map(|version| head.strip_prefix(version));
    let status = rest.into_iter().flatten().next()?.get(..3)?.parse().ok()?;
    let is_ours = head.to_ascii_lowercase().contains("\r\nserver: ");
    (matches!(status, 400 | 414 | 431) && !is_ours).then_some(status)
}

/// A refusal with its reason, as JSON with the members of all such answers.
pub fn answer(status: u16, reason: &str, message: &str, hint: &str) -> StoredAnswer {
    let body = json!({
        "status": status,
        "error": {"reason": reason, "message": message, "hint": hint},
    });
    StoredAnswer::whole(status, "application/json", body.to_string().into_bytes())
}

/// The refusal of a request that could not be read.
pub fn unreadable(status: u16, faithful: bool) -> (u16, StoredAnswer) {
    if faithful {
        return (400, bad_request_page());
    }
    let (reason, message, hint) = match status {
        408 => (
            "request",
            "the headers of the request did not arrive in time",
            "send them at once",
        ),
        414 => (
            "address",
            "found a URL that is too long, expected at most 64 KiB",
            "shorten the query",
        ),
        431 => (
            "request",
            "found a URL or headers that are too large, expected at most 64 KiB and 100 headers",
            "shorten the query",
        ),
        _ => (
            "request",
            "found no valid HTTP request, expected one such as GET /api/v1/repositories HTTP/1.1",
            "percent-encode the query: < > \" and spaces are not allowed in a URL",
        ),
    };
    (status, answer(status, reason, message, hint))
}

/// The refusal of a request for another version than there is.
pub fn another_version() -> StoredAnswer {
    answer(
        412,
        "precondition",
        "the requested version (If-Match, If-Unmodified-Since) is not the current one",
        "retry without the condition, or with the current ETag",
    )
}

/// The page that TrackFind's web server gives for what it cannot read.
pub fn bad_request_page() -> StoredAnswer {
    let page = concat!(
        "<!doctype html><html lang=\"en\"><head><title>HTTP Status 400 – Bad Request</title></head>",
        "<body><h1>HTTP Status 400 – Bad Request</h1></body></html>"
    );
    StoredAnswer::whole(400, "text/html;charset=utf-8", page.as_bytes().to_vec())
}

/// A refusal as bytes, after which the connection ends.
pub fn bytes(status: u16, stored: &StoredAnswer, further: &[(&str, &str)]) -> Vec<u8> {
    let reason = axum::http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or_default();
    let mut head = format!("HTTP/1.1 {status} {reason}\r\nserver: {SERVER}\r\n");
    // Writing to memory cannot fail.
    let _ = write!(
        head,
        "content-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n",
        stored.media_type(),
        stored.body().len()
    );
    for (name, value) in further {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(stored.body());
    bytes
}
