//! GSuite files that are written: the HyperBrowser's parser takes each of them, and ours reads the same in it.

use crate::support::hyperbrowser;
use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use fairtracks::fairtracks::hit::Hit;
use fairtracks::gsuite::{self, read};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn tracks(document: &Document) -> Vec<&Json> {
    document.objects(Category::Tracks)
}

fn written(objects: &[Json]) -> gsuite::Suite {
    let hits: Vec<Hit<'_>> = objects
        .iter()
        .map(|track| Hit::new(vec![(Category::Tracks, track)]))
        .collect();
    gsuite::write(&hits)
}

#[test]
fn a_track_that_would_break_the_file_is_left_out_and_named() {
    let track = |id: &str, url: &str| json!({"local_id": id, "file_url": url, "label_short": "t", "assembly_name": "x:1"});
    let suite = written(&[
        track("a\tb", "https://user:secret@example.org/a.bed?download"),
        track("good", "https://example.org/b;x.bed?file=1"),
        track("none", ""),
    ]);
    let found = hyperbrowser::parse(&suite.text).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].uri.as_str(), found[0].genome.as_str()),
        ("https://example.org/b%3Bx.bed?file=1", "x:1")
    );
    let named: Vec<&str> = suite
        .text
        .lines()
        .take_while(|line| line.starts_with("# "))
        .collect();
    assert_eq!(named.len(), 2, "{}", suite.text);
    assert!(
        named[0].ends_with(": a%09b") && !suite.text.contains("secret"),
        "{}",
        suite.text
    );
    assert!(
        suite.left_out[0].reason.contains("`download`"),
        "{:?}",
        suite.left_out
    );
}

#[test]
fn columns_never_have_names_or_values_that_mean_something_else() {
    let suite = written(&[
        json!({"local_id": ".", "file_url": "https://example.org/a.vcf", "label_short": "", "file_type": "x",
        "": "empty", " ": "blank", "title": "y", "Title": "z", "a%41": ".", "é": "b", "assembly_name": "unknown"}),
    ]);
    let found = &hyperbrowser::parse(&suite.text).unwrap()[0];
    assert_eq!(
        (found.title.as_str(), found.genome.as_str()),
        ("%2E", "unknown")
    );
    let values: Vec<&str> = found.attributes.values().map(String::as_str).collect();
    for value in ["x", "empty", "blank", "y", "z", ".", "b"] {
        assert!(values.contains(&value), "{value}: {values:?}");
    }
}

/// Texts with all that GSuite gives a meaning to.
fn odd_text() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a",
        "B",
        ".",
        " ",
        "\t",
        "\n",
        "\r",
        "#",
        "%",
        "%41",
        ":",
        ";",
        "=",
        "&",
        "?",
        "/",
        "é",
        "\u{1F9EC}",
        "\u{7f}",
        "\u{1b}",
        "unknown",
        "multiple",
        "->",
        ",",
        "\"",
        "title",
        "uri",
        "file_type",
        "genome",
        "(2)",
        "[",
        "]",
        "@",
        ".bed",
        ".gz",
    ]);
    prop::collection::vec(parts, 0..5).prop_map(|parts| parts.concat())
}

fn odd_url() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "https://x.example/",
        "http://x.example",
        "ftp://x.example/a;",
        "rsync://",
        "s3://x/",
        "HTTPS://u:p@x.example:80/",
        "",
    ]);
    (start, odd_text()).prop_map(|(start, rest)| start.to_owned() + &rest)
}

fn odd_track() -> impl Strategy<Value = Json> {
    let kind = prop::sample::select(vec!["Segments", "Points", "Valued segments", "Blobs", ""]);
    let more = prop::collection::btree_map(odd_text(), odd_text(), 0..4);
    (odd_text(), odd_url(), odd_text(), odd_text(), kind, more).prop_map(
        |(id, url, label, genome, kind, more)| {
            let mut track = json!(more);
            for (key, value) in [
                ("local_id", id),
                ("file_url", url),
                ("label_short", label),
                ("assembly_name", genome),
            ] {
                track[key] = value.into();
            }
            track["geometric_track_type"] = kind.into();
            track
        },
    )
}

proptest! {
    #[test]
    fn whatever_is_written_the_original_parser_takes_and_ours_reads_again(objects in prop::collection::vec(odd_track(), 0..4)) {
        let suite = written(&objects);
        let found = hyperbrowser::parse(&suite.text);
        prop_assert!(found.is_ok(), "{}: {:?}", suite.text, found);
        let found = found.unwrap();
        prop_assert_eq!(found.len() + suite.left_out.len(), objects.len());
        let again = read(suite.text.as_bytes());
        prop_assert!(again.is_ok(), "{}: {:?}", suite.text, again);
        let again = again.unwrap();
        let left_out: Vec<&str> = suite.left_out.iter().map(|track| track.local_id.as_str()).collect();
        prop_assert_eq!(tracks(&again).len(), found.len());
        for (track, read) in found.iter().zip(tracks(&again)) {
            prop_assert_eq!(&read["file_url"], &json!(track.uri));
            let kind = read.get("geometric_track_type").and_then(Json::as_str).unwrap_or("unknown");
            prop_assert!(track.kind == "unknown" || track.kind == kind.to_lowercase());
        }
        // Where none is left out, what stands in a column of its own comes back as it was.
        if left_out.is_empty() {
            for (object, track) in objects.iter().zip(&found) {
                let label = object["label_short"].as_str().unwrap().trim();
                let kept = track.attributes.get("label_short").map(String::as_str).unwrap_or_default();
                prop_assert_eq!(label, kept.trim());
                let title = percent_decode_str(&track.title).decode_utf8_lossy().into_owned();
                prop_assert!(label.is_empty() || title.starts_with(label), "{} {}", title, label);
            }
        }
    }

    #[test]
    fn no_text_breaks_the_reader(lines in prop::collection::vec((prop::sample::select(vec!["", "#", "##", "###", "####", "https://x.example/"]), odd_text()), 0..8)) {
        let text: String = lines.iter().map(|(start, rest)| format!("{start}{rest}\n")).collect();
        let _ = read(text.as_bytes());
    }
}
