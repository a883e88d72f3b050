//! `fairtracks_catalog` as its users meet it, with documents.

use crate::support;
use std::collections::BTreeMap;
use std::fs;

use crate::support::running::{CATALOG, CATALOG_OUTPUTS, run_in};
use crate::support::searching::{BLOOD, TWIN};
use crate::support::{Outcome, folder, project, run};
use serde_json::{Value as Json, json};

fn catalog(arguments: &[&str]) -> Outcome {
    let outcome = run(CATALOG, arguments);
    assert!(!outcome.stdout.contains("error:"), "{}", outcome.stdout);
    outcome
}

fn path(name: &str) -> String {
    project(name).to_str().unwrap().to_owned()
}

/// The cells of a table, line by line, the titles first.
fn cells(table: &str) -> Vec<Vec<String>> {
    let line = |line: &str| line.split('\t').map(str::to_owned).collect();
    table.lines().map(line).collect()
}

/// The counts of a printed table by `category->attribute=value`.
fn counts(table: &str) -> BTreeMap<String, String> {
    let row = |row: &Vec<String>| (format!("{}->{}={}", row[2], row[3], row[4]), row[5].clone());
    cells(table).iter().skip(1).map(row).collect()
}

#[test]
fn lists_values_with_the_tracks_that_have_them() {
    let outcome = catalog(&["--document", &path(BLOOD)]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let titles = "#repository\thub\tcategory\tattribute\tvalue\ttracks\n";
    assert!(outcome.stdout.starts_with(titles));
    let first = "example\tBlood for tests\tsamples\tsample_type->summary\tCD4-positive, alpha-beta T cell\t9";
    assert_eq!(outcome.stdout.lines().nth(1), Some(first));
    let counts = counts(&outcome.stdout);
    for (value, expected) in [
        ("samples->sample_type->summary=K562", "6"),
        ("tracks->assembly_name=mm10", "3"),
        ("samples->donor->height_metres=1.5", "8"),
        ("samples->donor->smoker=false", "8"),
        ("samples->donor->visits->place=Oslo", "8"),
        ("collection_info->short_name=Blood for tests", "62"),
        ("experiments->aggregated_from=geo:GSE00000001", "2"),
    ] {
        assert_eq!(
            counts.get(value).map(String::as_str),
            Some(expected),
            "{value}"
        );
    }
    assert!(
        outcome
            .stderr
            .contains("The hub example / Blood for tests holds 62 tracks")
    );
}

#[test]
fn several_documents_are_hubs_of_their_own() {
    let (blood, twin) = (path(BLOOD), path(TWIN));
    let outcome = catalog(&["--document", &blood, &twin, "--document", &blood]);
    let mut hubs: Vec<String> = cells(&outcome.stdout)
        .iter()
        .skip(1)
        .map(|row| format!("{} / {}", row[0], row[1]))
        .collect();
    hubs.dedup();
    assert_eq!(
        hubs,
        [
            "example / Blood for tests",
            "encode / H3K4me3 in four",
            "example / Blood for tests (2)"
        ]
    );
    assert!(
        outcome.stderr.contains("3 hubs hold 128 tracks"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn filters_keep_what_is_asked_for() {
    let listed = |filters: &[&str]| {
        let blood = path(BLOOD);
        let outcome = catalog(&[&["--document", blood.as_str()], filters].concat());
        assert_eq!(outcome.status, 0, "{}", outcome.stderr);
        counts(&outcome.stdout).into_keys().collect::<Vec<_>>()
    };
    assert_eq!(
        listed(&["--attribute", "SPECIES_", "--value", "mus"]),
        ["samples->species_name=Mus musculus"]
    );
    assert_eq!(listed(&["--attribute", "genome assembly"]).len(), 3);
    let studies = listed(&["--category", "studies,doc_info"]);
    assert!(
        studies
            .iter()
            .all(|row| row.starts_with("studies->") || row.starts_with("doc_info->"))
    );
    assert!(listed(&["--value", "no such value"]).is_empty());
}

#[test]
fn an_empty_answer_says_why() {
    let outcome = catalog(&["--document", &path(TWIN), "--category", "sample"]);
    assert_eq!(outcome.status, 2);
    let why = "--category: found the unknown category `sample`, expected one of collection_info, doc_info, experiments, samples, studies, tracks";
    assert!(outcome.stderr.contains(why), "{}", outcome.stderr);
    let outcome = catalog(&["--document", &path(TWIN), "--value", "no such value"]);
    assert_eq!(outcome.status, 0);
    let why = "the categories are collection_info, doc_info, experiments, samples, studies, tracks";
    assert!(outcome.stderr.contains(why), "{}", outcome.stderr);
}

#[test]
fn what_a_document_lacks_is_filled_in_where_asked() {
    let minimal = path("test-data/valid/minimal.json");
    let with = catalog(&["--document", &minimal, "--augment"]);
    let without = catalog(&["--document", &minimal]);
    let value = "sample_type->summary\tH1-hESC\t1\n";
    assert!(with.stdout.contains(value) && !without.stdout.contains(value));
    assert!(
        with.stderr
            .contains("filled in missing labels, names or summaries (10)"),
        "{}",
        with.stderr
    );
}

#[test]
fn outputs_are_named_columns_and_a_report() {
    let folder = folder();
    fs::write(
        folder.join("names.json"),
        json!(["My `blood` é"]).to_string(),
    )
    .unwrap();
    let blood = path(BLOOD);
    let asked = [
        "--document",
        &blood,
        "--names",
        "names.json",
        "--category",
        "tracks",
    ];
    let outcome = run_in(CATALOG, &folder, &[&asked[..], &CATALOG_OUTPUTS].concat());
    assert_eq!(
        (outcome.status, outcome.stdout.as_str()),
        (0, ""),
        "{}",
        outcome.stderr
    );
    let [table, form, report, galaxy] =
        ["values.tsv", "form.tsv", "report.md", "galaxy.json"].map(|name| outcome.text(name));
    assert!(cells(&table).iter().skip(1).all(|row| row[2] == "tracks"));
    let rows = cells(&form);
    assert_eq!(
        rows[1],
        [
            "example",
            "Blood for tests",
            "tracks",
            "assembly_name",
            "hg38",
            "57",
            "example / Blood for tests",
            "tracks->assembly_name",
            "Genome assembly (3 values)",
            "hg38 (57 tracks) · GRCh38"
        ]
    );
    // The report tells of the whole hub, whatever the tables are restricted to.
    for line in [
        "**The hub example / Blood for tests holds 62 tracks**",
        "From `My 'blood' é`. 62 tracks. 2 of them lack an experiment, sample or study",
        "| CD4-positive, alpha-beta T cell | 9 | &nbsp;████████████████████ |",
        "| *4 more values* | 9 | |\n| *no value* | 2 | |",
        "values in tracks.",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let galaxy: Json = serde_json::from_str(&galaxy).unwrap();
    for (output, table) in [("output_table", table), ("output_form_table", form)] {
        let titles = &cells(&table)[0].join("\t")[1..];
        let names = galaxy[output]["metadata"]["column_names"]
            .as_array()
            .unwrap();
        let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(names.join("\t"), titles);
    }
}

#[test]
fn a_form_restricts_as_options_do() {
    let form = folder().join("form.json");
    let filters = json!({"source": {"from": "documents"}, "wanted": {"attribute": "species", "value": "MUS ", "categories": null}});
    fs::write(&form, filters.to_string()).unwrap();
    let blood = path(BLOOD);
    let by_form = catalog(&["--document", &blood, "--form", form.to_str().unwrap()]);
    let by_options = catalog(&[
        "--document",
        &blood,
        "--attribute",
        "species",
        "--value",
        "mus",
    ]);
    assert_eq!(by_form.stdout, by_options.stdout);
    assert_eq!(by_form.stdout.lines().count(), 2);
}

#[test]
fn what_cannot_be_listed_is_told_and_leaves_no_output() {
    let table = folder().join("table.tsv");
    let output = table.to_str().unwrap();
    let truncated = path("test-data/invalid/truncated_document.json");
    let (blood, no_form) = (path(BLOOD), path("README.md"));
    for (arguments, status, message) in [
        (
            vec!["--document", &truncated],
            1,
            "truncated_document.json: line 7",
        ),
        (vec![], 2, "expected --document FILE or --server URL"),
        (
            vec!["--document", &blood, "--form", &no_form],
            1,
            "catalog form: ",
        ),
        (
            vec!["--document", &blood, "--server", "https://x.example.org"],
            2,
            "cannot be used with",
        ),
        (vec!["--hub", "x"], 2, "--server"),
        (
            vec!["--document", &blood, "--hub", "x"],
            2,
            "cannot be used with '--hub <NAME>'",
        ),
        (
            vec!["--document", &blood, "--repository", "x"],
            2,
            "cannot be used with '--repository <NAME>'",
        ),
        (
            vec!["--form", &no_form, "--hub", "x"],
            2,
            "cannot be used with '--hub <NAME>'",
        ),
        (
            vec!["--server", "https://x.example.org", "--augment"],
            2,
            "cannot be used with",
        ),
        (
            vec!["--server", "not an address"],
            1,
            "(no scheme such as https://), expected the URL of a TrackFind server",
        ),
    ] {
        let outcome = catalog(&[&arguments[..], &["--output-table", output]].concat());
        assert_eq!(outcome.status, status, "{arguments:?}: {}", outcome.stderr);
        assert!(
            outcome.stderr.contains(message),
            "{arguments:?}: {}",
            outcome.stderr
        );
        assert!(!table.exists());
    }
}

#[test]
fn a_document_without_tracks_is_listed() {
    let outcome = catalog(&["--document", &path("test-data/no_hits.fairtracks.json")]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("holds 0 tracks"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn the_plain_names_are_those_of_the_search_form() {
    let macros = support::text("galaxy-tools/macros.xml");
    let options: Vec<&str> = macros
        .lines()
        .filter_map(|line| line.trim().strip_prefix("<option value=\""))
        .filter(|option| option.contains("->"))
        .collect();
    let named = fairtracks::tools::catalog::entries::NAMED.iter();
    let expected: Vec<String> = named
        .map(|(category, path, name)| format!("{category}->{path}>{name}"))
        .collect();
    let shown: Vec<String> = options
        .iter()
        .map(|option| {
            let option = option
                .replace(" selected=\"true\"", "")
                .replace("</option>", "");
            option.replacen("\">", ">", 1)
        })
        .collect();
    assert_eq!(shown, expected);
}
