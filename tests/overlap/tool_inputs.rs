//! What `fairtracks_overlap` reads: genomes, names of chromosomes, metadata, and files with nothing in them.

use std::fs;
use std::path::{Path, PathBuf};

use super::tool::rows;
use crate::support::running::{OVERLAP, Outcome, run_in};
use crate::support::{folder, project};

/// A folder with files of these names and texts.
fn place(files: &[(&str, &str)]) -> PathBuf {
    let place = folder();
    for (name, text) in files {
        fs::write(place.join(name), text).unwrap();
    }
    place
}

fn run(place: &Path, arguments: &str) -> Outcome {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    run_in(OVERLAP, place, &arguments)
}

fn refused(place: &Path, arguments: &str) -> String {
    let done = run(place, arguments);
    assert_eq!(done.status, 1, "{}", done.stdout);
    done.stderr
}

const QUERY: &str = "chr1\t100\t200\nchr1\t5000\t5100\n";

#[test]
fn other_names_of_chromosomes_are_refused_or_mapped_and_never_no_overlap() {
    let place = place(&[
        ("q.bed", QUERY),
        ("t.bed", "1\t150\t250\n1\t9000\t9100\nMT\t1\t5\n"),
        (
            "gwas.tsv",
            "SNPS\tCHR_ID\tCHR_POS\nrs1\t1\t160\nrs2\t2\t5\n",
        ),
        ("same.bed", "chr1\t150\t250\n"),
    ]);
    let message = refused(&place, "t.bed --query-set q.bed --genome hg38");
    assert!(
        message.contains("t.bed: chromosome names differ from hg38: 1 is chr1"),
        "{message}"
    );
    assert!(message.contains("--map-names"), "{message}");
    let done = run(
        &place,
        "t.bed --query-set q.bed --genome hg38 --map-names --permutations 9",
    );
    let row = &rows(&done.stdout)[0];
    assert_eq!(
        (row["overlap_bp"].as_str(), row["hits"].as_str()),
        ("50", "1")
    );
    assert_eq!(row["coordinates"], "same but for names");
    assert!(row["warnings"].contains("mapped"), "{}", row["warnings"]);
    let done = run(
        &place,
        "same.bed --query-set gwas.tsv --genome hg38 --permutations 9",
    );
    let row = &rows(&done.stdout)[0];
    assert_eq!(
        (row["overlap_bp"].as_str(), row["n_query"].as_str()),
        ("1", "2")
    );
}

#[test]
fn files_on_another_assembly_are_refused_with_the_way_out() {
    let far = "chr1\t249000000\t249250621\n";
    let place = place(&[
        ("q.bed", QUERY),
        ("hg19.bed", far),
        ("sizes", "chr1\t10000\n"),
    ]);
    let message = refused(&place, "hg19.bed --query-set q.bed --genome hg38");
    assert!(
        message.contains("hg19.bed: coordinates contradict hg38: chr1"),
        "{message}"
    );
    assert!(
        message.contains("line 1: found the end 249250621"),
        "{message}"
    );
    assert!(message.contains("liftOver"), "{message}");
    let message = refused(
        &place,
        "q.bed --query-set hg19.bed --chromosome-sizes sizes",
    );
    assert!(
        message.contains("coordinates contradict sizes"),
        "{message}"
    );
    let message = refused(&place, "q.bed --query-set q.bed");
    assert!(
        message.contains("found no genome in the metadata"),
        "{message}"
    );
    let message = refused(&place, "q.bed --query-set q.bed --genome hg99");
    assert!(
        message.contains("found the genome `hg99`, expected one of"),
        "{message}"
    );
    assert_eq!(
        run(&place, "hg19.bed --query-set q.bed --genome GRCh37").status,
        0
    );
    let described = r#"[{"element_identifier": "my peaks", "extension": "bed", "dbkey": "mm10"}]"#;
    fs::write(place.join("described.json"), described).unwrap();
    let message = refused(
        &place,
        "q.bed --query-set q.bed --genome hg38 --described described.json",
    );
    assert!(
        message.contains("my peaks: found the assembly `mm10` in the metadata"),
        "{message}"
    );
}

#[test]
fn a_query_or_a_track_without_regions_has_no_measures() {
    let place = place(&[
        ("q.bed", QUERY),
        ("none.bed", "# nothing\n"),
        ("sizes", "chr1\t10000\n"),
    ]);
    let done = run(
        &place,
        "none.bed q.bed --query-set q.bed --chromosome-sizes sizes --permutations 9",
    );
    assert_eq!(done.status, 0, "{}", done.stderr);
    let found = rows(&done.stdout);
    let empty = found.iter().find(|row| row["track"] == "none.bed").unwrap();
    for column in ["forbes", "norm_forbes", "prop_track"] {
        assert_eq!(empty[column], "NA", "{column}");
    }
    assert_eq!(
        (empty["overlap_bp"].as_str(), empty["rank"].as_str()),
        ("0", "2")
    );
    assert!(
        empty["warnings"].contains("no element"),
        "{}",
        empty["warnings"]
    );
    let same = found.iter().find(|row| row["track"] == "q.bed").unwrap();
    assert_eq!(
        (same["jaccard"].as_str(), same["forbes"].as_str()),
        ("1", "50")
    );
    let done = run(
        &place,
        "q.bed --query-set none.bed --chromosome-sizes sizes --permutations 9",
    );
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert_eq!(rows(&done.stdout)[0]["forbes"], "NA");
}

#[test]
fn candidates_give_fishers_test_and_masked_bases_do_not_count() {
    let candidates: String = (0..100)
        .map(|at| format!("chr1\t{}\t{}\n", at * 100, at * 100 + 1))
        .collect();
    let chosen: String = (0..10)
        .map(|at| format!("chr1\t{}\t{}\n", at * 100, at * 100 + 1))
        .collect();
    let place = place(&[
        ("all.bed", &candidates),
        ("q.bed", &chosen),
        ("t.bed", "chr1\t0\t550\nchr1\t9000\t9350\n"),
        ("mask.bed", "chr1\t0\t50\n"),
        ("sizes", "chr1\t10000\n"),
    ]);
    let arguments = "t.bed --query-set q.bed --candidates all.bed --chromosome-sizes sizes --null candidates --permutations 99 --statistic hits";
    let done = run(&place, arguments);
    let row = &rows(&done.stdout)[0];
    let table = ["fisher_a", "fisher_b", "fisher_c", "fisher_d"].map(|column| row[column].as_str());
    assert_eq!(table, ["6", "4", "4", "86"]);
    assert_eq!(row["fisher_or_sample"], "32.25");
    assert_eq!(row["mc_floor"], "0.01");
    let done = run(&place, &format!("{arguments} --mask mask.bed"));
    let row = &rows(&done.stdout)[0];
    assert_eq!(
        (row["n_query"].as_str(), row["bp_track"].as_str()),
        ("9", "850")
    );
}

#[test]
fn signals_need_a_threshold_and_text_may_be_crlf_and_gzip() {
    let place = place(&[
        ("q.bed", "chr1\t100\t200\r\nchr1\t5000\t5100\r\n"),
        (
            "signal.bedgraph",
            "chr1\t100\t150\t3\nchr1\t150\t200\t0.5\n",
        ),
        ("sizes", "chr1\t10000\n"),
    ]);
    let rest = "--query-set q.bed --chromosome-sizes sizes --permutations 9";
    let message = refused(&place, &format!("signal.bedgraph {rest}"));
    assert!(
        message.contains("signal.bedgraph: found bedGraph, expected regions or a threshold"),
        "{message}"
    );
    let done = run(&place, &format!("signal.bedgraph {rest} --threshold 1"));
    assert_eq!(rows(&done.stdout)[0]["overlap_bp"], "50");
    let whole = fs::read(project("test-data/tracks/cells_h3k4me3.narrowPeak.gz")).unwrap();
    fs::write(place.join("cut.narrowPeak.gz"), &whole[..whole.len() - 9]).unwrap();
    let message = refused(&place, &format!("cut.narrowPeak.gz {rest}"));
    assert!(
        message.contains("cut.narrowPeak.gz: line 4: the gzip file is truncated"),
        "{message}"
    );
}

#[test]
fn labels_come_from_crates_by_checksum_and_a_track_without_any_has_a_warning() {
    let place = place(&[
        ("sizes", "chr1\t10000\nchr2\t5000\n"),
        ("q.bed", QUERY),
        ("other.bed", QUERY),
    ]);
    fs::copy(
        project("test-data/tracks/cells_dnase.bed"),
        place.join("renamed.bed"),
    )
    .unwrap();
    fs::copy(
        project("test-data/crates/cells_dnase.light.crate.zip"),
        place.join("c.zip"),
    )
    .unwrap();
    let done = run(
        &place,
        "renamed.bed other.bed --query-set q.bed --chromosome-sizes sizes --permutations 9 --output-gsuite g.gsuite --crates c.zip",
    );
    assert_eq!(done.status, 0, "{}", done.stderr);
    let found = rows(&done.stdout);
    let labelled = found
        .iter()
        .find(|row| row["track"] == "renamed.bed")
        .unwrap();
    assert_eq!(labelled["local_id"], "example:cells_dnase");
    assert!(!labelled["cell_or_tissue"].is_empty());
    assert_ne!(labelled["label"], "renamed.bed");
    assert!(
        !labelled["warnings"].contains("metadata"),
        "{}",
        labelled["warnings"]
    );
    let other = found
        .iter()
        .find(|row| row["track"] == "other.bed")
        .unwrap();
    assert_eq!(
        (other["label"].as_str(), other["local_id"].as_str()),
        ("other.bed", "")
    );
    assert!(
        other["warnings"].contains("no metadata found"),
        "{}",
        other["warnings"]
    );
    let suite = fs::read_to_string(place.join("g.gsuite")).unwrap();
    assert!(suite.contains("example:cells_dnase"), "{suite}");
}

#[test]
fn unknown_columns_and_references_are_refused_by_name() {
    let place = place(&[("q.bed", QUERY), ("sizes", "chr1\t10000\n")]);
    let rest = "q.bed --query-set q.bed --chromosome-sizes sizes";
    let message = refused(&place, &format!("{rest} --columns colour"));
    assert!(
        message.contains("--columns: found the column `colour`, expected one of local_id, label"),
        "{message}"
    );
    let message = refused(&place, &format!("{rest} --reference liver"));
    assert!(
        message.contains("--reference: found the reference track `liver`"),
        "{message}"
    );
    let message = refused(&place, &format!("{rest} --exclude-mhc"));
    assert!(
        message.contains("--exclude-mhc: found the genome sizes, expected hg19 or hg38"),
        "{message}"
    );
    let message = refused(&place, &format!("{rest} --null candidates"));
    assert!(
        message.contains("found no candidate positions"),
        "{message}"
    );
}
