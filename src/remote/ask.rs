//! One request whose answer is held in memory: a page of a service. Unlike a file, an answer with another status than 200 has a
//! meaning, such as *nothing found* or *not ready yet*.

use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue};
use url::Url;

use super::body::bounded;
use super::fault::{AttemptError, Fault};
use super::fetch::Fetcher;
use super::http::{HttpTransfer, asked_to_wait};
use super::location::{host_of, refused_scheme};
use super::mirror::Mirrored;
use super::range::text;
use super::retry::attempts;
use crate::text::secrets::redacted;

/// A request to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteQuestion<'q> {
    /// The URL, of http or https.
    pub url: &'q Url,
    /// The media types that the client takes, as in the header `Accept`.
    pub accept: &'static str,
    /// JSON to send with POST; `None` for GET.
    pub body: Option<&'q [u8]>,
    /// The most bytes of the answer.
    pub most: u64,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteAnswer {
    /// Its status: 200 to 299, 400, 404, 409, 410 or 422.
    pub status: u16,
    /// Its body.
    pub body: Vec<u8>,
    /// The URL of the request without secrets.
    pub retrieved_from: String,
    /// The server that answered: host, and port if not the default.
    pub served_by: String,
    /// Media type from the server.
    pub content_type: Option<String>,
    /// How long the server asks to wait before the next request.
    pub retry_after: Option<Duration>,
}

impl Fetcher {
    /// Sends a request; statuses that mean a passing fault are asked again.
    ///
    /// # Errors
    /// Why there is no answer, or none with a meaning.
    pub fn ask(&self, question: &RemoteQuestion<'_>) -> Result<RemoteAnswer, Fault> {
        let url = question.url;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused_scheme(url.scheme()));
        }
        self.count_file()?;
        let (start, is_mirror) = match self.settings().mirrors.find(url)? {
            None => (url.clone(), false),
            Some(Mirrored::Server(mirror)) if mirror.scheme() != "ftp" => (mirror, true),
            Some(_) => {
                let problem = "is a folder or an ftp server, which cannot answer requests";
                return Err(Fault::Mirror { problem });
            }
        };
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(question.accept));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let limits = &self.settings().limits;
        let (seed, mirror) = (start.to_string(), host_of(&start));
        let outcome = attempts(limits, limits.retries, &seed, |number| {
            let mut transfer = self.transfer(start.clone(), is_mirror, question.body);
            (once(&mut transfer, &headers, question, number), false)
        });
        outcome.map_err(|fault| match is_mirror {
            true => fault.of_mirror(&mirror, &host_of(url)),
            false => fault,
        })
    }
}

fn once(
    transfer: &mut HttpTransfer<'_>,
    headers: &HeaderMap,
    question: &RemoteQuestion<'_>,
    number: u32,
) -> Result<RemoteAnswer, AttemptError> {
    let response = transfer.follow(headers, number)?;
    let status = response.status();
    let has_meaning = matches!(status.as_u16(), 200..=299 | 400 | 404 | 409 | 410 | 422);
    if !has_meaning {
        return Err(transfer.refused(status, response.headers()));
    }
    let content_type = text(response.headers(), &CONTENT_TYPE);
    let retry_after = asked_to_wait(response.headers());
    let body = bounded(response, question.most);
    let body = body.map_err(|error| AttemptError::passing(transfer.broken(&error)))?;
    let body = body.ok_or(AttemptError::at_last(Fault::FileTooLarge {
        limit: question.most,
    }))?;
    Ok(RemoteAnswer {
        status: status.as_u16(),
        body,
        retrieved_from: redacted(question.url.as_str()),
        served_by: transfer.host.clone(),
        content_type,
        retry_after,
    })
}
