//! Ontology files: those of a site, and those that a user gives.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::archive::digest::Sha256Sum;
use crate::remote::site_settings;
use crate::vocabulary::{TermTable, Vocabulary, ontology};

/// The option for ontology files.
#[derive(Debug, Clone, Default, Args)]
pub struct OntologyArguments {
    /// Ontology in OBO format or as an OBO graph in JSON, whose synonyms and narrower terms count beside the built-in ones; may be
    /// repeated. A site can name its own with `ontologies`
    #[arg(long = "ontology", value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

impl OntologyArguments {
    /// The vocabulary with the ontologies given, then those of the site.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no ontology, by its name.
    pub fn vocabulary(&self) -> Result<Vocabulary, Failure> {
        let tables = self.tables()?;
        Ok(Vocabulary::with_ontologies(
            tables.into_iter().map(|(table, _)| table),
        ))
    }

    /// The terms of the ontologies given, then of those of the site, each with its SHA-256 (hexadecimal).
    ///
    /// # Errors
    /// A file that cannot be read, or that is no ontology, by its name.
    pub fn tables(&self) -> Result<Vec<(TermTable, String)>, Failure> {
        let of_site = site_settings()?.ontologies;
        let mut tables = Vec::new();
        for path in self.files.iter().chain(&of_site) {
            let name = path.file_name().unwrap_or(path.as_os_str());
            let name = name.to_string_lossy().into_owned();
            let bytes = super::read_bytes(path)?;
            let table = ontology::read(&name, &bytes);
            let table = table.map_err(|error| Failure::at(path.display(), error))?;
            tables.push((table, Sha256Sum::of(&bytes).hexadecimal()));
        }
        Ok(tables)
    }
}
