//! A crate as it lies in its archive: its files with their digests, and what its metadata say of them.

use std::collections::{HashMap, HashSet};

use super::draft::CrateDraft;
use crate::archive::digest::{Digests, Sha256Sum};
use crate::fairtracks::draft::Draft;

/// A crate whose archive was let in, read for checking.
#[derive(Debug)]
pub struct CrateContents {
    /// The files, in the order of the archive.
    pub members: Members,
    /// The folder of the archive that is the crate, with `/` at its end; empty where the whole archive is the crate.
    pub folder: String,
    /// The name of the metadata file.
    pub metadata_name: &'static str,
    /// The metadata, or why they cannot be read.
    pub metadata: Result<CrateDraft, String>,
    /// What the page holds for machines; none where there is no page.
    pub preview: Option<PreviewBlock>,
    /// The FAIRtracks document, where there is one.
    pub document: Option<InnerDocument>,
    /// The metadata of the crates that it was made of.
    pub ancestors: Vec<AncestorFile>,
}

/// The files of an archive, found by their paths.
#[derive(Debug, Default)]
pub struct Members {
    all: Vec<Member>,
    places: HashMap<String, usize>,
    folders: HashSet<String>,
}

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path.
    pub name: String,
    /// The digests of its bytes, or why they cannot be had.
    pub content: Result<Digests, String>,
}

/// The block of metadata in the page of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewBlock {
    /// There is none.
    WithoutMetadata,
    /// It says what the metadata file says.
    Same,
    /// It says something else.
    Other,
}

/// The FAIRtracks document of a crate.
#[derive(Debug)]
pub struct InnerDocument {
    /// Its path in the archive.
    pub path: String,
    /// What it holds, or why it cannot be read.
    pub read: Result<Draft, String>,
}

/// The metadata file of a crate that this one was made of.
#[derive(Debug)]
pub struct AncestorFile {
    /// The name of its folder, which should be the beginning of the SHA-256 of its bytes.
    pub key: String,
    /// Its path in the archive.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub sha256: Sha256Sum,
    /// What it holds, or why it cannot be read.
    pub read: Result<CrateDraft, String>,
}

impl Members {
    /// The files of an archive, and those of its folders that may have none.
    pub fn new(all: Vec<Member>, folders: Vec<String>) -> Self {
        let names = all.iter().map(|member| member.name.as_str());
        let of_files = names.clone().flat_map(|name| {
            name.match_indices('/')
                .map(|(end, _)| name[..end].to_owned())
        });
        let folders = of_files.chain(folders).collect();
        let places = names.map(str::to_owned).zip(0..).collect();
        Members {
            all,
            places,
            folders,
        }
    }

    /// The files in the order of the archive.
    pub fn all(&self) -> &[Member] {
        &self.all
    }

    /// The file of a path.
    pub fn get(&self, path: &str) -> Option<&Member> {
        self.all.get(*self.places.get(path)?)
    }

    /// Whether there is a folder of this path, which has no `/` at its end.
    pub fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }
}
