//! What a terminal, a spreadsheet, Markdown or Galaxy would obey reaches none of them as it is, whatever tool writes it.

use crate::support;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::following::Galaxy;
use crate::support::importing::{NINE, import};
use crate::support::packaging::{Given, package};
use crate::support::running::{CATALOG, CATALOG_OUTPUTS, run_in};
use crate::support::{Outcome, folder, run, text};
use fairtracks::text::controls::is_hidden;
use serde_json::{Value as Json, json};

/// Colours, a title, a bell, C1, DEL, bidirectional and zero-width controls, line and paragraph separators, a tag, Markdown and
/// Galaxy's directives.
const EVIL: &str = "=\u{1b}[31mRED\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}\u{2028}\u{2029}\u{e0041}\
                    ```galaxy\njob_parameters()\n```\r${galaxy history_link()}<b>![x](y)";

fn no_hidden(place: &str, text: &str) {
    let found = text
        .chars()
        .find(|c| is_hidden(*c) && !matches!(c, '\n' | '\t'));
    assert_eq!(found, None, "{place}: {text:?}");
    for line in text.lines() {
        assert!(!line.starts_with("job_parameters()"), "{place}: {text}");
    }
}

fn no_directive(place: &str, text: &str) {
    no_hidden(place, text);
    assert!(!text.contains("${"), "{place}: {text}");
    for fence in text
        .lines()
        .filter(|line| line.trim_start().starts_with("```galaxy"))
    {
        assert_eq!(fence, "```galaxy", "{place}");
    }
    for line in text.lines() {
        // In `code` nothing else is markup.
        let unescaped = line.replace("\\`", "");
        let outside: String = unescaped.split('`').step_by(2).collect();
        for markup in ["<b>", "![x]", "`galaxy"] {
            assert!(!outside.contains(markup), "{place}: {line}");
        }
    }
}

/// The nine tracks with something evil wherever a text may stand.
fn evil_document() -> PathBuf {
    let mut document: Json = serde_json::from_str(&text(NINE)).unwrap();
    document["collection_info"]["long_name"] = EVIL.into();
    document["collection_info"]["short_name"] = EVIL.into();
    document["studies"][0]["study_name"] = EVIL.into();
    document["studies"][0]["publication"] = EVIL.into();
    document["samples"][0]["sample_type"]["summary"] = EVIL.into();
    document["samples"][0]["species_name"] = EVIL.into();
    document["experiments"][0][EVIL] = EVIL.into();
    for track in document["tracks"].as_array_mut().unwrap() {
        track["label_long"] = EVIL.into();
        track["label_short"] = EVIL.into();
        track["type_of_condensed_data"] = EVIL.into();
    }
    document["tracks"][0]["local_id"] = EVIL.into();
    document["tracks"][1]["file_name"] = EVIL.into();
    document["tracks"][2]["checksum"]["cs_hash"] = EVIL.into();
    document["tracks"][3]["file_url"] = format!("https://h.example/{EVIL}").into();
    document["tracks"][4]["file_format"] = json!({"term_id": EVIL, "term_label": EVIL});
    document["tracks"][5]["assembly_name"] = EVIL.into();
    let path = folder().join("evil.json");
    fs::write(&path, document.to_string()).unwrap();
    path
}

fn spoken(outcome: &Outcome) {
    no_hidden("standard error", &outcome.stderr);
    no_hidden("standard output", &outcome.stdout);
}

/// All texts of `galaxy.json`.
fn texts(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::String(text) => found.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Json::Object(members) => members.iter().for_each(|(key, value)| {
            found.push(key.clone());
            texts(value, found);
        }),
        _ => {}
    }
}

fn galaxy_json(text: &str) {
    let mut found = Vec::new();
    texts(&serde_json::from_str(text).unwrap(), &mut found);
    for text in found {
        no_hidden("galaxy.json", &text);
        assert!(!text.contains('\n'), "galaxy.json: {text}");
    }
}

/// Looks through all that a tool wrote into its folder.
fn written(folder: &Path, given: &[&str]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() || given.contains(&name.as_str()) {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("md") => no_directive(&name, &text),
            Some("tsv") => {
                no_hidden(&name, &text);
                let cells = text.lines().flat_map(|line| line.split('\t'));
                assert!(cells.clone().count() > 1, "{name}");
                cells.for_each(|cell| assert!(!cell.starts_with('='), "{name}: {cell}"));
            }
            _ if name == "galaxy.json" => galaxy_json(&text),
            _ => {}
        }
    }
}

#[test]
fn search_catalog_and_check_write_nothing_that_is_obeyed() {
    let document = evil_document();
    let document = document.to_str().unwrap();
    let place = folder();
    let at = |name: &str| place.join(name).to_str().unwrap().to_owned();
    let bin = env!("CARGO_BIN_EXE_fairtracks_search");
    let query = ["--document", document, "--query", "true"];
    let [hits, table, metadata, report] =
        ["hits.json", "hits.tsv", "galaxy.json", "report.md"].map(at);
    let outputs = [
        "--columns",
        "all",
        "--output-report",
        &report,
        "--output-document",
        &hits,
        "--output-table",
        &table,
        "--galaxy-metadata",
        &metadata,
    ];
    let outcome = run(bin, &[&query[..], &outputs].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    spoken(&outcome);
    spoken(&run(bin, &query));
    let asked = format!(
        "tracks.content->'label_long' ? E'\u{1b}\u{202e}' AND samples.content->>'x' = '{}'",
        EVIL.replace('\n', " ")
    );
    for more in [&[][..], &["--explain"]] {
        spoken(&run(
            bin,
            &[&["--document", document, "--query", &asked], more].concat(),
        ));
    }
    // The document of hits is a document: its texts are those of the source.
    let found: Json = serde_json::from_str(&fs::read_to_string(&hits).unwrap()).unwrap();
    assert_eq!(found["tracks"][0]["label_long"], EVIL);

    let asked = ["--document", document];
    let outcome = run_in(CATALOG, &place, &[&asked[..], &CATALOG_OUTPUTS].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    spoken(&outcome);
    spoken(&run(CATALOG, &asked));

    let [table, report, metadata] = ["findings.tsv", "check.md", "galaxy.json"].map(at);
    let outputs = [
        "--output-table",
        &table,
        "--output-report",
        &report,
        "--galaxy-metadata",
        &metadata,
    ];
    let bin = env!("CARGO_BIN_EXE_fairtracks_check");
    let outcome = run(bin, &[&[document][..], &outputs].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    spoken(&outcome);
    written(&place, &["hits.json"]);
}

fn came(came: &Outcome, given: &[&str]) {
    no_hidden("standard error", &came.stderr);
    no_hidden("standard output", &came.stdout);
    written(&came.folder, given);
    for (name, bytes) in came.everything() {
        if name.ends_with(".html") {
            no_hidden(&name, &String::from_utf8(bytes).unwrap());
        }
    }
}

#[test]
fn import_follow_and_package_write_nothing_that_is_obeyed() {
    for options in [&[][..], &["--identifiers", "label", "--sample-sheet"]] {
        let imported = import(&[&evil_document()], options);
        assert_eq!(imported.status, 0, "{}", imported.stderr);
        came(&imported, &[]);
    }
    let imported = import(&[&evil_document()], &[]);
    let mut galaxy = Galaxy::default();
    let ids = galaxy.imported(&imported);
    let result = galaxy.run(EVIL, &[&ids[0]], "chr1\t1\t9\n");
    for key in ["name", "element_identifier"] {
        galaxy.dataset_mut(&result)[key] = EVIL.into();
    }
    galaxy.dataset_mut(&result)["tags"] = json!([EVIL]);
    galaxy.jobs[1]["parameters"] = json!({ "p": EVIL, EVIL: 1 });
    let crates = support::following::crates(&imported);
    let followed = galaxy.follow(&[&result], &crates, &[]);
    assert_eq!(followed.status, 0, "{}", followed.stderr);
    came(&followed, &["described.json", "lineage.json", "used.json"]);
    let mut all = crates;
    all.extend(support::following::crates(&followed));
    let packed = package(
        &[Given::new(EVIL, "bed", "chr1\t1\t9\n")],
        &all,
        &[
            "--title",
            EVIL,
            "--creator",
            "Ann Other",
            "--licence",
            "CC-BY-4.0",
        ],
    );
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    no_hidden("standard error", &packed.stderr);
    written(&packed.folder, &["described.json"]);
    for (name, bytes) in packed.opened().files {
        let text = String::from_utf8_lossy(&bytes);
        match name.rsplit('.').next() {
            Some("md") => no_directive(&name, &text),
            Some("html" | "cff" | "tsv") => no_hidden(&name, &text),
            _ => {}
        }
    }
}

#[test]
fn messages_that_quote_what_was_given_are_harmless() {
    let evil = "a\u{1b}[31m\u{202e}\u{9b}b";
    let odd = folder().join(evil);
    fs::write(&odd, format!("{{\"{evil}")).unwrap();
    let odd = odd.to_str().unwrap();
    let place = folder();
    let place = place.to_str().unwrap();
    for (bin, arguments) in [
        (
            env!("CARGO_BIN_EXE_fairtracks_search"),
            &["--document", odd, "--query", "true"][..],
        ),
        (
            env!("CARGO_BIN_EXE_fairtracks_search"),
            &["--document", evil, "--query", evil],
        ),
        (
            env!("CARGO_BIN_EXE_fairtracks_search"),
            &["--document", odd, "--query", "true", "--date", evil],
        ),
        (env!("CARGO_BIN_EXE_fairtracks_search"), &[evil]),
        (
            env!("CARGO_BIN_EXE_fairtracks_catalog"),
            &["--document", odd],
        ),
        (
            env!("CARGO_BIN_EXE_fairtracks_catalog"),
            &["--server", evil],
        ),
        (env!("CARGO_BIN_EXE_fairtracks_check"), &[odd]),
        (env!("CARGO_BIN_EXE_fairtracks_check"), &[evil]),
        (
            env!("CARGO_BIN_EXE_fairtracks_import"),
            &[odd, "--output-folder", place],
        ),
        (
            env!("CARGO_BIN_EXE_fairtracks_import"),
            &["--peaks", evil, odd, "--output-folder", place],
        ),
        (
            env!("CARGO_BIN_EXE_fairtracks_follow"),
            &[evil, "--described", odd],
        ),
        (
            env!("CARGO_BIN_EXE_fairtracks_package"),
            &[evil, "--described", odd],
        ),
        (
            env!("CARGO_BIN_EXE_fairtracks_serve"),
            &["--bind", evil, odd],
        ),
    ] {
        let outcome = run(bin, arguments);
        assert!(outcome.status > 0, "{bin} {arguments:?}");
        assert!(!outcome.stderr.is_empty(), "{bin} {arguments:?}");
        spoken(&outcome);
    }
    let outcome = run(
        env!("CARGO_BIN_EXE_fairtracks_search"),
        &["--no-such-option", evil],
    );
    assert_eq!(outcome.status, 2);
    assert!(
        outcome.stderr.contains("--no-such-option") && outcome.stderr.contains("Usage"),
        "{outcome:?}"
    );
    let help = run(env!("CARGO_BIN_EXE_fairtracks_search"), &["--help"]);
    assert!(
        help.status == 0 && help.stdout.contains("--query") && help.stderr.is_empty(),
        "{help:?}"
    );
}
