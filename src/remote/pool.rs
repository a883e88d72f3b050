//! Many downloads at a time, and not too many from one host.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::fault::Fault;
use super::fetch::{Fetched, Fetcher};
use super::open_files::room_for_downloads;

/// A file to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The URL.
    pub address: String,
    /// The target path; `None` where only the digests are wanted.
    pub to: Option<PathBuf>,
    /// Whether to compute the MD5 in addition to the SHA-256.
    pub with_md5: bool,
}

/// The outcome of a download.
pub type DownloadOutcome = Result<Fetched, Fault>;

/// The most retries of a download after the limit of open files was reached.
const MOST_PUT_BACK: u32 = 20;
/// The time to wait for a finished connection to close.
const UNTIL_CLOSED: Duration = Duration::from_millis(50);

struct Queue {
    /// Positions of downloads that wait, in their order.
    waiting: VecDeque<usize>,
    /// Downloads under way, by the number of their host.
    busy: Vec<usize>,
    most: usize,
    /// The number of times that each download was put back.
    put_back: Vec<u32>,
}

impl Queue {
    /// A download is over. One that found no file left to open waits for others, or for what those before it have left open,
    /// and fewer are under way from then on; the answer is whether that is so.
    fn give_back(&mut self, position: usize, host: usize, outcome: &DownloadOutcome) -> bool {
        let others = self.under_way() - 1;
        self.busy[host] -= 1;
        let is_put_back =
            matches!(outcome, Err(Fault::OpenFiles)) && self.put_back[position] < MOST_PUT_BACK;
        if is_put_back {
            self.put_back[position] += 1;
            self.most = self.most.min(others).max(1);
            self.waiting.push_front(position);
        }
        is_put_back
    }

    fn under_way(&self) -> usize {
        self.busy.iter().sum()
    }
}

impl Fetcher {
    /// Downloads files in parallel; a failure does not stop the others. The outcomes are in the order of the downloads. A low
    /// limit of open files reduces the parallelism. `report` is called for each finished download, one at a time: index,
    /// outcome, duration.
    pub fn fetch_all(
        &self,
        downloads: &[Download],
        report: &mut (dyn FnMut(usize, &DownloadOutcome, Duration) + Send),
    ) -> Vec<DownloadOutcome> {
        let limits = &self.settings().limits;
        let (hosts, count) = self.host_numbers(downloads);
        let queue = Mutex::new(Queue {
            waiting: (0..downloads.len()).collect(),
            busy: vec![0; count],
            most: limits.parallel.min(room_for_downloads()),
            put_back: vec![0; downloads.len()],
        });
        let freed = Condvar::new();
        let done = Mutex::new((report, vec![None; downloads.len()]));
        let work = || {
            while let Some(position) = take(&queue, &freed, &hosts, limits.parallel_per_host) {
                let download = &downloads[position];
                let start = Instant::now();
                let outcome =
                    self.download(&download.address, download.to.as_deref(), download.with_md5);
                let took = start.elapsed();
                let is_put_back = lock(&queue).give_back(position, hosts[position], &outcome);
                freed.notify_all();
                if is_put_back {
                    thread::sleep(UNTIL_CLOSED);
                    continue;
                }
                // On a full disk all other downloads fail too.
                let given_up = match outcome {
                    Err(Fault::DiskFull) => lock(&queue).waiting.drain(..).collect(),
                    _ => Vec::new(),
                };
                let mut done = lock(&done);
                for position in [position].into_iter().chain(given_up) {
                    (done.0)(position, &outcome, took);
                    done.1[position] = Some(outcome.clone());
                }
            }
        };
        thread::scope(|scope| {
            // This thread works too, in case the system refuses further threads.
            for _ in 1..limits.parallel.min(downloads.len()) {
                let worker = thread::Builder::new().name("download".to_owned());
                let _ = worker.spawn_scoped(scope, work);
            }
            work();
        });
        let (_, outcomes) = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Every index was taken and has an outcome.
        outcomes.into_iter().flatten().collect()
    }

    /// The number of the host of each download, and how many hosts there are.
    fn host_numbers(&self, downloads: &[Download]) -> (Vec<usize>, usize) {
        let mut numbers = HashMap::new();
        let hosts = downloads
            .iter()
            .map(|download| {
                let next = numbers.len();
                *numbers
                    .entry(self.busy_host(&download.address))
                    .or_insert(next)
            })
            .collect();
        (hosts, numbers.len())
    }
}

/// Waits for the first queued download whose host is not too busy; `None` if none is left.
fn take(queue: &Mutex<Queue>, freed: &Condvar, hosts: &[usize], per_host: usize) -> Option<usize> {
    let mut queue = lock(queue);
    loop {
        if queue.waiting.is_empty() {
            return None;
        }
        let has_room = queue.under_way() < queue.most;
        let Queue { waiting, busy, .. } = &mut *queue;
        let free = waiting
            .iter()
            .position(|position| has_room && busy[hosts[*position]] < per_host);
        if let Some(position) = free.and_then(|place| waiting.remove(place)) {
            busy[hosts[position]] += 1;
            return Some(position);
        }
        queue = freed.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
