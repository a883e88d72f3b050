//! The crate of a publication is written while its data stream by, and each of the data is read once where that suffices: their
//! SHA-256, which the metadata in front of them state, are predicted from the crates, and compared with what was packed. Where
//! one differs, all data are hashed and the crate is written again.

use std::io::{self, Read, Seek, Write};

use thiserror::Error;

use super::{PublicationContext, PublicationPlan, extension};
use crate::archive::digest::Sha256Sum;
use crate::archive::error::PackError;
use crate::ro_crate::crate_builder::{BagInfo, CrateBuilder, compression};
use crate::ro_crate::full_crate::hash_predictor::{HashPredictor, Unread};
use crate::text::controls::visible;
use crate::text::unique_names::file_names;

/// Why a publication cannot be written.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum PublicationError {
    /// One of the data cannot be read.
    #[error("{}: {error}", visible(.name))]
    Reading { name: String, error: io::Error },
    /// One of the data cannot be packed.
    #[error("{}: {error}", visible(.name))]
    PackingData { name: String, error: PackError },
    /// One of the data was changed between two readings.
    #[error(
        "{}: the file was changed while it was packed: try again when nothing writes to it",
        visible(.0)
    )]
    Changed(
        /// Its element identifier.
        String,
    ),
    /// The crate cannot be packed.
    #[error(transparent)]
    Packing(#[from] PackError),
    /// Its page cannot be written.
    #[error(transparent)]
    Page(#[from] minijinja::Error),
}

/// Where the data come from, and where the crate goes.
pub trait PublicationFiles {
    /// One of the data, opened.
    type Reader: Read;
    /// The file of the crate.
    type Writer: Write + Seek;
    /// Why it cannot be written.
    type Error: From<PublicationError>;

    /// Opens one of the data, by its number.
    ///
    /// # Errors
    /// It cannot be read.
    fn open(&self, number: usize) -> io::Result<Self::Reader>;

    /// The SHA-256 of all data, of which some are known already.
    ///
    /// # Errors
    /// One of the data that cannot be read.
    fn sums(&self, known: &[Option<Sha256Sum>]) -> Result<Vec<Sha256Sum>, Self::Error>;

    /// Starts the file of the crate, which is empty then.
    ///
    /// # Errors
    /// It cannot be written.
    fn start(&self) -> Result<Self::Writer, Self::Error>;
}

/// One of the data with another SHA-256 than the plan has.
struct OtherContent {
    number: usize,
    found: Sha256Sum,
}

impl PublicationContext<'_> {
    /// Plans and writes the crate.
    ///
    /// # Errors
    /// What cannot be read or written, or one of the data that was changed meanwhile.
    pub fn pack<F: PublicationFiles>(&self, files: &F) -> Result<PublicationPlan, F::Error> {
        let predictor = HashPredictor::new(self.crate_index);
        let predicted = self.predicted(&predictor);
        let sums = files.sums(&predicted)?;
        let plan = self.plan(&sums, &predictor)?;
        let Some(other) = self.write(&plan, files)? else {
            return Ok(plan);
        };
        // Of the data packed so far the SHA-256 is known by now, and of those that were not predicted.
        let known = |number: usize| predicted[number].is_none() || number < other.number;
        let mut seen: Vec<Option<Sha256Sum>> = sums
            .iter()
            .enumerate()
            .map(|(number, sum)| known(number).then_some(*sum))
            .collect();
        seen[other.number] = Some(other.found);
        let plan = self.plan(&files.sums(&seen)?, &predictor)?;
        match self.write(&plan, files)? {
            None => Ok(plan),
            Some(other) => {
                let name = &self.data[other.number].described.element_identifier;
                Err(PublicationError::Changed(name.clone()).into())
            }
        }
    }

    /// The SHA-256 that each of the data should have by the crates; none where the crates do not tell, or where the data are not
    /// packed and are therefore read only to be hashed.
    fn predicted(&self, predictor: &HashPredictor<'_>) -> Vec<Option<Sha256Sum>> {
        if !self.includes_data {
            return vec![None; self.data.len()];
        }
        let predicted = self.data.iter().map(|data| {
            predictor.predict(&Unread {
                element_identifier: &data.described.element_identifier,
                uuid: &data.described.uuid,
                bytes: data.bytes,
            })
        });
        predicted.collect()
    }

    /// Writes the crate, or stops at the first of the data whose content is not the planned one.
    fn write<F: PublicationFiles>(
        &self,
        plan: &PublicationPlan,
        files: &F,
    ) -> Result<Option<OtherContent>, F::Error> {
        let writer = files.start()?;
        self.write_to(writer, plan, |number| files.open(number))
            .map_err(F::Error::from)
    }

    fn write_to<W: Write + Seek, R: Read>(
        &self,
        writer: W,
        plan: &PublicationPlan,
        open: impl Fn(usize) -> io::Result<R>,
    ) -> Result<Option<OtherContent>, PublicationError> {
        let names = file_names([self.heading.title.as_str()].into_iter(), "bag");
        let bag = names.first().filter(|_| self.is_bag).map(|name| BagInfo {
            name,
            date: self.time.get(..10).unwrap_or_default(),
        });
        let to_nest = self.known.to_nest();
        let nested = to_nest.whole(plan.nested.iter().map(String::as_str));
        let mut builder = CrateBuilder::new(writer, &plan.metadata, &nested, bag)?;
        for (path, text) in &plan.texts {
            builder.add(path, text)?;
        }
        for (number, path) in plan.paths.iter().flatten().enumerate() {
            let (bytes, file) = (self.data[number].bytes, &plan.files[number]);
            let name = || file.element_identifier.clone();
            let mut data = open(number).map_err(|error| PublicationError::Reading {
                name: name(),
                error,
            })?;
            let packed = builder
                .add_from(path, &mut data, bytes, compression(&extension(file)))
                .map_err(|error| PublicationError::PackingData {
                    name: name(),
                    error,
                })?;
            if packed.sha256 != file.digests.sha256 || packed.bytes != bytes {
                let found = packed.sha256;
                return Ok(Some(OtherContent { number, found }));
            }
        }
        builder.finish(plan.page.as_deref())?;
        Ok(None)
    }
}
