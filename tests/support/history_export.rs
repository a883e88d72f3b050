//! Exports of histories as Galaxy makes them.

use std::io::{Cursor, Write};

use fairtracks::galaxy::lineage::Lineage;
use fairtracks::galaxy::lineage::history_export::{HistoryExport, read};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value as Json, json};

/// A tar archive as Python writes it.
pub fn tar(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in files {
        archive.extend(header(name.as_bytes(), bytes.len(), b'0'));
        archive.extend(bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize((archive.len() + 1024).next_multiple_of(10240), 0);
    archive
}

pub fn header(name: &[u8], size: usize, kind: u8) -> [u8; 512] {
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

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

pub fn id(number: u32) -> String {
    format!("{number:016x}")
}

/// A dataset as Galaxy 26.1 writes it, but for members that are of no interest.
pub fn dataset(number: u32, name: &str) -> Json {
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

pub fn job(number: u32, tool: &str, inputs: Json, outputs: Json) -> Json {
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
pub fn history() -> Vec<(String, Vec<u8>)> {
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

pub fn read_all(archive: &[u8]) -> Lineage {
    export(archive).lineage
}

pub fn export(archive: &[u8]) -> HistoryExport {
    read(Cursor::new(archive)).unwrap()
}

pub fn refusal(archive: &[u8]) -> String {
    read(Cursor::new(archive)).unwrap_err().to_string()
}
