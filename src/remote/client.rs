//! The clients for http and https: one for the internet, one for the mirrors of the site.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use reqwest::blocking::Client;
use reqwest::{Certificate, Proxy, redirect};
use thiserror::Error;

use super::error_sources::error_sources;
use super::hosts::{CheckedResolver, HostNames, Hosts, Trust};
use super::open_files::{is_cause, may_open, room_for_downloads};
use super::settings::Settings;

/// Why no connection can be set up.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SetupError {
    /// The file of `extra_ca`.
    #[error("`extra_ca` of the site's settings: {0}, expected a file with certificates in PEM")]
    ExtraCertificates(String),
    /// The limit of open files is too low.
    #[error(
        "the limit of open files is too low for downloads: ask the administrator to raise it (`ulimit -n`)"
    )]
    OpenFiles,
    /// Proxy or TLS cannot be set up.
    #[error("cannot set up connections: check `proxy` and `extra_ca` in the site's settings")]
    Client,
}

const MOST_HEADERS: usize = 1000;

/// The files that a client keeps open, and one with certificates. With fewer the library panics.
const FILES_OF_CLIENT: usize = 7;

/// A client and the hosts that it connects to. Each client has its own connection pool, so a connection to a private host chosen
/// by the site never serves the URL of a document.
#[derive(Debug)]
pub(crate) struct HttpRoute {
    pub client: Client,
    pub hosts: Arc<Hosts>,
    pub proxy: Option<url::Url>,
    /// Whether the system has root certificates; without them https downloads fail.
    pub has_certificates: bool,
}

impl HttpRoute {
    /// The client for the internet.
    pub fn public(settings: &Settings, names: Arc<dyn HostNames>) -> Result<Self, SetupError> {
        let allowed = settings.allow_private_hosts.clone();
        let trust = match settings.proxy {
            None => Trust::Public(allowed),
            Some(_) => Trust::Proxied(allowed),
        };
        HttpRoute::new(settings, Hosts::new(names, trust), settings.proxy.clone())
    }

    /// The client for mirrors: direct, to any host that the site names.
    pub fn site(settings: &Settings, names: Arc<dyn HostNames>) -> Result<Self, SetupError> {
        HttpRoute::new(settings, Hosts::new(names, Trust::Site), None)
    }

    fn new(settings: &Settings, hosts: Hosts, proxy: Option<url::Url>) -> Result<Self, SetupError> {
        // Only the first call in a process has an effect; the provider is always the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        if !may_open(FILES_OF_CLIENT) {
            return Err(SetupError::OpenFiles);
        }
        let hosts = Arc::new(hosts);
        let extra = match &settings.extra_ca {
            Some(path) => extra_certificates(path)?,
            None => Vec::new(),
        };
        let builder = || HttpRoute::builder(settings, &hosts, proxy.as_ref());
        let whole = builder().tls_certs_merge(extra.clone()).build();
        let has_certificates = whole.is_ok() || !extra.is_empty();
        // Without certificates of the system, http and mirrors still work.
        let client = whole.or_else(|_| builder().tls_certs_only(extra).build());
        Ok(HttpRoute {
            client: client.map_err(|error| match is_cause(&error_sources(&error)) {
                true => SetupError::OpenFiles,
                false => SetupError::Client,
            })?,
            hosts,
            proxy,
            has_certificates,
        })
    }

    fn builder(
        settings: &Settings,
        hosts: &Arc<Hosts>,
        proxy: Option<&url::Url>,
    ) -> reqwest::blocking::ClientBuilder {
        let mut builder = Client::builder()
            .user_agent(&settings.user_agent)
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .no_proxy()
            // Servers behind several layers send many header lines, and old ones fold them (RFC 9112, 5.2).
            .http1_max_headers(MOST_HEADERS)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .dns_resolver(Arc::new(CheckedResolver(hosts.clone())))
            .pool_max_idle_per_host(kept_connections(settings))
            .connect_timeout(settings.limits.stall)
            // The limit without data: for the headers of an answer, then for each read of its body.
            .timeout(settings.limits.stall);
        if let Some(proxy) = proxy {
            let allowed = settings.allow_private_hosts.clone();
            let proxy = proxy.clone();
            builder = builder.proxy(Proxy::custom(move |url| {
                let is_own = Hosts::names_own(&allowed, url);
                (!is_own).then(|| proxy.clone())
            }));
        }
        builder
    }
}

/// The number of idle connections kept per host; 0 if the limit of open files is low, because idle connections would block others.
fn kept_connections(settings: &Settings) -> usize {
    let parallel = settings.limits.parallel;
    if room_for_downloads() < 8 * parallel {
        return 0;
    }
    parallel
}

fn extra_certificates(path: &Path) -> Result<Vec<Certificate>, SetupError> {
    let wrong =
        |problem: String| SetupError::ExtraCertificates(format!("{}: {problem}", path.display()));
    let pem = fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let found = Certificate::from_pem_bundle(&pem);
    let found = found.map_err(|_| wrong("cannot read the file".to_owned()))?;
    if found.is_empty() {
        return Err(wrong("no certificate in the file".to_owned()));
    }
    Ok(found)
}
