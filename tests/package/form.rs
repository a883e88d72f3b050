//! The form of `fairtracks_package`: what is typed in it is what options say.

use std::fs;

use crate::support::folder;
use crate::support::packaging::{SAID, Story, package};
use serde_json::{Value as Json, json};

/// The form as Galaxy hands it over, with all that [`SAID`] says.
fn form() -> Json {
    json!({
        "title": SAID[1],
        "creator_name": "Josiah Carberry",
        "creator_orcid": "0000-0002-1825-0097",
        "licence": "CC-BY-4.0",
        "results": [{"__index__": 0, "from": {"kind": "collection", "__current_case__": 0}}],
        "about": {
            "description": SAID[3],
            "keywords": "K562, chromatin",
            "creators": [{"__index__": 0, "name": "Ann Other", "orcid": null}],
            "organisation_name": "Brown University",
            "organisation_ror": "05gq02987",
            "funding": [{"__index__": 0, "funder": "Research Council of Norway; 00epmv149"}, {"__index__": 1, "funder": null}],
        },
        "provenance": {"lineage": {"mode": "none"}, "accept_identifiers": false},
        "content": {"payload": "include", "bagit": false, "strict": false},
    })
}

#[test]
fn the_form_says_what_options_say() {
    let story = Story::new();
    let file = folder().join("form.json");
    fs::write(&file, form().to_string()).unwrap();
    let by_form = package(
        &story.data(),
        &story.crates(),
        &["--form", file.to_str().unwrap()],
    );
    assert_eq!(by_form.status, 0, "{}", by_form.stderr);
    assert!(by_form.read("crate.zip") == story.packed(&[]).read("crate.zip"));
}

#[test]
fn a_name_that_a_workflow_gives_an_output_is_kept() {
    let story = Story::new();
    let file = folder().join("output_names.json");
    let given =
        r#"{"output_crate": "For the archive", "output_report": "FAIRtracks package: report"}"#;
    fs::write(&file, given).unwrap();
    let packed = story.packed(&["--output-names", file.to_str().unwrap()]);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let metadata = packed.galaxy();
    assert_eq!(metadata["output_crate"]["name"], "For the archive");
    assert_eq!(
        metadata["output_report"]["name"],
        format!("{}: report", SAID[1])
    );
}

#[test]
fn a_title_is_enough_and_empty_fields_are_empty() {
    let story = Story::new();
    let file = folder().join("form.json");
    let form = json!({"title": "T", "creator_name": null, "creator_orcid": "", "licence": null,
        "about": {"description": "", "keywords": null, "creators": [], "organisation_name": null, "organisation_ror": null, "funding": []}});
    fs::write(&file, form.to_string()).unwrap();
    let by_form = package(
        &story.data(),
        &story.crates(),
        &["--form", file.to_str().unwrap()],
    );
    let by_option = package(&story.data(), &story.crates(), &["--title", "T"]);
    assert_eq!(by_form.status, 0, "{}", by_form.stderr);
    assert!(by_form.read("crate.zip") == by_option.read("crate.zip"));
}
