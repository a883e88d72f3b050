//! `fairtracks_follow --documents`: files that nobody imported are tracks by checksum or source URL, and suggested by name at most.

use std::fs;
use std::path::Path;

use fairtracks::archive::digest::DigestFunction;
use serde_json::{Value as Json, json};

use crate::support::folder;
use crate::support::following::{Galaxy, follow_in, row};
use crate::support::importing::{Opened, gzip, sha256};
use crate::support::packaging::faults;
use crate::support::recognised::{
    OTHER, REGIONS, URL, document_file, entity, follow, follow_upload, found, proven, suggested,
    sum, track, track_crate, upload,
};

#[test]
fn a_file_as_served_is_recognised_under_any_name() {
    let tracks = [
        track("open", "open_chromatin.bed", REGIONS),
        track("other", "other.bed", b"other bytes"),
    ];
    for name in ["open_chromatin.bed", "my file", "other.bed"] {
        let came = follow_upload(&tracks, name, REGIONS, None);
        assert_eq!(
            found(&came, name),
            proven("open", "document (MD5)"),
            "{name}"
        );
        assert_eq!(row(&came, name)["findings"], "");
        assert_eq!(row(&came, name)["genome_builds"], "hg38");
        let report = came.report();
        assert!(report.contains("The source tracks of the result are confirmed"));
        let searched = "1 FAIRtracks document (2 tracks): 1 result and 0 ancestors identified";
        assert!(report.contains(searched), "{report}");
    }
}

#[test]
fn gzip_makes_no_difference_where_the_document_has_the_checksum_of_the_content() {
    let tracks = [track("open", "open_chromatin.bed", REGIONS)];
    let came = follow_upload(&tracks, "packed", &gzip(REGIONS), None);
    assert_eq!(found(&came, "packed"), proven("open", "document (MD5)"));
    let file = track_crate(&came, "packed");
    assert_eq!(entity(&file, "#track-")["sha256"], sha256(REGIONS));
    // The checksum of the file as served is that of the gzip file.
    let tracks = [track("open", "open_chromatin.bed.gz", &gzip(REGIONS))];
    let came = follow_upload(&tracks, "packed", &gzip(REGIONS), None);
    assert_eq!(found(&came, "packed"), proven("open", "document (MD5)"));
}

#[test]
fn a_changed_byte_is_not_recognised() {
    let tracks = [track("open", "open_chromatin.bed", REGIONS)];
    for (name, hint) in [("mine", None), ("open_chromatin.bed", Some("open"))] {
        for bytes in [OTHER.to_vec(), gzip(OTHER)] {
            let came = follow_upload(&tracks, name, &bytes, None);
            assert_eq!(found(&came, name), suggested(hint), "{name}");
        }
    }
    assert_eq!(
        found(&follow_upload(&tracks, "empty", b"", None), "empty"),
        suggested(None)
    );
}

#[test]
fn a_decompressed_file_needs_the_url_that_galaxy_recorded() {
    let tracks = [track("open", "open_chromatin.bed.gz", &gzip(REGIONS))];
    let name = "open_chromatin.bed";
    let came = follow_upload(&tracks, name, REGIONS, None);
    assert_eq!(found(&came, name), suggested(Some("open")));
    assert_eq!(row(&came, name)["suggested_by"], "document name");
    let hint = "upload the file as served, or by its URL";
    let findings = row(&came, name)["findings"].clone();
    assert!(findings.ends_with(hint), "{findings}");
    // A gzip file is another one, and needs no such advice.
    let came = follow_upload(&tracks, name, &gzip(OTHER), None);
    assert_eq!(found(&came, name), suggested(Some("open")));
    let findings = row(&came, name)["findings"].clone();
    assert!(!findings.contains(hint), "{findings}");
    let url = format!("{URL}.gz");
    let came = follow_upload(&tracks, "mine", REGIONS, Some(&url));
    assert_eq!(found(&came, "mine"), proven("open", "source URL"));
    let crate_ = track_crate(&came, "mine");
    let description = entity(&crate_, "#recognition-")["description"].clone();
    let description = description.as_str().unwrap().to_owned();
    assert!(
        description.contains("by the source URL that Galaxy recorded"),
        "{description}"
    );
    assert!(
        description.ends_with(&format!(
            "Galaxy loaded it from {url} and stored it decompressed or with converted line ends"
        )),
        "{description}"
    );
    let file = entity(&crate_, "#track-");
    assert_eq!(file["sha256"], sha256(REGIONS));
    assert_eq!(file.get("contentUrl"), None);
    assert_eq!(file["isBasedOn"]["@id"], url);
    assert_eq!(faults(&came.crate_path("mine")), Vec::<String>::new());
}

#[test]
fn the_hint_for_what_is_not_confirmed_names_the_documents() {
    let tracks = [track("open", "open_chromatin.bed", REGIONS)];
    let came = follow_upload(&tracks, "mine", OTHER, None);
    assert_eq!(
        row(&came, "mine")["findings"],
        "source tracks could not be confirmed: no crate or document has the checksum of this file or of its ancestors; add the crates of its source tracks, or a document that describes them"
    );
    let report = came.report();
    let searched = "- Crates searched: 0\n- Documents searched: 1 FAIRtracks document (1 track)";
    assert!(report.contains(searched), "{report}");
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, "mine", OTHER, None);
    let document = document_file(&tracks);
    let options = ["--documents", document.to_str().unwrap()];
    let came = galaxy.follow_by(None, &[&id], &[], &options);
    let findings = row(&came, "mine")["findings"].clone();
    let hint = "no crate or document has the checksum of this file, and there is no lineage";
    assert!(findings.contains(hint), "{findings}");
}

#[test]
fn a_checksum_that_differs_beats_the_url() {
    let tracks = [track("open", "open_chromatin.bed", REGIONS)];
    let came = follow_upload(&tracks, "mine", OTHER, Some(URL));
    assert_eq!(found(&came, "mine"), suggested(None));
    let findings = row(&came, "mine")["findings"].clone();
    let (wanted, other) = (
        sum(DigestFunction::Md5, REGIONS),
        sum(DigestFunction::Md5, OTHER),
    );
    let expected = format!(
        "checksum mismatch: found the MD5 {other}, expected {wanted} as in the document tracks.fairtracks.json for the URL {URL}"
    );
    assert!(findings.contains(&expected), "{findings}");
    // The gzip file as served was kept, and is another one.
    let tracks = [track("open", "open_chromatin.bed.gz", &gzip(REGIONS))];
    let url = format!("{URL}.gz");
    let came = follow_upload(&tracks, "mine", &gzip(OTHER), Some(&url));
    assert_eq!(found(&came, "mine"), suggested(None));
}

#[test]
fn a_file_whose_line_ends_galaxy_converted_is_recognised_by_its_url() {
    let with_returns = String::from_utf8_lossy(REGIONS).replace('\n', "\r\n");
    let tracks = [track("open", "open_chromatin.bed", with_returns.as_bytes())];
    for (transformed, expected) in [
        (true, proven("open", "source URL")),
        (false, suggested(None)),
    ] {
        let mut galaxy = Galaxy::default();
        let id = upload(&mut galaxy, "mine", REGIONS, Some(URL));
        galaxy.dataset_mut(&id)["sources"][0]["transformed"] = transformed.into();
        let came = follow(&galaxy, &id, &tracks, &[]);
        assert_eq!(found(&came, "mine"), expected);
    }
}

#[test]
fn the_url_proves_where_the_document_has_no_checksum_to_compare() {
    let with = |checksum: Option<Json>| {
        let mut track = track("open", "open_chromatin.bed", REGIONS);
        match checksum {
            Some(checksum) => track["checksum"] = checksum,
            None => drop(track.as_object_mut().unwrap().remove("checksum")),
        }
        track
    };
    for checksum in [
        None,
        Some(json!({"cs_method": "CRC-32", "cs_hash": "cbf43926"})),
        Some(json!({"cs_method": "MD5", "cs_hash": "see the file MD5SUMS"})),
    ] {
        let tracks = [with(checksum.clone())];
        let came = follow_upload(&tracks, "mine", REGIONS, Some(URL));
        assert_eq!(
            found(&came, "mine"),
            proven("open", "source URL"),
            "{checksum:?}"
        );
        let came = follow_upload(
            &tracks,
            "mine",
            REGIONS,
            Some("https://elsewhere.example.org/open_chromatin.bed"),
        );
        assert_eq!(found(&came, "mine"), suggested(None), "{checksum:?}");
    }
}

#[test]
fn of_several_documents_all_count_and_others_are_findings() {
    let place = folder();
    fs::write(place.join("mine.bed"), REGIONS).unwrap();
    fs::create_dir(place.join("documents")).unwrap();
    let write =
        |name: &str, bytes: &[u8]| fs::write(place.join("documents").join(name), bytes).unwrap();
    let file = |path: &Path| fs::read(path).unwrap();
    write(
        "a.json",
        &file(&document_file(&[track("other", "other.bed", OTHER)])),
    );
    write(
        "b.json",
        &file(&document_file(&[track(
            "open",
            "open_chromatin.bed",
            REGIONS,
        )])),
    );
    // The same track once more, as in the hits of a search.
    write(
        "c.json",
        &gzip(&file(&document_file(&[track(
            "open",
            "open_chromatin.bed",
            REGIONS,
        )]))),
    );
    write("d.json", b"chr1\t1\t2\n");
    write("names.txt", b"");
    fs::rename(place.join("documents/names.txt"), place.join("names.json")).unwrap();
    fs::write(
        place.join("names.json"),
        json!(["one", "two", "three", "four"]).to_string(),
    )
    .unwrap();
    let arguments = [
        "mine.bed",
        "--documents",
        "documents",
        "--document-names",
        "names.json",
    ]
    .map(str::to_owned);
    let came = follow_in(&place, &arguments);
    assert_eq!(found(&came, "mine.bed"), proven("open", "document (MD5)"));
    let line = came.stderr.lines().find(|line| line.contains("four"));
    let line = line.unwrap_or_else(|| panic!("{}", came.stderr));
    assert!(
        line.contains("expected a FAIRtracks document") && line.ends_with("; not used"),
        "{line}"
    );
    assert!(
        came.report()
            .contains("3 FAIRtracks documents (2 tracks): 1 result"),
        "{}",
        came.report()
    );
    let opened: Opened = came.crate_of("mine.bed");
    assert!(
        opened
            .metadata
            .to_string()
            .contains("the FAIRtracks document two")
    );

    let none = follow_in(
        &place,
        &["mine.bed", "--documents", "documents/d.json"].map(str::to_owned),
    );
    assert_eq!(none.status, 1);
    assert!(none.stderr.contains("d.json: found"), "{}", none.stderr);
}
