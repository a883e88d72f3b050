//! What was done: the search that found the track, and the import that brought it.

use serde_json::Value as Json;

use super::{TrackCrateInput, searches};
use crate::archive::digest::Sha256Sum;
use crate::fairtracks::values::checksum::ChecksumMethod;
use crate::genome::content::Packing;
use crate::ro_crate::common_entities::{Ancestor, COMPLETED, DOCUMENT_FILE, tool};
use crate::ro_crate::imported_track::{ByteOrigin, SourceKind, StoredTrack};
use crate::ro_crate::{Crate, Entity};

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
        let id = format!("#search-{}", &sum.hexadecimal()[..16]);
        let mut action = Entity::new(id, &["SearchAction"])
            .with("name", "Search for tracks")
            .with("query", text("query"))
            .with("endTime", text("time"))
            .referring("instrument", &instrument)
            .referring_to_all("object", searched.as_slice())
            .referring("result", &result);
        if let Some(conditions) = search.get("conditions").filter(|given| !given.is_null()) {
            action = action.with(
                "description",
                format!("Conditions of the form: {conditions}"),
            );
        }
        actions.push(crate_.add(action));
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
        return crate_
            .add(Entity::new(url, &["WebAPI"]).with("name", format!("TrackFind server, {names}")));
    }
    let key = text("sha256").get(..16).unwrap_or("unknown");
    crate_.add(
        Entity::new(format!("#document-{key}"), &["CreativeWork"])
            .with("name", "FAIRtracks document that was searched")
            .with("version", text("doc_version"))
            .with("dateModified", text("doc_date"))
            .with("url", text("doc_url"))
            .with("sha256", text("sha256")),
    )
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
    let Some(stored) = input.stored() else {
        return vec![registration(input, &key, &instrument, crate_)];
    };
    let mut objects = vec![origin(input, stored, crate_)];
    objects.extend(checksum(input, crate_));
    objects.extend(input.ancestors.first().map(Ancestor::id));
    let served = input.served_id();
    let result = served.clone().unwrap_or_else(|| input.track_id());
    let act = |kind: &str, name: String| {
        let (start, end) = &stored.times;
        Entity::new(format!("#{kind}-{key}"), &["CreateAction"])
            .with("name", name)
            .with("startTime", &**start)
            .with("endTime", &**end)
            .with("actionStatus", COMPLETED)
            .referring_to_all("agent", input.credits.agent().as_slice())
            .referring("instrument", &instrument)
    };
    let import = act("import", format!("Import of {}", input.track.file_name))
        .with("description", description(input, stored))
        .referring_to_all("object", &objects)
        .referring("result", &result);
    let mut ids = vec![crate_.add(import)];
    if let Some(served) = served {
        crate_.add(
            Entity::new(&*served, &["CreativeWork"])
                .with("name", format!("{} as served", input.track.file_name))
                .with("encodingFormat", packed_media_type(stored))
                .with("contentUrl", input.address())
                .with("contentSize", stored.served.bytes.to_string())
                .with("sha256", stored.served.sha256.hexadecimal())
                .with("md5", stored.served.md5.as_deref().unwrap_or_default()),
        );
        let unpack = act("unpack", format!("Decompression of {}", input.track.file_name))
            .with("description", format!("{} was decompressed, because Galaxy stores text formats uncompressed; nothing else was changed", stored.unpacked_name()))
            .referring("object", &served)
            .referring("result", &input.track_id());
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
    crate_.add(
        Entity::new(format!("#register-{key}"), &["CreateAction"])
            .with("name", format!("Registration of {}", input.track.file_name))
            .with("description", "Galaxy stores only the URL of the file; the file was not downloaded and its checksum not compared")
            .with("endTime", input.time)
            .with("actionStatus", COMPLETED)
            .referring_to_all("agent", input.credits.agent().as_slice())
            .referring("instrument", instrument)
            .referring_to_all("object", &objects)
            .referring("result", &input.track_id()),
    )
}

/// What was read: a remote file, or a file of the crate that the track was found in.
fn origin(input: &TrackCrateInput<'_>, stored: &StoredTrack, crate_: &mut Crate) -> String {
    match &stored.origin {
        ByteOrigin::Url { .. } => remote(input, Some(stored), crate_),
        ByteOrigin::Crate { path, .. } => crate_.add(
            Entity::new("#file-in-crate", &["CreativeWork"])
                .with("name", format!("{path} in the crate"))
                .with("contentSize", stored.served.bytes.to_string())
                .with("sha256", stored.served.sha256.hexadecimal()),
        ),
    }
}

fn remote(input: &TrackCrateInput<'_>, stored: Option<&StoredTrack>, crate_: &mut Crate) -> String {
    let mut remote = Entity::new(input.address(), &["DataDownload", "CreativeWork"])
        .with("name", format!("{} as served", input.track.file_name));
    if let Some(stored) = stored {
        remote = remote
            .with("contentSize", stored.served.bytes.to_string())
            .with("sha256", stored.served.sha256.hexadecimal())
            .with("sdDatePublished", &*stored.times.1);
    }
    crate_.add(remote)
}

/// The provider's checksum.
fn checksum(input: &TrackCrateInput<'_>, crate_: &mut Crate) -> Option<String> {
    let wanted = input.track.checksum.as_ref()?;
    let name = if is_verified(input) {
        "checksum of the provider, equal to that of the downloaded bytes"
    } else {
        "checksum of the provider, not compared"
    };
    Some(
        crate_.add(
            Entity::new("#checksum", &["PropertyValue"])
                .with("name", name)
                .with("propertyID", method_name(wanted.method))
                .with("value", &*wanted.sum),
        ),
    )
}

/// Whether the bytes as served have been compared with the provider's checksum; had they differed, there were no crate.
pub(super) fn is_verified(input: &TrackCrateInput<'_>) -> bool {
    let stored = input.stored();
    let compared = stored.zip(input.track.checksum.as_ref());
    compared
        .is_some_and(|(stored, wanted)| wanted.found(&stored.served).as_ref() == Some(&wanted.sum))
}

/// A method of checksums as `propertyID` and people know it.
pub(super) fn method_name(method: ChecksumMethod) -> &'static str {
    match method {
        ChecksumMethod::Md5 => "MD5",
        ChecksumMethod::Sha256 => "SHA-256",
    }
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
        (Some(wanted), true) => format!(
            "its {} equals that of the provider",
            method_name(wanted.method)
        ),
        (Some(wanted), false) => format!(
            "the provider's {} is for other bytes and was not compared",
            method_name(wanted.method)
        ),
        (None, _) => "the provider gives no checksum".to_owned(),
    };
    format!("{came} as {source} describes it; {verified}")
}
