use serde_json::{Value as Json, json};

use super::*;
use crate::tools::catalog::rows::RowCounter;

fn name() -> HubName {
    HubName {
        repository: "R".to_owned(),
        hub: "H".to_owned(),
    }
}

fn document(parts: Json) -> Document {
    let mut whole = json!({
        "doc_info": {"local_id": "d"}, "collection_info": {}, "studies": [], "experiments": [], "samples": [],
        "tracks": []
    });
    for (key, value) in parts.as_object().unwrap() {
        whole[key] = value.clone();
    }
    Document::from_json(whole).unwrap()
}

/// The numbers of tracks by attribute and value, as `category->path=value`.
fn counts(hub: &HubCatalog) -> BTreeMap<String, Option<usize>> {
    let attributes = hub.attributes.iter();
    attributes
        .flat_map(|attribute| {
            let row = |value: &CatalogValue| {
                (format!("{}={}", attribute.name(), value.text), value.tracks)
            };
            attribute.values.iter().map(row)
        })
        .collect()
}

fn small() -> Document {
    document(json!({
        "tracks": [
            {"local_id": "t1", "experiment_ref": "e1", "kinds": ["a", "b", "a"]},
            {"local_id": "t2", "experiment_ref": "e1", "kinds": ["b"]},
            {"local_id": "t3", "experiment_ref": "e2"},
            {"local_id": "t4", "experiment_ref": "nothing"}
        ],
        "experiments": [
            {"local_id": "e1", "sample_ref": "s1", "study_ref": "u1"},
            {"local_id": "e2", "aggregated_from": ["e1", "e3"], "study_ref": "u1"},
            {"local_id": "e3", "sample_ref": "s2", "study_ref": "u2"}
        ],
        "samples": [{"local_id": "s1", "sex": "f"}, {"local_id": "s2", "sex": "m"}],
        "studies": [{"local_id": "u1", "name": "one"}, {"local_id": "u2", "name": "two"}]
    }))
}

#[test]
fn values_count_the_tracks_that_references_lead_to() {
    let hub = of_document(name(), &small());
    let counts = counts(&hub);
    for (value, expected) in [
        ("tracks->kinds=a", 1),
        ("tracks->kinds=b", 2),
        ("experiments->local_id=e1", 2),
        ("samples->sex=f", 2),
        ("studies->name=one", 3),
        ("doc_info->local_id=d", 4),
        // What an experiment is aggregated from gives its track nothing.
        ("samples->sex=m", 0),
        ("experiments->local_id=e3", 0),
    ] {
        assert_eq!(counts[value], Some(expected), "{value}");
    }
    assert_eq!((hub.tracks, hub.incomplete), (Some(4), 2));
    let kinds = hub.attribute(Category::Tracks, "kinds").unwrap();
    assert_eq!(kinds.tracks, Some(2));
}

#[test]
fn a_document_without_tracks_has_values_that_count_nothing() {
    let hub = of_document(name(), &document(json!({})));
    let expected = ("doc_info->local_id=d".to_owned(), Some(0));
    assert_eq!(counts(&hub), BTreeMap::from([expected]));
}

fn metamodel(json: Json) -> Metamodel {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_server_tells_values_without_counts() {
    let metamodel_json = metamodel(
        json!({"tracks": {"local_id": ["2", "1"], "none": []}, "odd": {"a->b": ["x", "x"]}}),
    );
    let hub = of_metamodel(name(), metamodel_json);
    assert_eq!(hub.tracks, Some(2));
    let expected = ["odd->a->b=x", "tracks->local_id=1", "tracks->local_id=2"];
    let expected = expected.map(|row| (row.to_owned(), None));
    assert_eq!(counts(&hub), BTreeMap::from(expected));
}

#[test]
fn a_server_that_is_counted_keeps_what_no_track_has() {
    let metamodel_json = metamodel(json!({
        "tracks": {"kinds": ["a", "b", "c"], "size": ["2.0"], "local_id": ["1", "2", "3"]},
        "samples": {"age": ["1"]}, "odd": {"a": ["x"]}
    }));
    let rows = json!([
        {"tracks": {"local_id": "1", "kinds": ["a"], "size": 2.0}, "samples": {"sex": "f"}},
        {"tracks": {"local_id": "1", "kinds": ["a"], "size": 2.0}, "samples": {"sex": "m"}},
        {"tracks": {"local_id": "2", "kinds": "a"}, "samples": {"sex": "m"}},
        {"samples": {"sex": "m"}}
    ]);
    let mut counter = RowCounter::default();
    for row in rows.as_array().unwrap() {
        counter.take(row.as_object().unwrap());
    }
    let hub = counter.finish(name(), metamodel_json);
    assert_eq!((hub.tracks, hub.incomplete), (Some(3), 1));
    let expected = [
        ("odd->a=x", None),
        ("samples->age=1", Some(0)),
        ("samples->sex=f", Some(1)),
        ("samples->sex=m", Some(2)),
        ("tracks->kinds=a", Some(2)),
        ("tracks->kinds=b", Some(0)),
        ("tracks->kinds=c", Some(0)),
        ("tracks->local_id=1", Some(1)),
        ("tracks->local_id=2", Some(1)),
        ("tracks->local_id=3", Some(0)),
        ("tracks->size=2", Some(1)),
    ];
    let expected = expected.map(|(row, tracks)| (row.to_owned(), tracks));
    assert_eq!(counts(&hub), BTreeMap::from(expected));
}

#[test]
fn a_server_that_finds_no_track_holds_them_and_counts_none() {
    let metamodel_json =
        metamodel(json!({"tracks": {"local_id": ["1", "2"]}, "odd": {"a": ["x"]}}));
    let hub = RowCounter::default().finish(name(), metamodel_json);
    assert_eq!((hub.tracks, hub.incomplete), (Some(2), 2));
    let expected = [
        ("odd->a=x", None),
        ("tracks->local_id=1", Some(0)),
        ("tracks->local_id=2", Some(0)),
    ];
    let expected = expected.map(|(row, tracks)| (row.to_owned(), tracks));
    assert_eq!(counts(&hub), BTreeMap::from(expected));
}

#[test]
fn a_server_whose_tracks_have_no_values_has_no_tracks() {
    for (metamodel_json, tracks) in [
        (json!({"studies": {"local_id": ["u"]}}), Some(0)),
        (json!({"tracks": {"local_id": []}}), Some(0)),
        (json!({"tracks": {"kinds": ["a"]}}), None),
    ] {
        assert_eq!(
            of_metamodel(name(), metamodel(metamodel_json)).tracks,
            tracks
        );
    }
}
