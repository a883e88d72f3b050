//! Answers of the faithful mode, byte for byte. `WRITE_GOLDEN=1` writes the files anew.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fs;

use fairtracks::service::Options;
use support::serving::{CELL_LINE, ask, faithful, text, twin};

fn is_as_in(file: &str, path: &str, parameters: &[(&str, &str)], accept: &str) {
    let service = twin(Options {
        copy_samples: true,
        ..faithful()
    });
    let answer = ask(&service, path, parameters, Some(accept));
    assert_eq!(answer.status, 200);
    let file = support::project(&format!("test-data/trackfind/{file}"));
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        fs::write(&file, &answer.body).unwrap();
    }
    assert_eq!(text(&answer), fs::read_to_string(file).unwrap());
}

#[test]
fn the_search_of_the_integration_test_as_gsuite() {
    let parameters = [("query", CELL_LINE)];
    is_as_in(
        "search.gsuite",
        "/api/v1/search/Example/Example",
        &parameters,
        "text/plain",
    );
}

#[test]
fn the_same_as_json() {
    let parameters = [("query", CELL_LINE)];
    is_as_in(
        "search.json",
        "/api/v1/search/Example/Example",
        &parameters,
        "application/json",
    );
}

#[test]
fn the_metamodel_as_a_tree() {
    is_as_in(
        "metamodel.json",
        "/api/v1/metamodel/Example/Example",
        &[],
        "*/*",
    );
}

#[test]
fn the_metamodel_flat_and_filtered() {
    let parameters = [
        ("flat", "true"),
        ("attributesFilter", "TERM_label"),
        ("valuesFilter", "h"),
    ];
    is_as_in(
        "metamodel_flat_filtered.json",
        "/api/v1/metamodel/Example/Example",
        &parameters,
        "*/*",
    );
}
