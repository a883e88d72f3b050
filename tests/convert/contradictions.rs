//! Values that say different things of one object are rows of the table.

use std::fs;

use crate::support::converting::{COLLECTION, Converted, convert, convert_files, laboratory};
use crate::support::folder;
use crate::support::running::{CONVERT, run_in};

/// Field, value and reason of the rows of an outcome.
fn rows<'c>(converted: &'c Converted, outcome: &str) -> Vec<[&'c str; 3]> {
    let rows = converted.rows_of(outcome).into_iter();
    rows.map(|row| [2, 3, 5].map(|column| row[column].as_str()))
        .collect()
}

/// Converts a table with a table of edits.
fn edited(table: &str, edits: &str) -> Converted {
    let place = folder();
    let path = place.join("edits.tsv");
    fs::write(&path, format!("record\tfield\tvalue\n{edits}")).unwrap();
    convert(&[("a.csv", table)], &["--edits", path.to_str().unwrap()])
}

const TERMS: &str = "track_id,file_url,samples.sample_type.cell_type.term_id,samples.sample_type.cell_type.term_label,species,\
    samples.species_name\n";

#[test]
fn a_label_of_another_term_is_a_row_and_the_label_of_the_id_stays() {
    let table = format!("{TERMS}T1,https://l.example.org/a.bw,CL:0000236,T cell,human,Martian\n");
    let found = convert(&[("a.csv", &table)], &[]);
    let refused = rows(&found, "not taken over");
    let cell = "http://purl.obolibrary.org/obo/CL_0000236";
    for row in [
        [
            "samples.sample_type.cell_type.term_label",
            "T cell",
            &format!("`{cell}` has the name `B cell`"),
        ],
        [
            "samples.species_name",
            "Martian",
            "`taxonomy:9606` has the name `Homo sapiens`",
        ],
    ] {
        assert!(refused.contains(&row), "{refused:?}");
    }
    let sample = &found.document()["samples"][0];
    assert_eq!(sample["sample_type"]["cell_type"]["term_label"], "B cell");
    assert_eq!(sample["species_name"], "Homo sapiens");
}

#[test]
fn a_synonym_of_the_term_is_no_contradiction() {
    let table =
        format!("{TERMS}T1,https://l.example.org/a.bw,CL:0000236,B lymphocyte,human,human\n");
    let found = convert(&[("a.csv", &table)], &[]);
    assert_eq!(found.rows_of("not taken over").len(), 0, "{:?}", found.rows);
    let changed = rows(&found, "changed");
    let label = "samples.sample_type.cell_type.term_label";
    let row = [label, "B lymphocyte", "B cell (label of the id)"];
    assert!(changed.contains(&row), "{changed:?}");
}

#[test]
fn an_edit_does_not_contradict_the_id_beside_it() {
    let table = "track_id,sample_id,species,cell_type\nT1,S1,human,B cell\n";
    let label = "samples.sample_type.cell_type.term_label";
    let found = edited(
        table,
        &format!("T1\t{label}\tT cell\n*\tsamples.species_name\tMartian\n"),
    );
    let refused = rows(&found, "not taken over");
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert_eq!(refused[0][..2], [label, "T cell"]);
    assert!(refused[0][2].ends_with("has the name `B cell`"));
    assert_eq!(refused[1][..2], ["samples.species_name", "Martian"]);
    let sample = &found.document()["samples"][0];
    assert_eq!(sample["sample_type"]["cell_type"]["term_label"], "B cell");
    assert_eq!(sample["species_name"], "Homo sapiens");
}

#[test]
fn an_accession_of_another_genome_goes_before_the_name() {
    let table = "track_id,file_url,assembly,assembly_id\n\
        T1,https://l.example.org/a.bw,hg38,insdc.gca:GCF_000001405.13\n";
    let found = convert(&[("a.csv", table)], &[]);
    let reason = "the field has another value already: `hg19`";
    assert_eq!(
        rows(&found, "not taken over"),
        [["tracks.assembly_name", "hg38", reason]]
    );
}

#[test]
fn tables_of_a_document_that_were_edited_have_a_row_for_each_value_that_seems_wrong() {
    let original = convert(&[("laboratory.csv", &laboratory())], &COLLECTION);
    let place = folder();
    fs::write(place.join("a.json"), &original.document_bytes).unwrap();
    let options = ["a.json", "--to", "csv", "--output-tables", "tables"];
    assert_eq!(run_in(CONVERT, &place, &options).status, 0);
    let files = fs::read_dir(place.join("tables")).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(path).unwrap();
        let text = text
            .replacen(",hg38,", ",mm10,", 1)
            .replacen("0123456789abcdef0123456789abcdef", "zz", 1)
            .replacen("\"B cell\"", "\"T cell\"", 1);
        (name, text.into_bytes())
    });
    let files: Vec<(String, Vec<u8>)> = files.collect();
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let back = convert_files(&files, &[]);
    assert_eq!(back.outcome.status, 0, "{:?}", back.outcome);
    let mut fields: Vec<&str> = rows(&back, "doubtful").iter().map(|row| row[0]).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "samples.sample_type.cell_type.term_label",
            "tracks.assembly_name",
            "tracks.checksum.cs_hash"
        ],
        "{:?}",
        back.rows
    );
    // The values are those of the curator.
    let document = back.document();
    assert_eq!(document["tracks"][0]["assembly_name"], "mm10");
    assert_eq!(document["tracks"][0]["checksum"]["cs_hash"], "zz");
}

#[test]
fn an_assembly_of_another_species_is_doubtful() {
    let table = "track_id,file_url,species,assembly\n\
        T1,https://l.example.org/a.bw,human,mm10\nT2,https://l.example.org/b.bw,human,mm10\n\
        T3,https://l.example.org/c.bw,mouse,GRCh38\nT4,https://l.example.org/d.bw,mouse,mm10\n\
        T5,https://l.example.org/e.bw,10092,mm10\nT6,https://l.example.org/f.bw,human,hg19\n";
    let found = convert(&[("a.csv", table)], &[]);
    let doubtful = rows(&found, "doubtful");
    let field = "tracks.assembly_name";
    assert_eq!(
        doubtful,
        [
            [
                field,
                "mm10",
                "the assembly is of Mus musculus, the species Homo sapiens"
            ],
            [
                field,
                "hg38",
                "the assembly is of Homo sapiens, the species Mus musculus"
            ],
        ]
    );
    let first = found.rows_of("doubtful")[0];
    assert_eq!(
        (first[1].as_str(), first[6].as_str()),
        ("a.csv, row 2", "2")
    );
}

#[test]
fn the_ending_of_another_format_is_doubtful() {
    let table = "track_id,file_url,format\n\
        T1,https://l.example.org/a.bb,bigWig\nT2,https://l.example.org/b.bb,bigBed\n\
        T3,https://l.example.org/c.bed,narrowPeak\nT4,https://l.example.org/d.bb,narrowPeak\n\
        T5,https://l.example.org/e.bw?x=a.bb,bigWig\n";
    let found = convert(&[("a.csv", table)], &[]);
    let reason = "the ending of the file is that of bigBed, the format bigWig";
    assert_eq!(
        rows(&found, "doubtful"),
        [["tracks.file_format", "bigWig", reason]]
    );
}
