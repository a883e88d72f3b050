//! Host names and their addresses: resolved once, checked, and only then used.

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

/// How long a DNS answer is used for new connections.
const KEPT: Duration = Duration::from_secs(60);

/// Resolves host names. Tests supply their own answers.
pub trait HostNames: Send + Sync + fmt::Debug {
    /// All addresses of a host.
    ///
    /// # Errors
    /// The host does not exist, or DNS is not available.
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
    /// A host name in lower case, without the final dot.
    Name(String),
    /// A network: first address and prefix length in bits.
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

/// The policy for allowed addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Public addresses, and what the site allows.
    Public(Vec<AllowedHost>),
    /// The same without DNS, because a proxy resolves names.
    Proxied(Vec<AllowedHost>),
    /// All addresses, because the site configured the URL.
    Site,
}

/// The checked addresses of a host and their time; without a time they are outdated.
type Answer = (Option<Instant>, Vec<IpAddr>);

/// Why this URL is refused, as far as can be decided without DNS: a literal address or a host name inside a private network. `None`
/// if it is allowed so far.
pub fn refused_unseen(address: &str, allowed: &[AllowedHost]) -> Option<Fault> {
    let url = match super::location::parse(address) {
        Ok(url) => url,
        Err(fault) => return Some(fault),
    };
    let hosts = Hosts::new(Arc::new(SystemNames), Trust::Proxied(allowed.to_vec()));
    // The addresses of a name that the site allows are not checked.
    if Hosts::names_own(allowed, &url) {
        return None;
    }
    hosts.check(&url).err().map(|failure| failure.fault)
}

/// The checked addresses of hosts. Clients get addresses only from here, so the checked address is the one connected to.
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

    /// The allowed addresses of a URL's host, at least one; empty if a proxy resolves them.
    pub fn check(&self, url: &Url) -> Result<Vec<IpAddr>, AttemptError> {
        match url.host() {
            Some(Host::Ipv4(address)) => self.literal(url, address.into()),
            Some(Host::Ipv6(address)) => self.literal(url, address.into()),
            Some(Host::Domain(name)) => self.named(url, name),
            None => Err(AttemptError::at_last(Fault::Address {
                address: crate::text::secrets::redacted(url.as_str()),
                problem: "no host".to_owned(),
            })),
        }
    }

    /// Whether the site allows the host of a URL by name or literal address.
    pub fn names_own(allowed: &[AllowedHost], url: &Url) -> bool {
        allowed.iter().any(|allowed| match url.host() {
            Some(Host::Domain(name)) => allowed.names(name),
            Some(Host::Ipv4(address)) => allowed.contains(address.into()),
            Some(Host::Ipv6(address)) => allowed.contains(address.into()),
            None => false,
        })
    }

    /// Resolves a host that the site named, such as its proxy.
    pub fn trust_name(&self, url: &Url) {
        if let Some(Host::Domain(name)) = url.host()
            && self.known(name).is_none()
            && let Ok(addresses) = self.names.addresses(name)
        {
            self.keep(name, addresses);
        }
    }

    /// Makes the next attempt resolve again. The addresses remain for connections in progress.
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

/// The resolver for reqwest: it returns addresses checked before the request, and never uses DNS.
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
