//! Downloads one file: a mirror first, else by the scheme of the URL.

use std::path::Path;
use std::sync::Arc;

use url::Url;

use super::client::{HttpRoute, SetupError};
use super::fault::Fault;
use super::hosts::{HostNames, Hosts, SystemNames, Trust};
use super::location::{host_of, parse, refused_scheme};
use super::mirror::Mirrored;
use super::part_file::{Budget, PartFile};
use super::range::Head;
use super::retry::persist;
use super::settings::Settings;
use super::{file, ftp, ftp_replies, http};
use crate::archive::digest::Digests;
use crate::text::secrets::redacted;

/// Downloads files for one job. Threads can share it; connections are reused.
#[derive(Debug)]
pub struct Fetcher {
    settings: Settings,
    public: HttpRoute,
    site: Option<HttpRoute>,
    /// Ftp does not use a proxy, so its hosts are always resolved and checked here.
    ftp_hosts: Hosts,
    /// Hosts of mirrors, configured by the site.
    mirror_ftp_hosts: Hosts,
    budget: Budget,
}

/// A completed download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The digests of the bytes as served, without decoding.
    pub digests: Digests,
    /// The given URL without secrets: see [`redacted`].
    pub retrieved_from: String,
    /// The server that finally sent the bytes, after mirrors and redirects: host, and port if not the default. `file` for a folder
    /// that mirrors the URL.
    pub served_by: String,
    /// Whether a mirror of the site was used.
    pub from_mirror: bool,
    /// The number of attempts, at least 1.
    pub attempts: u32,
    /// Whether an attempt resumed the previous one.
    pub resumed: bool,
    /// Media type from the server. `text/html` instead of data is often a login page.
    pub content_type: Option<String>,
    /// Content coding from the server, such as `gzip`. Many servers state it for files that are gzip themselves.
    pub content_encoding: Option<String>,
    /// Time of the last change from the server.
    pub last_modified: Option<String>,
    /// The name that the server gives the file (`Content-Disposition`, RFC 6266), without any folder.
    pub file_name: Option<String>,
}

/// The metadata of a transfer besides the digests.
struct TransferSummary {
    head: Head,
    served_by: String,
    attempts: u32,
    resumed: bool,
}

impl Fetcher {
    /// A fetcher for the settings of a site.
    ///
    /// # Errors
    /// Unreadable certificates in `extra_ca`, an invalid proxy or TLS setup, or a limit of open files that is too low.
    pub fn new(settings: Settings) -> Result<Self, SetupError> {
        Fetcher::with_names(settings, Arc::new(SystemNames))
    }

    /// The same with another name service.
    ///
    /// # Errors
    /// Unreadable certificates in `extra_ca`, an invalid proxy or TLS setup, or a limit of open files that is too low.
    pub fn with_names(settings: Settings, names: Arc<dyn HostNames>) -> Result<Self, SetupError> {
        let site = settings
            .mirrors
            .have_servers()
            .then(|| HttpRoute::site(&settings, names.clone()));
        let allowed = settings.allow_private_hosts.clone();
        Ok(Fetcher {
            public: HttpRoute::public(&settings, names.clone())?,
            site: site.transpose()?,
            ftp_hosts: Hosts::new(names.clone(), Trust::Public(allowed)),
            mirror_ftp_hosts: Hosts::new(names, Trust::Site),
            budget: Budget::new(&settings.limits),
            settings,
        })
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Notes for the job log about proxy and certificates.
    pub fn notes(&self) -> Vec<String> {
        let certificates = (!self.public.has_certificates).then(|| {
            "found no root certificates on this machine, so https downloads fail: install `ca-certificates`, or set SSL_CERT_FILE to a file with certificates in PEM".to_owned()
        });
        let proxy = self.settings.proxy.as_ref().map(|proxy| {
            format!(
                "downloads use the proxy {}, which resolves host names and must itself block names of private networks; private addresses and names such as localhost are rejected here",
                host_of(proxy)
            )
        });
        certificates.into_iter().chain(proxy).collect()
    }

    /// Downloads the file of a URL to a path. The file appears there only when it is complete.
    ///
    /// # Errors
    /// The reason that the download failed.
    pub fn fetch(&self, address: &str, to: &Path, with_md5: bool) -> Result<Fetched, Fault> {
        self.download(address, Some(to), with_md5)
    }

    /// Downloads the file of a URL for its digests alone: nothing is stored.
    ///
    /// # Errors
    /// The reason that the download failed.
    pub fn digest(&self, address: &str, with_md5: bool) -> Result<Fetched, Fault> {
        self.download(address, None, with_md5)
    }

    pub(super) fn download(
        &self,
        address: &str,
        to: Option<&Path>,
        with_md5: bool,
    ) -> Result<Fetched, Fault> {
        self.budget.count_file()?;
        let outcome = self.fetch_counted(address, to, with_md5);
        if matches!(outcome, Err(Fault::OpenFiles)) {
            // The download did not start and may be retried.
            self.budget.forget_file();
        }
        outcome
    }

    fn fetch_counted(
        &self,
        address: &str,
        to: Option<&Path>,
        with_md5: bool,
    ) -> Result<Fetched, Fault> {
        let url = parse(address)?;
        let mirrored = self.settings.mirrors.find(&url)?;
        let from_mirror = mirrored.is_some();
        let part = |budget| match to {
            Some(to) => PartFile::create(to, with_md5, budget),
            None => Ok(PartFile::unstored(with_md5, budget)),
        };
        let (part, outcome) = match mirrored {
            Some(Mirrored::Folder(folder, path)) => {
                let mut part = part(&self.budget)?;
                file::copy(&folder, &path, &mut part)?;
                (part, TransferSummary::of_file())
            }
            Some(Mirrored::Server(mirror)) => {
                let mut part = part(&self.budget)?;
                let (host, mirrored) = (host_of(&mirror), host_of(&url));
                let retries = self.settings.limits.retries;
                let outcome = match mirror.scheme() {
                    "ftp" => self.ftp(mirror, &self.mirror_ftp_hosts, retries, &mut part),
                    _ => self.http(mirror, true, retries, &mut part),
                };
                (
                    part,
                    outcome.map_err(|fault| fault.of_mirror(&host, &mirrored))?,
                )
            }
            None => {
                if !matches!(url.scheme(), "http" | "https" | "ftp") {
                    return Err(refused_scheme(url.scheme()));
                }
                let mut part = part(&self.budget)?;
                let outcome = self.fetch_public(&url, &mut part)?;
                (part, outcome)
            }
        };
        Ok(Fetched {
            digests: part.finish()?,
            retrieved_from: redacted(address),
            served_by: outcome.served_by,
            from_mirror,
            attempts: outcome.attempts,
            resumed: outcome.resumed,
            content_type: outcome.head.content_type,
            content_encoding: outcome.head.content_encoding,
            last_modified: outcome.head.last_modified,
            file_name: outcome.head.file_name,
        })
    }

    /// The host that a download of this URL uses.
    pub(super) fn busy_host(&self, address: &str) -> String {
        let Ok(url) = parse(address) else {
            return String::new();
        };
        match self.settings.mirrors.find(&url) {
            Ok(Some(Mirrored::Server(url))) => host_of(&url),
            Ok(None) => url.host_str().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    fn fetch_public(&self, url: &Url, part: &mut PartFile) -> Result<TransferSummary, Fault> {
        let retries = self.settings.limits.retries;
        if url.scheme() != "ftp" {
            return self.http(url.clone(), false, retries, part);
        }
        if let Some(secure) = secure_twin(url) {
            match self.http(secure, false, retries.min(1), part) {
                Err(fault) if is_servers(&fault) => part.restart()?,
                outcome => return outcome,
            }
        }
        self.ftp(url.clone(), &self.ftp_hosts, retries, part)
    }

    fn http(
        &self,
        start: Url,
        is_mirror: bool,
        retries: u32,
        part: &mut PartFile,
    ) -> Result<TransferSummary, Fault> {
        let seed = start.to_string();
        let mut transfer = self.transfer(start, is_mirror, None);
        let limits = &self.settings.limits;
        let attempts = persist(limits, retries, &seed, part, |part, number| {
            transfer.attempt(part, number)
        })?;
        Ok(TransferSummary {
            head: transfer.head,
            served_by: transfer.host,
            attempts,
            resumed: transfer.resumed,
        })
    }

    /// A transfer that has not started.
    pub(super) fn transfer<'f>(
        &'f self,
        start: Url,
        is_mirror: bool,
        question: Option<&'f [u8]>,
    ) -> http::HttpTransfer<'f> {
        let site = self.site.as_ref().filter(|_| is_mirror);
        http::HttpTransfer {
            public: &self.public,
            site: site.map(|way| (way, start.origin())),
            limits: &self.settings.limits,
            question,
            head: Head::default(),
            resumed: false,
            contradictions: 0,
            host: host_of(&start),
            start,
        }
    }

    /// One more file of the job.
    pub(super) fn count_file(&self) -> Result<(), Fault> {
        self.budget.count_file()
    }

    fn ftp(
        &self,
        url: Url,
        hosts: &Hosts,
        retries: u32,
        part: &mut PartFile,
    ) -> Result<TransferSummary, Fault> {
        let served_by = host_of(&url);
        let seed = url.to_string();
        let mut transfer = ftp::FtpTransfer {
            hosts,
            limits: &self.settings.limits,
            url,
            size: None,
            resumed: false,
            is_misled: false,
        };
        let limits = &self.settings.limits;
        let attempts = persist(limits, retries, &seed, part, |part, number| {
            transfer.attempt(part, number)
        })?;
        Ok(TransferSummary {
            head: Head::default(),
            served_by,
            attempts,
            resumed: transfer.resumed,
        })
    }
}

impl TransferSummary {
    fn of_file() -> Self {
        TransferSummary {
            head: Head::default(),
            served_by: "file".to_owned(),
            attempts: 1,
            resumed: false,
        }
    }
}

/// Domains of archives that serve the same tree over ftp and https.
const ARCHIVES: &str = ".ebi.ac.uk .ncbi.nlm.nih.gov .ncbi.nih.gov .ensembl.org";

/// The https URL of the same file, at such an archive.
fn secure_twin(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let mut archives = ARCHIVES.split(' ');
    let has_twin = host.starts_with("ftp")
        && archives.any(|domain| host.ends_with(domain))
        && url.port().is_none()
        && url.username().is_empty();
    if !has_twin {
        return None;
    }
    // Both schemes have the same paths, except for the transfer type. A leading encoded `/` exists in ftp only.
    let (path, kind) = ftp_replies::typed(url.path());
    if kind == Some('d') || path.to_ascii_lowercase().starts_with("/%2f") {
        return None;
    }
    Url::parse(&format!("https://{host}{path}")).ok()
}

/// Whether another way to the same file may succeed.
fn is_servers(fault: &Fault) -> bool {
    !matches!(
        fault,
        Fault::FileTooLarge { .. } | Fault::JobTooLarge { .. } | Fault::Private { .. }
    ) && !fault.is_of_this_machine()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_archives_are_asked_over_https_first() {
        let twin = |text| secure_twin(&Url::parse(text).unwrap()).map(|url| url.to_string());
        for row in [
            "ftp://ftp.ebi.ac.uk/pub/a%20b/C001.bb → https://ftp.ebi.ac.uk/pub/a%20b/C001.bb",
            "ftp://ftp.ebi.ac.uk/pub/C001.bb;type=i → https://ftp.ebi.ac.uk/pub/C001.bb",
            "ftp://ftp.ncbi.nlm.nih.gov/x.bed.gz → https://ftp.ncbi.nlm.nih.gov/x.bed.gz",
        ] {
            let (url, secure) = row.split_once(" → ").unwrap();
            assert_eq!(twin(url).as_deref(), Some(secure));
        }
        for other in [
            "ftp://hgdownload.soe.ucsc.edu/x",
            "ftp://ftp.ebi.ac.uk.example.org/x",
            "ftp://ann:secret@ftp.ebi.ac.uk/x",
            "ftp://ftp.ebi.ac.uk:2121/x",
            "ftp://ftp.ebi.ac.uk/%2Fetc/x",
        ] {
            assert_eq!(twin(other), None, "{other}");
        }
    }
}
