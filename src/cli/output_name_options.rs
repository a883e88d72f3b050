//! The option with the names that Galaxy has for the outputs.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, read};
use crate::galaxy::output_names::OutputNames;
use crate::text::json::{self, JsonKind};

/// Names of outputs, for a tool with the option `--galaxy-metadata`.
#[derive(Args)]
pub struct OutputNameOptions {
    /// File with the names of the outputs in Galaxy (a JSON object: output, name); a name that a user chose is kept
    #[arg(
        id = "output_names",
        long = "output-names",
        value_name = "FILE",
        requires = "galaxy_metadata"
    )]
    file: Option<PathBuf>,
}

impl OutputNameOptions {
    /// The file that is read, where there is one.
    pub fn input(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }

    /// Reads the names; `binary` is the name of the tool's binary, such as `fairtracks_search`.
    ///
    /// # Errors
    /// The file cannot be read, or is not an object of strings.
    pub fn read(&self, binary: &str) -> Result<OutputNames, Failure> {
        let Some(path) = &self.file else {
            return Ok(OutputNames::default());
        };
        let names = json::typed(&read(path)?, JsonKind::Metadata);
        let names = names.map_err(|error| Failure::at(path.display(), error))?;
        let tool = binary.replacen("fairtracks_", "FAIRtracks ", 1);
        Ok(OutputNames::new(tool, names))
    }
}
