//! Files of a crate that go back into Galaxy as they were: with datatype, genome build, tags and the light crate of each.

use std::collections::HashMap;

use super::Crate;
use super::common_entities::{INPUTS, TRACK, property_name};
use super::entities::{Dataset, File, PropertyValue};
use super::tracks::TrackPayload;
use crate::archive::paths::path_of_id;

/// A file that a crate holds, and what Galaxy knew of it when it was packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restorable {
    /// The file in the archive.
    pub payload: TrackPayload,
    /// What people call it.
    pub name: String,
    /// Whether it is a track as it was imported, and not what was made of tracks.
    pub is_track: bool,
    /// Its ids in documents.
    pub identifiers: Vec<String>,
    /// What the collection called it; empty where it was in none.
    pub element_identifier: String,
    /// Its datatype.
    pub extension: String,
    /// Galaxy's key of its genome.
    pub dbkey: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The key of its own light crate, which lies in the crate as a whole.
    pub light_crate: Option<String>,
}

/// The files that the crate holds and of which it says what Galaxy knew; `is_there` tells whether the archive has a path.
///
/// A crate of another maker says nothing of Galaxy, and has none.
pub fn restorable(metadata: &Crate, is_there: impl Fn(&str) -> bool) -> Vec<Restorable> {
    let mut light_crates: HashMap<&str, &str> = HashMap::new();
    for entity in metadata.entities() {
        let folder = entity
            .id
            .strip_prefix(INPUTS)
            .and_then(|rest| rest.strip_suffix('/'));
        let Some(key) = folder.filter(|key| !key.contains('/')) else {
            continue;
        };
        // Only a light crate is about one file, and only a whole one has its document or page.
        for about in entity.read::<Dataset<&str>>().about.ids() {
            light_crates.entry(about).or_insert(key);
        }
    }
    let files = metadata
        .entities()
        .iter()
        .filter(|entity| entity.is("File") && !entity.id.starts_with(INPUTS));
    files
        .filter_map(|entity| {
            let path = path_of_id(&entity.id).ok().filter(|path| is_there(path))?;
            let file: File<&str> = entity.read();
            let property = |name| {
                let found = metadata.property(file.additional_property.ids(), name);
                let value = found.and_then(|found| found.value.text());
                value.unwrap_or_default().to_owned()
            };
            let extension = property(property_name::DATATYPE);
            (!extension.is_empty()).then(|| Restorable {
                payload: TrackPayload::of(entity, path),
                name: file.name.text().unwrap_or_default().to_owned(),
                is_track: file.additional_type.texts().any(|kind| kind == TRACK),
                identifiers: file.identifier.texts().map(str::to_owned).collect(),
                element_identifier: property(property_name::ELEMENT_IDENTIFIER),
                extension,
                dbkey: property(property_name::GENOME_BUILD),
                tags: tags(&file, metadata),
                light_crate: light_crates
                    .get(entity.id.as_str())
                    .map(|key| (*key).to_owned()),
            })
        })
        .collect()
}

/// The tags of a file, each once.
fn tags(file: &File<&str>, metadata: &Crate) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for id in file.additional_property.ids() {
        let Some(property) = metadata.get(id) else {
            continue;
        };
        let property: PropertyValue<&str> = property.read();
        let name = property.name.text().unwrap_or_default();
        if [property_name::NAME_TAG, property_name::TAG].contains(&name)
            && let Some(tag) = property.value.text()
            && !tags.iter().any(|known| known == tag)
        {
            tags.push(tag.to_owned());
        }
    }
    tags
}
