//! Galaxy's export of a history, read for its lineage.

use std::io::Cursor;

use crate::support::history_export::{
    gzip, header, history, id, read_all, refusal, tar, uuid, zip,
};
use fairtracks::galaxy::lineage::history_export::read;
use fairtracks::galaxy::lineage::lineage_json;
use fairtracks::galaxy::lineage::{Producer, StopReason};
use proptest::prelude::*;

#[test]
fn lineage_goes_from_a_result_to_its_import() {
    let lineage = read_all(&gzip(&tar(&history()))).leading_to(vec![id(3)]);
    assert_eq!(lineage.producer, Producer::HistoryExport);
    assert_eq!(lineage.galaxy.version, "26.1");
    assert!(lineage.complete, "{:?}", lineage.stopped);
    let names: Vec<&str> = lineage
        .datasets
        .iter()
        .map(|dataset| dataset.name.as_str())
        .collect();
    assert_eq!(names, ["track", "cut twice", "cut"]);
    let track = &lineage.datasets[0];
    assert_eq!(
        (track.element_identifier.as_str(), track.dbkey.as_str()),
        ("H3K4me3", "hg38")
    );
    assert_eq!(
        (track.uuid.as_str(), track.tags.concat().as_str()),
        (uuid(1).as_str(), "name:x")
    );
    assert_eq!(track.hid, Some(1));
    assert_eq!(track.sources[0].url, "https://h.example/track");
    assert!(!track.sources[0].transformed);
    assert_eq!(track.hashes[0].value, format!("{:064x}", 1));
    let tools: Vec<bool> = lineage.jobs.iter().map(|job| job.is_import()).collect();
    assert_eq!(tools, [true, false, false]);
    let cut = &lineage.jobs[1];
    assert_eq!(cut.parameters.keys().collect::<Vec<_>>(), ["count"]);
    assert_eq!(cut.inputs[0].dataset, id(1));
    assert_eq!(cut.start.as_deref(), Some("2026-11-24T08:10:22+00:00"));
}

#[test]
fn a_copy_is_followed_into_the_history_that_it_came_from() {
    let lineage = read_all(&gzip(&tar(&history()))).leading_to(vec![id(4)]);
    let ids: Vec<&str> = lineage
        .datasets
        .iter()
        .map(|dataset| dataset.id.as_str())
        .collect();
    assert_eq!(ids, [id(4), id(44)]);
    assert_eq!(lineage.datasets[1].uuid, uuid(4));
    let numbers = lineage.datasets.iter().map(|dataset| dataset.hid);
    assert_eq!(numbers.collect::<Vec<_>>(), [Some(4), None]);
    assert_eq!(lineage.datasets[1].created_by, Some(id(14)));
    // What it was made of stays there.
    assert_eq!(
        (lineage.stopped[0].at.as_str(), lineage.stopped[0].why),
        (id(44).as_str(), StopReason::Limit)
    );
}

#[test]
fn an_input_that_the_archive_does_not_tell_of_ends_the_lineage() {
    let lineage = read_all(&gzip(&tar(&history()))).leading_to(vec![id(6)]);
    assert!(!lineage.complete);
    assert_eq!(
        (lineage.stopped[0].at.as_str(), lineage.stopped[0].why),
        (id(6).as_str(), StopReason::Limit)
    );
    assert!(lineage.jobs[0].inputs.is_empty());
}

#[test]
fn every_kind_of_archive_gives_the_same() {
    let expected = read_all(&gzip(&tar(&history())));
    assert_eq!(read_all(&tar(&history())), expected);
    assert_eq!(read_all(&zip(&history())), expected);
    let bag: Vec<_> = history()
        .into_iter()
        .map(|(name, bytes)| (format!("bag/data/{name}"), bytes))
        .collect();
    assert_eq!(read_all(&zip(&bag)), expected);
    assert_eq!(read_all(&gzip(&tar(&bag))), expected);
}

#[test]
fn long_names_and_pax_records_are_read() {
    let text = b"28 comment=a\n";
    let mut archive = Vec::new();
    let mut add = |name: &[u8], kind: u8, bytes: &[u8]| {
        archive.extend(header(name, bytes.len(), kind));
        archive.extend(bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    };
    add(b"g", b'g', text);
    for (position, (name, bytes)) in history().iter().enumerate() {
        let long = format!("{}/{name}", "x".repeat(150));
        if position % 2 == 0 {
            add(b"././@LongLink", b'L', long.as_bytes());
        } else {
            let digits = (long.len() + 7 + 3).to_string().len();
            add(
                b"x",
                b'x',
                format!("{} path={long}\n", long.len() + 7 + digits).as_bytes(),
            );
        }
        add(b"short", b'0', bytes);
    }
    assert_eq!(read_all(&archive), read_all(&tar(&history())));
}

#[test]
fn nothing_private_is_in_it() {
    let written = lineage_json::write(&read_all(&gzip(&tar(&history()))));
    assert!(!written.contains("plant"), "{written}");
}

#[test]
fn other_files_are_refused_with_what_to_do() {
    let without = |gone: &str| {
        history()
            .into_iter()
            .filter(|(name, _)| name != gone)
            .collect::<Vec<_>>()
    };
    let mut broken = history();
    broken[6].1 = b"[{\"encoded_id\": 7,\n \"exit_code\": }]".to_vec();
    let mut large = history();
    large[2].1 = vec![b' '; (64 << 20) + 1];
    let whole = gzip(&tar(&history()));
    for (archive, expected) in [
        (b"track\tchr1".to_vec(), "neither a tar nor a zip"),
        (vec![b'a'; 2000], "neither a tar nor a zip"),
        (Vec::new(), "neither a tar nor a zip"),
        (gzip(b"chr1\t0\t10\n"), "truncated"),
        (gzip(&vec![b'a'; 2000]), "no tar archive"),
        (
            gzip(&tar(&without("jobs_attrs.txt"))),
            "no `jobs_attrs.txt`",
        ),
        (
            zip(&without("datasets_attrs.txt")),
            "no `datasets_attrs.txt`",
        ),
        (
            gzip(&tar(&broken)),
            "`jobs_attrs.txt` in the archive, line 2",
        ),
        (gzip(&tar(&large)), "at most 67108864"),
        (whole[..whole.len() / 2].to_vec(), "truncated"),
    ] {
        let found = refusal(&archive);
        assert!(found.contains(expected), "{found}");
    }
}

#[test]
fn a_name_without_end_does_not_fill_the_memory() {
    let archive = header(b"././@LongLink", 1 << 32, b'L');
    assert!(refusal(&archive).contains("names of more than 1 MiB"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn whatever_the_bytes_there_is_an_answer(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), cut in any::<prop::sample::Index>()) {
        let mut archive = tar(&history());
        for (place, byte) in changes {
            let place = place.index(archive.len());
            archive[place] = byte;
        }
        let _ = read(Cursor::new(&archive));
        archive.truncate(cut.index(archive.len()));
        let _ = read(Cursor::new(&archive));
    }
}
