//! Answers of the Genomic Data Commons and the table of locations of ICGC become documents.

use serde_json::{Value as Json, json};

use super::portals::{converted, converted_json, file, json_of, refusal, texts};
use crate::support::converting::without_source;

#[test]
fn answers_of_the_gdc_become_a_document() {
    let converted = converted_json("gdc", &json_of("gdc_files.json"));
    println!("{}", converted.outcome.stderr);
    for row in &converted.rows {
        println!("{row:?}");
    }
    println!(
        "{}",
        serde_json::to_string_pretty(&converted.document()).unwrap()
    );
}
