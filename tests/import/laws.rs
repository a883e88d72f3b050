//! `fairtracks_import`: the same import gives the same bytes, and nothing private is in them.

use crate::support;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::importing::{NINE, changed, import, import_from, nine, with_track};
use crate::support::{Outcome, folder, project};
use serde_json::{Value as Json, json};

const BED: &str = "example:cells_dnase";

/// All files, but for how many seconds each download took.
fn files(came: &Outcome) -> BTreeMap<String, Vec<u8>> {
    let mut files = came.files();
    let table = String::from_utf8(files.remove("outcomes.tsv").unwrap()).unwrap();
    let cut = table.lines().map(|line| {
        let cells = line.split('\t').enumerate();
        let kept = cells.filter(|(at, _)| *at != 12).map(|(_, cell)| cell);
        kept.collect::<Vec<_>>().join("\t")
    });
    files.insert(
        "outcomes.tsv".to_owned(),
        cut.collect::<Vec<_>>().join("\n").into_bytes(),
    );
    files
}

/// The name of the set of tracks, as the report gives it.
fn name_of_set(came: &Outcome) -> String {
    let report = came.report();
    let start = report
        .find("ni:///sha-256;")
        .unwrap_or_else(|| panic!("{report}"));
    report[start..]
        .chars()
        .take_while(|sign| *sign != '`')
        .collect()
}

#[test]
fn the_same_import_gives_the_same_bytes() {
    let options = [
        "--sample-sheet",
        "--creator-name",
        "Ada",
        "--licence",
        "CC0-1.0",
    ];
    let (one, two) = (files(&nine(&options)), files(&nine(&options)));
    assert!(one.len() >= 30);
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &one {
        assert!(bytes == &two[name], "{name} differs");
    }
}

#[test]
fn registering_twice_gives_the_same_bytes() {
    let register = || files(&import(&[&project(NINE)], &["--register-only"]));
    assert_eq!(register(), register());
}

#[test]
fn how_many_come_at_a_time_changes_nothing() {
    let run = |parallel: u8| {
        let limits = format!("[limits]\nparallel = {parallel}\nparallel_per_host = {parallel}\n");
        files(&import_from(&folder(), &limits, &[&project(NINE)], &[]))
    };
    assert_eq!(run(1), run(8));
}

#[test]
fn the_name_of_a_set_of_tracks_depends_on_its_files_only() {
    let whole = name_of_set(&nine(&[]));
    let reversed = changed(|document| document["tracks"].as_array_mut().unwrap().reverse());
    assert_eq!(name_of_set(&import(&[&reversed], &[])), whole);
    let renamed = changed(|document| {
        for (number, track) in document["tracks"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .enumerate()
        {
            track["local_id"] = format!("other:{number}").into();
        }
    });
    assert_eq!(name_of_set(&import(&[&renamed], &[])), whole);
    let fewer = import(&[&project(NINE)], &["--choose-ids", BED]);
    assert_ne!(name_of_set(&fewer), whole);
}

#[test]
fn sources_in_another_order_give_the_same_tracks_and_crates() {
    let half = |from: usize, to: usize| {
        changed(|document| {
            let tracks = document["tracks"].as_array().unwrap()[from..to].to_vec();
            document["tracks"] = tracks.into();
        })
    };
    let (first, second) = (half(0, 4), half(4, 9));
    let one = import(&[&first, &second], &[]);
    let two = import(&[&second, &first], &[]);
    assert_eq!(name_of_set(&one), name_of_set(&two));
    let parts = |came: &Outcome| {
        let files = came.files().into_iter();
        files
            .filter(|(name, _)| name.starts_with("tracks/") || name.starts_with("crates/"))
            .collect::<BTreeMap<_, _>>()
    };
    assert!(parts(&one) == parts(&two));
    assert_ne!(one.column("local_id"), two.column("local_id"));
}

#[test]
fn neither_the_folder_nor_the_mirror_nor_the_paths_of_the_inputs_are_in_any_output() {
    let here = project("")
        .to_str()
        .unwrap()
        .trim_end_matches('/')
        .to_owned();
    let came = nine(&["--sample-sheet"]);
    let (target, tracks) = (came.folder.to_str().unwrap(), project("test-data/tracks"));
    for (place, bytes) in came.everything() {
        let text = String::from_utf8_lossy(&bytes);
        for path in [&here, target, tracks.to_str().unwrap()] {
            assert!(!text.contains(path), "{path} is in {place}: {text}");
        }
    }
    let missing =
        with_track(|track| track["file_url"] = "https://tracks.example.org/cells/none.bed".into());
    import(&[&missing], &[]).assert_nowhere(tracks.to_str().unwrap());
}

#[test]
fn a_source_is_called_what_its_user_calls_it() {
    let names = folder().join("names.json");
    fs::write(&names, json!(["My tracks <of> K562"]).to_string()).unwrap();
    let options = ["--names", names.to_str().unwrap()];
    let came = import(&[&project(NINE)], &options);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert!(came.report().contains("My tracks"), "{}", came.report());
    assert!(!came.report().contains("tracks.fairtracks.json"));
    let broken = folder().join("source-1");
    fs::write(&broken, "[]").unwrap();
    let came = import(&[&broken], &options);
    assert_eq!(came.status, 1);
    assert!(
        came.stderr.contains("My tracks") && !came.stderr.contains("source-1"),
        "{}",
        came.stderr
    );
}

#[test]
fn credentials_in_addresses_are_used_and_written_nowhere() {
    let secret = "https://ada:s3cr%65t@odd.example.org/x.bed";
    let odd = folder();
    fs::write(odd.join("x.bed"), "chr1\t1\t2\n").unwrap();
    let document = changed(|document| {
        document["doc_info"]["doc_url"] = "https://bob:hunter2@tracks.example.org/doc.json".into();
        document["collection_info"]["source_repo_url"] =
            "https://bob:hunter2@tracks.example.org/".into();
        let tracks = document["tracks"].as_array_mut().unwrap();
        tracks.truncate(3);
        tracks[0]["file_url"] = secret.into();
        tracks[0].as_object_mut().unwrap().remove("checksum");
        tracks[1]["file_url"] = "https://ada:s3cr%65t@odd.example.org/missing.bed".into();
        tracks[2]["file_url"] = "rsync://ada:s3cr%65t@odd.example.org/x.bed".into();
        let mut signed = tracks[0].clone();
        signed["local_id"] = "example:signed".into();
        signed["file_url"] = "https://odd.example.org/x.bed?part=1&X-Amz-Signature=s1gned".into();
        tracks.push(signed);
    });
    let came = import_from(&odd, "", &[&document], &["--sample-sheet"]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(came.row(BED)["status"], "imported", "{:?}", came.rows());
    assert_eq!(came.row(BED)["source_url"], "https://odd.example.org/x.bed");
    let signed = came.row("example:signed");
    assert_eq!(signed["source_url"], "https://odd.example.org/x.bed?part=1");
    for word in ["s3cr", "ada:", "ada@", "hunter2", "s1gned"] {
        came.assert_nowhere(word);
    }
    assert_eq!(
        came.crate_of(BED).document()["tracks"][0]["file_url"],
        "https://odd.example.org/x.bed"
    );
    let again = import_from(&odd, "", &[&came.crate_path(BED)], &[]);
    assert_eq!(again.status, 0, "{}", again.stderr);
    again.assert_nowhere("s3cr");
}

#[test]
fn nothing_of_galaxys_form_but_what_the_user_gave_is_written() {
    let form = folder().join("form.json");
    let typed: Json = json!({
        "__user_email__": "carberry@example.org", "chromInfo": "/galaxy/chrom.len", "sources": {"path": "/galaxy/files/dataset_7.dat"},
        "choice": {"mode": "all"}, "credits": {"licence": "", "creator_name": "Josiah Carberry", "creator_orcid": "", "organisation_name": null}
    });
    fs::write(&form, typed.to_string()).unwrap();
    let came = nine(&["--form", form.to_str().unwrap()]);
    for private in ["carberry@example.org", "/galaxy/", "dataset_7"] {
        came.assert_nowhere(private);
    }
    let crate_ = came.crate_of(BED);
    assert!(
        crate_
            .of_type("Person")
            .iter()
            .any(|person| person["name"] == "Josiah Carberry")
    );
}

#[test]
fn the_folder_of_outputs_may_lie_anywhere_and_is_made() {
    let place: PathBuf = folder().join("deep/er");
    let document = project(NINE);
    let arguments = [
        document.to_str().unwrap(),
        "--output-folder",
        place.to_str().unwrap(),
        "--choose-ids",
        BED,
    ];
    let site = support::importing::settings(Path::new("/nowhere"), "");
    let came = support::importing::import_in(&folder(), &site, &arguments);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(fs::read_dir(place.join("tracks")).unwrap().count(), 1);
    let inner: Vec<String> = fs::read_dir(&place)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(inner.len(), 2, "{inner:?}");
}
