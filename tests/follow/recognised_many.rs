//! A hundred datasets that were uploaded by hand, and a document of ten thousand tracks.

use serde_json::Value as Json;

use crate::support::following::Galaxy;
use crate::support::importing::gzip;
use crate::support::recognised::{Found, document_file, found, proven, suggested, track, upload};

/// How many tracks the document has.
const TRACKS: usize = 10_000;
/// How many datasets are uploaded.
const DATASETS: usize = 100;

/// The content of a track, which no other has.
fn content(number: usize) -> Vec<u8> {
    let line = |at: usize| {
        format!(
            "chr{}\t{at}\t{}\tregion of track {number}\n",
            number % 22 + 1,
            at + 50
        )
    };
    (0..5)
        .map(|row| line(row * 100 + number))
        .collect::<String>()
        .into_bytes()
}

fn is_packed(number: usize) -> bool {
    number % 2 == 1
}

fn file_name(number: usize) -> String {
    let packed = if is_packed(number) { ".gz" } else { "" };
    format!("MUP{number:06}_regions.bed{packed}")
}

fn id(number: usize) -> String {
    format!("MUP{number:06}")
}

/// The bytes at the URL.
fn served(number: usize) -> Vec<u8> {
    match is_packed(number) {
        true => gzip(&content(number)),
        false => content(number),
    }
}

#[test]
fn a_hundred_uploads_are_recognised_in_a_document_of_ten_thousand_tracks() {
    let tracks: Vec<Json> = (0..TRACKS)
        .map(|number| track(&id(number), &file_name(number), &served(number)))
        .collect();
    let document = document_file(&tracks);
    let mut galaxy = Galaxy::default();
    let mut results: Vec<(String, String, Found)> = Vec::new();
    for number in 0..DATASETS {
        // Tracks all over the document, packed and plain ones alike.
        let of = number * 97 + number / 7;
        let (track, url) = (
            id(of),
            format!("https://tracks.example.org/made_up/{}", file_name(of)),
        );
        let by_checksum = proven(&track, "document (MD5)");
        let mut changed = served(of);
        if let Some(last) = changed.last_mut() {
            *last ^= 1;
        }
        let mut changed_content = content(of);
        changed_content[30] ^= 1;
        let renamed = format!("result {number}");
        let (name, bytes, url, expected) = match number % 10 {
            0 => (file_name(of), served(of), None, by_checksum),
            1 => (file_name(of), served(of), Some(url), by_checksum),
            2 | 3 => (renamed, served(of), None, by_checksum),
            // Compressed by the user: the checksum is that of the content, if that was served.
            4 if !is_packed(of) => (renamed, gzip(&content(of)), None, by_checksum),
            // Decompressed by Galaxy on its way in.
            4 | 5 if is_packed(of) => (
                renamed,
                content(of),
                Some(url),
                proven(&track, "source URL"),
            ),
            6 if is_packed(of) => (renamed, content(of), None, suggested(None)),
            7 if is_packed(of) => (file_name(of), content(of), None, suggested(Some(&track))),
            8 => (renamed, changed, None, suggested(None)),
            9 if !is_packed(of) => (renamed, changed_content, Some(url), suggested(None)),
            _ => (renamed, served(of), None, by_checksum),
        };
        let mut dataset = upload(&mut galaxy, &name, &bytes, url.as_deref());
        // Every third is a copy of the upload.
        if number % 3 == 0 {
            dataset = galaxy.copy(&dataset);
        }
        let name = format!("{number}: {name}");
        galaxy.dataset_mut(&dataset)["element_identifier"] = name.as_str().into();
        results.push((dataset, name, expected));
    }
    let ids: Vec<&str> = results.iter().map(|(id, _, _)| id.as_str()).collect();
    let came = galaxy.follow(&ids, &[], &["--documents", document.to_str().unwrap()]);
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    for (number, (_, name, expected)) in results.iter().enumerate() {
        let mut found = found(&came, name);
        // A copy is known by its original too.
        found.evidence = found
            .evidence
            .replace(",lineage", "")
            .replace("lineage,", "");
        assert_eq!(found, *expected, "{name}");
        *kinds.entry(expected.evidence.clone()).or_default() += 1;
        assert!(number < DATASETS);
    }
    // Each kind is really there.
    for (kind, fewest) in [("document (MD5)", 60), ("source URL", 5), ("", 15)] {
        assert!(kinds[kind] >= fewest, "{kinds:?}");
    }
    assert!(
        came.report()
            .contains("1 FAIRtracks document (10000 tracks)"),
        "{}",
        came.report()
    );
}
