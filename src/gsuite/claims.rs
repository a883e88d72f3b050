//! The properties of a track from GSuite's standard columns and from the headers, which apply to all tracks.

use super::error::GsuiteError;
use super::heading::{FILE_FORMATS, Header, SuiteHeading, one_of};
use super::{decode, kinds, uri};
use crate::galaxy::datatype::without_compression;
use crate::genome::assembly::{self, Named, says_nothing};

/// A line whose cells are compared with the headers.
pub(super) struct LineClaims<'h> {
    pub heading: &'h SuiteHeading,
    /// The number of the line, from 1.
    pub line: usize,
    /// The cells are plain text, not percent-encoded.
    pub is_plain: bool,
}

impl LineClaims<'_> {
    /// Checks that the stated file format is allowed and fits the file's suffix.
    pub fn check_format(
        &self,
        cell: Option<&str>,
        suffix: Option<&str>,
        name: &str,
    ) -> Result<(), GsuiteError> {
        if let Some(cell) = cell.filter(|_| !self.is_plain) {
            one_of(self.line, "the column `file_format`", cell, &FILE_FORMATS)?;
        }
        let Some(header) = self
            .heading
            .definite("file format")
            .or(self.heading.definite("file type"))
        else {
            return Ok(());
        };
        let is_said = cell.is_none()
            && ["preprocessed", "binary"].contains(&header.value.to_lowercase().as_str());
        let suffix = suffix.unwrap_or_else(|| {
            without_compression(name)
                .rsplit_once('.')
                .map_or("", |(_, suffix)| suffix)
        });
        if is_said && uri::is_text(suffix) {
            return Err(GsuiteError::Contradiction {
                line: self.line,
                name: "file format",
                found: suffix.to_owned(),
                header: header.value.clone(),
                header_line: header.line,
            });
        }
        Ok(())
    }

    /// The track type of a line, else the one that the header gives for all.
    pub fn kind(&self, cell: Option<&str>) -> Result<Option<String>, GsuiteError> {
        let header = self.heading.definite("track type");
        let Some(cell) = cell else {
            return Ok(header.map(|header| header.value.to_lowercase()));
        };
        let kind = cell.to_lowercase();
        if self.is_plain {
            return Ok(Some(kind));
        }
        one_of(self.line, "the column `track_type`", &kind, kinds::NAMES)?;
        if says_nothing(&kind) || kind == "multiple" {
            return Ok(None);
        }
        if let Some(header) = header {
            let all = header.value.to_lowercase();
            if kinds::summary(&[&all, &kind]) != all {
                return Err(contradiction(self.line, "track type", cell, header));
            }
        }
        Ok(Some(kind))
    }

    /// The genome of a line, else the one that the header gives for all.
    pub fn genome(&self, cell: Option<&str>) -> Result<Option<String>, GsuiteError> {
        let header = self.heading.definite("genome");
        let Some(cell) = cell else {
            return Ok(header.map(|header| header.value.clone()));
        };
        let genome = if self.is_plain {
            cell.to_owned()
        } else {
            decode(cell)
        };
        if says_nothing(&genome) {
            return Ok(None);
        }
        match header {
            Some(header) if !is_same_genome(&header.value, &genome) => {
                Err(contradiction(self.line, "genome", &genome, header))
            }
            _ => Ok(Some(genome)),
        }
    }
}

fn contradiction(line: usize, name: &'static str, found: &str, header: &Header) -> GsuiteError {
    GsuiteError::Contradiction {
        line,
        name,
        found: found.to_owned(),
        header: header.value.clone(),
        header_line: header.line,
    }
}

/// Whether two names mean one assembly.
fn is_same_genome(one: &str, other: &str) -> bool {
    if one.eq_ignore_ascii_case(other) {
        return true;
    }
    match (assembly::by_name(one), assembly::by_name(other)) {
        (Named::One(one, _), Named::One(other, _)) => one == other,
        _ => false,
    }
}
