//! Requests to a Galaxy: few at a time, each tried twice, none after time limit reached.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use reqwest::StatusCode;
use reqwest::blocking::Client;
use reqwest::header::{ACCEPT, HeaderValue};
use serde::de::DeserializeOwned;
use url::Url;

use super::ApiError;
use super::answers::{DatasetAnswer, JobAnswer, OF_LIBRARY, VersionAnswer};
use crate::galaxy::lineage::{HistoryDataset, Job, StopReason};
use crate::remote::body::bounded;
use crate::remote::client::HttpRoute;
use crate::remote::hosts::SystemNames;
use crate::remote::settings::Settings;
use crate::text::json::{self, JsonKind};

/// How many bytes an answer may have.
const LARGEST_ANSWER: u64 = 16 << 20;
/// How many requests are under way at a time: quick enough, and no load for a server.
const PARALLEL: usize = 4;

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RequestError {
    /// The key is not accepted.
    Key,
    /// The user may not see it, or it is not there.
    Access,
    /// The time is up.
    Late,
    /// Anything else: what it was, and whether another attempt may help.
    Failed { problem: String, again: bool },
}

impl RequestError {
    pub fn reason(&self) -> StopReason {
        match self {
            RequestError::Key | RequestError::Access => StopReason::Access,
            RequestError::Late => StopReason::Limit,
            RequestError::Failed { .. } => StopReason::Error,
        }
    }
}

/// A Galaxy that can be asked.
pub(super) struct Galaxy {
    client: Client,
    base: Url,
    key: HeaderValue,
    until: Instant,
    pause: Duration,
}

impl Galaxy {
    pub fn new(
        address: &str,
        key: &str,
        until: Instant,
        settings: &Settings,
    ) -> Result<Self, ApiError> {
        let wrong = |problem| ApiError::Address { problem };
        let mut base = Url::parse(address.trim()).map_err(|_| wrong("no valid URL"))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(wrong("a URL that starts with neither https:// nor http://"));
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(wrong("a URL with a user name or password"));
        }
        base.set_query(None);
        base.set_fragment(None);
        let wrong = |problem| ApiError::Key { problem };
        let key = key.trim();
        if key.is_empty() {
            return Err(wrong("no key"));
        }
        let mut key =
            HeaderValue::from_str(key).map_err(|_| wrong("a key with invalid characters"))?;
        key.set_sensitive(true);
        let way = HttpRoute::site(settings, Arc::new(SystemNames))?;
        way.hosts
            .check(&base)
            .map_err(|failure| ApiError::Unreachable {
                host: host(&base),
                problem: failure.fault.to_string(),
            })?;
        Ok(Galaxy {
            client: way.client,
            base,
            key,
            until,
            pause: settings.limits.retry_pause.min(Duration::from_secs(5)),
        })
    }

    /// The version of Galaxy.
    pub fn version(&self) -> Result<String, ApiError> {
        let answer: Result<VersionAnswer, RequestError> = self.ask(&["version"], &[]);
        let host = host(&self.base);
        match answer {
            Ok(version) => {
                let minor = version.version_minor.filter(|minor| !minor.is_empty());
                Ok([Some(version.version_major), minor]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join("."))
            }
            Err(RequestError::Key) => Err(self.wrong_key()),
            Err(RequestError::Access) => Err(ApiError::NotGalaxy {
                host,
                problem: "no api/version".to_owned(),
            }),
            Err(RequestError::Late) => Err(ApiError::Unreachable {
                host,
                problem: "time limit reached".to_owned(),
            }),
            Err(RequestError::Failed {
                problem,
                again: false,
            }) => Err(ApiError::NotGalaxy { host, problem }),
            Err(RequestError::Failed {
                problem,
                again: true,
            }) => Err(ApiError::Unreachable { host, problem }),
        }
    }

    pub fn wrong_key(&self) -> ApiError {
        ApiError::WrongKey {
            host: host(&self.base),
        }
    }

    /// The datasets of some ids, in their order.
    pub fn datasets(&self, ids: &[String]) -> Vec<Result<HistoryDataset, RequestError>> {
        self.each(ids, |id| {
            let (plain, source) = match id.strip_prefix(OF_LIBRARY) {
                Some(plain) => (plain, "ldda"),
                None => (id, "hda"),
            };
            let query = [
                ("hda_ldda", source),
                ("view", "detailed"),
                ("keys", "copied_from_history_dataset_association_id"),
            ];
            let answer: DatasetAnswer = self.ask(&["datasets", plain], &query)?;
            answer.dataset(id).ok_or(RequestError::Access)
        })
    }

    /// The jobs of some ids, in their order.
    pub fn jobs(&self, ids: &[String]) -> Vec<Result<Job, RequestError>> {
        self.each(ids, |id| {
            let answer: JobAnswer = self.ask(&["jobs", id], &[])?;
            answer.job(id).ok_or(RequestError::Access)
        })
    }

    fn each<T: Send>(
        &self,
        ids: &[String],
        ask: impl Fn(&str) -> Result<T, RequestError> + Sync,
    ) -> Vec<Result<T, RequestError>> {
        match ThreadPoolBuilder::new().num_threads(PARALLEL).build() {
            Ok(pool) => pool.install(|| {
                let asked = ids.par_iter().with_max_len(1);
                asked.map(|id| ask(id)).collect()
            }),
            // The system refuses threads.
            Err(_) => ids.iter().map(|id| ask(id)).collect(),
        }
    }

    /// Asks, and once more where that may help.
    fn ask<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, RequestError> {
        match self.ask_once(path, query) {
            Err(RequestError::Failed { again: true, .. }) => {
                let left = self.until.saturating_duration_since(Instant::now());
                thread::sleep(self.pause.min(left));
                self.ask_once(path, query)
            }
            answer => answer,
        }
    }

    fn ask_once<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, RequestError> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(RequestError::Late);
        }
        let failed = |problem: &str, again| RequestError::Failed {
            problem: problem.to_owned(),
            again,
        };
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("api").extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let request = self.client.get(url).header("x-api-key", self.key.clone());
        let answer = request.header(ACCEPT, "application/json").send();
        let answer = answer.map_err(|error| {
            let problem = if error.is_timeout() {
                "request timed out"
            } else {
                "connection failed"
            };
            failed(problem, true)
        })?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED => return Err(RequestError::Key),
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => return Err(RequestError::Access),
            status if status.is_redirection() => {
                return Err(failed("redirect to another URL", false));
            }
            status => {
                let again = status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429);
                return Err(failed(&format!("status {}", status.as_u16()), again));
            }
        }
        let bytes = bounded(answer, LARGEST_ANSWER)
            .map_err(|_| failed("truncated response", true))?
            .ok_or_else(|| failed("response larger than 16 MiB", false))?;
        json::typed(&bytes, JsonKind::Metadata)
            .map_err(|_| failed("response is not JSON as Galaxy sends it", false))
    }
}

/// The host of an address, with the port where it is not the usual one.
fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}
