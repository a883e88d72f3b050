//! One request and its response: redirects, attempts, limits.

use reqwest::StatusCode;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue,
};
use serde::de::DeserializeOwned;
use url::Url;

use super::error::ServerError;
use super::reply::{Counts, ErrorReason, Reply, one_line};
use super::route::ServerRequest;
use super::waiting::Waiting;
use super::{LARGEST_ANSWER, LONGEST_HEAD, Server, error_response};
use crate::remote::body::bounded;
use crate::remote::fault::{AttemptError, Fault};
use crate::remote::http::HttpTransfer;
use crate::remote::location::host_of;
use crate::remote::mirror::Mirrored;
use crate::remote::range::Head;
use crate::remote::retry::attempts;
use crate::text::json::{self, JsonKind};

/// The statuses that justify a retry. Not 500: TrackFind uses it for an unknown hub.
const PASSING: [u16; 6] = [408, 425, 429, 502, 503, 504];
/// The size of the other request headers besides host and user agent, with reserve for a proxy.
const OTHER_LINES: usize = 512;

/// The outcome of a request.
pub(super) enum Answered<T> {
    /// The expected response.
    Read(T, Counts),
    /// Any other response.
    Other(Reply),
}

impl Server {
    /// Requests JSON of a shape; any other response is an error.
    pub(super) fn must_json<T: DeserializeOwned>(
        &self,
        question: &ServerRequest<'_>,
    ) -> Result<T, ServerError> {
        match self.json(question)? {
            Answered::Read(value, _) => Ok(value),
            Answered::Other(reply) => Err(self.failure(question, &reply)),
        }
    }

    /// The largest size of the request headers for this URL, in bytes.
    pub(super) fn head_length(&self, url: &Url) -> usize {
        // The host is in its header and, for a proxy, also in the request line.
        url.as_str().len() + host_of(url).len() + self.settings.user_agent.len() + OTHER_LINES
    }

    /// Requests JSON of a shape.
    pub(super) fn json<T: DeserializeOwned>(
        &self,
        question: &ServerRequest<'_>,
    ) -> Result<Answered<T>, ServerError> {
        let url = question.url(&self.base)?;
        let of_fault = |fault, asked: &str| ServerError::of_fault(fault, &self.name, asked);
        let mirrored = self.settings.mirrors.find(&url);
        let mirrored = mirrored.map_err(|fault| of_fault(fault, &self.name))?;
        let (start, is_mirror) = match mirrored {
            None => (url, false),
            Some(Mirrored::Server(mirror)) if mirror.scheme() != "ftp" => (mirror, true),
            Some(_) => {
                let problem =
                    "of this server is a folder or an ftp server, which cannot answer requests";
                return Err(of_fault(Fault::Mirror { problem }, &self.name));
            }
        };
        let bytes = self.head_length(&start);
        if bytes > LONGEST_HEAD {
            return Err(error_response::too_long(self, question, bytes));
        }
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let (seed, mirror) = (start.to_string(), host_of(&start));
        let limits = &self.settings.limits;
        let waiting = Waiting::new(limits);
        let site = self.site.as_ref().filter(|_| is_mirror);
        let mut last = LastAttempt::default();
        let ask = || {
            attempts(&waiting.limits(), limits.retries, &seed, |number| {
                last = LastAttempt::default();
                let mut transfer = HttpTransfer {
                    public: &self.public,
                    site: site.map(|way| (way, start.origin())),
                    limits: &waiting.limits(),
                    question: None,
                    head: Head::default(),
                    resumed: false,
                    contradictions: 0,
                    host: host_of(&start),
                    start: start.clone(),
                };
                let answered = once(&mut transfer, &headers, number, &mut last);
                // No attempt starts after the time limit.
                let answered = answered.map_err(|failure| AttemptError {
                    again: failure.again && !waiting.is_over(),
                    ..failure
                });
                (answered, false)
            })
        };
        let outcome = waiting.with_notice(&self.name, &question.about, self.notice, ask);
        outcome.map_err(|fault| {
            let (fault, asked) = if is_mirror {
                let asked = format!("this site's mirror of {}", self.name);
                (fault.of_mirror(&mirror, &self.name), asked)
            } else {
                (fault, self.name.clone())
            };
            let failed = |problem: String, advice| ServerError::Failed {
                server: self.name.clone(),
                about: question.about.clone(),
                problem,
                advice,
            };
            match (fault, last.reason) {
                (Fault::Stalled { .. }, _) => ServerError::Slow {
                    server: asked,
                    about: question.about.clone(),
                    seconds: limits.server.as_secs_f64().to_string(),
                },
                (Fault::FileTooLarge { .. }, _) => ServerError::AnswerTooLarge {
                    server: self.name.clone(),
                    about: question.about.clone(),
                    most: LARGEST_ANSWER >> 20,
                },
                (Fault::Garbled { problem, .. }, _) => failed(
                    format!(
                        "{problem}, {}; expected no compression (Accept-Encoding: identity)",
                        last.encoding
                    ),
                    "inform the provider of the server or of a proxy in between that it ignores this header".into(),
                ),
                (Fault::Busy { status, .. }, Some(reason)) if reason.hint().is_some() => failed(
                    format!("status {status} at every attempt: {}", one_line(&reason.message)),
                    reason.hint().unwrap_or_default().into(),
                ),
                (fault, _) => of_fault(fault, &asked),
            }
        })
    }
}

/// The details of the last attempt besides its fault.
#[derive(Default)]
struct LastAttempt {
    /// The server's reason for being busy.
    reason: Option<ErrorReason>,
    /// The content coding of the body; empty if it is not compressed.
    encoding: String,
}

fn once<T: DeserializeOwned>(
    transfer: &mut HttpTransfer<'_>,
    headers: &HeaderMap,
    number: u32,
    last: &mut LastAttempt,
) -> Result<Answered<T>, AttemptError> {
    let response = transfer.follow(headers, number)?;
    let status = response.status().as_u16();
    let busy = PASSING
        .contains(&status)
        .then(|| transfer.busy(status, response.headers()));
    let header = |name: &str| {
        let value = response.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let media_type = header(CONTENT_TYPE.as_str()).unwrap_or_default();
    let encoding = header(CONTENT_ENCODING.as_str()).unwrap_or_default();
    if !matches!(
        encoding.trim().to_ascii_lowercase().as_str(),
        "" | "identity"
    ) {
        last.encoding = format!("{CONTENT_ENCODING}: {}", one_line(&encoding));
    }
    let count = |name: &str| header(name).and_then(|text| text.parse().ok());
    let counts = Counts {
        total: count("x-total-count"),
        unusable: count("x-unusable-values").unwrap_or_default(),
    };
    let body = bounded(response, LARGEST_ANSWER)
        .map_err(|error| AttemptError::passing(transfer.broken(&error)))?;
    // More values than any page of hits has would take more memory than the page.
    let body = body.filter(|body| json::check(body, JsonKind::Metadata).is_ok());
    let mut body = body.ok_or(AttemptError::at_last(Fault::FileTooLarge {
        limit: LARGEST_ANSWER,
    }))?;
    if status != StatusCode::OK.as_u16() && !last.encoding.is_empty() {
        // It would be quoted literally.
        body.clear();
    }
    let first = body.trim_ascii_start().first();
    let is_html = media_type.to_ascii_lowercase().contains("html") || first == Some(&b'<');
    let reply = Reply {
        status,
        is_html,
        counts,
        body,
    };
    if let Some(busy) = busy {
        // A search that takes too long takes as long the next time.
        last.reason = reply.reason();
        return if last.reason.as_ref().is_some_and(ErrorReason::is_time) {
            Ok(Answered::Other(reply))
        } else {
            Err(busy)
        };
    }
    if reply.status != StatusCode::OK.as_u16() || is_html {
        return Ok(Answered::Other(reply));
    }
    match serde_json::from_slice(&reply.body) {
        Ok(value) => Ok(Answered::Read(value, reply.counts)),
        // Bodies that are mislabelled as compressed have been parsed by now.
        Err(_) if !last.encoding.is_empty() => Err(AttemptError::at_last(Fault::Garbled {
            host: transfer.host.clone(),
            problem: "it compressed its answer",
        })),
        // It ends in the middle.
        Err(error) if error.is_eof() && !reply.body.is_empty() => {
            Err(AttemptError::passing(Fault::Interrupted {
                host: transfer.host.clone(),
            }))
        }
        Err(_) => Ok(Answered::Other(reply)),
    }
}
