//! Options for datasets and the crates that describe them.

use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::{Failure, files, read, read_bytes};
use crate::fairtracks::other_document;
use crate::galaxy::datatype::{Datatype, Peaks};
use crate::galaxy::described_datasets::{self, DescribedDataset};
use crate::galaxy::input_names;
use crate::ro_crate::crate_archive::{CrateArchive, CrateDetail};
use crate::ro_crate::known_crates::KnownCrates;

/// Up to how many bytes a crate is read in one go; light crates have a few thousand.
const SMALL: u64 = 4 << 20;

/// Descriptions of datasets, and the crates to search.
#[derive(Args)]
pub struct DatasetOptions {
    /// Crates (zip) to search, files or folders of files
    #[arg(long, value_name = "CRATE", num_args = 1..)]
    crates: Vec<PathBuf>,

    /// File with the Galaxy metadata of each dataset, in the same order: a JSON list of objects with element_identifier,
    /// name, extension, dbkey, tags, id and uuid
    #[arg(long, value_name = "FILE")]
    described: Option<PathBuf>,

    /// File with the display names of the crates (a JSON list of strings)
    #[arg(long, value_name = "FILE")]
    crate_names: Option<PathBuf>,
}

impl DatasetOptions {
    /// All files that are read.
    pub fn inputs(&self) -> impl Iterator<Item = &Path> {
        let crates = self.crates.iter();
        crates
            .chain(&self.described)
            .chain(&self.crate_names)
            .map(PathBuf::as_path)
    }

    /// Describes each dataset: by Galaxy's metadata, or else by its file name.
    ///
    /// # Errors
    /// The file cannot be read, or describes more or fewer datasets than there are files.
    pub fn described(&self, paths: &[PathBuf]) -> Result<Vec<DescribedDataset>, Failure> {
        match &self.described {
            Some(file) => described_by(file, paths),
            None => Ok(paths.iter().map(|path| by_name(path)).collect()),
        }
    }

    /// The crates, with their display names. A file that is not a crate is a finding, and the others are read.
    ///
    /// # Errors
    /// None of the files is a crate: the first one, by its name; or there are more or fewer names than crates.
    pub fn known_crates(&self, detail: CrateDetail) -> Result<KnownCrates, Failure> {
        match self.readable_crates(detail)? {
            (_, Some(failure)) => Err(failure),
            (crates, None) => Ok(crates),
        }
    }

    /// The same, for a tool that goes on without crates: the failure of the first file where none of them is a crate.
    ///
    /// # Errors
    /// There are more or fewer names than crates.
    pub fn readable_crates(
        &self,
        detail: CrateDetail,
    ) -> Result<(KnownCrates, Option<Failure>), Failure> {
        let paths = files(&self.crates)?;
        let names = display_names(self.crate_names.as_deref(), &paths, "crate")?;
        let known = paths.par_iter().zip(&names).with_max_len(1);
        let known = known.map(|(path, name)| read_crate(path, name, detail));
        let known: Vec<_> = known.collect();
        let mut crates = KnownCrates::default();
        let mut unreadable = Vec::new();
        for (name, known) in names.into_iter().zip(known) {
            match known {
                Ok(known) => crates.read.push((name, known)),
                Err(failure) => unreadable.push(failure),
            }
        }
        crates.unreadable = unreadable
            .iter()
            .map(|it| format!("{it}; not used"))
            .collect();
        let first = unreadable.into_iter().next();
        let first = first.filter(|_| crates.read.is_empty());
        Ok((crates, first))
    }
}

/// Fails if not all files of a kind could be read, for `--strict`: `what` names the kind, `unreadable` has a finding for each file
/// that could not, and `read` is the number of the others.
///
/// # Errors
/// How many could not, and the first of them.
pub fn all_readable(what: &str, unreadable: &[String], read: usize) -> Result<(), Failure> {
    let Some(first) = unreadable.first() else {
        return Ok(());
    };
    let problem = format!(
        "found {} of {} {what} unreadable, expected none; the first: {first}",
        unreadable.len(),
        unreadable.len() + read
    );
    Err(Failure::at("--strict", problem))
}

/// The names that the user knows files by: those in `file`, a JSON list of texts, else their paths. `what` names a file in the
/// message.
///
/// # Errors
/// The list cannot be read, or has more or fewer names than there are files.
pub fn names(file: Option<&Path>, paths: &[PathBuf], what: &str) -> Result<Vec<String>, Failure> {
    let Some(file) = file else {
        let paths = paths.iter().map(|path| path.display().to_string());
        return Ok(paths.collect());
    };
    let bytes = read(file)?;
    let names = input_names::read(&bytes).map_err(|error| {
        let is_list = bytes.trim_ascii_start().starts_with(b"[");
        match error.is_data() && !is_list {
            true => Failure::at(
                file.display(),
                "found JSON that is no list, expected a list of names, such as [\"a.csv\", \"b.csv\"]",
            ),
            false => Failure::at(file.display(), error),
        }
    })?;
    if names.len() == paths.len() {
        return Ok(names);
    }
    let problem = format!(
        "found {} names, expected {}, one for each {what}",
        names.len(),
        paths.len()
    );
    Err(Failure::at(file.display(), problem))
}

/// The same, but without a list the names of files without their folders, as reports and pages show them.
///
/// # Errors
/// The list cannot be read, or has more or fewer names than there are files.
pub fn display_names(
    file: Option<&Path>,
    paths: &[PathBuf],
    what: &str,
) -> Result<Vec<String>, Failure> {
    match file {
        Some(_) => names(file, paths, what),
        None => Ok(paths.iter().map(|path| file_name(path)).collect()),
    }
}

/// Reads one crate; messages contain its name.
///
/// # Errors
/// The file cannot be read, or is no crate.
pub fn read_crate(path: &Path, name: &str, detail: CrateDetail) -> Result<CrateArchive, Failure> {
    let opened = super::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
    let (bytes, file) = opened.map_err(|error| Failure::at(name, error))?;
    let bytes_of = |path| read_bytes(path).map_err(|error| Failure::at(name, error));
    // A file of another kind is named rather than called a damaged archive.
    if bytes <= SMALL
        && let Some(kind) = other_document::in_place_of_crate(&bytes_of(path)?)
    {
        let problem =
            "expected an RO-Crate (zip): give the crates of FAIRtracks import, follow or package";
        return Err(Failure::at(name, format!("found {kind}, {problem}")));
    }
    let read = match detail {
        CrateDetail::Metadata if bytes <= SMALL => {
            CrateArchive::read(Cursor::new(bytes_of(path)?), detail)
        }
        _ => CrateArchive::read(BufReader::new(file), detail),
    };
    read.map_err(|error| Failure::at(name, error))
}

/// The name of a file without its folder.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Galaxy's metadata of each dataset, from a file.
///
/// # Errors
/// The file cannot be read, or describes more or fewer datasets than there are files.
pub fn described_by(file: &Path, paths: &[PathBuf]) -> Result<Vec<DescribedDataset>, Failure> {
    let at = |problem: &dyn std::fmt::Display| Failure::at(file.display(), problem);
    let described = described_datasets::read(&read(file)?).map_err(|error| at(&error))?;
    if described.len() == paths.len() {
        return Ok(described);
    }
    let problem = format!(
        "found descriptions of {} datasets, expected {}, one for each file",
        described.len(),
        paths.len()
    );
    Err(at(&problem))
}

/// The description of a dataset by its file name.
fn by_name(path: &Path) -> DescribedDataset {
    let name = file_name(path);
    let datatype = Datatype::of_file_name(&name, Peaks::Bed);
    DescribedDataset {
        // A packed file is not of the datatype that is in it.
        extension: datatype
            .filter(|_| !name.to_ascii_lowercase().ends_with(".gz"))
            .map(|datatype| datatype.extension.to_owned())
            .unwrap_or_default(),
        element_identifier: name,
        ..DescribedDataset::default()
    }
}
