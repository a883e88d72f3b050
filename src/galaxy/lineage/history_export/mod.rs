//! Galaxy's export of a history, read for its lineage: what Galaxy writes of datasets, jobs and collections into the archive.
//!
//! The archive may be packed as Galaxy offers it (`.tar.gz`, `.tar`, `rocrate.zip`, a bag). It is read once, in constant memory
//! but for the files of a few attributes; data in it are passed over, and nothing is written.
//!
//! Ids in an export are encoded with another key than those in Galaxy's addresses, so that a dataset is found by its UUID.

mod attributes;
mod connections;
mod gathering;
mod keys;
mod tolerant;

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::archive::digest::Sha256Sum;
use crate::archive::error::ArchiveError;
use crate::archive::gate::Archive;
use crate::archive::gzip::is_gzip;
use crate::archive::limits::ArchiveLimits;
use crate::archive::tar_reader::{self, TarFault};
use crate::galaxy::lineage::Lineage;
use crate::text::json::{self, JsonKind};

const DATASETS: &str = "datasets_attrs.txt";
/// Datasets whose bytes are not exported, such as deleted ones.
const DATASETS_WITHOUT_BYTES: &str = "datasets_attrs.txt.provenance";
const JOBS: &str = "jobs_attrs.txt";
const COLLECTIONS: &str = "collections_attrs.txt";
const CONVERSIONS: &str = "implicit_dataset_conversions.txt";
#[rustfmt::skip]
const WANTED: [&str; 5] = [
    DATASETS, DATASETS_WITHOUT_BYTES, JOBS, COLLECTIONS, CONVERSIONS,
];

/// Why a file has no lineage.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum HistoryError {
    /// Neither tar nor zip.
    #[error(
        "found neither a tar nor a zip archive, expected a history exported by Galaxy (`Export History to File`)"
    )]
    OtherFile,
    /// A tar archive that cannot be read.
    #[error("{0}")]
    Tar(#[from] TarFault),
    /// A zip archive that cannot be read.
    #[error("{0}")]
    Zip(#[from] ArchiveError),
    /// An archive of something else.
    #[error(
        "no `{0}` in the archive, expected a history exported by Galaxy (`Export History to File`)"
    )]
    OtherArchive(&'static str),
    /// Attributes that Galaxy does not write so.
    #[error(
        "`{file}` in the archive, line {line}, column {column}: {problem}, expected a list as written by Galaxy: export the history again"
    )]
    Attributes {
        file: &'static str,
        line: usize,
        column: usize,
        problem: String,
    },
    /// A file of attributes is larger than what is taken into memory.
    #[error("`{file}` in the archive: {problem}")]
    TooMuch {
        file: &'static str,
        /// The limit, and the setting that raises it.
        problem: String,
    },
    /// The file cannot be read.
    #[error("cannot read the archive: {0}")]
    Reading(#[source] io::Error),
}

/// The lineage of a history export.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryExport {
    /// The lineage of all its datasets, without anything private.
    pub lineage: Lineage,
    /// Unreadable values: file, position, and what was found.
    pub findings: Vec<String>,
}

/// Reads the lineage of all datasets of an exported history, without anything private.
///
/// Exports of all versions of Galaxy are read: those before 19.05, whose jobs name datasets by their numbers in the history,
/// and those after, which have ids.
///
/// An input of a job that the archive does not hold, since it is of another history or was deleted for good, ends the
/// lineage of what that job made (the reason is the limit of the producer). The same holds where a job does not say what it made.
///
/// # Errors
/// The file is not a history export.
pub fn read(mut reader: impl Read + Seek) -> Result<HistoryExport, HistoryError> {
    let mut first = Vec::new();
    reader
        .by_ref()
        .take(4)
        .read_to_end(&mut first)
        .map_err(HistoryError::Reading)?;
    reader
        .seek(SeekFrom::Start(0))
        .map_err(HistoryError::Reading)?;
    let files = if first.starts_with(b"PK") {
        from_zip(reader)?
    } else if is_gzip(&first) {
        from_tar(flate2::bufread::MultiGzDecoder::new(BufReader::new(reader)))?
    } else {
        match from_tar(BufReader::new(reader)) {
            Err(TarFault::Damaged { at: 0 } | TarFault::CutOff { unpacked: 0..512 }) => {
                return Err(HistoryError::OtherFile);
            }
            read => read?,
        }
    };
    for expected in [DATASETS, JOBS] {
        if !files.contains_key(expected) {
            return Err(HistoryError::OtherArchive(expected));
        }
    }
    let mut findings = Vec::new();
    let key = archive_key(&files);
    let mut datasets: Vec<attributes::ExportedDataset> = list(&files, DATASETS, &mut findings)?;
    let others = list(&files, DATASETS_WITHOUT_BYTES, &mut findings)?;
    datasets.extend::<Vec<attributes::ExportedDataset>>(others);
    let gathered = gathering::lineage(gathering::Export {
        key,
        datasets,
        jobs: list(&files, JOBS, &mut findings)?,
        collections: list(&files, COLLECTIONS, &mut findings)?,
        conversions: list(&files, CONVERSIONS, &mut findings)?,
    });
    Ok(HistoryExport {
        lineage: gathered.cleaned(),
        findings,
    })
}

/// The first 16 hexadecimal digits of the SHA-256 of the dataset attributes, which identify the export.
fn archive_key(files: &Files) -> String {
    let attributes = files.get(DATASETS).map_or(&[][..], |(_, bytes)| bytes);
    Sha256Sum::of(attributes).hexadecimal()[..16].to_owned()
}

type Files = BTreeMap<&'static str, (usize, Vec<u8>)>;

/// The attributes file that a name in the archive stands for, and its depth.
fn wanted(name: &str) -> Option<(&'static str, usize)> {
    let mut folders: Vec<&str> = name
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    let last = folders.pop()?;
    // Users name the files in there.
    if folders.contains(&"datasets") {
        return None;
    }
    let file = WANTED.iter().find(|wanted| **wanted == last)?;
    Some((file, folders.len()))
}

fn from_tar(reader: impl Read) -> Result<Files, TarFault> {
    let mut depths: BTreeMap<&str, usize> = BTreeMap::new();
    let mut files = Files::new();
    let is_wanted = |name: &str| {
        let Some((file, depth)) = wanted(name) else {
            return false;
        };
        let is_better = depths.get(file).is_none_or(|known| depth <= *known);
        if is_better {
            depths.insert(file, depth);
        }
        is_better
    };
    tar_reader::read(
        reader,
        JsonKind::Export.limit().bytes,
        is_wanted,
        |name, bytes| {
            if let Some((file, depth)) = wanted(&name) {
                files.insert(file, (depth, bytes));
            }
        },
    )?;
    Ok(files)
}

fn from_zip(reader: impl Read + Seek) -> Result<Files, ArchiveError> {
    let mut archive = Archive::open(reader, &ArchiveLimits::default())?;
    let mut best: BTreeMap<&'static str, (usize, String)> = BTreeMap::new();
    for name in archive.names() {
        if let Some((file, depth)) = wanted(name)
            && best.get(file).is_none_or(|(known, _)| depth < *known)
        {
            best.insert(file, (depth, name.to_owned()));
        }
    }
    let mut files = Files::new();
    for (file, (depth, name)) in best {
        files.insert(
            file,
            (depth, archive.read(&name, JsonKind::Export.limit().bytes)?),
        );
    }
    Ok(files)
}

/// The list in a file; empty if the file is missing.
fn list<T: DeserializeOwned>(
    files: &Files,
    file: &'static str,
    findings: &mut Vec<String>,
) -> Result<Vec<T>, HistoryError> {
    let Some((_, bytes)) = files.get(file) else {
        return Ok(Vec::new());
    };
    json::check(bytes, JsonKind::Export).map_err(|error| HistoryError::TooMuch {
        file,
        problem: json::located(&error),
    })?;
    tolerant::list(file, bytes, findings).map_err(|error| HistoryError::Attributes {
        file,
        line: error.line(),
        column: error.column(),
        problem: json::problem(&error),
    })
}
