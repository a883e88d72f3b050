//! Lineage asked for at a Galaxy, by its REST API and with the key of its user.
//!
//! Asked are the datasets and the jobs that made them, level by level back from the results, and nothing else: no content of a
//! file. The key goes to this one server, in a header, and no redirect is followed. The user names the server, so it may be
//! one of a private network.

mod answers;
mod citations;
mod crates;
mod own_job;
mod request;
mod versions;
mod walk;

pub use crates::FetchedCrate;
pub use own_job::{OwnJob, RunningJob};

use std::time::{Duration, Instant};

use thiserror::Error;

use self::request::Galaxy;
use self::walk::Walk;
use crate::galaxy::lineage::{HistoryDataset, Lineage};
use crate::remote::client::SetupError;
use crate::remote::settings::Settings;

/// Why a Galaxy cannot be asked at all. No key and no text of a server is in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ApiError {
    /// Not an address of a Galaxy.
    #[error("found {problem}, expected the URL of a Galaxy server such as https://usegalaxy.org/")]
    Address { problem: &'static str },
    /// The client cannot be made.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// No key, or one that no server takes.
    #[error(
        "found {problem}, expected the key of your account at this Galaxy in GALAXY_API_KEY (in Galaxy: User, Preferences, Manage API key)"
    )]
    Key { problem: &'static str },
    /// The server does not take the key.
    #[error(
        "{host} rejected the key in GALAXY_API_KEY: create a new one there (User, Preferences, Manage API key)"
    )]
    WrongKey { host: String },
    /// The server is not Galaxy.
    #[error(
        "{host} does not respond like Galaxy ({problem}): open the URL in a browser and give the base URL of Galaxy"
    )]
    NotGalaxy { host: String, problem: String },
    /// The running job is not among those that the server lists.
    #[error("{host} does not list the running job among the jobs of {tool}")]
    NoJob { host: String, tool: String },
    /// No answer.
    #[error("no response from {host} ({problem}): check the URL for typos, or try again later")]
    Unreachable { host: String, problem: String },
}

/// How far back is looked.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Datasets in all.
    pub datasets: usize,
    /// Steps back from the results.
    pub depth: usize,
    /// How long it may take.
    pub time: Duration,
}

impl Default for Bounds {
    /// 5,000 datasets, 50 steps, 120 seconds.
    fn default() -> Self {
        Bounds {
            datasets: 5000,
            depth: 50,
            time: Duration::from_secs(120),
        }
    }
}

/// What a Galaxy knows of the way to results.
#[derive(Debug, Clone, PartialEq)]
pub struct GalaxyLineage {
    /// The datasets and jobs.
    pub lineage: Lineage,
    /// The collections of crates that importing jobs in the lineage made, each once.
    pub crate_collections: Vec<CrateCollection>,
}

/// A collection of crates, made by an import that the results go back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateCollection {
    /// The id of the collection.
    pub id: String,
    /// The element identifiers of the tracks of this import that are in the lineage.
    pub tracks: Vec<String>,
}

/// What shows that a dataset is a track, so that nothing before it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownOrigin {
    /// A crate describes it.
    Crate,
    /// A document identifies it. Whether an import made it is asked all the same, since the crate of the import says more.
    Document,
}

/// A Galaxy that answers a user with a key.
pub struct GalaxyApi {
    galaxy: Galaxy,
    version: String,
    begun: Instant,
    bounds: Bounds,
}

impl GalaxyApi {
    /// Connects to a Galaxy; the time of `bounds` begins.
    ///
    /// # Errors
    /// Why the Galaxy cannot be asked at all.
    pub fn connect(
        address: &str,
        key: &str,
        bounds: Bounds,
        settings: &Settings,
    ) -> Result<Self, ApiError> {
        let begun = Instant::now();
        let mut galaxy = Galaxy::new(address, key, begun + bounds.time, settings)?;
        let version = galaxy.version()?;
        galaxy.identify_user();
        Ok(GalaxyApi {
            galaxy,
            version,
            begun,
            bounds,
        })
    }

    /// Asks for the lineage of datasets, given by their encoded ids; an empty id is a result that Galaxy does not know.
    ///
    /// The lineage ends at datasets whose `origin` is known; without further details at datasets that the user may not see, for
    /// administrators at those of all other users; and at datasets that cannot be read for another reason in two attempts.
    /// Results are followed even where their origin is known.
    ///
    /// # Errors
    /// The server does not take the key.
    pub fn lineage(
        &self,
        ids: &[String],
        origin: &dyn Fn(&HistoryDataset) -> Option<KnownOrigin>,
    ) -> Result<GalaxyLineage, ApiError> {
        let mut walk = Walk::new(&self.version, ids);
        walk.go(&self.galaxy, &self.bounds, origin)?;
        Ok(walk.finish(ids, self.begun.elapsed()))
    }
}
