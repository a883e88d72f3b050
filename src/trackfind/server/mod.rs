//! TrackFind's web interface over documents: a request's values in, an answer's values out.
//!
//! A request's URL is parsed (`address`), its route found (`routes`), and each route answers from the `store`, which keeps every
//! object with its text. `search` evaluates the rows of the joins; `metamodel` lists attributes and values; `gsuite` and
//! `converter` write GSuite. There are two modes: sane, with errors as JSON with advice, and faithful, with every response
//! equal to
//! TrackFind's to
//! the byte (`java`, `jackson`, `postgresql`), including its quirks.

use std::collections::HashSet;

use thiserror::Error;

use crate::fairtracks::document::Document;

mod address;
mod converter;
mod flat;
mod gsuite;
mod jackson;
mod java;
mod memory;
mod metamodel;
mod negotiation;
mod paging;
mod postgresql;
mod problem;
mod routes;
mod rows;
mod search;
mod selection;
mod store;
mod uri;

use store::Store;

/// A document as a hub.
#[derive(Debug)]
pub struct HubSource {
    /// The repository.
    pub repository: String,
    /// The name of the hub.
    pub hub: String,
    /// The document.
    pub document: Document,
}

/// The options of the server.
#[derive(Debug, Clone)]
pub struct HubOptions {
    /// Whether answers are TrackFind's to the byte, its quirks included.
    pub faithful: bool,
    /// Whether each hub has the category `non_standard_samples` too, a copy of its samples, as TrackFind's example has.
    pub copy_samples: bool,
    /// Whether the metamodel has `tracks.genome_assembly` in addition to `tracks.assembly_name`, for clients that read it.
    pub epico_alias: bool,
    /// Most rows of an answer.
    pub most_rows: usize,
    /// Longest query, in bytes.
    pub longest_query: usize,
}

/// A request below `/api/v1`.
pub struct Request<'r> {
    /// The method, `GET`; `HEAD` is answered like `GET`.
    pub method: &'r str,
    /// The raw path, percent-encoded, with or without `/api/v1`.
    pub path: &'r str,
    /// The raw query string.
    pub query: Option<&'r str>,
    /// The header `Accept`.
    pub accept: Option<&'r str>,
    /// Whether the work may continue within the time limit.
    pub goes_on: &'r (dyn Fn() -> bool + Sync),
    /// Whether the work may hold this many bytes in memory, those it holds already included. Called before they are
    /// allocated.
    pub reserve: &'r (dyn Fn(usize) -> bool + Sync),
}

impl Request<'_> {
    /// Refuses work that would hold more memory than it may.
    fn hold(&self, bytes: usize) -> Result<(), problem::Problem> {
        if (self.reserve)(bytes) {
            Ok(())
        } else {
            Err(problem::Problem::memory(bytes))
        }
    }
}

/// The cost class of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// None worth mentioning: lists of hubs and categories, and requests that are refused.
    Immediate,
    /// A pass over the attributes of a hub and their values.
    Lookup,
    /// A search, which may use its full time limit.
    Search,
}

/// A response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerAnswer {
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
    #[error("found the hub {repository}/{hub} twice, expected a unique name for each document")]
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
    store: Store,
    options: HubOptions,
}

impl Service {
    /// Prepares hubs for their searches: all objects get the text that they have in answers, and are joined.
    ///
    /// # Errors
    /// Two hubs of one name.
    pub fn new(hubs: Vec<HubSource>, options: HubOptions) -> Result<Self, ServiceError> {
        let mut names = HashSet::new();
        for source in &hubs {
            if !names.insert((source.repository.as_str(), source.hub.as_str())) {
                return Err(ServiceError::Twice {
                    repository: source.repository.clone(),
                    hub: source.hub.clone(),
                });
            }
        }
        let store = Store::new(hubs, &options);
        Ok(Service { store, options })
    }

    /// The cost class of a request by its raw path and query string.
    pub fn effort(&self, path: &str, query: Option<&str>) -> Effort {
        routes::effort(&self.options, path, query)
    }

    /// Answers a request; errors are part of the response.
    pub fn answer(&self, request: &Request<'_>) -> ServerAnswer {
        routes::answer(&self.store, &self.options, request)
    }
}
