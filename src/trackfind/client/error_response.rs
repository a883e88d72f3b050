//! What an answer means that is not what was asked for. No body of an error is JSON on a TrackFind server, whatever it is
//! labelled.

use std::borrow::Cow;

use super::error::ServerError;
use super::reply::{ErrorReason, Reply, one_line};
use super::route::ServerRequest;
use super::{LONGEST_HEAD, Server};

/// A question that does not fit into the head of a request.
pub(super) fn too_long(server: &Server, question: &ServerRequest<'_>, bytes: usize) -> ServerError {
    let query = question
        .parameters
        .iter()
        .find(|(name, _)| *name == "query");
    match query {
        Some((_, query)) => ServerError::QueryTooLong {
            server: server.name.clone(),
            asked: query.chars().count(),
            bytes,
            most: LONGEST_HEAD,
        },
        None => ServerError::Failed {
            server: server.name.clone(),
            about: question.about.clone(),
            problem: format!(
                "asking takes {bytes} bytes, and a TrackFind server takes about {LONGEST_HEAD}"
            ),
            advice: "ask for less at a time".into(),
        },
    }
}

impl Server {
    /// What is wrong where a question has another answer than expected.
    pub(super) fn failure(&self, question: &ServerRequest<'_>, reply: &Reply) -> ServerError {
        if let Some(unknown) = self.unknown_name(question, reply) {
            return unknown;
        }
        let server = self.name.clone();
        let status = reply.status;
        let other = |found: &str| ServerError::NotTrackFind {
            server: server.clone(),
            found: found.to_owned(),
        };
        let told = reply.told();
        // Who tells what is wrong knows best what to do about it.
        let hint = told.as_ref().and_then(ErrorReason::hint);
        let failed = |problem: String, advice: &'static str| ServerError::Failed {
            server: server.clone(),
            about: question.about.clone(),
            problem,
            advice: hint.clone().map_or(Cow::Borrowed(advice), Cow::Owned),
        };
        match status {
            401 | 403 | 407 => ServerError::Denied {
                server: server.clone(),
                status,
            },
            200 if reply.is_html => other(
                "it gives a page for people, perhaps one that asks for a password, where data are expected",
            ),
            200 if reply.body.trim_ascii().is_empty() => other("its answer is empty"),
            200 if serde_json::from_slice::<serde::de::IgnoredAny>(&reply.body).is_ok() => {
                other("its answer is JSON of another kind")
            }
            200 => other("its answer is no JSON"),
            404 | 405 | 410 => match &told {
                Some(told) => failed(one_line(&told.message), "look at the names that were given"),
                None => other(&format!(
                    "status {status}, so there is nothing of this kind"
                )),
            },
            406 => other("status 406, so it does not give data in JSON"),
            414 | 431 => failed(
                format!("status {status}: the question is too long for it"),
                "ask for less at a time",
            ),
            400 if reply.is_html => failed(
                "status 400 and a page: the web server in front of TrackFind refuses the question"
                    .to_owned(),
                "leave out what is long or unusual in it, such as a `/` in the name of a hub",
            ),
            _ => match reply.said() {
                Some(said) => failed(
                    format!("status {status}; it says: {said}"),
                    match &told {
                        Some(told) if told.is_time() => {
                            "ask a narrower question, with more conditions or fewer categories, as the same one takes as long the next time"
                        }
                        _ if status == 501 => {
                            "the server cannot do this, now or later, so ask in another way, such as with other operators or without what it names"
                        }
                        _ => "try again later, or send this message to the server's provider",
                    },
                ),
                None if status == 501 => failed(
                    "status 501: it cannot do what it was asked".to_owned(),
                    "ask in another way, such as with other operators or fewer conditions",
                ),
                None => failed(
                    format!("status {status} without a reason"),
                    "the server is out of order, so try again later, or tell its provider",
                ),
            },
        }
    }

    /// Whether a name in the path is one that the server does not know: then it answers 500 without a word, or 404 where
    /// it tells.
    fn unknown_name(&self, question: &ServerRequest<'_>, reply: &Reply) -> Option<ServerError> {
        if !matches!(reply.status, 400 | 404 | 500) {
            return None;
        }
        let (repository, hub) = match question.path[..] {
            ["hubs", repository] => (repository, None),
            // What the question about the categories answers is looked at by those who ask it.
            [_, repository, hub, ..] => (repository, Some(hub)),
            _ => return None,
        };
        let found = self
            .known_repository(repository)
            .and_then(|()| hub.map_or(Ok(()), |hub| self.known_hub(repository, hub)));
        let Err(error) = found else {
            return None;
        };
        matches!(
            error,
            ServerError::UnknownRepository { .. } | ServerError::UnknownHub { .. }
        )
        .then_some(error)
    }
}
