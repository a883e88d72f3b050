//! The names that the user knows the inputs by.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::arguments::ImportArguments;
use crate::cli::{self, Failure};
use crate::galaxy::input_names;
use crate::text::json::{self, JsonKind};

/// The names of the inputs, for messages and outputs.
pub struct ImportNames {
    /// The names of the sources in messages: those of Galaxy, else their paths.
    pub sources: Vec<String>,
    /// The names of the sources in outputs: those of Galaxy, else the names of their files.
    pub shown_sources: Vec<String>,
    /// The table of chosen tracks.
    pub choose_table: String,
    /// The table of outcomes of an earlier import.
    pub earlier_table: String,
    /// The tracks of an earlier import; none where Galaxy does not name them.
    pub earlier_tracks: Option<Vec<String>>,
    /// The crates of an earlier import.
    pub earlier_crates: Option<Vec<String>>,
}

/// The file of names, as an object.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NamedInputs {
    sources: Vec<String>,
    choose_table: Option<String>,
    earlier_table: Option<String>,
    earlier_tracks: Option<Vec<String>>,
    earlier_crates: Option<Vec<String>>,
}

impl ImportNames {
    /// Reads the file of names, if there is one.
    ///
    /// # Errors
    /// The file cannot be read, or names more or fewer sources than there are.
    pub fn read(arguments: &ImportArguments) -> Result<Self, Failure> {
        let named = match &arguments.names {
            None => None,
            Some(file) => {
                let named = named(file)?;
                same_number(file, "source", &named.sources, &arguments.sources)?;
                Some(named)
            }
        };
        let paths = arguments.sources.iter();
        let file_names = paths.clone().map(|path| file_name(path));
        let path_of = |path: &Option<PathBuf>| {
            let path = path.as_deref().unwrap_or(Path::new(""));
            path.display().to_string()
        };
        let [sources, shown_sources] = match &named {
            Some(named) => [named.sources.clone(), named.sources.clone()],
            None => [
                paths.map(|path| path.display().to_string()).collect(),
                file_names.collect(),
            ],
        };
        let named = named.unwrap_or_default();
        let table = |name: Option<String>, path| name.unwrap_or_else(|| path_of(path));
        Ok(ImportNames {
            sources,
            shown_sources,
            choose_table: table(named.choose_table, &arguments.choose_table),
            earlier_table: table(named.earlier_table, &arguments.earlier_table),
            earlier_tracks: named.earlier_tracks,
            earlier_crates: named.earlier_crates,
        })
    }
}

fn named(file: &Path) -> Result<NamedInputs, Failure> {
    let bytes = cli::read(file)?;
    let named = match bytes.trim_ascii_start().starts_with(b"[") {
        true => input_names::read(&bytes).map(|sources| NamedInputs {
            sources,
            ..NamedInputs::default()
        }),
        false => json::typed(&bytes, JsonKind::Metadata),
    };
    named.map_err(|error| Failure::at(file.display(), error))
}

/// Fails if there are more or fewer names than files; `what` names a file in the message.
fn same_number(
    file: &Path,
    what: &str,
    names: &[String],
    paths: &[PathBuf],
) -> Result<(), Failure> {
    if names.len() == paths.len() {
        return Ok(());
    }
    let problem = format!(
        "found {} names, expected {}, one for each {what}",
        names.len(),
        paths.len()
    );
    Err(Failure::at(file.display(), problem))
}

/// The name of a file without its folder.
fn file_name(path: &Path) -> String {
    match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.display().to_string(),
    }
}
