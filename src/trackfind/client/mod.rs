//! The client of TrackFind servers: what they offer, and searches in it.
//!
//! A server answers eight kinds of questions, all by GET. What it does not answer well is checked here before it is asked,
//! or found out after: unknown names, queries that reach out of their hub, results that belong to another hub, and reasons
//! that it keeps to itself.
//!
//! Numbers stay as the server gives them. A TrackFind server stores 42 as 42.0, and nothing that it can be asked tells which
//! were whole numbers; no attribute of FAIRtracks 1.0 is a number, so there is none that is known to be whole. A note of
//! the search says so where it matters.
//!
//! A user types the address of a server, so that it is trusted no more than the address of a track: no host inside a
//! network unless the site allows it, redirects checked, mirrors of the site first.

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

/// Longest head of a request, in bytes: Tomcat, in which TrackFind runs, takes 8 KiB for its first line and all others.
const LONGEST_HEAD: usize = 8192;
/// Largest answer, in bytes. A full page of rows has some MiB, and so has all that one can ask of a large hub.
const LARGEST_ANSWER: u64 = 64 << 20;

/// The categories of a hub, each with its attributes (`sample_type->summary`) and their values.
pub type HubMetamodel = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// A TrackFind server.
#[derive(Debug)]
pub struct Server {
    settings: Settings,
    public: HttpRoute,
    site: Option<HttpRoute>,
    /// Where the API begins, with `api/v1`.
    base: Url,
    /// Host and port, in messages.
    name: String,
    /// Who is told that an answer takes long.
    notice: fn(&str),
    /// What was found out about hubs.
    known: Mutex<BTreeMap<(names::RememberedHub, String, String), Vec<String>>>,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoundTracks {
    /// One object for each combination found: its keys are categories, its values their objects.
    pub rows: Vec<Map<String, Json>>,
    /// What the reader should know of how they came, in sentences.
    pub notes: Vec<String>,
    /// The query as it was sent; several parts where it was too long for one request.
    pub sent: Vec<String>,
    /// The categories that were asked for, those that the server adds included.
    pub categories: Vec<String>,
}

impl Server {
    /// A server, by what a user types: its address with or without `api/v1`.
    ///
    /// # Errors
    /// What is no address, or settings of the site that do not work. Nothing is asked yet.
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

    /// The same server, of which `notice` is told when an answer takes longer than ten seconds.
    #[must_use]
    pub fn with_notice(mut self, notice: fn(&str)) -> Self {
        self.notice = notice;
        self
    }

    /// The address as it may be told: without user name, query and fragment, and without `api/v1`.
    pub fn address(&self) -> String {
        route::shown(&self.base)
    }

    /// The names of the repositories that have a hub.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn repositories(&self) -> Result<Vec<String>, ServerError> {
        self.must_json(&ServerRequest::new(&["repositories"], "its repositories"))
    }

    /// The names of the hubs of a repository.
    ///
    /// # Errors
    /// A repository that is not there, and why there is no answer.
    pub fn hubs(&self, repository: &str) -> Result<Vec<String>, ServerError> {
        let about = format!("the hubs of {repository}");
        self.must_json(&ServerRequest::new(&["hubs", repository], about))
    }

    /// The categories of a hub, those without any object included.
    ///
    /// # Errors
    /// A repository or hub that is not there, and why there is no answer.
    pub fn categories(&self, repository: &str, hub: &str) -> Result<Vec<String>, ServerError> {
        let about = format!("the categories of {hub}");
        self.must_json(&ServerRequest::new(&["categories", repository, hub], about))
    }

    /// The attributes and values of a hub by category. A filter keeps what holds its text, in capital or small letters; an
    /// empty one keeps all.
    ///
    /// # Errors
    /// A repository or hub that is not there, and why there is no answer.
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
        // A value that is null in a list of values is told as null.
        type Told = BTreeMap<String, BTreeMap<String, Vec<Option<String>>>>;
        let told: Told = self.must_json(&question)?;
        let values = |(attribute, values): (String, Vec<Option<String>>)| {
            (attribute, values.into_iter().flatten().collect())
        };
        Ok(told
            .into_iter()
            .map(|(category, attributes)| (category, attributes.into_iter().map(values).collect()))
            .collect())
    }

    /// The next components of the attributes of a category below `path` (`sample_type->cell_line`), at the top where it is
    /// empty. None for a path that leads to values or nowhere.
    ///
    /// # Errors
    /// A repository, hub or category that is not there, and why there is no answer.
    pub fn attributes(
        &self,
        repository: &str,
        hub: &str,
        category: &str,
        path: &str,
    ) -> Result<Vec<String>, ServerError> {
        let about = format!("the attributes of {category} in {hub}");
        let question = ServerRequest::new(&["attributes", repository, hub, category], about)
            .with("path", path);
        match self.json(&question)? {
            Answered::Read(attributes, _) => Ok(attributes),
            Answered::Other(reply) => Err(self
                .unknown_category(repository, hub, category)
                .unwrap_or_else(|| self.failure(&question, &reply))),
        }
    }

    /// The values of an attribute of a category; `path` without the category: `sample_type->summary`. None for a path that
    /// leads to no values.
    ///
    /// A filter keeps values that hold its text, in capital or small letters. A query keeps the values of what it finds,
    /// with the server's own choice of categories; **if it finds nothing, the server gives all values**. Both may be empty.
    ///
    /// # Errors
    /// A repository, hub or category that is not there, a query that is none, and why there is no answer.
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
        // It fails in the same way where a category has no object, and where a filter keeps nothing of it.
        let is_null_pointer = reply.status == 500
            && reply
                .said()
                .is_none_or(|said| said.starts_with("Cannot invoke"));
        match self.failure(&question, &reply) {
            ServerError::Failed { .. } if is_null_pointer => Ok(Vec::new()),
            failure => Err(failure),
        }
    }

    /// Finds combinations of one object of each category. Without `categories` they are those of the standard that the hub
    /// has; `doc_info` and `collection_info` are always there. `limit` is for combinations.
    ///
    /// # Errors
    /// A repository, hub or category that is not there, what is wrong with the query, and why there is no answer.
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

    /// The unknown category, if it is one; nothing where that cannot be found out.
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
