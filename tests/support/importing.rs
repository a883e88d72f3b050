//! Running `fairtracks_import` as its wrapper does, without any network, and looking at what came.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use fairtracks::archive::gate::Archive;
use fairtracks::archive::limits::ArchiveLimits;
use flate2::read::MultiGzDecoder;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::running::{IMPORT, run_at};
use super::searching::answer;
use super::{Outcome, folder, project, text};

/// Nine tracks in nine formats, all of them good.
pub const NINE: &str = "test-data/tracks.fairtracks.json";
/// Two good tracks and four that cannot be had.
pub const FAULTY: &str = "test-data/faulty_tracks.fairtracks.json";
/// The time of every import.
pub const DATE: [&str; 2] = ["--date", "2026-02-01T09:30:00+00:00"];

/// Site settings: `tracks.example.org` is the folder of test tracks, `odd.example.org` another folder.
pub fn settings(odd: &Path, more: &str) -> String {
    let tracks = project("test-data/tracks");
    let tracks = tracks.display();
    format!(
        "[mirrors]\n\"https://tracks.example.org/cells/\" = \"file:{tracks}/\"\n\
         \"ftp://ftp.example.org/cells/\" = \"file:{tracks}/\"\n\
         \"https://odd.example.org/\" = \"file:{}/\"\n{more}",
        odd.display()
    )
}

/// Runs the tool in a folder of its own with exactly these arguments.
pub fn import_in(folder: &Path, settings: &str, arguments: &[&str]) -> Outcome {
    let site = super::folder().join("site.toml");
    fs::write(&site, settings).unwrap();
    run_at(&site, IMPORT, folder, arguments)
}

/// Imports sources with all outputs, as the wrapper does.
pub fn import(sources: &[&Path], options: &[&str]) -> Outcome {
    import_from(&folder(), "", sources, options)
}

/// The same where the folder of `odd.example.org` and further settings are given.
pub fn import_from(odd: &Path, more: &str, sources: &[&Path], options: &[&str]) -> Outcome {
    import_into(&folder(), &settings(odd, more), sources, options)
}

/// The same into a folder, with the settings of a site.
pub fn import_into(place: &Path, site: &str, sources: &[&Path], options: &[&str]) -> Outcome {
    let sources: Vec<&str> = sources.iter().map(|path| path.to_str().unwrap()).collect();
    let outputs = [
        "--output-folder",
        ".",
        "--output-table",
        "outcomes.tsv",
        "--output-report",
        "report.md",
        "--galaxy-metadata",
        "galaxy.json",
    ];
    let arguments = [&sources[..], &outputs, &DATE, options].concat();
    import_in(place, site, &arguments)
}

/// The nine tracks imported.
pub fn nine(options: &[&str]) -> Outcome {
    let came = import(&[&project(NINE)], options);
    assert_eq!(came.status, 0, "{}", came.stderr);
    came
}

/// A crate, unpacked.
pub struct Opened {
    /// The names in the order of the archive.
    pub order: Vec<String>,
    pub files: BTreeMap<String, Vec<u8>>,
    pub metadata: Json,
}

impl Opened {
    pub fn new(bytes: &[u8]) -> Self {
        let mut archive =
            Archive::open(std::io::Cursor::new(bytes), &ArchiveLimits::default()).unwrap();
        let order: Vec<String> = archive.names().map(str::to_owned).collect();
        let mut files = BTreeMap::new();
        for name in &order {
            files.insert(name.clone(), archive.read(name, 1 << 24).unwrap());
        }
        let metadata = serde_json::from_slice(&files["ro-crate-metadata.json"]).unwrap();
        Opened {
            order,
            files,
            metadata,
        }
    }

    pub fn graph(&self) -> &Vec<Json> {
        self.metadata["@graph"].as_array().unwrap()
    }

    pub fn entity(&self, id: &str) -> &Json {
        let found = self.graph().iter().find(|entity| entity["@id"] == id);
        found.unwrap_or_else(|| panic!("no entity {id}"))
    }

    pub fn root(&self) -> &Json {
        self.entity("./")
    }

    /// The entity that the crate is about.
    pub fn track(&self) -> &Json {
        self.entity(self.root()["about"]["@id"].as_str().unwrap())
    }

    /// The entities of a type.
    pub fn of_type(&self, kind: &str) -> Vec<&Json> {
        let graph = self.graph().iter();
        graph
            .filter(|entity| many(&entity["@type"]).contains(&json!(kind)))
            .collect()
    }

    /// The entities that a property refers to.
    pub fn follow<'a>(&'a self, entity: &Json, property: &str) -> Vec<&'a Json> {
        let references = many(&entity[property]).into_iter();
        references
            .filter_map(|reference| Some(self.entity(reference["@id"].as_str()?)))
            .collect()
    }

    /// The FAIRtracks document in the crate.
    pub fn document(&self) -> Json {
        serde_json::from_slice(&self.files["metadata/fairtracks.json"]).unwrap()
    }

    pub fn preview(&self) -> String {
        String::from_utf8(self.files["ro-crate-preview.html"].clone()).unwrap()
    }
}

/// One value or several, as a list.
pub fn many(value: &Json) -> Vec<Json> {
    match value {
        Json::Array(values) => values.clone(),
        Json::Null => Vec::new(),
        one => vec![one.clone()],
    }
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What is in a gzip file.
pub fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes)
        .read_to_end(&mut unpacked)
        .unwrap();
    unpacked
}

/// gzip of bytes.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(bytes, flate2::Compression::best())
        .read_to_end(&mut packed)
        .unwrap();
    packed
}

/// The document of nine tracks with a change, as a file.
pub fn changed(change: impl FnOnce(&mut Json)) -> PathBuf {
    let mut document: Json = serde_json::from_str(&text(NINE)).unwrap();
    change(&mut document);
    let path = folder().join("changed.json");
    fs::write(&path, serde_json::to_vec_pretty(&document).unwrap()).unwrap();
    path
}

/// The document of one good BED track, changed, with the wiggle track behind it, which is good.
pub fn with_track(change: impl FnOnce(&mut Json)) -> PathBuf {
    changed(|document| {
        let tracks = document["tracks"].as_array_mut().unwrap();
        tracks.retain(|track| {
            ["example:cells_dnase", "example:cells_scores"]
                .contains(&track["local_id"].as_str().unwrap())
        });
        change(&mut tracks[0]);
    })
}

/// Person, organisation and licence, all of them.
pub const CREDITS: [&str; 10] = [
    "--licence",
    "CC-BY-4.0",
    "--creator-name",
    "Josiah Carberry",
    "--creator-orcid",
    "0000-0002-1825-0097",
    "--organisation-name",
    "Brown University",
    "--organisation-ror",
    "05gq02987",
];

/// A file of a test's own.
pub fn written(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// A document of hits; `question` is how it is asked for.
pub fn hits(document: &str, question: &[&str]) -> PathBuf {
    written("hits.json", answer(document, question).document.to_string())
}

/// An import that has to go well.
pub fn good(sources: &[&Path]) -> Outcome {
    let came = import(sources, &[]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    came
}
