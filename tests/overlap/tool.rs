//! `fairtracks_overlap` as a user runs it: the ranking and all that is written beside it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use fairtracks::gsuite;
use serde_json::Value as Json;

use crate::support::running::{CHECK, OVERLAP, Outcome, command, names, outcome, run_in};
use crate::support::{folder, project};

const DATE: [&str; 2] = ["--date", "2026-03-01T12:00:00+00:00"];

/// The rows of a table by the titles of its columns.
pub fn rows(table: &str) -> Vec<HashMap<String, String>> {
    let mut lines = table.lines();
    let titles = lines.next().unwrap().strip_prefix('#').unwrap();
    let titles: Vec<&str> = titles.split('\t').collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), titles.len(), "{line}");
        let pairs = titles.iter().zip(cells);
        pairs
            .map(|(title, cell)| ((*title).to_owned(), cell.to_owned()))
            .collect()
    };
    lines.map(row).collect()
}

/// A folder with the synthetic tracks of open chromatin in `tracks/`, beside their document and the variants.
fn open_chromatin() -> PathBuf {
    let place = folder();
    fs::create_dir(place.join("tracks")).unwrap();
    for entry in fs::read_dir(project("test-data/open_chromatin")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_track = name.ends_with(".narrowPeak.gz");
        let folder = if is_track { "tracks" } else { "" };
        fs::copy(&path, place.join(folder).join(name)).unwrap();
    }
    place
}

const SUITE: [&str; 7] = [
    "tracks",
    "--query-set",
    "lead_variants.vcf",
    "--document",
    "open_chromatin_small.fairtracks.json",
    "--expand",
    "5000",
];

fn ranked(place: &Path, more: &[&str]) -> Outcome {
    let arguments = [&SUITE[..], &DATE, more].concat();
    let done = run_in(OVERLAP, place, &arguments);
    assert_eq!(done.status, 0, "{}", done.stderr);
    done
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap_or_else(|_| panic!("{cell}: no number"))
}

#[test]
fn the_cell_types_of_the_variants_come_first() {
    let place = open_chromatin();
    let done = ranked(&place, &["--exclude-mhc"]);
    let rows = rows(&done.stdout);
    assert_eq!(rows.len(), 8);
    for row in &rows[..4] {
        let cell = row["cell_or_tissue"].as_str();
        assert!(["B cell", "T-helper 17 cell"].contains(&cell), "{cell}");
        assert!(number(&row["q_value"]) < 0.05);
        assert!(number(&row["norm_forbes"]) > 1.0);
        assert_eq!(row["coordinates"], "possible");
    }
    let mixed = rows
        .iter()
        .find(|row| row["track"].starts_with("mixed"))
        .unwrap();
    let largest = rows.iter().map(|row| number(&row["bp_track"]));
    let largest = largest.fold(0.0, f64::max);
    assert_eq!(number(&mixed["bp_track"]), largest);
    assert!(number(&mixed["norm_forbes"]) < 1.0);
    assert!(
        done.stderr.contains("ranks first of 8 tracks"),
        "{}",
        done.stderr
    );
}

#[test]
fn numbers_of_a_row_follow_from_its_sizes() {
    let place = open_chromatin();
    let done = ranked(&place, &["--null", "none", "--all-sequences"]);
    for row in rows(&done.stdout) {
        let of = |column: &str| number(&row[column]);
        let genome = fairtracks::genome::coordinate_system::KnownGenome::built_in("hg38").unwrap();
        let universe: u64 = genome.sequences().iter().map(|one| one.length).sum();
        let expected = of("bp_query") * of("bp_track") / universe as f64;
        assert!((of("expected_bp") / expected - 1.0).abs() < 1e-4);
        assert!((of("forbes") - of("overlap_bp") / expected).abs() <= 1e-4 * of("forbes"));
        let union = of("bp_query") + of("bp_track") - of("overlap_bp");
        assert!((of("jaccard") - of("overlap_bp") / union).abs() < 1e-5);
        assert_eq!((row["mc_p"].as_str(), row["mc_m"].as_str()), ("NA", "NA"));
        assert_eq!(row["p_value"], row["binom_p"]);
    }
}

#[test]
fn one_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let place = open_chromatin();
    let run = |threads: &str, seed: &str| {
        let arguments = [
            &SUITE[..],
            &DATE,
            &["--seed", seed, "--null", "per-chromosome"],
        ]
        .concat();
        let mut command = command(OVERLAP, &place, &arguments);
        outcome(command.env("RAYON_NUM_THREADS", threads)).stdout
    };
    let one = run("1", "5");
    assert_eq!(one, run("2", "5"));
    assert_eq!(one, run("7", "5"));
    assert_ne!(one, run("2", "6"));
}

#[test]
fn tracks_form_groups_by_a_column_of_metadata() {
    let place = open_chromatin();
    let by = [
        "--group-by",
        "cell_or_tissue",
        "--output-groups",
        "groups.tsv",
    ];
    ranked(&place, &[&by[..], &["--exclude-mhc"]].concat());
    let groups = rows(&fs::read_to_string(place.join("groups.tsv")).unwrap());
    let names: Vec<&str> = groups.iter().map(|row| row["group"].as_str()).collect();
    assert_eq!(groups.len(), 6, "{names:?}");
    let mut first = names[..2].to_vec();
    first.sort_unstable();
    assert_eq!(first, ["B cell", "T-helper 17 cell"]);
    let tracks: f64 = groups.iter().map(|row| number(&row["tracks"])).sum();
    assert_eq!(tracks, 8.0);
    assert_eq!(groups[0]["tracks"], "2");
}

#[test]
fn contacts_name_the_variant_and_the_region_that_touch() {
    let place = open_chromatin();
    let done = ranked(
        &place,
        &["--output-contacts", "contacts.tsv", "--null", "none"],
    );
    let contacts = rows(&fs::read_to_string(place.join("contacts.tsv")).unwrap());
    assert!(!contacts.is_empty());
    for row in rows(&done.stdout) {
        let of_track = contacts
            .iter()
            .filter(|contact| contact["track"] == row["track"]);
        let mut variants: Vec<(&str, &str)> = of_track
            .clone()
            .map(|contact| {
                (
                    contact["chromosome"].as_str(),
                    contact["query_start"].as_str(),
                )
            })
            .collect();
        variants.sort_unstable();
        variants.dedup();
        assert_eq!(
            variants.len(),
            number(&row["hits"]) as usize,
            "{}",
            row["track"]
        );
    }
    for contact in &contacts {
        let of = |column: &str| number(&contact[column]);
        let shared =
            of("query_end").min(of("track_end")) - of("query_start").max(of("track_start"));
        assert_eq!(shared, of("overlap_bp"));
        assert_eq!(of("query_end") - of("query_start"), 10_001.0);
        assert!(!contact["query_name"].is_empty());
    }
}

#[test]
fn settings_have_every_choice_and_the_checksum_of_every_input() {
    let place = open_chromatin();
    ranked(
        &place,
        &["--output-settings", "settings.json", "--seed", "9"],
    );
    let settings = fs::read(place.join("settings.json")).unwrap();
    let settings: Json = serde_json::from_slice(&settings).unwrap();
    assert_eq!(settings["settings"]["genome"], "hg38");
    assert_eq!(settings["settings"]["seed"], 9);
    assert_eq!(settings["settings"]["null"], "permuted-gaps");
    assert_eq!(settings["settings"]["permutations"], 999);
    assert_eq!(settings["tracks"].as_array().unwrap().len(), 8);
    let sum = |path: &str| {
        let bytes = fs::read(place.join(path)).unwrap();
        fairtracks::archive::digest::Sha256Sum::of(&bytes).hexadecimal()
    };
    assert_eq!(settings["inputs"][0]["role"], "query");
    assert_eq!(
        settings["inputs"][0]["sha256"],
        sum("lead_variants.vcf").as_str()
    );
    let track = &settings["tracks"][0];
    let name = track["name"].as_str().unwrap();
    assert_eq!(track["sha256"], sum(&format!("tracks/{name}")).as_str());
}

#[test]
fn the_metadata_come_back_with_their_scores() {
    let place = open_chromatin();
    let outputs = [
        "--output-document",
        "scored.json",
        "--output-gsuite",
        "scored.gsuite",
    ];
    let done = ranked(&place, &outputs);
    let document: Json =
        serde_json::from_slice(&fs::read(place.join("scored.json")).unwrap()).unwrap();
    let by_id: HashMap<String, HashMap<String, String>> = rows(&done.stdout)
        .into_iter()
        .map(|row| (row["local_id"].clone(), row))
        .collect();
    let tracks = document["tracks"].as_array().unwrap();
    assert_eq!(tracks.len(), 8);
    for track in tracks {
        let row = &by_id[track["local_id"].as_str().unwrap()];
        let scores = &track["overlap"];
        assert_eq!(scores["overlap_bp"].to_string(), row["overlap_bp"]);
        assert_eq!(scores["rank"].to_string(), row["rank"]);
        let forbes = scores["similarity_score"].as_f64().unwrap();
        assert!((forbes - number(&row["forbes"])).abs() <= 1e-4 * forbes);
    }
    let text = fs::read(place.join("scored.gsuite")).unwrap();
    assert!(String::from_utf8_lossy(&text).contains("\toverlap->norm_forbes\t"));
    assert!(gsuite::read(&text).is_ok());
    let checked = run_in(CHECK, &place, &["scored.json", "--strict"]);
    assert_eq!(checked.status, 0, "{}{}", checked.stdout, checked.stderr);
}

#[test]
fn report_and_pictures_show_the_ranking() {
    let place = open_chromatin();
    let outputs = [
        "--output-report",
        "report.md",
        "--output-picture",
        "plot.png",
        "--output-svg",
        "plot.svg",
        "--galaxy-metadata",
        "galaxy.json",
        "--output-table",
        "table.tsv",
    ];
    let done = ranked(&place, &outputs);
    assert_eq!(done.stdout, "");
    let report = fs::read_to_string(place.join("report.md")).unwrap();
    assert!(report.contains("ranks first of 8 tracks"), "{report}");
    assert!(report.contains("history_dataset_as_image(output=\"output_picture\")"));
    assert!(report.contains("| null | `permuted-gaps` |"), "{report}");
    assert!(
        fs::read(place.join("plot.png"))
            .unwrap()
            .starts_with(b"\x89PNG")
    );
    assert!(
        fs::read_to_string(place.join("plot.svg"))
            .unwrap()
            .contains("T-helper 17 cell")
    );
    let galaxy: Json =
        serde_json::from_slice(&fs::read(place.join("galaxy.json")).unwrap()).unwrap();
    let titles = &galaxy["output_table"]["metadata"]["column_names"];
    let table = fs::read_to_string(place.join("table.tsv")).unwrap();
    let shown: Vec<&str> = titles
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Json::as_str)
        .collect();
    assert_eq!(
        table.lines().next().unwrap(),
        format!("#{}", shown.join("\t"))
    );
}

#[test]
fn the_form_chooses_columns_and_groups() {
    let place = open_chromatin();
    let form = r#"{"metadata": {"columns": ["assembly"], "more_columns": "samples->donor->code",
        "group_by": "", "group_by_path": "samples->donor->centre", "reference": "synthetic:hepatocyte_south_1"}}"#;
    fs::write(place.join("form.json"), form).unwrap();
    let more = [
        "--form",
        "form.json",
        "--output-groups",
        "groups.tsv",
        "--null",
        "none",
    ];
    let done = ranked(&place, &more);
    let rows_of = rows(&done.stdout);
    assert!(rows_of.iter().all(|row| row["assembly"] == "hg38"));
    assert!(
        rows_of
            .iter()
            .any(|row| row["samples->donor->code"] == "South 1")
    );
    assert!(!rows_of[0].contains_key("cell_or_tissue"));
    let groups = rows(&fs::read_to_string(place.join("groups.tsv")).unwrap());
    let mut names: Vec<&str> = groups.iter().map(|row| row["group"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["North", "South"]);
}

#[test]
fn an_output_is_no_input_and_a_failure_writes_nothing() {
    let place = open_chromatin();
    let arguments = [
        &SUITE[..],
        &["--output-table", "tracks/th17_south_1.narrowPeak.gz"],
    ]
    .concat();
    let done = run_in(OVERLAP, &place, &arguments);
    assert_eq!(done.status, 1);
    assert!(
        done.stderr.contains("found the same file as the input"),
        "{}",
        done.stderr
    );
    fs::write(place.join("tracks/bad.bed"), "chr1\t10\t5\n").unwrap();
    let before = names(&place);
    let outputs = [
        "--output-table",
        "table.tsv",
        "--output-contacts",
        "contacts.tsv",
    ];
    let done = run_in(OVERLAP, &place, &[&SUITE[..], &outputs].concat());
    assert_eq!(done.status, 1);
    assert!(
        done.stderr
            .contains("error: bad.bed: line 1: found the end 5 before the start 10"),
        "{}",
        done.stderr
    );
    assert_eq!(names(&place), before);
}

/// Three variants of the MHC, around which monocytes have many regions, outweigh the 57 others.
#[test]
fn the_mhc_decides_the_ranking_unless_it_is_left_out() {
    let place = open_chromatin();
    let first = |more: &[&str]| {
        let done = ranked(&place, &[&["--null", "none"], more].concat());
        rows(&done.stdout)[0]["cell_or_tissue"].clone()
    };
    assert_eq!(first(&[]), "CD14-positive monocyte");
    assert_eq!(first(&["--exclude-mhc"]), "T-helper 17 cell");
    assert_eq!(first(&["--mask", "mhc.hg38.bed"]), "T-helper 17 cell");
}
