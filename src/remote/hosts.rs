//! Names of hosts and their addresses: resolved once, checked, and only then connected to.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use url::{Host, Url};

use super::address::{lies_in, private_name, refusal};
use super::fault::{AttemptError, Fault};
use super::location::host_of;
use super::open_files;

/// How long an answer of the name service is used for new connections.
const KEPT: Duration = Duration::from_secs(60);

/// Turns the names of hosts into addresses. A test brings its own answers.
pub trait HostNames: Send + Sync + fmt::Debug {
    /// All addresses of a host.
    ///
    /// # Errors
    /// There is no such host, or nobody to ask.
    fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// The name service of the machine.
#[derive(Debug, Default)]
pub struct SystemNames;

impl HostNames for SystemNames {
    fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok((host, 0)
            .to_socket_addrs()?
            .map(|found| found.ip())
            .collect())
    }
}

/// A host that the site allows although it is private: a name, an address or a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowedHost {
    /// A host name, in small letters, without the dot at its end.
    Name(String),
    /// A network: its first address and the length of its prefix in bits.
    Network(IpAddr, u32),
}

impl AllowedHost {
    /// Reads `tracks.example.org`, `10.1.2.3`, `10.1.0.0/16`, `::1` or `fd00::/8`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = text.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            let bits = if address.is_ipv4() { 32 } else { 128 };
            return Some(AllowedHost::Network(address, bits));
        }
        if let Some((address, bits)) = text.split_once('/') {
            let address: IpAddr = address.parse().ok()?;
            let bits: u32 = bits.parse().ok()?;
            let longest = if address.is_ipv4() { 32 } else { 128 };
            return (bits <= longest).then_some(AllowedHost::Network(address, bits));
        }
        match Host::parse(text).ok()? {
            Host::Domain(name) if !name.contains('*') => {
                Some(AllowedHost::Name(name.trim_end_matches('.').to_owned()))
            }
            _ => None,
        }
    }

    fn names(&self, host: &str) -> bool {
        matches!(self, AllowedHost::Name(name) if name == host.trim_end_matches('.'))
    }

    fn contains(&self, address: IpAddr) -> bool {
        matches!(self, AllowedHost::Network(network, bits) if lies_in(address, *network, *bits))
    }
}

/// Who decides which addresses may be connected to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Public addresses, and what the site allows.
    Public(Vec<AllowedHost>),
    /// The same by what can be seen from here: a proxy turns names into addresses.
    Proxied(Vec<AllowedHost>),
    /// All: the site itself wrote the address.
    Site,
}

/// The addresses of a host, checked, and since when; without a time they are old.
type Answer = (Option<Instant>, Vec<IpAddr>);

/// Why a file is not fetched from this address, by what can be seen without asking anybody: a literal address or a name
/// of a host that lies inside a network. None where nothing speaks against it yet.
pub fn refused_unseen(address: &str, allowed: &[AllowedHost]) -> Option<Fault> {
    let url = match super::location::parse(address) {
        Ok(url) => url,
        Err(fault) => return Some(fault),
    };
    let hosts = Hosts::new(Arc::new(SystemNames), Trust::Proxied(allowed.to_vec()));
    // A name that the site allows needs no look at what it stands for.
    if Hosts::names_own(allowed, &url) {
        return None;
    }
    hosts.check(&url).err().map(|failure| failure.fault)
}

/// The addresses of hosts, checked. What a client connects to comes from here alone, so that the address that was
/// checked is the address that is connected to.
#[derive(Debug)]
pub(crate) struct Hosts {
    names: Arc<dyn HostNames>,
    trust: Trust,
    known: Mutex<HashMap<String, Answer>>,
}

impl Hosts {
    pub fn new(names: Arc<dyn HostNames>, trust: Trust) -> Self {
        Hosts {
            names,
            trust,
            known: Mutex::default(),
        }
    }

    /// The addresses of the host of an address of a file that may be connected to: at least one. Empty where a proxy
    /// finds them.
    pub fn check(&self, url: &Url) -> Result<Vec<IpAddr>, AttemptError> {
        match url.host() {
            Some(Host::Ipv4(address)) => self.literal(url, address.into()),
            Some(Host::Ipv6(address)) => self.literal(url, address.into()),
            Some(Host::Domain(name)) => self.named(url, name),
            None => Err(AttemptError::at_last(Fault::Address {
                address: crate::text::secrets::redacted(url.as_str()),
                problem: "there is no host in it".to_owned(),
            })),
        }
    }

    /// Whether the site allows the host of an address by its name or its literal address.
    pub fn names_own(allowed: &[AllowedHost], url: &Url) -> bool {
        allowed.iter().any(|allowed| match url.host() {
            Some(Host::Domain(name)) => allowed.names(name),
            Some(Host::Ipv4(address)) => allowed.contains(address.into()),
            Some(Host::Ipv6(address)) => allowed.contains(address.into()),
            None => false,
        })
    }

    /// Resolves a host that the site itself named, such as its proxy.
    pub fn trust_name(&self, url: &Url) {
        if let Some(Host::Domain(name)) = url.host()
            && self.known(name).is_none()
            && let Ok(addresses) = self.names.addresses(name)
        {
            self.keep(name, addresses);
        }
    }

    /// Lets the next attempt ask the name service again. The addresses stay for those who are about to connect.
    pub fn forget(&self, url: &Url) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, _)) = url.host_str().and_then(|name| known.get_mut(name)) {
            *since = None;
        }
    }

    fn literal(&self, url: &Url, address: IpAddr) -> Result<Vec<IpAddr>, AttemptError> {
        match self.refusal(address) {
            None => Ok(vec![address]),
            Some(what) => Err(private(url, what)),
        }
    }

    fn named(&self, url: &Url, name: &str) -> Result<Vec<IpAddr>, AttemptError> {
        let by_name = self.allowed().iter().any(|allowed| allowed.names(name));
        if let (Trust::Proxied(_), false) = (&self.trust, by_name) {
            return match private_name(name) {
                Some(what) => Err(private(url, what)),
                None => Ok(Vec::new()),
            };
        }
        if let Some(addresses) = self.known(name) {
            return Ok(addresses);
        }
        let unknown = || {
            AttemptError::passing(match open_files::are_exhausted() {
                true => Fault::OpenFiles,
                false => Fault::UnknownHost { host: host_of(url) },
            })
        };
        let found = self.names.addresses(name).map_err(|_| unknown())?;
        let first_refusal = found.iter().find_map(|address| self.refusal(*address));
        let addresses: Vec<IpAddr> = found
            .into_iter()
            .filter(|address| by_name || self.refusal(*address).is_none())
            .collect();
        if addresses.is_empty() {
            return Err(first_refusal.map_or_else(unknown, |what| private(url, what)));
        }
        self.keep(name, addresses.clone());
        Ok(addresses)
    }

    fn allowed(&self) -> &[AllowedHost] {
        match &self.trust {
            Trust::Public(allowed) | Trust::Proxied(allowed) => allowed,
            Trust::Site => &[],
        }
    }

    fn refusal(&self, address: IpAddr) -> Option<&'static str> {
        let is_allowed = self.trust == Trust::Site
            || self
                .allowed()
                .iter()
                .any(|allowed| allowed.contains(address));
        if is_allowed { None } else { refusal(address) }
    }

    fn known(&self, name: &str) -> Option<Vec<IpAddr>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, addresses) = known.get(name)?;
        since
            .is_some_and(|since| since.elapsed() < KEPT)
            .then(|| addresses.clone())
    }

    fn keep(&self, name: &str, addresses: Vec<IpAddr>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(name.to_owned(), (Some(Instant::now()), addresses));
    }
}

fn private(url: &Url, what: &'static str) -> AttemptError {
    AttemptError::at_last(Fault::Private {
        host: host_of(url),
        what,
    })
}

/// The way in which reqwest asks: it gets what was checked before the request, and never asks the name service.
#[derive(Debug)]
pub(crate) struct CheckedResolver(pub Arc<Hosts>);

impl reqwest::dns::Resolve for CheckedResolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known
            .get(name.as_str())
            .map(|(_, addresses)| addresses.clone());
        Box::pin(std::future::ready(match found {
            Some(addresses) => {
                let addresses = addresses
                    .into_iter()
                    .map(|address| SocketAddr::new(address, 0));
                Ok(Box::new(addresses) as reqwest::dns::Addrs)
            }
            None => Err("the name was not checked".into()),
        }))
    }
}
