//! The table and the GSuite file that `fairtracks_search` writes.

use crate::support;
use std::fs;

use crate::support::searching::{BLOOD, TWIN, answer, search};
use crate::support::{folder, project};
use serde_json::Value as Json;

#[test]
fn the_table_has_ten_columns_unless_more_are_asked_for() {
    let ten = answer(TWIN, &["--query", "true"]).table;
    assert!(ten.iter().all(|row| row.len() == 10));
    let table = answer(TWIN, &["--query", "true", "--columns", "all"]).table;
    let first_ten: Vec<&[String]> = table.iter().map(|row| &row[..10]).collect();
    assert_eq!(ten, first_ten);
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
fn chosen_columns_come_behind_the_ten_in_the_order_of_the_request() {
    let columns = "tracks->raw_file_ids,samples->species_name,tracks->checksum->cs_method";
    let found = answer(TWIN, &["--query", "true", "--columns", columns]);
    let of_row = |row: usize| found.table[row][10..].join(" | ");
    assert_eq!(
        of_row(0),
        "tracks->raw_file_ids | samples->species_name | tracks->checksum->cs_method"
    );
    assert_eq!(
        of_row(2),
        "encode:ENCFF207FGO,encode:ENCFF842FEQ | Homo sapiens | MD5"
    );
    assert!(
        !found.said.contains("No track has a value"),
        "{}",
        found.said
    );
    let unknown = ["--query", "true", "--columns", "samples->donor->hair"];
    let unknown = answer(TWIN, &unknown);
    let remark = "No track has a value in the column samples->donor->hair";
    for text in [&unknown.said, &unknown.report] {
        assert!(text.replace('\\', "").contains(remark), "{text}");
    }
    assert!(unknown.table[1..].iter().all(|row| row[10].is_empty()));
}

#[test]
fn a_column_that_is_no_attribute_is_a_usage_error() {
    let twin = project(TWIN);
    let asked = ["--document", twin.to_str().unwrap(), "--query", "true"];
    for (columns, problem) in [
        (
            "donor",
            "error: --columns: found the attribute `donor`, expected one such as",
        ),
        (",", "error: --columns: found no attribute, expected paths"),
    ] {
        let outcome = search(&[&asked[..], &["--columns", columns]].concat());
        assert_eq!(outcome.status, 2, "{columns}");
        assert!(outcome.stderr.starts_with(problem), "{}", outcome.stderr);
        assert_eq!(outcome.stdout, "");
    }
}

#[test]
fn galaxy_gets_columns_names_and_genome_build() {
    let found = answer(BLOOD, &["--find", "monocyte or B cell, DNase, hg38"]);
    let columns = &found.metadata["output_table"]["metadata"];
    assert_eq!(columns["column_names"][0], "local_id");
    assert_eq!(columns["columns"], 10);
    assert_eq!(columns["column_types"].as_array().unwrap().len(), 10);
    let question = "4 tracks: monocyte or B cell, DNase, hg38";
    for (output, kind, dbkey) in [
        ("output_report", "report", Json::Null),
        ("output_table", "table of hits", "hg38".into()),
        ("output_gsuite", "GSuite", "hg38".into()),
        ("output_document", "document of hits", "hg38".into()),
    ] {
        let described = &found.metadata[output];
        assert_eq!(described["name"], format!("{question} – {kind}"));
        assert_eq!(described["dbkey"], dbkey, "{output}");
        assert_eq!(
            described["info"],
            "4 tracks of 62 in blood.fairtracks.json: monocyte or B cell, DNase, hg38"
        );
    }
}

#[test]
fn a_table_without_hits_has_columns_and_a_name_that_says_so() {
    let found = answer(TWIN, &["--find", "liver"]);
    let described = &found.metadata["output_table"];
    assert_eq!(described["metadata"]["columns"], 10);
    assert_eq!(described["name"], "No tracks: liver – table of hits");
    assert_eq!(described["dbkey"], Json::Null);
    let info = described["info"].as_str().unwrap();
    assert!(
        info.starts_with("No tracks of 4 in h1_h3k4me3.fairtracks.json: liver. Hint: "),
        "{info}"
    );
}

#[test]
fn hits_of_several_genomes_have_no_genome_build() {
    let found = answer(BLOOD, &["--query", "true"]);
    for output in ["output_table", "output_document", "output_gsuite"] {
        assert_eq!(found.metadata[output]["dbkey"], Json::Null, "{output}");
    }
    assert_eq!(
        found.metadata["output_table"]["name"],
        "60 tracks – table of hits"
    );
}

#[test]
fn names_are_short_and_hold_no_secrets() {
    let long = "x".repeat(400);
    let query = format!(
        "tracks.content->>'a' = 'https://ann:s3cret@h.example/' OR tracks.content->>'b' = '{long}'"
    );
    let found = answer(TWIN, &["--query", &query]);
    let name = found.metadata["output_table"]["name"].as_str().unwrap();
    assert!(name.chars().count() <= 255, "{name}");
    assert!(name.ends_with("… – table of hits"), "{name}");
    assert!(!found.metadata.to_string().contains("s3cret"));
}

#[test]
fn a_name_that_a_workflow_gives_an_output_is_kept() {
    let folder = folder();
    let names = folder.join("output_names.json");
    let given = r#"{"output_table": "My hits", "output_document": "FAIRtracks search on dataset 1: document of hits"}"#;
    fs::write(&names, given).unwrap();
    let asked = ["--query", "true", "--output-names", names.to_str().unwrap()];
    let metadata = answer(TWIN, &asked).metadata;
    assert_eq!(metadata["output_table"]["name"], "My hits");
    assert_eq!(
        metadata["output_document"]["name"],
        "4 tracks – document of hits"
    );
}

#[test]
fn a_gsuite_file_is_written_on_request_only() {
    let folder = folder();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (twin, table, metadata) = (project(TWIN), path("t.tsv"), path("galaxy.json"));
    let outcome = search(&[
        "--document",
        twin.to_str().unwrap(),
        "--query",
        "true",
        "--output-table",
        &table,
        "--galaxy-metadata",
        &metadata,
    ]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let written: Json = serde_json::from_str(&fs::read_to_string(metadata).unwrap()).unwrap();
    let outputs: Vec<&String> = written.as_object().unwrap().keys().collect();
    assert_eq!(outputs, ["output_table"]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}
