//! The documents that are searched, of which one is in memory at a time.

use std::path::{Path, PathBuf};

use crate::archive::digest::Sha256Sum;
use crate::cli::ontologies::OntologyArguments;
use crate::cli::{self, Failure, dataset_options};
use crate::fairtracks::augment::{Filled, Given, augment};
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::query::words::ExistingValues;
use crate::text::controls::visible;
use crate::text::unique_names::UniqueNames;
use crate::vocabulary::Vocabulary;

use super::arguments::SearchArguments;

/// The most characters of a label, as Galaxy has them for element identifiers.
const LONGEST_LABEL: usize = 255;

/// The documents of a search.
pub(super) struct SearchedDocuments {
    paths: Vec<PathBuf>,
    /// As their user knows them, in messages.
    names: Vec<String>,
    /// Each once and without folders, in tables, reports and collections.
    pub(super) labels: Vec<String>,
    is_augmented: bool,
    ontologies: OntologyArguments,
    /// The only document, once it is read.
    kept: Option<ReadDocument>,
}

/// A document as it is searched.
pub(super) struct ReadDocument {
    pub(super) document: Document,
    /// The values filled in.
    pub(super) filled: Vec<Filled>,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub(super) sha256: String,
}

impl SearchedDocuments {
    /// The documents of the arguments.
    ///
    /// # Errors
    /// No document, more or fewer names than documents, or standard input among several documents.
    pub(super) fn of(arguments: &SearchArguments) -> Result<Self, Failure> {
        let paths = &arguments.document;
        if paths.is_empty() {
            let problem = "no document is chosen: select a FAIRtracks document to search, on the command line by --document FILE, or a TrackFind server";
            return Err(Failure::at("search form", problem));
        }
        if paths.len() > 1 && paths.iter().any(|path| path == Path::new("-")) {
            let problem = "found `-` among several documents, expected files: a document is read more than once";
            return Err(Failure::usage("--document", problem));
        }
        let given = arguments.names.as_deref();
        let names = dataset_options::names(given, paths, "document")?;
        let mut unique = UniqueNames::default();
        let labels = paths.iter().zip(&names).map(|(path, name)| {
            let label = match given {
                Some(_) => visible(name).trim().to_owned(),
                None if path == Path::new("-") => "standard input".to_owned(),
                None => {
                    let name = path.file_name().unwrap_or_default();
                    visible(&name.to_string_lossy()).into_owned()
                }
            };
            let label = if label.is_empty() { "document" } else { &label };
            unique.numbered(label, LONGEST_LABEL)
        });
        Ok(SearchedDocuments {
            labels: labels.collect(),
            paths: paths.clone(),
            names,
            is_augmented: arguments.augment,
            ontologies: arguments.ontologies.clone(),
            kept: None,
        })
    }

    /// The values of all documents.
    pub(super) fn existing_values(&mut self) -> Result<ExistingValues, Failure> {
        let vocabulary = self.ontologies.vocabulary()?;
        let mut values = ExistingValues::of_lists(std::iter::empty(), vocabulary);
        for number in 0..self.paths.len() {
            let read = self.take(number)?;
            values.add(ExistingValues::of(&read.document, Vocabulary::default()));
            self.put_back(read);
        }
        Ok(values)
    }

    /// The document of this number.
    ///
    /// # Errors
    /// A file that is no document, by the name that its user knows.
    pub(super) fn take(&mut self, number: usize) -> Result<ReadDocument, Failure> {
        if let Some(read) = self.kept.take() {
            return Ok(read);
        }
        let name = &self.names[number];
        let bytes =
            cli::read_bytes(&self.paths[number]).map_err(|error| Failure::at(name, error))?;
        let document = document_json::read(&bytes).map_err(|error| Failure::at(name, error))?;
        let sha256 = Sha256Sum::of(&bytes).hexadecimal();
        let (document, filled) = match self.is_augmented {
            true => augment(document, Given::Keep),
            false => (document, Vec::new()),
        };
        Ok(ReadDocument {
            document,
            filled,
            sha256,
        })
    }

    /// Keeps a document for the next time, if it is the only one.
    pub(super) fn put_back(&mut self, read: ReadDocument) {
        if self.paths.len() == 1 {
            self.kept = Some(read);
        }
    }
}
