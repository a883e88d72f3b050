//! The table and the GSuite file that `fairtracks_search` writes.

use crate::support;
use std::fs;

use crate::support::searching::{BLOOD, TWIN, answer, search};
use crate::support::{folder, project};
use serde_json::Value as Json;

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
    let message: Json = serde_json::from_str(&fs::read_to_string(metadata).unwrap()).unwrap();
    let columns = &message["output_table"]["metadata"];
    assert_eq!(columns["column_names"][0], "local_id");
    assert_eq!(columns["columns"], 10);
    assert_eq!(columns["column_types"].as_array().unwrap().len(), 10);
}
