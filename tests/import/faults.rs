//! `fairtracks_import` when tracks do not come: one fault each, its words, and what becomes of the others.

use crate::support;
use std::fs;
use std::path::Path;

use crate::support::importing::{FAULTY, NINE, changed, gzip, import, import_from, with_track};
use crate::support::{Outcome, folder, project};
use serde_json::{Value as Json, json};

const BED: &str = "example:cells_dnase";

/// The BED track changed and its file served by `odd.example.org`, with a good track behind it.
fn serve(file: &str, bytes: &[u8], more: &str, change: impl FnOnce(&mut Json)) -> Outcome {
    let odd = folder();
    fs::write(odd.join(file), bytes).unwrap();
    let document = with_track(|track| {
        track["file_url"] = format!("https://odd.example.org/{file}").into();
        track["file_name"] = file.into();
        track.as_object_mut().unwrap().remove("checksum");
        change(track);
    });
    import_from(&odd, more, &[&document], &[])
}

/// Asserts that the changed track failed in these words, and that the other came.
fn assert_failed(came: &Outcome, words: &[&str]) {
    assert_eq!(came.status, 0, "{}", came.stderr);
    let row = came.row(BED);
    assert_eq!(row["status"], "failed", "{}", row["reason"]);
    for word in words {
        assert!(row["reason"].contains(word), "{word}: {}", row["reason"]);
    }
    assert_eq!(came.column("local_id")[0], BED, "failures first");
    assert_eq!((&*row["element_identifier"], &*row["sha256"]), ("", ""));
    assert_eq!(came.names("output_tracks"), ["example:cells_scores"]);
    assert_eq!(came.names("output_crates"), ["example:cells_scores"]);
    let left: Vec<String> = came.files().into_keys().collect();
    assert_eq!(left.len(), 5, "{left:?}");
    assert!(came.stderr.contains("1 of 2 tracks imported, 1 failed"));
}

#[test]
fn four_tracks_that_fail_do_not_stop_the_two_that_are_good() {
    let came = import(&[&project(FAULTY)], &[]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(
        came.column("status"),
        [
            "failed", "failed", "failed", "failed", "imported", "imported"
        ]
    );
    for (id, words) in [
        ("missing", &["does not have this file"][..]),
        (
            "changed",
            &[
                "789b93741023c4275153dc99a35eed32",
                "6eff3450105497cc2ce22ea267f564ba",
                "ask its provider",
            ],
        ),
        ("bucket", &["rsync", "https"]),
        ("inside", &["169.254.169.254", "link-local"]),
    ] {
        let row = came.row(&format!("example:{id}"));
        for word in words {
            assert!(row["reason"].contains(word), "{}", row["reason"]);
            assert!(came.stderr.contains(word), "{}", came.stderr);
        }
        assert!(came.report().contains(&format!("`example:{id}`")));
    }
    let row = came.row("example:changed");
    assert_eq!(row["checksum_wanted"], "6eff3450105497cc2ce22ea267f564ba");
    assert_eq!(row["checksum_found"], "789b93741023c4275153dc99a35eed32");
    let report = came.report();
    let (missing, came_here) = (report.find("## Missing tracks"), report.find("## Summary"));
    assert!(missing.unwrap() < came_here.unwrap());
    assert_eq!(came.names("output_tracks"), [BED, "example:cells_h3k4me3"]);
    assert_eq!(came.names("output_crates"), [BED, "example:cells_h3k4me3"]);
}

#[test]
fn strict_fails_when_a_track_is_missing_and_writes_the_outputs_all_the_same() {
    let came = import(&[&project(FAULTY)], &["--strict"]);
    assert_eq!(came.status, 1);
    assert!(
        came.stderr.contains("2 of 6 tracks imported, 4 failed"),
        "{}",
        came.stderr
    );
    assert_eq!(came.rows().len(), 6);
    assert_eq!(came.names("output_tracks").len(), 2);
    assert_eq!(import(&[&project(NINE)], &["--strict"]).status, 0);
}

#[test]
fn when_no_track_comes_the_job_fails_and_the_table_says_why() {
    let document = changed(|document| {
        let tracks = document["tracks"].as_array_mut().unwrap();
        tracks.truncate(1);
        tracks[0]["file_url"] = "https://tracks.example.org/cells/nothing.bed".into();
    });
    let came = import(&[&document], &[]);
    assert_eq!(came.status, 1);
    assert!(came.stderr.contains("no track imported"), "{}", came.stderr);
    assert_eq!(came.column("status"), ["failed"]);
    assert!(came.elements("output_tracks").is_empty());
    assert!(came.report().contains("nothing.bed") || came.report().contains(BED));
}

#[test]
fn a_document_without_hits_is_an_import_of_nothing_and_no_failure_of_tracks() {
    let document = changed(|document| {
        for part in ["tracks", "experiments", "samples", "studies"] {
            document[part] = json!([]);
        }
        document["subset_of"] = json!({"version": 1, "source": {"sha256": "00"}, "search": {"query": "false"}, "hits": 0, "left_out": []});
    });
    let came = import(&[&document], &[]);
    assert_eq!(
        came.status, 0,
        "every tool of ours accepts it: {}",
        came.stderr
    );
    assert!(came.rows().is_empty());
    assert!(came.elements("output_tracks").is_empty());
    assert!(!came.stderr.contains("All 0") && !came.report().contains("All 0"));
    assert!(
        came.stderr.to_lowercase().contains("no track"),
        "{}",
        came.stderr
    );
}

#[test]
fn a_track_without_an_address_fails_by_name() {
    let document = with_track(|track| {
        track.as_object_mut().unwrap().remove("file_url");
    });
    assert_failed(&import(&[&document], &[]), &["file_url"]);
    let document = with_track(|track| track["file_url"] = 7.into());
    assert_failed(&import(&[&document], &[]), &["file_url"]);
}

#[test]
fn addresses_that_lead_elsewhere_are_refused_by_name() {
    for (url, word) in [
        ("http://127.0.0.1:1/x.bed", "this machine"),
        ("http://[::ffff:10.0.0.1]/x.bed", "private"),
        ("http://192.168.1.1/x.bed", "private"),
        ("file:///etc/passwd", "file:"),
    ] {
        let document = with_track(|track| {
            track["file_url"] = url.into();
            track.as_object_mut().unwrap().remove("checksum");
        });
        assert_failed(&import(&[&document], &[]), &[word]);
    }
}

#[test]
fn no_address_leads_out_of_the_folder_of_a_mirror() {
    let outer = folder();
    let odd = outer.join("served");
    fs::create_dir(&odd).unwrap();
    fs::write(outer.join("secret.bed"), "chr1\t1\t2\n").unwrap();
    for path in [
        "../secret.bed",
        "%2e%2e/secret.bed",
        "..%2fsecret.bed",
        "..%5csecret.bed",
        "x/../../secret.bed",
        "%2fetc%2fpasswd",
    ] {
        let document = with_track(|track| {
            track["file_url"] = format!("https://odd.example.org/{path}").into();
            track.as_object_mut().unwrap().remove("checksum");
        });
        let came = import_from(&odd, "", &[&document], &[]);
        assert_failed(&came, &["mirror"]);
    }
}

#[test]
fn a_web_page_in_place_of_a_file_fails_and_says_so() {
    let page = b"<!DOCTYPE html><html><body>Please log in</body></html>";
    assert_failed(&serve("x.bed", page, "", |_| ()), &["web page"]);
}

#[test]
fn a_damaged_gzip_fails_and_leaves_nothing() {
    let packed = gzip(&b"chr1\t10\t20\n".repeat(100));
    let half = &packed[..packed.len() / 2];
    let came = serve("half.bed.gz", half, "", |_| ());
    assert_failed(&came, &["gzip"]);
    let mut flipped = packed.clone();
    let end = flipped.len() - 6;
    flipped[end] ^= 1;
    assert_failed(&serve("flipped.bed.gz", &flipped, "", |_| ()), &["gzip"]);
}

#[test]
fn a_file_that_is_larger_than_the_site_allows_fails_with_both_sizes() {
    let limit = "[limits]\nbytes_per_file = 100000\n";
    let bomb = gzip(&vec![b'0'; 5_000_000]);
    assert!(bomb.len() < 100_000);
    assert_failed(&serve("bomb.bed.gz", &bomb, limit, |_| ()), &["100000"]);
    let large = b"chr1\t10\t20\n".repeat(10_000);
    assert_failed(&serve("large.bed", &large, limit, |_| ()), &["100000"]);
}

#[test]
fn gzip_that_its_name_does_not_tell_is_unpacked_and_other_text_is_left_alone() {
    let text = b"chr1\t10\t20\n";
    let came = serve("no_suffix.bed", &gzip(text), "", |_| ());
    assert_eq!(came.bytes(&came.element("output_tracks", BED)), text);
    let came = serve("not_packed.bed.gz", text, "", |_| ());
    assert_eq!(came.bytes(&came.element("output_tracks", BED)), text);
}

#[test]
fn a_checksum_that_is_none_is_told_and_not_taken_for_right() {
    for checksum in [
        json!({"cs_method": "MD5", "cs_hash": "unknown"}),
        json!({"cs_method": "CRC32", "cs_hash": "789b93741023c427"}),
        json!({"cs_method": "SHA-256", "cs_hash": "789b93741023c4275153dc99a35eed32"}),
    ] {
        let document = with_track(|track| track["checksum"] = checksum.clone());
        let came = import(&[&document], &[]);
        let row = came.row(BED);
        assert_eq!(row["status"], "imported", "{checksum}");
        assert!(row["reason"].contains("not verified"), "{}", row["reason"]);
        let page = came.crate_of(BED).preview();
        assert!(
            !page.replace("not verified", "").contains("verified"),
            "{page}"
        );
    }
}

#[test]
fn a_checksum_in_capitals_is_the_same_checksum() {
    let document = with_track(|track| {
        track["checksum"]["cs_hash"] = "789B93741023C4275153DC99A35EED32".into();
    });
    let came = import(&[&document], &[]);
    assert_eq!(came.row(BED)["status"], "imported");
    assert_eq!(
        came.row(BED)["checksum_found"].to_lowercase(),
        came.row(BED)["checksum_wanted"].to_lowercase()
    );
}

#[test]
fn a_track_of_no_experiment_still_comes_with_what_is_known() {
    let document = with_track(|track| {
        track.as_object_mut().unwrap().remove("experiment_ref");
    });
    let came = import(&[&document], &[]);
    assert_eq!(came.row(BED)["status"], "imported", "{}", came.stderr);
    assert_eq!(came.row(BED)["cell_or_tissue"], "");
    let crate_ = came.crate_of(BED);
    assert!(crate_.of_type("BioSample").is_empty());
    assert_eq!(crate_.document()["tracks"].as_array().unwrap().len(), 1);
}

#[test]
fn an_output_that_cannot_be_written_is_named_before_anything_is_fetched() {
    let came = import(&[&project(NINE)], &["--form", "nowhere.json"]);
    assert_eq!(came.status, 1);
    assert!(came.stderr.contains("nowhere.json"), "{}", came.stderr);
    assert!(came.files().is_empty());
    let odd = folder();
    let arguments = [
        "--output-folder",
        ".",
        "--output-table",
        "nowhere/outcomes.tsv",
    ];
    let document = project(NINE);
    let came = support::importing::import_in(
        &odd,
        &support::importing::settings(&odd, ""),
        &[&[document.to_str().unwrap()][..], &arguments].concat(),
    );
    assert_eq!(came.status, 1);
    assert!(
        came.stderr.contains("nowhere/outcomes.tsv"),
        "{}",
        came.stderr
    );
    assert!(came.files().is_empty(), "{:?}", came.files().keys());
}

#[test]
fn a_crate_that_cannot_be_written_leaves_no_table_and_no_half_file() {
    let place = folder();
    let in_the_way = Path::new("crates").join("example_cells_scores.rocrate.zip");
    fs::create_dir_all(place.join(&in_the_way).join("x")).unwrap();
    let document = project(NINE);
    let outputs = "--output-folder . --output-table outcomes.tsv --output-report report.md --galaxy-metadata galaxy.json";
    let arguments: Vec<&str> = std::iter::once(document.to_str().unwrap())
        .chain(outputs.split(' '))
        .collect();
    let came = support::importing::import_in(
        &place,
        &support::importing::settings(&place, ""),
        &arguments,
    );
    assert_eq!(came.status, 1, "{}", came.stderr);
    assert!(
        came.stderr.contains("example_cells_scores"),
        "{}",
        came.stderr
    );
    let left: Vec<String> = came.files().into_keys().collect();
    for absent in ["outcomes.tsv", "report.md", "galaxy.json"] {
        assert!(!left.contains(&absent.to_owned()), "{left:?}");
    }
    let tracks = left.iter().filter(|name| name.starts_with("tracks/"));
    assert_eq!(tracks.count(), 0, "a track without its metadata: {left:?}");
    assert!(
        !left
            .iter()
            .any(|name| name.contains("partial") || name.contains("tmp")),
        "{left:?}"
    );
    for (name, bytes) in came.files() {
        if name.ends_with(".zip") {
            support::importing::Opened::new(&bytes);
        }
    }
}

#[test]
fn wrong_usage_and_wrong_settings_have_their_own_words() {
    assert_eq!(import(&[], &[]).status, 2);
    assert_eq!(import(&[&project(NINE)], &["--peaks", "gff"]).status, 2);
    assert_eq!(import(&[&project(NINE)], &["--fetch"]).status, 2);
    let came = import(&[Path::new("/nowhere/hits.json")], &[]);
    assert_eq!(came.status, 1);
    assert!(
        came.stderr
            .contains("/nowhere/hits.json: file not found: check the path"),
        "{}",
        came.stderr
    );
    let came = import_from(&folder(), "[limits]\nparalel = 4\n", &[&project(NINE)], &[]);
    assert_eq!(came.status, 1);
    for expected in ["FAIRTRACKS_CONFIG", "paralel", "parallel"] {
        assert!(came.stderr.contains(expected), "{}", came.stderr);
    }
    assert!(came.files().is_empty());
}
