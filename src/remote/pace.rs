//! The pace of requests to one host.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use url::Url;

use super::location::host_of;

/// The pause between two requests to one host: portals such as ENCODE allow 10 in a second.
const PAUSE: Duration = Duration::from_millis(110);

/// When each host was last asked, so that none gets more than about nine requests in a second.
#[derive(Debug, Default)]
pub struct HostPace {
    last: HashMap<String, Instant>,
}

impl HostPace {
    /// Waits until the host of a URL may be asked again.
    pub fn wait(&mut self, url: &Url) {
        let host = host_of(url);
        if let Some(last) = self.last.get(&host) {
            thread::sleep(PAUSE.saturating_sub(last.elapsed()));
        }
        self.last.insert(host, Instant::now());
    }
}
