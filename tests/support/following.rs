//! Running `fairtracks_follow` as its wrapper does, on a Galaxy that is made up.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::importing::sha256;
use super::running::{FOLLOW, run_in};
use super::{Outcome, folder};

/// The time of every following.
const DATE: &str = "2026-03-01T12:00:00+00:00";

/// A made-up Galaxy: datasets and jobs, with the bytes of the datasets.
#[derive(Clone, Default)]
pub struct Galaxy {
    pub datasets: Vec<Json>,
    pub jobs: Vec<Json>,
    bytes: Vec<(String, Vec<u8>)>,
}

impl Galaxy {
    fn add(&mut self, bytes: &[u8], more: &Json) -> String {
        let id = format!("d{}", self.datasets.len());
        let mut dataset = json!({
            "id": id, "uuid": format!("00000000-0000-4000-8000-{:012x}", self.datasets.len()), "name": format!("data {}", self.datasets.len()), "extension": "bed",
            "dbkey": "hg38", "element_identifier": "", "tags": [], "hashes": [], "sources": [], "size": bytes.len(),
            "created_by": null, "copied_from": null, "hid": self.datasets.len() + 1,
        });
        for (key, value) in more.as_object().unwrap() {
            dataset[key] = value.clone();
        }
        self.datasets.push(dataset);
        self.bytes.push((id.clone(), bytes.to_vec()));
        id
    }

    fn job(&mut self, tool: &str, version: &str, inputs: &[&str]) -> String {
        let number = self.jobs.len();
        let id = format!("job{number}");
        let ports: Vec<Json> = inputs
            .iter()
            .map(|input| json!({"name": "input", "dataset": input}))
            .collect();
        self.jobs.push(json!({
            "id": id, "tool_id": tool, "tool_version": version, "state": "ok", "exit_code": 0,
            "start": format!("2026-02-02T10:{number:02}:00+00:00"), "end": format!("2026-02-02T10:{number:02}:30+00:00"),
            "parameters": {"column": "1"}, "inputs": ports, "outputs": [],
        }));
        id
    }

    /// The tracks that an import brought, by their element identifiers, in the order of its collection.
    pub fn imported(&mut self, came: &Outcome) -> Vec<String> {
        let job = self.job("fairtracks_import", "0.1.0+galaxy0", &[]);
        let mut ids = Vec::new();
        for element in came.elements("output_tracks") {
            let bytes = came.bytes(&element);
            ids.push(self.add(
                &bytes,
                &json!({
                    "name": element["name"], "element_identifier": element["name"], "tags": element["tags"], "created_by": job,
                    "extension": element["ext"], "dbkey": element["dbkey"],
                    "hashes": [{"function": "SHA-256", "value": sha256(&bytes)}],
                    "sources": element["sources"].as_array().unwrap().iter().map(|s| json!({"url": s["source_uri"]})).collect::<Vec<_>>(),
                }),
            ));
        }
        self.made(&job, &ids);
        ids
    }

    /// What a tool makes of datasets.
    pub fn run(&mut self, tool: &str, inputs: &[&str], bytes: impl AsRef<[u8]>) -> String {
        let job = self.job(tool, "1.0.0", inputs);
        let id = self.add(bytes.as_ref(), &json!({"created_by": job}));
        self.made(&job, std::slice::from_ref(&id));
        id
    }

    /// A dataset that a user uploads.
    pub fn uploaded(&mut self, bytes: &[u8]) -> String {
        let job = self.job("upload1", "1.1.7", &[]);
        self.add(bytes, &json!({"created_by": job, "name": "my own regions"}))
    }

    /// A copy in another history.
    pub fn copy(&mut self, of: &str) -> String {
        let original = self.dataset(of).clone();
        let bytes = self.bytes(of).to_vec();
        self.add(&bytes, &json!({"uuid": original["uuid"], "copied_from": of, "name": original["name"], "hashes": original["hashes"]}))
    }

    fn made(&mut self, job: &str, datasets: &[String]) {
        let job = self
            .jobs
            .iter_mut()
            .find(|known| known["id"] == job)
            .unwrap();
        job["outputs"] = datasets
            .iter()
            .map(|id| json!({"name": "output", "dataset": id}))
            .collect();
    }

    pub fn dataset(&self, id: &str) -> &Json {
        self.datasets
            .iter()
            .find(|dataset| dataset["id"] == id)
            .unwrap()
    }

    pub fn dataset_mut(&mut self, id: &str) -> &mut Json {
        self.datasets
            .iter_mut()
            .find(|dataset| dataset["id"] == id)
            .unwrap()
    }

    fn bytes(&self, id: &str) -> &[u8] {
        &self.bytes.iter().find(|(known, _)| known == id).unwrap().1
    }

    /// The lineage that a walk would give.
    pub fn lineage(&self, leaves: &[&str]) -> Json {
        json!({
            "version": 1, "producer": "walk", "galaxy": {"version": "26.1"}, "complete": true, "stopped": [],
            "datasets": self.datasets, "jobs": self.jobs, "leaves": leaves,
        })
    }

    /// Follows results of this Galaxy, with its lineage.
    pub fn follow(&self, results: &[&str], crates: &[PathBuf], options: &[&str]) -> Outcome {
        let lineage = self.lineage(results);
        self.follow_by(Some(&lineage), results, crates, options)
    }

    /// The same with another lineage, or with none.
    pub fn follow_by(
        &self,
        lineage: Option<&Json>,
        results: &[&str],
        crates: &[PathBuf],
        options: &[&str],
    ) -> Outcome {
        let place = folder();
        fs::create_dir(place.join("results")).unwrap();
        let mut described = Vec::new();
        for (number, id) in results.iter().enumerate() {
            fs::write(place.join(format!("results/{number:04}")), self.bytes(id)).unwrap();
            let dataset = self.dataset(id);
            let identifier = match dataset["element_identifier"].as_str() {
                Some("") | None => dataset["name"].clone(),
                Some(name) => json!(name),
            };
            described.push(json!({
                "element_identifier": identifier, "name": dataset["name"], "extension": dataset["extension"],
                "dbkey": dataset["dbkey"], "tags": dataset["tags"], "id": dataset["id"], "uuid": dataset["uuid"],
            }));
        }
        fs::write(place.join("described.json"), json!(described).to_string()).unwrap();
        let mut arguments: Vec<String> = ["results", "--described", "described.json"]
            .map(str::to_owned)
            .into();
        if let Some(lineage) = lineage {
            fs::write(place.join("lineage.json"), lineage.to_string()).unwrap();
            arguments.extend(["--lineage", "lineage.json"].map(str::to_owned));
        }
        if !crates.is_empty() {
            arguments.push("--crates".to_owned());
            arguments.extend(crates.iter().map(|path| path.to_str().unwrap().to_owned()));
        }
        arguments.extend(options.iter().map(|option| (*option).to_owned()));
        follow_in(&place, &arguments)
    }
}

/// Runs the tool in a folder with all its outputs.
pub fn follow_in(place: &Path, arguments: &[String]) -> Outcome {
    let outputs = [
        "--output-folder",
        ".",
        "--output-table",
        "outcomes.tsv",
        "--output-report",
        "report.md",
        "--galaxy-metadata",
        "galaxy.json",
        "--output-lineage",
        "used.json",
        "--date",
        DATE,
    ];
    let arguments = arguments.iter().map(String::as_str).chain(outputs);
    run_in(FOLLOW, place, &arguments.collect::<Vec<_>>())
}

/// The crates of an import or of a following, in the order of its collection.
pub fn crates(came: &Outcome) -> Vec<PathBuf> {
    let names = came.names("output_crates");
    names.iter().map(|name| came.crate_path(name)).collect()
}

/// The row of a result.
pub fn row(came: &Outcome, result: &str) -> std::collections::BTreeMap<String, String> {
    assert_eq!(came.status, 0, "{}", came.stderr);
    let mut rows = came.rows().into_iter();
    let found = rows.find(|row| row["result"] == result);
    found.unwrap_or_else(|| panic!("no row of {result}; {}", came.stderr))
}

/// The ids of the actions of a crate that are not the match itself.
pub fn actions(came: &Outcome, result: &str) -> Vec<String> {
    let crate_ = came.crate_of(result);
    let mentions = super::importing::many(&crate_.root()["mentions"]);
    let ids = mentions
        .iter()
        .map(|mention| mention["@id"].as_str().unwrap().to_owned());
    let mut ids: Vec<String> = ids.filter(|id| !id.starts_with("#follow-")).collect();
    ids.sort();
    ids
}
