//! Crates for tests: taken apart, changed in one thing, put together again.

pub mod claims;
pub mod data;
pub mod graph;
pub mod light;
pub mod root;
pub mod runs;
pub mod story;

use std::fs;
use std::io::Cursor;
use std::path::Path;

use fairtracks::archive::digest::Sha256Sum;
use fairtracks::archive::gate::Archive;
use fairtracks::archive::limits::ArchiveLimits;
use fairtracks::archive::packer::{Compression, Packer};
use fairtracks::fairtracks::finding::Finding;
use fairtracks::ro_crate::check::CrateSource;
use fairtracks::ro_crate::crate_contents::CrateContents;
use fairtracks::ro_crate::{METADATA_FILE, PREVIEW_FILE};
use fairtracks::tools::check::inputs::{CheckInput, check_all};
use serde_json::{Map, Value as Json, json};

/// The first track of the crates, its source, the action that brought it, and the tool of that.
pub const TRACK: &str = "tracks/BLD000001.narrowPeak";
pub const SOURCE: &str = "https://tracks.example.org/blood/hg38/BLD000001.narrowPeak";
pub const ACTION: &str = "#fetch-BLD000001";
pub const TOOL: &str = "https://tracks.example.org/tools/fetch/1.0";
pub const DOCUMENT: &str = "metadata/fairtracks.json";
pub const PERSON: &str = "https://orcid.org/0000-0002-1825-0097";
pub const LICENCE: &str = "https://spdx.org/licenses/CC0-1.0";
/// The SHA-256 of nothing.
pub const OTHER_SUM: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The page of a crate.
#[derive(Clone)]
pub enum Page {
    /// It holds the metadata.
    Matching,
    /// There is none.
    Missing,
    /// It holds these bytes.
    Bytes(Vec<u8>),
}

/// A crate, taken apart.
#[derive(Clone)]
pub struct Parts {
    pub metadata: Json,
    /// All files but metadata and page.
    pub files: Vec<(String, Vec<u8>)>,
    pub page: Page,
    /// A last change, of the text of the metadata file.
    pub spelling: fn(String) -> String,
}

/// A fault: what is changed, and what is to be said of it.
pub struct Fault {
    pub name: &'static str,
    pub change: fn(&mut Parts),
    pub strength: &'static str,
    /// The place behind the name of the archive; `{id}` stands for the pointer of an entity.
    pub place: &'static str,
    /// The beginning of what is found.
    pub what: &'static str,
    /// How many findings the fault gives, all of them told.
    pub findings: usize,
}

/// A fault that gives one finding.
pub fn fault(
    name: &'static str,
    change: fn(&mut Parts),
    strength: &'static str,
    place: &'static str,
    what: &'static str,
) -> Fault {
    Fault {
        name,
        change,
        strength,
        place,
        what,
        findings: 1,
    }
}

impl Fault {
    /// The same fault, which gives so many findings, of which the one told is the first.
    pub fn of(self, findings: usize) -> Self {
        Fault { findings, ..self }
    }
}

impl Parts {
    /// Takes a crate apart.
    pub fn open(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut archive = Archive::open(Cursor::new(bytes), &ArchiveLimits::default()).unwrap();
        let names: Vec<String> = archive.names().map(str::to_owned).collect();
        let metadata = serde_json::from_slice(&archive.read_metadata().unwrap()).unwrap();
        let files = names
            .into_iter()
            .filter(|name| name != METADATA_FILE && name != PREVIEW_FILE)
            .map(|name| {
                let bytes = archive.read(&name, 1 << 20).unwrap();
                (name, bytes)
            });
        Parts {
            metadata,
            files: files.collect(),
            page: Page::Matching,
            spelling: |text| text,
        }
    }

    /// The text of the metadata file.
    pub fn text(&self) -> String {
        (self.spelling)(serde_json::to_string_pretty(&self.metadata).unwrap())
    }

    /// Puts the crate together.
    pub fn pack(&self) -> Vec<u8> {
        let text = self.text();
        let mut packer = Packer::new(Cursor::new(Vec::new()), text.as_bytes()).unwrap();
        let page = match &self.page {
            Page::Matching => Some(
                format!("<head><script type=\"application/ld+json\">{text}</script></head>")
                    .into_bytes(),
            ),
            Page::Missing => None,
            Page::Bytes(bytes) => Some(bytes.clone()),
        };
        let page = page.map(|page| (PREVIEW_FILE.to_owned(), page));
        for (name, bytes) in page.iter().chain(&self.files) {
            packer.add(name, bytes, Compression::Deflate).unwrap();
        }
        packer.finish().unwrap().into_inner()
    }

    pub fn graph(&mut self) -> &mut Vec<Json> {
        self.metadata["@graph"].as_array_mut().unwrap()
    }

    /// The pointer of the first entity of an id.
    pub fn pointer(&self, id: &str) -> String {
        let graph = self.metadata["@graph"].as_array().unwrap();
        let position = graph.iter().position(|entity| entity["@id"] == id);
        let position = position.unwrap_or_else(|| panic!("there is no {id}"));
        format!("/@graph/{position}")
    }

    /// The first id with this beginning.
    pub fn id_that_begins(&self, start: &str) -> String {
        let graph = self.metadata["@graph"].as_array().unwrap();
        let mut ids = graph.iter().filter_map(|entity| entity["@id"].as_str());
        ids.find(|id| id.starts_with(start)).unwrap().to_owned()
    }

    pub fn entity(&mut self, id: &str) -> &mut Map<String, Json> {
        let found = self.graph().iter_mut().find(|entity| entity["@id"] == id);
        let found = found.unwrap_or_else(|| panic!("there is no {id}"));
        found.as_object_mut().unwrap()
    }

    /// Adds an entity.
    pub fn add(&mut self, entity: Json) {
        self.graph().push(entity);
    }

    pub fn set(&mut self, id: &str, key: &str, value: Json) {
        self.entity(id).insert(key.to_owned(), value);
    }

    pub fn remove(&mut self, id: &str, key: &str) -> Json {
        let removed = self.entity(id).shift_remove(key);
        removed.unwrap_or_else(|| panic!("{id} has no {key}"))
    }

    pub fn drop_entity(&mut self, id: &str) -> Json {
        let position = self
            .graph()
            .iter()
            .position(|entity| entity["@id"] == id)
            .unwrap();
        self.graph().remove(position)
    }

    /// Adds a reference to those of a key that has several.
    pub fn refer(&mut self, id: &str, key: &str, to: &str) {
        let list = self.entity(id)[key].as_array_mut().unwrap();
        list.push(json!({"@id": to}));
    }

    /// Takes a reference from those of a key that has several.
    pub fn forget(&mut self, id: &str, key: &str, to: &str) {
        let list = self.entity(id)[key].as_array_mut().unwrap();
        let before = list.len();
        list.retain(|reference| reference["@id"] != to);
        assert!(list.len() < before, "{id} does not refer to {to}");
    }

    /// Gives an entity another id, wherever it stands.
    pub fn rename(&mut self, from: &str, to: &str) {
        let text = self.metadata.to_string();
        let (from, to) = (json!({"@id": from}), json!({"@id": to}));
        let inner = |value: &Json| value.to_string().trim_matches(['{', '}']).to_owned();
        let renamed = text.replace(&inner(&from), &inner(&to));
        assert_ne!(text, renamed);
        self.metadata = serde_json::from_str(&renamed).unwrap();
    }

    pub fn file(&mut self, name: &str) -> &mut Vec<u8> {
        let found = self.files.iter_mut().find(|(known, _)| known == name);
        &mut found.unwrap_or_else(|| panic!("there is no {name}")).1
    }

    /// States the right checksum and size of a file.
    pub fn refresh(&mut self, name: &str) {
        let bytes = self.file(name).clone();
        let sum = Sha256Sum::of(&bytes).hexadecimal();
        self.set(name, "sha256", sum.into());
        self.set(name, "contentSize", bytes.len().to_string().into());
    }
}

/// The findings in a crate that its user calls `c.zip`.
pub fn findings(bytes: &[u8]) -> Vec<Finding> {
    let packed = CrateContents::read(Cursor::new(bytes)).map_err(|refusal| refusal.to_string());
    check_all(&[CheckInput::Crate(CrateSource {
        name: "c.zip",
        packed: packed.as_ref().map_err(String::as_str),
        fillable: &[],
    })])
}

/// Changes a crate and compares what is found with what is to be found.
pub fn judge(base: &Parts, fault: &Fault) -> Result<(), String> {
    let before = findings(&base.pack());
    let mut parts = base.clone();
    (fault.change)(&mut parts);
    let found: Vec<Finding> = findings(&parts.pack())
        .into_iter()
        .filter(|finding| !before.iter().any(|known| alike(known, finding)))
        .collect();
    let mut place = light::placed(&parts, &format!("c.zip{}", fault.place));
    if let Some((start, rest)) = place.split_once('{') {
        let (id, end) = rest.split_once('}').unwrap();
        place = format!("{start}{}{end}", parts.pointer(id));
    }
    let first = found.first();
    let is_told = first.is_some_and(|finding| {
        finding.strength.to_string() == fault.strength
            && finding.place.to_string() == place
            && finding.what.starts_with(fault.what)
    });
    if is_told && found.len() == fault.findings {
        return Ok(());
    }
    let lines: Vec<String> = found
        .iter()
        .map(|f| {
            format!(
                "  {} {} | {} | {} | {}",
                f.strength, f.place, f.what, f.expected, f.hint
            )
        })
        .collect();
    Err(format!(
        "{}: expected {} {place} | {}… ({})\n{}",
        fault.name,
        fault.strength,
        fault.what,
        fault.findings,
        lines.join("\n")
    ))
}

/// Whether two findings say the same; entities may have moved.
fn alike(one: &Finding, other: &Finding) -> bool {
    one.strength == other.strength
        && one.what == other.what
        && one.hint == other.hint
        && one.place.file == other.place.file
}
