//! Ontology files of a user and of a site, values in lists of objects, and hints for exact conditions on servers.

use serde_json::json;
use std::fs;

use super::words::{found, tracks};
use crate::support::folder;
use crate::support::searching::{BLOOD, answer, answer_at, search, site};
use crate::support::serve_process::Server;

/// Cells of the bone marrow in words of our own.
const MARROW: &str = r#"format-version: 1.2

[Term]
id: LAB:0000001
name: marrow resident
synonym: "resident of the marrow" EXACT []

[Term]
id: LAB:0000002
name: megakaryocyte
is_a: LAB:0000001 ! marrow resident

[Term]
id: LAB:0000003
name: blood maker
is_a: LAB:0000001

[Term]
id: CL:0000037
name: hematopoietic stem cell
is_a: LAB:0000003
"#;

fn ontology() -> String {
    let path = folder().join("marrow.obo");
    fs::write(&path, MARROW).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn an_ontology_gives_synonyms_and_narrower_terms_and_the_message_says_so() {
    let ontology = ontology();
    for words in ["marrow residents", "residents of the marrow", "LAB:0000001"] {
        let condition = format!("cell={words}");
        let asked = answer(BLOOD, &["--where", &condition, "--ontology", &ontology]);
        let ids: Vec<&str> = asked.table[1..].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(ids, tracks("32-34 39-41"), "{words}");
        let sentence = format!(
            "understood: cell is \"{words}\": hematopoietic stem cell; megakaryocyte (narrower terms or synonyms by marrow.obo: "
        );
        assert!(asked.said.contains(&sentence), "{}", asked.said);
        let without = answer(BLOOD, &["--where", &condition]);
        assert_eq!(without.table.len(), 1, "{words}");
    }
    let free = answer(
        BLOOD,
        &[
            "--find",
            "blood makers DNase bigWig",
            "--ontology",
            &ontology,
        ],
    );
    assert_eq!(free.table[1][0], "example:BLD000040");
    assert_eq!(free.table.len(), 2);
}

#[test]
fn a_site_names_its_ontologies() {
    let settings = site("");
    let text = fs::read_to_string(&settings).unwrap();
    let text = format!("ontologies = [{}]\n{text}", json!(ontology()));
    fs::write(&settings, text).unwrap();
    let document = crate::support::project(BLOOD);
    let source = ["--document", document.to_str().unwrap()];
    let asked = answer_at(
        &settings,
        &[&source[..], &["--find", "marrow residents H3K27ac"]].concat(),
    );
    assert_eq!(asked.table[1][0], "example:BLD000034");
}

#[test]
fn what_is_no_ontology_is_an_error_with_the_name_of_the_file() {
    let path = folder().join("cells.obo");
    fs::write(&path, "[Term]\nname: x\n").unwrap();
    let document = crate::support::project(BLOOD);
    let outcome = search(&[
        "--document",
        document.to_str().unwrap(),
        "--find",
        "K562",
        "--ontology",
        path.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 1);
    let problem = "cells.obo: line 1: found a [Term] stanza without `id:`";
    assert!(outcome.stderr.contains(problem), "{}", outcome.stderr);
}

#[test]
fn values_of_objects_in_lists_are_found_by_words() {
    let path = "samples->donor->visits->place";
    assert_eq!(found(&["--find", "Oslo"]), tracks("1-8"));
    assert_eq!(found(&["--where", &format!("{path}=as")]), tracks("1-8"));
    assert_eq!(
        found(&["--where", &format!("{path}=Bergen")]),
        tracks("1-8")[..0]
    );
    let others = found(&[
        "--where",
        "cell=monocyte",
        "--where",
        &format!("{path}!=Oslo"),
    ]);
    assert!(others.is_empty());
    assert_eq!(
        found(&[
            "--where",
            "tissue=spleen",
            "--where",
            &format!("{path}!=Oslo")
        ]),
        tracks("62")
    );
    assert_eq!(
        found(&["--where", "samples->donor->visits->number=2"]),
        tracks("1-8")
    );
}

#[test]
fn names_in_loose_use_are_understood_and_told() {
    let asked = answer(BLOOD, &["--find", "helper T cells"]);
    assert_eq!(asked.table.len(), 10);
    let sentence = "understood: cell is \"helper T cells\": CD4-positive, alpha-beta T cell (\"helper T cells\" in loose use)\n";
    assert!(asked.said.contains(sentence), "{}", asked.said);
}

#[test]
fn exact_conditions_on_a_server_that_find_nothing_name_the_values_that_are_meant() {
    let server = Server::start(&[]);
    let address = format!("http://{}", server.address);
    let form = folder().join("form.json");
    let condition = json!({"attribute": {"name": "experiments->technique->term_label"}, "operator": "is", "values": "DNase-seq"});
    let query = json!({"mode": "conditions", "join": "and", "conditions": [condition]});
    let source = json!({"from": "document", "incomplete": false});
    let inputs = json!({"source": source, "query": query, "augment": false});
    fs::write(&form, inputs.to_string()).unwrap();
    let hub = [
        "--server",
        &address,
        "--repository",
        "Example",
        "--hub",
        "Blood",
    ];
    let asked = answer_at(
        &site(""),
        &[&hub[..], &["--form", form.to_str().unwrap()]].concat(),
    );
    assert_eq!(asked.table.len(), 1);
    let hint = "hint: No experiments->technique->term_label has \"DNase-seq\": did you mean \"DNase I hypersensitive sites sequencing assay\"?";
    assert!(asked.said.contains(hint), "{}", asked.said);
}
