//! Whatever is in a file: the tool never falls over, and what is written is what was read.
//!
//! `PROPTEST_CASES` says how many files are tried.

use crate::support;
use fairtracks::fairtracks::check::{CheckedDocument, check};
use fairtracks::fairtracks::document_json;
use fairtracks::fairtracks::finding::sorted;
use fairtracks::tools::check::report::{self, CheckedFiles};
use fairtracks::tools::check::table;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value as Json, json};

/// Documents to start from.
const MODELS: [&str; 4] = [
    "test-data/valid/complete.json",
    "test-data/valid/successor_of_1_0_2.json",
    "test-data/valid/document_of_hits.json",
    "test-data/h1_h3k4me3.fairtracks.json",
];

/// One change of a document.
#[derive(Debug, Clone)]
enum Change {
    Remove(Index),
    Replace(Index, Json),
    Copy(Index, Index),
    Insert(Index, String, Json),
}

fn odd_value() -> impl Strategy<Value = Json> {
    let number = select(vec![
        "0",
        "-0",
        "1.50",
        "1e999",
        "123456789012345678901234567890",
    ]);
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        number.prop_map(|number| serde_json::from_str(number).unwrap()),
        any::<String>().prop_map(Json::String),
        "[a-z.]{0,9}:{0,2}[ -~]{0,12}".prop_map(Json::String),
        vec(any::<String>(), 0..3).prop_map(|texts| json!(texts)),
        Just(json!({})),
        any::<String>().prop_map(|text| json!({"term_id": text, "term_label": [text]})),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Change::Remove),
        (at(), odd_value()).prop_map(|(place, value)| Change::Replace(place, value)),
        (at(), at()).prop_map(|(place, from)| Change::Copy(place, from)),
        (at(), any::<String>(), odd_value())
            .prop_map(|(place, key, value)| Change::Insert(place, key, value)),
    ]
}

/// The JSON pointers of all values below the top.
fn pointers(value: &Json, above: &str, found: &mut Vec<String>) {
    let mut add = |step: &str, below: &Json| {
        let pointer = format!("{above}/{}", step.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        pointers(below, &pointer, found);
    };
    match value {
        Json::Object(members) => members.iter().for_each(|(key, below)| add(key, below)),
        Json::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(position, below)| add(&position.to_string(), below));
        }
        _ => {}
    }
}

fn apply(document: &mut Json, change: &Change) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    if all.is_empty() {
        return;
    }
    let pick = |place: &Index| all[place.index(all.len())].as_str();
    match change {
        Change::Remove(place) => {
            let (above, step) = pick(place).rsplit_once('/').unwrap();
            match document.pointer_mut(above).unwrap() {
                Json::Object(members) => {
                    members.shift_remove(&step.replace("~1", "/").replace("~0", "~"));
                }
                Json::Array(items) => {
                    items.remove(step.parse().unwrap());
                }
                _ => unreachable!("a step leads through a list or an object"),
            }
        }
        Change::Replace(place, value) => {
            *document.pointer_mut(pick(place)).unwrap() = value.clone();
        }
        Change::Copy(place, from) => {
            let value = document.pointer(pick(from)).unwrap().clone();
            *document.pointer_mut(pick(place)).unwrap() = value;
        }
        Change::Insert(place, key, value) => match document.pointer_mut(pick(place)).unwrap() {
            Json::Object(members) => {
                members.insert(key.clone(), value.clone());
            }
            Json::Array(items) => items.push(value.clone()),
            other => *other = value.clone(),
        },
    }
}

fn changed_document() -> impl Strategy<Value = String> {
    (select(MODELS.to_vec()), vec(change(), 0..4)).prop_map(|(model, changes)| {
        let mut document: Json = serde_json::from_str(&support::text(model)).unwrap();
        changes
            .iter()
            .for_each(|change| apply(&mut document, change));
        document.to_string()
    })
}

/// Does all that the tool does with a file, apart from reading and writing it.
fn run(bytes: &[u8]) {
    let Ok(draft) = document_json::read_draft(bytes) else {
        return;
    };
    let name = "document.json";
    let source = CheckedDocument {
        name,
        draft: &draft,
        fillable: &[],
    };
    let findings = sorted(check(&[source, source]));
    let table = table::write(&findings);
    assert_eq!(table.lines().count(), findings.len() + 1);
    assert!(table.lines().all(|line| line.split('\t').count() == 5));
    let checked = CheckedFiles {
        names: &[name.to_owned()],
        crates: 0,
        unreadable: 0,
    };
    let report = report::markdown(&findings, checked, "output_table");
    assert_eq!(
        report.matches("```").count(),
        if findings.is_empty() { 0 } else { 2 }
    );
    assert!(!report::summary(&findings, checked).contains("error:"));
    let json: Json = draft.members().clone().into();
    for finding in findings {
        let pointer = &finding.place.pointer;
        assert!(json.pointer(pointer).is_some(), "{pointer} leads nowhere");
    }
}

proptest! {
    #[test]
    fn every_change_of_a_document_is_checked(text in changed_document()) {
        run(text.as_bytes());
    }

    #[test]
    fn every_change_of_bytes_is_refused_or_checked(
        model in select(MODELS.to_vec()),
        edits in vec((any::<Index>(), vec(any::<u8>(), 0..4), 0..4_usize), 1..4),
    ) {
        let mut bytes = support::text(model).into_bytes();
        for (place, inserted, removed) in edits {
            let start = place.index(bytes.len());
            let end = (start + removed).min(bytes.len());
            bytes.splice(start..end, inserted);
        }
        run(&bytes);
    }

    #[test]
    fn what_is_written_is_what_was_read(text in changed_document()) {
        if let Ok(document) = document_json::read(text.as_bytes()) {
            let written = document_json::write(&document);
            prop_assert_eq!(&document_json::read(&written).unwrap(), &document);
            // Apart from blanks between its parts, the text is the same: numbers, order and unknown keys included.
            prop_assert_eq!(without_blanks(&written), without_blanks(text.as_bytes()));
        }
    }
}

/// JSON without the blanks that mean nothing.
fn without_blanks(bytes: &[u8]) -> Vec<u8> {
    let (mut in_text, mut escaped) = (false, false);
    let mut kept = bytes.to_vec();
    kept.retain(|byte| {
        let is_blank = !in_text && byte.is_ascii_whitespace();
        in_text ^= *byte == b'"' && !escaped;
        escaped = in_text && *byte == b'\\' && !escaped;
        !is_blank
    });
    kept
}
