//! The data.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _};
use std::path::PathBuf;

use crate::archive::digest::Sha256Sum;
use crate::cli::document_options::SearchedTracks;
use crate::cli::{self, Failure, GalaxyQuestion};
use crate::galaxy::described_datasets::DescribedDataset;
use crate::galaxy::lineage::Lineage;
use crate::ro_crate::crate_archive::{CrateArchive, CrateDetail, is_zip};
use crate::ro_crate::known_crates::KnownCrates;
use crate::ro_crate::publication::UnreadDataset;

use super::arguments::PackageArguments;

/// The data, with the path of each.
pub struct PackageInputs {
    pub data: Vec<UnreadDataset>,
    pub paths: Vec<PathBuf>,
    /// The SHA-256 of those that were hashed before they are packed.
    pub sums: Vec<Option<Sha256Sum>>,
}

impl PackageInputs {
    /// The data, in their order.
    pub fn of(arguments: &PackageArguments) -> Result<Self, Failure> {
        let paths = cli::files(&arguments.data)?;
        if paths.is_empty() {
            return Err(Failure::at(
                "data",
                "found no dataset, expected at least one: select the results or tracks to publish",
            ));
        }
        let mut described = arguments.given.described(&paths)?;
        arguments.lineage.add_ids(&mut described)?;
        refuse_crates(&described, &paths)?;
        let data = described.into_iter().zip(&paths).map(|(described, path)| {
            let metadata = cli::open(path).and_then(|file| file.metadata());
            let name = &described.element_identifier;
            let bytes = metadata.map_err(|error| Failure::at(name, error))?.len();
            Ok(UnreadDataset { described, bytes })
        });
        Ok(PackageInputs {
            data: data.collect::<Result<_, Failure>>()?,
            sums: vec![None; paths.len()],
            paths,
        })
    }

    /// The lineage of the data, where a Galaxy is asked for it, and what could not be read. The data get their ids, and the crates
    /// of the tracks that the lineage leads to become known.
    pub fn ask(
        &mut self,
        arguments: &PackageArguments,
        known: &mut KnownCrates,
        documents: &SearchedTracks,
    ) -> Result<(Option<Lineage>, Vec<String>), Failure> {
        let mut unread = Vec::new();
        let described = self.data.iter().map(|data| data.described.clone());
        let mut described: Vec<DescribedDataset> = described.collect();
        let lineage = arguments.lineage.ask(GalaxyQuestion {
            tool: super::NAME,
            detail: CrateDetail::Page,
            described: &mut described,
            known,
            documents,
            findings: &mut unread,
        })?;
        for (data, described) in self.data.iter_mut().zip(described) {
            data.described = described;
        }
        Ok((lineage, unread))
    }

    /// The SHA-256 of one of the data.
    pub fn sha256(&self, number: usize) -> Result<Sha256Sum, Failure> {
        if let Some(sum) = self.sums[number] {
            return Ok(sum);
        }
        let at = |error| Failure::at(&self.data[number].described.element_identifier, error);
        let mut file = File::open(&self.paths[number]).map_err(at)?;
        Ok(cli::digests(&mut file, &[]).map_err(at)?.sha256)
    }
}

/// Refuses data that all are RO-Crates: the crates were taken for the data that they describe.
fn refuse_crates(described: &[DescribedDataset], paths: &[PathBuf]) -> Result<(), Failure> {
    let is_crate = |path: &PathBuf| {
        let mut first = [0; 4];
        let file = File::open(path).and_then(|mut file| {
            file.read_exact(&mut first)?;
            file.rewind()?;
            Ok(file)
        });
        file.is_ok_and(|file| {
            is_zip(&first)
                && CrateArchive::read(BufReader::new(file), CrateDetail::Metadata).is_ok()
        })
    };
    if !paths.iter().all(is_crate) {
        return Ok(());
    }
    let problem = "found RO-Crates as the only data, expected results or tracks: select the datasets that the crates describe as data, and the crates as crates";
    let first = described
        .first()
        .map_or("data", |first| &first.element_identifier);
    Err(Failure::at(first, problem))
}
