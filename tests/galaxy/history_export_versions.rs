//! Exports of histories by older versions of Galaxy, and exports with values that cannot be read.

use crate::support::history_export::{export, gzip, history, id, read_all, tar, uuid};
use fairtracks::galaxy::lineage::Lineage;
use fairtracks::galaxy::lineage::lineage_json;
use serde_json::{Value as Json, json};

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
    assert!(export.findings[2].contains("item 1: unexpected type of `exit_code`"));
    let lineage = export.lineage.leading_to(vec![id(3)]);
    assert!(lineage.complete);
    assert_eq!(lineage.jobs.len(), 3);
    assert_eq!(lineage.jobs[0].parameters["count"], "-Infinity");
}

#[test]
fn a_long_name_is_not_repeated_for_each_original() {
    let mut history = history();
    let mut copy =
        json!({"encoded_id": id(4), "name": "x".repeat(50_000), "dataset_uuid": uuid(4)});
    copy["copied_from_history_dataset_association_id_chain"] = json!(vec![id(44); 100_000]);
    history[2].1 = json!([copy]).to_string().into_bytes();
    let lineage = read_all(&gzip(&tar(&history)));
    let copied: Vec<&str> = lineage
        .datasets
        .iter()
        .filter(|dataset| dataset.uuid == uuid(4))
        .map(|dataset| dataset.id.as_str())
        .collect();
    assert_eq!(copied, [id(4), id(44)]);
    assert!(
        lineage
            .datasets
            .iter()
            .all(|dataset| dataset.name.len() <= 255)
    );
}

#[test]
fn a_job_with_very_many_inputs_by_number_is_read() {
    let inputs: Vec<u32> = (10..200_010).collect();
    let members = json!({"input_datasets": inputs, "output_datasets": [2]});
    let lineage = read_all(&tar(&numbered_history(json!([numbered_job(
        "Cut1", members
    )]))));
    assert!(!lineage.complete);
    assert!(lineage.jobs[0].inputs.is_empty());
}
