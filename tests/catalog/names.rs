//! The names in use of values: in drop-downs, in the report, in filters and where a filter leaves nothing.

use std::fs;

use crate::support::running::{CATALOG, CATALOG_OUTPUTS, run_in};
use crate::support::searching::BLOOD;
use crate::support::{Outcome, folder, project, run};

fn listed(filters: &[&str]) -> Outcome {
    let blood = project(BLOOD).to_str().unwrap().to_owned();
    let outcome = run(
        CATALOG,
        &[&["--document", blood.as_str()], filters].concat(),
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    outcome
}

/// The values of the lines of a printed table.
fn values(outcome: &Outcome) -> Vec<String> {
    let lines = outcome.stdout.lines().skip(1);
    let mut values: Vec<String> = lines
        .map(|line| line.split('\t').nth(4).unwrap().to_owned())
        .collect();
    values.dedup();
    values
}

#[test]
fn a_drop_down_finds_a_value_by_its_names_in_use() {
    let folder = folder();
    let blood = project(BLOOD).to_str().unwrap().to_owned();
    let asked = ["--document", &blood];
    let outcome = run_in(CATALOG, &folder, &[&asked[..], &CATALOG_OUTPUTS].concat());
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let (form, report) = (outcome.text("form.tsv"), outcome.text("report.md"));
    for label in [
        "DNase I hypersensitive sites sequencing assay (30 tracks) · DNase-seq, ",
        "H3K4_trimethylation (12 tracks) · H3K4me3\n",
        "Homo sapiens (57 tracks) · human, ",
        "hg38 (57 tracks) · GRCh38\n",
        "K562 (6 tracks)\n",
    ] {
        assert!(form.contains(&format!("\t{label}")), "{label}\n{form}");
    }
    for line in [
        "| DNase I hypersensitive sites sequencing assay (DNase-seq) | 30 |",
        "| H3K4\\_trimethylation (H3K4me3) | 12 |",
        "| hg38 (GRCh38) | 57 |",
        "| K562 | 6 |",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
}

#[test]
fn a_filter_of_values_knows_their_names_in_use() {
    for (asked, expected) in [
        ("DNase-seq", "DNase I hypersensitive sites sequencing assay"),
        ("H3K4me3", "H3K4_trimethylation"),
        ("GRCh37", "hg19"),
        ("mouse", "Mus musculus"),
    ] {
        let values = values(&listed(&["--value", asked]));
        assert!(
            values.iter().any(|value| value == expected),
            "{asked}: {values:?}"
        );
    }
    let cells = values(&listed(&[
        "--value",
        "T cell",
        "--attribute",
        "Cell or tissue type",
    ]));
    assert_eq!(
        cells,
        [
            "CD4-positive, alpha-beta T cell",
            "CD8-positive, alpha-beta T cell"
        ]
    );
}

#[test]
fn a_filter_uses_ontologies() {
    let path = folder().join("marrow.obo");
    let text = "[Term]\nid: LAB:1\nname: marrow resident\n[Term]\nid: LAB:2\nname: megakaryocyte\nis_a: LAB:1\n";
    fs::write(&path, text).unwrap();
    let ontology = ["--ontology", path.to_str().unwrap()];
    let filter = ["--value", "marrow residents"];
    assert_eq!(
        values(&listed(&[&filter[..], &ontology].concat())),
        ["megakaryocyte"]
    );
    assert!(values(&listed(&filter)).is_empty());
}

#[test]
fn a_filter_that_leaves_nothing_names_what_comes_nearest() {
    for (filters, hint) in [
        (
            &["--value", "monocite"] as &[&str],
            "did you mean \"CD14-positive monocyte\"?",
        ),
        (
            &["--value", "K562", "--attribute", "assembly_name"],
            "samples->sample_type->summary has \"K562\"",
        ),
        (
            &["--attribute", "assembly_nam3"],
            "no attribute has `assembly_nam3` in its name: did you mean `assembly_name`?",
        ),
        (&["--value", "GATA2"], "nearest: "),
    ] {
        let outcome = listed(filters);
        assert!(values(&outcome).is_empty());
        assert!(outcome.stderr.contains(hint), "{hint}: {}", outcome.stderr);
    }
}
