//! Values that a conversion reads and does not take over are rows that a curator understands.

use rust_xlsxwriter::Workbook;

use super::hub::convert_hub;
use crate::support::converting::{COLLECTION, Converted, convert, convert_files};

/// Field, value and reason of the rows of an outcome.
fn rows<'c>(converted: &'c Converted, outcome: &str) -> Vec<[&'c str; 3]> {
    let rows = converted.rows_of(outcome).into_iter();
    rows.map(|row| [2, 3, 5].map(|column| row[column].as_str()))
        .collect()
}

#[test]
fn the_ending_of_a_wrong_url_does_not_hide_that_the_url_is_wrong() {
    for url in ["www.lab.example.org/f/LK03.bw", "s3://b/T1.bw", "T1.bw"] {
        let table = format!("track_id,file_url\nT1,{url}\n");
        let found = convert(&[("a.csv", &table)], &[]);
        let refused = rows(&found, "not taken over");
        assert_eq!(refused.len(), 1, "{url}: {refused:?}");
        assert_eq!(refused[0][..2], ["tracks.file_url", url]);
        // The format is known all the same.
        let track = &found.document()["tracks"][0];
        assert_eq!(track["file_format"]["term_label"], "bigWig", "{url}");
    }
}

#[test]
fn a_column_with_the_format_does_not_hide_a_wrong_or_second_url() {
    let table = "track_id,file_url,format\nT1,lab.example.org/x.bw,bigWig\nT2,s3://b/y.bw,\n";
    let found = convert(&[("a.csv", table)], &[]);
    let reason = "expected a URL that starts with http, https, ftp or rsync";
    assert_eq!(
        rows(&found, "not taken over"),
        [
            ["tracks.file_url", "lab.example.org/x.bw", reason],
            ["tracks.file_url", "s3://b/y.bw", reason]
        ]
    );
    let (first, second) = (
        "https://lab.example.org/a.bw",
        "https://lab.example.org/b.bw",
    );
    let table = format!("track_id,File URL,URL\nT1,{first},{second}\n");
    let found = convert(&[("a.csv", &table)], &[]);
    let reason = "the column `File URL` has another value";
    assert_eq!(
        rows(&found, "not taken over"),
        [["tracks.file_url", second, reason]]
    );
    for (url, advice) in [
        (
            "https://lab.example.org/my track.bw",
            "percent-encode whitespace",
        ),
        (
            "HTTPS://lab.example.org/a.bw",
            "write the scheme in lower case",
        ),
    ] {
        let table = format!("track_id,file_url\nT1,{url}\n");
        let found = convert(&[("a.csv", &table)], &[]);
        let refused = rows(&found, "not taken over");
        assert_eq!(refused[0][..2], ["tracks.file_url", url]);
        assert!(refused[0][2].contains(advice), "{refused:?}");
    }
}

#[test]
fn all_missing_values_of_many_records_count() {
    let tracks = (1..=300).map(|number| {
        let assembly = if number == 212 { "" } else { "hg38" };
        format!("T{number},https://lab.example.org/{number}.bw,{assembly}\n")
    });
    let table = format!("track_id,file_url,assembly\n{}", tracks.collect::<String>());
    let found = convert(&[("a.csv", &table)], &[]);
    let missing = found.rows_of("missing");
    let records = |field: &str| {
        let row = missing.iter().find(|row| row[2] == field).unwrap();
        (row[1].as_str(), row[6].as_str())
    };
    assert_eq!(records("tracks.experiment_ref"), ("a.csv, row 2", "300"));
    assert_eq!(records("tracks.checksum"), ("a.csv, row 2", "300"));
    assert_eq!(records("tracks.assembly_name"), ("a.csv, row 213", "1"));
    let broken = found.rows_of("breaks a rule");
    let all = missing.iter().chain(&broken);
    let all: u64 = all.map(|row| row[6].parse::<u64>().unwrap()).sum();
    assert!(
        found
            .outcome
            .stderr
            .contains(&format!("{all} values are missing")),
        "{}",
        found.outcome.stderr
    );
}

#[test]
fn a_table_named_tracks_keeps_the_columns_of_samples_and_experiments() {
    let table = "track_id,file_url,species,cell_type,assay\nT1,https://lab.example.org/a.bw,human,B cell,ATAC-seq\n";
    let (named, other) = (
        convert(&[("Tracks.csv", table)], &[]),
        convert(&[("other.csv", table)], &[]),
    );
    assert!(rows(&named, "not read").is_empty());
    let lists = ["tracks", "experiments", "samples"];
    for list in lists {
        assert_eq!(named.document()[list], other.document()[list], "{list}");
    }
    let samples = "sample_id,species,cell_type\nS1,human,B cell\n";
    let tracks = "track_id,sample_id,assay\nT1,S1,ATAC-seq\nT2,S1,DNase-seq\n";
    let joined = convert(&[("samples.csv", samples), ("tracks.csv", tracks)], &[]);
    assert!(rows(&joined, "not read").is_empty());
    let document = joined.document();
    assert_eq!(document["samples"].as_array().unwrap().len(), 1);
    for experiment in document["experiments"].as_array().unwrap() {
        assert_eq!(experiment["sample_ref"], "S1");
    }
}

#[test]
fn a_value_that_another_title_has_given_is_no_other_value() {
    let track_db = "track cells\ncompositeTrack on\nsubGroup1 cell Cell B_cell=B_cell\ntype bigBed 6\nshortLabel a\nlongLabel a\n\n    \
        track b\n    parent cells on\n    type bigBed 6\n    bigDataUrl https://lab.example.org/b.bb\n    subGroups cell=B_cell\n    \
        metadata sample_ontology_uri=\"http://purl.obolibrary.org/obo/CL_0000236\" cell_type=\"T cell\"\n    shortLabel b\n    longLabel b\n";
    let files = [
        (
            "hub.txt",
            "hub h\nshortLabel h\nlongLabel h\ngenomesFile genomes.txt\nemail a@lab.example.org\n",
        ),
        ("genomes.txt", "genome hg38\ntrackDb hg38/trackDb.txt\n"),
        ("hg38/trackDb.txt", track_db),
    ];
    let found = convert_hub(&files, &["--source", "hub"]);
    let cell = "samples.sample_type.cell_type";
    let refused = rows(&found, "not taken over");
    let of_cell: Vec<_> = refused.iter().filter(|row| row[0] == cell).collect();
    let reason = "the field has another value already: `B cell`";
    assert_eq!(of_cell, [&[cell, "T cell", reason]]);
}

#[test]
fn values_that_rows_of_one_object_disagree_on_are_words_of_the_source() {
    let table = "track_id,sample_id,cell_type\nT1,S1,B cell\nT2,S1,T cell\n";
    let found = convert(&[("a.csv", table)], &[]);
    let reason = "a.csv, row 2 has another value for the same id: `B cell`";
    assert_eq!(
        rows(&found, "not taken over"),
        [["samples.sample_type.cell_type", "T cell", reason]]
    );
}

#[test]
fn a_term_in_the_column_of_another_field_is_named_with_its_column() {
    let table = "track_id,Cell type,Tissue\nT1,K562,\nT2,HeLa,\nT3,B cell,monocyte\nT4,nothing,\n";
    let found = convert(&[("a.csv", table)], &[]);
    let refused = rows(&found, "not taken over");
    let (cell, organ) = (
        "samples.sample_type.cell_type",
        "samples.sample_type.organism_part",
    );
    let of_line = "found a term of cell_lines: write it into the column `cell_line`";
    let of_cell = "found a term of cell_types: write it into the column `cell_type`";
    assert_eq!(
        refused[..3],
        [
            [cell, "K562", of_line],
            [cell, "HeLa", of_line],
            [organ, "monocyte", of_cell]
        ]
    );
    assert!(refused[3][2].starts_with("found in no table of terms (cell_types)"));
}

#[test]
fn chip_seq_of_a_histone_is_told_from_its_target() {
    let table =
        "track_id,assay,target\nT1,ChIP-seq,H3K27ac\nT2,ChIP-seq,\nT3,TF ChIP-seq,H3K4me3\n";
    let found = convert(&[("a.csv", table)], &[]);
    let document = found.document();
    let technique =
        |place: usize| document["experiments"][place]["technique"]["term_label"].clone();
    assert_eq!(
        technique(0),
        "histone modification identification by ChIP-Seq assay"
    );
    assert_eq!(technique(1), "ChIP-seq assay");
    assert_eq!(
        technique(2),
        "transcription factor binding site identification by ChIP-Seq assay"
    );
    let derived = rows(&found, "derived");
    let row = [
        "experiments.technique.term_id",
        "http://purl.obolibrary.org/obo/OBI_0002017",
        "follows from experiments.target.sequence_feature.term_id",
    ];
    assert!(derived.contains(&row), "{derived:?}");
}

#[test]
fn a_transcription_factor_is_described_by_the_blank_table() {
    let table =
        "track_id,assay,target,gene_id\nT1,TF ChIP-seq,CTCF,HGNC:13723\nT2,TF ChIP-seq,CTCF,\n";
    let found = convert(&[("a.csv", table)], &COLLECTION);
    let document = found.document();
    let target = &document["experiments"][0]["target"];
    assert_eq!(target["gene_id"], "hgnc:13723");
    assert_eq!(target["target_details"], "CTCF");
    assert_eq!(
        target["gene_product_type"]["term_label"],
        "Transcription Factor"
    );
    // A gene leaves no doubt; without one the row says where it is written.
    let refused = found.rows_of("not taken over");
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(refused[0][1], "a.csv, row 3");
    assert!(
        refused[0][5].ends_with("the column `gene_id`"),
        "{refused:?}"
    );
    let missing = rows(&found, "missing");
    let missing = missing
        .iter()
        .filter(|row| row[0] == "experiments.target.gene_id");
    assert_eq!(missing.count(), 1);
    // A mark that is known is no text.
    let mark = "track_id,assay,target\nT1,ChIP-seq,H3K27ac\n";
    let document = convert(&[("a.csv", mark)], &[]).document();
    assert_eq!(
        document["experiments"][0]["target"].get("target_details"),
        None
    );
}

#[test]
fn titles_and_spellings_of_laboratories_are_read() {
    let table = "track_id,study_id,PubMed,species\nT1,1,PMID: 22955617,10090.0\nT2,1,,Mouse (Mus musculus)\n";
    let found = convert(&[("a.csv", table)], &[]);
    assert_eq!(found.rows_of("not taken over").len(), 0, "{:?}", found.rows);
    assert_eq!(found.rows_of("not read").len(), 0, "{:?}", found.rows);
    let document = found.document();
    assert_eq!(document["studies"][0]["publication"], "pubmed:22955617");
    for sample in document["samples"].as_array().unwrap() {
        assert_eq!(sample["species_id"], "taxonomy:10090");
    }
}

#[test]
fn the_same_fault_of_one_record_is_one_row() {
    let series = "[{\"track_id\": \"T1\", \"cell_type\": \"nothing\", \"samples.sample_type.cell_type\": \"nothing\"}]";
    let found = convert(&[("a.json", series)], &[]);
    let refused = found.rows_of("not taken over");
    let mut texts: Vec<String> = refused.iter().map(|row| row[..6].join("\t")).collect();
    let count = texts.len();
    texts.dedup();
    assert_eq!(texts.len(), count, "{refused:?}");
    assert!(!refused.is_empty());
}

#[test]
fn hidden_sheets_are_rows_and_the_lists_of_a_blank_workbook_are_none() {
    let mut workbook = Workbook::new();
    for (name, is_hidden) in [
        ("metadata", false),
        ("choices", true),
        ("Old", true),
        ("Older", true),
    ] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap().set_hidden(is_hidden);
        sheet.write_string(0, 0, "track_id").unwrap();
        sheet.write_string(1, 0, "T1").unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let found = convert_files(&[("book.xlsx", &bytes)], &[]);
    let unread = found.rows_of("not read");
    assert_eq!(unread.len(), 2, "{unread:?}");
    for (row, name) in unread.iter().zip(["Old", "Older"]) {
        assert_eq!(row[1], format!("book.xlsx!{name}"));
        assert_eq!(
            row[5],
            format!("the sheet `{name}` is hidden: show it to have it read")
        );
    }
}

#[test]
fn long_numbers_of_a_workbook_are_refused() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "track_id").unwrap();
    sheet.write_string(0, 1, "sample_id").unwrap();
    sheet.write_string(1, 0, "T1").unwrap();
    sheet
        .write_number(1, 1, 12_345_678_901_234_567_890.0)
        .unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let found = convert_files(&[("book.xlsx", &bytes)], &[]);
    let refused = rows(&found, "not taken over");
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(refused[0][0], "samples.local_id");
    assert!(refused[0][2].contains("format the column as text"));
}

#[test]
fn a_line_of_json_after_another_says_what_is_expected() {
    let found = convert(
        &[(
            "a.jsonl",
            "{\"track_id\": \"T1\"}\n{\"track_id\": \"T2\"}\n",
        )],
        &[],
    );
    assert_eq!(found.outcome.status, 1);
    let said = &found.outcome.stderr;
    assert!(
        said.contains(
            "a.jsonl: line 2, column 1: found a further value, expected one for the whole file"
        ),
        "{said}"
    );
}
