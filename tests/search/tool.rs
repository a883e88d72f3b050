//! `fairtracks_search` as its users meet it: what it finds, and what the document of hits says.

use crate::support;
use std::fs;

use crate::support::searching::{BLOOD, TWIN, answer, search};
use crate::support::{folder, project};
use serde_json::{Value as Json, json};

const BIG_WIG: &str = "tracks.content->'file_format'->'term_label' ? 'bigWig'";

fn ids(objects: &Json) -> Vec<&str> {
    objects
        .as_array()
        .unwrap()
        .iter()
        .map(|object| object["local_id"].as_str().unwrap())
        .collect()
}

#[test]
fn answers_with_the_closed_subset_of_the_document() {
    let found = answer(
        BLOOD,
        &[
            "--query",
            "experiments.content->'target'->>'summary' = 'hgnc:4170'",
        ],
    )
    .document;
    assert_eq!(ids(&found["tracks"]), ["example:BLD000038"]);
    let experiment = &found["experiments"][0];
    assert_eq!(
        ids(&found["experiments"]),
        [found["tracks"][0]["experiment_ref"].as_str().unwrap()]
    );
    assert_eq!(
        ids(&found["samples"]),
        [experiment["sample_ref"].as_str().unwrap()]
    );
    assert_eq!(
        ids(&found["studies"]),
        [experiment["study_ref"].as_str().unwrap()]
    );
}

#[test]
fn the_document_of_hits_says_where_it_comes_from() {
    let source: Json = serde_json::from_str(&support::text(TWIN)).unwrap();
    let found = answer(TWIN, &["--query", BIG_WIG]).document;
    let subset = &found["subset_of"];
    assert_eq!(subset["version"], 1);
    assert_eq!(subset["hits"], 2);
    assert_eq!(subset["left_out"], json!([]));
    assert_eq!(
        subset["source"]["doc_version"],
        source["doc_info"]["doc_version"]
    );
    assert_eq!(subset["source"]["doc_url"], source["doc_info"]["doc_url"]);
    assert_eq!(subset["source"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(subset["search"]["query"], BIG_WIG);
    assert_eq!(subset["search"]["time"], "2026-01-31T12:00:00+00:00");
    assert_eq!(subset["search"]["tool"], "fairtracks_search");
    let version = found["doc_info"]["doc_version"].as_str().unwrap();
    let source_id = source["doc_info"]["local_id"].as_str().unwrap();
    assert_eq!(
        found["doc_info"]["local_id"],
        format!("{source_id}#{}", &version[..12])
    );
    assert_eq!(
        found["collection_info"]["doc_ref"],
        found["doc_info"]["local_id"]
    );
    assert_eq!(found["doc_info"].get("doc_url"), None);
    assert_eq!(found["doc_info"]["doc_date"], "2026-01-31T12:00:00+00:00");
}

#[test]
fn unknown_keys_and_the_text_of_numbers_survive() {
    let folder = folder();
    let hits = folder.join("hits.json");
    let blood = project(BLOOD);
    let arguments = [
        "--document",
        blood.to_str().unwrap(),
        "--query",
        "true",
        "--output-document",
        hits.to_str().unwrap(),
    ];
    assert_eq!(search(&arguments).status, 0);
    let written = fs::read_to_string(&hits).unwrap();
    assert!(written.contains("\"height_metres\": 1.50"));
    assert!(written.contains("\"place\": \"Ås\""));
}

#[test]
fn hits_of_hits_keep_the_story_of_both_searches() {
    let folder = folder();
    let first = folder.join("first.json");
    let twin = project(TWIN);
    let arguments = [
        "--document",
        twin.to_str().unwrap(),
        "--query",
        BIG_WIG,
        "--output-document",
        first.to_str().unwrap(),
    ];
    assert_eq!(search(&arguments).status, 0);
    let second = answer(
        first.to_str().unwrap(),
        &["--query", "tracks.content->>'label_long' LIKE '%p-value%'"],
    )
    .document;
    assert_eq!(ids(&second["tracks"]), ["encode:ENCFF955LOC"]);
    assert_eq!(
        second["subset_of"]["source"]["subset_of"]["search"]["query"],
        BIG_WIG
    );
}

#[test]
fn conditions_of_a_file_and_of_a_form_ask_the_same() {
    let folder = folder();
    let (conditions, form) = (folder.join("conditions.json"), folder.join("form.json"));
    let asked = json!({"version": 1, "join": "and", "conditions": [
        {"category": "samples", "path": ["sample_type", "summary"], "operator": "contains", "values": ["MONOCYTE"]},
        {"category": "tracks", "path": ["file_format", "term_label"], "operator": "is_not", "values": ["bigWig", "bigBed"]},
    ]});
    fs::write(&conditions, asked.to_string()).unwrap();
    let typed = json!({"query": {"mode": "conditions", "join": "and", "conditions": [
        {"attribute": {"name": "samples->sample_type->summary"}, "operator": "contains", "values": "MONOCYTE"},
        {"attribute": {"name": "other", "path": "tracks->file_format->term_label"}, "operator": "is_not", "values": "bigWig\nbigBed"},
    ]}});
    fs::write(&form, typed.to_string()).unwrap();
    let from_file = answer(BLOOD, &["--conditions", conditions.to_str().unwrap()]);
    let from_form = answer(BLOOD, &["--form", form.to_str().unwrap()]);
    assert_eq!(from_file.document, from_form.document);
    assert_eq!(
        from_file.document["subset_of"]["search"]["conditions"],
        asked
    );
    let query = from_file.document["subset_of"]["search"]["query"]
        .as_str()
        .unwrap();
    let again = answer(BLOOD, &["--query", query]);
    assert_eq!(again.document["tracks"], from_file.document["tracks"]);
    assert!(from_file.said.contains(query));
}

#[test]
fn no_hit_is_an_answer_that_names_the_clause() {
    let answer = answer(
        TWIN,
        &[
            "--query",
            "samples.content->'species_id' ? 'taxonomy:9606' AND tracks.content->'assembly_name' ? 'HG38'",
        ],
    );
    assert!(
        answer.said.starts_with(
            "No tracks found: none matches tracks.content->'assembly_name' ? 'HG38'\n"
        ),
        "{}",
        answer.said
    );
    assert_eq!(answer.document["subset_of"]["hits"], 0);
    for part in ["tracks", "experiments", "samples", "studies"] {
        assert_eq!(answer.document[part], json!([]));
    }
    assert_eq!(answer.table.len(), 1);
    assert_eq!(answer.table[0].len(), 10);
    assert_eq!(answer.gsuite.lines().count(), 4);
}

#[test]
fn no_hit_of_clauses_that_each_keep_something_says_so() {
    let query = format!("{BIG_WIG} AND tracks.content->>'geometric_track_type' = 'Segments'");
    let said = answer(TWIN, &["--query", &query]).said;
    let expected = "No tracks found: none is left after tracks.content->>'geometric_track_type' = 'Segments'. \
                    The conditions exclude each other: this one matches 2 tracks, none of them among the 2 tracks";
    assert!(said.starts_with(expected), "{said}");
}

#[test]
fn tracks_that_the_joins_drop_are_counted_and_named() {
    let answer = answer(BLOOD, &["--query", "true"]);
    assert!(
        answer.said.starts_with("Found 60 of 62 tracks\n"),
        "{}",
        answer.said
    );
    assert!(answer.said.contains("2 tracks are left out of the search"));
    let left_out: Vec<&str> = ids(&answer.document["subset_of"]["left_out"]);
    assert_eq!(left_out, ["example:BLD000042", "example:BLD000043"]);
    assert!(
        answer
            .said
            .contains("example:BLD000042: its experiment example:BLX000029 has no sample_ref")
    );
}

#[test]
fn the_same_search_gives_the_same_bytes() {
    let folder = folder();
    let run = |name: &str| {
        let path = folder.join(name);
        let blood = project(BLOOD);
        let arguments = [
            "--document",
            blood.to_str().unwrap(),
            "--query",
            BIG_WIG,
            "--date",
            "2026-01-31",
        ];
        assert_eq!(
            search(
                &[
                    &arguments[..],
                    &["--output-document", path.to_str().unwrap()]
                ]
                .concat()
            )
            .status,
            0
        );
        fs::read(path).unwrap()
    };
    assert_eq!(run("one.json"), run("two.json"));
}

#[test]
fn what_a_document_lacks_can_be_filled_in_before_the_search() {
    let minimal = "test-data/valid/minimal.json";
    let question = [
        "--query",
        "samples.content->'sample_type'->>'summary' = 'H1-hESC'",
    ];
    let without = answer(minimal, &question);
    assert_eq!(without.document["subset_of"]["hits"], 0);
    assert_eq!(without.document["subset_of"]["search"]["augmented"], false);
    let with = answer(minimal, &[&question[..], &["--augment"]].concat());
    assert_eq!(with.document["subset_of"]["hits"], 1);
    assert_eq!(with.document["subset_of"]["search"]["augmented"], true);
    assert_eq!(
        with.document["samples"][0]["sample_type"]["summary"],
        "H1-hESC"
    );
    for expected in [
        "Filled in 10 missing values before the search:",
        "/samples/0/sample_type/cell_line/term_label: H1-hESC (built-in table)",
    ] {
        assert!(with.said.contains(expected), "{}", with.said);
    }
    let complete = answer(TWIN, &["--query", BIG_WIG, "--augment"]);
    assert_eq!(
        complete.document,
        answer(TWIN, &["--query", BIG_WIG]).document
    );
}

#[test]
fn without_an_output_option_the_table_is_printed() {
    let twin = project(TWIN);
    let outcome = search(&["--document", twin.to_str().unwrap(), "--query", BIG_WIG]);
    assert_eq!(outcome.stdout.lines().count(), 3);
    assert!(outcome.stdout.starts_with("#local_id\t"));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert!(
        answer(
            "test-data/valid/with_byte_order_mark.json",
            &["--query", "true"]
        )
        .said
        .starts_with("Found")
    );
}

#[test]
fn a_successful_run_never_says_error() {
    for query in ["true", "false"] {
        let said = answer(BLOOD, &["--query", query]).said.to_lowercase();
        assert!(!said.contains("error:") && !said.contains("exception:"));
    }
}

#[test]
fn characters_are_spelled_as_in_the_source() {
    let folder = folder();
    let (escaped, hits) = (folder.join("escaped.json"), folder.join("hits.json"));
    let twin = support::text(TWIN).replace("\"H1-hESC\"", r#""H1-hESC \u00e9 \ud83d\ude00""#);
    fs::write(&escaped, twin).unwrap();
    let arguments = [
        "--document",
        escaped.to_str().unwrap(),
        "--query",
        "true",
        "--output-document",
    ];
    assert_eq!(
        search(&[&arguments[..], &[hits.to_str().unwrap()]].concat()).status,
        0
    );
    assert!(
        fs::read_to_string(&hits)
            .unwrap()
            .contains(r"H1-hESC \u00e9 \ud83d\ude00")
    );
}
