//! The step from documents to what one can ask of them: which attributes have which values, and how many tracks have each.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value as Json;

use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::tools::catalog::entries::{CatalogAttribute, CatalogValue, HubCatalog};
use crate::trackfind::hub_name::HubName;

use super::gathered::{Gathered, TrackPositions};

/// The metamodel of a hub on a TrackFind server: categories, attributes (`a->b`), and their values.
pub type Metamodel = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The attributes and values of a document, with the number of tracks per value.
///
/// A track has its own values, those of the experiment that it refers to, of the sample and the study that the
/// experiment refers to, and those of the whole document. It does not have those of the experiments that its
/// experiment is `aggregated_from`, nor of their samples: no search finds it by them. A value that no track has counts 0.
pub fn of_document(name: HubName, document: &Document) -> HubCatalog {
    let count = document.objects(Category::Tracks).len();
    let belonging = Belonging::of(document);
    let mut attributes = Vec::new();
    for category in Category::ALL {
        let mut gathered = Gathered::default();
        for (position, object) in document.objects(category).into_iter().enumerate() {
            gathered.take(object, &belonging.tracks(category, position));
        }
        attributes.extend(gathered.finish(category.name()));
    }
    let mut hub = HubCatalog {
        name,
        tracks: Some(count),
        incomplete: belonging.incomplete,
        attributes,
    };
    hub.sort();
    hub
}

/// The attributes and values of a hub on a server, without the number of tracks per value.
///
/// The hub has as many tracks as there are ids of tracks: none where no attribute of tracks has a value, and a number
/// that is not known where tracks have values and no ids.
pub fn of_metamodel(name: HubName, metamodel: Metamodel) -> HubCatalog {
    let of_tracks = metamodel.get(Category::Tracks.name());
    let ids = of_tracks.and_then(|attributes| attributes.get("local_id"));
    let has_tracks =
        of_tracks.is_some_and(|attributes| attributes.values().any(|values| !values.is_empty()));
    let ids = ids.map_or(0, |ids| ids.iter().collect::<HashSet<_>>().len());
    let tracks = (ids > 0 || !has_tracks).then_some(ids);
    let attributes = metamodel.into_iter().flat_map(|(category, attributes)| {
        attributes
            .into_iter()
            .map(move |(path, texts)| CatalogAttribute {
                category: category.clone(),
                path,
                tracks: None,
                is_reachable: true,
                values: distinct(texts),
            })
    });
    let mut hub = HubCatalog {
        name,
        tracks,
        incomplete: 0,
        attributes: attributes
            .filter(|attribute| !attribute.values.is_empty())
            .collect(),
    };
    hub.sort();
    hub
}

fn distinct(mut texts: Vec<String>) -> Vec<CatalogValue> {
    texts.sort();
    texts.dedup();
    let value = |text| CatalogValue { text, tracks: None };
    texts.into_iter().map(value).collect()
}

/// Which tracks the objects of a document belong to.
struct Belonging {
    all: TrackPositions,
    experiments: Vec<TrackPositions>,
    samples: Vec<TrackPositions>,
    studies: Vec<TrackPositions>,
    incomplete: usize,
}

impl Belonging {
    fn of(document: &Document) -> Self {
        let tracks = document.objects(Category::Tracks);
        let experiments = document.objects(Category::Experiments);
        let each: Vec<TrackPositions> = (0..).take(tracks.len()).map(|track| vec![track]).collect();
        let to = |category, from: &[&Json], attribute, belonging: &[TrackPositions]| {
            followed(from, attribute, belonging, &document.objects(category))
        };
        let of_experiments = to(Category::Experiments, &tracks, "experiment_ref", &each);
        let samples = to(
            Category::Samples,
            &experiments,
            "sample_ref",
            &of_experiments,
        );
        let studies = to(
            Category::Studies,
            &experiments,
            "study_ref",
            &of_experiments,
        );
        let mut parts = vec![0_u8; tracks.len()];
        for (part, objects) in [&of_experiments, &samples, &studies]
            .into_iter()
            .enumerate()
        {
            for &track in objects.iter().flatten() {
                parts[track as usize] |= 1 << part;
            }
        }
        Belonging {
            all: each.concat(),
            experiments: of_experiments,
            samples,
            studies,
            incomplete: parts.iter().filter(|parts| **parts != 0b111).count(),
        }
    }

    /// The tracks that the object at a position belongs to.
    fn tracks(&self, category: Category, position: usize) -> TrackPositions {
        let objects = match category {
            Category::Tracks => return self.all.get(position).copied().into_iter().collect(),
            Category::CollectionInfo | Category::DocInfo => return self.all.clone(),
            Category::Experiments => &self.experiments,
            Category::Samples => &self.samples,
            Category::Studies => &self.studies,
        };
        objects.get(position).cloned().unwrap_or_default()
    }
}

/// For each object of `to` the tracks that objects of `from` belong to whose `attribute` names it. Where several
/// objects share an id, all of them are meant.
fn followed(
    from: &[&Json],
    attribute: &str,
    belonging: &[TrackPositions],
    to: &[&Json],
) -> Vec<TrackPositions> {
    let mut referring: HashMap<&Json, TrackPositions> = HashMap::new();
    for (object, tracks) in from.iter().zip(belonging) {
        if let Some(id) = object.get(attribute) {
            referring.entry(id).or_default().extend_from_slice(tracks);
        }
    }
    let named = |object: &&Json| {
        let tracks = object.get("local_id").and_then(|id| referring.get(id));
        let mut tracks = tracks.cloned().unwrap_or_default();
        tracks.sort_unstable();
        tracks.dedup();
        tracks
    };
    to.iter().map(named).collect()
}

#[cfg(test)]
mod tests;
