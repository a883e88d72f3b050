use serde_json::json;

use super::*;
use crate::vocabulary::WordSequence;

const CELLS: &str = r#"format-version: 1.2
ontology: made-up

[Term]
id: MU:0000001
name: T cell
synonym: "T lymphocyte" EXACT [MU:x]
synonym: "thymus-derived \"small\" cell" BROAD []

[Term]
id: MU:0000002 ! a comment
name: gamma-delta T cell
is_a: MU:0000001 {source="x"} ! T cell

[Term]
id: MU:0000003
name: receptor of a T cell
relationship: part_of MU:0000001 ! T cell
relationship: develops_from MU:0000002

[Term]
id: MU:0000004
name: old T cell
is_a: MU:0000001
is_obsolete: true

[Term]
id: ELSE:0000001
name: something of another ontology
relationship: part_of MU:0000001

[Typedef]
id: part_of
name: part of
"#;

fn below(table: &TermTable, name: &str) -> Vec<String> {
    let top = table.position_of(&WordSequence::of(name)).unwrap();
    let found = table.with_narrower(top);
    let terms = table.terms().iter().enumerate();
    let terms = terms.filter(|(at, _)| found.contains(at));
    terms.map(|(_, term)| term.label.clone()).collect()
}

#[test]
fn obo_terms_have_names_and_narrower_terms() {
    let table = read("cells.obo", CELLS.as_bytes()).unwrap();
    let expected = ["T cell", "gamma-delta T cell", "receptor of a T cell"];
    assert_eq!(below(&table, "t-lymphocytes"), expected);
    assert_eq!(below(&table, "MU_0000002"), ["gamma-delta T cell"]);
    assert_eq!(table.terms()[0].related, ["thymus-derived \"small\" cell"]);
    assert!(table.named(&WordSequence::of("old T cell")).is_none());
    assert!(table.named(&WordSequence::of("part of")).is_none());
}

#[test]
fn a_graph_in_json_is_the_same_ontology() {
    let node = |number: u8, label: &str| json!({"id": format!("http://purl.obolibrary.org/obo/MU_000000{number}"), "lbl": label, "type": "CLASS"});
    let edge = |sub: u8, pred: &str, obj: u8| {
        let id = |number: u8| format!("http://purl.obolibrary.org/obo/MU_000000{number}");
        json!({"sub": id(sub), "pred": pred, "obj": id(obj)})
    };
    let mut cell = node(1, "T cell");
    cell["meta"] = json!({"synonyms": [{"pred": "hasExactSynonym", "val": "T lymphocyte"},
        {"pred": "hasBroadSynonym", "val": "small cell"}], "definition": {"val": "a cell"}});
    let mut old = node(4, "old T cell");
    old["meta"] = json!({"deprecated": true});
    let graph = json!({"graphs": [{"id": "x", "nodes": [cell, node(2, "gamma-delta T cell"), node(3, "receptor of a T cell"), old,
            {"id": "http://purl.obolibrary.org/obo/BFO_0000050", "lbl": "part of", "type": "PROPERTY"}],
        "edges": [edge(2, "is_a", 1), edge(3, "http://purl.obolibrary.org/obo/BFO_0000050", 1), edge(4, "is_a", 1), edge(3, "is_a", 9)]}]});
    let table = read("cells.json", graph.to_string().as_bytes()).unwrap();
    let expected = ["T cell", "gamma-delta T cell", "receptor of a T cell"];
    assert_eq!(below(&table, "T lymphocyte"), expected);
    assert_eq!(table.terms()[0].related, ["small cell"]);
    assert_eq!(table.terms().len(), 3);
}

#[test]
fn what_is_no_ontology_is_told() {
    for (text, message) in [
        ("", "found no term, expected an ontology in OBO format"),
        ("a\tb\n", "found no term, expected an ontology"),
        ("{\"a\": 1}", "found no OBO graph (missing field `graphs`"),
        (
            "[Term]\nname: x\n",
            "line 1: found a [Term] stanza without `id:`",
        ),
        (
            "[Term]\nid: a\nname: x\nsynonym: \"open EXACT []\n",
            "line 4: found the synonym \"open EXACT [], expected a text in quotes",
        ),
    ] {
        let error = read("x", text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(message), "{text}: {error}");
    }
    let error = read("x", b"\xff\xfe").unwrap_err().to_string();
    assert!(error.starts_with("found no UTF-8 text"), "{error}");
}
