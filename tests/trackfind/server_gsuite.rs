//! GSuite from the service: as TrackFind's converter writes it, and as ours.

use crate::support::service::{ask, changed, faithful, sane, text, twin};
use fairtracks::gsuite;
use fairtracks::trackfind::server::Service;
use serde_json::{Value as Json, json};

const CHOSEN: &str =
    "tracks.content->'file_url',tracks.content->'label_short',tracks.content->'assembly_name'";

fn suite(service: &Service, parameters: &[(&str, &str)]) -> (u16, String) {
    let parameters = [&[("query", "true")], parameters].concat();
    let path = "/api/v1/search/Example/Example";
    let answer = ask(service, path, &parameters, Some("text/plain"));
    (answer.status, text(&answer).to_owned())
}

/// The lines of a suite that is there, cell by cell, without its headers.
fn cells(service: &Service, parameters: &[(&str, &str)]) -> Vec<Vec<String>> {
    let (status, suite) = suite(service, parameters);
    assert_eq!(status, 200, "{suite}");
    let lines = suite.lines().skip(4);
    lines
        .map(|line| {
            line.trim_start_matches('#')
                .split('\t')
                .map(str::to_owned)
                .collect()
        })
        .collect()
}

fn column(cells: &[Vec<String>], name: &str) -> Vec<String> {
    let place = cells[0].iter().position(|column| column == name).unwrap();
    cells[1..].iter().map(|line| line[place].clone()).collect()
}

#[test]
fn ports_titles_and_missing_values_are_written_as_the_converter_writes_them() {
    let service = changed(faithful(), |document| {
        let track = &mut document["tracks"][0];
        track["file_url"] = "http://localhost:8080/a b?x=/y".into();
        track["label_short"] = "same".into();
        track["label_long"] = "100%25 of all".into();
        track["only_here"] = json!(5);
        document["tracks"][2]["label_short"] = "same".into();
    });
    let cells = cells(&service, &[]);
    // An object of more members is the greater one, so that this track comes last.
    assert_eq!(
        column(&cells, "uri")[3],
        "http://localhost%3A8080/a%20b?x=%2Fy"
    );
    let titles = column(&cells, "title");
    assert_eq!([&titles[0], &titles[3]], ["same", "same (2)"]);
    let labels = column(&cells, "label_short");
    assert_eq!([&labels[0], &labels[3]], ["same", "same"]);
    assert_eq!(column(&cells, "label_long")[3], "100% of all");
    assert_eq!(column(&cells, "only_here"), [".", ".", ".", "5.0"]);
    assert!(!cells[0].iter().any(|name| name.starts_with("doc_info")));
}

#[test]
fn genomes_that_differ_get_a_column() {
    let service = changed(faithful(), |document| {
        document["tracks"][0]["assembly_name"] = "hg19".into();
    });
    assert!(suite(&service, &[]).1.contains("\n##genome: multiple\n"));
    assert_eq!(
        column(&cells(&service, &[]), "genome"),
        ["hg19", "hg38", "hg38", "hg38"]
    );
}

#[test]
fn one_odd_track_fails_the_whole_export() {
    let odd: [(&str, Json); 7] = [
        ("label_long", "naïve".into()),
        ("raw_file_ids", json!([{"id": "a"}])),
        ("file_url", "s3://bucket/a.bed".into()),
        ("file_url", "https://tracks.example.org/a#b".into()),
        ("file_url", "https://tracks.example.org/a?b".into()),
        ("label_short", Json::Null),
        ("assembly_name", "".into()),
    ];
    for (key, value) in odd {
        let change = |document: &mut Json| document["tracks"][0][key] = value.clone();
        assert_eq!(suite(&changed(faithful(), change), &[]).0, 500, "{key}");
        assert_eq!(suite(&changed(sane(), change), &[]).0, 200, "{key}");
    }
    let lists = |document: &mut Json| document["tracks"][0]["raw_file_ids"] = json!(["naïve"]);
    assert_eq!(suite(&changed(faithful(), lists), &[]).0, 200);
    let no_address = |document: &mut Json| document["tracks"][0]["file_url"] = "".into();
    assert_eq!(cells(&changed(faithful(), no_address), &[]).len(), 1 + 3);
}

#[test]
fn attributes_can_be_chosen() {
    let service = twin(faithful());
    let more = format!(
        "{CHOSEN},samples.content->'sample_type'->'summary',tracks.content->'raw_file_ids'"
    );
    let chosen = cells(&service, &[("attributes", &more)]);
    let mut names = chosen[0].clone();
    names.sort();
    assert_eq!(
        names,
        [
            "assembly_name",
            "label_short",
            "raw_file_ids",
            "samples->sample_type->summary",
            "title",
            "uri"
        ]
    );
    // Without an address there is no track; without a title everything fails.
    let missing = |without: &str| {
        let attributes = CHOSEN.replace(without, "tracks.content->'checksum'->'cs_hash'");
        suite(&service, &[("attributes", &attributes)])
    };
    assert_eq!(missing("tracks.content->'file_url'").1.lines().count(), 4);
    assert_eq!(missing("tracks.content->'label_short'").0, 500);
    // A blank after a comma, an object, a category that is not selected: nothing, and no error.
    for ruined in [
        CHOSEN.replace(",", ", "),
        format!("{CHOSEN},tracks.content->'file_format'"),
        format!("{CHOSEN},nosuch.content->'a'"),
    ] {
        let (status, suite) = suite(&service, &[("attributes", &ruined)]);
        assert_eq!((status, suite.lines().count()), (200, 4), "{ruined}");
    }
}

#[test]
fn our_own_suite_can_be_read_and_keeps_what_every_track_needs() {
    let service = twin(sane());
    let attributes =
        "samples.content->'sample_type'->'summary', tracks.content->'checksum'->'cs_hash'";
    let whole = suite(&service, &[]).1;
    let chosen = suite(&service, &[("attributes", attributes)]).1;
    for suite in [&whole, &chosen] {
        let tracks = gsuite::read(suite.as_bytes()).unwrap();
        assert_eq!(
            Json::from(tracks)
                .pointer("/tracks")
                .unwrap()
                .as_array()
                .unwrap()
                .len(),
            4
        );
    }
    assert!(whole.contains("collection_info->short_name"));
    assert!(!chosen.contains("collection_info->short_name"));
    assert!(chosen.contains("samples->sample_type->summary"));
    let (status, none) = suite(&service, &[("categories", "samples")]);
    assert_eq!((status, none.lines().count()), (200, 4));
}
