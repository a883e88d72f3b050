//! `fairtracks_search` as its users meet it: files and messages.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fs;

use serde_json::{Value as Json, json};
use support::{Outcome, folder, project};

const TWIN: &str = "test-data/h1_h3k4me3.fairtracks.json";
const BLOOD: &str = "test-data/blood.fairtracks.json";
const BIG_WIG: &str = "tracks.content->'file_format'->'term_label' ? 'bigWig'";

fn search(arguments: &[&str]) -> Outcome {
    support::run(env!("CARGO_BIN_EXE_fairtracks_search"), arguments)
}

/// The three outputs of a search, and what was said.
struct Answer {
    document: Json,
    table: Vec<Vec<String>>,
    gsuite: String,
    said: String,
}

fn answer(document: &str, question: &[&str]) -> Answer {
    let folder = folder();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (document, json, table, gsuite) = (
        project(document),
        path("hits.json"),
        path("hits.tsv"),
        path("hits.gsuite"),
    );
    let outcome = search(
        &[
            question,
            &[
                "--document",
                document.to_str().unwrap(),
                "--output-document",
                &json,
                "--output-table",
                &table,
            ],
            &[
                "--output-gsuite",
                &gsuite,
                "--date",
                "2026-01-31T13:00:00+01:00",
            ],
        ]
        .concat(),
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let read = |path: &str| fs::read_to_string(path).unwrap();
    Answer {
        document: serde_json::from_str(&read(&json)).unwrap(),
        table: read(&table)
            .lines()
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect(),
        gsuite: read(&gsuite),
        said: outcome.stderr,
    }
}

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
fn the_table_has_named_columns_first_and_every_other_attribute_after() {
    let table = answer(TWIN, &["--query", "true"]).table;
    assert_eq!(table[0][0], "#local_id");
    let expected =
        "label cell_or_tissue assay target phenotype assembly format condensed_data file_url";
    assert_eq!(table[0][1..10].join(" "), expected);
    let others = &table[0][10..];
    assert!(others.is_sorted());
    assert!(others.contains(&"tracks->checksum->cs_hash".to_owned()));
    assert!(!others.contains(&"tracks->file_url".to_owned()));
    assert!(table.iter().all(|row| row.len() == table[0].len()));
    assert_eq!(
        table[1][2..9],
        [
            "H1-hESC",
            "histone modification identification by ChIP-Seq assay",
            "H3K4_trimethylation",
            "Normal",
            "hg38",
            "ENCODE narrow peak format",
            "Narrow peaks"
        ]
    );
    let raw_files = table[0]
        .iter()
        .position(|title| title == "tracks->raw_file_ids")
        .unwrap();
    assert_eq!(table[2][raw_files], "encode:ENCFF207FGO,encode:ENCFF842FEQ");
}

#[test]
fn a_document_without_labels_still_gives_a_useful_table() {
    let table = answer("test-data/valid/minimal.json", &["--query", "true"]).table;
    assert_eq!(table[1][3], "http://purl.obolibrary.org/obo/OBI_0002017");
    assert_eq!(table[1][2], "");
}

#[test]
fn control_characters_cannot_break_the_table() {
    let folder = folder();
    let path = folder.join("odd.json");
    let mut document: Json = serde_json::from_str(&support::text(TWIN)).unwrap();
    document["tracks"][0]["label_long"] = "a\tb\nc\\d\re\"f".into();
    fs::write(&path, document.to_string()).unwrap();
    let table = answer(path.to_str().unwrap(), &["--query", "true"]).table;
    assert_eq!(table.len(), 5);
    assert_eq!(table[1][1], r#"a\tb\nc\\d\re"f"#);
}

#[test]
fn the_gsuite_file_stays_in_the_subset_that_every_reader_knows() {
    let gsuite = answer(TWIN, &["--query", "true"]).gsuite;
    let lines: Vec<&str> = gsuite.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "##location: remote",
            "##file format: unknown",
            "##track type: multiple",
            "##genome: hg38"
        ]
    );
    assert!(lines[4].starts_with("###uri\ttitle\ttrack_type\tglobal_id\tlocal_id\t"));
    assert!(lines[4].contains("\tchecksum->cs_hash\t"));
    assert!(lines[4].contains("\texperiments->technique->term_label\t"));
    assert!(!lines[4].contains("doc_info"));
    let columns = lines[4].split('\t').count();
    for line in &lines[5..] {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), columns);
        assert!(cells.iter().all(|cell| !cell.is_empty()));
        assert!(
            line.bytes()
                .all(|byte| byte == b'\t' || (32..127).contains(&byte))
        );
    }
    assert!(lines[5].starts_with(
        "https://www.encodeproject.org/files/ENCFF625ZYB/@@download/ENCFF625ZYB.bed.gz\tENCFF625ZYB\tsegments\t"
    ));
    assert!(lines[8].contains("\tENCFF955LOC\tstep function\t"));
    assert!(lines[8].contains("\t%20ENCFF955LOC\t"));
}

#[test]
fn a_gsuite_of_several_genomes_says_which_track_has_which() {
    let gsuite = answer(BLOOD, &["--query", "true"]).gsuite;
    assert!(gsuite.contains("##genome: multiple\n"));
    let rows: Vec<Vec<&str>> = gsuite
        .lines()
        .skip(4)
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows[0][..4], ["###uri", "title", "track_type", "genome"]);
    let of_genome = |genome| rows.iter().filter(|row| row[3] == genome).count();
    assert_eq!(
        (of_genome("hg38"), of_genome("hg19"), of_genome("mm10")),
        (55, 2, 3)
    );
    let titles: std::collections::HashSet<&str> = rows.iter().map(|row| row[1]).collect();
    assert_eq!(titles.len(), rows.len());
    assert!(gsuite.contains("Leuk%C3%A9mie"));
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
            "No track found: no track satisfies tracks.content->'assembly_name' ? 'HG38'\n"
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
    let expected = "No track found: nothing was left after tracks.content->>'geometric_track_type' = 'Segments'. \
                    No single clause did it: that one alone keeps 2 tracks, but none of the 2 tracks";
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
fn without_an_output_option_the_table_is_printed() {
    let twin = project(TWIN);
    let outcome = search(&["--document", twin.to_str().unwrap(), "--query", BIG_WIG]);
    assert_eq!(outcome.stdout.lines().count(), 3);
    assert!(outcome.stdout.starts_with("#local_id\t"));
}

#[test]
fn galaxy_is_told_the_columns() {
    let folder = folder();
    let (table, metadata) = (folder.join("t.tsv"), folder.join("galaxy.json"));
    let twin = project(TWIN);
    let arguments = [
        "--document",
        twin.to_str().unwrap(),
        "--query",
        "false",
        "--output-table",
        table.to_str().unwrap(),
    ];
    assert_eq!(
        search(
            &[
                &arguments[..],
                &["--galaxy-metadata", metadata.to_str().unwrap()]
            ]
            .concat()
        )
        .status,
        0
    );
    let told: Json = serde_json::from_str(&fs::read_to_string(metadata).unwrap()).unwrap();
    let columns = &told["output_table"]["metadata"];
    assert_eq!(columns["column_names"][0], "local_id");
    assert_eq!(columns["columns"], 10);
    assert_eq!(columns["column_types"].as_array().unwrap().len(), 10);
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
