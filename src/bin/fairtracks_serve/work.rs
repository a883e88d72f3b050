//! Searches: as many at a time as there are processors, each within its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use fairtracks::service::{Request, Service};
use hyper::header::{ACCEPT, HeaderMap};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::cache::{Cache, Tally};
use crate::refusal;
use crate::stored::{Manner, Stored, text};

/// Bytes of answers that may be on their way to slow clients, beside those that the cache keeps.
const MOST_UNDER_WAY: usize = 1 << 30;

/// What answers searches.
pub struct Work {
    service: Arc<Service>,
    cache: Cache,
    processors: Arc<Semaphore>,
    tally: Arc<Tally>,
    most_bytes: usize,
    patience: Duration,
    manner: Manner,
}

/// A request for an answer of the service.
#[derive(Clone)]
pub struct Asked {
    /// The path as it was sent.
    pub path: String,
    /// The query as it was sent.
    pub query: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
}

/// Whether anybody still waits for an answer: not once this is dropped.
struct Wanted(Arc<AtomicBool>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Work {
    /// Answers of a service, some bytes of which are kept.
    pub fn new(
        service: Service,
        cache: usize,
        patience: Duration,
        manner: Manner,
        tally: &Arc<Tally>,
    ) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Work {
            service: Arc::new(service),
            cache: Cache::new(cache),
            processors: Arc::new(Semaphore::new(processors)),
            tally: Arc::clone(tally),
            most_bytes: cache + MOST_UNDER_WAY,
            patience,
            manner,
        }
    }

    /// The answer to a request to read something.
    pub async fn answer(&self, asked: &Asked) -> Arc<Stored> {
        let deadline = Instant::now() + self.patience;
        let accept = text(&asked.headers, &ACCEPT);
        // None of the three can have a line break in it.
        let key = format!(
            "{}\n{}\n{}",
            asked.path,
            asked.query.as_deref().unwrap_or("\n"),
            accept.unwrap_or("\n")
        );
        let kept = |stored: &Arc<Stored>| !stored.wants_work(&asked.headers, self.manner);
        if let Some(stored) = self.cache.get(&key).filter(kept) {
            return stored;
        }
        if self.tally.bytes() > self.most_bytes {
            return self.overloaded();
        }
        let permit = Arc::clone(&self.processors).acquire_owned();
        let Ok(Ok(permit)) = tokio::time::timeout_at(deadline.into(), permit).await else {
            return self.overloaded();
        };
        // Another client may have asked the same meanwhile.
        let found = self.cache.get(&key);
        if let Some(stored) = found.as_ref().filter(|stored| kept(stored)) {
            return Arc::clone(stored);
        }
        let wanted = Wanted(Arc::new(AtomicBool::new(true)));
        let is_wanted = Arc::clone(&wanted.0);
        let (service, tally, manner) = (
            Arc::clone(&self.service),
            Arc::clone(&self.tally),
            self.manner,
        );
        let asked = asked.clone();
        let thread = spawn_blocking(move || {
            let goes_on = || is_wanted.load(Ordering::Relaxed) && Instant::now() < deadline;
            let stored = found.unwrap_or_else(|| {
                Arc::new(Stored::new(
                    answer(&service, "GET", &asked, &goes_on),
                    &tally,
                ))
            });
            stored.work(&asked.headers, manner, &tally);
            // Held until here, even if the client went away: a thread that works is a processor in use.
            drop(permit);
            stored
        });
        let Ok(stored) = thread.await else {
            return Arc::new(refusal::told(
                500,
                "internal",
                "the search ended by a fault of the server",
                "report it with the query that was asked",
            ));
        };
        if stored.is_success() {
            self.cache.put(&key, &stored);
        }
        stored
    }

    /// The answer to another method, which needs no work.
    pub fn answer_to(&self, method: &str, asked: &Asked) -> Stored {
        let answer = answer(&self.service, method, asked, &|| true);
        Stored::new(answer, &self.tally)
    }

    fn overloaded(&self) -> Arc<Stored> {
        Arc::new(if self.manner == Manner::Faithful {
            Stored::whole(503, "text/plain;charset=UTF-8", Vec::new())
        } else {
            overloaded()
        })
    }
}

/// What is told to a client that has to come back.
pub fn overloaded() -> Stored {
    refusal::told(
        503,
        "overloaded",
        "too many searches are under way",
        "ask again in a few seconds",
    )
}

fn answer(
    service: &Service,
    method: &str,
    asked: &Asked,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> fairtracks::service::Answer {
    service.answer(&Request {
        method,
        path: &asked.path,
        query: asked.query.as_deref(),
        accept: text(&asked.headers, &ACCEPT),
        goes_on,
    })
}
