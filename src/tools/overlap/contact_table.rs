//! The table of contacts: which element of the query touches which element of which track.

use crate::genome::intervals::IntervalSet;
use crate::overlap::Contact;
use crate::tables;
use crate::tables::tsv::escape;

use super::query::PlacedElements;
use super::track_file::TrackRole;

/// The titles of its columns. Positions are 0-based and half-open; those of the query are after `--expand`.
pub const TITLES: [&str; 9] = [
    "track",
    "label",
    "chromosome",
    "query_start",
    "query_end",
    "query_name",
    "track_start",
    "track_end",
    "overlap_bp",
];

/// Adds the line of a contact.
pub(super) fn push(
    text: &mut String,
    contact: &Contact<'_>,
    track: &IntervalSet,
    query: &PlacedElements,
    role: &TrackRole,
    name: &str,
) {
    let element = query.by_chromosome.get(contact.chromosome);
    let element = element.and_then(|elements| elements.get(contact.query));
    let other = track.on(contact.chromosome).get(contact.track);
    let (Some(element), Some(other)) = (element, other) else {
        return;
    };
    let cells = [
        escape(name),
        escape(&role.title),
        escape(contact.chromosome),
        element.interval.start.to_string(),
        element.interval.end.to_string(),
        escape(&element.name),
        other.start.to_string(),
        other.end.to_string(),
        contact.base_pairs.to_string(),
    ];
    tables::push_row(text, cells);
}

/// The table with the lines of all tracks.
pub fn write<'t>(lines: impl IntoIterator<Item = &'t str>) -> String {
    let mut text = tables::title_line(TITLES);
    for of_track in lines {
        text.push_str(of_track);
    }
    text
}
