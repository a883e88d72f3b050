//! The values of the objects of a category, and the tracks that have each.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::walk::walk;
use crate::tools::catalog::entries::{CatalogAttribute, CatalogValue};

/// The positions of tracks in a document's list.
pub(super) type TrackPositions = Vec<u32>;

/// The values of the objects of a category, attribute by attribute.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    places: HashMap<String, usize>,
    attributes: Vec<GatheredAttribute>,
}

#[derive(Debug)]
struct GatheredAttribute {
    path: String,
    is_reachable: bool,
    values: HashMap<String, TrackPositions>,
}

impl Gathered {
    /// Takes the values of an object that belongs to these tracks.
    pub fn take(&mut self, object: &Json, tracks: &[u32]) {
        walk(object, &mut |found| {
            let attribute = self.attribute(found.path);
            attribute.is_reachable &= found.is_reachable;
            let tracks_of = attribute.values.entry(found.text).or_default();
            tracks_of.extend_from_slice(tracks);
        });
    }

    fn attribute(&mut self, path: &str) -> &mut GatheredAttribute {
        let place = match self.places.get(path) {
            Some(&place) => place,
            None => {
                let place = self.attributes.len();
                self.places.insert(path.to_owned(), place);
                self.attributes.push(GatheredAttribute {
                    path: path.to_owned(),
                    is_reachable: true,
                    values: HashMap::new(),
                });
                place
            }
        };
        &mut self.attributes[place]
    }

    /// The attributes with their values, in no order that counts.
    pub fn finish(self, category: &str) -> impl Iterator<Item = CatalogAttribute> {
        self.attributes.into_iter().map(move |gathered| {
            let distinct = |mut tracks: TrackPositions| {
                tracks.sort_unstable();
                tracks.dedup();
                tracks
            };
            let mut having = TrackPositions::new();
            let mut values = Vec::with_capacity(gathered.values.len());
            for (text, tracks) in gathered.values {
                let tracks = distinct(tracks);
                values.push(CatalogValue {
                    text,
                    tracks: Some(tracks.len()),
                });
                having.extend(tracks);
            }
            CatalogAttribute {
                category: category.to_owned(),
                path: gathered.path,
                tracks: Some(distinct(having).len()),
                is_reachable: gathered.is_reachable,
                values,
            }
        })
    }
}
