//! Interprets unexpected responses. Error bodies of a TrackFind server are never JSON, even if labelled so.

use std::borrow::Cow;

use super::error::ServerError;
use super::reply::{ErrorReason, Reply, one_line};
use super::route::ServerRequest;
use super::{LONGEST_HEAD, Server};

/// The error about a request that exceeds the size limit.
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
                "the request has {bytes} bytes, expected at most about {LONGEST_HEAD}"
            ),
            advice: "split the request".into(),
        },
    }
}

impl Server {
    /// The error for an unexpected response.
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
        let reason = reply.reason();
        // Advice from the server takes precedence.
        let hint = reason.as_ref().and_then(ErrorReason::hint);
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
                "found a web page, perhaps a login page, expected JSON",
            ),
            200 if reply.body.trim_ascii().is_empty() => other("found an empty answer, expected JSON"),
            200 if serde_json::from_slice::<serde::de::IgnoredAny>(&reply.body).is_ok() => {
                other("found JSON of another shape")
            }
            200 => other("found text that is not JSON"),
            404 | 405 | 410 => match &reason {
                Some(reason) => failed(one_line(&reason.message), "check the names"),
                None => other(&format!(
                    "status {status}, no such resource"
                )),
            },
            406 => other("status 406, it does not provide JSON"),
            414 | 431 => failed(
                format!("status {status}, the request is too long"),
                "split the request",
            ),
            400 if reply.is_html => failed(
                "status 400 and a web page: the web server in front of TrackFind rejects the request"
                    .to_owned(),
                "remove long or unusual parts, such as a `/` in the name of a hub",
            ),
            _ => match reply.said() {
                Some(said) => failed(
                    format!("status {status}: {said}"),
                    match &reason {
                        Some(reason) if reason.is_time() => {
                            "narrow the search by more conditions or fewer categories; repeating it will take as long"
                        }
                        _ if status == 501 => {
                            "the server does not support this: use other operators, or remove the part that it names"
                        }
                        _ => "try again later, or send this message to the server's provider",
                    },
                ),
                None if status == 501 => failed(
                    "status 501, not supported".to_owned(),
                    "use other operators or fewer conditions",
                ),
                None => failed(
                    format!("status {status} without a message"),
                    "the server is out of order: try again later, or inform its provider",
                ),
            },
        }
    }

    /// Whether a response means an unknown name in the path: 500 without text, or 404 with an explanation.
    fn unknown_name(&self, question: &ServerRequest<'_>, reply: &Reply) -> Option<ServerError> {
        if !matches!(reply.status, 400 | 404 | 500) {
            return None;
        }
        let (repository, hub) = match question.path[..] {
            ["hubs", repository] => (repository, None),
            // Callers inspect the response to the request for categories.
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
