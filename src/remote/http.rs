//! One attempt over http or https: redirects are followed here, bodies are not decoded, and resumed if that is safe.

use std::error::Error;
use std::io;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::blocking::Response;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, IF_RANGE, LOCATION, RANGE,
    RETRY_AFTER,
};
use url::{Origin, Url};

use super::client::HttpRoute;
use super::error_sources::error_sources;
use super::fault::{AttemptError, Fault};
use super::location::host_of;
use super::open_files;
use super::part_file::{PartFile, TransferError};
use super::range::{Head, RangeResponse, judge, text};
use super::retry::retry_after;
use super::settings::TransferLimits;

/// The number of contradictory range responses after which only the whole file is requested.
const MOST_CONTRADICTIONS: u32 = 2;

const MOST_REDIRECTS: usize = 10;

/// The state of a download across attempts.
#[derive(Debug)]
pub(crate) struct HttpTransfer<'f> {
    /// The client for the internet.
    pub public: &'f HttpRoute,
    /// The client for mirrors and the server that is one; it is used for this server only.
    pub site: Option<(&'f HttpRoute, Origin)>,
    pub limits: &'f TransferLimits,
    /// The body of a request with POST; `None` for GET.
    pub question: Option<&'f [u8]>,
    /// The URL of the first request.
    pub start: Url,
    /// The known metadata of the file.
    pub head: Head,
    pub resumed: bool,
    pub contradictions: u32,
    /// The server that finally sent the file, for messages and reports.
    pub host: String,
}

impl HttpTransfer<'_> {
    /// Downloads the file, or the missing part of it.
    pub(super) fn attempt(&mut self, part: &mut PartFile, number: u32) -> Result<(), AttemptError> {
        let offset = part.written();
        let validator = self.head.validator();
        let validator =
            validator.filter(|_| offset > 0 && self.contradictions < MOST_CONTRADICTIONS);
        let validator = validator.and_then(|text| HeaderValue::from_str(text).ok());
        if validator.is_none() {
            part.restart()?;
        }
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let is_rest = validator.is_some();
        if let Some(validator) = validator {
            headers.insert(IF_RANGE, validator);
            let range = HeaderValue::from_str(&format!("bytes={offset}-"));
            headers.insert(RANGE, range.map_err(|_| self.garbled("its size"))?);
        }
        let response = self.follow(&headers, number)?;
        let status = response.status();
        let resumed = is_rest.then_some((&self.head, offset));
        match judge(status.as_u16(), response.headers(), resumed) {
            RangeResponse::Whole(head) => {
                part.restart()?;
                self.head = head;
                if let Some(size) = self.head.size {
                    part.expect(size)?;
                }
                self.take(response, part, None)
            }
            RangeResponse::Rest { end, size } => {
                self.resumed = true;
                self.head.size = Some(size);
                part.expect(size)?;
                self.take(response, part, Some(end))
            }
            RangeResponse::Complete => Ok(()),
            RangeResponse::Contradiction(problem) => self.start_again(part, problem),
            RangeResponse::Refusal => Err(self.refused(status, response.headers())),
        }
    }

    /// Receives a body. `end` is the end of a part of the file.
    fn take(
        &mut self,
        mut response: Response,
        part: &mut PartFile,
        end: Option<u64>,
    ) -> Result<(), AttemptError> {
        match part.take_all(&mut response) {
            Ok(()) => {}
            Err(TransferError::Local(fault)) => return Err(AttemptError::at_last(fault)),
            Err(TransferError::Source(error)) => {
                return Err(AttemptError::passing(self.broken(&error)));
            }
        }
        let written = part.written();
        let size = self.head.size;
        if size.is_some_and(|size| written > size) || end.is_some_and(|end| written > end) {
            return self.start_again(part, "it sent more bytes than announced");
        }
        match size {
            Some(size) if written < size => Err(AttemptError::passing(Fault::Interrupted {
                host: self.host.clone(),
            })),
            _ => Ok(()),
        }
    }

    /// Requests the file and follows redirects. Each host is checked before the connection.
    pub fn follow(&mut self, headers: &HeaderMap, number: u32) -> Result<Response, AttemptError> {
        let mut url = self.start.clone();
        let mut question = self.question;
        for _ in 0..=MOST_REDIRECTS {
            self.host = host_of(&url);
            let response = self.request(&url, headers, question, number)?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return Ok(response);
            }
            // Only these two keep the method (RFC 9110, 15.4).
            question = question.filter(|_| matches!(status, 307 | 308));
            url = next(&url, response.headers())?;
        }
        Err(AttemptError::at_last(Fault::Redirect {
            host: host_of(&self.start),
            problem: "more than 10 redirects in a row; open the URL in a browser to see where it leads",
        }))
    }

    fn request(
        &self,
        url: &Url,
        headers: &HeaderMap,
        question: Option<&[u8]>,
        number: u32,
    ) -> Result<Response, AttemptError> {
        let way = match &self.site {
            Some((way, origin)) if *origin == url.origin() => way,
            _ => self.public,
        };
        if number > 1 {
            way.hosts.forget(url);
        }
        way.hosts.check(url)?;
        if let Some(proxy) = &way.proxy {
            way.hosts.trust_name(proxy);
        }
        let request = match question {
            None => way.client.get(url.clone()),
            Some(question) => {
                let request = way.client.post(url.clone()).body(question.to_vec());
                request.header(CONTENT_TYPE, "application/json")
            }
        };
        request
            .headers(headers.clone())
            .timeout(self.limits.stall)
            .send()
            .map_err(|error| AttemptError::passing(self.failed(&error)))
    }

    fn start_again(
        &mut self,
        part: &mut PartFile,
        problem: &'static str,
    ) -> Result<(), AttemptError> {
        self.head = Head::default();
        self.contradictions += 1;
        part.restart()?;
        Err(AttemptError::passing(Fault::Garbled {
            host: self.host.clone(),
            problem,
        }))
    }

    pub(super) fn refused(&self, status: StatusCode, headers: &HeaderMap) -> AttemptError {
        let host = self.host.clone();
        let status = status.as_u16();
        match status {
            404 | 410 => AttemptError::at_last(Fault::NotFound { host, status }),
            // A Retry-After header means a temporary refusal.
            403 if asked_to_wait(headers).is_some() => self.busy(status, headers),
            401 | 403 | 407 => AttemptError::at_last(Fault::Denied { host, status }),
            408 | 425 | 429 | 500..=599 => self.busy(status, headers),
            _ => AttemptError::at_last(Fault::Answer { host, status }),
        }
    }

    /// A server that may have time for the next attempt.
    pub fn busy(&self, status: u16, headers: &HeaderMap) -> AttemptError {
        AttemptError {
            fault: Fault::Busy {
                host: self.host.clone(),
                status,
            },
            again: true,
            wait: asked_to_wait(headers),
        }
    }

    fn garbled(&self, problem: &'static str) -> Fault {
        Fault::Garbled {
            host: self.host.clone(),
            problem,
        }
    }

    fn stalled(&self) -> Fault {
        Fault::Stalled {
            host: self.host.clone(),
            seconds: self.limits.stall.as_secs_f64().to_string(),
        }
    }

    /// Why a body was interrupted.
    pub fn broken(&self, error: &io::Error) -> Fault {
        let inner = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<reqwest::Error>());
        if inner.is_some_and(reqwest::Error::is_timeout) {
            return self.stalled();
        }
        Fault::Interrupted {
            host: self.host.clone(),
        }
    }

    /// Why there is no response. The text of the error is not used, because it contains the URL with its secrets.
    fn failed(&self, error: &reqwest::Error) -> Fault {
        let host = self.host.clone();
        let unreachable = |problem| Fault::Unreachable {
            host: host.clone(),
            problem,
        };
        let causes = error_sources(error);
        if open_files::is_cause(&causes) {
            return Fault::OpenFiles;
        }
        if error.is_timeout() && !error.is_connect() {
            return self.stalled();
        }
        if let Some(problem) = unreadable_head(&causes) {
            return Fault::Head { host, problem };
        }
        if !error.is_connect() {
            return Fault::Interrupted { host };
        }
        if causes.iter().any(|cause| cause.is::<rustls::Error>()) {
            return Fault::Certificate { host };
        }
        let is_refused = causes.iter().any(|cause| {
            let io = cause.downcast_ref::<io::Error>();
            io.is_some_and(|io| io.kind() == io::ErrorKind::ConnectionRefused)
        });
        if is_refused {
            unreachable("connection refused")
        } else if error.is_timeout() {
            unreachable("connection timed out")
        } else {
            unreachable("host unreachable")
        }
    }
}

pub(super) fn asked_to_wait(headers: &HeaderMap) -> Option<Duration> {
    text(headers, &RETRY_AFTER).and_then(|text| retry_after(&text, Timestamp::now()))
}

/// The fault of the response headers, if they are the cause.
fn unreadable_head(causes: &[&(dyn Error + 'static)]) -> Option<&'static str> {
    let http = causes
        .iter()
        .find_map(|cause| cause.downcast_ref::<hyper::Error>())?;
    if http.is_parse_too_large() {
        Some("are too many or too long")
    } else if http.is_parse_status() || http.is_parse() {
        Some("are not valid HTTP")
    } else {
        None
    }
}

/// The target of a redirect, if it may be followed.
fn next(from: &Url, headers: &HeaderMap) -> Result<Url, AttemptError> {
    let refused = |problem| {
        AttemptError::at_last(Fault::Redirect {
            host: host_of(from),
            problem,
        })
    };
    let location = headers.get(LOCATION);
    let location = location.ok_or_else(|| refused("it has no Location header"))?;
    let location = std::str::from_utf8(location.as_bytes());
    let location = location.map_err(|_| refused("its Location is not a valid URL"))?;
    let mut url = from
        .join(location)
        .map_err(|_| refused("its Location is not a valid URL"))?;
    match (from.scheme(), url.scheme()) {
        ("https", "http") => Err(refused(
            "it leads from https to http, which is insecure; inform the provider",
        )),
        (_, "http" | "https") => {
            // A relative URL keeps the user of the previous one; an absolute one only for the same server.
            if from.origin() == url.origin() && url.username().is_empty() {
                let _ = url.set_username(from.username());
                let _ = url.set_password(from.password());
            }
            url.set_fragment(None);
            Ok(url)
        }
        _ => Err(refused("it leads to a URL other than http or https")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(from: &str, location: &str) -> Result<String, &'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_str(location).unwrap());
        match next(&Url::parse(from).unwrap(), &headers) {
            Ok(url) => Ok(url.to_string()),
            Err(failure) => match failure.fault {
                Fault::Redirect { problem, .. } => Err(problem),
                fault => panic!("{fault}"),
            },
        }
    }

    #[test]
    fn redirects_lead_on_or_are_refused() {
        for (from, location, to) in [
            ("http://a.org/x", "/y?s=%2B", "http://a.org/y?s=%2B"),
            ("http://a.org/x", "https://a.org/y", "https://a.org/y"),
            ("http://u:p@a.org/x", "/y", "http://u:p@a.org/y"),
            ("http://u:p@a.org/x", "http://a.org/y", "http://u:p@a.org/y"),
            ("http://u:p@a.org/x", "http://b.org/y", "http://b.org/y"),
            ("http://u:p@a.org/x", "//b.org/y", "http://b.org/y"),
            ("http://u:p@a.org/x", "http://a.org:8/y", "http://a.org:8/y"),
        ] {
            assert_eq!(led(from, location).as_deref(), Ok(to), "{location}");
        }
        for (from, location) in [
            ("https://a.org/x", "http://a.org/x"),
            ("https://a.org/x", "file:///etc/passwd"),
            ("https://a.org/x", "ftp://a.org/x"),
            ("https://a.org/x", "gopher://a.org/x"),
            ("https://a.org/x", "data:,x"),
            ("https://a.org/x", "http://["),
        ] {
            assert!(led(from, location).is_err(), "{location}");
        }
    }
}
