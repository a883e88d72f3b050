//! Terms that users and administrators add: tables, and files of ontologies.

use std::fs;

use serde_json::{Value as Json, json};

use crate::support::converting::{COLLECTION, convert, laboratory};
use crate::support::folder;

#[test]
fn terms_of_the_user_have_ids_of_ontologies_and_a_table_that_rules_read() {
    let place = folder();
    let path = place.join("cells.tsv");
    let with = |table: &str, text: &str| {
        fs::write(&path, text).unwrap();
        let terms = format!("{table}={}", path.display());
        let options = [&COLLECTION[..], &["--terms", &terms]].concat();
        convert(&[("laboratory.csv", &laboratory())], &options)
    };
    let found = with(
        "cell_types",
        "#id\tlabel\tsynonyms\nCL:0000084\tT cell\tB lymphocyte\n",
    );
    let cell: Json = found.document()["samples"][0]["sample_type"]["cell_type"].clone();
    assert_eq!(cell["term_id"], "http://purl.obolibrary.org/obo/CL_0000084");
    for id in ["CL:9", "our:1"] {
        let found = with("cell_types", &format!("# ours\n{id}\tB cell\t\n"));
        assert_eq!(found.outcome.status, 1);
        assert!(
            found.outcome.stderr.ends_with(&format!(
                "line 2: found the id `{id}`, expected that of a term of CL, UBERON, OBI, SO, NCIT, EFO, EDAM, such as CL:0000236\n"
            )),
            "{}",
            found.outcome.stderr
        );
    }
    let found = with("cell_typs", "CL:0000084\tT cell\t\n");
    assert_eq!(found.outcome.status, 2);
    assert!(
        found.outcome.stderr.starts_with(
            "error: --terms: found the table `cell_typs`, which no rule reads, expected one of assays, biospecimen_classes, "
        ),
        "{}",
        found.outcome.stderr
    );
}

#[test]
fn terms_of_ontology_files_are_found_by_label_and_exact_synonym() {
    let place = folder();
    let obo = "format-version: 1.2\ndata-version: releases/2026-01-31\nontology: moss\n\n[Term]\nid: CL:0009991\nname: moss cell\nsynonym: \"mossy thing\" EXACT []\nsynonym: \"green cell\" BROAD []\n\n\
        [Term]\nid: UBERON:0009992\nname: pale cell\n\n[Term]\nid: CL:0009993\nname: old cell\nis_obsolete: true\n";
    fs::write(place.join("moss.obo"), obo).unwrap();
    let graph = json!({"graphs": [{"nodes": [
        {"id": "http://purl.obolibrary.org/obo/UBERON_0009994", "lbl": "left leaf", "type": "CLASS"}
    ], "edges": []}]});
    fs::write(place.join("leaf.json"), graph.to_string()).unwrap();
    let paths = ["moss.obo", "leaf.json"].map(|name| place.join(name).display().to_string());
    let options = ["--ontology", &paths[0], "--ontology", &paths[1]];
    let table = |cell: &str| {
        format!("Track ID,Sample ID,Cell type,Tissue,Phenotype\na,S1,{cell},left leaf,Asthma\n")
    };
    for cell in ["moss cell", "mossy thing", "Moss-Cell", "CL:0009991"] {
        let found = convert(&[("a.csv", &table(cell))], &options);
        assert_eq!(found.outcome.status, 0, "{:?}", found.outcome);
        let document = found.document();
        let sample = &document["samples"][0];
        assert_eq!(
            sample["sample_type"]["cell_type"],
            json!({"term_id": "http://purl.obolibrary.org/obo/CL_0009991", "term_label": "moss cell"}),
            "{cell}"
        );
        assert_eq!(
            sample["sample_type"]["organism_part"]["term_label"],
            "left leaf"
        );
        assert_eq!(sample["phenotype"]["term_label"], "Asthma");
        let terms = document["converted_from"]["terms"].clone();
        assert_eq!(terms[0]["table"], "moss.obo");
        assert_eq!(terms[1]["table"], "leaf.json");
    }
    let names = place.join("names.json");
    fs::write(&names, r#"["The moss ontology", "Leaves"]"#).unwrap();
    let named = [&options[..], &["--ontology-names", names.to_str().unwrap()]].concat();
    let found = convert(&[("a.csv", &table("moss cell"))], &named);
    let terms = found.document()["converted_from"]["terms"].clone();
    assert_eq!(terms[0]["table"], "The moss ontology");
    assert_eq!(terms[0]["ontology"], "moss");
    assert_eq!(terms[0]["ontology_version"], "releases/2026-01-31");
    assert_eq!(terms[1]["table"], "Leaves");
    for cell in ["green cell", "pale cell", "old cell", "moss"] {
        let found = convert(&[("a.csv", &table(cell))], &options);
        let refused = found.rows_of("not taken over");
        assert_eq!(refused.len(), 1, "{cell}: {:?}", found.rows);
        assert_eq!(refused[0][3], cell);
    }
    // A name of two terms means none of them, an obsolete one names its replacement, and labels go before synonyms in all files.
    let obo = "[Term]\nid: CL:0009995\nname: red cell\nsynonym: \"moss cell\" EXACT []\nsynonym: \"mossy thing\" EXACT []\n\n\
        [Term]\nid: CL:0009996\nname: obsolete grey cell\nis_obsolete: true\nreplaced_by: CL:0009995\n";
    fs::write(place.join("red.obo"), obo).unwrap();
    let red = place.join("red.obo").display().to_string();
    let files = [&red, &paths[0], &paths[1]];
    let options = files.map(|path| ["--ontology", path.as_str()]).concat();
    let document = convert(&[("a.csv", &table("moss cell"))], &options).document();
    let cell_type = &document["samples"][0]["sample_type"]["cell_type"];
    assert_eq!(cell_type["term_label"], "moss cell");
    let replaced =
        "found the obsolete term CL:0009996, expected the term that replaces it: CL:0009995";
    for (cell, reason) in [
        (
            "mossy thing",
            "found a name of several terms, such as http://purl.obolibrary.org/obo/CL_0009995 (red cell) and \
             http://purl.obolibrary.org/obo/CL_0009991 (moss cell), expected a name or an id of one",
        ),
        ("grey cell", replaced),
        ("obsolete grey cell", replaced),
        ("CL:0009996", replaced),
    ] {
        let found = convert(&[("a.csv", &table(cell))], &options);
        let refused = found.rows_of("not taken over");
        assert_eq!(refused.len(), 1, "{cell}: {:?}", found.rows);
        assert!(
            refused[0].contains(&reason.to_owned()),
            "{cell}: {refused:?}"
        );
    }
    fs::write(place.join("moss.obo"), "no ontology\n").unwrap();
    let found = convert(&[("a.csv", &table("x"))], &options);
    assert_eq!(found.outcome.status, 1);
    assert!(
        found
            .outcome
            .stderr
            .contains("moss.obo: found no term, expected an ontology"),
        "{:?}",
        found.outcome
    );
}
