//! Galaxy's export of a history, read for its lineage.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};

use fairtracks::format::history_export::{HistoryExport, read};
use fairtracks::format::lineage_json;
use fairtracks::model::lineage::{Lineage, Producer, Reason};
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// A tar archive as Python writes it.
fn tar(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in files {
        archive.extend(header(name.as_bytes(), bytes.len(), b'0'));
        archive.extend(bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize((archive.len() + 1024).next_multiple_of(10240), 0);
    archive
}

fn header(name: &[u8], size: usize, kind: u8) -> [u8; 512] {
    let mut header = [0; 512];
    header[..name.len().min(100)].copy_from_slice(&name[..name.len().min(100)]);
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

fn id(number: u32) -> String {
    format!("{number:016x}")
}

/// A dataset as Galaxy 26.1 writes it, but for members that are of no interest.
fn dataset(number: u32, name: &str) -> Json {
    json!({
        "model_class": "HistoryDatasetAssociation", "encoded_id": id(number), "name": name, "extension": "bed", "info": "at /srv/plant/x",
        "peek": "chr1\t0\t10", "metadata": {"dbkey": ["hg38"], "columns": 3}, "dataset_uuid": uuid(number), "state": "ok", "hid": number,
        "annotation": "", "tags": ["name:x"], "tool_version": "1.0", "history_encoded_id": id(900), "deleted": false, "visible": true,
        "copied_from_history_dataset_association_id_chain": [], "file_name": format!("datasets/{name}_{}.bed", id(number)),
        "file_metadata": {
            "hashes": [{"model_class": "DatasetHash", "hash_function": "SHA-256", "hash_value": format!("{number:064x}"), "extra_files_path": null}],
            "sources": [{"model_class": "DatasetSource", "source_uri": format!("https://ann:plant@h.example/{name}?token=plant"), "extra_files_path": null, "transform": []}]
        }
    })
}

fn job(number: u32, tool: &str, inputs: Json, outputs: Json) -> Json {
    json!({
        "model_class": "Job", "encoded_id": id(number), "tool_id": tool, "tool_version": "1.0.0", "galaxy_version": "26.1", "state": "ok",
        "info": null, "traceback": null, "command_line": "cat /srv/plant/x", "tool_stderr": "plant", "exit_code": 0,
        "create_time": "2026-11-24T08:10:22.123456", "update_time": "2026-11-24T08:11:00", "job_messages": [], "object_store_id": null,
        "params": {"count": 3, "__input_ext": "bed", "chromInfo": "/srv/plant/len", "password": "plant", "in": {"values": [{"id": "x", "src": "hda"}]}},
        "input_dataset_mapping": inputs, "output_dataset_mapping": outputs, "input_dataset_collection_mapping": {},
        "output_dataset_collection_mapping": {}
    })
}

/// A history in which an imported track (1) was cut (2) and cut again (3); 4 is a copy from another history, made there of 5 by job
/// 14; 6 was made of what is no longer there.
fn history() -> Vec<(String, Vec<u8>)> {
    let mut copy = dataset(4, "copy");
    copy["copied_from_history_dataset_association_id_chain"] = json!([id(44)]);
    let jobs = json!([
        job(
            11,
            "shed.example/repos/a/fairtracks/fairtracks_import/0.1.0",
            json!({}),
            json!({"tracks": [id(1)]})
        ),
        job(
            12,
            "Cut1",
            json!({"input": [id(1)]}),
            json!({"out_file1": [id(2)]})
        ),
        job(
            13,
            "Cut1",
            json!({"input": [id(2)]}),
            json!({"out_file1": [id(3)]})
        ),
        job(
            14,
            "Cut1",
            json!({"input": [id(5)]}),
            json!({"out_file1": [id(44)]})
        ),
        job(
            16,
            "Cut1",
            json!({"input": [id(66)]}),
            json!({"out_file1": [id(6)]})
        ),
    ]);
    let collections = json!([{
        "model_class": "HistoryDatasetCollectionAssociation", "display_name": "tracks", "encoded_id": id(800), "hid": 9,
        "collection": {"type": "list:list", "elements": [{"element_identifier": "outer", "child_collection": {
            "type": "list", "elements": [{"element_type": "hda", "element_identifier": "H3K4me3", "hda": {"encoded_id": id(1)}}]
        }}]}
    }]);
    let texts = [
        ("history_attrs.txt", json!({"name": "plant"})),
        (
            "datasets_attrs.txt",
            json!([
                dataset(1, "track"),
                dataset(3, "cut twice"),
                copy,
                dataset(6, "orphan")
            ]),
        ),
        ("datasets_attrs.txt.provenance", json!([dataset(2, "cut")])),
        ("collections_attrs.txt", collections),
        ("implicit_dataset_conversions.txt", json!([])),
        ("jobs_attrs.txt", jobs),
        ("export_attrs.txt", json!({"galaxy_export_version": "2"})),
    ];
    let mut files = vec![(
        "datasets/datasets_attrs.txt".to_owned(),
        b"plant of a user".to_vec(),
    )];
    files.extend(texts.map(|(name, value)| (name.to_owned(), value.to_string().into_bytes())));
    files
}

fn read_all(archive: &[u8]) -> Lineage {
    export(archive).lineage
}

fn export(archive: &[u8]) -> HistoryExport {
    read(Cursor::new(archive)).unwrap()
}

fn refusal(archive: &[u8]) -> String {
    read(Cursor::new(archive)).unwrap_err().to_string()
}

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
    assert_eq!(track.sources[0].url, "https://h.example/track");
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
    assert_eq!(lineage.datasets[1].created_by, Some(id(14)));
    // What it was made of stays there.
    assert_eq!(
        (lineage.stopped[0].at.as_str(), lineage.stopped[0].why),
        (id(44).as_str(), Reason::Limit)
    );
}

#[test]
fn an_input_that_the_archive_does_not_tell_of_ends_the_lineage() {
    let lineage = read_all(&gzip(&tar(&history()))).leading_to(vec![id(6)]);
    assert!(!lineage.complete);
    assert_eq!(
        (lineage.stopped[0].at.as_str(), lineage.stopped[0].why),
        (id(6).as_str(), Reason::Limit)
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
    for (archive, told) in [
        (b"track\tchr1".to_vec(), "neither a tar nor a zip"),
        (vec![b'a'; 2000], "neither a tar nor a zip"),
        (Vec::new(), "neither a tar nor a zip"),
        (gzip(b"chr1\t0\t10\n"), "cut off"),
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
        (whole[..whole.len() / 2].to_vec(), "cut off"),
    ] {
        let found = refusal(&archive);
        assert!(found.contains(told), "{found}");
    }
}

/// The history as Galaxy 18.09 writes it: an imported track (1) was cut (2), and both were copied into a collection (4, 3).
fn numbered_history(jobs: Json) -> Vec<(String, Vec<u8>)> {
    let dataset = |hid: u32, bytes: u32, is_visible: bool| {
        json!({
            "__HistoryDatasetAssociation__": true, "id": hid, "hid": hid, "name": format!("dataset {bytes}"), "extension": "bed",
            "uuid": uuid(bytes), "metadata": {"dbkey": "hg19"}, "visible": is_visible, "deleted": false, "tags": [], "exported": true,
            "designation": if hid == 2 { json!("out_file1") } else { Json::Null }, "info": "at /srv/plant/x",
            "copied_from_history_dataset_association_id_chain": [], "file_name": format!("datasets/dataset_{hid}.bed")
        })
    };
    let datasets = json!([
        dataset(4, 1, false),
        dataset(3, 2, false),
        dataset(1, 1, true),
        dataset(2, 2, true),
        // Galaxy converted the track for the tool; the result has the number of its original.
        dataset(1, 7, false),
    ]);
    let texts = [
        ("history_attrs.txt", json!({"name": "plant"})),
        ("datasets_attrs.txt", datasets),
        ("jobs_attrs.txt", jobs),
        (
            "collections_attrs.txt",
            json!([{"display_name": "tracks", "hid": 5, "collection": {"type": "list", "elements": [
                {"element_type": "hda", "element_identifier": "cut track", "hda": {"__HistoryDatasetAssociation__": true, "hid": 3}}
            ]}}]),
        ),
    ];
    let texts = texts.map(|(name, value)| (name.to_owned(), value.to_string().into_bytes()));
    texts.to_vec()
}

fn numbered_job(tool: &str, members: Json) -> Json {
    let mut job = json!({
        "tool_id": tool, "tool_version": "1.0", "state": "ok", "exit_code": 0, "command_line": "cat /srv/plant/x", "info": null,
        "create_time": "2018-11-24T08:10:22.123456", "update_time": "2018-11-24T08:11:00", "params": {"count": 3, "file": "/srv/plant/x"}
    });
    job.as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    job
}

#[test]
fn datasets_and_jobs_by_number_are_read() {
    let named =
        json!({"input_datasets": [1], "input_mapping": {"input": 1}, "output_datasets": [2]});
    // The oldest exports have no names of inputs.
    let unnamed = json!({"input_datasets": [1], "output_datasets": [2]});
    for members in [named, unnamed] {
        let jobs = json!([
            numbered_job(
                "fairtracks_import",
                json!({"input_datasets": [], "output_datasets": [1]})
            ),
            numbered_job("Cut1", members),
        ]);
        let lineage = read_all(&gzip(&tar(&numbered_history(jobs))));
        let joined = Lineage::joined(vec![lineage]).unwrap();
        assert!(joined.complete, "{:?}", joined.stopped);
        let in_collection = joined
            .datasets
            .iter()
            .find(|dataset| dataset.element_identifier == "cut track")
            .unwrap();
        assert_eq!(in_collection.uuid, uuid(2));
        let leaf = in_collection.id.clone();
        let lineage = joined.leading_to(vec![leaf]);
        let tools: Vec<&str> = lineage
            .jobs
            .iter()
            .map(|job| job.tool_id.as_str())
            .collect();
        assert_eq!(tools, ["fairtracks_import", "Cut1"]);
        let mut bytes: Vec<&str> = lineage
            .datasets
            .iter()
            .map(|dataset| dataset.uuid.as_str())
            .collect();
        bytes.sort_unstable();
        assert_eq!(bytes, [uuid(1), uuid(2), uuid(2)]);
        assert_eq!(lineage.jobs[1].outputs[0].name, "out_file1");
        assert!(
            lineage
                .datasets
                .iter()
                .all(|dataset| dataset.dbkey == "hg19")
        );
        assert!(!lineage_json::write(&lineage).contains("plant"));
    }
}

#[test]
fn a_number_of_another_history_is_not_taken_for_one_of_this() {
    // A job of this history cannot have read what came after it.
    for input in [2, 3, 9] {
        let members = json!({"input_datasets": [input], "input_mapping": {"input": input}, "output_datasets": [2]});
        let lineage = read_all(&tar(&numbered_history(json!([numbered_job(
            "Cut1", members
        )]))));
        assert!(!lineage.complete, "{input}");
        assert!(lineage.jobs[0].inputs.is_empty(), "{input}");
    }
}

#[test]
fn a_number_of_two_visible_datasets_is_not_guessed() {
    let mut history = numbered_history(json!([numbered_job(
        "Cut1",
        json!({"input_datasets": [1], "output_datasets": [2]})
    )]));
    let text = String::from_utf8(history[1].1.clone()).unwrap();
    history[1].1 = text
        .replace("\"visible\":false", "\"visible\":true")
        .into_bytes();
    let lineage = read_all(&tar(&history));
    assert!(!lineage.complete);
    assert!(lineage.jobs[0].inputs.is_empty());
}

#[test]
fn numbers_of_two_histories_do_not_meet() {
    let imports = || {
        json!([numbered_job(
            "fairtracks_import",
            json!({"output_datasets": [1]})
        )])
    };
    let first = numbered_history(imports());
    let mut second = numbered_history(json!([]));
    let text = String::from_utf8(second[1].1.clone()).unwrap();
    second[1].1 = text
        .replace("00000000-0000-4000", "00000000-0000-4001")
        .into_bytes();
    let both = Lineage::joined(vec![read_all(&tar(&first)), read_all(&tar(&second))]).unwrap();
    assert_eq!(both.datasets.len(), 10);
    let made = both
        .datasets
        .iter()
        .filter(|dataset| dataset.created_by.is_some());
    assert_eq!(made.count(), 1);
}

#[test]
fn jobs_without_ids_are_read() {
    let mut history = history();
    let text = String::from_utf8(history[6].1.clone()).unwrap();
    let mut jobs: Vec<Json> = serde_json::from_str(&text).unwrap();
    for job in &mut jobs {
        job.as_object_mut().unwrap().remove("encoded_id");
    }
    history[6].1 = json!(jobs).to_string().into_bytes();
    let lineage = read_all(&tar(&history)).leading_to(vec![id(3)]);
    assert!(lineage.complete);
    assert_eq!(lineage.jobs.len(), 3);
}

#[test]
fn jobs_that_do_not_say_what_they_made_leave_the_lineage_incomplete() {
    let mut history = history();
    let text = String::from_utf8(history[6].1.clone()).unwrap();
    let mut jobs: Vec<Json> = serde_json::from_str(&text).unwrap();
    for job in &mut jobs {
        let job = job.as_object_mut().unwrap();
        job.remove("input_dataset_mapping");
        job.remove("output_dataset_mapping");
    }
    history[6].1 = json!(jobs).to_string().into_bytes();
    let lineage = read_all(&tar(&history)).leading_to(vec![id(3)]);
    assert!(!lineage.complete);
    assert_eq!(lineage.stopped[0].at, id(3));
}

#[test]
fn one_unreadable_value_is_a_finding_and_the_rest_is_read() {
    let mut history = history();
    for (place, old, new) in [
        (2, "\"columns\":3", "\"columns\":NaN"),
        (6, "\"count\":3", "\"count\":-Infinity"),
        (6, "\"exit_code\":0", "\"exit_code\":{}"),
    ] {
        let text = String::from_utf8(history[place].1.clone()).unwrap();
        assert!(text.contains(old), "{text}");
        history[place].1 = text.replacen(old, new, 1).into_bytes();
    }
    let export = export(&gzip(&tar(&history)));
    assert_eq!(export.findings.len(), 3, "{:?}", export.findings);
    assert!(export.findings[0].contains("`datasets_attrs.txt`"));
    assert!(export.findings[2].contains("item 1: `exit_code`"));
    let lineage = export.lineage.leading_to(vec![id(3)]);
    assert!(lineage.complete);
    assert_eq!(lineage.jobs.len(), 3);
    assert_eq!(lineage.jobs[0].parameters["count"], "-Infinity");
}

#[test]
fn a_name_without_end_does_not_fill_the_memory() {
    let archive = header(b"././@LongLink", 1 << 32, b'L');
    assert!(refusal(&archive).contains("mebibyte"));
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
