//! The tracks in a crate: what it says of them, and which of its files hold them.

use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};

use super::entities::{Dataset, File};
use super::{Crate, Entity, METADATA_FILE, PREVIEW_FILE};
use crate::archive::digest::{DigestFunction, Sha256Sum};
use crate::archive::paths::path_of_id;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::text::secrets::without;

/// The beginning of the addresses of FAIRtracks' schemas, whatever their version.
pub const FAIRTRACKS_SCHEMAS: &str =
    "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/";

/// A file of a crate that holds a track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackPayload {
    /// Its path in the archive.
    pub path: String,
    /// The SHA-256 that the crate states.
    pub sha256: Option<Sha256Sum>,
    /// The MD5 that the crate states, in small hexadecimal digits.
    pub md5: Option<String>,
}

impl TrackPayload {
    /// The file of an entity, at this path.
    pub fn of(file: &Entity, path: String) -> Self {
        TrackPayload {
            path,
            sha256: file.sha256(),
            md5: file.digest(DigestFunction::Md5),
        }
    }
}

/// The path of the FAIRtracks document of a crate, if it describes one.
pub fn document_path(crate_: &Crate) -> Option<String> {
    let is_document = |entity: &&Entity| {
        let is_schema = |profile: &str| profile.starts_with(FAIRTRACKS_SCHEMAS);
        entity.is("File") && entity.read::<File<&str>>().conforms_to.ids().any(is_schema)
    };
    let document = crate_.entities().iter().find(is_document)?;
    path_of_id(&document.id).ok()
}

/// The files that hold the tracks of a document, track by track; `is_there` tells whether the archive has a path.
///
/// A file is that of a track if its `identifier` is the track's `local_id`, else if its `contentUrl` is the track's
/// address.
pub fn payloads(
    crate_: &Crate,
    document: &Document,
    is_there: impl Fn(&str) -> bool,
) -> Vec<Option<TrackPayload>> {
    let mut files_there: Vec<(&Entity, String)> = Vec::new();
    // The first file that has a text as its identifier or address, or as its id.
    let mut by_identifier: HashMap<&str, usize> = HashMap::new();
    let mut by_address: HashMap<&str, usize> = HashMap::new();
    for file in files(crate_) {
        let Some(path) = path_of_id(&file.id).ok().filter(|path| is_there(path)) else {
            continue;
        };
        let place = files_there.len();
        files_there.push((file, path));
        let stated: File<&str> = file.read();
        for id in stated.identifier.texts().chain([file.id.as_str()]) {
            by_identifier.entry(id).or_insert(place);
        }
        for address in stated.content_url.texts().chain([file.id.as_str()]) {
            by_address.entry(address).or_insert(place);
        }
    }
    by_identifier.remove("");
    by_address.remove("");
    let tracks = document.objects(Category::Tracks).into_iter();
    tracks
        .map(|track| {
            let text = |key: &str| track.get(key).and_then(Json::as_str).unwrap_or_default();
            let found = by_identifier
                .get(text("local_id"))
                .or_else(|| by_address.get(text("file_url")))?;
            let (file, path) = &files_there[*found];
            Some(TrackPayload::of(file, path.clone()))
        })
        .collect()
}

/// A document of the files of a crate that has no FAIRtracks document: what the crate says of each, and nothing else.
/// None where no file could be a track.
pub fn document_of_files(crate_: &Crate) -> Option<Document> {
    let tracks: Vec<Json> = files(crate_).map(track).collect();
    if tracks.is_empty() {
        return None;
    }
    let root: Dataset<&str> = crate_.root().map(Entity::read).unwrap_or_default();
    let mut collection = Map::new();
    for (key, value) in [
        ("long_name", root.name.text()),
        ("description_url", root.url.text()),
    ] {
        if let Some(value) = value {
            collection.insert(key.to_owned(), value.into());
        }
    }
    let mut members = Map::new();
    members.insert("doc_info".to_owned(), json!({}));
    members.insert("collection_info".to_owned(), collection.into());
    for category in [Category::Studies, Category::Experiments, Category::Samples] {
        members.insert(category.name().to_owned(), json!([]));
    }
    members.insert("tracks".to_owned(), tracks.into());
    members.insert("converted_from".to_owned(), json!({"format": "RO-Crate"}));
    Some(Document::from_parts(members))
}

/// The files that the crate is of: not its own metadata and page, nor those of crates in it.
fn files(crate_: &Crate) -> impl Iterator<Item = &Entity> {
    crate_.entities().iter().filter(|entity| {
        let name = entity.id.rsplit('/').next().unwrap_or_default();
        entity.is("File") && name != METADATA_FILE && name != PREVIEW_FILE
    })
}

fn track(file: &Entity) -> Json {
    let mut track = Map::new();
    let stated: File<&str> = file.read();
    let is_address = |text: &&str| text.contains("://");
    let mut addresses = [&stated.content_url, &stated.url].into_iter();
    let address = addresses
        .find_map(|stated| stated.texts().chain(stated.ids()).find(is_address))
        .or(Some(file.id.as_str()).filter(is_address));
    let name = file.id.rsplit('/').next().unwrap_or_default();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            track.insert(key.to_owned(), value.into());
        }
    };
    put("local_id", Some(&without(&file.id)));
    put("label_long", stated.name.text());
    put("file_url", address);
    put(
        "file_name",
        Some(path_of_id(name).as_deref().unwrap_or(name)),
    );
    let checksum = [("SHA-256", &stated.sha256), ("MD5", &stated.md5)]
        .iter()
        .find_map(|(method, sum)| Some(json!({"cs_method": method, "cs_hash": sum.text()?})));
    track.extend(checksum.map(|checksum| ("checksum".to_owned(), checksum)));
    let edam = stated
        .encoding_format
        .ids_and_texts()
        .find(|format| format.starts_with("http://edamontology.org/format_"));
    track.extend(edam.map(|format| ("file_format".to_owned(), json!({"term_id": format}))));
    track.into()
}
