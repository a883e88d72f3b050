//! Passwords, tokens and keys are used for what they are for, and are written and said nowhere else.

use crate::support;
use std::fs;
use std::path::PathBuf;

use crate::support::following::Galaxy;
use crate::support::importing::{NINE, import_from};
use crate::support::running::{CATALOG, CATALOG_OUTPUTS, run_in};
use crate::support::{folder, run, text};
use serde_json::{Value as Json, json};

/// Each plant is a secret; none may be written.
const PLANTS: [&str; 8] = [
    "Pl4ntedPassword",
    "pl4ntedToken99887766",
    "pl4ntedSignature",
    "AKIAPL4NTEDPLANTEDAB",
    "ann:",
    "pl4ntedCookie",
    "pl4ntedKey",
    "pl4ntedFragment",
];

const ADDRESS: &str = "https://ann:Pl4ntedPassword@odd.example.org/x.bed?part=1&token=pl4ntedToken99887766&X-Amz-Signature=pl4ntedSignature\
                       &X-Amz-Credential=AKIAPL4NTEDPLANTEDAB#access_token=pl4ntedFragment";

/// A document with secrets in addresses, in text around addresses, in keys and in members that are named as secrets.
fn planted() -> Json {
    let mut document: Json = serde_json::from_str(&text(NINE)).unwrap();
    document["doc_info"]["doc_url"] =
        "https://ann:Pl4ntedPassword@h.example/d.json?token=pl4ntedToken99887766".into();
    document["collection_info"]["source_repo_url"] =
        "https://h.example/#access_token=pl4ntedFragment".into();
    document["collection_info"]["long_name"] =
        "Tracks of https://ann:Pl4ntedPassword@h.example/".into();
    document["collection_info"]["api_key"] = "pl4ntedKey".into();
    let study = &mut document["studies"][0];
    study["study_name"] = "Log in as ann, password: Pl4ntedPassword".into();
    study["note"] = "see https://ann:Pl4ntedPassword@h.example/z?token=pl4ntedToken99887766, and the password of the portal is not needed".into();
    study["curl"] = "curl -H 'Authorization: Bearer pl4ntedToken99887766' -H \"Cookie: a=pl4ntedCookie\" --token pl4ntedKey1".into();
    document["samples"][0]["sample_type"]["summary"] = "cells, pw is Pl4ntedPassword".into();
    document["experiments"][0]["deep"] = json!([{"u": ["ftp://ann:Pl4ntedPassword@h.example"]}, {"name": "password", "value": "Pl4ntedPassword"}]);
    document["experiments"][0]["https://ann:Pl4ntedPassword@h.example/k"] = "x".into();
    let tracks = document["tracks"].as_array_mut().unwrap();
    tracks.truncate(3);
    for track in tracks.iter_mut() {
        track.as_object_mut().unwrap().remove("checksum");
        track["label_long"] =
            "from https://ann:Pl4ntedPassword@h.example/?sig=pl4ntedSignature".into();
        track["file_name"] = "x.bed".into();
        track["file_format"] =
            json!({"term_id": "http://edamontology.org/format_3003", "term_label": "BED"});
    }
    tracks[0]["file_url"] = ADDRESS.into();
    tracks[1]["file_url"] = "https://odd.example.org/missing.bed?private_link=pl4ntedKey1".into();
    tracks[2]["file_url"] = "rsync://ann:Pl4ntedPassword@odd.example.org/x.bed".into();
    tracks[0]["raw_file_urls"] = json!([
        "https://a.example/x",
        "https://ann:Pl4ntedPassword@h.example/raw"
    ]);
    tracks[1]["local_id"] = "https://ann:Pl4ntedPassword@h.example/id".into();
    document
}

fn path_of(document: &Json) -> PathBuf {
    let path = folder().join("planted.json");
    fs::write(&path, document.to_string()).unwrap();
    path
}

fn nowhere(place: &str, text: &str) {
    for plant in PLANTS {
        assert!(!text.contains(plant), "{plant} in {place}: {text}");
    }
}

#[test]
fn a_search_shows_none_and_its_hits_can_still_be_fetched() {
    let path = path_of(&planted());
    let place = folder();
    let at = |name: &str| place.join(name).to_str().unwrap().to_owned();
    let [document, table, gsuite] = ["hits.json", "hits.tsv", "hits.gsuite"].map(at);
    let [report, metadata] = ["report.md", "galaxy.json"].map(at);
    let bin = env!("CARGO_BIN_EXE_fairtracks_search");
    let query = "true OR tracks.content->>'file_url' = 'https://ann:Pl4ntedPassword@h.example/'";
    let asked = [
        "--document",
        path.to_str().unwrap(),
        "--query",
        query,
        "--augment",
    ];
    let outputs = [
        "--columns",
        "all",
        "--output-report",
        &report,
        "--galaxy-metadata",
        &metadata,
        "--output-document",
        &document,
        "--output-table",
        &table,
        "--output-gsuite",
        &gsuite,
    ];
    let outcome = run(bin, &[&asked[..], &outputs].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    nowhere("standard error", &outcome.stderr);
    for file in [&table, &report, &metadata] {
        nowhere(file, &fs::read_to_string(file).unwrap());
    }
    for printed in [&[][..], &["--explain"]] {
        let outcome = run(bin, &[&asked[..], printed].concat());
        nowhere("standard output", &outcome.stdout);
        nowhere("standard error", &outcome.stderr);
    }
    let hits: Json = serde_json::from_str(&fs::read_to_string(&document).unwrap()).unwrap();
    assert_eq!(
        hits["tracks"][0]["file_url"], ADDRESS,
        "import fetches from it"
    );
    nowhere("provenance", &hits["subset_of"].to_string());
    assert!(
        fs::read_to_string(&gsuite)
            .unwrap()
            .contains("pl4ntedToken99887766"),
        "import fetches from it"
    );

    let odd = folder();
    fs::write(odd.join("x.bed"), "chr1\t1\t2\n").unwrap();
    for source in [document, gsuite] {
        let came = import_from(&odd, "", &[source.as_ref()], &["--sample-sheet"]);
        assert_eq!(came.status, 0, "{}", came.stderr);
        assert!(
            came.column("status").contains(&"imported".to_owned()),
            "{:?}",
            came.rows()
        );
        for plant in PLANTS {
            came.assert_nowhere(plant);
        }
    }
}

#[test]
fn a_catalog_and_a_check_show_none() {
    let path = path_of(&planted());
    let path = path.to_str().unwrap();
    let place = folder();
    let at = |name: &str| place.join(name).to_str().unwrap().to_owned();
    let asked = ["--document", path];
    let outcome = run_in(CATALOG, &place, &[&asked[..], &CATALOG_OUTPUTS].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    nowhere("standard error", &outcome.stderr);
    for name in ["values.tsv", "form.tsv", "report.md", "galaxy.json"] {
        nowhere(name, &outcome.text(name));
    }
    let report = outcome.text("report.md");
    assert!(report.contains("user name, password or key in a URL"));
    nowhere("standard output", &run(CATALOG, &asked).stdout);

    let names = ["findings.tsv", "check.md"];
    let [table, report] = names.map(at);
    let bin = env!("CARGO_BIN_EXE_fairtracks_check");
    let mut faulty = planted();
    for track in faulty["tracks"].as_array_mut().unwrap() {
        // Long enough to be cut where it is shown.
        track["file_url"] = format!(
            "https://ann:Pl4ntedPassword{}@h.example/a b",
            "x".repeat(200)
        )
        .into();
        track["assembly_id"] = "password: Pl4ntedPassword".into();
    }
    let faulty = path_of(&faulty);
    let outcome = run(
        bin,
        &[
            faulty.to_str().unwrap(),
            "--output-table",
            &table,
            "--output-report",
            &report,
        ],
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    nowhere("standard error", &outcome.stderr);
    names
        .iter()
        .for_each(|name| nowhere(name, &fs::read_to_string(at(name)).unwrap()));
}

#[test]
fn an_import_carries_none_on_and_keeps_what_is_none() {
    let odd = folder();
    fs::write(odd.join("x.bed"), "chr1\t1\t2\n").unwrap();
    let mut document = planted();
    let kept = "GATTACAGATTACAGATTACAGATTACAGATTACA, md5: d41d8cd98f00b204e9800998ecf8427e, doi:10.1038/nature11247, \
                orcid:0000-0002-1825-0097, urn:uuid:0b8a7f3e-3c4d-4e5f-8a9b-0c1d2e3f4a5b, https://h.example/?key=tracks/peaks.bed; \
                the password of the portal is not needed";
    document["studies"][0]["kept"] = kept.into();
    let came = import_from(&odd, "", &[&path_of(&document)], &["--sample-sheet"]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    for plant in PLANTS {
        came.assert_nowhere(plant);
    }
    let name = &came.names("output_crates")[0];
    let inside = came.crate_of(name).document();
    assert_eq!(inside["studies"][0]["kept"], kept);
    assert_eq!(
        inside["studies"][0]["note"],
        "see https://h.example/z, and the password of the portal is not needed"
    );
    assert_eq!(
        inside["tracks"][0]["file_url"],
        "https://odd.example.org/x.bed?part=1"
    );
}

#[test]
fn messages_that_quote_an_address_have_none() {
    let address = "https://ann:Pl4ntedPassword@127.0.0.1:1/?token=pl4ntedToken99887766";
    for (bin, arguments) in [
        (
            env!("CARGO_BIN_EXE_fairtracks_search"),
            &[
                "--server",
                address,
                "--repository",
                "a",
                "--hub",
                "b",
                "--query",
                "true",
            ][..],
        ),
        (
            env!("CARGO_BIN_EXE_fairtracks_catalog"),
            &["--server", address],
        ),
        (env!("CARGO_BIN_EXE_fairtracks_check"), &[address]),
        (
            env!("CARGO_BIN_EXE_fairtracks_search"),
            &["--document", "x", "--query", "true", "--date", address],
        ),
        (env!("CARGO_BIN_EXE_fairtracks_search"), &[address]),
    ] {
        let outcome = run(bin, arguments);
        assert!(
            outcome.status > 0 && !outcome.stderr.is_empty(),
            "{outcome:?}"
        );
        nowhere("standard error", &outcome.stderr);
    }
}

#[test]
fn lineage_has_none_however_it_came() {
    let imported = support::importing::nine(&[]);
    let mut galaxy = Galaxy::default();
    let ids = galaxy.imported(&imported);
    let between = galaxy.run(
        "toolshed.example/repos/ann@private.example/sort/1.0",
        &[&ids[0]],
        "chr1\t1\t8\n",
    );
    let result = galaxy.run("cat1", &[&between], "chr1\t1\t9\n");
    galaxy.jobs[1]["parameters"] = json!({
        "api_key": "pl4ntedKey", "note": "Pl4ntedPassword", "header": "Bearer pl4ntedToken99887766", "user_name": "pl4ntedKey1",
        "cmd": "curl -H \"X-Api: pl4ntedKey\" ftp://ann:Pl4ntedPassword@h/", "opt": "--token pl4ntedKey", "b64": "pl4ntedKey",
        "url": "https://ann:Pl4ntedPassword@h.example/x?rlkey=pl4ntedKey", "text": "Cookie: a=pl4ntedCookie",
        "json": "{\"password\": \"Pl4ntedPassword\", \"kept\": 7}", "list": ["a", "password: Pl4ntedPassword"],
        "any": "pl4ntedToken99887766", "nested": {"a": {"X-Api": "pl4ntedKey"}}, "mail": "ann (at) private.example",
        "code": "c1 > 0 && c2 == \"x\"", "key": "column 2", "keep_header": true, "note_count": 3
    });
    let names = [
        "password: Pl4ntedPassword",
        "pw is Pl4ntedPassword",
        "Authorization: Bearer pl4ntedToken99887766",
        "https://ann:Pl4ntedPassword@h.example/x?jsessionid=pl4ntedKey",
        "of ann.b (at) private.example",
    ];
    for name in names {
        for key in ["name", "element_identifier"] {
            galaxy.dataset_mut(&between)[key] = name.into();
        }
        galaxy.dataset_mut(&between)["tags"] = json!([name]);
        galaxy.dataset_mut(&between)["sources"] = json!([{"url": name}, {"url": ADDRESS}]);
        let followed = galaxy.follow(&[&result], &support::following::crates(&imported), &[]);
        assert_eq!(followed.status, 0, "{}", followed.stderr);
        for (place, bytes) in followed.everything() {
            if !["lineage.json", "described.json"].contains(&place.as_str()) {
                let text = String::from_utf8_lossy(&bytes);
                nowhere(&place, &text);
                assert!(!text.contains("private.example"), "{place}: {text}");
            }
        }
        let used: Json = serde_json::from_slice(&followed.files()["used.json"]).unwrap();
        let job = used["jobs"]
            .as_array()
            .unwrap()
            .iter()
            .find(|job| job["id"] == "job1")
            .unwrap();
        assert_eq!(
            job["parameters"],
            json!({
                "code": "c1 > 0 && c2 == \"x\"", "json|kept": 7, "keep_header": true, "key": "column 2", "note_count": 3,
                "url": "https://h.example/x"
            })
        );
    }
}
