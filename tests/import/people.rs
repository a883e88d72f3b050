//! The light crates of `fairtracks_import`: people and licence, the page to look at, and what it all costs.

use std::io::Write as _;

use crate::support::Outcome;
use crate::support::importing::{CREDITS, NINE, Opened, import, nine, with_track};
use crate::support::project;
use serde_json::Value as Json;

const BED: &str = "example:cells_dnase";

fn all(came: &Outcome) -> Vec<(String, Opened)> {
    let names = came.names("output_crates").into_iter();
    names
        .map(|name| (name.clone(), came.crate_of(&name)))
        .collect()
}

#[test]
fn person_organisation_and_licence_are_in_the_crate_where_they_are_given() {
    let given = CREDITS;
    let crate_ = nine(&given).crate_of(BED);
    let root = crate_.root();
    let person = crate_.follow(root, "author")[0];
    assert_eq!(person["@id"], "https://orcid.org/0000-0002-1825-0097");
    assert_eq!(person["@type"], "Person");
    let organisation = crate_.follow(root, "publisher")[0];
    assert_eq!(organisation["@id"], "https://ror.org/05gq02987");
    assert_eq!(organisation["name"], "Brown University");
    assert_eq!(person["affiliation"]["@id"], organisation["@id"]);
    assert!(
        crate_.follow(root, "license")[0]["@id"]
            .as_str()
            .unwrap()
            .ends_with("CC-BY-4.0")
    );
    assert_eq!(
        crate_.of_type("CreateAction")[0]["agent"]["@id"],
        person["@id"]
    );
    let bare = nine(&[]).crate_of(BED);
    assert!(bare.root().get("author").is_none() && bare.root().get("publisher").is_none());
    let licence = bare.follow(bare.root(), "license")[0].to_string();
    assert!(
        licence.contains("Not stated") && licence.contains("ask the provider"),
        "{licence}"
    );
}

#[test]
fn the_page_runs_nothing_holds_the_same_metadata_and_escapes_every_text() {
    let label = "</title></script><script>alert('ø')</script>&amp;";
    let document = with_track(|track| track["label_long"] = label.into());
    let came = import(
        &[&document],
        &["--creator-name", "<img src=x onerror=alert(1)>"],
    );
    for crate_ in [came.crate_of(BED), nine(&[]).crate_of(BED)] {
        let page = crate_.preview();
        let data = page
            .split("<script type=\"application/ld+json\">")
            .nth(1)
            .unwrap();
        let data = data.split("</script>").next().unwrap();
        assert_eq!(serde_json::from_str::<Json>(data).unwrap(), crate_.metadata);
        let lower = page.to_lowercase();
        assert_eq!(lower.matches("<script").count(), 1, "{page}");
        for live in [
            "javascript:",
            "<img",
            "<iframe",
            "<link",
            "@import",
            "<title></title>",
            " onload=",
        ] {
            assert!(!lower.contains(live), "{live}: {page}");
        }
        assert!(
            !crate_
                .order
                .iter()
                .any(|name| name.starts_with("ro-crate-preview_files"))
        );
        let about = crate_.track()["name"].as_str().unwrap();
        assert!(about == label || page.contains(&format!("<h1>{about}</h1>")));
    }
    let page = came.crate_of(BED).preview();
    assert!(page.contains("&lt;script&gt;alert("), "{page}");
    for expected in [
        "K562",
        "Homo sapiens",
        "DNaseI_hypersensitive_site",
        "hg38",
        "78 bytes",
        "verified",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
}

#[test]
fn the_metadata_of_a_track_costs_less_than_3000_bytes() {
    for options in [&[][..], &CREDITS] {
        for (name, crate_) in all(&nine(options)) {
            let mut encoder =
                flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            encoder
                .write_all(&crate_.files["ro-crate-metadata.json"])
                .unwrap();
            let length = encoder.finish().unwrap().len();
            assert!(length < 3000, "{name}: {length}");
        }
    }
}

#[test]
fn people_and_licences_that_are_none_are_refused_with_what_is_expected() {
    for (option, value, expected) in [
        ("--creator-orcid", "0000-0002-1825-0098", "ORCID"),
        ("--creator-orcid", "me", "ORCID"),
        ("--organisation-ror", "not a ror", "ROR"),
        ("--licence", "javascript:alert(1)", "SPDX"),
    ] {
        let people = ["--creator-name", "Ada", "--organisation-name", "Org"];
        let came = import(&[&project(NINE)], &[&people[..], &[option, value]].concat());
        assert_eq!(came.status, 1, "{option} {value}: {}", came.stderr);
        assert!(
            came.stderr.contains(expected) && came.stderr.contains(value),
            "{}",
            came.stderr
        );
        assert!(came.files().is_empty(), "{option}");
    }
}
