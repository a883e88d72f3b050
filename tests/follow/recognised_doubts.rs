//! `fairtracks_follow --documents`: what looks like a track of a document and is none for certain.

use fairtracks::archive::digest::DigestFunction;
use serde_json::{Value as Json, json};

use crate::support::following::{Galaxy, follow_in, row};
use crate::support::recognised::{
    OTHER, REGIONS, document_file, entity, follow, follow_upload, found, proven, suggested, sum,
    track, track_crate, upload,
};
use crate::support::{Outcome, folder};

/// A track without a checksum at a URL.
fn track_at(id: &str, url: &str) -> Json {
    let mut track = track(id, "get", REGIONS);
    track["file_url"] = url.into();
    track.as_object_mut().unwrap().remove("checksum");
    track.as_object_mut().unwrap().remove("file_name");
    track
}

#[test]
fn urls_that_differ_in_a_credential_alone_are_different() {
    let at = |parameter: &str| format!("https://tracks.example.org/get?{parameter}");
    let tracks = [
        track_at("five", &at("token=GSM5")),
        track_at("six", &at("token=GSM6")),
        track_at("plain", &at("id=GSM7")),
    ];
    for (url, expected) in [
        (at("token=GSM5"), proven("five", "source URL")),
        (at("token=GSM6"), proven("six", "source URL")),
        (at("token=GSM8"), suggested(None)),
        (at("id=GSM7"), proven("plain", "source URL")),
        // A user name and a password are those of a person, not of a file.
        (
            "https://ann:pw@tracks.example.org/get?id=GSM7".to_owned(),
            proven("plain", "source URL"),
        ),
        ("https://tracks.example.org/get".to_owned(), suggested(None)),
    ] {
        let mut galaxy = Galaxy::default();
        let id = upload(&mut galaxy, "mine", REGIONS, Some(&url));
        let came = follow(&galaxy, &id, &tracks, &[]);
        assert_eq!(found(&came, "mine"), expected, "{url}");
    }
}

#[test]
fn a_written_lineage_does_not_distinguish_such_urls() {
    let tracks = [track_at(
        "five",
        "https://tracks.example.org/get?token=GSM5",
    )];
    let mut galaxy = Galaxy::default();
    let url = "https://tracks.example.org/get?token=GSM6";
    let id = upload(&mut galaxy, "mine", REGIONS, Some(url));
    let came = follow(&galaxy, &id, &tracks, &[]);
    let written: Json = serde_json::from_str(&came.text("used.json")).unwrap();
    assert_eq!(
        written["datasets"][0]["sources"],
        json!([{"url": "https://tracks.example.org/get", "shortened": true}])
    );
    let document = document_file(&tracks);
    let options = ["--documents", document.to_str().unwrap()];
    let again = galaxy.follow_by(Some(&written), &[&id], &[], &options);
    assert_eq!(found(&again, "mine"), suggested(None));
}

#[test]
fn a_name_that_the_checksum_contradicts_is_accepted_with_a_finding_only() {
    let name = "open_chromatin.bed";
    let tracks = [track("open", name, REGIONS)];
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, name, OTHER, None);
    let (wanted, other) = (
        sum(DigestFunction::Md5, REGIONS),
        sum(DigestFunction::Md5, OTHER),
    );
    let mismatch = format!(
        "checksum mismatch: found the MD5 {other}, expected {wanted} as in the document tracks.fairtracks.json for the track example:open, which only the name suggests"
    );
    let came = follow(&galaxy, &id, &tracks, &[]);
    assert_eq!(found(&came, name), suggested(Some("open")));
    let findings = row(&came, name)["findings"].clone();
    assert!(findings.contains(&mismatch), "{findings}");
    assert!(!findings.contains("tick the option"), "{findings}");

    let came = follow(&galaxy, &id, &tracks, &["--accept-identifiers"]);
    assert_eq!(found(&came, name), proven("open", "accepted"));
    let findings = row(&came, name)["findings"].clone();
    assert!(findings.contains(&mismatch), "{findings}");
    let report = came.report();
    let verdict = "The source tracks of the result are accepted by name, not confirmed";
    assert!(report.contains(verdict), "{report}");
    let nested = track_crate(&came, name);
    let description = entity(&nested, "#track-")["description"].clone();
    let description = description.as_str().unwrap().to_owned();
    assert_eq!(
        description,
        "Suggested by the name of a dataset, whose checksum is not that of the track: it has other bytes."
    );
}

#[test]
fn what_a_tool_made_of_a_track_may_have_its_name() {
    let name = "open_chromatin.bed";
    let tracks = [track("open", name, REGIONS)];
    let mut galaxy = Galaxy::default();
    let uploaded = upload(&mut galaxy, "mine", b"other regions", None);
    let id = galaxy.run("sort1", &[&uploaded], OTHER);
    galaxy.dataset_mut(&id)["name"] = name.into();
    let came = follow(&galaxy, &id, &tracks, &[]);
    assert_eq!(found(&came, name), suggested(Some("open")));
    let findings = row(&came, name)["findings"].clone();
    assert!(!findings.contains("checksum mismatch"), "{findings}");
}

#[test]
fn many_tracks_of_one_checksum_are_counted_and_the_first_suggested() {
    let many = |count: usize| -> Vec<Json> {
        let tracks = 0..count;
        let tracks = tracks.map(|number| {
            let name = format!("file{number:05}.bed");
            track(&format!("T{number:05}"), &name, REGIONS)
        });
        tracks.collect()
    };
    let came = follow_upload(&many(10), "mine", REGIONS, None);
    assert_eq!(row(&came, "mine")["proven_tracks"].split(',').count(), 10);
    let all = many(10_001);
    let came = follow_upload(&all, "mine", REGIONS, None);
    let row_of_many = row(&came, "mine");
    assert_eq!(row_of_many["proven_tracks"], "");
    let suggested = &row_of_many["suggested_tracks"];
    assert!(
        suggested.starts_with("example:T00000,example:T00001,"),
        "{suggested}"
    );
    assert_eq!(suggested.split(',').count(), 10);
    assert_eq!(row_of_many["suggested_by"], "same bytes");
    let findings = &row_of_many["findings"];
    assert!(
        findings.contains("found 10001 tracks with the MD5 of this file"),
        "{findings}"
    );
    // A name distinguishes one of them.
    let came = follow_upload(&all, "file00007.bed", REGIONS, None);
    assert_eq!(
        found(&came, "file00007.bed"),
        proven("T00007", "document (MD5)")
    );
}

/// Files in a folder of their own, followed with a lineage and a document but without descriptions.
fn follow_files(
    galaxy: &Galaxy,
    leaves: &[&str],
    files: &[(&str, &[u8])],
    more: &[&str],
) -> Outcome {
    let place = folder();
    for (name, bytes) in files {
        std::fs::write(place.join(name), bytes).unwrap();
    }
    let lineage = galaxy.lineage(leaves);
    std::fs::write(place.join("lineage.json"), lineage.to_string()).unwrap();
    let names = files.iter().map(|(name, _)| *name);
    let arguments = names.chain(["--lineage", "lineage.json"]);
    let arguments = arguments.chain(more.iter().copied()).map(str::to_owned);
    follow_in(&place, &arguments.collect::<Vec<_>>())
}

#[test]
fn files_without_ids_are_the_leaves_of_the_lineage_in_their_order() {
    let mut galaxy = Galaxy::default();
    let url = "https://tracks.example.org/made_up/open_chromatin.bed";
    let uploaded = upload(&mut galaxy, "mine", REGIONS, Some(url));
    let (short, long) = (b"a result".as_slice(), b"a longer result".as_slice());
    let one = galaxy.run("sort1", &[&uploaded], short);
    let two = galaxy.run("merge1", &[&uploaded], long);
    let document = document_file(&[track("open", "open_chromatin.bed", REGIONS)]);
    let options = ["--documents", document.to_str().unwrap()];
    let leaves = [one.as_str(), &two];
    let came = follow_files(
        &galaxy,
        &leaves,
        &[("a.bed", short), ("b.bed", long)],
        &options,
    );
    for (name, tool) in [("a.bed", "sort1 1.0.0"), ("b.bed", "merge1 1.0.0")] {
        assert_eq!(found(&came, name), proven("open", "lineage"), "{name}");
        assert_eq!(row(&came, name)["tools"], tool);
    }
    // In another order, the sizes differ.
    let came = follow_files(
        &galaxy,
        &leaves,
        &[("a.bed", long), ("b.bed", short)],
        &options,
    );
    assert_eq!(found(&came, "a.bed"), suggested(None));
    let report = came.report();
    assert!(
        report.contains("give the dataset id of each file with"),
        "{report}"
    );
    assert!(report.contains("other sizes or another order"), "{report}");
    // Of another number of files.
    let came = follow_files(&galaxy, &leaves, &[("a.bed", short)], &options);
    let report = came.report();
    assert!(report.contains("it is of 2 results, not of 1"), "{report}");
    // A lineage without sizes: any two files would do.
    for id in leaves {
        galaxy
            .dataset_mut(id)
            .as_object_mut()
            .unwrap()
            .remove("size");
    }
    let came = follow_files(
        &galaxy,
        &leaves,
        &[("a.bed", short), ("b.bed", long)],
        &options,
    );
    assert_eq!(found(&came, "a.bed"), suggested(None));
    let report = came.report();
    let reason = "their order proves nothing without their sizes";
    assert!(report.contains(reason), "{report}");
    assert!(!report.contains("other sizes"), "{report}");
}

#[test]
fn tools_are_named_without_the_rest_of_their_tool_shed_id() {
    let mut galaxy = Galaxy::default();
    let uploaded = upload(&mut galaxy, "mine", REGIONS, None);
    let tool = "toolshed.example.org/repos/iuc/bedtools/bedtools_mergebed/1.0.0";
    let id = galaxy.run(tool, &[&uploaded], "merged");
    let came = follow(&galaxy, &id, &[track("open", "open.bed", REGIONS)], &[]);
    let name = galaxy.dataset(&id)["name"].as_str().unwrap();
    let expected = "upload1 1.1.7,bedtools_mergebed 1.0.0";
    assert_eq!(row(&came, name)["tools"], expected);
}

#[test]
fn a_history_export_that_cannot_be_read_is_a_finding() {
    let place = folder();
    std::fs::write(place.join("mine.bed"), REGIONS).unwrap();
    std::fs::write(place.join("broken.zip"), "no archive").unwrap();
    let document = document_file(&[track("open", "open_chromatin.bed", REGIONS)]);
    let with = |more: &[&str]| {
        let arguments = ["mine.bed", "--history-export", "broken.zip"];
        let arguments = arguments.iter().chain(more).map(|it| (*it).to_owned());
        follow_in(&place, &arguments.collect::<Vec<_>>())
    };
    let options = ["--documents", document.to_str().unwrap()];
    let came = with(&options);
    assert_eq!(found(&came, "mine.bed"), proven("open", "document (MD5)"));
    let finding = "history export broken.zip: found neither a tar nor a zip archive";
    assert!(came.report().contains(finding), "{}", came.report());
    let strict = with(&[&options[..], &["--strict"]].concat());
    assert_eq!(strict.status, 1, "{}", strict.stderr);
    assert!(
        strict.stderr.contains("1 of 1 history exports unreadable"),
        "{}",
        strict.stderr
    );
    // With nothing else to search it is a failure.
    assert_eq!(with(&[]).status, 1);
    // Galaxy gives the name of the dataset, since the file has another one.
    let names = |names: &str| {
        std::fs::write(place.join("names.json"), names).unwrap();
        with(&[&options[..], &["--history-export-names", "names.json"]].concat())
    };
    let named = names("[\"My \\\"old\\\" history.tgz\"]");
    let finding = "history export My \"old\" history.tgz: found neither";
    assert!(named.stderr.contains(finding), "{}", named.stderr);
    assert!(!named.report().contains("broken.zip"), "{}", named.report());
    let too_many = names("[\"a\", \"b\"]");
    let expected = "found 2 names, expected 1, one for each history export";
    assert_eq!(too_many.status, 1);
    assert!(too_many.stderr.contains(expected), "{}", too_many.stderr);
}

#[test]
fn results_of_one_identifier_share_a_line_of_the_table_and_no_name() {
    let mut galaxy = Galaxy::default();
    let mut ids = Vec::new();
    for (bytes, name) in [("one", "same"), ("two", "same"), ("three", "same (2)")] {
        ids.push(upload(&mut galaxy, name, bytes.as_bytes(), None));
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let table = folder().join("table.tsv");
    std::fs::write(&table, "element_identifier\tassay\nsame\tDNase\n").unwrap();
    let options = ["--sample-sheet", "--sheet-table", table.to_str().unwrap()];
    let came = galaxy.follow(&ids, &[], &options);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(
        came.names("output_crates"),
        ["same", "same (3)", "same (2)"]
    );
    let rows = came.rows().into_iter();
    let mut names: Vec<String> = rows.map(|row| row["result"].clone()).collect();
    names.sort();
    assert_eq!(names, ["same", "same (2)", "same (3)"]);
    let remark = "one line for 2 results with the element identifier `same`";
    assert!(came.stderr.contains(remark), "{}", came.stderr);
}
