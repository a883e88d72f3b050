//! JSON other than FAIRtracks documents of version 1: other standards, other files of this suite and of Galaxy, responses of servers.

use serde_json::{Map, Value as Json};

use super::{FIRST_WORDS, GET_AGAIN, OtherDocument, WRITE_1_0, other};
use crate::text::counted;

/// The kind of a JSON value, if it is known and not a FAIRtracks document of version 1.
pub fn of_json(value: &Json) -> Option<OtherDocument> {
    match value {
        Json::Object(members) => of_members(members),
        Json::Array(items) => of_items(items),
        Json::Null => other("the JSON value null", GET_AGAIN),
        Json::Bool(_) => other("a JSON truth value", GET_AGAIN),
        Json::Number(_) => other("a JSON number", GET_AGAIN),
        Json::String(_) => other("a JSON text", GET_AGAIN),
    }
}

fn of_members(members: &Map<String, Json>) -> Option<OtherDocument> {
    let has = |key: &str| members.contains_key(key);
    let lists = |key: &str| members.get(key).is_some_and(Json::is_array);
    let is_object = |key: &str| members.get(key).is_some_and(Json::is_object);
    if has("doc_info") || has("tracks") && has("collection_info") && !has("document") {
        return None;
    }
    if is_object("document") && (has("tracks") || has("collection_info")) {
        let what = "a document of the draft of FAIRtracks 2, which was never released";
        return other(what, WRITE_1_0);
    }
    let has_fga_lists = ["file_collections", "donors", "analyses", "files"].map(lists);
    let has_shared = ["experiments", "samples", "studies"].into_iter().any(lists);
    let is_fga = has_fga_lists.contains(&true) && (has_shared || has("file_collections"));
    if has("bundle_metadata") || is_fga && !has("tracks") {
        let what = "a bundle of the FGA-WG standard, the planned successor of FAIRtracks";
        return other(what, WRITE_1_0);
    }
    if has("tracks") {
        return None;
    }
    if lists("@graph") && has("@context") {
        return linked_data(members);
    }
    let is_typed = |kind: &str| {
        members
            .get("@type")
            .and_then(Json::as_str)
            .is_some_and(|it| it.ends_with(kind))
    };
    if has("@context") && is_typed("Dataset") {
        let what = "a Dataset of schema.org or Croissant (JSON-LD)";
        return other(what, WRITE_1_0);
    }
    if has("@context") {
        return other("JSON-LD of another kind", WRITE_1_0);
    }
    if has("$schema") && (has("properties") || has("definitions") || has("$defs")) {
        let advice = "give a document that conforms to the schema, not the schema";
        return other("a JSON Schema", advice);
    }
    if has("a_galaxy_workflow") {
        return other("a Galaxy workflow", WRITE_1_0);
    }
    if has("producer") && lists("datasets") && lists("jobs") {
        let advice = "give it to FAIRtracks follow as lineage";
        return other("the lineage of a Galaxy history", advice);
    }
    if lists("conditions") && has("join") {
        let advice = "give it to FAIRtracks search as conditions";
        return other("the conditions of a search", advice);
    }
    if lists("resources") && (has("profile") || has("name")) {
        return other("a Frictionless data package", WRITE_1_0);
    }
    let message = ["error", "err_msg", "message", "detail"];
    let message = message.iter().find_map(|key| members.get(*key)?.as_str());
    if let Some(message) = message.filter(|_| members.len() <= 6) {
        let words: String = message.chars().take(FIRST_WORDS).collect();
        return other(
            format!("an error message of a server (\"{words}\")"),
            GET_AGAIN,
        );
    }
    None
}

/// A graph of linked data: the metadata of an RO-Crate, or something else.
fn linked_data(members: &Map<String, Json>) -> Option<OtherDocument> {
    let context = members.get("@context").map(Json::to_string);
    let context = context.unwrap_or_default();
    let entities = members.get("@graph").and_then(Json::as_array);
    let mut ids = entities
        .into_iter()
        .flatten()
        .filter_map(|it| it.get("@id")?.as_str());
    let is_crate = context.contains("ro/crate") || context.contains("ro-crate");
    if is_crate || ids.any(|id| id.contains("ro-crate-metadata.json")) {
        let advice = "zip its folder, and give the zip to a tool that reads crates (import, follow, package, check); or give the FAIRtracks document in that folder";
        return other("the metadata file of an RO-Crate", advice);
    }
    other(
        "JSON-LD of another kind, such as a page of a data portal",
        WRITE_1_0,
    )
}

fn of_items(items: &[Json]) -> Option<OtherDocument> {
    let count = items.len();
    let all = |test: &dyn Fn(&Json) -> bool| count > 0 && items.iter().all(test);
    if all(&|item| item.get("doc_info").is_some()) {
        let advice = "give each document as a separate file";
        return other(
            format!("a JSON array of {}", counted(count, "FAIRtracks document")),
            advice,
        );
    }
    if all(&|item| item.get("tracks").is_some_and(Json::is_object)) {
        let advice =
            "use FAIRtracks search, which queries the server and writes a FAIRtracks document";
        return other(
            format!(
                "{} in the response of a TrackFind server",
                counted(count, "hit")
            ),
            advice,
        );
    }
    let advice = "a FAIRtracks document is one JSON object";
    let values = counted(count, "value");
    other(format!("a JSON array of {values}"), advice)
}
