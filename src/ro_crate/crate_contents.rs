//! All that is in the archive of a crate, read for checking: every file is hashed as it streams by, and nothing but the archive
//! itself is refused.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek, sink};

use memchr::memmem;
use serde_json::Value as Json;

use super::draft::CrateDraft;
use super::metadata_file::nested_file;
use super::metadata_json;
use crate::archive::digest::{Digests, Sha256Sum};
use crate::archive::error::ArchiveError;
use crate::archive::gate::Archive;
use crate::archive::limits::ArchiveLimits;
use crate::fairtracks::document_json;
use crate::fairtracks::draft::Draft;
use crate::genome::coordinate_system::{CoordinateEvidence, EvidenceCollector};
use crate::ro_crate::common_entities::{DOCUMENT_FILE, property_name};
use crate::ro_crate::tracks::FAIRTRACKS_SCHEMAS;
use crate::ro_crate::{METADATA_FILE, METADATA_FILE_1_0, PREVIEW_FILE, tracks};
use crate::text::json::{self, JsonKind};

/// Words of metadata that state assemblies, themselves or in a document.
const ASSEMBLIES: [&str; 3] = [
    property_name::ASSEMBLY,
    property_name::GENOME_BUILD,
    FAIRTRACKS_SCHEMAS,
];

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
    /// The sequences that it names, where the metadata state assemblies; none for a file that names none.
    pub coordinates: Option<CoordinateEvidence>,
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

impl CrateContents {
    /// Reads a crate with all its files, in memory that does not depend on the size of the data.
    ///
    /// # Errors
    /// Why the archive is not let in, or has no metadata that could be read.
    pub fn read(reader: impl Read + Seek) -> Result<Self, ArchiveError> {
        let mut archive = Archive::open(reader, &ArchiveLimits::default())?;
        let (folder, metadata_name) = metadata_place(&archive)?;
        let limit = ArchiveLimits::default().metadata_bytes;
        let bytes = archive.read(&format!("{folder}{metadata_name}"), limit)?;
        // The MD5 costs as much as the SHA-256, and most crates state none.
        let with_md5 = bytes
            .windows(3)
            .any(|piece| piece.eq_ignore_ascii_case(b"md5"));
        let metadata = metadata_json::read_draft(&bytes).map_err(|error| error.to_string());
        // Only what lies in the folder belongs to the crate.
        let inside = |name: &str| name.strip_prefix(folder.as_str()).map(str::to_owned);
        let names: Vec<String> = archive.names().filter_map(inside).collect();
        let folders = archive.folders().iter().filter_map(|name| inside(name));
        let folders = folders.collect();
        // Likewise for coordinates: a document states assemblies too.
        let with_coordinates = ASSEMBLIES
            .iter()
            .any(|word| memmem::find(&bytes, word.as_bytes()).is_some());
        let members = names.iter().map(|name| {
            let path = format!("{folder}{name}");
            let mut collector = EvidenceCollector::default();
            let content = match with_coordinates {
                true => archive.copy(&path, &mut collector, u64::MAX, with_md5),
                false => archive.copy(&path, &mut sink(), u64::MAX, with_md5),
            };
            Member {
                name: name.clone(),
                content: content.map_err(|refusal| refusal.to_string()),
                // A damaged header is the business of programs that read the format.
                coordinates: collector.finish().ok().flatten(),
            }
        });
        let members = Members::new(members.collect(), folders);
        Ok(CrateContents {
            preview: preview(&mut archive, &folder, &bytes),
            document: document(&mut archive, &folder, metadata.as_ref().ok()),
            ancestors: names
                .iter()
                .filter_map(|name| ancestor(&mut archive, &folder, name))
                .collect(),
            members,
            folder,
            metadata_name,
            metadata,
        })
    }
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

/// The folder that is the crate, with `/` at its end, and the name of the metadata file in it: at the root of the archive, under
/// its name of RO-Crate 1.0, or in the only folder that has one.
fn metadata_place<R: Read + Seek>(
    archive: &Archive<R>,
) -> Result<(String, &'static str), ArchiveError> {
    let refusal = match archive.metadata_entry() {
        Ok(name) => return Ok((String::new(), name)),
        Err(refusal) => refusal,
    };
    if archive.contains(METADATA_FILE_1_0) {
        return Ok((String::new(), METADATA_FILE_1_0));
    }
    for name in [METADATA_FILE, METADATA_FILE_1_0] {
        let folders = archive.names().filter_map(|path| path.strip_suffix(name));
        let mut folders: Vec<&str> = folders.filter(|folder| folder.ends_with('/')).collect();
        folders.sort_by_key(|folder| folder.len());
        // Crates inside that crate are parts of it.
        if let [first, others @ ..] = folders.as_slice()
            && others.iter().all(|folder| folder.starts_with(first))
        {
            return Ok(((*first).to_owned(), name));
        }
    }
    Err(refusal)
}

/// The machine-readable part of the page; a page that cannot be read is reported as a member.
fn preview<R: Read + Seek>(
    archive: &mut Archive<R>,
    folder: &str,
    metadata: &[u8],
) -> Option<PreviewBlock> {
    let most = ArchiveLimits::default().metadata_bytes;
    let name = format!("{folder}{PREVIEW_FILE}");
    archive.contains(&name).then_some(())?;
    let Ok(page) = archive.read(&name, most) else {
        return Some(PreviewBlock::Same);
    };
    let page = String::from_utf8_lossy(&page);
    let block = page.find("application/ld+json").and_then(|at| {
        let (_, block) = page[at..].split_once('>')?;
        Some(block.split_once("</script")?.0)
    });
    let Some(block) = block else {
        return Some(PreviewBlock::WithoutMetadata);
    };
    let block: Option<Json> = json::parse(block).ok();
    let is_same = block.is_some()
        && block
            == std::str::from_utf8(metadata)
                .ok()
                .and_then(|text| json::parse(text).ok());
    Some(if is_same {
        PreviewBlock::Same
    } else {
        PreviewBlock::Other
    })
}

/// The document that the metadata name, else the one that stands where documents stand.
fn document<R: Read + Seek>(
    archive: &mut Archive<R>,
    folder: &str,
    metadata: Option<&CrateDraft>,
) -> Option<InnerDocument> {
    let named = metadata.and_then(|draft| tracks::document_path(&draft.read));
    let path = named
        .into_iter()
        .chain([DOCUMENT_FILE.to_owned()])
        .find(|path| archive.contains(&format!("{folder}{path}")))?;
    let largest = JsonKind::Document.limit().bytes;
    let read = match archive.read(&format!("{folder}{path}"), largest) {
        Ok(bytes) => document_json::read_draft(&bytes).map_err(|error| error.to_string()),
        Err(refusal) => Err(refusal.to_string()),
    };
    Some(InnerDocument { path, read })
}

/// The metadata of an ancestor, if that is what the file of this name is by its place and can be unpacked.
fn ancestor<R: Read + Seek>(
    archive: &mut Archive<R>,
    folder: &str,
    name: &str,
) -> Option<AncestorFile> {
    let (key, file) = nested_file(name)?;
    (file == METADATA_FILE).then_some(())?;
    let limit = ArchiveLimits::default().metadata_bytes;
    let bytes = archive.read(&format!("{folder}{name}"), limit).ok()?;
    Some(AncestorFile {
        key: key.to_owned(),
        path: name.to_owned(),
        sha256: Sha256Sum::of(&bytes),
        read: metadata_json::read_draft(&bytes).map_err(|error| error.to_string()),
    })
}
