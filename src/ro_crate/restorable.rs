//! Files of a crate that go back into Galaxy as they were: with datatype, genome build, tags and the light crate of each.

use std::collections::HashMap;

use super::Crate;
use super::common_entities::{INPUTS, TRACK, property_name};
use super::entities::{Dataset, File, PropertyValue};
use super::tracks::TrackPayload;
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
            let properties = Properties::of(&file, metadata);
            let extension = properties.first(property_name::DATATYPE);
            (!extension.is_empty()).then(|| Restorable {
                payload: TrackPayload {
                    path,
                    sha256: entity.sha256(),
                    md5: entity.digest(DigestFunction::Md5),
                },
                name: file.name.text().unwrap_or_default().to_owned(),
                is_track: file.additional_type.texts().any(|kind| kind == TRACK),
                identifiers: file.identifier.texts().map(str::to_owned).collect(),
                element_identifier: properties.first(property_name::ELEMENT_IDENTIFIER),
                extension,
                dbkey: properties.first(property_name::GENOME_BUILD),
                tags: properties.all(&[property_name::NAME_TAG, property_name::TAG]),
                light_crate: light_crates
                    .get(entity.id.as_str())
                    .map(|key| (*key).to_owned()),
            })
        })
        .collect()
}

/// The additional properties of a file that have one text as their name and one as their value.
struct Properties<'c>(Vec<(&'c str, &'c str)>);

impl<'c> Properties<'c> {
    fn of(file: &File<&'c str>, metadata: &'c Crate) -> Self {
        let properties = file.additional_property.ids();
        let properties = properties.filter_map(|id| metadata.get(id));
        let named = properties.filter_map(|property| {
            let property: PropertyValue<&str> = property.read();
            Some((property.name.text()?, property.value.text()?))
        });
        Properties(named.collect())
    }

    fn first(&self, name: &str) -> String {
        let mut properties = self.0.iter();
        let found = properties.find(|(known, _)| *known == name);
        found
            .map(|(_, value)| (*value).to_owned())
            .unwrap_or_default()
    }

    /// The values of the properties of some names, each once.
    fn all(&self, names: &[&str]) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for (_, value) in self.0.iter().filter(|(name, _)| names.contains(name)) {
            if !values.iter().any(|known| known == value) {
                values.push((*value).to_owned());
            }
        }
        values
    }
}
