//! TrackFind's error responses.

use crate::trackfind::server::ServerAnswer;
use crate::trackfind::server::negotiation::{JSON, PLAIN};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::trackfind::server) enum AsTrackFind {
    Empty(u16),
    /// A bare sentence.
    Text(u16, String),
    /// The web server's own page, before TrackFind sees the request.
    Page(u16),
    /// PostgreSQL's message; a search replaces it by a bare 400.
    Sql(String),
}

impl AsTrackFind {
    /// The response. `hides` omits PostgreSQL's message; `as_json` labels the text as JSON although it is not.
    pub fn answer(&self, hides: bool, as_json: bool) -> ServerAnswer {
        let text = if as_json { JSON } else { PLAIN };
        let (status, content_type, body) = match self {
            AsTrackFind::Empty(status) => (*status, None, String::new()),
            AsTrackFind::Text(status, body) => (*status, Some(text), body.clone()),
            AsTrackFind::Page(status) => (*status, Some("text/html;charset=utf-8"), page(*status)),
            AsTrackFind::Sql(_) if hides => (400, None, String::new()),
            AsTrackFind::Sql(message) => (500, Some(text), message.clone()),
        };
        ServerAnswer {
            status,
            content_type,
            headers: Vec::new(),
            body: body.into_bytes(),
        }
    }
}

/// The page of the web server for a request that it rejects itself.
fn page(status: u16) -> String {
    let title = format!("HTTP Status {status} – Bad Request");
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title}</title></head><body><h1>{title}</h1>\
         <p><b>Type</b> Exception Report</p><p><b>Message</b> Invalid character found in the request target. The \
         valid characters are defined in RFC 7230 and RFC 3986</p></body></html>"
    )
}
