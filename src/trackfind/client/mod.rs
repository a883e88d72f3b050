//! The client of TrackFind servers: lists of their contents, and searches.
//!
//! The client makes six kinds of requests, all by GET. The client covers its weaknesses before or after a request: unknown
//! names, queries that leave their hub, results of another hub, and hidden reasons.
//!
//! Numbers stay as received. A TrackFind server stores 42 as 42.0, so integers cannot be recovered; no attribute of FAIRtracks 1.0
//! is a number. A note of the search mentions it if it matters.
//!
//! Users enter the URL of a server, so it is as untrusted as that of a track: no private host unless the site allows it, checked
//! redirects, mirrors of the site first.

mod database_error;
mod error;
mod error_response;
mod names;
mod reply;
mod request;
mod route;
mod search;
mod waiting;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value as Json};
use url::Url;

pub use self::error::ServerError;
use self::request::Answered;
use self::route::ServerRequest;
use crate::remote::client::HttpRoute;
use crate::remote::hosts::{HostNames, SystemNames};
use crate::remote::location::host_of;
use crate::remote::settings::Settings;
use crate::trackfind::wire::Wire;

/// The largest request line and headers together, in bytes: TrackFind runs in Tomcat, whose limit is 8 KiB.
const LONGEST_HEAD: usize = 8192;
/// The largest response, in bytes. A full page of rows of a large hub has some MiB.
const LARGEST_ANSWER: u64 = 64 << 20;

/// The categories of a hub, each with its attributes (`sample_type->summary`) and their values.
pub type HubMetamodel = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// A TrackFind server.
#[derive(Debug)]
pub struct Server {
    settings: Settings,
    public: HttpRoute,
    site: Option<HttpRoute>,
    /// The base URL of the API, with `api/v1`.
    base: Url,
    /// Host and port, in messages.
    name: String,
    /// Called when a response takes long.
    notice: fn(&str),
    /// Cached facts about hubs.
    known: Mutex<BTreeMap<(names::RememberedHub, String, String), Vec<String>>>,
}

/// The result of a search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoundTracks {
    /// One object for each combination found: its keys are categories, its values their objects.
    pub rows: Vec<Map<String, Json>>,
    /// Notes about the search, in sentences.
    pub notes: Vec<String>,
    /// The query as sent; several parts if it was too long for one request.
    pub sent: Vec<String>,
    /// The requested categories, including those that the server adds.
    pub categories: Vec<String>,
}

impl Server {
    /// A server by its URL, with or without `api/v1`.
    ///
    /// # Errors
    /// An invalid URL, or invalid settings of the site. No request is sent.
    pub fn new(address: &str, settings: &Settings) -> Result<Self, ServerError> {
        Server::with_names(address, settings, Arc::new(SystemNames))
    }

    /// The same with another name service.
    ///
    /// # Errors
    /// The same.
    pub fn with_names(
        address: &str,
        settings: &Settings,
        names: Arc<dyn HostNames>,
    ) -> Result<Self, ServerError> {
        let base = route::base(address)?;
        let site = settings
            .mirrors
            .have_servers()
            .then(|| HttpRoute::site(settings, names.clone()));
        Ok(Server {
            settings: settings.clone(),
            public: HttpRoute::public(settings, names)?,
            site: site.transpose()?,
            name: host_of(&base),
            base,
            notice: |_| {},
            known: Mutex::default(),
        })
    }

    /// The same server; `notice` is called when a response takes longer than ten seconds.
    #[must_use]
    pub fn with_notice(mut self, notice: fn(&str)) -> Self {
        self.notice = notice;
        self
    }

    /// The URL for messages: without user name, query, fragment and `api/v1`.
    pub fn address(&self) -> String {
        route::shown(&self.base)
    }

    /// The names of the repositories that have a hub.
    ///
    /// # Errors
    /// A failed request.
    pub fn repositories(&self) -> Result<Vec<String>, ServerError> {
        self.must_json(&ServerRequest::new(&["repositories"], "its repositories"))
    }

    /// The names of the hubs of a repository.
    ///
    /// # Errors
    /// An unknown repository, or a failed request.
    pub fn hubs(&self, repository: &str) -> Result<Vec<String>, ServerError> {
        let about = format!("the hubs of {repository}");
        self.must_json(&ServerRequest::new(&["hubs", repository], about))
    }

    /// The categories of a hub, those without any object included.
    ///
    /// # Errors
    /// An unknown repository or hub, or a failed request.
    pub fn categories(&self, repository: &str, hub: &str) -> Result<Vec<String>, ServerError> {
        let about = format!("the categories of {hub}");
        self.must_json(&ServerRequest::new(&["categories", repository, hub], about))
    }

    /// The attributes and values of a hub by category. A filter keeps what contains its text, ignoring case; an
    /// empty one keeps all.
    ///
    /// # Errors
    /// An unknown repository or hub, or a failed request.
    pub fn metamodel(
        &self,
        repository: &str,
        hub: &str,
        attributes_filter: &str,
        values_filter: &str,
    ) -> Result<HubMetamodel, ServerError> {
        let about = format!("the attributes and values of {hub}");
        let question = ServerRequest::new(&["metamodel", repository, hub], about)
            .with("flat", "true")
            .with("attributesFilter", attributes_filter)
            .with("valuesFilter", values_filter);
        // Null elements of a list of values are returned as null.
        type HubsByRepository = BTreeMap<String, BTreeMap<String, Vec<Option<String>>>>;
        let listed: HubsByRepository = self.must_json(&question)?;
        let values = |(attribute, values): (String, Vec<Option<String>>)| {
            (attribute, values.into_iter().flatten().collect())
        };
        Ok(listed
            .into_iter()
            .map(|(category, attributes)| (category, attributes.into_iter().map(values).collect()))
            .collect())
    }

    /// The values of an attribute of a category; `path` without the category: `sample_type->summary`. Empty for a path
    /// without values.
    ///
    /// A filter keeps values that contain its text, ignoring case. A query keeps the values of its results, with the server's own
    /// choice of categories; **if it finds nothing, the server returns all values**. Both may be empty.
    ///
    /// # Errors
    /// An unknown repository, hub or category, an invalid query, or a failed request.
    pub fn values(
        &self,
        repository: &str,
        hub: &str,
        category: &str,
        path: &str,
        filter: &str,
        query: &str,
    ) -> Result<Vec<String>, ServerError> {
        let wire = match query.trim() {
            "" => None,
            _ => Some(Wire::new(query)?),
        };
        let about = format!("the values of {category}->{path} in {hub}");
        let question = ServerRequest::new(&["values", repository, hub, category], about)
            .with("path", path)
            .with("filter", filter)
            .with("query", wire.as_ref().map_or("", Wire::text));
        let reply = match self.json::<Vec<Option<String>>>(&question)? {
            Answered::Read(values, _) => return Ok(values.into_iter().flatten().collect()),
            Answered::Other(reply) => reply,
        };
        if let Some(wire) = &wire
            && let Some(error) = self.refusal(&reply, repository, hub, wire)
        {
            return Err(error);
        }
        if let Some(unknown) = self.unknown_category(repository, hub, category) {
            return Err(unknown);
        }
        // The response is the same for a category without objects, and for a filter without matches.
        let is_null_pointer = reply.status == 500
            && reply
                .said()
                .is_none_or(|said| said.starts_with("Cannot invoke"));
        match self.failure(&question, &reply) {
            ServerError::Failed { .. } if is_null_pointer => Ok(Vec::new()),
            failure => Err(failure),
        }
    }

    /// Finds combinations of one object of each category. Without `categories`, these are the categories of the standard that the
    /// hub has; `doc_info` and `collection_info` are always included. `limit` counts combinations.
    ///
    /// # Errors
    /// An unknown repository, hub or category, an error in the query, or a failed request.
    pub fn search(
        &self,
        repository: &str,
        hub: &str,
        query: &str,
        categories: &[String],
        limit: Option<u64>,
    ) -> Result<FoundTracks, ServerError> {
        let mut rows = Vec::new();
        let found = self.search_each(repository, hub, query, categories, limit, &mut |row| {
            rows.push(row);
        })?;
        Ok(FoundTracks { rows, ..found })
    }

    /// The error about an unknown category; `None` if it is known or cannot be determined.
    fn unknown_category(&self, repository: &str, hub: &str, category: &str) -> Option<ServerError> {
        let known = match self.checked_categories(repository, hub) {
            Ok(known) => known,
            Err(error) => {
                let is_name = matches!(
                    error,
                    ServerError::UnknownRepository { .. } | ServerError::UnknownHub { .. }
                );
                return is_name.then_some(error);
            }
        };
        (!known.iter().any(|known| known == category)).then(|| ServerError::UnknownCategory {
            server: self.name.clone(),
            hub: hub.to_owned(),
            name: category.to_owned(),
            advice: names::advice(category, &known),
        })
    }
}
