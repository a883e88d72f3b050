//! The crates to look in, and an index of all files that they tell of.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::fold::{Graph, Keys, Names};
use super::frame::{INPUTS, TRACK};
use super::tracks::document_path;
use super::{Crate, Entity};
use crate::model::document::Document;

/// Something that a FAIRtracks document can be had of, which is read when it is needed.
pub trait Described: Sync {
    /// The document.
    fn document(&self) -> Document;
    /// The SHA-256 of its file, in hexadecimal digits.
    fn sha256(&self) -> &str;
}

/// A crate on the shelf.
#[derive(Clone)]
pub struct Shelved<'c> {
    /// 16 hexadecimal digits, the beginning of the SHA-256 of its metadata file.
    pub key: &'c str,
    /// The name of its root.
    pub name: &'c str,
    /// Its metadata.
    pub metadata: &'c dyn Graph,
    /// Its FAIRtracks document; only crates that were given have theirs, those that they were made of have not.
    pub document: Option<&'c dyn Described>,
    /// The keys of the crates that it was made of, as far as they are on the shelf.
    pub ancestors: Vec<&'c str>,
}

/// A file that a crate is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The place of its crate on the shelf.
    pub shelved: usize,
    /// Its id in a graph that the crate is folded into.
    pub id: String,
    /// Its id in the crate.
    pub own_id: String,
    /// What people call it.
    pub name: String,
    /// Whether it is a source: a track as it was imported, and not what was made of tracks.
    pub is_source: bool,
    /// The ids, in a graph that the crate is folded into, of the sources that it was made of.
    pub made_of: Vec<String>,
    /// Its ids in documents, where it is a track.
    pub identifiers: Vec<String>,
    /// Where it came from, by addresses.
    pub addresses: Vec<String>,
    /// What Galaxy called it when the crate was made.
    pub element_identifier: String,
    /// Galaxy's key of its genome, else its assembly.
    pub genome_build: String,
}

impl Subject {
    /// The ids of the sources that it is or was made of.
    pub fn tracks(&self) -> &[String] {
        if self.is_source {
            std::slice::from_ref(&self.id)
        } else {
            &self.made_of
        }
    }
}

/// The crates, by key, and what they tell of.
#[derive(Default)]
pub struct Shelf<'c> {
    crates: Vec<Shelved<'c>>,
    subjects: Vec<Subject>,
    /// The licence that each crate states: its address and name.
    licences: Vec<Option<(String, String)>>,
    by_key: HashMap<&'c str, usize>,
    by_sha256: HashMap<String, Vec<usize>>,
    by_checksum: HashMap<(String, String), Vec<usize>>,
    by_uuid: HashMap<String, Vec<usize>>,
    by_address: HashMap<String, Vec<usize>>,
    by_element_identifier: HashMap<String, Vec<usize>>,
    by_tag: HashMap<String, Vec<usize>>,
    by_id: BTreeMap<String, Vec<usize>>,
}

/// The beginning of the identifiers that are Galaxy's names for bytes.
pub const UUID: &str = "urn:uuid:";

impl<'c> Shelf<'c> {
    /// Puts crates on the shelf, each once; of two with one key the one with its document.
    pub fn new(mut crates: Vec<Shelved<'c>>) -> Self {
        crates.sort_by_key(|shelved| (shelved.key, shelved.document.is_none()));
        crates.dedup_by_key(|shelved| shelved.key);
        let mut shelf = Shelf {
            by_key: crates.iter().enumerate().map(|(n, c)| (c.key, n)).collect(),
            ..Shelf::default()
        };
        for (number, shelved) in crates.iter().enumerate() {
            shelf.index(number, shelved);
        }
        shelf.crates = crates;
        shelf
    }

    /// The crates in the order of their keys.
    pub fn crates(&self) -> &[Shelved<'c>] {
        &self.crates
    }

    /// The place of the crate of a key.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The places of all crates that tell of some files, by the files' places: their own crates, and those that these were
    /// made of.
    pub fn needed(&self, subjects: &BTreeSet<usize>) -> Vec<usize> {
        let mut places: BTreeSet<usize> = BTreeSet::new();
        for subject in subjects {
            let place = self.subjects[*subject].shelved;
            if places.insert(place) {
                let keys = self.crates[place].ancestors.iter();
                places.extend(keys.filter_map(|key| self.place(key)));
            }
        }
        places.into_iter().collect()
    }

    /// The licence that the crate at a place states: its address and its name.
    pub fn licence(&self, place: usize) -> Option<(&str, &str)> {
        let stated = self.licences.get(place)?.as_ref()?;
        Some((&stated.0, &stated.1))
    }

    /// All files that crates are about.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The files with these bytes.
    pub fn with_sha256(&self, hexadecimal: &str) -> &[usize] {
        found(&self.by_sha256, &hexadecimal.to_ascii_lowercase())
    }

    /// The files whose provider gives a checksum, by its method (`MD5`, `SHA-256`).
    pub fn with_checksum(&self, method: &str, hexadecimal: &str) -> &[usize] {
        let key = (method.to_owned(), hexadecimal.to_ascii_lowercase());
        self.by_checksum.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The files that Galaxy knew by a name of their bytes.
    pub fn with_uuid(&self, uuid: &str) -> &[usize] {
        found(&self.by_uuid, uuid)
    }

    /// The files from an address.
    pub fn with_address(&self, address: &str) -> &[usize] {
        found(&self.by_address, address)
    }

    /// The files that Galaxy called by an element identifier.
    pub fn with_element_identifier(&self, identifier: &str) -> &[usize] {
        found(&self.by_element_identifier, identifier)
    }

    /// The files that Galaxy gave a name tag.
    pub fn with_tag(&self, tag: &str) -> &[usize] {
        found(&self.by_tag, tag)
    }

    /// The files of an id in folded graphs.
    pub fn with_id(&self, id: &str) -> &[usize] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    fn index(&mut self, number: usize, shelved: &Shelved<'c>) {
        let keys = Keys::named(shelved.ancestors.iter().copied().chain([shelved.key]));
        let metadata = shelved.metadata.graph();
        let names = Names::new(shelved.key, false, &metadata, &keys);
        let licence = metadata.licence();
        let licence = licence.map(|(id, name)| (id.to_owned(), name.to_owned()));
        self.licences.push(licence);
        let graph = Files::of(&metadata);
        for entity in graph.files() {
            let subject = graph.subject(number, entity, &names);
            let place = self.subjects.len();
            let put = |map: &mut HashMap<String, Vec<usize>>, key: String| {
                if !key.is_empty() {
                    map.entry(key).or_default().push(place);
                }
            };
            for sum in graph.sums(entity) {
                put(&mut self.by_sha256, sum.to_ascii_lowercase());
            }
            for (method, sum) in graph.checksums(entity) {
                let key = (method.to_owned(), sum.to_ascii_lowercase());
                self.by_checksum.entry(key).or_default().push(place);
            }
            for uuid in entity
                .texts("identifier")
                .into_iter()
                .filter_map(|id| id.strip_prefix(UUID))
            {
                put(&mut self.by_uuid, uuid.to_owned());
            }
            for address in &subject.addresses {
                put(&mut self.by_address, address.clone());
            }
            if subject.is_source {
                put(
                    &mut self.by_element_identifier,
                    subject.element_identifier.clone(),
                );
                put(&mut self.by_tag, graph.property(entity, "Galaxy name tag"));
            }
            self.by_id
                .entry(subject.id.clone())
                .or_default()
                .push(place);
            self.subjects.push(subject);
        }
    }
}

fn found<'m>(map: &'m HashMap<String, Vec<usize>>, key: &str) -> &'m [usize] {
    if key.is_empty() {
        &[]
    } else {
        map.get(key).map_or(&[], Vec::as_slice)
    }
}

/// A crate's graph, seen from its files.
struct Files<'c> {
    metadata: &'c Crate,
    /// The actions, by what they made.
    makers: HashMap<&'c str, Vec<&'c Entity>>,
}

impl<'c> Files<'c> {
    fn of(metadata: &'c Crate) -> Self {
        let mut makers: HashMap<&str, Vec<&Entity>> = HashMap::new();
        for entity in metadata.entities() {
            for result in entity.references("result") {
                makers.entry(result).or_default().push(entity);
            }
        }
        Files { metadata, makers }
    }

    /// The files that the crate is about or has among its parts, not those of the crates that it was made of.
    fn files(&self) -> Vec<&'c Entity> {
        let Some(root) = self.metadata.root() else {
            return Vec::new();
        };
        let document = document_path(self.metadata);
        let mut seen: HashSet<&str> = HashSet::new();
        let mut files = Vec::new();
        let mut next: Vec<&str> = root.references("about");
        next.extend(root.references("hasPart"));
        next.reverse();
        while let Some(id) = next.pop() {
            if !seen.insert(id) || id.starts_with(INPUTS) {
                continue;
            }
            let Some(entity) = self.metadata.get(id) else {
                continue;
            };
            if entity.is("File") && document.as_deref() != Some(id) {
                files.push(entity);
            } else if entity.is("Dataset") {
                next.extend(entity.references("hasPart").into_iter().rev());
            }
        }
        files
    }

    fn subject(&self, shelved: usize, entity: &'c Entity, names: &Names<'_>) -> Subject {
        let is_track = entity.texts("additionalType").contains(&TRACK);
        let by_step = self.makers.get(entity.id.as_str()).into_iter().flatten();
        let is_result = entity.id.starts_with("#data-")
            || by_step
                .into_iter()
                .any(|action| action.id.starts_with("#step-"));
        let is_source = is_track || !is_result;
        let made_of = match is_source {
            true => Vec::new(),
            false => entity
                .references("isBasedOn")
                .into_iter()
                .map(|id| names.of(id).1)
                .collect(),
        };
        let mut addresses: Vec<String> = Vec::new();
        let address = entity
            .texts("contentUrl")
            .into_iter()
            .chain(entity.references("contentUrl"));
        addresses.extend(address.map(str::to_owned));
        for served in self.served(entity) {
            addresses.extend(served.texts("contentUrl").into_iter().map(str::to_owned));
        }
        let build = [
            self.property(entity, "Galaxy genome build"),
            self.property(entity, "genome assembly"),
        ];
        let identifiers = entity.texts("identifier").into_iter();
        let identifiers = identifiers.filter(|id| !id.starts_with("ni:") && !id.starts_with(UUID));
        Subject {
            shelved,
            id: names.of(&entity.id).1,
            own_id: entity.id.clone(),
            name: entity.text("name").unwrap_or(&entity.id).to_owned(),
            is_source,
            made_of,
            identifiers: identifiers.map(str::to_owned).collect(),
            addresses,
            element_identifier: self.property(entity, "Galaxy element identifier"),
            genome_build: build
                .into_iter()
                .find(|build| !build.is_empty() && build != "?")
                .unwrap_or_default(),
        }
    }

    /// The bytes as they were served, of which the file was made by unpacking.
    fn served(&self, entity: &Entity) -> Vec<&'c Entity> {
        let based = entity.references("isBasedOn").into_iter();
        based
            .filter(|id| id.starts_with("#served-"))
            .filter_map(|id| self.metadata.get(id))
            .collect()
    }

    /// The SHA-256 of the file, and of the bytes that it was unpacked from.
    fn sums(&self, entity: &'c Entity) -> Vec<&'c str> {
        let mut sums: Vec<&str> = entity.text("sha256").into_iter().collect();
        sums.extend(
            self.served(entity)
                .into_iter()
                .filter_map(|served| served.text("sha256")),
        );
        sums
    }

    /// The checksums that the provider gives of the file, which the actions that brought it name.
    fn checksums(&self, entity: &'c Entity) -> Vec<(&'c str, &'c str)> {
        let served = self
            .served(entity)
            .into_iter()
            .map(|served| served.id.as_str());
        let ids: Vec<&str> = served.chain([entity.id.as_str()]).collect();
        let actions = ids.iter().filter_map(|id| self.makers.get(id)).flatten();
        let objects = actions.flat_map(|action| action.references("object"));
        let named = objects.filter_map(|id| self.metadata.get(id));
        named
            .filter(|object| object.is("PropertyValue"))
            .filter_map(|object| {
                let method = object
                    .text("propertyID")
                    .filter(|id| ["MD5", "SHA-256"].contains(id))?;
                Some((method, object.text("value")?))
            })
            .collect()
    }

    /// The value of a property of the file, by its name.
    fn property(&self, entity: &Entity, name: &str) -> String {
        let properties = entity.references("additionalProperty").into_iter();
        let mut properties = properties.filter_map(|id| self.metadata.get(id));
        let found = properties.find(|property| property.text("name") == Some(name));
        found
            .and_then(|property| property.text("value"))
            .unwrap_or_default()
            .to_owned()
    }
}
