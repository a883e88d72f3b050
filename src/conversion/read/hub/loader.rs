//! Files of a hub with all that they include.

use std::rc::Rc;

use url::Url;

use super::files::{HubFile, HubFiles, referred};
use super::stanzas::{self, Stanza};
use crate::conversion::error::{HubError, HubProblem};

/// As many included files as a hub may have; a file that is included twice counts twice.
const MOST_INCLUDED: usize = 1000;

/// A stanza, and the file that it is in.
#[derive(Debug, Clone)]
pub(super) struct PlacedStanza {
    pub file: Rc<str>,
    pub stanza: Stanza,
}

impl PlacedStanza {
    /// A problem in the line of a setting, or of the stanza.
    pub fn problem(&self, setting: &str, problem: HubProblem) -> HubError {
        let line = self.stanza.setting(setting).map(|setting| setting.line);
        HubError::Line {
            file: self.file.to_string(),
            line: line.unwrap_or_else(|| self.stanza.line()),
            problem,
        }
    }

    /// The place of the stanza, as the log shows it.
    pub fn place(&self) -> String {
        format!("{}, line {}", self.file, self.stanza.line())
    }
}

/// Reads files of a hub.
pub(super) struct HubLoader<'f> {
    pub files: &'f mut dyn HubFiles,
    included: usize,
}

impl<'f> HubLoader<'f> {
    pub fn new(files: &'f mut dyn HubFiles) -> Self {
        HubLoader { files, included: 0 }
    }

    /// A file that a setting of a stanza refers to, if it is there.
    ///
    /// # Errors
    /// The path leads out of the hub, or the file cannot be read.
    pub fn file(
        &mut self,
        from: &Url,
        path: &str,
        (stanza, setting): (&PlacedStanza, &str),
    ) -> Result<Option<(Url, HubFile)>, HubError> {
        let url = referred(from, path).map_err(|problem| stanza.problem(setting, problem))?;
        let found = self.files.file(&url).map_err(|problem| HubError::File {
            file: path.to_owned(),
            problem,
        })?;
        Ok(found.map(|file| (url, file)))
    }

    /// The stanzas of a file, with those of files that it includes in their places.
    ///
    /// # Errors
    /// An `include` that leads nowhere, out of the hub or in a circle.
    pub fn stanzas(&mut self, url: &Url, file: &HubFile) -> Result<Vec<PlacedStanza>, HubError> {
        let mut found = Vec::new();
        self.add(url, file, &mut vec![file.name.clone()], &mut found)?;
        Ok(found)
    }

    fn add(
        &mut self,
        url: &Url,
        file: &HubFile,
        way: &mut Vec<String>,
        found: &mut Vec<PlacedStanza>,
    ) -> Result<(), HubError> {
        let name: Rc<str> = file.name.as_str().into();
        for mut stanza in stanzas::parse(&file.bytes) {
            let is_include = |setting: &stanzas::Setting| setting.name == "include";
            let includes: Vec<stanzas::Setting> = stanza
                .settings
                .extract_if(.., |setting| is_include(setting))
                .collect();
            if !stanza.settings.is_empty() {
                found.push(PlacedStanza {
                    file: name.clone(),
                    stanza,
                });
            }
            for include in includes {
                let path = include.value.clone();
                let place = PlacedStanza {
                    file: name.clone(),
                    stanza: Stanza {
                        settings: vec![include],
                    },
                };
                let refuse = |problem| Err(place.problem("include", problem));
                self.included += 1;
                if self.included > MOST_INCLUDED {
                    return refuse(HubProblem::TooManyFiles(MOST_INCLUDED));
                }
                let Some((url, file)) = self.file(url, &path, (&place, "include"))? else {
                    return refuse(HubProblem::NoFile(path));
                };
                if way.contains(&file.name) {
                    return refuse(HubProblem::IncludeLoop(path));
                }
                way.push(file.name.clone());
                self.add(&url, &file, way, found)?;
                way.pop();
            }
        }
        Ok(())
    }
}
