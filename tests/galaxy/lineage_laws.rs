//! Laws of cleaning lineage: it leaves nothing private, and what is clean stays as it is.

use super::lineage_privacy::with_job;
use fairtracks::galaxy::lineage::lineage_json;
use fairtracks::galaxy::lineage::{DatasetSource, HistoryDataset, Port, Stop, StopReason};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// Private things, and pieces that are not.
const PIECES: [&str; 25] = [
    "ann@h.example",
    " /srv/plant/x.dat",
    " C:\\plant\\x",
    "\\\\plant\\x",
    "file:",
    "token=",
    "https://u:plant@h.example/x ",
    "?sig=1",
    "~/plant/",
    "0123456789abcdef0123456789abcdef",
    "ghp_0123456789abcd",
    "%40",
    " ",
    "/",
    "\\",
    "@",
    ".",
    "\"",
    "{",
    "[",
    "\n",
    "\u{e9}",
    "(",
    "=",
    "a",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![3 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn values() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        texts().prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        Just(Json::Null)
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::hash_map(texts(), inner.clone(), 0..4)
                .prop_map(|members| json!(members)),
            inner.prop_map(|value| Json::from(value.to_string())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn to_clean_what_is_clean_changes_nothing(
        value in values(), name in texts(), text in texts(), url in texts(), seconds in proptest::option::of(0.0..1e6_f64)
    ) {
        let mut lineage = with_job(&text, json!({ name.clone(): value }));
        lineage.seconds = seconds;
        lineage.jobs[0].tool_name.clone_from(&text);
        lineage.jobs[0].inputs.push(Port { name: text.clone(), dataset: "d1".to_owned() });
        lineage.stopped.push(Stop { at: "d1".to_owned(), why: StopReason::Error, said: text.clone() });
        lineage.datasets.push(HistoryDataset {
            id: "d1".to_owned(), name: name.clone(), element_identifier: text.clone(), tags: vec![name, text],
            sources: vec![DatasetSource { url, ..DatasetSource::default() }], ..HistoryDataset::default()
        });
        let cleaned = lineage.cleaned();
        prop_assert_eq!(cleaned.clone(), cleaned.clone().cleaned());
        let written = lineage_json::write(&cleaned);
        for plant in ["ann@h.example", "/srv/plant",
            "u:plant@", "\\plant", "0123456789abcdef0123456789abcdef", "ghp_0123456789abcd"] {
            prop_assert!(!written.contains(plant), "{}: {}", plant, written);
        }
        // The digest of an address with its credentials is not written.
        let mut cleaned = cleaned;
        for source in &mut cleaned.datasets[0].sources {
            source.whole = None;
        }
        prop_assert_eq!(lineage_json::read(written.as_bytes()).unwrap(), cleaned);
    }
}
