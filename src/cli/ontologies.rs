//! Ontology files: those of a site, and those that a user gives.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::remote::site_settings;
use crate::vocabulary::{Vocabulary, ontology};

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
        let of_site = site_settings()?.ontologies;
        let mut tables = Vec::new();
        for path in self.files.iter().chain(&of_site) {
            let name = path.file_name().unwrap_or(path.as_os_str());
            let name = name.to_string_lossy().into_owned();
            let read = ontology::read(&name, &super::read_bytes(path)?);
            tables.push(read.map_err(|error| Failure::at(path.display(), error))?);
        }
        Ok(Vocabulary::with_ontologies(tables))
    }
}
