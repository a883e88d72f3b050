//! What the tests of fetching share: cases with a server each, and what must hold for all of them.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::net::IpAddr;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use fairtracks::archive::digest::Sha256Sum;
use fairtracks::remote::{Fault, Fetched, Fetcher, HostNames, Settings};

use super::scripted_server::{Act, Request, Server};
use crate::support;

/// What must never be shown: parts of the addresses that the cases use.
pub const SECRETS: [&str; 4] = ["annuser", "s3cret", "t0ken", "secret words"];

/// Short pauses and a short patience. The stall limit leaves time for a busy machine.
pub const QUICK: &str = "
allow_private_hosts = [\"127.0.0.1\"]
[limits]
stall_seconds = 1.0
retry_seconds = 0.001
longest_retry_seconds = 0.01
retries = 3
bytes_per_file = 100000
";

/// A fetcher with the settings of the tests and more of them.
pub fn fetcher(settings: &str) -> Fetcher {
    Fetcher::new(Settings::parse(settings).unwrap()).unwrap()
}

/// A name service with a table; what is not in it does not exist.
#[derive(Debug, Default)]
pub struct Table(pub HashMap<String, Vec<IpAddr>>);

impl Table {
    /// Names and their addresses.
    pub fn of(rows: &[(&str, &[&str])]) -> Arc<Self> {
        let row = |(name, addresses): &(&str, &[&str])| {
            let addresses = addresses.iter().map(|text| text.parse().unwrap()).collect();
            ((*name).to_owned(), addresses)
        };
        Arc::new(Table(rows.iter().map(row).collect()))
    }
}

impl HostNames for Table {
    fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let found = self.0.get(host).cloned();
        found.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

/// What becomes of a case.
pub enum Expected {
    /// The file, with these bytes.
    Complete(Vec<u8>),
    /// A fault of one of these kinds.
    Fault(&'static [&'static str]),
}

/// A server and what becomes of a file that is fetched from it.
pub struct Case {
    name: String,
    server: Server,
    expected: Expected,
}

impl Case {
    /// A case whose server follows a script.
    pub fn new(script: impl Fn(&Request) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Case {
            name: String::new(),
            server: Server::start(script),
            expected: Expected::Fault(&[]),
        }
    }

    /// The same with a name and an expectation.
    pub fn named(self, name: impl Into<String>, expected: Expected) -> Self {
        Case {
            name: name.into(),
            expected,
            ..self
        }
    }

    fn run(&self, fetcher: &Fetcher) -> Result<(), String> {
        let folder = support::folder();
        let place = folder.join("track");
        let address = self.server.address;
        let url = format!("http://annuser:s3cret@{address}/x?sig=t0ken&y=1");
        let outcome = fetcher.fetch(&url, &place, true);
        shows_no_secret(&outcome)?;
        let left: Vec<_> = fs::read_dir(&folder).unwrap().collect();
        match (&self.expected, &outcome) {
            (Expected::Complete(bytes), Ok(fetched)) => {
                if left.len() != 1 || fs::read(&place).unwrap() != *bytes {
                    return Err("the file is another one".to_owned());
                }
                let digests = &fetched.digests;
                if digests.sha256 != Sha256Sum::of(bytes) || digests.bytes != bytes.len() as u64 {
                    return Err("the digests are wrong".to_owned());
                }
                fs::remove_dir_all(&folder).unwrap();
                Ok(())
            }
            (Expected::Fault(kinds), Err(fault)) if kinds.contains(&fault.kind()) => {
                if !left.is_empty() {
                    return Err("a partial file is left".to_owned());
                }
                fs::remove_dir_all(&folder).unwrap();
                Ok(())
            }
            (_, Ok(_)) => Err("a file came".to_owned()),
            (_, Err(fault)) => Err(format!("{}: {fault}", fault.kind())),
        }
    }
}

/// Looks for secrets in all that an outcome shows.
pub fn shows_no_secret(outcome: &Result<Fetched, Fault>) -> Result<(), String> {
    let message = outcome.as_ref().err().map(ToString::to_string);
    let shown = format!("{outcome:?} {message:?}");
    match SECRETS.iter().find(|secret| shown.contains(*secret)) {
        Some(secret) => Err(format!("shows `{secret}`: {shown}")),
        None => Ok(()),
    }
}

/// Runs cases, several at a time, as most of them wait. One that hangs is named.
pub fn run_all(cases: Vec<Case>) {
    let fetcher = Arc::new(fetcher(QUICK));
    let cases: Vec<Arc<Case>> = cases.into_iter().map(Arc::new).collect();
    let waiting = Arc::new(Mutex::new(cases.clone()));
    let (sender, receiver) = channel();
    for _ in 0..16 {
        let (fetcher, waiting, sender) = (fetcher.clone(), waiting.clone(), sender.clone());
        thread::spawn(move || {
            loop {
                let next = waiting.lock().unwrap().pop();
                let Some(case) = next else { return };
                let _ = sender.send((case.name.clone(), case.run(&fetcher)));
            }
        });
    }
    drop(sender);
    let mut missing: Vec<String> = cases.iter().map(|case| case.name.clone()).collect();
    let mut wrong = Vec::new();
    while !missing.is_empty() {
        // Far longer than all attempts of a case together, however busy the machine.
        match receiver.recv_timeout(Duration::from_secs(120)) {
            Ok((name, outcome)) => {
                let place = missing.iter().position(|other| *other == name).unwrap();
                missing.remove(place);
                wrong.extend(outcome.err().map(|problem| format!("{name}: {problem}")));
            }
            Err(RecvTimeoutError::Timeout) => panic!("these hang: {missing:?}"),
            Err(RecvTimeoutError::Disconnected) => panic!("these panicked: {missing:?}"),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}
