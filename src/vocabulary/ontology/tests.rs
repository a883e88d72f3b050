use serde_json::json;

use super::*;
use crate::vocabulary::{TermMatch, TermSearch, WordSequence};

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
    let refused = |bytes: &[u8]| read("x", bytes).unwrap_err().to_string();
    for start in ["[Term]\nid: X:1\nname: caf", "{\"graphs\":\n[{\"id\":\""] {
        let latin = [start.as_bytes(), b"\xe9\n"].concat();
        let line = start.lines().count();
        let expected = format!("line {line}: found the byte 0xe9, expected an ontology in UTF-8");
        assert!(
            refused(&latin).starts_with(&expected),
            "{}",
            refused(&latin)
        );
    }
    for packed in [&b"\x1f\x8b\x08\0"[..], b"PK\x03\x04"] {
        assert!(refused(packed).starts_with("found a compressed file"));
    }
    let cut = &br#"{"graphs": [{"nodes": [{"id": "X:1","#[..];
    assert!(refused(cut).contains("EOF"), "{}", refused(cut));
}

#[test]
fn an_id_of_two_terms_is_refused_and_a_term_that_is_there_twice_is_one() {
    let stanza = |id: &str, name: &str| format!("[Term]\nid: {id}\nname: {name}\n\n");
    let same = stanza("X:1", "a") + &stanza("X:1", "a") + "[Term]\nid: X:1\n";
    assert!(read("x", same.as_bytes()).is_ok());
    let two = stanza("X:1", "a") + &stanza("X:2", "b") + &stanza("X:1", "b");
    assert_eq!(
        read("x", two.as_bytes()).unwrap_err().to_string(),
        "line 9: found the id `X:1` of `b`, which line 1 has for `a`, expected an id for each term"
    );
    let node = |label: &str| json!({"id": "X:1", "lbl": label});
    let graph = |label: &str| json!({"graphs": [{"nodes": [node("a"), node(label)]}]}).to_string();
    assert!(read("x", graph("a").as_bytes()).is_ok());
    let refused = read("x", graph("b").as_bytes()).unwrap_err().to_string();
    assert!(
        refused.contains("the id `X:1` has the labels `a` and `b`"),
        "{refused}"
    );
}

#[test]
fn lines_of_any_system_and_broader_terms_in_circles_are_read() {
    let circle = "\u{feff}[Term]\r\nid: X:1\r\nname: a\r\nis_a: X:2\r\n\r\n[Term]\r\nid: X:2\r\nname: b\r\nis_a: X:1\r\nis_a: X:2\r\n";
    let table = read("x", circle.as_bytes()).unwrap();
    assert_eq!(below(&table, "a"), ["a", "b"]);
}

#[test]
fn obsolete_terms_keep_what_replaces_them() {
    let obo = "[Term]\nid: X:1\nname: a\n\n[Term]\nid: X:2\nname: obsolete b\nis_obsolete: true\nreplaced_by: X:1 ! a\nreplaced_by: X:3\n";
    let value = |id: &str| json!({"pred": "http://purl.obolibrary.org/obo/IAO_0100001", "val": id});
    let graph = json!({"graphs": [{"nodes": [{"id": "X:1", "lbl": "a"},
        {"id": "X:2", "lbl": "obsolete b", "meta": {"deprecated": true, "basicPropertyValues": [value("X:1"), value("X:3")]}}]}]});
    for text in [obo.to_owned(), graph.to_string()] {
        let table = read("x", text.as_bytes()).unwrap();
        assert_eq!(table.terms().len(), 1);
        assert_eq!(
            table.obsolete(),
            [ObsoleteTerm {
                id: "X:2".to_owned(),
                label: "obsolete b".to_owned(),
                replaced_by: vec!["X:1".to_owned(), "X:3".to_owned()]
            }]
        );
    }
}

#[test]
fn a_label_of_two_terms_means_none_and_a_term_that_is_there_twice_is_one() {
    let table = |id: &str| {
        let stanza =
            |id: &str| format!("[Term]\nid: {id}\nname: B cell\nsynonym: \"b\" EXACT []\n\n");
        read("x", (stanza("X:1") + &stanza(id)).as_bytes()).unwrap()
    };
    let (one, two) = (table("X:1"), table("X:2"));
    for (name, how) in [
        ("B cell", TermMatch::Label),
        ("b", TermMatch::Synonym),
        ("B-CELL", TermMatch::Folded),
    ] {
        let found = one
            .find(name)
            .map(|(term, found)| (term.id.as_str(), found));
        assert_eq!(found, Some(("X:1", how)));
        let TermSearch::Several([first, other], found) = two.search(name) else {
            panic!("{name}: {:?}", two.search(name));
        };
        assert_eq!(
            (first.id.as_str(), other.id.as_str(), found),
            ("X:1", "X:2", how)
        );
    }
}
