//! What is where: the interface, the files, the page, and what every answer has.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::body::Body as _;
use hyper::body::Incoming;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CONNECTION, HeaderMap,
    HeaderValue, RETRY_AFTER, SERVER, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};

use crate::body::Content;
use crate::files::Files;
use crate::log::{Entry, Log};
use crate::refusal;
use crate::stored::{Manner, Stored};
use crate::work::{Asked, Work, overloaded};

/// Where the interface is.
const API: &str = "/api/v1";
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
/// The longest request that TrackFind's web server takes: its line and its headers.
const LONGEST_FAITHFUL_HEAD: usize = 8 << 10;
const SECONDS_TO_COME_BACK: &str = "5";

/// All that is served.
pub struct Site {
    /// Answers of the interface.
    pub work: Work,
    /// Track files.
    pub files: Option<Files>,
    /// The page for people.
    pub page: Stored,
    /// The description of the interface, where it is TrackFind's no more.
    pub openapi: Option<Stored>,
    /// Whether answers are TrackFind's.
    pub manner: Manner,
    /// What was asked.
    pub log: Log,
}

impl Site {
    /// Answers a request and notes it.
    pub async fn serve(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> Result<Response<Content>, Infallible> {
        let start = Instant::now();
        let (head, body) = request.into_parts();
        let query = head.uri.query().map(str::to_owned);
        let asked = Asked {
            path: head.uri.path().to_owned(),
            query,
            headers: head.headers,
        };
        let line = head.method.as_str().len() + target(&asked).len();
        let mut response = if self.manner == Manner::Faithful && is_refused_by_tomcat(&asked, line)
        {
            refusal::bad_request_page().response(&asked.headers, self.manner)
        } else {
            self.answer(&head.method, &asked).await
        };
        let headers = response.headers_mut();
        headers.insert(SERVER, HeaderValue::from_static(refusal::SERVER));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if self.manner == Manner::Modern {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            let exposed = "accept-ranges, content-range, etag, x-total-count, x-unusable-values";
            let exposed = HeaderValue::from_static(exposed);
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
        if !body.is_end_stream() {
            // Nothing that is served takes a body, and one that is not read would be taken for the next request.
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            let seconds = HeaderValue::from_static(SECONDS_TO_COME_BACK);
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        if self.log.is_kept() {
            let is_sent = head.method != Method::HEAD;
            self.log.note(Entry {
                status: response.status().as_u16(),
                method: head.method.as_str().to_owned(),
                target: target(&asked),
                bytes: response
                    .body()
                    .size_hint()
                    .exact()
                    .filter(|_| is_sent)
                    .unwrap_or(0),
                took: start.elapsed(),
            });
        }
        Ok(response)
    }

    async fn answer(&self, method: &Method, asked: &Asked) -> Response<Content> {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        let (path, headers) = (asked.path.as_str(), &asked.headers);
        if *method == Method::OPTIONS {
            return self.options();
        }
        let below = |folder: &str| {
            path.strip_prefix(folder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if let (Some(openapi), "/api/v1/openapi.json") = (&self.openapi, path) {
            return self.own(method, openapi, headers);
        }
        if below(API) {
            if reads {
                return self.work.answer(asked).await.response(headers, self.manner);
            }
            let stored = self.work.answer_to(method.as_str(), asked);
            return stored.response(headers, self.manner);
        }
        if path == "/" {
            return self.own(method, &self.page, headers);
        }
        if let (Some(files), Some(name)) = (&self.files, path.strip_prefix("/files/")) {
            if !reads {
                return self.not_allowed(headers);
            }
            let response = files.response(name, headers).await;
            return response.unwrap_or_else(|| self.not_found(headers));
        }
        self.not_found(headers)
    }

    /// What the server itself has, to be read.
    fn own(&self, method: &Method, stored: &Stored, headers: &HeaderMap) -> Response<Content> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return self.not_allowed(headers);
        }
        stored.response(headers, self.manner)
    }

    fn options(&self) -> Response<Content> {
        let mut response = Response::new(Content::empty());
        response.headers_mut().insert(ALLOW, METHODS);
        if self.manner == Manner::Modern {
            *response.status_mut() = StatusCode::NO_CONTENT;
            let headers = response.headers_mut();
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            let allowed = "accept, range, if-range, if-none-match, if-modified-since";
            let allowed = HeaderValue::from_static(allowed);
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
            headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
        }
        response
    }

    fn not_allowed(&self, headers: &HeaderMap) -> Response<Content> {
        let message = "this can be read only, expected the method GET";
        let stored = refusal::told(405, "method", message, "use GET");
        let mut response = stored.response(headers, self.manner);
        response.headers_mut().insert(ALLOW, METHODS);
        response
    }

    fn not_found(&self, headers: &HeaderMap) -> Response<Content> {
        let hint = if self.openapi.is_some() {
            "see / for what is served, and /api/v1/openapi.json for all routes"
        } else {
            "see / for what is served"
        };
        let stored = refusal::told(404, "address", "nothing is at this address", hint);
        stored.response(headers, self.manner)
    }

    /// The whole answer, as bytes, to what could not be read as a request.
    pub fn refusal(&self, status: u16) -> Vec<u8> {
        let (status, stored) = refusal::unreadable(status, self.manner);
        self.note_refusal(status, &stored);
        refusal::bytes(status, &stored, &[])
    }

    /// The whole answer, as bytes, to a client that sends a request too slowly; TrackFind's web server gives none.
    pub fn too_slow(&self) -> Option<Vec<u8>> {
        (self.manner == Manner::Modern).then(|| self.refusal(408))
    }

    /// The whole answer, as bytes, to a client for whom there is no connection left.
    pub fn turned_away(&self) -> Vec<u8> {
        let stored = overloaded();
        self.note_refusal(503, &stored);
        refusal::bytes(503, &stored, &[("retry-after", SECONDS_TO_COME_BACK)])
    }

    fn note_refusal(&self, status: u16, stored: &Stored) {
        self.log.note(Entry {
            status,
            method: "-".to_owned(),
            target: "-".to_owned(),
            bytes: stored.body().len() as u64,
            took: Duration::ZERO,
        });
    }
}

/// Path and query as they were sent.
fn target(asked: &Asked) -> String {
    let query = asked.query.as_deref().map(|query| format!("?{query}"));
    let query = query.map_or(Cow::Borrowed(""), Cow::Owned);
    format!("{}{query}", asked.path)
}

/// Whether TrackFind's web server would not even show this request to TrackFind.
fn is_refused_by_tomcat(asked: &Asked, line: usize) -> bool {
    // " HTTP/1.1", ": " and the ends of lines are sent too.
    let headers = asked.headers.iter();
    let headers: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    line + " ".len() + " HTTP/1.1\r\n\r\n".len() + headers > LONGEST_FAITHFUL_HEAD
}
