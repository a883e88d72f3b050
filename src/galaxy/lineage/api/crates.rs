//! The crates of imports that results go back to, as their bytes.

use super::answers::CollectionAnswer;
use super::request::RequestError;
use super::{CrateCollection, GalaxyApi};

/// How many bytes a crate may have that is read over the API; light crates have a few thousand.
const LARGEST_CRATE: u64 = 64 << 20;

/// A crate of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedCrate {
    /// The element identifier of its track.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl GalaxyApi {
    /// The crates of the tracks of a collection that are in the lineage, and how many could not be read.
    pub fn crates(&self, collection: &CrateCollection) -> (Vec<FetchedCrate>, Vec<String>) {
        let answer: Result<CollectionAnswer, RequestError> = self.galaxy.ask(
            &["dataset_collections", &collection.id],
            &[("instance_type", "history")],
        );
        let elements = answer.unwrap_or_default().elements.unwrap_or_default();
        let wanted: Vec<_> = elements
            .into_iter()
            .filter(|element| collection.tracks.contains(&element.element_identifier))
            .collect();
        let fetched = self.galaxy.each(&wanted, |element| {
            let dataset = element.object.as_ref().ok_or(RequestError::Access)?;
            let path = ["datasets", &dataset.id, "display"];
            self.galaxy.bytes(&path, &[("raw", "true")], LARGEST_CRATE)
        });
        let mut crates = Vec::new();
        for (element, bytes) in wanted.iter().zip(fetched) {
            if let Ok(bytes) = bytes {
                let name = element.element_identifier.clone();
                crates.push(FetchedCrate { name, bytes });
            }
        }
        let missing = collection.tracks.iter().filter(|track| {
            let has_its_name = |known: &FetchedCrate| known.name == **track;
            !crates.iter().any(has_its_name)
        });
        let missing = missing.cloned().collect();
        (crates, missing)
    }
}
