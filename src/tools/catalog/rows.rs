//! A server's hub, counted by all rows that the server answers with.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value as Json};

use super::gather::{Metamodel, of_metamodel};
use super::gathered::Gathered;
use super::walk::plain_number;
use crate::fairtracks::category::Category;
use crate::tools::catalog::entries::{CatalogAttribute, CatalogValue, HubCatalog};
use crate::trackfind::hub_name::HubName;

/// Counts the tracks of rows, each of which holds a track with one object of each other category.
#[derive(Debug, Default)]
pub struct RowCounter {
    tracks: HashMap<String, u32>,
    categories: BTreeMap<String, Gathered>,
}

impl RowCounter {
    /// Takes a row. A track that comes in several rows is known by its `local_id` and counts once; a row without a
    /// track counts for nothing.
    pub fn take(&mut self, row: &Map<String, Json>) {
        let Some(track) = row.get(Category::Tracks.name()) else {
            return;
        };
        let id = track.get("local_id").unwrap_or(track).to_string();
        let next = u32::try_from(self.tracks.len()).unwrap_or(u32::MAX);
        let number = *self.tracks.entry(id).or_insert(next);
        for (category, object) in row {
            let gathered = self.categories.entry(category.clone()).or_default();
            gathered.take(object, &[number]);
        }
    }

    /// The attributes and values of the hub: those of the metamodel and those in the rows.
    ///
    /// A value that no row has counts 0, for no search finds a track by it. Categories that are not in the rows are not
    /// counted; without any row those of a FAIRtracks document are. The hub holds the tracks that the metamodel tells;
    /// those of them that are in no row are incomplete.
    pub fn finish(self, name: HubName, metamodel: Metamodel) -> HubCatalog {
        let listed = of_metamodel(name, metamodel);
        let is_counted = |category: &str| {
            self.categories.contains_key(category)
                || self.tracks.is_empty()
                    && Category::ALL.iter().any(|known| known.name() == category)
        };
        let mut uncounted: Vec<CatalogAttribute> = Vec::new();
        let mut without_tracks: HashMap<String, CatalogAttribute> = HashMap::new();
        for attribute in listed.attributes {
            if is_counted(&attribute.category) {
                without_tracks.insert(attribute.name(), attribute);
            } else {
                uncounted.push(attribute);
            }
        }
        let mut attributes: Vec<CatalogAttribute> = Vec::new();
        for (category, gathered) in self.categories {
            attributes.extend(gathered.finish(&category).map(|mut counted| {
                if let Some(listed) = without_tracks.remove(&counted.name()) {
                    add_missing(&mut counted.values, listed.values);
                }
                counted
            }));
        }
        attributes.extend(without_tracks.into_values().map(|listed| {
            let mut values = Vec::new();
            add_missing(&mut values, listed.values);
            CatalogAttribute {
                tracks: Some(0),
                values,
                ..listed
            }
        }));
        attributes.extend(uncounted);
        let found = self.tracks.len();
        let tracks = listed.tracks.unwrap_or(found).max(found);
        let mut hub = HubCatalog {
            tracks: Some(tracks),
            incomplete: tracks - found,
            attributes,
            ..listed
        };
        hub.sort();
        hub
    }
}

/// Adds the `more` values that are missing in `known`. Numbers may have another spelling there.
fn add_missing(known: &mut Vec<CatalogValue>, more: Vec<CatalogValue>) {
    let there: std::collections::HashSet<String> =
        known.iter().map(|value| value.text.clone()).collect();
    let missing = more.into_iter().filter(|value| {
        !there.contains(&value.text) && !there.contains(&plain_number(&value.text))
    });
    known.extend(missing.map(|value| CatalogValue {
        tracks: Some(0),
        ..value
    }));
}
