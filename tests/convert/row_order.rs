//! The order of rows: which row comes first never decides on a value that only one of them states.

use std::collections::BTreeMap;

use fairtracks::conversion::chain::ConversionRequest;
use fairtracks::conversion::log::{ConversionLog, LogOutcome};
use fairtracks::conversion::own::file::OwnFiles;
use fairtracks::conversion::read::delimited;
use fairtracks::conversion::rules::ConversionRules;
use fairtracks::conversion::terms::TermTables;
use serde_json::Value as Json;

use crate::support::converting::{conversion_source, convert};
use crate::support::generator::random::Random;

const TITLES: &str = "id,experiment,sample,cell type,tissue";
/// The rules of the test: the tissue is read from a note where nothing else states it.
const RULES: &str = r#"
name = "notes"
version = "1"
extends = "table"

[[field]]
target = "samples.sample_type.cell_type"
titles = ["note"]
value = "term"
tables = ["cell_types"]
ontologies = ["CL"]
fallback = true
"#;

fn table(rows: &[&str]) -> String {
    format!("{TITLES}\n{}\n", rows.join("\n"))
}

#[test]
fn a_value_for_all_records_never_goes_before_a_value_of_a_later_row() {
    for rows in [
        ["t1,e1,s1,,", "t2,e2,s1,B cell,"],
        ["t2,e2,s1,B cell,", "t1,e1,s1,,"],
    ] {
        let converted = convert(
            &[("lab.csv", &table(&rows))],
            &[
                "--set",
                "samples.sample_type.cell_type=T cell",
                "--set",
                "samples.phenotype=Normal",
            ],
        );
        let document = converted.document();
        let samples = document["samples"].as_array().unwrap();
        assert_eq!(samples.len(), 1, "{rows:?}");
        let cell_type = &samples[0]["sample_type"]["cell_type"];
        assert_eq!(cell_type["term_label"], "B cell", "{rows:?}");
        assert_eq!(samples[0]["phenotype"]["term_label"], "Normal", "{rows:?}");
        let refused = converted.rows_of("not taken over");
        assert!(refused.is_empty(), "{refused:?}");
    }
}

#[test]
fn a_value_for_all_records_fills_an_object_of_many_rows_once() {
    let rows = ["t1,e1,s1,,", "t2,e2,s1,,", "t3,e3,s2,,"];
    let converted = convert(
        &[("lab.csv", &table(&rows))],
        &["--set", "samples.phenotype=Normal"],
    );
    let changed = converted.rows_of("changed");
    let of_phenotype = changed.iter().find(|row| row[2] == "samples.phenotype");
    let row = of_phenotype.unwrap();
    assert_eq!((row[1].as_str(), row[6].as_str()), ("lab.csv, row 2", "2"));
}

#[test]
fn objects_that_values_for_all_records_describe_alone_are_of_each_track_or_of_the_rows_that_state_them()
 {
    // The experiment is stated by two rows, and its sample by one of them.
    for rows in [["t1,e1,,,", "t2,e1,s1,,"], ["t2,e1,s1,,", "t1,e1,,,"]] {
        let converted = convert(
            &[("lab.csv", &table(&rows))],
            &["--set", "samples.species_id=taxonomy:9606"],
        );
        let document = converted.document();
        assert_eq!(document["samples"].as_array().unwrap().len(), 1, "{rows:?}");
        assert_eq!(document["samples"][0]["local_id"], "s1");
        assert_eq!(document["samples"][0]["species_id"], "taxonomy:9606");
        assert_eq!(document["experiments"][0]["sample_ref"], "s1");
    }
    let converted = convert(
        &[("lab.csv", "id\nt1\nt2\n")],
        &["--set", "samples.species_id=taxonomy:9606"],
    );
    let document = converted.document();
    let ids: Vec<&Json> = document["samples"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["local_id"])
        .collect();
    assert_eq!(ids, ["t1/experiment/sample", "t2/experiment/sample"]);
    assert_eq!(document["tracks"][1]["experiment_ref"], "t2/experiment");
}

#[test]
fn a_row_goes_before_a_value_for_all_records_that_names_another_object() {
    let converted = convert(
        &[(
            "lab.csv",
            "id,experiment,sample,study\nt1,e1,s1,Atlas\nt2,e2,,\n",
        )],
        &[
            "--set",
            "samples.local_id=pool",
            "--set",
            "studies.local_id=Other",
        ],
    );
    let document = converted.document();
    let references = |key: &str| -> Vec<String> {
        let all = document["experiments"].as_array().unwrap().iter();
        all.map(|it| it[key].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(references("sample_ref"), ["s1", "pool"]);
    assert_eq!(references("study_ref")[0], "Atlas");
}

#[test]
fn a_name_of_an_assembly_for_all_records_does_not_join_the_accession_of_another_one() {
    let converted = convert(
        &[("lab.csv", "id,assembly_id\nt1,GCA_000001405.1\nt2,\n")],
        &["--set", "tracks.assembly_name=mm10"],
    );
    let document = converted.document();
    assert_ne!(document["tracks"][0]["assembly_name"], "mm10");
    assert_eq!(document["tracks"][1]["assembly_name"], "mm10");
}

/// A conversion without files: the objects by their ids, and the reasons of what was not taken over.
fn objects(table: &str, defaults: &[(String, String)]) -> (BTreeMap<String, String>, Vec<String>) {
    let terms = TermTables::built_in().unwrap();
    let rules = ConversionRules::read(RULES, &terms).unwrap();
    let source = conversion_source("notes");
    let own_files = OwnFiles::default();
    let request = ConversionRequest {
        rules: &rules,
        terms: &terms,
        defaults,
        edits: &[],
        own_files: &own_files,
        source: &source,
    };
    let sheet = delimited::read("lab.csv", table.as_bytes()).unwrap();
    let result = request
        .convert(vec![sheet], ConversionLog::default())
        .unwrap();
    let document: Json = serde_json::from_slice(&result.document).unwrap();
    let mut objects = BTreeMap::new();
    for category in ["tracks", "experiments", "samples", "studies"] {
        for object in document[category].as_array().unwrap() {
            // The text of an object has its members in their order.
            let key = format!("{category} {}", object["local_id"]);
            objects.insert(key, object.to_string());
        }
    }
    let rows = result.log.rows().into_iter();
    let refused = rows.filter(|row| row.entry.outcome == LogOutcome::NotTaken);
    (objects, refused.map(|row| row.entry.reason).collect())
}

#[test]
fn laws_the_order_of_rows_changes_no_object() {
    const CELLS: [&str; 3] = ["B cell", "T cell", "monocyte"];
    for seed in 0..100 {
        let mut random = Random::new(seed);
        let mut choose = |texts: &[&str]| texts[random.below(texts.len())].to_owned();
        // Each sample has one cell type, which some of its rows state; a note may say something else.
        let cells: Vec<String> = (0..3).map(|_| choose(&CELLS)).collect();
        let notes: Vec<String> = (0..3).map(|_| choose(&CELLS)).collect();
        let mut rows = Vec::new();
        for track in 0..6 {
            let sample: usize = choose(&["0", "1", "2"]).parse().unwrap();
            let mut or_nothing = |text: &str| choose(&[text, ""]);
            rows.push(format!(
                "t{track},e{track},s{sample},{},{},{}",
                or_nothing(&cells[sample]),
                or_nothing("blood"),
                or_nothing(&notes[sample]),
            ));
        }
        let defaults = ["cell_type", "organism_part"].iter().filter_map(|field| {
            let value = choose(&["", "B cell", "blood"]);
            let fits = (value == "blood") == (*field == "organism_part") && !value.is_empty();
            fits.then(|| (format!("samples.sample_type.{field}"), value))
        });
        let defaults: Vec<(String, String)> = defaults.collect();
        let titles = "id,experiment,sample,cell type,tissue,note";
        let of = |rows: &[String]| objects(&format!("{titles}\n{}\n", rows.join("\n")), &defaults);
        let first = of(&rows);
        for _ in 0..3 {
            rows.rotate_left(1);
            rows.swap(0, 3);
            assert_eq!(of(&rows).0, first.0, "seed {seed}: {rows:?} {defaults:?}");
        }
    }
}
