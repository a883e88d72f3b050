//! Hubs with faults: each is an error with its file and line, or a row of the table.

use super::hub::{convert_hub, options};
use crate::support::converting::convert_files;
use crate::support::workbooks::zipped;

const HUB: &str =
    "hub h\nshortLabel H\nlongLabel H\nuseOneFile on\nemail a@example.org\n\ngenome hg38\n\n";
const TRACK: &str = "track a\ntype bigWig\nbigDataUrl a.bw\nshortLabel A\nlongLabel A\n\n";

/// The error for a hub in one file, without the first words.
fn refusal(tracks: &str) -> String {
    let text = format!("{HUB}{tracks}");
    let converted = convert_hub(&[("hub.txt", &text)], &options());
    assert_eq!(converted.outcome.status, 1, "{:?}", converted.outcome);
    assert!(converted.document_bytes.is_empty());
    converted.outcome.stderr.trim_end().to_owned()
}

/// The rows of values that are not taken over: place, field and reason.
fn reported(tracks: &str) -> Vec<[String; 3]> {
    let text = format!("{HUB}{TRACK}{tracks}");
    let converted = convert_hub(&[("hub.txt", &text)], &options());
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    let rows = converted.rows_of("not taken over").into_iter();
    rows.map(|row| [row[1].clone(), row[2].clone(), row[5].clone()])
        .collect()
}

#[test]
fn a_hub_without_tracks_is_an_error() {
    assert_eq!(
        refusal("track a\nsuperTrack on\n"),
        "error: hub.txt: found no track with a `bigDataUrl`, expected at least one: add the files of its tracks"
    );
    let converted = convert_hub(&[("trackDb.txt", TRACK)], &options());
    assert_eq!(
        converted.outcome.stderr,
        "error: found no file or several files that start with the setting `hub`, expected one: add the `hub.txt` of one hub\n"
    );
    let two = convert_hub(&[("a/hub.txt", HUB), ("b/hub.txt", HUB)], &options());
    assert_eq!(two.outcome.stderr, converted.outcome.stderr);
}

#[test]
fn includes_stay_in_the_hub_and_end() {
    let include = |first: &str, second: &str| {
        let text = format!("{HUB}{TRACK}include {first}\n");
        let second = format!("include {second}\n");
        let files = [
            ("hub.txt", &text[..]),
            ("b.txt", &second),
            ("x/c.txt", &second),
        ];
        convert_hub(&files, &options()).outcome.stderr
    };
    assert_eq!(
        include("b.txt", "./hub.txt"),
        "error: b.txt, line 1: found `include ./hub.txt` inside of that file, expected no loop: remove the line\n"
    );
    assert_eq!(
        include("b.txt", "x/c.txt"),
        "error: x/c.txt, line 1: found `include x/c.txt` inside of that file, expected no loop: remove the line\n"
    );
    assert_eq!(
        include("../b.txt", ""),
        "error: hub.txt, line 15: found the path `../b.txt`, expected one without `..`\n"
    );
    assert_eq!(
        include("%2e%2e/b.txt", ""),
        "error: hub.txt, line 15: found the path `%2e%2e/b.txt`, expected one without `..`\n"
    );
    assert_eq!(
        include("file:///etc/hosts", ""),
        "error: hub.txt, line 15: found `file:///etc/hosts`, expected a relative path or a URL of http, https or ftp\n"
    );
    assert_eq!(
        include("d.txt", ""),
        "error: hub.txt, line 15: found no file `d.txt`, expected it among the files of the hub: add it\n"
    );
}

#[test]
fn files_that_include_each_other_many_times_are_refused() {
    let twice = |next: usize| format!("include {next}.txt\n\ninclude {next}.txt\n");
    let mut texts: Vec<(String, String)> = (1..20)
        .map(|n| (format!("{n}.txt"), twice(n + 1)))
        .collect();
    texts.push(("20.txt".to_owned(), TRACK.to_owned()));
    texts.push(("hub.txt".to_owned(), format!("{HUB}include 1.txt\n")));
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (&name[..], &text[..]))
        .collect();
    let converted = convert_hub(&files, &options());
    assert!(
        converted
            .outcome
            .stderr
            .contains("found more than 1000 included files, expected fewer"),
        "{:?}",
        converted.outcome
    );
}

#[test]
fn tracks_that_cannot_be_told_apart_are_errors_or_rows() {
    assert_eq!(
        refusal("track a\ntype bigWig\ntrack b\n"),
        "error: hub.txt, line 11: found a second `track` in one stanza, expected a blank line before it"
    );
    assert_eq!(
        refusal("track a\nparent b\nbigDataUrl a.bw\n\ntrack b\nparent a\n"),
        "error: hub.txt, line 10: found parents of `a` that form a loop or are more than 64, expected a tree"
    );
    assert_eq!(
        refusal("genome hg19\n"),
        "error: hub.txt, line 9: found the genome `hg19` beside another one, expected one with `useOneFile on`"
    );
    let place = "hub.txt, line 15".to_owned();
    let row = |field: &str, reason: &str| [place.clone(), field.to_owned(), reason.to_owned()];
    assert_eq!(
        reported(TRACK),
        [row("track", "hub.txt, line 9 has the same name: left out")]
    );
    assert_eq!(
        reported("track b\nparent c\ntype bigWig\nbigDataUrl b.bw\n"),
        [row(
            "parent",
            "found no track of this name, expected the parent of the track"
        )]
    );
    assert_eq!(
        reported("track b\ntype bigWig\n"),
        [row(
            "track",
            "found no `bigDataUrl`, expected one for a track without tracks below it: left out"
        )]
    );
    assert_eq!(
        reported("shortLabel B\nbigDataUrl b.bw\n"),
        [row(
            "shortLabel",
            "found a stanza without `track`, expected the name of a track"
        )]
    );
}

#[test]
fn the_same_name_in_two_genomes_is_two_tracks() {
    let converted = convert_hub(
        &[
            (
                "hub.txt",
                "hub h\nshortLabel H\nlongLabel H\ngenomesFile genomes.txt\nemail a@example.org\n",
            ),
            (
                "genomes.txt",
                "genome hg38\ntrackDb hg38/trackDb.txt\n\ngenome mm10\ntrackDb mm10/trackDb.txt\n\ngenome dm6\ntrackDb dm6/trackDb.txt",
            ),
            ("hg38/trackDb.txt", TRACK),
            ("mm10/trackDb.txt", TRACK.trim_end()),
        ],
        &options(),
    );
    let document = converted.document();
    let tracks = document["tracks"].as_array().unwrap();
    let shown: Vec<String> = tracks
        .iter()
        .map(|track| {
            format!(
                "{} {} {}",
                track["local_id"], track["assembly_name"], track["file_url"]
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "\"h/hg38/a\" \"hg38\" \"https://tracks.example.org/blood/hg38/a.bw\"",
            "\"h/mm10/a\" \"mm10\" \"https://tracks.example.org/blood/mm10/a.bw\""
        ]
    );
    assert_eq!(document["samples"][1]["species_id"], "taxonomy:10090");
    // A genome whose tracks were not saved.
    let refused = converted.rows_of("not taken over");
    assert_eq!(
        refused[0][1..4],
        ["genomes.txt, line 7", "trackDb", "dm6/trackDb.txt"]
    );
}

#[test]
fn values_that_cannot_be_read_are_rows() {
    let fields = |tracks: &str| -> Vec<(String, String)> {
        let rows = reported(tracks).into_iter();
        rows.map(|[_, field, reason]| (field, reason)).collect()
    };
    let track = |line: &str| {
        format!("track b\ntype bigWig\nbigDataUrl b.bw\nshortLabel B\nlongLabel B\n{line}\n")
    };
    let row = |field: &str, reason: &str| (field.to_owned(), reason.to_owned());
    assert_eq!(
        fields(&track("metadata cell_type=\"B cell")),
        [row(
            "samples.sample_type.cell_type",
            "found a quotation mark without its end"
        )]
    );
    assert_eq!(
        fields(&track("metadata B cell_type=\"B cell\"")),
        [row("metadata", "expected a key, `=` and a value")]
    );
    assert_eq!(
        fields(&track("subGroups cell_type=B")),
        [row(
            "samples.sample_type.cell_type",
            "expected a value that a `subGroup` setting of a parent defines"
        )]
    );
    assert_eq!(
        fields(&track("meta M1")),
        [row(
            "meta",
            "found no row of this key, expected one in the table of `metaTab`"
        )]
    );
    assert_eq!(
        fields(&track("metaDataUrl x.tsv\nprimaryKey id")),
        [row(
            "metaDataUrl",
            "found no file of this path, expected it among the files of the hub: table not read"
        )]
    );
}

#[test]
fn bytes_that_are_no_utf_8_are_rows() {
    let mut bytes = format!("{HUB}{TRACK}").into_bytes();
    let label = bytes
        .windows(12)
        .position(|window| window == b"shortLabel A")
        .unwrap();
    bytes[label + 11] = 0xe9;
    let converted = convert_files(&[("hub.txt", &bytes)], &options());
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    let refused = converted.rows_of("not taken over");
    assert_eq!(
        refused[0][1..7],
        [
            "hub.txt, line 9",
            "tracks.label_short",
            "\u{fffd}",
            "hub tracks.label_short",
            "found bytes that are not UTF-8",
            "1"
        ]
    );
    // The label follows from the id instead, which the table states.
    assert_eq!(converted.document()["tracks"][0]["label_short"], "h/hg38/a");
}

#[test]
fn relative_urls_need_the_url_of_the_hub() {
    let text = format!("{HUB}{TRACK}");
    let converted = convert_hub(&[("hub.txt", &text)], &["--source", "hub"]);
    let refused = converted.rows_of("not taken over");
    assert_eq!(refused[0][2..4], ["tracks.file_url", "a.bw"]);
    assert_eq!(
        refused[0][5],
        "found a relative URL, expected the URL of the hub beside it: give the URL of the hub (`--url`)"
    );
    assert!(!String::from_utf8_lossy(&converted.document_bytes).contains("hub.invalid"));
    let wrong = convert_hub(
        &[("hub.txt", &text)],
        &["--source", "hub", "--url", "hub.txt"],
    );
    assert_eq!(wrong.outcome.status, 2);
    let table = convert_files(
        &[("a.csv", b"id\na\n")],
        &["--url", "https://a.example.org/hub.txt"],
    );
    assert_eq!(
        table.outcome.stderr,
        "error: --url: found a URL for tables, expected files: select another `--source`\n"
    );
}

#[test]
fn a_damaged_archive_is_an_error() {
    let text = format!("{HUB}{TRACK}");
    let zip = zipped(&[("hub.txt", &text)]);
    for length in [zip.len() / 2, zip.len() - 1] {
        let converted = convert_files(&[("hub.zip", &zip[..length])], &options());
        assert_eq!(converted.outcome.status, 1);
        assert!(
            converted.outcome.stderr.starts_with("error: hub.zip: "),
            "{:?}",
            converted.outcome
        );
    }
}
