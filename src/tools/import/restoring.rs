//! Restores files from a crate unchanged.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::fairtracks::category::Category;
use crate::fairtracks::summary_columns::HEADLINES;
use crate::fairtracks::track_provenance::TrackProvenance;
use crate::galaxy::datatype::Datatype;
use crate::ro_crate::imported_track::{PackedFile, PlannedTrack};
use crate::ro_crate::restorable::Restorable;
use crate::ro_crate::source_context::{Choices, SourceContext};

/// The files of a source that come back: tracks at the positions that are wanted, and, unless tracks were chosen, results.
pub(super) fn tracks(
    context: &SourceContext<'_>,
    number: usize,
    positions: &[usize],
    is_chosen: bool,
    choices: Choices,
) -> Vec<PlannedTrack> {
    let document = context.source.document;
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (position, track) in document.objects(Category::Tracks).into_iter().enumerate() {
        if let Some(id) = track.get("local_id").and_then(Json::as_str) {
            by_id.entry(id).or_insert(position);
        }
    }
    let mut tracks = Vec::new();
    for file in context.source.restorable {
        let ids = file.identifiers.iter().filter(|_| file.is_track);
        let position = ids.filter_map(|id| by_id.get(id.as_str())).next().copied();
        if is_chosen && position.is_none_or(|position| positions.binary_search(&position).is_err())
        {
            continue;
        }
        let described = position.and_then(|position| context.track(number, position, choices));
        let track = described.unwrap_or_else(|| result(number, file));
        tracks.push(restored(track, file));
    }
    tracks
}

/// A file that the document does not describe, such as a result of an analysis.
fn result(number: usize, file: &Restorable) -> PlannedTrack {
    let headlines = HEADLINES.iter().map(|known| match known.title {
        "label" => file.name.clone(),
        _ => String::new(),
    });
    PlannedTrack {
        source: number,
        position: usize::MAX,
        local_id: String::new(),
        url: String::new(),
        file_name: String::new(),
        checksum: None,
        element_identifier: String::new(),
        name_tag: None,
        datatype: Datatype::named(&file.extension),
        dbkey: String::new(),
        remarks: Vec::new(),
        headlines: headlines.collect(),
        provenance: TrackProvenance::default(),
        packed: None,
    }
}

/// The same as Galaxy knew it.
fn restored(track: PlannedTrack, file: &Restorable) -> PlannedTrack {
    let name = file.payload.path.rsplit('/').next().unwrap_or_default();
    let dbkey = match file.dbkey.as_str() {
        "" => "?",
        dbkey => dbkey,
    };
    PlannedTrack {
        file_name: name.to_owned(),
        // Its bytes are those of the crate, whatever its provider serves.
        checksum: None,
        element_identifier: file.element_identifier.clone(),
        datatype: Datatype::named(&file.extension),
        dbkey: dbkey.to_owned(),
        remarks: Vec::new(),
        packed: Some(PackedFile {
            payload: file.payload.clone(),
            light_crate: file.light_crate.clone(),
            tags: file.tags.clone(),
        }),
        ..track
    }
}
