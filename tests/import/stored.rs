//! `fairtracks_import`: what is stored is whole and what it says it is, also at the second time and in odd wrappings.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use crate::support::importing::{
    CREDITS, NINE, good, gzip, import_from, import_into, settings, sha256, with_track, written,
};
use crate::support::{folder, project};
use fairtracks::archive::packer::{Compression, Packer};
use serde_json::{Value as Json, json};

const BED: &str = "example:cells_dnase";

/// A crate with one file and these properties of it, and of its root.
fn foreign(bytes: &[u8], file: &Json, root: &Json) -> PathBuf {
    let with = |mut entity: Json, more: &Json| {
        for (key, value) in more.as_object().unwrap() {
            entity[key] = value.clone();
        }
        entity
    };
    let graph = [
        json!({"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}}),
        with(
            json!({"@id": "./", "@type": "Dataset", "hasPart": {"@id": "a.bed"}}),
            root,
        ),
        with(
            json!({"@id": "a.bed", "@type": "File", "name": "peaks"}),
            file,
        ),
    ];
    let metadata = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph});
    let start = Packer::new(Cursor::new(Vec::new()), metadata.to_string().as_bytes());
    let mut packer = start.unwrap();
    packer.add("a.bed", bytes, Compression::Store).unwrap();
    written("foreign.zip", packer.finish().unwrap().into_inner())
}

#[test]
fn a_second_import_into_the_same_folder_leaves_whole_files() {
    let place = folder();
    let site = settings(&folder(), "");
    let nine = project(NINE);
    for _ in 0..2 {
        let came = import_into(&place, &site, &[&nine], &["--sample-sheet"]);
        assert_eq!(came.status, 0, "{}", came.stderr);
        for inner in ["tracks", "sheet"] {
            let bytes = fs::read(place.join(inner).join("example_cells_h3k4me3.bed")).unwrap();
            let row = came.row("example:cells_h3k4me3");
            assert_eq!(sha256(&bytes), row["sha256"], "{inner}");
        }
    }
}

#[test]
fn a_folder_of_the_users_that_is_called_partial_stays() {
    let place = folder();
    fs::create_dir(place.join("partial")).unwrap();
    fs::write(place.join("partial/mine.txt"), "mine").unwrap();
    let nine = project(NINE);
    import_into(&place, &settings(&folder(), ""), &[&nine], &[]);
    assert_eq!(
        fs::read_to_string(place.join("partial/mine.txt")).unwrap(),
        "mine"
    );
}

#[test]
fn gzip_around_a_binary_format_is_unpacked_too_and_bam_is_never() {
    let odd = folder();
    let signal = fs::read(project("test-data/tracks/cells_signal.bigWig")).unwrap();
    fs::write(odd.join("x.bigWig.gz"), gzip(&signal)).unwrap();
    fs::write(odd.join("x.bam"), gzip(b"BAM\x01 and more")).unwrap();
    for (file, format, datatype, bytes) in [
        ("x.bigWig.gz", "bigWig", "bigwig", signal.clone()),
        ("x.bam", "BED", "bam", fs::read(odd.join("x.bam")).unwrap()),
    ] {
        let document = with_track(|track| {
            track["file_url"] = format!("https://odd.example.org/{file}").into();
            track["file_name"] = file.into();
            track["file_format"] = json!({"term_id": "", "term_label": format});
            track.as_object_mut().unwrap().remove("checksum");
        });
        let came = import_from(&odd, "", &[&document], &[]);
        let row = came.row(BED);
        assert_eq!(row["datatype"], datatype, "{row:?}");
        assert_eq!(row["sha256"], sha256(&bytes));
    }
}

#[test]
fn a_file_in_a_crate_is_compared_with_whatever_checksum_the_crate_states() {
    let md5 = "900150983cd24fb0d6963f7d28e17f72";
    let right = good(&[&foreign(b"abc", &json!({ "md5": md5 }), &json!({}))]);
    assert_eq!(right.row("a.bed")["status"], "imported");
    let wrong = foreign(b"abd", &json!({ "md5": md5 }), &json!({}));
    let came = import_from(&folder(), "", &[&wrong], &[]);
    assert_eq!(came.status, 1);
    let reason = &came.row("a.bed")["reason"];
    assert!(
        reason.contains("found the MD5") && reason.contains(md5),
        "{reason}"
    );
    let none = good(&[&foreign(b"abc", &json!({}), &json!({}))]);
    let crate_ = none.crate_of("a.bed");
    let message = crate_.of_type("CreateAction")[0]["description"].clone();
    assert!(
        message.as_str().unwrap().contains("states no checksum"),
        "{message}"
    );
}

#[test]
fn the_licence_that_a_crate_states_is_kept() {
    let licence = "https://spdx.org/licenses/CC-BY-4.0";
    let stated = foreign(b"abc", &json!({}), &json!({"license": {"@id": licence}}));
    let crate_ = good(&[&stated]).crate_of("a.bed");
    assert_eq!(crate_.root()["license"]["@id"], licence);
    let people = &CREDITS[2..];
    let came = import_from(&folder(), "", &[&stated], people);
    assert!(
        !came.report().contains("- Missing: "),
        "the crate gives the licence"
    );
    let none = foreign(b"abc", &json!({}), &json!({}));
    let came = import_from(&folder(), "", &[&none], people);
    assert!(came.report().contains("- Missing: licence; "));
}

#[test]
fn credentials_in_a_crate_are_not_carried_on() {
    let secret = "https://ada:s3cret@odd.example.org/a.bed?X-Amz-Signature=s1gned";
    let came = good(&[&foreign(
        b"abc",
        &json!({ "contentUrl": secret }),
        &json!({}),
    )]);
    assert_eq!(
        came.row("a.bed")["source_url"],
        "https://odd.example.org/a.bed"
    );
    for word in ["s3cret", "s1gned", "ada:"] {
        came.assert_nowhere(word);
    }
    assert!(
        came.stderr.contains("contain credentials"),
        "{}",
        came.stderr
    );
}

#[test]
fn bytes_behind_gzip_that_the_providers_checksum_covers_are_a_remark() {
    let lines = b"chr1\t1\t2\n";
    for more in [&b"more"[..], b"\x1f\x00\x00", b"\0\0\x1f\x8b\x08"] {
        let bytes = [&gzip(lines), more].concat();
        let odd = folder();
        fs::write(odd.join("x.bed.gz"), &bytes).unwrap();
        for sum in [Some(sha256(&bytes)), None] {
            let document = with_track(|track| {
                track["file_url"] = "https://odd.example.org/x.bed.gz".into();
                track["file_name"] = "x.bed.gz".into();
                track["checksum"] = match &sum {
                    Some(sum) => json!({"cs_method": "SHA-256", "cs_hash": sum}),
                    None => Json::Null,
                };
                if sum.is_none() {
                    track.as_object_mut().unwrap().remove("checksum");
                }
            });
            let came = import_from(&odd, "", &[&document], &[]);
            let row = came.row(BED);
            if sum.is_none() {
                assert_eq!(row["status"], "failed", "{row:?}");
                assert!(
                    row["reason"].contains("the gzip file has trailing bytes"),
                    "{row:?}"
                );
                continue;
            }
            assert_eq!(row["status"], "imported", "{row:?}");
            assert_eq!(row["sha256"], sha256(lines));
            assert!(
                row["reason"].contains("ignored trailing bytes after the gzip data"),
                "{row:?}"
            );
        }
    }
}
