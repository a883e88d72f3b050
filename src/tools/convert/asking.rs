//! Requests to services, within the limits of the site: bytes, time and requests of one job.

use std::thread;
use std::time::{Duration, Instant};

use super::download::SourceDownload;
use crate::archive::digest::Sha256Sum;
use crate::cli::Failure;
use crate::conversion::read::page_value;
use crate::conversion::read::pages::PageRequest;
use crate::remote::{RemoteAnswer, RemoteQuestion};

/// The shortest pause before a service that is not ready is asked again.
const SHORTEST_POLL: Duration = Duration::from_secs(1);
/// How much longer than one answer all answers of a job may take.
const ANSWERS: u32 = 12;

/// A client for the services of one job.
pub struct PortalClient {
    download: SourceDownload,
    bytes: u64,
    start: Instant,
    /// Since when a service is not ready.
    waiting: Option<Instant>,
}

impl PortalClient {
    /// A client with the settings of the site.
    ///
    /// # Errors
    /// The settings or the folder for temporary files cannot be used.
    pub fn new() -> Result<Self, Failure> {
        Ok(PortalClient {
            download: SourceDownload::new()?,
            bytes: 0,
            start: Instant::now(),
            waiting: None,
        })
    }

    /// The downloads of the same job.
    pub fn into_download(self) -> SourceDownload {
        self.download
    }

    /// Sends a request. A service that is not ready is asked again.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn ask(
        &mut self,
        request: &PageRequest,
        accept: &'static str,
    ) -> Result<RemoteAnswer, String> {
        self.ask_with(request, accept, |_| false)
    }

    /// Sends a request to a service that may state with an error status that it found nothing.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn ask_with(
        &mut self,
        request: &PageRequest,
        accept: &'static str,
        is_nothing_found: impl Fn(&RemoteAnswer) -> bool,
    ) -> Result<RemoteAnswer, String> {
        loop {
            let limits = self.download.limits();
            let most_time = limits.server.saturating_mul(ANSWERS);
            if self.start.elapsed() > most_time {
                let seconds = most_time.as_secs_f64();
                return Err(format!(
                    "the answers took more than {seconds} seconds, {ANSWERS} times the limit of this site for one (`server_seconds` in its settings): narrow the search"
                ));
            }
            let most = limits.bytes_per_job;
            let answer = self.download.ask(&RemoteQuestion {
                url: &request.url,
                accept,
                body: request.body.as_deref().map(str::as_bytes),
                most: most.saturating_sub(self.bytes).max(1),
            })?;
            self.bytes += answer.body.len() as u64;
            match answer.status {
                202 => thread::sleep(self.poll_pause(answer.retry_after)?),
                status if matches!(status, 200..=299) || is_nothing_found(&answer) => {
                    let sha256 = Sha256Sum::of(&answer.body).hexadecimal();
                    self.download.count(answer.retrieved_from.clone(), sha256);
                    return Ok(answer);
                }
                _ => return Err(refusal(&answer)),
            }
        }
    }

    /// A service has sent what it was asked for.
    pub fn progressed(&mut self) {
        self.waiting = None;
    }

    /// The pause before the next request to a service that is not ready.
    ///
    /// # Errors
    /// It has not been ready for too long.
    pub fn poll_pause(&mut self, asked: Option<Duration>) -> Result<Duration, String> {
        let limits = self.download.limits();
        let since = self.waiting.get_or_insert_with(Instant::now);
        if since.elapsed() >= limits.server {
            return Err(format!(
                "the service was not ready within {} seconds, the limit of this site (`server_seconds` in its settings): try again later",
                limits.server.as_secs_f64()
            ));
        }
        let pause = asked.unwrap_or_default().max(SHORTEST_POLL);
        Ok(pause.min(limits.longest_retry_pause))
    }
}

/// Why a service refuses a request, in its own words if it has some.
fn refusal(answer: &RemoteAnswer) -> String {
    let said = page_value::value(&answer.body, "JSON").ok();
    let said = said.and_then(|value| page_value::stated_error(&value));
    let said = match said {
        Some(said) => format!("status {}: {said}", answer.status),
        None => format!("status {}", answer.status),
    };
    match answer.status {
        404 | 410 => format!(
            "{} has no answer to this request ({said}): check the URL",
            answer.served_by
        ),
        _ => format!(
            "{} refuses the request ({said}): check the URL or the search",
            answer.served_by
        ),
    }
}
