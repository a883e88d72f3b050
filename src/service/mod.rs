//! TrackFind's web interface over documents: a request's values in, an answer's values out.

use thiserror::Error;

use crate::model::document::Document;

/// One document as it is offered.
#[derive(Debug)]
pub struct HubSource {
    /// The repository that it is in.
    pub repository: String,
    /// The name of the hub.
    pub hub: String,
    /// What the hub holds.
    pub document: Document,
}

/// How hubs are offered.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether answers are TrackFind's to the byte, its quirks included.
    pub faithful: bool,
    /// Whether each hub has the category `non_standard_samples` too, a copy of its samples, as TrackFind's example has.
    pub copy_samples: bool,
    /// Whether the metamodel has `tracks.genome_assembly` beside `tracks.assembly_name`, for clients that read it.
    pub epico_alias: bool,
    /// Most rows of an answer.
    pub most_rows: usize,
    /// Longest query, in bytes.
    pub longest_query: usize,
}

/// A request below `/api/v1`.
pub struct Request<'r> {
    /// The method, `GET`.
    pub method: &'r str,
    /// The path as it was sent, percent-encoded.
    pub path: &'r str,
    /// What follows the question mark, as it was sent.
    pub query: Option<&'r str>,
    /// The header `Accept`.
    pub accept: Option<&'r str>,
    /// Whether the work may go on: not if the time is up.
    pub goes_on: &'r (dyn Fn() -> bool + Sync),
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type of the body.
    pub content_type: Option<&'static str>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why hubs cannot be offered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ServiceError {
    /// Two documents have one name.
    #[error(
        "the hub {repository}/{hub} is given twice, expected another name for one of the documents"
    )]
    Twice {
        /// The repository.
        repository: String,
        /// The hub.
        hub: String,
    },
}

/// The hubs that are offered.
#[derive(Debug)]
pub struct Service {
    hubs: Vec<HubSource>,
    options: Options,
}

impl Service {
    /// Prepares hubs for their searches.
    ///
    /// # Errors
    /// Two hubs of one name.
    pub fn new(hubs: Vec<HubSource>, options: Options) -> Result<Self, ServiceError> {
        Ok(Service { hubs, options })
    }

    /// Answers a request.
    pub fn answer(&self, _request: &Request<'_>) -> Answer {
        let _ = (&self.hubs, &self.options);
        Answer {
            status: 404,
            content_type: None,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }
}
