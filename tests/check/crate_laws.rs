//! What holds for crates of whatever metadata: they are checked to the end, and what is told can be told in a table.

use crate::support;
use crate::support::crates::{Parts, findings};
use fairtracks::tools::check::table;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value as Json, json};

/// Values that metadata are not made of, and some that they are.
fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        Just(json!({"@id": "./"})),
        Just(json!({"@id": "tracks/BLD000001.narrowPeak"})),
        Just(json!({"@id": "#fetch-BLD000001"})),
        Just(json!({"@id": 5})),
        Just(json!({"@value": "x"})),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
        "[ ./:#%a-z0-9é-]{0,20}".prop_map(Json::from),
        "20[0-9]{2}(-[0-9]{2}){0,2}(T[0-9:.]{0,12}[Z+-]?[0-9:]{0,5})?".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((key(), inner), 0..4)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    let known = [
        "@id",
        "@type",
        "@context",
        "@graph",
        "about",
        "hasPart",
        "mentions",
        "conformsTo",
        "instrument",
        "object",
        "result",
        "agent",
        "isBasedOn",
        "sha256",
        "md5",
        "contentSize",
        "contentUrl",
        "identifier",
        "startTime",
        "endTime",
        "actionStatus",
        "license",
        "datePublished",
        "name",
        "x/y~z",
    ];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// A change: the entity, the key, and what it gets.
fn change() -> impl Strategy<Value = (Index, String, Json)> {
    (any::<Index>(), key(), value())
}

fn base() -> Parts {
    Parts::open(&support::project(
        "test-data/crates/blood_three_tracks.full.crate.zip",
    ))
}

proptest! {
    #[test]
    fn every_change_of_a_crate_is_checked(changes in prop::collection::vec(change(), 1..5), whole in prop::option::of(value())) {
        let mut parts = base();
        for (place, key, value) in changes {
            let graph = parts.graph();
            let place = place.index(graph.len());
            match graph[place].as_object_mut() {
                Some(entity) => drop(entity.insert(key, value)),
                None => graph[place] = value,
            }
        }
        if let Some(whole) = whole {
            parts.graph().push(whole);
        }
        let found = findings(&parts.pack());
        let table = table::write(&found);
        prop_assert_eq!(table.lines().count(), found.len() + 1);
        prop_assert!(table.lines().all(|line| line.split('\t').count() == 5));
        prop_assert!(!table.contains("error:"));
        for finding in &found {
            let pointer = finding.place.pointer.as_str();
            if &*finding.place.file == "c.zip/ro-crate-metadata.json" {
                let leads = parts.metadata.pointer(pointer).is_some();
                prop_assert!(leads || pointer == "/@context", "{} leads nowhere", pointer);
            }
        }
    }
}
