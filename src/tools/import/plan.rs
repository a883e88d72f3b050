//! The plan: which tracks to get, from where, and what each is to be called in Galaxy.

use super::restoring;
use crate::galaxy::LONGEST_ELEMENT_IDENTIFIER;
use crate::ro_crate::imported_track::PlannedTrack;
use crate::ro_crate::source_context::SourceContext;
pub use crate::ro_crate::source_context::{Choices, NameParts};
use crate::ro_crate::track_source::TrackSource;
use crate::text::first_filled;
use crate::text::unique_names::{self, UniqueNames};

/// Plans to get tracks: all of every source, or those at the positions chosen for it, each once and in the document's
/// order.
pub fn plan(
    sources: &[TrackSource<'_>],
    chosen: Option<&[Vec<usize>]>,
    choices: Choices,
) -> Vec<PlannedTrack> {
    let mut tracks = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let context = SourceContext::of(source);
        let mut positions = match chosen {
            None => (0..source.tracks()).collect(),
            Some(chosen) => chosen.get(number).cloned().unwrap_or_default(),
        };
        positions.sort_unstable();
        positions.dedup();
        if !source.restorable.is_empty() {
            let is_chosen = chosen.is_some();
            tracks.extend(restoring::tracks(
                &context, number, &positions, is_chosen, choices,
            ));
            continue;
        }
        let planned = positions
            .into_iter()
            .filter_map(|position| context.track(number, position, choices));
        tracks.extend(planned);
    }
    let names = tracks.iter().map(|track| match choices.names {
        NameParts::LocalId if !track.local_id.is_empty() => track.local_id.as_str(),
        NameParts::LocalId => track.label(),
        NameParts::Label => track.label(),
    });
    let identifiers = unique_names::identifiers(names, LONGEST_ELEMENT_IDENTIFIER);
    let mut taken_names = UniqueNames::default();
    for (track, identifier) in tracks.iter_mut().zip(identifiers) {
        // What comes back has the name that it had.
        if track.element_identifier.is_empty() {
            track.element_identifier = identifier;
        }
        track.element_identifier =
            taken_names.numbered(&track.element_identifier, LONGEST_ELEMENT_IDENTIFIER);
    }
    if choices.has_name_tags {
        add_name_tags(&mut tracks);
    }
    tracks
}

/// Adds the name tags: the id of each track without its prefix, else its element identifier.
fn add_name_tags(tracks: &mut [PlannedTrack]) {
    let names = tracks.iter().map(|track| {
        let local_id = track.local_id.as_str();
        let name = local_id.split_once(':').map_or(local_id, |(_, name)| name);
        first_filled(&[name, local_id, &track.element_identifier])
    });
    let tags = unique_names::tags(names);
    for (track, tag) in tracks.iter_mut().zip(tags) {
        // A file that comes back from a crate has the tags that it had.
        track.name_tag = track.packed.is_none().then(|| format!("name:{tag}"));
    }
}
