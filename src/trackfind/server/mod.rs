//! TrackFind's web interface over documents: a request's values in, an answer's values out.
//!
//! A request's address is taken apart (`address`), its route found (`routes`), and each route answers from the
//! `store`, where every object is kept with its text. A `search` looks at the rows that the joins leave; `metamodel`
//! tells what can be asked; `gsuite` writes GSuite. Answers are given in one of two dialects: this project's, in which
//! errors are JSON that says what to do, and that of `compatible`, in which every answer is TrackFind's to the byte, its
//! quirks included.

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
    /// Refuses work that would hold more memory than it may.
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
        let dialect: &'static dyn Dialect = match options.faithful {
            true => &compatible::TrackFind,
            false => &Native,
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

/// What TrackFind does otherwise than this project, each as this project does it; `compatible` has TrackFind's ways.
trait Dialect: Debug + Sync {
    /// Refuses a path that cannot be read.
    fn check_path(&self, _path: &str) -> Result<(), Problem> {
        Ok(())
    }

    /// The parameters, decoded.
    fn parameters(&self, query: &str) -> Result<Vec<(String, String)>, Problem> {
        address::parameters(query)
    }

    /// Refuses parameters other than those that a route has.
    fn check_parameters(&self, pairs: &[(String, String)], known: &[&str]) -> Result<(), Problem> {
        address::check_parameters(pairs, known)
    }

    /// The whole number that the value of a parameter is.
    fn number(&self, name: &str, value: &str) -> Result<i64, Problem> {
        address::number(name, value)
    }

    /// The truth value that the value of a parameter is.
    fn flag(&self, name: &str, value: &str) -> Result<bool, Problem> {
        address::flag(name, value)
    }

    /// Whether there is a route that not every TrackFind server has.
    fn has_route(&self, _steps: &[&str]) -> bool {
        true
    }

    /// The answer to a request that cannot be answered.
    fn refusal(&self, problem: &Problem, _accept: Option<&str>, _is_search: bool) -> ServerAnswer {
        problem.answer()
    }

    /// A list of names.
    fn names(&self, names: Vec<&str>) -> String {
        Json::from(names).to_string()
    }

    /// Appends rows as JSON.
    fn rows(&self, store: &Store, selection: &Selection, found: &FoundRows, out: &mut String) {
        routes::rows(store, selection, found, out);
    }

    /// The headers that an answer has besides.
    fn headers(&self, found: &FoundRows) -> Vec<(&'static str, String)> {
        routes::headers(found)
    }

    /// Rows as GSuite.
    fn gsuite(
        &self,
        store: &Store,
        selection: &Selection,
        found: &FoundRows,
        wanted: Option<&WantedAttributes<'_>>,
    ) -> Result<String, Problem> {
        Ok(gsuite::write(store, selection, found, wanted))
    }

    /// The categories of a search that names these, or none where it is a plain one, and whether it is a plain one.
    fn select<'n>(
        &self,
        kept: &'n StoredHub,
        names: Vec<&'n str>,
        is_plain: bool,
    ) -> Result<(Vec<&'n str>, bool), Problem> {
        selection::select(kept, &names, is_plain)
    }

    /// The places of categories in the order of an answer.
    fn shown(&self, aliases: &[SelectedCategory]) -> Vec<usize> {
        (0..aliases.len()).collect()
    }

    /// The objects of a category as they are kept. Where they are compared by what they say, they go into `sorted` too.
    fn store(&self, objects: Vec<&Json>, _sorted: &mut Vec<Json>) -> Vec<StoredObject> {
        objects.into_iter().map(StoredObject::as_written).collect()
    }

    /// The place of each object among all, by what it says; none where that does not matter.
    fn ranks(&self, _sorted: &[Json]) -> Vec<usize> {
        Vec::new()
    }

    /// What joins the categories of a hub.
    fn references(&self, copy_samples: bool) -> Vec<ObjectReference> {
        store::references(copy_samples)
    }

    /// Sorts the rows that the joins of a hub leave.
    fn sort_joined(&self, _: &Store, _: &StoredHub, _rows: &mut [Vec<Option<usize>>]) {}

    /// The attributes and values of categories.
    fn metamodel(
        &self,
        categories: Vec<(&str, Vec<FlatValues>)>,
        is_flat: bool,
    ) -> Result<String, Problem> {
        Ok(metamodel::metamodel(categories, is_flat))
    }

    /// What is left of the path of an attribute below another one.
    fn below(&self, attribute: &str, path: &str) -> Option<String> {
        let below = attribute.strip_prefix(path)?.strip_prefix(SEPARATOR)?;
        Some(below.to_owned())
    }

    /// The values of an attribute that hold `filter`, of all objects or of those in the rows of a search.
    fn values(
        &self,
        context: &RouteContext<'_>,
        kept: &StoredHub,
        category: &str,
        path: &str,
        filter: &str,
    ) -> Result<String, Problem> {
        metamodel::values(context, kept, category, path, filter)
    }

    /// The text of a query as it is read.
    fn written(&self, query: &str) -> String {
        query.to_owned()
    }

    /// The query of a text over the categories of these names.
    fn query(&self, text: &str, names: &[String]) -> Result<Query, QueryError> {
        Query::new(text, names)
    }

    /// What is wrong with the text of a query.
    fn query_problem(&self, _: &Search<'_>, text: &str, error: &QueryError) -> Problem {
        Problem::of_query(text, error)
    }

    /// Whether the parameter `limit` counts beside this query.
    fn heeds_limit(&self, _query: &str) -> bool {
        true
    }

    /// Whether a query looks at combinations that the joins do not bind.
    fn leaves_joins(&self, _query: &Query) -> bool {
        false
    }

    /// Collects the rows that satisfy a query.
    fn matching(
        &self,
        search: &Search<'_>,
        query: &Query,
        rows: &mut RowCollector<'_>,
    ) -> Result<(), Problem> {
        search.joined(query, rows)
    }

    /// Ends a search at a value that it cannot use, of which this is the complaint.
    fn check_unusable(&self, _complaint: &str) -> Result<(), Problem> {
        Ok(())
    }

    /// Whether rows are sorted before the query's own order is looked at.
    fn sorts_rows(&self) -> bool {
        false
    }

    /// Sorts rows so.
    fn sort(&self, _: &Search<'_>, _rows: &mut Vec<&[usize]>) {}
}

/// This project's own dialect.
#[derive(Debug)]
struct Native;

impl Dialect for Native {}
