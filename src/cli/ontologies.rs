//! Ontology files: those of a site, and those that a user gives.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::archive::digest::Sha256Sum;
use crate::remote::site_settings;
use crate::vocabulary::ontology::release::{OntologyRelease, release};
use crate::vocabulary::{TermTable, Vocabulary, ontology};

/// The option for ontology files.
#[derive(Debug, Clone, Default, Args)]
pub struct OntologyArguments {
    /// Ontology in OBO format or as an OBO graph in JSON, whose synonyms and narrower terms count beside the built-in ones; may be
    /// repeated. A site can name its own with `ontologies`
    #[arg(long = "ontology", value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// An ontology that was read.
#[derive(Debug, Clone)]
pub struct OntologyFile {
    /// Its terms.
    pub terms: TermTable,
    /// The SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// What the file says of itself.
    pub release: OntologyRelease,
}

impl OntologyArguments {
    /// The vocabulary with the ontologies given, then those of the site.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no ontology, by its name.
    pub fn vocabulary(&self) -> Result<Vocabulary, Failure> {
        let tables = self.tables(&[])?;
        Ok(Vocabulary::with_ontologies(
            tables.into_iter().map(|file| file.terms),
        ))
    }

    /// The ontologies given, then those of the site. `names` are the names that the user knows the given ones by, if they differ
    /// from those of the files.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no ontology, by its name.
    pub fn tables(&self, names: &[String]) -> Result<Vec<OntologyFile>, Failure> {
        let of_site = site_settings()?.ontologies;
        let mut tables = Vec::new();
        let given = self.files.len();
        for (number, path) in self.files.iter().chain(&of_site).enumerate() {
            let own_name = path.file_name().unwrap_or(path.as_os_str());
            let known_name = names.get(number).filter(|_| number < given);
            let name = match known_name {
                Some(name) => name.clone(),
                None => own_name.to_string_lossy().into_owned(),
            };
            let bytes = super::read_bytes(path)?;
            let terms = ontology::read(&name, &bytes);
            let terms = terms.map_err(|error| match known_name {
                Some(name) => Failure::at(name, error),
                None => Failure::at(path.display(), error),
            })?;
            tables.push(OntologyFile {
                terms,
                sha256: Sha256Sum::of(&bytes).hexadecimal(),
                release: release(&bytes),
            });
        }
        Ok(tables)
    }
}
