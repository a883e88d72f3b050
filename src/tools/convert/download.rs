//! Files of sources are downloaded as their readers ask for them.

use std::path::PathBuf;
use std::rc::Rc;

use url::Url;

use crate::cli::{self, Failure, PartialFolder};
use crate::conversion::read::hub::{HubFile, HubFiles};
use crate::remote::{self, Fault, Fetcher, HostPace, RemoteAnswer, RemoteQuestion, TransferLimits};

/// Bytes of a file; the tracks themselves are not downloaded.
const MOST_BYTES: u64 = 1 << 30;

/// The files of a source on a server.
pub struct SourceDownload {
    fetcher: Fetcher,
    folder: PartialFolder,
    pace: HostPace,
    requests: usize,
    /// URL and SHA-256 of each file.
    files: Vec<(String, String)>,
}

impl SourceDownload {
    /// Prepares downloads with the settings of the site.
    ///
    /// # Errors
    /// The settings or the folder for temporary files cannot be used.
    pub fn new() -> Result<Self, Failure> {
        let mut settings = remote::site_settings()?;
        let limits = &mut settings.limits;
        limits.bytes_per_file = limits.bytes_per_file.min(MOST_BYTES);
        limits.bytes_per_job = limits.bytes_per_job.min(MOST_BYTES);
        let fetcher = Fetcher::new(settings)?;
        fetcher.notes().iter().for_each(cli::say);
        let folder = std::env::temp_dir();
        Ok(SourceDownload {
            fetcher,
            folder: PartialFolder::create(&folder, super::NAME)
                .map_err(|error| Failure::at(folder.display(), error))?,
            pace: HostPace::default(),
            requests: 0,
            files: Vec::new(),
        })
    }

    /// URL and SHA-256 of the files that were downloaded.
    pub fn into_files(self) -> Vec<(String, String)> {
        self.files
    }

    /// The limits of the site for this job.
    pub fn limits(&self) -> &TransferLimits {
        &self.fetcher.settings().limits
    }

    /// Sends a request.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn ask(&mut self, question: &RemoteQuestion<'_>) -> Result<RemoteAnswer, String> {
        self.pace.wait(question.url);
        let answer = self.fetcher.ask(question);
        answer.map_err(|fault| fault.to_string())
    }

    /// Adds a file to the provenance. One that is included twice is downloaded twice, and is one file.
    pub fn count(&mut self, url: String, sha256: String) {
        let file = (url, sha256);
        if !self.files.contains(&file) {
            self.files.push(file);
        }
    }

    /// The file of a URL, with the URL without secrets as its name; `None` if the server has none.
    ///
    /// # Errors
    /// Why it cannot be downloaded.
    pub fn get(&mut self, url: &Url) -> Result<Option<HubFile>, String> {
        self.pace.wait(url);
        let place: PathBuf = self.folder.path().join(self.requests.to_string());
        self.requests += 1;
        let fetched = match self.fetcher.fetch(url.as_str(), &place, false) {
            Ok(fetched) => fetched,
            Err(Fault::NotFound { .. }) => return Ok(None),
            Err(fault) => return Err(fault.to_string()),
        };
        let bytes = cli::read_bytes(&place).map_err(|error| error.to_string())?;
        let sha256 = fetched.digests.sha256.hexadecimal();
        self.count(fetched.retrieved_from.clone(), sha256);
        // The folder is removed in the end, with what is left in it.
        let _ = std::fs::remove_file(&place);
        Ok(Some(HubFile {
            name: fetched.retrieved_from,
            bytes: Rc::new(bytes),
        }))
    }
}

impl HubFiles for SourceDownload {
    fn file(&mut self, url: &Url) -> Result<Option<HubFile>, String> {
        self.get(url)
    }
}
