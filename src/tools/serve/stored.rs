//! An answer as it is kept, with what is worked out of it once.

use std::io::{self, Write as _};
use std::sync::OnceLock;

use crate::archive::digest::Sha256Sum;
use crate::trackfind::server::ServerAnswer;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::negotiation::{combined, takes_gzip};

/// A body below this is as quickly sent as it is compressed.
const SMALLEST_COMPRESSED: usize = 1_000;

/// An answer with what is worked out of it once.
pub struct StoredAnswer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    tag: OnceLock<String>,
    pub(super) gzip: OnceLock<Option<Bytes>>,
}

impl StoredAnswer {
    pub fn new(answer: ServerAnswer) -> Self {
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
        StoredAnswer {
            status: StatusCode::from_u16(answer.status)
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers,
            body: Bytes::from(body),
            tag: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// An answer of the server itself.
    pub fn whole(status: u16, media_type: &'static str, body: Vec<u8>) -> Self {
        StoredAnswer::new(ServerAnswer {
            status,
            content_type: Some(media_type),
            headers: Vec::new(),
            body,
        })
    }

    /// Whether the request was fulfilled.
    pub fn is_success(&self) -> bool {
        self.status == StatusCode::OK
    }

    pub fn media_type(&self) -> &str {
        let media_type = self.headers.get(CONTENT_TYPE);
        media_type
            .and_then(|text| text.to_str().ok())
            .unwrap_or_default()
    }

    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The memory of the bodies, in bytes.
    pub fn bytes(&self) -> usize {
        let compressed = self.gzip.get().and_then(Option::as_ref);
        self.body.len() + compressed.map_or(0, Bytes::len)
    }

    /// Whether work is to be done before this client can be answered.
    pub fn wants_work(&self, asked: &HeaderMap, faithful: bool) -> bool {
        !faithful
            && self.is_success()
            && (self.tag.get().is_none()
                || (self.gzip.get().is_none() && gzip_is_wanted(asked, &self.body)))
    }

    /// Does that work, as far as it may hold the memory: `reserve` tells whether this many bytes may be held, those of
    /// the body included.
    pub fn work(&self, asked: &HeaderMap, faithful: bool, reserve: &dyn Fn(usize) -> bool) {
        if !self.wants_work(asked, faithful) {
            return;
        }
        self.tag();
        if gzip_is_wanted(asked, &self.body) {
            let most = self.body.len();
            if self.gzip.get().is_none() && reserve(2 * most) {
                self.gzip
                    .get_or_init(|| gzip(&self.body, most).ok().map(Bytes::from));
            }
        }
    }

    /// Works out all that any client may want.
    pub fn prepare(&self) {
        let mut everything = HeaderMap::new();
        everything.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        self.work(&everything, false, &|_| true);
    }

    /// The name of the bytes, without quotes.
    pub(super) fn tag(&self) -> &str {
        self.tag.get_or_init(|| {
            let sum = Sha256Sum::of(&self.body).hexadecimal();
            sum.chars().take(32).collect()
        })
    }
}

/// Whether the client takes a body compressed, and it is large enough to be.
pub(super) fn gzip_is_wanted(asked: &HeaderMap, body: &Bytes) -> bool {
    body.len() >= SMALLEST_COMPRESSED && takes_gzip(combined(asked, ACCEPT_ENCODING).as_deref())
}

/// Compresses a body, unless that makes it larger.
fn gzip(body: &[u8], most: usize) -> io::Result<Vec<u8>> {
    let bytes = Limited {
        bytes: Vec::with_capacity(most),
        most,
    };
    // Lists of objects with the same keys become ten times smaller at the fastest level already.
    let mut encoder = GzEncoder::new(bytes, Compression::fast());
    encoder.write_all(body)?;
    let mut compressed = encoder.finish()?.bytes;
    compressed.shrink_to_fit();
    Ok(compressed)
}

/// A bounded number of bytes in memory.
struct Limited {
    bytes: Vec<u8>,
    most: usize,
}

impl io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
