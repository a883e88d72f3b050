//! The name of a document made by a tool from others: an id, a version and a date of its own.

use serde_json::Value as Json;

use super::document::Document;
use super::signature;

/// Gives a document its own version, date and id, and lets its collection refer to that id.
///
/// The version is the document's signature. The id is the one that stands in `doc_info` with the beginning of the
/// signature added, so the signature leaves both out. `doc_url` goes, as the document is not to be found there.
pub(super) fn name(document: &mut Document, date: &str) {
    if let Some(Json::Object(doc_info)) = document.members_mut().get_mut("doc_info") {
        doc_info.shift_remove("doc_url");
        doc_info.insert("doc_date".to_owned(), date.into());
    }
    let version = signature::signature_without_ids(document);
    let members = document.members_mut();
    let Some(Json::Object(doc_info)) = members.get_mut("doc_info") else {
        return;
    };
    let source_id = doc_info
        .get("local_id")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let local_id = format!("{source_id}#{}", &version[..12]);
    doc_info.insert("local_id".to_owned(), local_id.clone().into());
    doc_info.insert("doc_version".to_owned(), version.into());
    if let Some(Json::Object(collection_info)) = members.get_mut("collection_info") {
        collection_info.insert("doc_ref".to_owned(), local_id.into());
    }
}
