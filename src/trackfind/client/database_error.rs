//! Why a server rejects a query: `/search` hides the reason, `/values` reports it.

use super::Server;
use super::error::ServerError;
use super::reply::{Reply, one_line};
use super::request::Answered;
use super::route::ServerRequest;
use crate::query::{QueryError, QueryFault};
use crate::trackfind::wire::Wire;

/// A name that no hub has, to see where in its statement a server puts a query.
const PROBE: &str = "fairtracks_probe";
/// The query with it, which is rejected at its third character.
const PROBE_QUERY: &str = "( fairtracks_probe\n)";
/// The number of characters of that before the name.
const BEFORE_PROBE: usize = 2;

/// An error of PostgreSQL, as its Java driver formats it.
#[derive(Debug, PartialEq, Eq)]
struct DatabaseError {
    message: String,
    hint: Option<String>,
    /// In the statement, in characters from 1.
    position: Option<usize>,
}

impl Server {
    /// Why a search was refused, if the query is at fault. `part` is what was sent.
    pub(super) fn reason(
        &self,
        reply: &Reply,
        repository: &str,
        hub: &str,
        part: &Wire,
    ) -> Option<ServerError> {
        if let Some(reason) = self.refusal(reply, repository, hub, part) {
            return Some(reason);
        }
        if reply.status != 400 || reply.is_html || reply.said().is_some() {
            return None;
        }
        let question = values(repository, hub, part.text());
        match self.json::<serde::de::IgnoredAny>(&question) {
            Ok(Answered::Other(other)) => self
                .refusal(&other, repository, hub, part)
                .or_else(|| Some(self.without_reason(part))),
            // The server accepts the same query with all categories.
            _ => Some(self.without_reason(part)),
        }
    }

    fn without_reason(&self, part: &Wire) -> ServerError {
        let message = "the server rejects this query without a reason";
        let error = part.error(Some(0), QueryFault::NotSupported, message).hint(
            "try the first condition alone, then add the others one by one; if --categories is set, remove it",
        );
        ServerError::Refused {
            server: self.name.clone(),
            error: Box::new(error),
        }
    }

    /// The error about a query in a response, if any.
    pub(super) fn refusal(
        &self,
        reply: &Reply,
        repository: &str,
        hub: &str,
        part: &Wire,
    ) -> Option<ServerError> {
        if reply.status == 400
            && let Some(reason) = reply.reason()
        {
            let place = reason.place.map(|place| byte_of(part.text(), place.start));
            let mut error = part.error(place, QueryFault::Syntax, &one_line(&reason.message));
            error.hint = reason.hint.as_deref().map(one_line);
            return Some(error.into());
        }
        let found = database_error(reply)?;
        let place = found.position.and_then(|position| {
            let before = self.before_query(repository, hub)?;
            let character = position.checked_sub(1)?.checked_sub(before)?;
            Some(byte_of(part.text(), character))
        });
        let error = error_of(part, place, found);
        Some(ServerError::Refused {
            server: self.name.clone(),
            error: Box::new(error),
        })
    }

    /// The number of characters that a server puts before a query.
    fn before_query(&self, repository: &str, hub: &str) -> Option<usize> {
        let question = values(repository, hub, PROBE_QUERY);
        let Ok(Answered::Other(reply)) = self.json::<serde::de::IgnoredAny>(&question) else {
            return None;
        };
        let found = database_error(&reply).filter(|found| found.message.contains(PROBE))?;
        found.position?.checked_sub(1 + BEFORE_PROBE)
    }
}

/// The byte offset of a character in a text, at most its end.
fn byte_of(text: &str, character: usize) -> usize {
    let mut bytes = text.char_indices().map(|(byte, _)| byte);
    bytes.nth(character).unwrap_or(text.len())
}

fn values<'q>(repository: &'q str, hub: &'q str, query: &'q str) -> ServerRequest<'q> {
    let about = format!("the reason for rejecting the query in {hub}");
    ServerRequest::new(&["values", repository, hub, "tracks"], about)
        .with("path", "local_id")
        .with("query", query)
}

fn error_of(part: &Wire, place: Option<usize>, found: DatabaseError) -> QueryError {
    let reason = if found.message.contains("syntax") {
        QueryFault::Syntax
    } else if found.message.contains("does not exist") && !found.message.contains("operator") {
        QueryFault::Name
    } else {
        QueryFault::Type
    };
    // Without a place, the whole query is marked.
    let mut error = match place {
        Some(_) => part.error(place, reason, &found.message),
        None => part.error(Some(0), reason, &found.message),
    };
    error.hint = found.hint;
    error
}

/// Reads `ERROR: …`, `Hint: …` and `Position: …` anywhere in the text of a response.
fn database_error(reply: &Reply) -> Option<DatabaseError> {
    if reply.status != 500 || reply.is_html {
        return None;
    }
    let text = String::from_utf8_lossy(&reply.body);
    let start = text.rfind("ERROR: ")?;
    let mut lines = text[start + "ERROR: ".len()..].lines();
    let message = one_line(lines.next()?);
    let mut found = DatabaseError {
        message,
        hint: None,
        position: None,
    };
    for line in lines {
        let line = line.trim();
        if let Some(hint) = line.strip_prefix("Hint: ") {
            found.hint = Some(one_line(hint));
        } else if let Some(position) = line.strip_prefix("Position: ") {
            let digits = position.trim_end_matches(|c: char| !c.is_ascii_digit());
            found.position = digits.parse().ok();
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trackfind::client::reply::Counts;

    fn read(body: &str) -> Option<DatabaseError> {
        database_error(&Reply {
            status: 500,
            is_html: false,
            counts: Counts::default(),
            body: body.as_bytes().to_vec(),
        })
    }

    #[test]
    fn the_message_of_the_driver_is_found() {
        let found = read("ERROR: syntax error at or near \"x\"\n  Position: 442").unwrap();
        assert_eq!(found.message, "syntax error at or near \"x\"");
        assert_eq!(found.position, Some(442));
        let found = read("ERROR: operator does not exist: jsonb ? jsonb\n  Hint: No operator matches.\n  Position: 7").unwrap();
        assert_eq!(found.hint.as_deref(), Some("No operator matches."));
        assert_eq!(found.position, Some(7));
    }

    #[test]
    fn other_texts_are_no_message_of_a_database() {
        for text in ["", "Cannot invoke \"x\" because it is null", "I/O error"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
