//! What is sent of a kept answer to a client: compressed or not, or only that the client's own copy still holds.

use axum::body::Bytes;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, VARY,
};
use axum::http::{Response, StatusCode};

use super::error_response;
use super::preconditions::{PreconditionOutcome, Validators};
use super::stored::{Manner, StoredAnswer, gzip_is_wanted};

impl StoredAnswer {
    /// The body sent to a client.
    pub fn response(&self, asked: &HeaderMap, manner: Manner) -> Response<Bytes> {
        let mut response = Response::new(self.body.clone());
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        if manner == Manner::Faithful || !self.is_success() {
            return response;
        }
        let compressed = match self.gzip.get() {
            Some(Some(compressed)) if gzip_is_wanted(asked, &self.body) => Some(compressed.clone()),
            _ => None,
        };
        let coding = if compressed.is_some() { "-gzip" } else { "" };
        let tag = format!("\"{}{coding}\"", self.tag());
        let version = Validators {
            tag: &tag,
            modified: None,
        };
        let outcome = version.check(asked);
        if outcome == PreconditionOutcome::Failed {
            return error_response::another_version().response(asked, manner);
        }
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(ETAG, tag);
        }
        headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
        // Another document may be offered tomorrow: caches must revalidate.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if outcome == PreconditionOutcome::NotModified {
            headers.remove(CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = Bytes::new();
        } else if let Some(compressed) = compressed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            *response.body_mut() = compressed;
        }
        response
    }
}
