//! Which dataset of the lineage a result is.

use std::collections::BTreeSet;

use super::{HistoryDataset, KnownHash, Lineage};
use crate::archive::digest::DigestFunction;
use crate::galaxy::dataset_file::DatasetFile;

/// The fewest characters of an encoded id in the name of a file.
const SHORTEST_ID: usize = 16;

impl Lineage {
    /// The id of the dataset that a result is, by the first of these that leads to one: its id; its UUID, which may be given as
    /// its id; the id at the end of its file name, as exports of histories name files; a hash that no other dataset has.
    pub fn dataset_of(&self, result: &DatasetFile) -> Option<&str> {
        let by_id = |id: &str| {
            let mut datasets = self.datasets.iter();
            datasets.find(|dataset| !id.is_empty() && dataset.id == id)
        };
        let by_file_name = || {
            let (_, end) = result.element_identifier.rsplit_once('_')?;
            let id = end.split('.').next();
            by_id(id.filter(|id| id.len() >= SHORTEST_ID)?)
        };
        by_id(&result.id)
            .or_else(|| self.with_uuid(&result.uuid, &result.name))
            .or_else(|| self.with_uuid(&result.id, &result.name))
            .or_else(by_file_name)
            .or_else(|| self.with_hash_of(result))
            .map(|dataset| dataset.id.as_str())
    }

    /// The dataset of a UUID. Copies share it: of these the one with the name, and rather one with a known maker.
    fn with_uuid(&self, uuid: &str, name: &str) -> Option<&HistoryDataset> {
        let uuid = uuid.to_ascii_lowercase();
        let datasets = self.datasets.iter();
        datasets
            .filter(|dataset| !uuid.is_empty() && dataset.uuid == uuid)
            .max_by_key(|dataset| (dataset.name == name, dataset.created_by.is_some()))
    }

    /// The dataset with a hash of the result's bytes, where all that have it are copies of one.
    fn with_hash_of(&self, result: &DatasetFile) -> Option<&HistoryDataset> {
        let is_of = |hash: &KnownHash| {
            let function = DigestFunction::named(&hash.function);
            let known = function.and_then(|function| result.digests.of(function));
            known.is_some_and(|sum| sum.eq_ignore_ascii_case(&hash.value))
        };
        let same = || {
            let datasets = self.datasets.iter();
            datasets.filter(|dataset| dataset.hashes.iter().any(is_of))
        };
        let uuids: BTreeSet<&str> = same().map(|dataset| dataset.uuid.as_str()).collect();
        same().next().filter(|_| uuids.len() == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::digest::{Digests, Sha256Sum};
    use crate::galaxy::described_datasets::DescribedDataset;
    use crate::galaxy::lineage::Producer;

    const ID: &str = "f2db41e1fa331b3e";
    const UUID: &str = "00000000-0000-4000-8000-000000000001";

    fn dataset(id: &str, uuid: &str, bytes: &[u8]) -> HistoryDataset {
        HistoryDataset {
            id: id.to_owned(),
            uuid: uuid.to_owned(),
            hashes: vec![KnownHash {
                function: "SHA-256".to_owned(),
                value: Sha256Sum::of(bytes).hexadecimal(),
            }],
            ..HistoryDataset::default()
        }
    }

    fn result(change: impl FnOnce(&mut DescribedDataset)) -> DatasetFile {
        let mut described = DescribedDataset::default();
        change(&mut described);
        described.file(Digests::of_sha256(1, Sha256Sum::of(b"x")), None)
    }

    fn lineage(datasets: Vec<HistoryDataset>) -> Lineage {
        Lineage {
            datasets,
            ..Lineage::empty(Producer::Walk)
        }
    }

    #[test]
    fn a_result_is_found_by_id_uuid_and_file_name() {
        let lineage = lineage(vec![dataset("other", "", b"y"), dataset(ID, UUID, b"z")]);
        let found = |change: fn(&mut DescribedDataset)| {
            lineage.dataset_of(&result(change)).map(str::to_owned)
        };
        assert_eq!(found(|result| result.id = ID.to_owned()).unwrap(), ID);
        assert_eq!(
            found(|result| result.uuid = UUID.to_uppercase()).unwrap(),
            ID
        );
        assert_eq!(found(|result| result.id = UUID.to_owned()).unwrap(), ID);
        let by_name = found(|result| result.element_identifier = format!("peaks_{ID}.bed"));
        assert_eq!(by_name.unwrap(), ID);
        assert_eq!(
            found(|result| result.element_identifier = "peaks_other.bed".to_owned()),
            None
        );
        assert_eq!(found(|_| ()), None);
    }

    #[test]
    fn of_copies_the_one_with_the_name_and_a_maker_is_the_result() {
        let copy = |id: &str, name: &str, created_by: Option<&str>| HistoryDataset {
            name: name.to_owned(),
            created_by: created_by.map(str::to_owned),
            ..dataset(id, UUID, b"z")
        };
        let lineage = lineage(vec![
            copy("a", "peaks", None),
            copy("b", "peaks", Some("job")),
            copy("c", "other", Some("job")),
        ]);
        let result = result(|result| {
            result.uuid = UUID.to_owned();
            result.name = "peaks".to_owned();
        });
        assert_eq!(lineage.dataset_of(&result), Some("b"));
    }

    #[test]
    fn a_hash_leads_to_a_result_that_no_other_dataset_equals() {
        let one = lineage(vec![dataset("a", "1", b"x"), dataset("copy", "1", b"x")]);
        assert_eq!(one.dataset_of(&result(|_| ())), Some("a"));
        let two = lineage(vec![dataset("a", "1", b"x"), dataset("b", "2", b"x")]);
        assert_eq!(two.dataset_of(&result(|_| ())), None);
    }
}
