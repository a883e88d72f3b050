//! What must hold for any document: closed subsets and merges lose nothing, invent nothing and do not depend on order.

use crate::support::documents::{Ids, LISTS, document, ids, sources, stories, target};
use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use fairtracks::fairtracks::merge::{Merged, merge};
use fairtracks::fairtracks::subset::closed_subset;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value as Json;

const DATE: &str = "2026-01-31T12:00:00+00:00";
const REFERENCES: [(Category, &str, Category); 3] = [
    (Category::Tracks, "experiment_ref", Category::Experiments),
    (Category::Experiments, "sample_ref", Category::Samples),
    (Category::Experiments, "study_ref", Category::Studies),
];

fn all_tracks(document: &Document) -> Vec<usize> {
    (0..document.objects(Category::Tracks).len()).collect()
}

fn merged(documents: Vec<Document>) -> Merged {
    merge(documents, DATE).unwrap()
}

/// The positions of the tracks that `bits` picks.
fn picked(document: &Document, bits: u8) -> Vec<usize> {
    let tracks = all_tracks(document).into_iter();
    tracks
        .filter(|position| bits >> position & 1 == 1)
        .collect()
}

/// The objects of a list as sorted texts.
fn as_set(document: &Document, category: Category) -> Vec<String> {
    let mut texts: Vec<String> = document
        .objects(category)
        .into_iter()
        .map(Json::to_string)
        .collect();
    texts.sort();
    texts
}

proptest! {
    #[test]
    fn a_closed_subset_holds_what_its_tracks_need_and_nothing_else(
        source in document(Ids::Repeated),
        bits: u8,
    ) {
        let positions = picked(&source, bits);
        let subset = closed_subset(&source, &positions);
        let document = &subset.document;
        let tracks = source.objects(Category::Tracks);
        let expected: Vec<&Json> = positions.iter().map(|&position| tracks[position]).collect();
        prop_assert_eq!(document.objects(Category::Tracks), expected);
        for (from, attribute, to) in REFERENCES {
            let references: Vec<_> = document.objects(from).iter().filter_map(|o| o.get(attribute)).collect();
            for reference in &references {
                prop_assert_eq!(
                    target(document, to, Some(reference)).is_some(),
                    target(&source, to, Some(reference)).is_some()
                );
            }
            for object in document.objects(to) {
                prop_assert!(references.contains(&&object["local_id"]));
            }
            let kept = source.objects(to).into_iter().filter(|o| references.contains(&&o["local_id"]));
            prop_assert_eq!(document.objects(to), kept.collect::<Vec<_>>());
        }
        let empty: Vec<Category> = LISTS.into_iter().filter(|list| document.objects(*list).is_empty()).collect();
        prop_assert_eq!(subset.emptied, empty);
    }

    #[test]
    fn a_subset_of_a_subset_is_a_subset(source in document(Ids::Repeated), bits: u8, fewer: u8) {
        let outer = picked(&source, bits);
        let first = closed_subset(&source, &outer).document;
        prop_assert_eq!(&closed_subset(&first, &all_tracks(&first)).document, &first);
        let inner = picked(&first, fewer);
        let direct: Vec<usize> = inner.iter().map(|&position| outer[position]).collect();
        prop_assert_eq!(closed_subset(&first, &inner), closed_subset(&source, &direct));
    }

    #[test]
    fn a_merge_does_not_depend_on_order(
        (documents, shuffled) in vec(document(Ids::Repeated), 1..5)
            .prop_flat_map(|documents| (Just(documents.clone()), Just(documents).prop_shuffle())),
    ) {
        prop_assert_eq!(merged(documents), merged(shuffled));
    }

    #[test]
    fn a_merge_of_the_same_again_changes_nothing(documents in vec(document(Ids::Repeated), 1..4)) {
        let once = merged(documents.clone());
        prop_assert_eq!(&merged([documents.clone(), documents].concat()), &once);
        prop_assert_eq!(merged(vec![once.document.clone(), once.document.clone()]).document, once.document);
    }

    #[test]
    fn a_merge_of_subsets_is_the_subset_of_the_union(source in document(Ids::Unique), one: u8, other: u8) {
        let parts = [one, other].map(|bits| closed_subset(&source, &picked(&source, bits)).document);
        let together = merged(parts.to_vec());
        let union = closed_subset(&source, &picked(&source, one | other)).document;
        for list in LISTS {
            prop_assert_eq!(as_set(&together.document, list), as_set(&union, list));
        }
        prop_assert_eq!(together.renamed, []);
        prop_assert_eq!(together.differing, []);
    }

    #[test]
    fn a_merge_tells_of_each_track_what_its_source_told(sources in sources()) {
        let merged = merged(sources.clone());
        let mut expected: Vec<String> = sources.iter().flat_map(stories).collect();
        expected.sort();
        expected.dedup();
        prop_assert_eq!(stories(&merged.document), expected);
        prop_assert_eq!(merged.differing, []);
    }

    #[test]
    fn ids_of_a_merge_are_unique(sources in vec(document(Ids::Unique), 1..5)) {
        let merged = merged(sources).document;
        for list in LISTS {
            let mut ids = ids(&merged, list);
            let all = ids.len();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), all);
        }
    }
}
