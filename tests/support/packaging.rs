//! Running `fairtracks_package` as its wrapper does, and looking at what it packed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::following::Galaxy;
use super::importing::{CREDITS, nine};
use super::running::{CHECK, PACKAGE, run_in};
use super::{Outcome, folder, run};

/// The time of every packaging.
const DATE: &str = "2026-04-01T08:00:00+00:00";
/// What people say of the crate, all that there is to say.
pub const SAID: [&str; 18] = [
    "--title",
    "Open chromatin & histone marks of K562",
    "--description",
    "Regions that both assays share.",
    "--creator",
    "Josiah Carberry; 0000-0002-1825-0097",
    "--creator",
    "Ann Other",
    "--organisation-name",
    "Brown University",
    "--organisation-ror",
    "05gq02987",
    "--licence",
    "CC-BY-4.0",
    "--keywords",
    "K562, chromatin",
    "--funding",
    "Research Council of Norway; 00epmv149",
];

/// One of the data, as Galaxy knows it.
#[derive(Clone)]
pub struct Given {
    pub described: Json,
    pub bytes: Vec<u8>,
}

impl Given {
    pub fn new(name: &str, extension: &str, bytes: impl AsRef<[u8]>) -> Self {
        let described = json!({"element_identifier": name, "name": name, "extension": extension, "dbkey": "hg38"});
        Given {
            described,
            bytes: bytes.as_ref().to_vec(),
        }
    }

    pub fn called(mut self, name: &str) -> Self {
        self.described["element_identifier"] = name.into();
        self
    }
}

/// Packs data with what crates tell of them.
pub fn package(data: &[Given], crates: &[PathBuf], options: &[&str]) -> Outcome {
    let place = folder();
    fs::create_dir(place.join("data")).unwrap();
    let mut described = Vec::new();
    for (number, given) in data.iter().enumerate() {
        fs::write(place.join(format!("data/{number:04}")), &given.bytes).unwrap();
        described.push(given.described.clone());
    }
    fs::write(place.join("described.json"), json!(described).to_string()).unwrap();
    let mut arguments: Vec<&str> = vec!["data", "--described", "described.json"];
    if !crates.is_empty() {
        arguments.push("--crates");
        arguments.extend(crates.iter().map(|path| path.to_str().unwrap()));
    }
    arguments.extend(options);
    package_in(&place, &arguments)
}

/// Runs the tool in a folder with all its outputs.
pub fn package_in(place: &Path, arguments: &[&str]) -> Outcome {
    let outputs = [
        "--output-crate",
        "crate.zip",
        "--output-report",
        "report.md",
        "--output-picture",
        "picture.png",
        "--output-tracks",
        "tracks.tsv",
        "--output-steps",
        "steps.tsv",
        "--galaxy-metadata",
        "galaxy.json",
        "--date",
        DATE,
    ];
    run_in(PACKAGE, place, &[arguments, &outputs].concat())
}

/// What `fairtracks_check` finds in a crate that must or should be mended.
pub fn faults(path: &Path) -> Vec<String> {
    let checked = run(CHECK, &[path]);
    assert_eq!(checked.status, 0, "{}", checked.stderr);
    let lines = checked.stdout.lines();
    lines
        .filter(|line| line.starts_with("must\t") || line.starts_with("should\t"))
        .map(str::to_owned)
        .collect()
}

/// Two tracks that were imported, and what two tools made of them: the data and the crates of all.
pub struct Story {
    pub tracks: Vec<Given>,
    pub result: Given,
    pub track_crates: Vec<PathBuf>,
    pub result_crate: PathBuf,
    pub imported: Outcome,
    /// The lineage of the result, as a file.
    pub lineage: PathBuf,
}

impl Story {
    pub fn new() -> Self {
        let imported = nine(&[&CREDITS[..], &["--tags"]].concat());
        let mut galaxy = Galaxy::default();
        let ids = galaxy.imported(&imported);
        let elements = imported.elements("output_tracks");
        let wanted = ["example:cells_dnase", "example:cells_signal"];
        let mut tracks = Vec::new();
        let (mut track_crates, mut sources) = (Vec::new(), Vec::new());
        for (element, id) in elements.iter().zip(&ids) {
            let name = element["name"].as_str().unwrap();
            if wanted.contains(&name) {
                let extension = element["ext"].as_str().unwrap();
                tracks.push(Given::new(name, extension, imported.bytes(element)));
                track_crates.push(imported.crate_path(name));
                sources.push(id.as_str());
            }
        }
        assert_eq!(sources.len(), 2, "the tracks of the story are there");
        let sorted = galaxy.run("sort1", &sources, "chr1\t1\t2\nchr1\t5\t9\n");
        let merged = galaxy.run("cat1", &[&sorted], "chr1\t1\t9\n");
        let followed = galaxy.follow(&[&merged], &track_crates, &CREDITS);
        assert_eq!(followed.status, 0, "{}", followed.stderr);
        let made = galaxy.dataset(&merged);
        let element = &followed.elements("output_crates")[0];
        let result_crate = followed.folder.join(element["filename"].as_str().unwrap());
        let mut result = Given::new("shared regions", "bed", "chr1\t1\t9\n");
        result.described["uuid"] = made["uuid"].clone();
        let lineage = folder().join("lineage.json");
        fs::write(&lineage, galaxy.lineage(&[&merged]).to_string()).unwrap();
        Story {
            lineage,
            tracks,
            result,
            track_crates,
            result_crate,
            imported,
        }
    }

    pub fn data(&self) -> Vec<Given> {
        let mut data = self.tracks.clone();
        data.push(self.result.clone());
        data
    }

    pub fn crates(&self) -> Vec<PathBuf> {
        let mut crates = self.track_crates.clone();
        crates.push(self.result_crate.clone());
        crates
    }

    /// All of it packed, which has to go well.
    pub fn packed(&self, options: &[&str]) -> Outcome {
        let packed = package(&self.data(), &self.crates(), &[&SAID[..], options].concat());
        assert_eq!(packed.status, 0, "{}", packed.stderr);
        packed
    }
}
