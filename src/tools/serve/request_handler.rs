//! Answers of the interface: kept ones at once, new ones within the time and the fair share of who asks.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::trackfind::server::{Effort, Request, Service};
use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT, HeaderMap};
use axum::response::Response;
use tokio::task::spawn_blocking;

use super::cache::Cache;
use super::client_address::ClientAddress;
use super::error_response;
use super::fairness::{Pool, Share};
use super::negotiation::combined;
use super::resources::Resources;
use super::stored::StoredAnswer;

/// Bytes that work holds from its beginning; it asks for more as it grows.
const FIRST_BYTES: usize = 1 << 20;
/// Responses up to this size are not counted, since their number is limited by that of connections.
const SMALL_ANSWER: usize = 64 << 10;
/// Searches that a client may run at a time, even where there are fewer processors: a quick one passes a slow one.
const FEWEST_SEARCHES: usize = 2;
/// How many clients may run as many searches as there are processors. Further ones run fewer.
const CLIENTS: usize = 8;

pub struct RequestHandler {
    service: Arc<Service>,
    cache: Cache,
    pool: Arc<Pool>,
    patience: Duration,
    faithful: bool,
}

/// The limits of responses.
pub struct Allowance {
    /// Bytes of answers that are kept.
    pub cache: usize,
    /// Bytes of work and of responses in transit, of which one client may use half.
    pub memory: usize,
    /// Time of each answer until it is sent.
    pub patience: Duration,
}

/// A request for an answer of the service.
#[derive(Clone)]
pub struct ServiceRequest {
    pub client: ClientAddress,
    pub path: String,
    pub query: Option<String>,
    pub headers: HeaderMap,
}

/// An answer, what this client is sent of it, and what it may hold until then.
struct Done {
    stored: Arc<StoredAnswer>,
    response: Response<Bytes>,
    share: Share,
}

/// The work was abandoned: it needs this much memory, which is not available to the client now.
struct Needs(usize);

/// Whether anybody still waits for an answer: not once this is dropped.
struct Wanted(Arc<AtomicBool>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// Bytes on their way to a client, which holds them until they are sent.
struct Sent {
    bytes: Bytes,
    _share: Share,
}

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl RequestHandler {
    /// Answers of a service.
    pub fn new(service: Service, allowance: &Allowance, faithful: bool) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let at_a_time = processors.max(FEWEST_SEARCHES);
        let resources = |at_a_time| Resources {
            searches: at_a_time,
            lookups: at_a_time,
            bytes: allowance.memory,
        };
        RequestHandler {
            service: Arc::new(service),
            cache: Cache::new(allowance.cache),
            pool: Pool::new(resources(at_a_time * CLIENTS), resources(at_a_time)),
            patience: allowance.patience,
            faithful,
        }
    }

    /// The answer to a request to read something.
    pub async fn answer(&self, asked: &ServiceRequest) -> Response {
        let deadline = Instant::now() + self.patience;
        let accept = combined(&asked.headers, ACCEPT);
        // None of the three can have a line break in it.
        let key = format!(
            "{}\n{}\n{}",
            asked.path,
            asked.query.as_deref().unwrap_or("\n"),
            accept.as_deref().unwrap_or("\n")
        );
        let is_ready =
            |stored: &Arc<StoredAnswer>| !stored.wants_work(&asked.headers, self.faithful);
        if let Some(stored) = self.cache.get(&key).filter(is_ready) {
            return self.send(asked, &stored, deadline).await;
        }
        let query = asked.query.as_deref();
        let mut needs = match self.service.effort(&asked.path, query) {
            Effort::Immediate => return self.at_once(asked, &key),
            Effort::Lookup => Resources {
                lookups: 1,
                ..Resources::default()
            },
            Effort::Search => Resources {
                searches: 1,
                ..Resources::default()
            },
        };
        needs.bytes = FIRST_BYTES.min(self.pool.most_bytes());
        loop {
            let Some(share) = self.share(asked.client, needs, deadline).await else {
                return self.overloaded();
            };
            // Another client may have asked the same meanwhile.
            let found = self.cache.get(&key);
            if let Some(stored) = found.as_ref().filter(|stored| is_ready(stored)) {
                drop(share);
                return self.send(asked, stored, deadline).await;
            }
            match self.work(asked, found, share, deadline).await {
                Some(Ok(done)) => {
                    if done.stored.is_success() {
                        self.cache.put(&key, &done.stored);
                    }
                    return sent(done.response, Some(done.share));
                }
                // It begins anew once there is room for all of it: what waits must not hold what others wait for.
                Some(Err(Needs(bytes))) => {
                    let bytes = bytes.checked_next_power_of_two().unwrap_or(bytes);
                    needs.bytes = bytes.min(self.pool.most_bytes());
                }
                None => return self.failed(),
            }
        }
    }

    /// An answer that needs no work.
    fn at_once(&self, asked: &ServiceRequest, key: &str) -> Response {
        let stored = StoredAnswer::new(answer(&self.service, "GET", asked, &|| true, &|_| true));
        stored.work(&asked.headers, self.faithful, &|_| true);
        let response = stored.response(&asked.headers, self.faithful);
        if stored.is_success() {
            self.cache.put(key, &Arc::new(stored));
        }
        sent(response, None)
    }

    /// An answer that is kept.
    async fn send(
        &self,
        asked: &ServiceRequest,
        stored: &StoredAnswer,
        deadline: Instant,
    ) -> Response {
        let response = stored.response(&asked.headers, self.faithful);
        let bytes = counted(&response);
        if bytes == 0 {
            return sent(response, None);
        }
        let needs = Resources::of_bytes(bytes);
        match self.share(asked.client, needs, deadline).await {
            Some(share) => sent(response, Some(share)),
            None => self.overloaded(),
        }
    }

    async fn share(
        &self,
        client: ClientAddress,
        needs: Resources,
        deadline: Instant,
    ) -> Option<Share> {
        let share = self.pool.acquire(client, needs);
        tokio::time::timeout_at(deadline.into(), share).await.ok()?
    }

    /// Works on a thread of its own; nothing where that has panicked.
    async fn work(
        &self,
        asked: &ServiceRequest,
        found: Option<Arc<StoredAnswer>>,
        share: Share,
        deadline: Instant,
    ) -> Option<Result<Done, Needs>> {
        let wanted = Wanted(Arc::new(AtomicBool::new(true)));
        let is_wanted = Arc::clone(&wanted.0);
        let (service, faithful, most) = (
            Arc::clone(&self.service),
            self.faithful,
            self.pool.most_bytes(),
        );
        let asked = asked.clone();
        let thread = spawn_blocking(move || {
            let goes_on = || is_wanted.load(Ordering::Relaxed) && Instant::now() < deadline;
            let refused = AtomicUsize::new(0);
            let reserve = |bytes| {
                let may_have = share.grow(bytes);
                if !may_have {
                    refused.store(bytes, Ordering::Relaxed);
                }
                may_have
            };
            let stored = found.unwrap_or_else(|| {
                Arc::new(StoredAnswer::new(answer(
                    &service, "GET", &asked, &goes_on, &reserve,
                )))
            });
            let (more, length) = (refused.load(Ordering::Relaxed), stored.body().len());
            if more > 0 && more <= most {
                return Err(Needs(more));
            }
            if length <= most && !share.grow(length) {
                return Err(Needs(length));
            }
            stored.work(&asked.headers, faithful, &|bytes| share.grow(bytes));
            let response = stored.response(&asked.headers, faithful);
            // Held until here, even if the client went away: a thread that works is a processor in use.
            share.end_work(counted(&response));
            Ok(Done {
                stored,
                response,
                share,
            })
        });
        thread.await.ok()
    }

    /// The answer to another method, which needs no work.
    pub fn answer_to(&self, method: &str, asked: &ServiceRequest) -> Response {
        let stored = StoredAnswer::new(answer(&self.service, method, asked, &|| true, &|_| true));
        sent(stored.response(&asked.headers, self.faithful), None)
    }

    fn failed(&self) -> Response {
        let stored = error_response::answer(
            500,
            "internal",
            "internal error during the search",
            "report it together with the query",
        );
        sent(stored.response(&HeaderMap::new(), self.faithful), None)
    }

    fn overloaded(&self) -> Response {
        let stored = if self.faithful {
            StoredAnswer::whole(503, "text/plain;charset=UTF-8", Vec::new())
        } else {
            overloaded()
        };
        sent(stored.response(&HeaderMap::new(), self.faithful), None)
    }
}

/// A response that holds what it may until it is sent.
fn sent(response: Response<Bytes>, share: Option<Share>) -> Response {
    response.map(|bytes| match share {
        Some(share) => Body::from(Bytes::from_owner(Sent {
            bytes,
            _share: share,
        })),
        None => Body::from(bytes),
    })
}

/// How many bytes of a response a client has to hold a share for.
fn counted(response: &Response<Bytes>) -> usize {
    let bytes = response.body().len();
    if bytes > SMALL_ANSWER { bytes } else { 0 }
}

/// The response to a client that has to retry.
pub fn overloaded() -> StoredAnswer {
    error_response::answer(
        503,
        "overloaded",
        "too many searches in progress, or too many responses not yet received",
        "retry in a few seconds",
    )
}

fn answer(
    service: &Service,
    method: &str,
    asked: &ServiceRequest,
    goes_on: &(dyn Fn() -> bool + Sync),
    reserve: &(dyn Fn(usize) -> bool + Sync),
) -> crate::trackfind::server::ServerAnswer {
    service.answer(&Request {
        method,
        path: &asked.path,
        query: asked.query.as_deref(),
        accept: combined(&asked.headers, ACCEPT).as_deref(),
        goes_on,
        reserve,
    })
}
