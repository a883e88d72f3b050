//! Files that are not of the source that was selected: the message names what was found, and the source that fits.

use std::fs;

use super::portals::file;
use crate::support::converting::{convert, convert_files};
use crate::support::folder;
use crate::support::running::{CONVERT, run_in};

/// The message of a conversion that must fail.
fn refused(source: &str, name: &str, bytes: &[u8]) -> String {
    let converted = convert_files(&[(name, bytes)], &["--source", source]);
    assert_eq!(converted.outcome.status, 1, "{:?}", converted.outcome);
    assert!(converted.document_bytes.is_empty());
    converted.outcome.stderr
}

#[test]
fn a_source_without_a_known_title_is_an_error() {
    for name in [
        "isa_investigation.json",
        "faang_analysis.json",
        "gdc_files.json",
        "data_connect_page.json",
    ] {
        let message = refused("table", name, file(name).as_bytes());
        assert!(
            message.starts_with(&format!(
                "error: {name}: found no title that the rules know (found `"
            )),
            "{message}"
        );
        assert!(message.contains("select another source"), "{message}");
    }
    let message = refused("table", "a.json", file("seek_data_files.json").as_bytes());
    assert!(
        message.ends_with(": select the source `seek`\n"),
        "{message}"
    );
    assert_eq!(
        refused("table", "a.json", b"{}"),
        "error: a.json: found no title that the rules know (found no title at all), expected titles such as `tracks.local_id`, in row 1 of a table: select another source, or write a blank table\n"
    );
    let without_titles =
        "lab1,https://tracks.example.org/1.bed\nlab2,https://tracks.example.org/2.bed\n";
    let message = refused("table", "a.csv", without_titles.as_bytes());
    assert!(
        message.contains("(found `lab1`, `https://tracks.example.org/1.bed`)"),
        "{message}"
    );
}

#[test]
fn a_dry_run_and_rules_of_users_read_titles_that_the_built_in_rules_do_not_know() {
    let table = "my address\nhttps://tracks.example.org/1.bed\n";
    let dry = convert(&[("a.csv", table)], &["--dry-run"]);
    assert_eq!(dry.outcome.status, 2, "{:?}", dry.outcome);
    let place = folder();
    fs::write(place.join("a.csv"), table).unwrap();
    let dry = run_in(CONVERT, &place, &["a.csv", "--dry-run"]);
    assert_eq!(dry.status, 0, "{dry:?}");
    let rules = "name = \"mine\"\nversion = \"1\"\n[[field]]\ntarget = \"tracks.file_url\"\ntitles = [\"my address\"]\n";
    fs::write(place.join("rules.toml"), rules).unwrap();
    let own = run_in(CONVERT, &place, &["a.csv", "--rules", "rules.toml"]);
    assert_eq!(own.status, 0, "{own:?}");
    assert!(own.stderr.starts_with("converted to 1 track"), "{own:?}");
}

#[test]
fn the_message_says_what_a_file_is() {
    let table = file("laboratory.csv");
    let zip = fs::read("test-data/conversion/hub.zip").unwrap();
    for source in ["ihec", "encode", "seek", "isa", "data-connect"] {
        for (bytes, found) in [
            (table.as_bytes(), "another kind of file"),
            (zip.as_slice(), "a zip file"),
            (b"", "an empty file"),
        ] {
            assert_eq!(
                refused(source, "a", bytes),
                format!(
                    "error: a: found {found}, expected an object or a list of JSON: select the source that fits the file\n"
                ),
                "{source}"
            );
        }
    }
    for source in ["ena", "gdc", "icgc", "geo", "blueprint"] {
        let message = refused(source, "a", table.as_bytes());
        assert!(
            message.starts_with("error: a: found another kind of file, expected "),
            "{source}: {message}"
        );
    }
    for source in ["ena", "geo", "faang"] {
        let message = refused(source, "a", &zip);
        assert!(
            message.starts_with("error: a: found a zip file, "),
            "{message}"
        );
    }
    assert!(refused("geo", "a", b"").starts_with("error: a: found an empty file, "));
}

#[test]
fn the_message_names_the_source_that_fits() {
    for (source, name, fitting) in [
        ("data-connect", "seek_data_files.json", "seek"),
        ("ihec", "encode_files.json", "encode"),
        ("encode", "ihec_hub.json", "ihec"),
        ("seek", "faang_analysis.json", "faang"),
        ("isa", "gdc_files.json", "gdc"),
        ("gdc", "isa_investigation.json", "isa"),
        ("seek", "data_connect_page.json", "data-connect"),
        ("isa", "ena_runs.json", "ena"),
    ] {
        let message = refused(source, name, file(name).as_bytes());
        let end = format!(": select the source `{fitting}`\n");
        assert!(
            message.contains("found another kind of JSON, expected"),
            "{message}"
        );
        assert!(message.ends_with(&end), "{source}: {message}");
    }
    let answer = file("encode_files.json");
    let message = refused("hub", "a.json", answer.as_bytes());
    assert!(
        message.ends_with("select the source that fits the file\n"),
        "{message}"
    );
}

#[test]
fn usage_errors_name_what_the_source_needs() {
    let place = folder();
    for (arguments, expected) in [
        (
            &["--source", "geo", "--url", "https://tracks.example.org/a"][..],
            "error: --url: found a URL or a search for GEO, expected files: download the family file of the series, and select it\n",
        ),
        (
            &["--source", "geo", "--query", "GSE1"],
            "error: --query: found a URL or a search for GEO, expected files: download the family file of the series, and select it\n",
        ),
        (
            &["--source", "encode"],
            "error: FILE: found no source, expected at least one file, `--url` or `--query`\n",
        ),
    ] {
        let outcome = run_in(CONVERT, &place, arguments);
        assert_eq!((outcome.status, outcome.stderr.as_str()), (2, expected));
    }
    let outcome = run_in(CONVERT, &place, &["--files", "none.bed"]);
    assert_eq!(
        (outcome.status, outcome.stderr.as_str()),
        (1, "error: none.bed: file not found: check the path\n")
    );
}

#[test]
fn the_selected_source_is_no_advice() {
    let answer = r#"{"jsonapi": {"version": "1.0"}, "data": []}"#;
    let message = refused("seek", "a.json", answer.as_bytes());
    assert!(!message.contains("select the source `seek`"), "{message}");
}

#[test]
fn values_beside_the_items_of_encode_may_be_of_any_type() {
    let answer = r#"{"notification": 77, "status": ["x"], "description": 5, "@graph": []}"#;
    let message = refused("encode", "a.json", answer.as_bytes());
    assert!(
        message.contains("found no file in all answers (none in `@graph`)"),
        "{message}"
    );
}

#[test]
fn files_of_another_kind_and_places_without_a_folder_are_named() {
    let place = folder();
    let write = |name: &str, bytes: &[u8]| fs::write(place.join(name), bytes).unwrap();
    write("a.csv", b"track_id\nT1\n");
    write(
        "page.csv",
        b"<!DOCTYPE html><html><body>Sign in</body></html>\n",
    );
    write("names.json", b"{\"names\": [\"a.csv\"]}");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, title) in (0..).zip(["record", "field", "value"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    write("edits.xlsx", &workbook.save_to_buffer().unwrap());
    for (arguments, message) in [
        (
            &["a.csv", "--edits", "edits.xlsx"] as &[&str],
            "edits.xlsx: found a workbook, expected a table (CSV or TSV): save the sheet as `CSV UTF-8`",
        ),
        (
            &["page.csv"],
            "page.csv: found a web page (HTML), expected a table (CSV or TSV): download the table itself",
        ),
        (
            &["a.csv", "--names", "names.json"],
            "names.json: found JSON that is no list, expected a list of names, such as [\"a.csv\", \"b.csv\"]",
        ),
        (
            &["a.csv", "--output-table", "none/out.tsv"],
            "none/out.tsv: the folder `none` does not exist: create it",
        ),
    ] {
        let outcome = run_in(CONVERT, &place, arguments);
        assert_eq!(outcome.status, 1, "{outcome:?}");
        assert_eq!(outcome.stderr, format!("error: {message}\n"));
    }
}
