//! Errors of requests, and their responses.

use serde_json::{Value as Json, json};

use super::ServerAnswer;
use super::compatible::error_answer::AsTrackFind;
use super::negotiation::JSON;
use crate::query::nearest::nearest;
use crate::query::{QueryError, QueryFault};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    status: u16,
    reason: &'static str,
    message: String,
    place: Option<Box<Place>>,
    hint: Option<String>,
    pub as_trackfind: AsTrackFind,
    allow: bool,
}

/// A place in the query, for users and programs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// The number of characters before it.
    start: usize,
    /// The number of characters before its end.
    end: usize,
    line: usize,
    column: usize,
}

impl Problem {
    /// A problem with TrackFind's status `trackfind` and no text.
    pub fn new(
        status: u16,
        reason: &'static str,
        message: impl Into<String>,
        trackfind: u16,
    ) -> Self {
        Problem {
            status,
            reason,
            message: message.into(),
            place: None,
            hint: None,
            as_trackfind: AsTrackFind::Empty(trackfind),
            allow: false,
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with the nearest of the known names, or with all of them.
    #[must_use]
    pub fn known<'n>(self, wanted: &str, names: impl Iterator<Item = &'n str> + Clone) -> Self {
        match nearest(wanted, names.clone()) {
            Some(meant) => self.hint(format!("did you mean {meant}?")),
            None => {
                let names: Vec<&str> = names.take(20).collect();
                self.hint(format!("expected one of {}", names.join(", ")))
            }
        }
    }

    /// The same with another response of TrackFind's.
    #[must_use]
    pub fn trackfind(mut self, answer: AsTrackFind) -> Self {
        self.as_trackfind = answer;
        self
    }

    /// An error in a query.
    pub fn of_query(text: &str, error: &QueryError) -> Self {
        let characters = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
        let (status, reason) = match error.reason {
            QueryFault::Syntax => (400, "syntax"),
            QueryFault::Name => (400, "name"),
            QueryFault::Type => (400, "type"),
            QueryFault::Pattern => (400, "pattern"),
            QueryFault::NotSupported => (400, "not_supported"),
            QueryFault::Limit => (400, "limit"),
        };
        Problem {
            place: Some(Box::new(Place {
                start: characters(error.span.start),
                end: characters(error.span.end),
                line: error.line(),
                column: error.column(),
            })),
            hint: error.hint.clone(),
            ..Problem::new(status, reason, error.message.clone(), 400)
        }
    }

    pub fn method(method: &str) -> Self {
        let message = format!("found the method {method}, expected GET");
        Problem {
            allow: true,
            ..Problem::new(405, "method", message, 405)
        }
    }

    /// The time limit is exceeded.
    pub fn time() -> Self {
        let message = "the search exceeds the time limit of this server".to_owned();
        Problem::new(503, "time", message.clone(), 503)
            .hint("include every category that joins two others, or narrow the search")
            .trackfind(AsTrackFind::Text(503, message))
    }

    /// More rows than an answer may have.
    pub fn rows(most: usize) -> Self {
        let message = format!("the answer has more than {most} rows, the limit of this server");
        Problem::new(413, "rows", message.clone(), 503)
            .hint(format!(
                "add limit={most} or less, and end the query with ` ORDER BY tracks.id OFFSET {most}` for the next page; categories without a join give all combinations of their objects"
            ))
            .trackfind(AsTrackFind::Text(503, message))
    }

    /// More memory than a client may use.
    pub fn memory(bytes: usize) -> Self {
        let needs = format!("{} MiB of memory", bytes.div_ceil(1 << 20));
        let message = format!("the answer needs {needs}, more than the limit per client");
        Problem::new(413, "memory", message.clone(), 503)
            .hint(
                "narrow the search, or use pages: add limit=1000, and end the query with ` ORDER BY tracks.id OFFSET 1000` for the next page",
            )
            .trackfind(AsTrackFind::Text(503, message))
    }

    /// The response of this server's own mode.
    pub fn answer(&self) -> ServerAnswer {
        let mut error = json!({"reason": self.reason, "message": self.message});
        if let Some(place) = &self.place {
            error["place"] = json!({
                "start": place.start, "end": place.end, "line": place.line, "column": place.column,
            });
        }
        if let Some(hint) = &self.hint {
            error["hint"] = Json::from(hint.as_str());
        }
        let body = json!({"status": self.status, "error": error});
        ServerAnswer {
            status: self.status,
            content_type: Some(JSON),
            headers: self.headers("GET, HEAD, OPTIONS"),
            body: body.to_string().into_bytes(),
        }
    }

    /// The header with the allowed methods, if the problem is the method.
    pub fn headers(&self, allowed: &str) -> Vec<(&'static str, String)> {
        let allow = self.allow.then(|| ("Allow", allowed.to_owned()));
        allow.into_iter().collect()
    }
}
