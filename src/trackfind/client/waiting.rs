//! Notices about slow responses.
//!
//! A TrackFind server has one connection to its database for all searches of everybody: while one search runs, all
//! others wait, however long it takes.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::remote::settings::TransferLimits;

/// The time after which the user is informed that the server has not answered yet.
const QUIET: Duration = Duration::from_secs(10);
/// The shortest time limit of an attempt.
const SHORTEST: Duration = Duration::from_millis(1);

/// The wait for one answer, all attempts together.
pub(super) struct Waiting<'l> {
    limits: &'l TransferLimits,
    end: Instant,
}

impl<'l> Waiting<'l> {
    /// A wait that starts now.
    pub fn new(limits: &'l TransferLimits) -> Self {
        Waiting {
            limits,
            end: Instant::now() + limits.server,
        }
    }

    pub fn is_over(&self) -> bool {
        Instant::now() >= self.end
    }

    /// The limits of the site, reduced to the remaining time.
    pub fn limits(&self) -> TransferLimits {
        let left = self.end.saturating_duration_since(Instant::now());
        TransferLimits {
            stall: left.max(SHORTEST),
            longest_retry_pause: self.limits.longest_retry_pause.min(left),
            ..self.limits.clone()
        }
    }

    /// Runs `work`, and calls `notice` once if it takes long: after ten seconds, or half of the time limit if that is less.
    pub fn with_notice<T>(
        &self,
        server: &str,
        about: &str,
        notice: fn(&str),
        work: impl FnOnce() -> T,
    ) -> T {
        let quiet = QUIET.min(self.limits.server / 2);
        let most = self.limits.server.as_secs_f64();
        let (done, is_done) = channel::<()>();
        let text = format!(
            "waiting for the answer of {server} to the request for {about}: a TrackFind server answers one search at a time; the limit is {most} seconds"
        );
        thread::scope(|scope| {
            let watch = move || {
                if is_done.recv_timeout(quiet) == Err(RecvTimeoutError::Timeout) {
                    notice(&text);
                }
            };
            // If no thread can be started, the notice is skipped, but the request is still sent.
            let _ = thread::Builder::new().spawn_scoped(scope, watch);
            let outcome = work();
            drop(done);
            outcome
        })
    }
}
