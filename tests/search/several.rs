//! `fairtracks_search` in several documents: one table and one report, and a document of hits for each.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::importing::import;
use crate::support::running::{SEARCH, run_in};
use crate::support::searching::{BLOOD, TWIN, answer, search};
use crate::support::{Outcome, folder, project, text};
use serde_json::{Value as Json, json};

/// The outputs of a search in several documents.
struct Several {
    folder: PathBuf,
    outcome: Outcome,
}

impl Several {
    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    fn json(&self, name: &str) -> Json {
        serde_json::from_str(&self.text(name)).unwrap()
    }

    /// The files of the documents of hits with the numbers of their hits.
    fn hits(&self) -> Vec<(String, Json)> {
        let elements = self.json("galaxy.json")["output_documents"]["elements"].clone();
        let elements = elements.as_array().unwrap().iter();
        elements
            .map(|element| {
                let file = element["filename"].as_str().unwrap();
                let hits = self.json(file)["subset_of"]["hits"].clone();
                (element["name"].as_str().unwrap().to_owned(), hits)
            })
            .collect()
    }
}

fn several(documents: &[PathBuf], names: &[&str], question: &[&str]) -> Several {
    let folder = folder();
    fs::write(folder.join("names.json"), json!(names).to_string()).unwrap();
    let outputs = "--names names.json --output-documents hits --output-table hits.tsv --output-report report.md --output-gsuite hits.gsuite --galaxy-metadata galaxy.json --date 2026-01-31T12:00:00Z";
    let mut arguments = vec!["--document"];
    arguments.extend(documents.iter().map(|path| path.to_str().unwrap()));
    arguments.extend(outputs.split(' '));
    arguments.extend(question);
    let outcome = run_in(SEARCH, &folder, &arguments);
    Several { folder, outcome }
}

fn both(question: &[&str]) -> Several {
    several(
        &[project(BLOOD), project(TWIN)],
        &["Blood", "One experiment"],
        question,
    )
}

#[test]
fn one_table_and_one_report_cover_all_and_each_document_has_its_hits() {
    let found = both(&["--find", "H3K4me3 monocyte or H1-hESC"]);
    assert_eq!(found.outcome.status, 0, "{}", found.outcome.stderr);
    let table = found.text("hits.tsv");
    let rows: Vec<(&str, &str)> = table
        .lines()
        .map(|line| {
            (
                line.split('\t').next().unwrap(),
                line.rsplit('\t').next().unwrap(),
            )
        })
        .collect();
    assert_eq!(rows[0], ("#local_id", "document"));
    assert_eq!(rows[1], ("example:BLD000003", "Blood"));
    assert_eq!(rows[6], ("encode:ENCFF955LOC", "One experiment"));
    assert_eq!(rows.len(), 7);
    let expected = [
        ("Blood".to_owned(), json!(2)),
        ("One experiment".to_owned(), json!(4)),
    ];
    assert_eq!(found.hits(), expected);
    let report = found.text("report.md");
    assert!(
        report.contains("\n**6 tracks** of 66 in 2 documents: H3K4me3, monocyte or H1-hESC\n"),
        "{report}"
    );
    assert!(
        report.contains("| Blood | 2 | 62 |\n| One experiment | 4 | 4 |\n"),
        "{report}"
    );
    assert!(
        report.contains("the collection of documents of hits to *FAIRtracks import*"),
        "{report}"
    );
    assert!(
        found.outcome.stderr.starts_with(
            "Found 6 of 66 tracks in 2 documents\n  2 of 62: Blood\n  4 of 4: One experiment\nunderstood: "
        ),
        "{}",
        found.outcome.stderr
    );
    let gsuite = found.text("hits.gsuite");
    assert_eq!(
        gsuite.lines().filter(|line| !line.starts_with('#')).count(),
        6
    );
    assert!(gsuite.contains("##genome: hg38\n"), "{gsuite}");
}

#[test]
fn each_document_of_hits_is_that_of_a_search_in_it_alone() {
    let question = [
        "--query",
        "tracks.content->'file_format'->'term_label' ? 'bigWig'",
    ];
    let found = both(&question);
    let files = ["hits/Blood.hits.json", "hits/One_experiment.hits.json"];
    for (file, document) in files.into_iter().zip([BLOOD, TWIN]) {
        let alone = answer(document, &question);
        assert_eq!(found.json(file), alone.document, "{file}");
    }
}

#[test]
fn the_table_is_that_of_each_document_one_after_the_other() {
    for query in [
        "true",
        "false",
        "tracks.content->'assembly_name' ? 'hg38'",
        "NOT samples.content->'sample_type'->'cell_line'->'term_label' ? 'K562'",
        "experiments.content->'target'->>'summary' ILIKE '%methylation' OR tracks.content->>'label_short' ~ '[02468]$'",
    ] {
        for columns in ["ten", "samples->species_name,tracks->raw_file_ids"] {
            let question = ["--query", query, "--columns", columns];
            let found = both(&question);
            let rows: Vec<Vec<String>> = found
                .text("hits.tsv")
                .lines()
                .map(|line| line.split('\t').map(str::to_owned).collect())
                .collect();
            let mut expected: Vec<Vec<String>> = Vec::new();
            for (document, name) in [(BLOOD, "Blood"), (TWIN, "One experiment")] {
                let alone = answer(document, &question).table;
                expected.extend(alone.into_iter().skip(1).map(|mut row| {
                    row.push(name.to_owned());
                    row
                }));
            }
            assert_eq!(rows[1..], expected, "{query}");
        }
    }
}

#[test]
fn a_word_known_in_one_document_is_known_in_all() {
    // The symbol of the gene stands beside its id in the other document alone.
    let folder = folder();
    let mut second: Json = serde_json::from_str(&text(TWIN)).unwrap();
    second["experiments"][0]["target"] = json!({"gene_id": "hgnc:4170", "summary": "hgnc:4170"});
    let path = folder.join("second.json");
    fs::write(&path, second.to_string()).unwrap();
    let alone = answer(path.to_str().unwrap(), &["--find", "GATA1"]);
    assert_eq!(alone.document["subset_of"]["hits"], 0);
    let found = several(
        &[path, project(BLOOD)],
        &["second", "first"],
        &["--find", "GATA1"],
    );
    let hits: Vec<Json> = found.hits().into_iter().map(|(_, hits)| hits).collect();
    assert_eq!(hits, [json!(4), json!(1)], "{}", found.outcome.stderr);
}

#[test]
fn nothing_found_in_any_document_is_one_answer_with_hints() {
    let found = both(&["--find", "ATAC-seq"]);
    assert_eq!(found.outcome.status, 0);
    assert!(
        found.outcome.stderr.starts_with(
            "No tracks found among 66 in 2 documents\n  0 of 62: Blood\n  0 of 4: One experiment\n"
        ),
        "{}",
        found.outcome.stderr
    );
    assert!(
        found
            .outcome
            .stderr
            .contains("\nhint: No assay is \"ATAC-seq\"")
    );
    assert_eq!(found.hits().len(), 2);
    // A value of one document is no hint on the other.
    let some = both(&["--query", "tracks.content->'assembly_name' ? 'mm10'"]);
    assert!(
        !some.outcome.stderr.contains("hint:"),
        "{}",
        some.outcome.stderr
    );
    let none = both(&["--query", "tracks.content->'assembly_name' ? 'MM10'"]);
    let hint = "hint: in Blood: No tracks->assembly_name is 'MM10': did you mean 'mm10'?";
    assert!(
        none.outcome.stderr.contains(hint),
        "{}",
        none.outcome.stderr
    );
    assert!(none.text("report.md").contains("in Blood: No tracks"));
}

#[test]
fn an_import_takes_all_documents_of_hits_and_the_table_chooses_among_them() {
    let found = both(&["--find", "H3K4me3 monocyte or H1-hESC"]);
    let hits: Vec<PathBuf> = ["Blood", "One_experiment"]
        .map(|name| found.folder.join(format!("hits/{name}.hits.json")))
        .to_vec();
    let hits: Vec<&Path> = hits.iter().map(PathBuf::as_path).collect();
    let imported = import(&hits, &["--register-only"]);
    assert_eq!(imported.rows().len(), 6, "{}", imported.stderr);
    let table = found.text("hits.tsv");
    let lines: Vec<&str> = table.lines().collect();
    let chosen = found.folder.join("chosen.tsv");
    fs::write(&chosen, [lines[0], lines[1], lines[6]].join("\n")).unwrap();
    let options = [
        "--register-only",
        "--choose-table",
        chosen.to_str().unwrap(),
    ];
    let mut ids = import(&hits, &options).column("local_id");
    ids.sort();
    assert_eq!(ids, ["encode:ENCFF955LOC", "example:BLD000003"]);
}

#[test]
fn names_of_documents_are_unique() {
    let twin = project(TWIN);
    let found = several(
        &[twin.clone(), twin.clone(), twin],
        &["a/b.json", "a/b.json", ""],
        &["--query", "true"],
    );
    let names: Vec<String> = found.hits().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a/b.json", "a/b.json (2)", "document"]);
    let mut files: Vec<String> = fs::read_dir(found.folder.join("hits"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(
        files,
        [
            "a_b.hits.json",
            "a_b.json_(2).hits.json",
            "document.hits.json"
        ]
    );
}

#[test]
fn a_document_that_cannot_be_read_is_named_and_nothing_is_written() {
    let documents = [
        project(BLOOD),
        project("test-data/invalid/truncated_document.json"),
    ];
    let found = several(&documents, &["Blood", "My file"], &["--find", "monocyte"]);
    assert_eq!(found.outcome.status, 1);
    assert!(
        found.outcome.stderr.starts_with("error: My file: line 71"),
        "{}",
        found.outcome.stderr
    );
    assert!(!found.outcome.stderr.contains("truncated_document.json"));
    let mut left: Vec<String> = fs::read_dir(&found.folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["hits", "names.json"]);
    assert_eq!(fs::read_dir(found.folder.join("hits")).unwrap().count(), 0);
}

#[test]
fn one_output_for_several_documents_and_standard_input_among_them_are_refused() {
    let (blood, twin) = (project(BLOOD), project(TWIN));
    let (blood, twin) = (blood.to_str().unwrap(), twin.to_str().unwrap());
    let outcome = search(&[
        "--document",
        blood,
        "--document",
        twin,
        "--query",
        "true",
        "--output-document",
        "x.json",
    ]);
    assert_eq!(outcome.status, 2);
    assert!(
        outcome
            .stderr
            .contains("--output-document: found 2 documents, expected one: use --output-documents"),
        "{}",
        outcome.stderr
    );
    let outcome = search(&["--document", blood, "-", "--query", "true"]);
    assert_eq!(outcome.status, 2);
    assert!(
        outcome.stderr.contains("found `-` among several documents"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn nothing_chosen_in_the_form_is_an_error() {
    let folder = folder();
    let form = folder.join("form.json");
    for from in ["document", "documents", "offered"] {
        let asked = json!({"source": {"from": from, "document": null}, "query": {"mode": "find", "find": "K562"}});
        fs::write(&form, asked.to_string()).unwrap();
        let outcome = search(&["--form", form.to_str().unwrap()]);
        assert_eq!(outcome.status, 1);
        assert!(
            outcome.stderr.starts_with(
                "error: search form: no document is chosen: select a FAIRtracks document"
            ),
            "{}",
            outcome.stderr
        );
    }
}
