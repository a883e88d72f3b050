//! The tracks of the suite: their files, what Galaxy knows of them, and their checksums.

use std::io::{Read as _, Seek as _, sink};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::archive::digest::{DigestFunction, Digester, Digests};
use crate::archive::gzip;
use crate::cli::{self, Failure};
use crate::galaxy::described_datasets::DescribedDataset;

use super::arguments::OverlapArguments;

/// The file of a track.
#[derive(Debug)]
pub struct TrackFile {
    pub path: PathBuf,
    pub described: DescribedDataset,
    digests: Option<(Digests, Option<Digests>)>,
}

impl TrackFile {
    /// The files of the arguments; hashed by SHA-256 and some functions where checksums are needed.
    pub fn all(
        arguments: &OverlapArguments,
        functions: Option<&[DigestFunction]>,
    ) -> Result<Vec<Self>, Failure> {
        let paths = cli::files(&arguments.tracks)?;
        if paths.is_empty() {
            return Err(Failure::at(
                "tracks",
                "found no file, expected at least one",
            ));
        }
        let described = arguments.given.described(&paths)?;
        let files = paths.into_par_iter().zip(described).with_max_len(1);
        let files = files.map(|(path, described)| {
            let digests = functions.map(|functions| digests(&path, functions));
            let digests = digests.transpose();
            let digests =
                digests.map_err(|error| Failure::at(&described.element_identifier, error))?;
            Ok(TrackFile {
                path,
                described,
                digests,
            })
        });
        let files: Vec<Result<Self, Failure>> = files.collect();
        files.into_iter().collect()
    }

    /// The name that its user knows it by.
    pub fn identifier(&self) -> &str {
        &self.described.element_identifier
    }

    /// Its own digests, if it was hashed.
    pub fn digests(&self) -> Option<&Digests> {
        self.digests.as_ref().map(|(own, _)| own)
    }

    /// The digests of its bytes, and of those that gzip packs in it.
    pub fn all_digests(&self) -> impl Iterator<Item = &Digests> {
        let digests = self.digests.as_ref();
        digests
            .into_iter()
            .flat_map(|(own, unpacked)| std::iter::once(own).chain(unpacked))
    }
}

/// The digests of a file, and where it is gzip those of what is packed in it.
pub fn digests(
    path: &Path,
    functions: &[DigestFunction],
) -> std::io::Result<(Digests, Option<Digests>)> {
    let mut file = cli::open(path)?;
    let own = cli::digests(&mut file, functions)?;
    let mut first = [0; gzip::FIRST_BYTES];
    let length = file.read(&mut first)?;
    if !gzip::is_gzip(&first[..length]) {
        return Ok((own, None));
    }
    file.rewind()?;
    let digester = Digester::making(functions);
    // A damaged file is refused where its intervals are read.
    let unpacked = gzip::unpack_hashed(&mut file, &mut sink(), u64::MAX, digester);
    Ok((own, unpacked.ok()))
}

/// What the analysis has to know of a track beside its file.
#[derive(Debug, Clone, Default)]
pub struct TrackRole {
    pub title: String,
    pub group: Option<String>,
    pub is_reference: bool,
}
