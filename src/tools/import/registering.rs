//! Tracks that are registered with Galaxy by their addresses and not fetched.

use std::time::Duration;

use crate::galaxy::recognition::names_a_packed_file;
use crate::remote::{AllowedHost, refused_unseen};
use crate::ro_crate::imported_track::{ImportStatus, PlannedTrack};
use crate::text::secrets;

use super::download::DownloadedTrack;

/// Lets Galaxy know of the tracks without fetching any.
pub fn register(tracks: &[PlannedTrack], allowed: &[AllowedHost]) -> Vec<DownloadedTrack> {
    let landed = tracks.iter().map(|track| {
        let arrival = if track.url.is_empty() {
            ImportStatus::Skipped("the document gives no URL of the file".to_owned())
        } else if track.url.starts_with("ni:") {
            let why = "cannot be registered: the file is not published, and is named by its bytes; use the file itself, or a document with its URL";
            ImportStatus::Skipped(why.to_owned())
        } else if names_a_packed_file(track.datatype, &track.url, &track.file_name) {
            let why =
                "needs download: a gzip-compressed file must be decompressed and inspected first";
            ImportStatus::Skipped(why.to_owned())
        } else if !may_be_deferred(&track.url) {
            let why =
                "cannot be registered: Galaxy defers downloads only for http, https and ftp URLs";
            ImportStatus::Skipped(why.to_owned())
        } else if secrets::has_some(&track.url) {
            let why = "needs download: its URL contains credentials, which are never stored";
            ImportStatus::Skipped(why.to_owned())
        } else if let Some(fault) = refused_unseen(&track.url, allowed) {
            return DownloadedTrack::failed(fault.to_string(), None, Duration::ZERO, track);
        } else {
            ImportStatus::Registered
        };
        DownloadedTrack::plain(arrival, track)
    });
    landed.collect()
}

fn may_be_deferred(url: &str) -> bool {
    let scheme = url.split("://").next().unwrap_or_default().to_lowercase();
    ["http", "https", "ftp"].contains(&scheme.as_str())
}
