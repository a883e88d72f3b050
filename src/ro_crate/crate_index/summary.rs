//! What one crate tells of.

use std::collections::{HashMap, HashSet};

use super::UUID;
use crate::archive::digest::{DigestFunction, Digests, Sha256Sum};
use crate::ro_crate::common_entities::{INPUTS, TRACK};
use crate::ro_crate::merge::{CrateKeys, CrateNames};
use crate::ro_crate::tracks::document_path;
use crate::ro_crate::{Crate, Entity};

/// A file that a crate is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedFile {
    /// The place of its crate on the shelf.
    pub indexed: usize,
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
    /// The name tag that Galaxy was given for it; empty where it was given none.
    pub name_tag: String,
    /// The SHA-256 of its bytes, and of those that it was unpacked from, in small hexadecimal digits.
    pub sha256: Vec<String>,
    /// The SHA-256 of its own bytes; none where nobody has seen them.
    pub content: Option<Sha256Sum>,
    /// How many bytes it has; none where that is not told.
    pub size: Option<u64>,
    /// The checksums that its provider or its crate gives, in small hexadecimal digits.
    pub checksums: Vec<(DigestFunction, String)>,
    /// Galaxy's names for its bytes.
    pub uuids: Vec<String>,
    /// Galaxy's key of its genome, else its assembly.
    pub genome_build: String,
}

impl DescribedFile {
    /// The ids of the sources that it is or was made of.
    pub fn tracks(&self) -> &[String] {
        if self.is_source {
            std::slice::from_ref(&self.id)
        } else {
            &self.made_of
        }
    }

    /// Notes the digests of its bytes, and of what gzip packs in them, as they lie in its crate.
    pub fn add_content(&mut self, content: &Digests, unpacked: Option<&Digests>) {
        self.content = Some(content.sha256);
        self.size = Some(content.bytes);
        let sums = [Some(content), unpacked].into_iter().flatten();
        for sum in sums.map(|digests| digests.sha256.hexadecimal()) {
            if !self.sha256.contains(&sum) {
                self.sha256.push(sum);
            }
        }
    }
}

/// What a crate tells of, without its graph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrateSummary {
    /// The files that it is about.
    pub described_files: Vec<DescribedFile>,
    /// The licence that it states: its address and name.
    pub licence: Option<(String, String)>,
}

impl CrateSummary {
    /// What a crate of this key tells of, that was made of crates of the keys `ancestors`.
    pub fn of<'k>(
        key: &'k str,
        ancestors: impl Iterator<Item = &'k str>,
        metadata: &Crate,
    ) -> Self {
        let keys = CrateKeys::named(ancestors.chain([key]));
        let names = CrateNames::new(key, false, metadata, &keys);
        let files = Files::of(metadata);
        let licence = metadata.licence();
        CrateSummary {
            described_files: files
                .files()
                .into_iter()
                .map(|entity| files.described_file(entity, &names))
                .collect(),
            licence: licence.map(|(id, name)| (id.to_owned(), name.to_owned())),
        }
    }
}

/// A crate's graph, seen from its files.
struct Files<'c> {
    metadata: &'c Crate,
    /// The actions, by what they made.
    makers: HashMap<&'c str, Vec<&'c Entity>>,
    /// What was packed for publication.
    packed: HashSet<&'c str>,
}

fn is_packaging(action: &Entity) -> bool {
    action.id.starts_with("#package-")
}

impl<'c> Files<'c> {
    fn of(metadata: &'c Crate) -> Self {
        let mut makers: HashMap<&str, Vec<&Entity>> = HashMap::new();
        for entity in metadata.entities() {
            for result in entity.references("result") {
                makers.entry(result).or_default().push(entity);
            }
        }
        let packaging = metadata
            .entities()
            .iter()
            .filter(|entity| is_packaging(entity));
        let packed = packaging.flat_map(|action| action.references("object"));
        Files {
            metadata,
            makers,
            packed: packed.collect(),
        }
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
            if entity.is("File") {
                if document.as_deref() != Some(id) && !self.is_dress_of_a_package(id) {
                    files.push(entity);
                }
            } else if entity.is("Dataset") {
                next.extend(entity.references("hasPart").into_iter().rev());
            }
        }
        files
    }

    /// Whether a file was made when data were packed: tables and texts about the data.
    fn is_dress_of_a_package(&self, id: &str) -> bool {
        let makers = self.makers.get(id).into_iter().flatten();
        makers.into_iter().any(|maker| is_packaging(maker))
    }

    fn described_file(&self, entity: &'c Entity, names: &CrateNames<'_>) -> DescribedFile {
        let is_track = entity.texts("additionalType").contains(&TRACK);
        let by_step = self.makers.get(entity.id.as_str()).into_iter().flatten();
        let is_result = entity.id.starts_with("#data-")
            || self.packed.contains(entity.id.as_str())
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
        DescribedFile {
            indexed: 0,
            id: names.of(&entity.id).1,
            own_id: entity.id.clone(),
            name: entity.text("name").unwrap_or(&entity.id).to_owned(),
            is_source,
            made_of,
            identifiers: identifiers.map(str::to_owned).collect(),
            addresses,
            element_identifier: self.property(entity, "Galaxy element identifier"),
            name_tag: self.property(entity, "Galaxy name tag"),
            content: entity.text("sha256").and_then(Sha256Sum::parse),
            size: entity
                .text("contentSize")
                .and_then(|size| size.parse().ok()),
            sha256: self
                .sums(entity)
                .into_iter()
                .map(str::to_ascii_lowercase)
                .collect(),
            checksums: self.checksums(entity),
            uuids: entity
                .texts("identifier")
                .into_iter()
                .filter_map(|id| id.strip_prefix(UUID))
                .map(str::to_owned)
                .collect(),
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

    /// The checksums of the file: those that it states itself, as properties of its own or as property values, and those of the
    /// provider, which the actions that brought it name.
    fn checksums(&self, entity: &'c Entity) -> Vec<(DigestFunction, String)> {
        let mut checksums: Vec<(DigestFunction, String)> = Vec::new();
        for stated in self.served(entity).into_iter().chain([entity]) {
            for name in stated.properties.keys() {
                // The SHA-256 that a file states as the term wants it is its content.
                let is_content =
                    name == "sha256" && stated.text(name).and_then(Sha256Sum::parse).is_some();
                if let Some(function) = DigestFunction::named(name).filter(|_| !is_content) {
                    let texts = stated.texts(name).into_iter();
                    let sums = texts.filter_map(|text| function.parse(text));
                    checksums.extend(sums.map(|sum| (function, sum)));
                }
            }
        }
        let stated = ["identifier", "additionalProperty"].into_iter();
        let stated = stated.flat_map(|name| entity.references(name));
        let served = self
            .served(entity)
            .into_iter()
            .map(|served| served.id.as_str());
        let ids: Vec<&str> = served.chain([entity.id.as_str()]).collect();
        let actions = ids.iter().filter_map(|id| self.makers.get(id)).flatten();
        let objects = actions.flat_map(|action| action.references("object"));
        let named = objects.chain(stated).filter_map(|id| self.metadata.get(id));
        let values = named
            .filter(|object| object.is("PropertyValue"))
            .filter_map(|object| {
                let names = [object.text("propertyID"), object.text("name")];
                let function = names
                    .into_iter()
                    .flatten()
                    .find_map(DigestFunction::named)?;
                Some((function, function.parse(object.text("value")?)?))
            });
        checksums.extend(values);
        checksums
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
