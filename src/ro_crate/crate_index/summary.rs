//! What one crate describes.

use std::collections::{HashMap, HashSet};

use super::{CrateId, UUID};
use crate::archive::digest::{DigestFunction, Digests, Sha256Sum};
use crate::ro_crate::common_entities::{INPUTS, NO_LICENCE, TRACK, property_name};
use crate::ro_crate::credits::{Credit, Credits, creative_commons};
use crate::ro_crate::derivation::Derivation;
use crate::ro_crate::entities::{CreateAction, CreativeWork, Dataset, EntityId, File};
use crate::ro_crate::merge::{CrateKeys, CrateNames};
use crate::ro_crate::stated_checksums;
use crate::ro_crate::tracks::document_path;
use crate::ro_crate::{Crate, Entity};

/// A file that a crate describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedFile {
    /// Its crate.
    pub indexed: CrateId,
    /// Its id in a graph that the crate is merged into.
    pub id: String,
    /// Its id in the crate.
    pub own_id: String,
    /// Its name.
    pub name: String,
    /// Whether it is a source: a track as it was imported, not derived from tracks.
    pub is_source: bool,
    /// The ids, in a graph that the crate is merged into, of the sources that it was derived from.
    pub made_of: Vec<String>,
    /// Its ids in FAIRtracks documents, if it is a track.
    pub identifiers: Vec<String>,
    /// The addresses that it was downloaded from.
    pub addresses: Vec<String>,
    /// Its element identifier in Galaxy when the crate was made.
    pub element_identifier: Option<String>,
    /// The name tag that the import gave it in Galaxy.
    pub name_tag: Option<String>,
    /// The SHA-256 of its bytes, and of those that it was unpacked from, in lower-case hexadecimal digits.
    pub sha256: Vec<String>,
    /// The SHA-256 of its own bytes, if they are known.
    pub content: Option<Sha256Sum>,
    /// Bytes, if the crate states them.
    pub size: Option<u64>,
    /// The checksums that its provider or its crate states, in lower-case hexadecimal digits.
    pub checksums: Vec<(DigestFunction, String)>,
    /// The UUIDs of its datasets in Galaxy.
    pub uuids: Vec<String>,
    /// Galaxy's key of its genome build, else its assembly.
    pub genome_build: Option<String>,
}

impl DescribedFile {
    /// The ids of the sources that it is or was derived from.
    pub fn tracks(&self) -> &[String] {
        if self.is_source {
            std::slice::from_ref(&self.id)
        } else {
            &self.made_of
        }
    }

    /// Adds the digests of its bytes in its crate, and of the bytes that gzip packs in them.
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

/// What a crate describes, without its graph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrateSummary {
    /// The files that it describes.
    pub described_files: Vec<DescribedFile>,
    /// The licence that it states; the id is a text where it states no address.
    pub licence: Option<Credit>,
}

impl CrateSummary {
    /// Summarises a crate of this key that was made of crates of the keys `ancestors`.
    pub fn of<'k>(
        key: &'k str,
        ancestors: impl Iterator<Item = &'k str>,
        metadata: &Crate,
    ) -> Self {
        let keys = CrateKeys::named(ancestors.chain([key]));
        let names = CrateNames::new(key, false, metadata, &keys);
        let files = Files::of(metadata);
        let own = files.files();
        let ids: HashSet<&str> = own.iter().map(|entity| entity.id.as_str()).collect();
        CrateSummary {
            described_files: own
                .into_iter()
                .map(|entity| files.described_file(entity, &names, &ids))
                .collect(),
            licence: stated_licence(metadata),
        }
    }
}

/// The licence that the root states, by an address or in any other way: an SPDX identifier, or a Creative Commons licence as
/// people write it, as its address, another text by itself. None where the root states that no licence is known.
fn stated_licence(metadata: &Crate) -> Option<Credit> {
    if let Some(licence) = metadata.licence() {
        return Some(licence);
    }
    let root: Dataset<&str> = metadata.root()?.read();
    let mut stated = root.license.ids_and_texts();
    let stated = stated.find(|text| !text.trim().is_empty() && !text.contains(NO_LICENCE))?;
    let name = metadata.name_of(stated).unwrap_or(stated).trim();
    let credits = Credits {
        licence: creative_commons(name).unwrap_or_else(|| name.to_owned()),
        ..Credits::default()
    };
    let known = credits.licence().ok().flatten();
    Some(known.unwrap_or_else(|| Credit {
        id: name.to_owned(),
        name: name.to_owned(),
    }))
}

/// The files of a crate.
struct Files<'c> {
    metadata: &'c Crate,
    /// The actions, by what they made.
    makers: HashMap<&'c str, Vec<&'c Entity>>,
    /// What actions of other programs made of other data.
    derivation: Derivation<'c>,
    /// What was packed for publication.
    packed: HashSet<&'c str>,
}

fn is_packaging(action: &Entity) -> bool {
    matches!(EntityId::of(&action.id), Some(EntityId::Package(_)))
}

impl<'c> Files<'c> {
    fn of(metadata: &'c Crate) -> Self {
        let mut makers: HashMap<&str, Vec<&Entity>> = HashMap::new();
        let mut packed: HashSet<&str> = HashSet::new();
        for entity in metadata.entities() {
            let action: CreateAction<&str> = entity.read();
            if is_packaging(entity) {
                packed.extend(action.object.ids());
            }
            for result in action.result.ids() {
                makers.entry(result).or_default().push(entity);
            }
        }
        Files {
            metadata,
            makers,
            derivation: Derivation::of(metadata),
            packed,
        }
    }

    /// The files that the crate is about or has among its parts, without those of the crates that it was made of.
    fn files(&self) -> Vec<&'c Entity> {
        let Some(root) = self.metadata.root() else {
            return Vec::new();
        };
        let root: Dataset<&str> = root.read();
        let document = document_path(self.metadata);
        let mut seen: HashSet<&str> = HashSet::new();
        let mut files = Vec::new();
        let mut next: Vec<&str> = root.about.ids().chain(root.has_part.ids()).collect();
        next.reverse();
        while let Some(id) = next.pop() {
            if !seen.insert(id) || id.starts_with(INPUTS) {
                continue;
            }
            let Some(entity) = self.metadata.get(id) else {
                continue;
            };
            if entity.is("File") {
                if document.as_deref() != Some(id) && !self.is_made_by_packaging(id) {
                    files.push(entity);
                }
            } else if entity.is("Dataset") {
                let parts = entity.read::<Dataset<&str>>().has_part;
                next.extend(parts.ids().rev());
            }
        }
        files
    }

    /// Whether a file was made when data were packed: tables and texts about the data.
    fn is_made_by_packaging(&self, id: &str) -> bool {
        let makers = self.makers.get(id).into_iter().flatten();
        makers.into_iter().any(|maker| is_packaging(maker))
    }

    fn described_file(
        &self,
        entity: &'c Entity,
        names: &CrateNames<'_>,
        own: &HashSet<&str>,
    ) -> DescribedFile {
        let file: File<&str> = entity.read();
        let by_step = self.makers.get(entity.id.as_str()).into_iter().flatten();
        let is_result = matches!(EntityId::of(&entity.id), Some(EntityId::Data(_)))
            || self.packed.contains(entity.id.as_str())
            || by_step
                .into_iter()
                .any(|action| matches!(EntityId::of(&action.id), Some(EntityId::Step(_))));
        let is_track = file.additional_type.texts().any(|kind| kind == TRACK);
        let is_derived = !is_result && self.derivation.is_derived(&entity.id);
        let is_source = is_track || !(is_result || is_derived);
        let based_on: Vec<&str> = match is_source {
            true => Vec::new(),
            false => file.is_based_on.ids().collect(),
        };
        let made_of: Vec<&str> = match based_on.is_empty() && is_derived {
            true => self.derivation.first_inputs(&entity.id, own),
            false => based_on,
        };
        let made_of = made_of.into_iter().map(|id| names.of(id).1).collect();
        let served = self.served(&file);
        let works: Vec<CreativeWork<&str>> = served.iter().map(|served| served.read()).collect();
        let stated = file.content_url.texts().chain(file.content_url.ids());
        let served_at = works.iter().flat_map(|served| served.content_url.texts());
        let sums = works.iter().filter_map(|served| served.sha256.text());
        let build = [property_name::GENOME_BUILD, property_name::ASSEMBLY];
        let identifiers = file.identifier.texts();
        let identifiers = identifiers.filter(|id| !id.starts_with("ni:") && !id.starts_with(UUID));
        let uuids = file.identifier.texts();
        DescribedFile {
            indexed: CrateId::default(),
            id: names.of(&entity.id).1,
            own_id: entity.id.clone(),
            name: file.name.text().unwrap_or(&entity.id).to_owned(),
            is_source,
            made_of,
            identifiers: identifiers.map(str::to_owned).collect(),
            addresses: stated.chain(served_at).map(str::to_owned).collect(),
            element_identifier: self.property(&file, property_name::ELEMENT_IDENTIFIER),
            name_tag: self.property(&file, property_name::NAME_TAG),
            content: file.sha256.text().and_then(Sha256Sum::parse),
            size: file.content_size.text().and_then(|size| size.parse().ok()),
            sha256: file
                .sha256
                .text()
                .into_iter()
                .chain(sums)
                .map(str::to_ascii_lowercase)
                .collect(),
            checksums: self.checksums(entity, &served),
            uuids: uuids
                .filter_map(|id| id.strip_prefix(UUID))
                .map(str::to_owned)
                .collect(),
            genome_build: build
                .into_iter()
                .filter_map(|name| self.property(&file, name))
                .find(|build| build != "?"),
        }
    }

    /// The bytes as they were served, of which the file was made by unpacking.
    fn served(&self, file: &File<&'c str>) -> Vec<&'c Entity> {
        let based = file.is_based_on.ids();
        based
            .filter(|id| matches!(EntityId::of(id), Some(EntityId::Served(_))))
            .filter_map(|id| self.metadata.get(id))
            .collect()
    }

    /// The checksums of the file: those that it states itself, as properties of its own or as property values, and those of the
    /// provider, which the actions that brought it name.
    fn checksums(
        &self,
        entity: &'c Entity,
        served: &[&'c Entity],
    ) -> Vec<(DigestFunction, String)> {
        let bytes = || served.iter().copied().chain([entity]);
        let mut checksums: Vec<(DigestFunction, String)> = bytes()
            .flat_map(|bytes| stated_checksums::of_file(bytes, self.metadata))
            .collect();
        let actions = bytes()
            .filter_map(|bytes| self.makers.get(bytes.id.as_str()))
            .flatten();
        let actions = actions.map(|action| action.read::<CreateAction<&str>>());
        for action in actions {
            let objects = action.object.ids();
            let objects = objects.filter_map(|id| self.metadata.get(id));
            checksums.extend(objects.filter_map(stated_checksums::of_property));
        }
        checksums
    }

    /// The value of a property of the file, by its name; an empty text is none.
    fn property(&self, file: &File<&'c str>, name: &str) -> Option<String> {
        let found = self.metadata.property(file.additional_property.ids(), name);
        let value = found?.value.text().filter(|value| !value.is_empty())?;
        Some(value.to_owned())
    }
}
