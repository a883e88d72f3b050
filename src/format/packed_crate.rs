//! RO-Crates as zip archives, read for checking: every file is hashed as it streams by, and nothing but the archive itself is
//! refused.

use std::io::{Read, Seek, sink};

use serde_json::Value as Json;

use super::{fairtracks_json, ro_crate_json};
use crate::archive::gate::{Archive, Limits};
use crate::archive::refusal::Refusal;
use crate::model::digest::Sha256Sum;
use crate::model::json::{self, Kind};
use crate::model::ro_crate::draft::CrateDraft;
use crate::model::ro_crate::frame::{DOCUMENT_FILE, INPUTS};
use crate::model::ro_crate::packed::{
    AncestorFile, InnerDocument, Member, Members, Packed, Preview,
};
use crate::model::ro_crate::{METADATA_FILE, PREVIEW_FILE, tracks};

/// The first bytes of every zip archive.
const ZIP: &[u8] = b"PK";

/// Whether bytes begin as those of a zip archive do.
pub fn is_zip(first: &[u8]) -> bool {
    first.starts_with(ZIP)
}

/// Reads a crate with all its files, in memory that does not depend on the size of the data.
///
/// # Errors
/// Why the archive is not let in, or has no metadata that could be read.
pub fn read(reader: impl Read + Seek) -> Result<Packed, Refusal> {
    let mut archive = Archive::open(reader, &Limits::default())?;
    let bytes = archive.read_metadata()?;
    // The MD5 costs as much as the SHA-256, and most crates state none.
    let with_md5 = bytes
        .windows(3)
        .any(|piece| piece.eq_ignore_ascii_case(b"md5"));
    let metadata = ro_crate_json::read_draft(&bytes).map_err(|error| error.to_string());
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let members = names.iter().map(|name| Member {
        name: name.clone(),
        content: archive
            .copy(name, &mut sink(), u64::MAX, with_md5)
            .map_err(|refusal| refusal.to_string()),
    });
    let members = Members::new(members.collect());
    Ok(Packed {
        preview: preview(&mut archive, &bytes),
        document: document(&mut archive, metadata.as_ref().ok()),
        ancestors: names
            .iter()
            .filter_map(|name| ancestor(&mut archive, name))
            .collect(),
        members,
        metadata,
    })
}

/// What the page holds for machines; a page that cannot be read is told of as a member.
fn preview<R: Read + Seek>(archive: &mut Archive<R>, metadata: &[u8]) -> Option<Preview> {
    let most = Limits::default().metadata_bytes;
    archive.contains(PREVIEW_FILE).then_some(())?;
    let Ok(page) = archive.read(PREVIEW_FILE, most) else {
        return Some(Preview::Same);
    };
    let page = String::from_utf8_lossy(&page);
    let block = page.find("application/ld+json").and_then(|at| {
        let (_, block) = page[at..].split_once('>')?;
        Some(block.split_once("</script")?.0)
    });
    let Some(block) = block else {
        return Some(Preview::WithoutMetadata);
    };
    let block: Option<Json> = json::parse(block).ok();
    let is_same = block.is_some()
        && block
            == std::str::from_utf8(metadata)
                .ok()
                .and_then(|text| json::parse(text).ok());
    Some(if is_same {
        Preview::Same
    } else {
        Preview::Other
    })
}

/// The document that the metadata name, else the one that stands where documents stand.
fn document<R: Read + Seek>(
    archive: &mut Archive<R>,
    metadata: Option<&CrateDraft>,
) -> Option<InnerDocument> {
    let named = metadata.and_then(|draft| tracks::document_path(&draft.read));
    let path = named
        .into_iter()
        .chain([DOCUMENT_FILE.to_owned()])
        .find(|path| archive.contains(path))?;
    let read = match archive.read(&path, Kind::Document.limit().bytes) {
        Ok(bytes) => fairtracks_json::read_draft(&bytes).map_err(|error| error.to_string()),
        Err(refusal) => Err(refusal.to_string()),
    };
    Some(InnerDocument { path, read })
}

/// The metadata of an ancestor, if that is what the file of this name is by its place and can be unpacked.
fn ancestor<R: Read + Seek>(archive: &mut Archive<R>, name: &str) -> Option<AncestorFile> {
    let (key, file) = name.strip_prefix(INPUTS)?.split_once('/')?;
    (file == METADATA_FILE).then_some(())?;
    let bytes = archive.read(name, Limits::default().metadata_bytes).ok()?;
    Some(AncestorFile {
        key: key.to_owned(),
        path: name.to_owned(),
        sha256: Sha256Sum::of(&bytes),
        read: ro_crate_json::read_draft(&bytes).map_err(|error| error.to_string()),
    })
}
