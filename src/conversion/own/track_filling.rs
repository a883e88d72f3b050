//! A track that gets values from its file, each with a row of the log.

use serde_json::{Map, Value as Json};

use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};

/// The name of the rules of this step in the log.
pub(super) const RULE: &str = "own files";
/// Where a value comes from, in the log.
pub(super) const BYTES: &str = "read from the bytes";

/// A row of the log for what is not taken over.
pub(super) fn not_taken(record: String, field: &str, reason: String) -> LogEntry {
    LogEntry {
        outcome: LogOutcome::NotTaken,
        record,
        field: field.to_owned(),
        value: String::new(),
        rule: RULE.to_owned(),
        reason,
    }
}

/// A track that is being filled.
pub(super) struct TrackFilling<'t> {
    place: &'t str,
    pub(super) track: &'t mut Map<String, Json>,
    log: &'t mut ConversionLog,
}

impl<'t> TrackFilling<'t> {
    /// The track of the record at a place.
    pub(super) fn new(
        place: &'t str,
        track: &'t mut Map<String, Json>,
        log: &'t mut ConversionLog,
    ) -> Self {
        TrackFilling { place, track, log }
    }

    /// A row of the log for a value of the source that is not taken over.
    pub(super) fn not_taken(&mut self, field: &str, value: &str, reason: String) {
        let entry = not_taken(self.place.to_owned(), &format!("tracks.{field}"), reason);
        self.log.add(LogEntry {
            value: value.to_owned(),
            ..entry
        });
    }

    /// A row of the log for a value that the track got.
    pub(super) fn filled(&mut self, outcome: LogOutcome, field: &str, value: &str, reason: String) {
        self.log.add(LogEntry {
            outcome,
            record: self.place.to_owned(),
            field: format!("tracks.{field}"),
            value: value.to_owned(),
            rule: RULE.to_owned(),
            reason,
        });
    }

    /// The text of a field.
    pub(super) fn text(&self, field: &str) -> Option<String> {
        let text = self.track.get(field)?.as_str()?;
        Some(text.to_owned())
    }
}
