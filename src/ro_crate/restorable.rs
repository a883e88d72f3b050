//! Files of a crate that go back into Galaxy as they were: with datatype, genome build, tags and the light crate of each.

use std::collections::HashMap;

use super::common_entities::{INPUTS, TRACK};
use super::tracks::TrackPayload;
use super::{Crate, Entity};
use crate::archive::digest::DigestFunction;
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
        for about in entity.references("about") {
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
            let known = Known { metadata, entity };
            let extension = known.property("Galaxy datatype");
            (!extension.is_empty()).then(|| Restorable {
                payload: TrackPayload {
                    path,
                    sha256: entity.sha256(),
                    md5: entity.digest(DigestFunction::Md5),
                },
                name: entity.text("name").unwrap_or_default().to_owned(),
                is_track: entity.texts("additionalType").contains(&TRACK),
                identifiers: entity
                    .texts("identifier")
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
                element_identifier: known.property("Galaxy element identifier"),
                extension,
                dbkey: known.property("Galaxy genome build"),
                tags: known.properties(&["Galaxy name tag", "Galaxy tag"]),
                light_crate: light_crates
                    .get(entity.id.as_str())
                    .map(|key| (*key).to_owned()),
            })
        })
        .collect()
}

/// A file with the graph that describes it.
struct Known<'c> {
    metadata: &'c Crate,
    entity: &'c Entity,
}

impl Known<'_> {
    fn property(&self, name: &str) -> String {
        self.properties(&[name])
            .into_iter()
            .next()
            .unwrap_or_default()
    }

    /// The values of the properties of some names.
    fn properties(&self, names: &[&str]) -> Vec<String> {
        let ids = self.entity.references("additionalProperty").into_iter();
        let properties = ids.filter_map(|id| self.metadata.get(id));
        let named = properties.filter(|property| {
            property
                .text("name")
                .is_some_and(|name| names.contains(&name))
        });
        let mut values: Vec<String> = Vec::new();
        for value in named.filter_map(|property| property.text("value")) {
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        values
    }
}
