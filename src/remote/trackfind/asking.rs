//! One question and its answer: redirects, attempts, limits.

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;
use url::Url;

use super::error::ServerError;
use super::route::Question;
use super::{LARGEST_ANSWER, LONGEST_HEAD, Server, judge};
use crate::remote::body::bounded;
use crate::remote::fault::{Fault, Setback};
use crate::remote::http::Journey;
use crate::remote::location::host_of;
use crate::remote::mirror::Mirrored;
use crate::remote::range::Head;
use crate::remote::retry::attempts;

/// The statuses of a server that may have time for the next attempt. 500 is none of them: it is how TrackFind says that it
/// does not know a hub.
const PASSING: [u16; 6] = [408, 425, 429, 502, 503, 504];
/// What the other lines of a request take besides the host and the introduction, with room for what a proxy adds.
const OTHER_LINES: usize = 512;

/// An answer as it came.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: u16,
    pub is_html: bool,
    /// How many rows there are without a limit, where the server says it.
    pub total: Option<u64>,
    pub body: Vec<u8>,
}

/// What came of a question.
pub(super) enum Answered<T> {
    /// What was asked for.
    Read(T, Option<u64>),
    /// Another answer.
    Other(Reply),
}

/// What an answer is read as.
trait Reading<T> {
    /// The media type that is asked for.
    const ACCEPT: &'static str;

    /// The value of a body, if it is one.
    fn read(&self, body: &[u8]) -> Result<T, Unread>;
}

/// Why a body is not what was asked for.
enum Unread {
    /// It ends in the middle.
    Half,
    /// It is something else.
    Other,
}

struct AsJson;
struct AsText;

impl<T: DeserializeOwned> Reading<T> for AsJson {
    const ACCEPT: &'static str = "application/json";

    fn read(&self, body: &[u8]) -> Result<T, Unread> {
        serde_json::from_slice(body).map_err(|error| {
            if error.is_eof() && !body.is_empty() {
                Unread::Half
            } else {
                Unread::Other
            }
        })
    }
}

impl Reading<String> for AsText {
    const ACCEPT: &'static str = "text/plain";

    fn read(&self, body: &[u8]) -> Result<String, Unread> {
        let text = std::str::from_utf8(body).map_err(|_| Unread::Other)?;
        Ok(text.to_owned())
    }
}

impl Server {
    /// Asks for JSON of a shape.
    pub(super) fn json<T: DeserializeOwned>(
        &self,
        question: &Question<'_>,
    ) -> Result<Answered<T>, ServerError> {
        self.ask(question, &AsJson)
    }

    /// Asks for JSON of a shape; any other answer is a failure.
    pub(super) fn must_json<T: DeserializeOwned>(
        &self,
        question: &Question<'_>,
    ) -> Result<T, ServerError> {
        match self.json(question)? {
            Answered::Read(value, _) => Ok(value),
            Answered::Other(reply) => Err(self.failure(question, &reply)),
        }
    }

    /// Asks for a text.
    pub(super) fn text(&self, question: &Question<'_>) -> Result<Answered<String>, ServerError> {
        self.ask(question, &AsText)
    }

    /// How many bytes the head of a request for this address has, at most.
    pub(super) fn head_length(&self, url: &Url) -> usize {
        // The host stands in its line and, for a proxy, in the first line too.
        url.as_str().len() + host_of(url).len() + self.settings.user_agent.len() + OTHER_LINES
    }

    fn ask<T, R: Reading<T>>(
        &self,
        question: &Question<'_>,
        reading: &R,
    ) -> Result<Answered<T>, ServerError> {
        let of_fault = |fault| ServerError::of_fault(fault, &self.name);
        let url = question.url(&self.base)?;
        let mirrored = self.settings.mirrors.find(&url).map_err(of_fault)?;
        let (start, is_mirror) = match mirrored {
            None => (url, false),
            Some(Mirrored::Server(mirror)) if mirror.scheme() != "ftp" => (mirror, true),
            Some(_) => {
                return Err(of_fault(Fault::Mirror {
                    problem: "of this server is a folder or an ftp server, which answers no questions",
                }));
            }
        };
        let bytes = self.head_length(&start);
        if bytes > LONGEST_HEAD {
            return Err(judge::too_long(self, question, bytes));
        }
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(R::ACCEPT));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let (seed, mirror) = (start.to_string(), host_of(&start));
        let mut journey = Journey {
            public: &self.public,
            site: self
                .site
                .as_ref()
                .filter(|_| is_mirror)
                .map(|way| (way, start.origin())),
            limits: &self.settings.limits,
            head: Head::default(),
            resumed: false,
            host: host_of(&start),
            start,
        };
        let limits = &self.settings.limits;
        let outcome = attempts(limits, limits.retries, &seed, |number| {
            (once(&mut journey, &headers, number, reading), false)
        });
        outcome.map_err(|fault| {
            let fault = if is_mirror {
                fault.of_mirror(&mirror, &self.name)
            } else {
                fault
            };
            match fault {
                Fault::FileTooLarge { .. } => ServerError::AnswerTooLarge {
                    server: self.name.clone(),
                    about: question.about.clone(),
                    most: LARGEST_ANSWER >> 20,
                },
                fault => of_fault(fault),
            }
        })
    }
}

/// One attempt.
fn once<T, R: Reading<T>>(
    journey: &mut Journey<'_>,
    headers: &HeaderMap,
    number: u32,
    reading: &R,
) -> Result<Answered<T>, Setback> {
    let response = journey.follow(headers, number)?;
    let status = response.status().as_u16();
    let busy = PASSING
        .contains(&status)
        .then(|| journey.busy(status, response.headers()));
    let header = |name: &str| {
        let value = response.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let media_type = header(CONTENT_TYPE.as_str()).unwrap_or_default();
    let total = header("x-total-count").and_then(|text| text.parse().ok());
    let body = bounded(response, LARGEST_ANSWER)
        .map_err(|error| Setback::passing(journey.broken(&error)))?;
    let body = body.ok_or(Setback::at_last(Fault::FileTooLarge {
        limit: LARGEST_ANSWER,
    }))?;
    let first = body.trim_ascii_start().first();
    let is_html = media_type.to_ascii_lowercase().contains("html") || first == Some(&b'<');
    let reply = Reply {
        status,
        is_html,
        total,
        body,
    };
    if let Some(busy) = busy {
        // A search that takes too long takes as long the next time.
        let is_too_long = reply.told().is_some_and(|told| told.reason == "time");
        return if is_too_long {
            Ok(Answered::Other(reply))
        } else {
            Err(busy)
        };
    }
    if reply.status != StatusCode::OK.as_u16() || is_html {
        return Ok(Answered::Other(reply));
    }
    match reading.read(&reply.body) {
        Ok(value) => Ok(Answered::Read(value, reply.total)),
        Err(Unread::Half) => Err(Setback::passing(Fault::Interrupted {
            host: journey.host.clone(),
        })),
        Err(Unread::Other) => Ok(Answered::Other(reply)),
    }
}
