//! An output is never an input, and two outputs are never one file.

use std::fs;

use crate::support::running::{CHECK, FOLLOW, Outcome, RUNS, names, place, run_in};

#[test]
fn an_output_that_is_an_input_is_refused_before_anything_is_read() {
    for (tool, arguments, output) in RUNS {
        let input = arguments
            .iter()
            .find(|argument| {
                ["input.json", "table.csv", "result.bed", "result.zip"].contains(*argument)
            })
            .unwrap();
        let same = format!("./{input}");
        for spelling in [*input, &same, "out/../link", "hard", "soft"] {
            let place = place();
            fs::create_dir(place.join("out")).unwrap();
            fs::hard_link(place.join(input), place.join("hard")).unwrap();
            std::os::unix::fs::symlink(input, place.join("soft")).unwrap();
            std::os::unix::fs::symlink("soft", place.join("link")).unwrap();
            let before = (names(&place), fs::read(place.join(input)).unwrap());
            let all = [arguments, &[output, spelling]].concat();
            let Outcome { status, stderr, .. } = run_in(tool, &place, &all);
            assert_eq!(status, 1, "{tool} {spelling}: {stderr}");
            assert!(stderr.contains("found the same file as"), "{stderr}");
            let after = (names(&place), fs::read(place.join(input)).unwrap());
            assert_eq!(before, after, "{tool} {spelling}");
            assert!(names(&place.join("out")).is_empty(), "{tool} {spelling}");
        }
    }
}

#[test]
fn two_outputs_that_are_one_file_are_refused_and_devices_are_not() {
    let further = [
        "--output-report",
        "--output-report",
        "--output-report",
        "--output-report",
        "--output-document",
        "--output-report",
        "--output-report",
        "--output-report",
        "--output-report",
    ];
    for ((tool, arguments, output), other) in RUNS.into_iter().zip(further) {
        for (one, two) in [
            ("new", "new"),
            ("new", "./new"),
            ("new", "out/../new"),
            ("dangling", "new"),
            ("old", "hard"),
            ("old", "soft"),
        ] {
            let place = place();
            fs::create_dir(place.join("out")).unwrap();
            fs::write(place.join("old"), "old").unwrap();
            fs::hard_link(place.join("old"), place.join("hard")).unwrap();
            std::os::unix::fs::symlink("old", place.join("soft")).unwrap();
            std::os::unix::fs::symlink("new", place.join("dangling")).unwrap();
            let before = names(&place);
            let all = [arguments, &[output, one, other, two]].concat();
            let Outcome { status, stderr, .. } = run_in(tool, &place, &all);
            assert_eq!(status, 1, "{tool} {one} {two}: {stderr}");
            assert!(stderr.contains("found the same file as"), "{stderr}");
            assert_eq!(names(&place), before, "{tool} {one} {two}");
        }
        if output == "--output-table" {
            let all = [arguments, &[output, "/dev/null", other, "/dev/null"]].concat();
            assert_eq!(run_in(tool, &place(), &all).status, 0, "{tool}");
        }
    }
}

#[test]
fn an_output_behind_a_link_appears_where_the_link_leads() {
    let place = place();
    fs::create_dir(place.join("elsewhere")).unwrap();
    fs::write(place.join("elsewhere/table"), "before").unwrap();
    std::os::unix::fs::symlink("elsewhere/table", place.join("link")).unwrap();
    let Outcome { status, stderr, .. } =
        run_in(CHECK, &place, &["none.json", "--output-table", "link"]);
    assert_eq!(status, 1, "{stderr}");
    assert_eq!(
        fs::read_to_string(place.join("elsewhere/table")).unwrap(),
        "before"
    );
    let Outcome { status, .. } = run_in(CHECK, &place, &["input.json", "--output-table", "link"]);
    assert_eq!(status, 0);
    assert!(place.join("link").is_symlink());
    let table = fs::read_to_string(place.join("elsewhere/table")).unwrap();
    assert!(table.starts_with('#'), "{table}");
    assert_eq!(names(&place.join("elsewhere")), ["table"]);
}

#[test]
fn a_crate_or_track_is_never_written_over_its_source() {
    let place = place();
    let table = ["--output-table", "table"];
    let follow = [&["result.bed", "--output-folder", "out"], &table[..]].concat();
    assert_eq!(run_in(FOLLOW, &place, &follow).status, 0);
    let crate_ = names(&place.join("out/crates"))[0].clone();
    let given = format!("out/crates/{crate_}");
    let before = fs::read(place.join(&given)).unwrap();
    let again = [&follow[..], &["--crates", &given]].concat();
    let Outcome { status, stderr, .. } = run_in(FOLLOW, &place, &again);
    assert_eq!(status, 1);
    assert!(stderr.contains("found the same file as"), "{stderr}");
    assert_eq!(fs::read(place.join(&given)).unwrap(), before);
}
