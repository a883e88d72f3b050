//! Tables that our own tools read again: what a cell spells in another way comes back as it was.

use std::fs;
use std::path::PathBuf;

use crate::support::importing::{NINE, import};
use crate::support::{folder, run, text};
use fairtracks::tables::tsv::unescape;
use serde_json::{Value as Json, json};

/// Ids that a table writes in another way than they are.
const ODD_IDS: [&str; 9] = [
    "=1+1",
    "'quoted",
    "''x",
    "-2+3",
    "@x",
    "a\u{200b}b",
    "a\\tb",
    "\u{1b}[31m",
    "https://ann:pw@h.example/x?token=1",
];

/// A folder with the document `odd.json`, whose tracks have odd values of a member.
fn odd_document(member: &str) -> PathBuf {
    let mut document: Json = serde_json::from_str(&text(NINE)).unwrap();
    let tracks = document["tracks"].as_array_mut().unwrap();
    for (track, value) in tracks.iter_mut().zip(ODD_IDS) {
        track[member] = value.into();
    }
    let place = folder();
    fs::write(place.join("odd.json"), document.to_string()).unwrap();
    place
}

#[test]
fn a_table_chooses_the_tracks_that_it_names_whatever_they_are_called() {
    let place = odd_document("local_id");
    let at = |name: &str| place.join(name).to_str().unwrap().to_owned();
    let arguments = [
        "--document",
        &at("odd.json"),
        "--query",
        "true",
        "--output-table",
        &at("hits.tsv"),
    ];
    let outcome = run(env!("CARGO_BIN_EXE_fairtracks_search"), &arguments);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let table = fs::read_to_string(at("hits.tsv")).unwrap();
    assert!(!table.contains("ann:pw"), "{table}");
    let ids: Vec<String> = table
        .lines()
        .skip(1)
        .map(|line| unescape(line.split('\t').next().unwrap()))
        .collect();
    assert_eq!(ids[..8], ODD_IDS[..8]);
    // With its titles, and as tools leave it that take them away.
    let bare: Vec<&str> = table.lines().skip(1).collect();
    for chosen in [table.clone(), bare.join("\n")] {
        fs::write(at("chosen.tsv"), chosen).unwrap();
        let imported = import(
            &[&place.join("odd.json")],
            &["--choose-table", &at("chosen.tsv")],
        );
        assert_eq!(imported.status, 0, "{}", imported.stderr);
        assert_eq!(imported.rows().len(), 9);
        imported.assert_nowhere("ann:pw");
        // The table of outcomes chooses as well.
        fs::copy(imported.folder.join("outcomes.tsv"), at("outcomes.tsv")).unwrap();
        let again = import(
            &[&place.join("odd.json")],
            &["--choose-table", &at("outcomes.tsv")],
        );
        assert_eq!(again.rows().len(), 9, "{}", again.stderr);
    }
}

#[test]
fn what_a_drop_down_sends_finds_the_tracks_that_have_it() {
    let place = odd_document("odd");
    let at = |name: &str| place.join(name).to_str().unwrap().to_owned();
    let arguments = [
        "--document",
        &at("odd.json"),
        "--output-form-table",
        &at("form.tsv"),
        "--output-report",
        &at("report.md"),
    ];
    let outcome = run(env!("CARGO_BIN_EXE_fairtracks_catalog"), &arguments);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let table = fs::read_to_string(at("form.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    let rows: Vec<&Vec<&str>> = rows
        .iter()
        .filter(|cells| cells[7] == "tracks->odd")
        .collect();
    assert_eq!(
        rows.len(),
        8,
        "the one with a password is left out: {table}"
    );
    for cells in rows {
        let condition = json!({"attribute": cells[7], "operator": "is", "values": [cells[4]]});
        let query =
            json!({"mode": "catalog", "hub": cells[6], "join": "and", "conditions": [condition]});
        let form = json!({"source": {"from": "document"}, "query": query});
        fs::write(at("form.json"), form.to_string()).unwrap();
        let outcome = run(
            env!("CARGO_BIN_EXE_fairtracks_search"),
            &["--document", &at("odd.json"), "--form", &at("form.json")],
        );
        assert_eq!(outcome.status, 0, "{outcome:?}");
        assert!(
            outcome.stderr.starts_with("Found 1 of 9 tracks"),
            "{cells:?}: {}",
            outcome.stderr
        );
    }
}
