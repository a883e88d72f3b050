//! TrackFind's web interface over documents, without the network: requests and responses are values.
//!
//! `address` parses the URL of a request, `routes` selects the route, and each route answers from the `store`, which holds
//! every object with its text. `search` examines the joined rows; `metamodel` lists attributes and values; `gsuite` writes
//! GSuite. Responses have one of two dialects: this project's, with errors in JSON that say what to do, and that of
//! `compatible`, in which every response equals TrackFind's to the byte, quirks included.

use std::collections::HashSet;
use std::fmt::Debug;

use serde_json::Value as Json;
use thiserror::Error;

use crate::fairtracks::document::Document;
use crate::fairtracks::flat::SEPARATOR;
use crate::query::{ObjectReference, Query, QueryError};

mod address;
mod compatible;
mod flat;
mod gsuite;
mod memory;
mod metamodel;
mod negotiation;
mod paging;
mod problem;
mod routes;
mod rows;
mod search;
mod selection;
mod store;

use flat::FlatValues;
use gsuite::WantedAttributes;
use problem::Problem;
use routes::RouteContext;
use rows::RowCollector;
use search::{FoundRows, Search};
use selection::{SelectedCategory, Selection};
use store::{Store, StoredHub, StoredObject};

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
    /// Rejects work that would exceed the memory limit.
    fn hold(&self, bytes: usize) -> Result<(), Problem> {
        if (self.reserve)(bytes) {
            Ok(())
        } else {
            Err(Problem::memory(bytes))
        }
    }
}

/// The cost class of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Negligible: lists of hubs and categories, and rejected requests.
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

/// Why hubs cannot be served.
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

/// The served hubs.
#[derive(Debug)]
pub struct Service {
    store: Store,
    options: HubOptions,
}

impl Service {
    /// Prepares hubs for searches: joins all objects and caches their text in responses.
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
        let dialect = match options.faithful {
            true => &compatible::TRACKFIND,
            false => &NATIVE,
        };
        let store = Store::new(hubs, &options, dialect);
        Ok(Service { store, options })
    }

    /// The cost class of a request by its raw path and query string.
    pub fn effort(&self, path: &str, query: Option<&str>) -> Effort {
        routes::effort(&self.store, path, query)
    }

    /// Answers a request; errors are part of the response.
    pub fn answer(&self, request: &Request<'_>) -> ServerAnswer {
        routes::answer(&self.store, &self.options, request)
    }
}

/// The categories of a search, and whether it is a plain one.
type Selected<'n> = Result<(Vec<&'n str>, bool), Problem>;

/// What this project and TrackFind do differently.
#[derive(Debug)]
#[expect(clippy::type_complexity, reason = "each signature is used once")]
struct Dialect {
    /// Rejects a path that the web server cannot read.
    check_path: fn(&str) -> Result<(), Problem>,
    /// The decoded parameters.
    parameters: fn(&str) -> Result<Vec<(String, String)>, Problem>,
    /// Rejects parameters that a route does not have.
    check_parameters: fn(&[(String, String)], &[&str]) -> Result<(), Problem>,
    /// The integer value of a parameter, by its name and text.
    number: fn(&str, &str) -> Result<i64, Problem>,
    /// The truth value of a parameter, by its name and text.
    flag: fn(&str, &str) -> Result<bool, Problem>,
    has_route: fn(&[&str]) -> bool,
    /// The response for an error, by the header `Accept` and whether the request is a search.
    refusal: fn(&Problem, Option<&str>, bool) -> ServerAnswer,
    /// A list of names as JSON.
    names: fn(Vec<&str>) -> String,
    /// Appends rows as JSON.
    rows: fn(&Store, &Selection, &FoundRows, &mut String),
    /// Further headers of the response to a search.
    headers: fn(&FoundRows) -> Vec<(&'static str, String)>,
    /// Rows as GSuite, with all attributes or the wanted ones.
    gsuite: fn(
        &Store,
        &Selection,
        &FoundRows,
        Option<&WantedAttributes<'_>>,
    ) -> Result<String, Problem>,
    /// The categories of a search by the named ones; whether it is plain, that is, names none.
    select: for<'n> fn(&'n StoredHub, Vec<&'n str>, bool) -> Selected<'n>,
    /// The positions of categories in the order of a response.
    shown: fn(&[SelectedCategory]) -> Vec<usize>,
    /// The stored objects of a category; objects that `ranks` compares are added to the second list.
    store: fn(Vec<&Json>, &mut Vec<Json>) -> Vec<StoredObject>,
    /// The rank of each object by content; empty if content does not order rows.
    ranks: fn(&[Json]) -> Vec<usize>,
    /// The references that join the categories of a hub, with or without the copy of the samples.
    references: fn(bool) -> Vec<ObjectReference>,
    /// Sorts the joined rows of a hub.
    sort_joined: fn(&Store, &StoredHub, &mut [Vec<Option<usize>>]),
    /// The attributes and values of categories as JSON, flat or as a tree.
    metamodel: fn(Vec<(&str, Vec<FlatValues>)>, bool) -> Result<String, Problem>,
    /// The rest of an attribute's path below another path.
    below: fn(&str, &str) -> Option<String>,
    /// The values of an attribute that contain a text, by category, path and text.
    values: fn(&RouteContext<'_>, &StoredHub, &str, &str, &str) -> Result<String, Problem>,
    /// The text of a query as it is parsed.
    written: fn(&str) -> String,
    /// Parses a query over the categories of these names.
    query: fn(&str, &[String]) -> Result<Query, QueryError>,
    /// The problem for an error in the text of a query.
    query_problem: fn(&Search<'_>, &str, &QueryError) -> Problem,
    /// Whether the parameter `limit` applies to this query.
    heeds_limit: fn(&str) -> bool,
    /// Whether a query examines combinations that the joins do not bind.
    leaves_joins: fn(&Query) -> bool,
    /// Collects the rows that satisfy a query.
    matching: fn(&Search<'_>, &Query, &mut RowCollector<'_>) -> Result<(), Problem>,
    /// Ends a search at a value that it cannot use, by the complaint about it.
    check_unusable: fn(&str) -> Result<(), Problem>,
    /// Sorts rows before the query's own order applies; `None` keeps them as they are joined.
    sort: Option<fn(&Search<'_>, &mut Vec<&[usize]>)>,
}

/// This project's own dialect.
static NATIVE: Dialect = Dialect {
    check_path: |_| Ok(()),
    parameters: address::parameters,
    check_parameters: address::check_parameters,
    number: address::number,
    flag: address::flag,
    has_route: |_| true,
    refusal: |problem, _, _| problem.answer(),
    names: |names| Json::from(names).to_string(),
    rows: routes::rows,
    headers: routes::headers,
    gsuite: |store, selection, found, wanted| Ok(gsuite::write(store, selection, found, wanted)),
    select: selection::select,
    shown: |aliases| (0..aliases.len()).collect(),
    store: |objects, _| objects.into_iter().map(StoredObject::as_written).collect(),
    ranks: |_| Vec::new(),
    references: store::references,
    sort_joined: |_, _, _| {},
    metamodel: |categories, is_flat| Ok(metamodel::metamodel(categories, is_flat)),
    below: |attribute, path| {
        Some(
            attribute
                .strip_prefix(path)?
                .strip_prefix(SEPARATOR)?
                .to_owned(),
        )
    },
    values: metamodel::values,
    written: str::to_owned,
    query: |text, names| Query::new(text, names),
    query_problem: |_, text, error| Problem::of_query(text, error),
    heeds_limit: |_| true,
    leaves_joins: |_| false,
    matching: |search, query, rows| search.joined(query, rows),
    check_unusable: |_| Ok(()),
    sort: None,
};
