//! Checksums that the source lacks are computed from the files of the tracks, which are downloaded and not stored.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::cli::{self, Failure};
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};
use crate::conversion::normalise::ObjectLists;
use crate::fairtracks::category::Category;
use crate::remote::{self, Download, Fetcher};
use crate::text::secrets::redacted;

const FIELD: &str = "tracks.checksum";
const RULE: &str = "checksums fetch";

/// Computes checksums of tracks.
pub struct ChecksumFetcher {
    fetcher: Fetcher,
}

impl ChecksumFetcher {
    /// With the settings of the site.
    ///
    /// # Errors
    /// The settings cannot be used.
    pub fn new() -> Result<Self, Failure> {
        let fetcher = Fetcher::new(remote::site_settings()?)?;
        fetcher.notes().iter().for_each(cli::say);
        Ok(ChecksumFetcher { fetcher })
    }

    /// Fills in the checksums of tracks that have a URL and no checksum. Failures are rows of the log.
    pub fn fill(&self, lists: &mut ObjectLists, log: &mut ConversionLog) {
        let tracks = lists.lists.entry(Category::Tracks).or_default();
        // Tracks of one file are downloaded once.
        let mut positions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, track) in tracks.iter().enumerate() {
            let url = track.members.get("file_url").and_then(Json::as_str);
            if let Some(url) = url
                && !track.members.contains_key("checksum")
            {
                positions.entry(url.to_owned()).or_default().push(position);
            }
        }
        let downloads: Vec<Download> = positions
            .keys()
            .map(|url| Download {
                address: url.clone(),
                to: None,
                with_md5: false,
            })
            .collect();
        if downloads.is_empty() {
            return;
        }
        cli::say(format!(
            "downloading {} files to compute their checksums",
            downloads.len()
        ));
        let outcomes = self.fetcher.fetch_all(&downloads, &mut |_, _, _| {});
        for ((url, positions), outcome) in positions.iter().zip(outcomes) {
            for position in positions {
                let track = &mut tracks[*position];
                let shown = redacted(url);
                let entry = |outcome, value: &str, reason: String| LogEntry {
                    outcome,
                    record: track.place.to_string(),
                    field: FIELD.to_owned(),
                    value: value.to_owned(),
                    rule: RULE.to_owned(),
                    reason,
                };
                match &outcome {
                    Ok(fetched) => {
                        let sha256 = fetched.digests.sha256.hexadecimal();
                        let reason = format!("computed from the bytes at {shown}");
                        log.add(entry(LogOutcome::Derived, &sha256, reason));
                        let checksum = json!({"cs_method": "SHA-256", "cs_hash": sha256});
                        track.members.insert("checksum".to_owned(), checksum);
                    }
                    Err(fault) => {
                        let reason = format!("not computed: {fault}");
                        log.add(entry(LogOutcome::NotTaken, &shown, reason));
                    }
                }
            }
        }
    }
}
