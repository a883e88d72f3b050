//! Options for the FAIRtracks documents that datasets and their ancestors are looked for in, and the search.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, dataset_options, files, read_bytes};
use crate::archive::digest::{DigestFunction, Sha256Sum};
use crate::fairtracks::document_json;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::{HistoryDataset, Lineage};
use crate::ro_crate::known_crates::KnownCrates;
use crate::ro_crate::light_crate_zip::LightCrates;
use crate::ro_crate::recognition::{
    DocumentIndex, FileFacts, FilesToRecognise, KnownDocument, Recognitions, recognise,
};
use crate::text::{controls::visible, counted, private_text::public_name};

/// The documents to search.
#[derive(Args)]
pub struct DocumentOptions {
    /// FAIRtracks documents that describe the source tracks, files or folders of files: a dataset with the checksum of a
    /// track, or loaded from its URL where no checksum can be compared, is identified as that track
    #[arg(long, value_name = "FILE", num_args = 1..)]
    documents: Vec<PathBuf>,

    /// File with the display names of the documents (a JSON list of strings)
    #[arg(long, value_name = "FILE", requires = "documents")]
    document_names: Option<PathBuf>,
}

/// Documents with an index of their tracks.
#[derive(Default)]
pub struct SearchedTracks {
    documents: Vec<KnownDocument>,
    index: DocumentIndex,
    unreadable: Vec<String>,
}

impl DocumentOptions {
    /// All files that are read.
    pub fn inputs(&self) -> impl Iterator<Item = &Path> {
        let all = self.documents.iter().chain(&self.document_names);
        all.map(PathBuf::as_path)
    }

    /// Reads the documents. A file that is not a document is a finding, and the others are read. Where none of the files is a
    /// document, the failure of the first one is returned as well.
    ///
    /// # Errors
    /// There are more or fewer names than documents.
    pub fn read(&self) -> Result<(SearchedTracks, Option<Failure>), Failure> {
        let paths = files(&self.documents)?;
        let names = self.document_names.as_deref();
        let names = dataset_options::display_names(names, &paths, "document")?;
        let mut documents = Vec::new();
        let mut unreadable = Vec::new();
        let mut first = None;
        for (path, name) in paths.iter().zip(names) {
            let name = public_name(&visible(&name));
            match read(path, &name) {
                Ok(document) => documents.push(document),
                Err(failure) => {
                    unreadable.push(format!("{failure}; not used"));
                    first.get_or_insert(failure);
                }
            }
        }
        let first = first.filter(|_| documents.is_empty());
        let searched = SearchedTracks {
            index: DocumentIndex::of(&documents),
            documents,
            unreadable,
        };
        Ok((searched, first))
    }
}

fn read(path: &Path, name: &str) -> Result<KnownDocument, Failure> {
    let bytes = read_bytes(path).map_err(|error| Failure::at(name, error))?;
    let document = document_json::read(&bytes).map_err(|error| Failure::at(name, error))?;
    Ok(KnownDocument {
        name: name.to_owned(),
        document,
        sha256: Sha256Sum::of(&bytes),
    })
}

impl SearchedTracks {
    /// Whether there is no document to search.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// A finding for each file that is not a document.
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// Fails if not all documents could be read, for `--strict`.
    ///
    /// # Errors
    /// How many could not, and the first of them.
    pub fn all_readable(&self) -> Result<(), Failure> {
        let read = self.documents.len();
        dataset_options::all_readable("FAIRtracks documents", &self.unreadable, read)
    }

    /// The functions of the checksums in the documents.
    pub fn digest_functions(&self) -> Vec<DigestFunction> {
        self.index.digest_functions()
    }

    /// Whether a dataset has the checksum or source URL of one of the tracks, as far as Galaxy recorded them.
    pub fn identify(&self, dataset: &HistoryDataset) -> bool {
        let facts = FileFacts::of_dataset(dataset);
        !self.is_empty() && !facts.matched(&self.index).proven.is_empty()
    }

    /// Looks for results and their ancestors among the tracks; the light crates of those found become known.
    ///
    /// # Errors
    /// A light crate cannot be made.
    pub fn recognise(
        &self,
        results: &[DatasetFile],
        lineage: Option<&Lineage>,
        known: &mut KnownCrates,
        crates: LightCrates<'_>,
    ) -> Result<Recognitions, Failure> {
        if self.documents.is_empty() {
            return Ok(Recognitions::default());
        }
        let (recognitions, made) = {
            let files = FilesToRecognise {
                results,
                lineage,
                crate_index: &known.index(),
            };
            recognise(files, (&self.documents, &self.index), crates)?
        };
        known.add_made(made);
        Ok(recognitions)
    }

    /// What was searched, and how many files and ancestors were found, for the report; empty without documents. `file` names one
    /// of the files.
    pub fn summary(&self, (files, ancestors): (usize, usize), file: &str) -> String {
        if self.documents.is_empty() {
            return String::new();
        }
        format!(
            "{} ({}): {} and {} identified by checksum or source URL",
            counted(self.documents.len(), "FAIRtracks document"),
            counted(self.index.len(), "track"),
            counted(files, file),
            counted(ancestors, "ancestor"),
        )
    }
}

/// Fails where no crate or no document of those given could be read, `failures`, and there is nothing else to search.
///
/// # Errors
/// The first of the failures.
pub fn refuse_nothing_readable(
    failures: [Option<Failure>; 2],
    known: &KnownCrates,
    documents: &SearchedTracks,
    asked: Option<&Lineage>,
) -> Result<(), Failure> {
    // A lineage alone leads to tracks that only a crate or a document describes; a Galaxy that was asked for it gives crates.
    let has_other = !known.read.is_empty() || !documents.is_empty() || asked.is_some();
    match failures.into_iter().flatten().next() {
        Some(failure) if !has_other => Err(failure),
        _ => Ok(()),
    }
}
