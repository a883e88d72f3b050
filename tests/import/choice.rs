//! `fairtracks_import` with a choice of tracks: by a table, by ids, by the form.

use std::fs;
use std::path::PathBuf;

use crate::support::importing::{NINE, changed, import};
use crate::support::searching::answer;
use crate::support::{Outcome, folder, project};
use serde_json::json;

const CHOSEN: [&str; 2] = ["example:cells_signal", "example:cells_dnase"];

fn table(text: &str) -> PathBuf {
    let path = folder().join("chosen.tsv");
    fs::write(&path, text).unwrap();
    path
}

fn choose(text: &str) -> Outcome {
    let chosen = table(text);
    import(
        &[&project(NINE)],
        &["--choose-table", chosen.to_str().unwrap()],
    )
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}

/// Asserts that the two chosen tracks came, and nothing else.
fn assert_chosen(came: &Outcome) {
    assert_eq!(came.status, 0, "{}", came.stderr);
    let expected = sorted(CHOSEN.map(str::to_owned).to_vec());
    assert_eq!(sorted(came.column("local_id")), expected);
    assert_eq!(sorted(came.names("output_tracks")), expected);
    assert_eq!(sorted(came.names("output_crates")), expected);
    assert_eq!(
        came.files()
            .keys()
            .filter(|name| name.starts_with("tracks/"))
            .count(),
        2
    );
}

/// The table of hits of the search, all lines.
fn hits() -> Vec<String> {
    let rows = answer(NINE, &["--query", "true"]).table;
    rows.into_iter().map(|cells| cells.join("\t")).collect()
}

fn is_chosen(line: &&String) -> bool {
    CHOSEN.iter().any(|id| line.starts_with(&format!("{id}\t")))
}

#[test]
fn the_table_of_hits_with_some_lines_left_chooses_those() {
    let lines = hits();
    let kept: Vec<&String> = lines.iter().filter(is_chosen).collect();
    assert_eq!(kept.len(), 2);
    assert_chosen(&choose(&format!(
        "{}\n{}\n{}\n",
        lines[0], kept[0], kept[1]
    )));
}

#[test]
fn a_table_that_lost_its_titles_is_read_by_its_only_column_of_ids() {
    let lines = hits();
    let kept: Vec<&str> = lines.iter().filter(is_chosen).map(String::as_str).collect();
    assert_chosen(&choose(&kept.join("\n")));
}

#[test]
fn columns_may_have_been_cut_and_put_elsewhere() {
    assert_chosen(&choose(&format!(
        "hg38\t{}\tx\nhg38\t{}\ty\n",
        CHOSEN[0], CHOSEN[1]
    )));
}

#[test]
fn a_list_of_ids_will_do_whatever_its_line_ends() {
    assert_chosen(&choose(&CHOSEN.join("\n")));
    assert_chosen(&choose(&format!("{}\r\n\r\n{}\r\n", CHOSEN[0], CHOSEN[1])));
    assert_chosen(&choose(&format!(
        "\u{feff}local_id\n{}\n",
        CHOSEN.join("\n")
    )));
}

#[test]
fn an_id_that_stands_twice_in_the_table_chooses_its_track_once() {
    assert_chosen(&choose(&format!("{}\n{}\n", CHOSEN.join("\n"), CHOSEN[0])));
}

#[test]
fn a_table_of_outcomes_chooses_the_tracks_in_it() {
    let first = choose(&CHOSEN.join("\n"));
    let again = first.folder.join("outcomes.tsv");
    assert_chosen(&import(
        &[&project(NINE)],
        &["--choose-table", again.to_str().unwrap()],
    ));
}

#[test]
fn ids_on_the_command_line_choose_each_once() {
    let comma = CHOSEN.join(",");
    assert_chosen(&import(&[&project(NINE)], &["--choose-ids", &comma]));
    let twice = format!("{comma},{}", CHOSEN[0]);
    assert_chosen(&import(&[&project(NINE)], &["--choose-ids", &twice]));
}

#[test]
fn nothing_picked_in_the_form_is_told_and_not_taken_for_all() {
    let form = folder().join("form.json");
    let nothing = json!({"choice": {"mode": "picked", "ids": null}}).to_string();
    fs::write(&form, nothing).unwrap();
    let came = import(&[&project(NINE)], &["--form", form.to_str().unwrap()]);
    assert_eq!(came.status, 1);
    assert!(
        came.stderr.contains("pick tracks from the list"),
        "{}",
        came.stderr
    );
}

#[test]
fn tracks_picked_in_the_form_are_chosen() {
    let form = folder().join("form.json");
    fs::write(
        &form,
        json!({"choice": {"mode": "picked", "ids": CHOSEN}}).to_string(),
    )
    .unwrap();
    assert_chosen(&import(
        &[&project(NINE)],
        &["--form", form.to_str().unwrap()],
    ));
}

#[test]
fn a_choice_runs_over_all_documents() {
    let other = changed(|document| {
        document["doc_info"]["local_id"] = "example:other".into();
        let tracks = document["tracks"].as_array_mut().unwrap();
        tracks.retain(|track| track["local_id"] == "example:cells_dnase");
        tracks[0]["local_id"] = "example:other_dnase".into();
    });
    let chosen = table("example:other_dnase\nexample:cells_signal\n");
    let came = import(
        &[&project(NINE), &other],
        &["--choose-table", chosen.to_str().unwrap()],
    );
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(
        sorted(came.column("local_id")),
        ["example:cells_signal", "example:other_dnase"]
    );
}

#[test]
fn an_id_of_no_track_is_named_with_its_line_and_nothing_is_imported() {
    let came = choose("#local_id\tlabel\nexample:cells_dnase\ta\nexample:cells_dnaes\tb\n");
    assert_eq!(came.status, 1);
    for expected in ["line 3", "`example:cells_dnaes`", "local_id of a track"] {
        assert!(came.stderr.contains(expected), "{}", came.stderr);
    }
    assert!(came.files().is_empty(), "{:?}", came.files().keys());
    let came = import(&[&project(NINE)], &["--choose-ids", "example:cells_dnaes"]);
    assert_eq!(came.status, 1);
    assert!(came.stderr.contains("example:cells_dnaes"));
    assert!(came.files().is_empty());
}

#[test]
fn a_table_without_ids_is_refused_with_the_columns_that_come_close() {
    let came = choose("K562\texample:cells_dnase\nK562\texample:unheard_of\n");
    assert_eq!(came.status, 1);
    assert!(came.stderr.contains("column 2"), "{}", came.stderr);
    assert!(came.stderr.contains("Cut"), "{}", came.stderr);
    let came = choose("example:cells_dnase\texample:cells_signal\n");
    assert_eq!(
        came.status, 1,
        "two columns of ids leave it open which is meant"
    );
    for expected in ["column 1", "columns 1", "1 and 2"] {
        if came.stderr.contains(expected) {
            return;
        }
    }
    panic!("{}", came.stderr);
}

#[test]
fn a_table_that_chooses_nothing_is_refused_unless_there_is_nothing_to_choose() {
    for text in ["", "#local_id\tlabel\n"] {
        let came = choose(text);
        assert_eq!(came.status, 1);
        assert!(
            came.stderr
                .contains("chosen.tsv: found no track in the table, expected at least one"),
            "{}",
            came.stderr
        );
        assert!(came.files().is_empty(), "nothing is written");
        let chosen = table(text);
        let options = ["--choose-table", chosen.to_str().unwrap()];
        let came = import(&[&project("test-data/no_hits.fairtracks.json")], &options);
        assert_eq!(came.status, 0, "{}", came.stderr);
        assert!(
            came.stderr.contains("No tracks to import"),
            "{}",
            came.stderr
        );
    }
}

#[test]
fn what_is_no_table_is_refused() {
    let chosen = folder().join("picture.png");
    fs::write(&chosen, b"\x89PNG\r\n\x1a\n\xff").unwrap();
    let came = import(
        &[&project(NINE)],
        &["--choose-table", chosen.to_str().unwrap()],
    );
    assert_eq!(came.status, 1);
    assert!(came.stderr.contains("invalid UTF-8"), "{}", came.stderr);
}

#[test]
fn two_ways_of_choosing_are_wrong_usage() {
    let chosen = table("example:cells_dnase\n");
    let both = [
        "--choose-table",
        chosen.to_str().unwrap(),
        "--choose-ids",
        "example:cells_dnase",
    ];
    assert_eq!(import(&[&project(NINE)], &both).status, 2);
}
