//! The crates in the report of an import: one row of a table each.

use std::fmt::Write as _;

use crate::drawing::words::bytes;
use crate::galaxy::markdown::{code, link, plain};
use crate::ro_crate::imported_track::{ByteOrigin, ImportStatus, TrackOutcome};
use crate::ro_crate::page::of_crates::linked_file;

/// The most crates that the report shows; page and table have all.
const MOST_LINKS: usize = 50;

/// What was done with a file, in a few words.
pub fn done(outcome: &TrackOutcome<'_>) -> String {
    let ImportStatus::Imported(stored) = &outcome.arrival else {
        return "Registration by URL, no download".to_owned();
    };
    let mut done = match &stored.origin {
        ByteOrigin::Url {
            from_mirror: true, ..
        } => "Download from a mirror".to_owned(),
        ByteOrigin::Url { .. } => "Download".to_owned(),
        ByteOrigin::Crate { .. } => "Extraction from the crate".to_owned(),
    };
    done += &match &outcome.track.checksum {
        None => ", no checksum given".to_owned(),
        Some(wanted) if wanted.found(&stored.served).as_ref() == Some(&wanted.sum) => {
            format!(", {} verified", wanted.method.name())
        }
        Some(_) => ", checksum not compared".to_owned(),
    };
    if stored.is_unpacked() {
        done += &format!(", {} decompressed", stored.unpacked_name());
    }
    done
}

/// The first tracks in the report with the URLs of their files: a row of a table each.
pub fn links(outcomes: &[TrackOutcome<'_>], text: &mut String) {
    let here = outcomes.iter().filter(|outcome| outcome.arrival.is_here());
    let here: Vec<&TrackOutcome<'_>> = here.collect();
    if here.is_empty() {
        return;
    }
    text.push_str("\n## Crates\n\n| crate | track | file | steps |\n|---|---|---|---|\n");
    for outcome in here.iter().take(MOST_LINKS) {
        let track = outcome.track;
        let address = track.address();
        let size = outcome
            .arrival
            .stored()
            .map(|stored| format!(" ({})", bytes(stored.stored.bytes)));
        let _ = writeln!(
            text,
            "| {} | {} | {}{} | {} |",
            code(&track.element_identifier).replace('|', "\\|"),
            plain(track.label()),
            link(&linked_file(&address).value, &address),
            size.unwrap_or_default(),
            plain(&done(outcome)),
        );
    }
    if here.len() > MOST_LINKS {
        let more = here.len() - MOST_LINKS;
        let _ = write!(text, "\nand {more} more; see the table.\n");
    }
}
