//! An answer as it is kept, and what is sent of it to a client.

use std::io::{self, Write as _};
use std::sync::{Arc, OnceLock};

use fairtracks::model::digest::Sha256Sum;
use fairtracks::service::Answer;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_NONE_MATCH, VARY,
};
use hyper::{Response, StatusCode};

use crate::body::Content;
use crate::cache::Tally;
use crate::negotiation::{has_already, takes_gzip};

/// A body below this is as quickly sent as it is compressed.
const SMALLEST_COMPRESSED: usize = 1_000;

/// An answer with what is worked out of it once.
pub struct Stored {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    tag: OnceLock<String>,
    gzip: OnceLock<Option<Bytes>>,
}

/// How answers are sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// With ETag, compressed, for pages of other sites too.
    Modern,
    /// As TrackFind does, without all of that.
    Faithful,
}

impl Stored {
    /// An answer of the service.
    pub fn new(answer: Answer, tally: &Arc<Tally>) -> Self {
        let mut headers = HeaderMap::new();
        if let Some(Ok(media_type)) = answer.content_type.map(HeaderValue::from_str) {
            headers.insert(CONTENT_TYPE, media_type);
        }
        for (name, value) in answer.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
                headers.insert(name, value);
            }
        }
        let mut body = answer.body;
        body.shrink_to_fit();
        Stored {
            status: StatusCode::from_u16(answer.status)
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers,
            body: Bytes::from_owner(tally.count(body)),
            tag: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// An answer of the server itself.
    pub fn whole(status: u16, media_type: &'static str, body: Vec<u8>) -> Self {
        let answer = Answer {
            status,
            content_type: Some(media_type),
            headers: Vec::new(),
            body,
        };
        Stored::new(answer, &Arc::default())
    }

    /// Whether the request was fulfilled.
    pub fn is_success(&self) -> bool {
        self.status == StatusCode::OK
    }

    /// The media type of the body.
    pub fn media_type(&self) -> &str {
        text(&self.headers, &CONTENT_TYPE).unwrap_or_default()
    }

    /// The body as it is.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// What the bodies take in memory.
    pub fn bytes(&self) -> usize {
        let compressed = self.gzip.get().and_then(Option::as_ref);
        self.body.len() + compressed.map_or(0, Bytes::len)
    }

    /// Whether work is to be done before this client can be answered.
    pub fn wants_work(&self, asked: &HeaderMap, manner: Manner) -> bool {
        manner == Manner::Modern
            && self.is_success()
            && (self.tag.get().is_none()
                || (self.gzip.get().is_none() && gzip_is_wanted(asked, &self.body)))
    }

    /// Does that work.
    pub fn work(&self, asked: &HeaderMap, manner: Manner, tally: &Arc<Tally>) {
        if self.wants_work(asked, manner) {
            self.tag();
            if gzip_is_wanted(asked, &self.body) {
                self.gzip.get_or_init(|| {
                    let compressed = gzip(&self.body).ok()?;
                    Some(Bytes::from_owner(tally.count(compressed)))
                });
            }
        }
    }

    /// Works out all that any client may want.
    pub fn prepare(&self, tally: &Arc<Tally>) {
        let mut everything = HeaderMap::new();
        everything.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        self.work(&everything, Manner::Modern, tally);
    }

    /// The name of the bytes, without quotes.
    fn tag(&self) -> &str {
        self.tag.get_or_init(|| {
            let sum = Sha256Sum::of(&self.body).hexadecimal();
            sum.chars().take(32).collect()
        })
    }

    /// What is sent to a client.
    pub fn response(&self, asked: &HeaderMap, manner: Manner) -> Response<Content> {
        let mut response = Response::new(Content::Whole(self.body.clone()));
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        if manner == Manner::Faithful || !self.is_success() {
            return response;
        }
        let headers = response.headers_mut();
        let plain = format!("\"{}\"", self.tag());
        let packed = format!("\"{}-gzip\"", self.tag());
        let compressed = match self.gzip.get() {
            Some(Some(compressed)) if gzip_is_wanted(asked, &self.body) => Some(compressed.clone()),
            _ => None,
        };
        let tag = if compressed.is_some() {
            &packed
        } else {
            &plain
        };
        if let Ok(tag) = HeaderValue::from_str(tag) {
            headers.insert(ETAG, tag);
        }
        headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
        // Another document may be offered tomorrow: whoever keeps an answer asks whether it still holds.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if let Some(known) = text(asked, &IF_NONE_MATCH)
            && has_already(known, &[&plain, &packed])
        {
            headers.remove(CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = Content::empty();
            return response;
        }
        if let Some(compressed) = compressed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            *response.body_mut() = Content::Whole(compressed);
        }
        response
    }
}

/// The text of a header that is sent once.
pub fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn gzip_is_wanted(asked: &HeaderMap, body: &Bytes) -> bool {
    body.len() >= SMALLEST_COMPRESSED && takes_gzip(text(asked, &ACCEPT_ENCODING))
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    // Lists of objects with the same keys become ten times smaller at the fastest level already.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    let mut compressed = encoder.finish()?;
    compressed.shrink_to_fit();
    Ok(compressed)
}
