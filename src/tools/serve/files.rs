//! Track files of a folder, in parts too (RFC 9110, section 14).

use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::cli::Failure;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName,
    HeaderValue, LAST_MODIFIED, RANGE,
};
use axum::http::{Method, Response, StatusCode};
use percent_encoding::percent_decode_str;
use tokio::task::spawn_blocking;

use super::body::Pieces;
use super::error_response;
use super::negotiation::{RequestedRange, single, wanted};
use super::preconditions::{PreconditionOutcome, Validators};

/// What ends a name, and what is in such a file. Text is shown as text, whatever it may be besides.
const MEDIA_TYPES: [(&str, &str); 8] = [
    ("application/json", "json geojson"),
    ("application/gzip", "gz tgz bgz"),
    ("application/zip", "zip"),
    ("application/pdf", "pdf"),
    ("image/png", "png"),
    ("image/jpeg", "jpg jpeg"),
    ("text/csv; charset=utf-8", "csv"),
    (
        "text/plain; charset=utf-8",
        "txt md tsv tab bed bedgraph narrowpeak broadpeak gappedpeak gff gff3 gtf wig vcf sam fa \
         fasta fai gsuite gtrack interval html htm xml svg sizes log yaml yml",
    ),
];

/// The last second of an HTTP date.
const LATEST: u64 = 253_402_300_799;

pub struct FileFolder {
    folder: PathBuf,
}

struct Found {
    file: File,
    size: u64,
    tag: String,
    modified: SystemTime,
}

impl FileFolder {
    /// The files of a folder.
    ///
    /// # Errors
    /// The folder does not exist.
    pub fn new(folder: &Path) -> Result<Self, Failure> {
        let at = |problem: &dyn std::fmt::Display| Failure::at(folder.display(), problem);
        let whole = folder.canonicalize().map_err(|error| at(&error))?;
        if !whole.is_dir() {
            return Err(at(&"found a file, expected a folder of track files"));
        }
        Ok(FileFolder { folder: whole })
    }

    /// The response to a request for a file by its percent-encoded name; `None` if there is no such file.
    pub async fn response(
        &self,
        name: &str,
        method: &Method,
        asked: &HeaderMap,
    ) -> Option<Response<Body>> {
        let path = self.path(name)?;
        let media_type = media_type(&path);
        let folder = self.folder.clone();
        let found = spawn_blocking(move || find(&folder, &path)).await.ok()?;
        let found = found.ok()??;
        let (mut response, part) = found.head(method, asked);
        if let Ok(media_type) = HeaderValue::from_str(media_type)
            && response.status().is_success()
        {
            response.headers_mut().insert(CONTENT_TYPE, media_type);
        }
        if let Some((first, length)) = part {
            let mut file = found.file;
            if first > 0 {
                file.seek(SeekFrom::Start(first)).ok()?;
            }
            *response.body_mut() = Body::new(Pieces::new(file, length));
        }
        Some(response)
    }

    /// Where a file of this name is, if it is in the folder by its name.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let mut path = self.folder.clone();
        for segment in name.split('/') {
            let segment = percent_decode_str(segment).decode_utf8().ok()?;
            // Hidden files are not shown, `.` and `..` among them.
            if segment.is_empty() || segment.starts_with('.') || segment.contains(['/', '\\', '\0'])
            {
                return None;
            }
            path.push(&*segment);
        }
        Some(path)
    }
}

/// Opens a file, unless a link has led out of the folder or to what is hidden.
fn find(folder: &Path, path: &Path) -> io::Result<Option<Found>> {
    let real = path.canonicalize()?;
    let Ok(inside) = real.strip_prefix(folder) else {
        return Ok(None);
    };
    let is_hidden = inside
        .iter()
        .any(|part| part.to_string_lossy().starts_with('.'));
    // Opening a pipe would block.
    if is_hidden || !fs::metadata(&real)?.is_file() {
        return Ok(None);
    }
    let file = File::open(&real)?;
    let metadata = file.metadata()?;
    let since = metadata
        .modified()?
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    // Times of HTTP have no parts of seconds, and httpdate knows none after the year 9999.
    let seconds = since.as_secs().min(LATEST);
    Ok(Some(Found {
        size: metadata.len(),
        tag: format!("\"{:x}-{:x}\"", metadata.len(), since.as_nanos()),
        modified: UNIX_EPOCH + Duration::from_secs(seconds),
        file,
    }))
}

impl Found {
    /// The answer without its body, and the bytes that its body has: the first and how many.
    fn head(&self, method: &Method, asked: &HeaderMap) -> (Response<Body>, Option<(u64, u64)>) {
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        set(headers, ETAG, &self.tag);
        set(headers, ACCEPT_RANGES, "bytes");
        set(
            headers,
            LAST_MODIFIED,
            &httpdate::fmt_http_date(self.modified),
        );
        let version = Validators {
            tag: &self.tag,
            modified: Some(self.modified),
        };
        match version.check(asked) {
            PreconditionOutcome::Proceed => {}
            PreconditionOutcome::NotModified => {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return (response, None);
            }
            PreconditionOutcome::Failed => {
                let refusal = error_response::another_version().response(asked, false);
                return (refusal.map(Body::from), None);
            }
        }
        // A part of another version of the file is of no use: then it is sent whole.
        let has_parts = method == Method::GET && version.parts_fit(asked);
        let range = single(asked, RANGE).filter(|_| has_parts);
        let (first, length) =
            match range.map_or(RequestedRange::Whole, |range| wanted(range, self.size)) {
                RequestedRange::Whole => (0, self.size),
                RequestedRange::Part(first, last) => {
                    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                    let range = format!("bytes {first}-{last}/{}", self.size);
                    set(response.headers_mut(), CONTENT_RANGE, &range);
                    (first, last - first + 1)
                }
                RequestedRange::Nothing => {
                    *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                    set(
                        response.headers_mut(),
                        CONTENT_RANGE,
                        &format!("bytes */{}", self.size),
                    );
                    return (response, None);
                }
            };
        set(response.headers_mut(), CONTENT_LENGTH, &length.to_string());
        (response, Some((first, length)))
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// The media type of a file of this name.
fn media_type(path: &Path) -> &'static str {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let known = MEDIA_TYPES
        .iter()
        .find(|(_, endings)| endings.split(' ').any(|known| known == ending));
    known.map_or("application/octet-stream", |(media_type, _)| media_type)
}
