//! The files of a hub are downloaded as its reader asks for them.

use std::path::PathBuf;

use url::Url;

use crate::cli::{self, Failure, PartialFolder};
use crate::conversion::read::hub::{HubFile, HubFiles};
use crate::remote::{self, Fault, Fetcher};

/// Bytes of a file of a hub; the tracks themselves are not downloaded.
const MOST_BYTES: u64 = 1 << 28;
/// Bytes of all files of a hub.
const MOST_BYTES_OF_HUB: u64 = 1 << 30;

/// The files of a hub on a server.
pub struct DownloadedFiles {
    fetcher: Fetcher,
    folder: PartialFolder,
    /// URL and SHA-256 of each file.
    files: Vec<(String, String)>,
}

impl DownloadedFiles {
    /// Prepares downloads with the settings of the site.
    ///
    /// # Errors
    /// The settings or the folder for temporary files cannot be used.
    pub fn new() -> Result<Self, Failure> {
        let mut settings = remote::site_settings()?;
        let limits = &mut settings.limits;
        limits.bytes_per_file = limits.bytes_per_file.min(MOST_BYTES);
        limits.bytes_per_job = limits.bytes_per_job.min(MOST_BYTES_OF_HUB);
        let fetcher = Fetcher::new(settings)?;
        fetcher.notes().iter().for_each(cli::say);
        let folder = std::env::temp_dir();
        Ok(DownloadedFiles {
            fetcher,
            folder: PartialFolder::create(&folder, super::NAME)
                .map_err(|error| Failure::at(folder.display(), error))?,
            files: Vec::new(),
        })
    }

    /// URL and SHA-256 of the files that were downloaded.
    pub fn into_files(self) -> Vec<(String, String)> {
        self.files
    }
}

impl HubFiles for DownloadedFiles {
    fn file(&mut self, url: &Url) -> Result<Option<HubFile>, String> {
        let place: PathBuf = self.folder.path().join(self.files.len().to_string());
        let fetched = match self.fetcher.fetch(url.as_str(), &place, false) {
            Ok(fetched) => fetched,
            Err(Fault::NotFound { .. }) => return Ok(None),
            Err(fault) => return Err(fault.to_string()),
        };
        let bytes = cli::read_bytes(&place).map_err(|error| error.to_string())?;
        // A file that is included twice is downloaded twice, and is one file in the provenance.
        let sha256 = fetched.digests.sha256.hexadecimal();
        let file = (fetched.retrieved_from.clone(), sha256);
        if !self.files.contains(&file) {
            self.files.push(file);
        }
        let _ = std::fs::remove_file(&place);
        Ok(Some(HubFile {
            name: fetched.retrieved_from,
            bytes,
        }))
    }
}
