//! The content of the page of a crate with several tracks, steps and files, before it is rendered.

use serde::Serialize;

use super::PageRow;
use crate::archive::paths::path_of_id;

/// A page that shows provenance from source tracks to results.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ProvenancePage {
    /// The title.
    pub title: String,
    /// The description.
    pub subtitle: String,
    /// Findings, the worst first; shown on top.
    pub findings: Vec<String>,
    /// Creators, licence and the like, one a line.
    pub facts: Vec<PageRow>,
    /// The provenance as one `svg` element, inserted unescaped: all texts in it must be escaped. Empty for none.
    pub picture: String,
    /// The source tracks, as far as there is room.
    pub tracks: Vec<TrackRow>,
    /// How many tracks more there are.
    pub more_tracks: usize,
    /// What was done, in order, as far as there is room.
    pub steps: Vec<StepRow>,
    /// How many steps more there are.
    pub more_steps: usize,
    /// The paragraph for the methods section; empty for none.
    pub methods: String,
    /// How to cite, one line; empty for none.
    pub citation: String,
    /// The files, as far as there is room.
    pub files: Vec<FileRow>,
    /// How many files more there are.
    pub more_files: usize,
    /// Where all that there is no room for can be read: files of the crate.
    pub further: Vec<FileRow>,
}

/// A source track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrackRow {
    /// Its `local_id`, with the address that it was served at.
    pub track: PageRow,
    /// The cells or the tissue.
    pub cell_or_tissue: String,
    /// How it was measured, and what.
    pub assay: String,
    /// The genome build.
    pub assembly: String,
    /// Whom it comes from.
    pub provider: String,
    /// The licence.
    pub licence: PageRow,
}

/// Steps that did the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// The action and its tool: the value is the tool with its version, the link its URL.
    pub tool: PageRow,
    /// How often, in words; empty for once.
    pub times: String,
    /// When, as written.
    pub time: String,
    /// What was chosen.
    pub parameters: Vec<PageRow>,
    /// What went wrong; empty where nothing did.
    pub fault: String,
}

/// A file in the crate, or one that is only described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRow {
    /// What people call it.
    pub name: String,
    /// Its path in the crate; empty where its bytes are not in there.
    pub path: String,
    /// The path as a relative address.
    pub link: String,
    /// How large it is, in words.
    pub size: String,
    /// The SHA-256.
    pub sha256: String,
}

impl FileRow {
    /// A file by the id of its entity, which is its path where its bytes are in the crate.
    pub fn new(id: &str, name: &str, size: &str, sha256: &str) -> Self {
        let path = path_of_id(id).unwrap_or_default();
        // A page may lead to files of its crate and to nothing that only looks like one.
        let link = if path.is_empty() { "" } else { id };
        FileRow {
            name: name.to_owned(),
            link: link.to_owned(),
            path,
            size: size.to_owned(),
            sha256: sha256.to_owned(),
        }
    }
}
