//! The part before the tracks: headers and the column line.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value as Json};

use super::error::GsuiteError;
use super::{decode, kinds};
use crate::genome::assembly::says_nothing;

/// The headers and the column line of a file.
#[derive(Default)]
pub(super) struct SuiteHeading {
    headers: Vec<Header>,
    places: HashMap<String, usize>,
    columns: Option<(usize, Vec<String>)>,
}

/// A header, which applies to all tracks.
#[derive(Debug)]
pub(super) struct Header {
    pub name: String,
    pub value: String,
    pub line: usize,
}

/// The standard headers of GSuite and their allowed values, besides `unknown` and `multiple`.
const LOCATIONS: [&str; 2] = ["remote", "local"];
/// Values of `file format` and of the column `file_format`; the last two are those of the old name `file type`.
pub(super) const FILE_FORMATS: [&str; 4] = ["primary", "preprocessed", "text", "binary"];

impl SuiteHeading {
    /// Whether there is neither a header nor a line of columns.
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.columns.is_none()
    }

    /// The columns of the tracks, and the line that names them.
    pub fn columns(&self) -> Option<(usize, &[String])> {
        self.columns
            .as_ref()
            .map(|(line, columns)| (*line, columns.as_slice()))
    }

    /// A header by name, if it has a definite value for all tracks.
    pub fn definite(&self, name: &str) -> Option<&Header> {
        let header = &self.headers[*self.places.get(name)?];
        (!says_nothing(&header.value) && !header.value.eq_ignore_ascii_case("multiple"))
            .then_some(header)
    }

    pub fn members(&self) -> Map<String, Json> {
        self.headers
            .iter()
            .map(|header| (header.name.clone(), header.value.clone().into()))
            .collect()
    }

    /// Reads a line that begins with `##`, by its number of `#`.
    pub fn line(&mut self, line: usize, text: &str) -> Result<(), GsuiteError> {
        let text = text.trim_end();
        // A line of # only is a rule between comments.
        if text.trim_start_matches('#').is_empty() && text != "###" {
            return Ok(());
        }
        if let Some(genome) = text.strip_prefix("####") {
            return self.old_genome(line, text, genome);
        }
        if let Some(columns) = text.strip_prefix("###") {
            let names = columns.split('\t').map(|name| name.trim().to_owned());
            let names: Vec<String> = names.collect();
            if let Some(found) = names.iter().find(|name| is_encoded(name)) {
                return Err(GsuiteError::EncodedName {
                    line,
                    found: found.clone(),
                });
            }
            return self.set_columns(line, names);
        }
        let text = text.trim_start_matches('#');
        let not_understood = || GsuiteError::Header {
            line,
            found: format!("##{text}"),
        };
        let (name, value) = text.split_once(':').ok_or_else(not_understood)?;
        let name = name.trim().to_lowercase();
        if name.is_empty() {
            return Err(not_understood());
        }
        if is_encoded(&name) {
            return Err(GsuiteError::EncodedName { line, found: name });
        }
        let value = value.trim();
        self.check(line, &name, value)?;
        self.add(line, name, decode(value))
    }

    /// The genome in the notation before `##genome:`, `####genome=hg19`.
    fn old_genome(&mut self, line: usize, text: &str, genome: &str) -> Result<(), GsuiteError> {
        let value = genome
            .split_once('=')
            .filter(|(key, value)| {
                key.trim().eq_ignore_ascii_case("genome") && !value.contains('=')
            })
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| GsuiteError::Header {
            line,
            found: text.to_owned(),
        })?;
        self.add(line, "genome".to_owned(), decode(value))
    }

    fn add(&mut self, line: usize, name: String, value: String) -> Result<(), GsuiteError> {
        if let Some(place) = self.places.get(&name) {
            let first = &self.headers[*place];
            return Err(GsuiteError::Repeated {
                line,
                first: first.line,
                name,
                before: first.value.clone(),
                found: value,
            });
        }
        self.places.insert(name.clone(), self.headers.len());
        self.headers.push(Header { name, value, line });
        Ok(())
    }

    /// Whether a standard header has an allowed value.
    fn check(&self, line: usize, name: &str, value: &str) -> Result<(), GsuiteError> {
        let allowed: &[&str] = match name {
            "location" => &LOCATIONS,
            "file format" => &FILE_FORMATS[..2],
            "file type" => &FILE_FORMATS[2..],
            "track type" => kinds::NAMES,
            _ => return Ok(()),
        };
        one_of(line, &format!("`{name}`"), value, allowed)
    }

    pub fn set_columns(&mut self, line: usize, mut names: Vec<String>) -> Result<(), GsuiteError> {
        if let Some((first, _)) = self.columns {
            return Err(GsuiteError::SecondColumns { line, first });
        }
        while names.len() > 1 && names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        if let Some(column) = names.iter().position(String::is_empty) {
            let column = column + 1;
            return Err(GsuiteError::NamelessColumn { line, column });
        }
        let mut seen = HashSet::new();
        let meaning = |name: &String| match name.to_lowercase() {
            // Its old name.
            old if old == "file_type" => "file_format".to_owned(),
            name => name,
        };
        if let Some(name) = names.iter().find(|name| !seen.insert(meaning(name))) {
            let name = name.clone();
            return Err(GsuiteError::SameColumn { line, name });
        }
        if !seen.contains("uri") {
            let found: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let found = found.join(", ");
            return Err(GsuiteError::NoUri { line, found });
        }
        self.columns = Some((line, names));
        Ok(())
    }
}

/// Whether a value is allowed, ignoring case, or means unknown.
pub(super) fn one_of(
    line: usize,
    name: &str,
    value: &str,
    allowed: &[&str],
) -> Result<(), GsuiteError> {
    let lower = value.to_lowercase();
    if says_nothing(&lower) || lower == "multiple" || allowed.contains(&lower.as_str()) {
        return Ok(());
    }
    Err(GsuiteError::Value {
        line,
        name: name.to_owned(),
        found: value.to_owned(),
        expected: format!("{}, multiple or unknown", allowed.join(", ")),
    })
}

fn is_encoded(name: &str) -> bool {
    decode(name) != name
}
