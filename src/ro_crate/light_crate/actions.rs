//! What was done: the search that found the track, and the import that brought it.

use serde_json::Value as Json;

use super::{TrackArrival, TrackCrateInput, searches};
use crate::archive::digest::Sha256Sum;
use crate::genome::content::Packing;
use crate::ro_crate::common_entities::{
    Ancestor, COMPLETED, CONDITIONS_OF_FORM, DOCUMENT_FILE, short_hash, tool,
};
use crate::ro_crate::entities::{
    CreateAction, CreativeWork, DataDownload, EntityId, Model as _, PropertyValue, SearchAction,
};
use crate::ro_crate::imported_track::{
    ByteOrigin, RecognisedBy, RecognisedFile, SourceKind, StoredTrack,
};
use crate::ro_crate::{Crate, Entity};

/// The id of the provider's checksum.
pub(super) const CHECKSUM: &str = "#checksum";

/// Adds the actions with what they worked on; returns their ids, the first to happen first.
pub fn add(input: &TrackCrateInput<'_>, crate_: &mut Crate) -> Vec<String> {
    let mut ids = found(input, crate_);
    ids.extend(import(input, crate_));
    ids
}

/// The searches that led to the document that was imported, the first one first.
fn found(input: &TrackCrateInput<'_>, crate_: &mut Crate) -> Vec<String> {
    let mut actions = Vec::new();
    let mut result = DOCUMENT_FILE.to_owned();
    for (search, source) in searches(input.document) {
        let searched = source.map(|source| searched(source, crate_));
        let text = |key: &str| search.get(key).and_then(Json::as_str).unwrap_or_default();
        let sum = Sha256Sum::of(Json::Object(search.clone()).to_string().as_bytes());
        let instrument = crate_.add(tool(text("tool"), text("tool_version")));
        let conditions = search.get("conditions").filter(|given| !given.is_null());
        let action = SearchAction {
            name: "Search for tracks".into(),
            query: text("query").into(),
            end_time: text("time").into(),
            instrument: instrument.into(),
            object: searched.as_ref().into(),
            result: result.as_str().into(),
            description: conditions
                .map(|conditions| format!("{CONDITIONS_OF_FORM}{conditions}"))
                .into(),
        };
        let id = EntityId::Search(&sum.hexadecimal()[..16]).to_string();
        actions.push(crate_.add(action.entity(id)));
        result = searched.unwrap_or(result);
    }
    actions.reverse();
    actions
}

/// The document or server that was searched.
fn searched(source: &Json, crate_: &mut Crate) -> String {
    let text = |key: &str| source.get(key).and_then(Json::as_str).unwrap_or_default();
    if let Some(url) = source.get("url").and_then(Json::as_str) {
        let names = [text("repository"), text("hub")].join(" / ");
        let name = format!("TrackFind server, {names}");
        return crate_.add(Entity::named(url, "WebAPI", &name));
    }
    let key = text("sha256").get(..16).unwrap_or("unknown");
    let document = CreativeWork {
        name: "FAIRtracks document that was searched".into(),
        version: text("doc_version").into(),
        date_modified: text("doc_date").into(),
        url: text("doc_url").into(),
        sha256: text("sha256").into(),
        ..CreativeWork::default()
    };
    crate_.add(document.entity(EntityId::Document(key)))
}

/// The media type of bytes as served that were unpacked.
fn packed_media_type(stored: &StoredTrack) -> &'static str {
    match stored.unpacked.first() {
        Some(Packing::Zlib | Packing::Deflate) => "application/zlib",
        _ => "application/gzip",
    }
}

/// The import, and where gzip was unpacked that as well.
fn import(input: &TrackCrateInput<'_>, crate_: &mut Crate) -> Vec<String> {
    let key = input.key();
    let instrument = crate_.add(tool(input.tool.0, input.tool.1));
    let stored = match input.arrival {
        TrackArrival::Stored(stored) => stored,
        TrackArrival::Registered => return vec![registration(input, &key, &instrument, crate_)],
        TrackArrival::Recognised(file) => {
            return vec![recognition(input, file, &instrument, crate_)];
        }
    };
    let mut objects = vec![origin(input, stored, crate_)];
    objects.extend(checksum(input, crate_));
    objects.extend(input.ancestors.first().map(Ancestor::id));
    let served = input.served_id();
    let result = served.clone().unwrap_or_else(|| input.track_id());
    let act = |id: EntityId<'_>, name: String| {
        let (start, end) = &stored.times;
        CreateAction {
            name: name.into(),
            start_time: start.into(),
            end_time: end.into(),
            action_status: COMPLETED.into(),
            agent: input.credits.agent().into(),
            instrument: (&instrument).into(),
            ..CreateAction::default()
        }
        .entity(id)
    };
    let name = format!("Import of {}", input.track.file_name);
    let import = act(EntityId::Import(&key), name).set(&CreateAction {
        description: description(input, stored).into(),
        object: objects.into(),
        result: result.into(),
        ..CreateAction::default()
    });
    let mut ids = vec![crate_.add(import)];
    if let Some(served) = served {
        let bytes = CreativeWork {
            name: format!("{} as served", input.track.file_name).into(),
            encoding_format: packed_media_type(stored).into(),
            content_url: input.address().into(),
            content_size: stored.served.bytes.to_string().into(),
            sha256: stored.served.sha256.hexadecimal().into(),
            md5: stored.served.md5.as_ref().into(),
            ..CreativeWork::default()
        };
        crate_.add(bytes.entity(&*served));
        let name = format!("Decompression of {}", input.track.file_name);
        let unpack = act(EntityId::Unpack(&key), name).set(&CreateAction {
            description: format!("{} was decompressed, because Galaxy stores text formats uncompressed; nothing else was changed", stored.unpacked_name()).into(),
            object: served.into(),
            result: input.track_id().into(),
            ..CreateAction::default()
        });
        ids.push(crate_.add(unpack));
    }
    ids
}

fn registration(
    input: &TrackCrateInput<'_>,
    key: &str,
    instrument: &str,
    crate_: &mut Crate,
) -> String {
    let mut objects = vec![remote(input, None, crate_)];
    objects.extend(checksum(input, crate_));
    let registration = CreateAction {
        name: format!("Registration of {}", input.track.file_name).into(),
        description: "Galaxy stores only the URL of the file; the file was not downloaded and its checksum not compared".into(),
        end_time: input.time.into(),
        action_status: COMPLETED.into(),
        agent: input.credits.agent().into(),
        instrument: instrument.into(),
        object: objects.into(),
        result: input.track_id().into(),
        ..CreateAction::default()
    };
    crate_.add(registration.entity(EntityId::Register(key)))
}

/// The match of a dataset with the track of a document. It makes no more than the document of the track: the dataset was there
/// before, and was used before. Nothing was downloaded, so the remote file is named only where Galaxy recorded it.
fn recognition(
    input: &TrackCrateInput<'_>,
    file: &RecognisedFile,
    instrument: &str,
    crate_: &mut Crate,
) -> String {
    let mut objects = vec![input.track_id()];
    if file.recorded_url.is_some() || file.is_changed {
        objects.push(remote(input, None, crate_));
    }
    objects.extend(checksum(input, crate_));
    let description = means_and_origin(file);
    // Other tracks of the document may have the same bytes, and other documents, which may have its name, the same track.
    let id = short_hash(&[
        &input.key(),
        &input.track.local_id,
        &input.document_file.sha256.hexadecimal(),
        &description,
        instrument,
        input.time,
    ]);
    let recognition = CreateAction {
        name: format!("Identification of {}", input.track.file_name).into(),
        description: description.into(),
        end_time: input.time.into(),
        action_status: COMPLETED.into(),
        agent: input.credits.agent().into(),
        instrument: instrument.into(),
        object: objects.into(),
        result: DOCUMENT_FILE.into(),
        ..CreateAction::default()
    };
    crate_.add(recognition.entity(EntityId::Recognition(&id)))
}

/// What a file was recognised by, as the end of a sentence.
pub(super) fn means(file: &RecognisedFile) -> String {
    let document = &file.document;
    match file.by {
        RecognisedBy::Checksum(function) => format!(
            "by its {} against the FAIRtracks document {document}",
            function.name()
        ),
        RecognisedBy::UnpackedChecksum(function) => format!(
            "by the {} of its decompressed bytes against the FAIRtracks document {document}",
            function.name()
        ),
        RecognisedBy::SourceUrl => format!(
            "by the source URL that Galaxy recorded, which the FAIRtracks document {document} has; no checksum could be compared"
        ),
        RecognisedBy::Name if file.is_contradicted => format!(
            "by its name against the FAIRtracks document {document}, which has another checksum for the track"
        ),
        RecognisedBy::Name => {
            format!("by its name against the FAIRtracks document {document}, which is no proof")
        }
    }
}

fn means_and_origin(file: &RecognisedFile) -> String {
    let origin = match (&file.recorded_url, file.is_changed) {
        (Some(url), true) => format!(
            "Galaxy loaded it from {url} and stored it decompressed or with converted line ends"
        ),
        (Some(url), false) => format!("Galaxy loaded it from {url}"),
        (None, _) => "where Galaxy has it from is not known".to_owned(),
    };
    format!("Identified {}; {origin}", means(file))
}

/// What was read: a remote file, or a file of the crate that the track was found in.
fn origin(input: &TrackCrateInput<'_>, stored: &StoredTrack, crate_: &mut Crate) -> String {
    match &stored.origin {
        ByteOrigin::Url { .. } => remote(input, Some(stored), crate_),
        ByteOrigin::Crate { path, .. } => {
            let file = CreativeWork {
                name: format!("{path} in the crate").into(),
                content_size: stored.served.bytes.to_string().into(),
                sha256: stored.served.sha256.hexadecimal().into(),
                ..CreativeWork::default()
            };
            crate_.add(file.entity("#file-in-crate"))
        }
    }
}

fn remote(input: &TrackCrateInput<'_>, stored: Option<&StoredTrack>, crate_: &mut Crate) -> String {
    let served = stored.map(|stored| &stored.served);
    let types = [DataDownload::TYPE, CreativeWork::TYPE];
    // The track names its address itself, unless Galaxy changed its bytes outside of an import.
    let is_changed = input.recognised().is_some_and(|file| file.is_changed);
    let file = Entity::new(input.address(), &types).set(&CreativeWork {
        content_url: is_changed.then(|| input.address()).into(),
        ..CreativeWork::default()
    });
    crate_.add(file.set(&DataDownload {
        name: format!("{} as served", input.track.file_name).into(),
        content_size: served.map(|served| served.bytes.to_string()).into(),
        sha256: served.map(|served| served.sha256.hexadecimal()).into(),
        sd_date_published: stored.map(|stored| &stored.times.1).into(),
    }))
}

/// The provider's checksum; its id is [`CHECKSUM`].
fn checksum(input: &TrackCrateInput<'_>, crate_: &mut Crate) -> Option<String> {
    let wanted = input.track.checksum.as_ref()?;
    let name = if is_verified(input) && input.recognised().is_some() {
        "checksum of the provider, equal to that of the dataset"
    } else if is_verified(input) {
        "checksum of the provider, equal to that of the downloaded bytes"
    } else {
        "checksum of the provider, not compared"
    };
    let checksum = PropertyValue {
        name: name.into(),
        property_id: wanted.method.name().into(),
        ..PropertyValue::default()
    };
    let sum = PropertyValue {
        value: (&wanted.sum).into(),
        ..PropertyValue::default()
    };
    Some(crate_.add(checksum.entity(CHECKSUM).set(&sum)))
}

/// Whether the bytes as served have been compared with the provider's checksum; had they differed, there were no crate.
pub(super) fn is_verified(input: &TrackCrateInput<'_>) -> bool {
    if let Some(file) = input.recognised() {
        return matches!(
            file.by,
            RecognisedBy::Checksum(_) | RecognisedBy::UnpackedChecksum(_)
        );
    }
    let stored = input.stored();
    let compared = stored.zip(input.track.checksum.as_ref());
    compared
        .is_some_and(|(stored, wanted)| wanted.found(&stored.served).as_ref() == Some(&wanted.sum))
}

fn description(input: &TrackCrateInput<'_>, stored: &StoredTrack) -> String {
    let came = match &stored.origin {
        ByteOrigin::Url {
            from_mirror: true, ..
        } => "Downloaded from the mirror of the site",
        ByteOrigin::Url { .. } => "Downloaded from its URL",
        ByteOrigin::Crate { compared: true, .. } => {
            "Extracted from the crate; the checksum that the crate states matches"
        }
        ByteOrigin::Crate { .. } => "Extracted from the crate, which states no checksum for it",
    };
    let source = match input.source_kind {
        SourceKind::Document => "a FAIRtracks document",
        SourceKind::Gsuite => "a GSuite file",
        SourceKind::Crate => "an RO-Crate",
    };
    let verified = match (&input.track.checksum, is_verified(input)) {
        (Some(wanted), true) => format!("its {} equals that of the provider", wanted.method.name()),
        (Some(wanted), false) => format!(
            "the provider's {} is for other bytes and was not compared",
            wanted.method.name()
        ),
        (None, _) => "the provider gives no checksum".to_owned(),
    };
    format!("{came} as {source} describes it; {verified}")
}
