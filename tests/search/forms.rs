//! The forms of `fairtracks_search` in Galaxy: what was picked or typed can be seen as an expression and used again.

use crate::support;
use std::fs;

use crate::support::folder;
use crate::support::searching::{Answer, BLOOD, answer, search};
use serde_json::{Value as Json, json};

/// The answer to a form, as Galaxy hands it over, on a document.
fn asked(query: &Json) -> Answer {
    let form = folder().join("form.json");
    let source = json!({"from": "document", "__current_case__": 0, "document": {"values": [{"src": "hda", "id": 1}]}, "incomplete": false});
    let form_json = json!({"source": source, "query": query, "augment": true});
    fs::write(&form, form_json.to_string()).unwrap();
    answer(BLOOD, &["--form", form.to_str().unwrap()])
}

/// The query as the log shows it.
fn shown(answer: &Answer) -> &str {
    let (_, rest) = answer.said.split_once("\nQuery:\n").unwrap();
    rest.split_once("\n\nUnderstood as:\n").unwrap().0
}

fn ids(answer: &Answer) -> Vec<&str> {
    let lines = answer.table.iter().skip(1);
    lines.map(|cells| cells[0].as_str()).collect()
}

fn typed(attribute: &str, operator: &str, values: &str) -> Json {
    json!({"attribute": {"name": "other", "path": attribute}, "operator": operator, "values": values})
}

fn conditions(join: &str, conditions: &[Json]) -> Json {
    json!({"mode": "conditions", "join": join, "conditions": conditions})
}

fn picked(join: &str, conditions: &[Json]) -> Json {
    json!({"mode": "catalog", "catalog": {"values": []}, "hub": "Example / Blood", "join": join, "conditions": conditions})
}

/// A form for every operator and both joins, with values that quoting could get wrong.
fn forms() -> Vec<Json> {
    let cell = "samples->sample_type->summary";
    let label = "tracks->label_long";
    let odd = "it's, \"x\" $(id) \\ % _ ? -> é\nLeukémie aiguë, blasts, DNase (hg38): narrow peaks\nMonocytes of the donor's second visit, H3K4me3 (hg38): narrow peaks";
    vec![
        conditions("and", &[]),
        conditions(
            "and",
            &[
                typed(cell, "contains", "monocyte\nB CELL"),
                typed("tracks->assembly_name", "is", "hg38"),
                typed(
                    "samples->biospecimen_class->term_label",
                    "is_not",
                    "Cell Line\nOrganism Part",
                ),
            ],
        ),
        conditions(
            "or",
            &[
                typed(label, "any_of", odd),
                typed(label, "starts_with", "Leukémie\n50%"),
                typed(cell, "matches", "^K5\\d+$"),
            ],
        ),
        conditions(
            "or",
            &[
                typed("samples->donor->height_metres", "is", "1.5"),
                typed("samples->sample_type->cell_line->term_label", "exists", ""),
                typed("experiments->target->summary", "missing", ""),
            ],
        ),
        picked(
            "and",
            &[
                json!({"attribute": label, "operator": "any_of", "values": odd.split('\n').map(|value| value.replace('\\', "\\\\")).collect::<Vec<_>>()}),
                json!({"attribute": "samples->biospecimen_class->term_label", "operator": "is_not", "values": ["Cell Line"]}),
            ],
        ),
        picked(
            "or",
            &[
                json!({"attribute": label, "operator": "any_of", "values": ["a\\nb\\tc", "Leukémie aiguë, blasts, DNase (hg38): narrow peaks"]}),
            ],
        ),
    ]
}

#[test]
fn the_query_in_the_log_finds_the_same_tracks_as_an_expression() {
    for form in forms() {
        let first = asked(&form);
        assert!(!ids(&first).is_empty(), "{form} finds nothing");
        let query = shown(&first).to_owned();
        assert_eq!(
            first.document["subset_of"]["search"]["query"], query,
            "{form}"
        );
        for pasted in [query.clone(), format!("{query}\n")] {
            let again = asked(&json!({"mode": "expression", "expression": pasted}));
            assert_eq!(again.table, first.table, "{query}");
            assert_eq!(
                again.document["tracks"], first.document["tracks"],
                "{query}"
            );
        }
        let again = asked(&json!({"mode": "expression", "expression": query}));
        assert_eq!(shown(&again), query);
    }
}

#[test]
fn what_is_picked_from_a_catalog_and_what_is_typed_is_the_same_question() {
    let attribute = "experiments->target->summary";
    let by_hand = asked(&conditions(
        "or",
        &[typed(attribute, "any_of", "hgnc:13723\nhgnc:4170")],
    ));
    let by_catalog = asked(&picked(
        "or",
        &[
            json!({"attribute": attribute, "operator": "any_of", "values": ["hgnc:13723", "hgnc:4170"]}),
        ],
    ));
    assert_eq!(
        ids(&by_hand),
        [
            "example:BLD000038",
            "example:BLD000053",
            "example:BLD000054"
        ]
    );
    assert_eq!(by_catalog.document, by_hand.document);
}

#[test]
fn a_form_that_asks_nothing_says_what_to_do() {
    let folder = folder();
    let form = folder.join("form.json");
    let nothing_picked =
        json!({"attribute": "tracks->label_long", "operator": "any_of", "values": null});
    fs::write(
        &form,
        json!({"query": picked("and", &[nothing_picked])}).to_string(),
    )
    .unwrap();
    let document = support::project(BLOOD);
    let outcome = search(&[
        "--document",
        document.to_str().unwrap(),
        "--form",
        form.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 1);
    assert_eq!(
        outcome.stderr,
        "error: search form: condition 1: found no value to compare tracks->label_long with, expected one from the list of the catalog\n"
    );
}
