//! The genome builds of tracks by the FAIRtracks document of their crate, where its metadata state none.

use std::collections::HashMap;

use crate::fairtracks::category::Category;
use crate::fairtracks::objects::{Track, filled, read};
use crate::galaxy::genome_build::{UNKNOWN, genome_build};
use crate::ro_crate::crate_index::{DescribedFile, LazyDocument};

/// Adds the genome builds to sources of a crate that have none: Galaxy's key, or the name of the assembly where Galaxy has no key
/// for it. The document is read only where a source needs it; one that cannot be read is a finding of the run that merges it.
pub(super) fn add(described_files: &mut [DescribedFile], document: &dyn LazyDocument) {
    let lacks_build = |file: &&mut DescribedFile| file.is_source && file.genome_build.is_none();
    let sources = described_files.iter().filter(|file| file.is_source).count();
    let mut lacking: Vec<&mut DescribedFile> =
        described_files.iter_mut().filter(lacks_build).collect();
    if lacking.is_empty() {
        return;
    }
    let Ok(document) = document.document() else {
        return;
    };
    let tracks = document.objects(Category::Tracks);
    let tracks: Vec<Track<'_>> = tracks.into_iter().map(read).collect();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (position, track) in tracks.iter().enumerate() {
        for name in [track.local_id, track.file_url].into_iter().flatten() {
            by_name.entry(name).or_insert(position);
        }
    }
    for file in &mut lacking {
        let names = file.identifiers.iter().chain(&file.addresses);
        let mut positions = names.filter_map(|name| by_name.get(name.as_str()).copied());
        let position = match tracks.len() {
            1 if sources == 1 => Some(0),
            _ => positions.next(),
        };
        let track = position.map(|position| &tracks[position]);
        file.genome_build = track.and_then(build);
    }
}

fn build(track: &Track<'_>) -> Option<String> {
    let name = filled(track.assembly_name).unwrap_or_default();
    let known = genome_build(name, filled(track.assembly_id).unwrap_or_default());
    match known.dbkey.as_str() {
        UNKNOWN => Some(name.to_owned()).filter(|name| !name.is_empty()),
        _ => Some(known.dbkey),
    }
}
