//! Requests to a Galaxy: few at a time, each tried twice, none after time limit reached.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use reqwest::StatusCode;
use reqwest::blocking::Client;
use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;
use url::Url;

use super::ApiError;
use super::answers::{DatasetAnswer, JobAnswer, OF_LIBRARY, UserAnswer, VersionAnswer};
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

/// How many datasets are listed by one request; the address stays below 4 kB.
const BATCH: usize = 100;
/// The members that a list gives of a dataset.
const LISTED: &str = "id,hid,uuid,name,extension,genome_build,file_size,tags,hashes,sources,creating_job,copied_from_history_dataset_association_id,copied_from_ldda_id,accessible";

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
#[derive(Clone)]
pub(super) struct Galaxy {
    client: Client,
    base: Url,
    key: HeaderValue,
    until: Instant,
    pause: Duration,
    /// Whether the user may see what others keep to themselves. Then only datasets of the user's own histories are read.
    is_administrator: bool,
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
            is_administrator: false,
        })
    }

    /// Asks whose key it is. Who cannot be named is taken for somebody who may see everything.
    pub fn identify_user(&mut self) {
        let user: Result<UserAnswer, RequestError> = self.ask(&["users", "current"], &[]);
        self.is_administrator = user.map_or(true, |user| user.is_admin);
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

    /// Whether the time is up.
    pub fn is_late(&self) -> bool {
        Instant::now() >= self.until
    }

    /// The host, for messages.
    pub fn host(&self) -> String {
        host(&self.base)
    }

    pub fn wrong_key(&self) -> ApiError {
        ApiError::WrongKey { host: self.host() }
    }

    /// The datasets of some ids, in their order: listed many at a time, and those that are not in the list one by one.
    pub fn datasets(&self, ids: &[String]) -> Vec<Result<HistoryDataset, RequestError>> {
        let listed: Vec<&str> = ids.iter().map(String::as_str).collect();
        let batches: Vec<&[&str]> = listed.chunks(BATCH).collect();
        let mut found: HashMap<String, DatasetAnswer> = HashMap::new();
        let mut failures: HashMap<&str, RequestError> = HashMap::new();
        let answers = self.each(&batches, |batch| self.list(batch));
        for (batch, answer) in batches.iter().zip(answers) {
            match answer {
                Ok(listed) => found.extend(
                    listed
                        .into_iter()
                        .map(|answer| (answer.id().to_owned(), answer)),
                ),
                Err(failure) => failures.extend(batch.iter().map(|id| (*id, failure.clone()))),
            }
        }
        let found: HashMap<&str, _> = listed
            .iter()
            .filter_map(|id| Some((*id, found.remove(*id)?.dataset(id))))
            .collect();
        self.each(ids, |id| match found.get(id.as_str()) {
            Some(dataset) => dataset.clone().ok_or(RequestError::Access),
            None if self.is_administrator => {
                let failure = failures.get(id.as_str()).cloned();
                Err(failure.unwrap_or(RequestError::Access))
            }
            // What a list does not give is asked for by itself, where a failure gets its reason.
            None => self.dataset(id),
        })
    }

    /// Datasets of the user's histories.
    fn list(&self, ids: &[&str]) -> Result<Vec<DatasetAnswer>, RequestError> {
        let of_histories = ids.iter().filter(|id| !id.starts_with(OF_LIBRARY));
        let wanted: Vec<String> = of_histories.map(|id| format!("dataset-{id}")).collect();
        // One dataset is asked for by itself, which is as fast.
        let fewest = if self.is_administrator { 1 } else { 2 };
        if wanted.len() < fewest {
            return Ok(Vec::new());
        }
        let number = wanted.len().to_string();
        let query = [
            ("q", "type_id-in"),
            ("qv", &wanted.join(",")),
            ("limit", &number),
            ("keys", LISTED),
        ];
        self.ask(&["datasets"], &query)
    }

    fn dataset(&self, id: &str) -> Result<HistoryDataset, RequestError> {
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
    }

    /// The jobs of some ids, in their order, each with the collection of crates that it made.
    pub fn jobs(&self, ids: &[String]) -> Vec<Result<(Job, Option<String>), RequestError>> {
        self.each(ids, |id| {
            let answer: JobAnswer = self.ask(&["jobs", id], &[])?;
            let crates = answer.crates();
            let job = answer.job(id).ok_or(RequestError::Access)?;
            Ok((job, crates))
        })
    }

    /// Asks one question for each subject, few at a time, and gives the answers in order.
    pub fn each<S: Sync, T: Send>(
        &self,
        ids: &[S],
        ask: impl Fn(&S) -> Result<T, RequestError> + Sync,
    ) -> Vec<Result<T, RequestError>> {
        match ThreadPoolBuilder::new().num_threads(PARALLEL).build() {
            Ok(pool) => pool.install(|| {
                let asked = ids.par_iter().with_max_len(1);
                asked.map(&ask).collect()
            }),
            // The system refuses threads.
            Err(_) => ids.iter().map(ask).collect(),
        }
    }

    /// The same Galaxy, asked for at most `time` from now on.
    pub fn within(&self, time: Duration) -> Self {
        Galaxy {
            until: self.until.min(Instant::now() + time),
            ..self.clone()
        }
    }

    /// Asks once, for what is useful but not needed.
    pub fn ask_quickly<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, RequestError> {
        self.ask_once(path, &[])
    }

    /// Asks, and once more where that may help.
    pub fn ask<T: DeserializeOwned>(
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
        let bytes = self.bytes(path, query, LARGEST_ANSWER)?;
        json::typed(&bytes, JsonKind::Metadata).map_err(|_| RequestError::Failed {
            problem: "response is not JSON as Galaxy sends it".to_owned(),
            again: false,
        })
    }

    /// The bytes of one answer, at most `largest`.
    pub fn bytes(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
        largest: u64,
    ) -> Result<Vec<u8>, RequestError> {
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
        // The time of the whole holds for each request, its body included.
        let answer = request.timeout(left).send();
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
        bounded(answer, largest)
            .map_err(|_| failed("truncated response", true))?
            .ok_or_else(|| {
                failed(
                    &format!("response larger than {} MiB", largest >> 20),
                    false,
                )
            })
    }
}

/// The host of an address, with the port where it is not the usual one.
fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}
