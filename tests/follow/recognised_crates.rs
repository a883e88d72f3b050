//! The crates of tracks that `fairtracks_follow` recognised by documents, and what is derived from them.

use fairtracks::archive::digest::DigestFunction;
use serde_json::{Value as Json, json};

use crate::support::Outcome;
use crate::support::following::{Galaxy, crates, row};
use crate::support::importing::{gzip, nine, sha256};
use crate::support::packaging::faults;
use crate::support::project;
use crate::support::recognised::{
    Found, OTHER, REGIONS, URL, document_file, entity, follow, follow_upload, found, proven,
    suggested, sum, track, track_crate, upload,
};

#[test]
fn the_crate_says_how_the_track_was_recognised_and_claims_no_download() {
    let came = follow_upload(
        &[track("open", "open_chromatin.bed", REGIONS)],
        "mine",
        REGIONS,
        None,
    );
    let crate_ = track_crate(&came, "mine");
    let action = entity(&crate_, "#recognition-");
    let description = action["description"].as_str().unwrap();
    assert_eq!(
        description,
        "Identified by its MD5 against the FAIRtracks document tracks.fairtracks.json; where Galaxy has it from is not known"
    );
    let text = crate_.to_string();
    assert!(!text.to_lowercase().contains("download"), "{text}");
    assert!(!text.contains("#import-"));
    let file = entity(&crate_, "#track-");
    assert_eq!(file["sha256"], sha256(REGIONS));
    assert_eq!(file["contentSize"], REGIONS.len().to_string());
    assert_eq!(file["contentUrl"], URL);
    assert_eq!(action["object"][0]["@id"], file["@id"]);
    assert_eq!(action["result"]["@id"], "metadata/fairtracks.json");
    let mut graph = crate_["@graph"].as_array().unwrap().iter();
    assert!(graph.any(|entity| entity["@id"] == "#sample" && entity["name"] == "K562"));
    assert_eq!(faults(&came.crate_path("mine")), Vec::<String>::new());
    // The crate of the result goes on as any other does.
    let opened = came.crate_of("mine");
    assert_eq!(opened.document()["tracks"][0]["local_id"], "example:open");
    let page = opened.preview();
    assert!(
        page.contains("identified in FAIRtracks documents"),
        "{page}"
    );
    assert!(!page.to_lowercase().contains("downloaded"), "{page}");
}

#[test]
fn the_crate_is_that_of_an_import_but_for_what_was_done() {
    let imported = nine(&[]);
    let name = "example:cells_signal";
    let element = imported.element("output_tracks", name);
    let crate_of_import = imported.crate_of(name);
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, name, &imported.bytes(&element), None);
    galaxy.dataset_mut(&id)["extension"] = "bigwig".into();
    let document = project("test-data/tracks.fairtracks.json");
    let came = galaxy.follow(&[&id], &[], &["--documents", document.to_str().unwrap()]);
    assert_eq!(row(&came, name)["evidence"], "document (SHA-256)");
    let crate_ = track_crate(&came, name);
    let is_told = |entity: &&Json| {
        let id = entity["@id"].as_str().unwrap();
        let own = [
            "#import-",
            "./",
            "metadata/fairtracks.json",
            "#checksum",
            "https://tracks.example.org/",
            "#property-galaxy-name-tag",
        ];
        !own.iter().any(|start| id.starts_with(start)) && entity["@type"] != "SoftwareApplication"
    };
    let own_of_file = ["sdDatePublished", "md5", "additionalProperty"];
    let without = |entity: &Json| {
        let mut entity = entity.clone();
        own_of_file
            .iter()
            .for_each(|key| drop(entity.as_object_mut().unwrap().remove(*key)));
        entity
    };
    let graph = crate_["@graph"].as_array().unwrap();
    let all = crate_of_import.graph().iter().filter(is_told);
    let mut compared = 0;
    for entity in all.filter(|entity| {
        !entity["@id"]
            .as_str()
            .unwrap()
            .contains("coordinate-system")
            && !entity["@id"]
                .as_str()
                .unwrap()
                .contains("sequence-collection")
    }) {
        let same = graph.iter().find(|other| other["@id"] == entity["@id"]);
        let same = same.unwrap_or_else(|| panic!("no {entity}"));
        assert_eq!(without(same), without(entity));
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn credentials_in_urls_neither_hinder_nor_appear() {
    let mut secret = track("open", "open_chromatin.bed.gz", &gzip(REGIONS));
    secret["file_url"] = format!("{URL}.gz?token=plantedsecret").into();
    let url = format!("{URL}.gz?token=plantedsecret");
    let came = follow_upload(&[secret], "mine", REGIONS, Some(&url));
    assert_eq!(found(&came, "mine"), proven("open", "source URL"));
    for (place, bytes) in came.everything() {
        // The lineage that the test itself gives has it.
        let is_input = place.ends_with("lineage.json");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(is_input || !text.contains("plantedsecret"), "{place}");
    }
}

#[test]
fn an_ancestor_proves_what_was_made_of_it() {
    let tracks = [track("open", "open_chromatin.bed", REGIONS)];
    let result =
        b"a result with so many bytes that they are equal to none by chance, whatever they are";
    let md5 = json!([{"function": "MD5", "value": sum(DigestFunction::Md5, REGIONS)}]);
    let both = json!([md5[0], {"function": "SHA-256", "value": sha256(REGIONS)}]);
    let differs = json!([{"function": "MD5", "value": sum(DigestFunction::Md5, OTHER)}]);
    let incomparable = json!([{"function": "SHA-256", "value": sha256(REGIONS)}]);
    for (hashes, url, is_proven) in [
        (md5, None, true),
        (both, None, true),
        (differs, Some(URL), false),
        (incomparable.clone(), Some(URL), true),
        (incomparable, None, false),
        (json!([]), Some(URL), true),
        (json!([]), None, false),
    ] {
        let mut galaxy = Galaxy::default();
        let uploaded = upload(&mut galaxy, "mine", REGIONS, url);
        galaxy.dataset_mut(&uploaded)["hashes"] = hashes.clone();
        let copy = galaxy.copy(&uploaded);
        let sorted = galaxy.run("sort1", &[&copy], "sorted");
        let id = galaxy.run("merge", &[&sorted], result);
        let came = follow(&galaxy, &id, &tracks, &[]);
        let name = galaxy.dataset(&id)["name"].as_str().unwrap().to_owned();
        let expected = match is_proven {
            true => proven("open", "lineage"),
            false => suggested(None),
        };
        assert_eq!(found(&came, &name), expected, "{hashes} {url:?}");
        if is_proven {
            assert_eq!(row(&came, &name)["steps"], "2");
            assert_eq!(row(&came, &name)["findings"], "", "{hashes} {url:?}");
            assert_eq!(faults(&came.crate_path(&name)), Vec::<String>::new());
        }
    }
}

#[test]
fn an_upload_among_the_results_proves_what_was_made_of_it() {
    let tracks = [track("open", "open_chromatin.bed", REGIONS)];
    let mut galaxy = Galaxy::default();
    let uploaded = upload(&mut galaxy, "mine", REGIONS, None);
    // Galaxy has another checksum than the document.
    galaxy.dataset_mut(&uploaded)["hashes"] =
        json!([{"function": "SHA-256", "value": sha256(REGIONS)}]);
    let copy = galaxy.copy(&uploaded);
    let result = galaxy.run(
        "sort1",
        &[&copy],
        "sorted, with so many bytes that they are equal to none by chance",
    );
    let document = document_file(&tracks);
    let options = ["--documents", document.to_str().unwrap()];
    let name = galaxy.dataset(&result)["name"].as_str().unwrap();
    let alone = galaxy.follow(&[&result], &[], &options);
    assert_eq!(found(&alone, name), suggested(None));
    let both = galaxy.follow(&[&result, &uploaded], &[], &options);
    assert_eq!(found(&both, name), proven("open", "lineage"));
    assert_eq!(found(&both, "mine"), proven("open", "document (MD5)"));
    let searched = "1 result and 1 ancestor identified";
    assert!(both.report().contains(searched), "{}", both.report());
}

#[test]
fn tracks_with_the_same_bytes_are_told_apart_by_url_then_by_name() {
    let tracks = [
        track("one", "one.bed", REGIONS),
        track("two", "two.bed", REGIONS),
    ];
    let url = "https://tracks.example.org/made_up/two.bed";
    for (name, url, expected) in [
        ("one.bed", None, "example:one"),
        ("label of two", None, "example:two"),
        ("one.bed", Some(url), "example:two"),
        ("mine", None, "example:one,example:two"),
    ] {
        let came = follow_upload(&tracks, name, REGIONS, url);
        let expected = Found {
            proven: expected.to_owned(),
            evidence: "document (MD5)".to_owned(),
            suggested: String::new(),
        };
        assert_eq!(found(&came, name), expected, "{name} {url:?}");
        assert_eq!(faults(&came.crate_path(name)), Vec::<String>::new());
    }
}

#[test]
fn a_name_counts_only_if_the_user_says_so() {
    let mut accession = track("ENCFF717PIO", "x1.bed.gz", &gzip(REGIONS));
    accession["local_id"] = "example:ENCFF717PIO".into();
    let tracks = [accession, track("few", "few.bed", b"few")];
    for name in [
        "ENCFF717PIO.bed",
        "peaks of ENCFF717PIO (hg38)",
        "x1.bed",
        "encff717pio_peaks",
    ] {
        let mut galaxy = Galaxy::default();
        let id = upload(&mut galaxy, name, REGIONS, None);
        let came = follow(&galaxy, &id, &tracks, &[]);
        assert_eq!(found(&came, name), suggested(Some("ENCFF717PIO")), "{name}");
        let came = follow(&galaxy, &id, &tracks, &["--accept-identifiers"]);
        assert_eq!(
            found(&came, name),
            proven("ENCFF717PIO", "accepted"),
            "{name}"
        );
        let crate_ = track_crate(&came, name);
        assert_eq!(entity(&crate_, "#track-").get("sha256"), None);
        let description = entity(&crate_, "#recognition-")["description"].clone();
        assert!(
            description.as_str().unwrap().contains("which is no proof"),
            "{description}"
        );
    }
    let came = follow_upload(&tracks, "few regions", REGIONS, None);
    assert_eq!(found(&came, "few regions"), suggested(None));
}

#[test]
fn what_a_crate_describes_is_not_looked_for_in_documents() {
    let imported = nine(&[]);
    let mut galaxy = Galaxy::default();
    let ids = galaxy.imported(&imported);
    let document = project("test-data/tracks.fairtracks.json");
    let options = ["--documents", document.to_str().unwrap()];
    let results: Vec<&str> = ids.iter().map(String::as_str).collect();
    let with = galaxy.follow(&results, &crates(&imported), &options);
    let without = galaxy.follow(&results, &crates(&imported), &[]);
    assert_eq!(with.rows(), without.rows());
    // Without the crates, the document says what was imported, unpacked files included.
    let by_document = galaxy.follow(&results, &[], &options);
    let tracks = |came: &Outcome| -> Vec<(String, String)> {
        let rows = came.rows().into_iter();
        rows.map(|row| (row["result"].clone(), row["proven_tracks"].clone()))
            .collect()
    };
    assert_eq!(tracks(&by_document), tracks(&without));
}

#[test]
fn a_later_following_needs_no_document() {
    let tracks = [track("open", "open_chromatin.bed", REGIONS)];
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, "mine", REGIONS, None);
    let first = follow(&galaxy, &id, &tracks, &[]);
    let result = galaxy.run(
        "sort1",
        &[&id],
        "sorted, with so many bytes that they are equal to none by chance",
    );
    galaxy.dataset_mut(&id)["hashes"] = json!([{"function": "SHA-256", "value": sha256(REGIONS)}]);
    let came = galaxy.follow(&[&result], &crates(&first), &[]);
    let name = galaxy.dataset(&result)["name"].as_str().unwrap();
    assert_eq!(found(&came, name), proven("open", "lineage"));
}
