//! The description of a merged document: one `doc_info` and one `collection_info`, as the standard requires.
//!
//! What all documents agree on stays. Of the rest there is what v1.0.2 requires: the newest ontology versions, as
//! the standard recommends, the names of all collections in a row, and for what can be said only once, where the
//! tracks come from and whom to contact, that of the largest document. `merged_from` keeps everything else.

use std::collections::HashSet;

use serde_json::{Map, Value as Json, json};

use super::source::{MergeSource, replace};
use crate::archive::digest::Sha256Sum;
use crate::fairtracks::category::Category;

/// Version of the member `merged_from`.
const MERGED_FROM_VERSION: u32 = 1;
/// The id where there is no single id.
const MERGED: &str = "merged";

/// The members of the merged document, their lists empty.
pub(super) fn heading(sources: &[MergeSource]) -> Map<String, Json> {
    let headings: Vec<&Map<String, Json>> = sources.iter().flat_map(|s| &s.headings).collect();
    if let [only] = headings[..] {
        return only.clone();
    }
    let mut members = Map::new();
    for (key, value) in headings[0] {
        let value = match Category::named(key) {
            Some(Category::DocInfo) => doc_info(&headings),
            Some(Category::CollectionInfo) => collection_info(&headings, collection_id(sources)),
            _ if is_agreed(&headings, key) => value.clone(),
            _ => continue,
        };
        members.insert(key.clone(), value);
    }
    let stories: Vec<Json> = sources.iter().map(MergeSource::input).collect();
    let merged_from = json!({"version": MERGED_FROM_VERSION, "sources": stories});
    members.insert("merged_from".to_owned(), merged_from);
    members
}

/// Lets the studies refer to the one collection that is left (`collection_ref`).
pub(super) fn share_collection(sources: &mut [MergeSource]) {
    let Some(shared) = collection_id(sources) else {
        return;
    };
    for source in sources {
        let own = collection_ids(source).cloned();
        let new = own
            .filter(|id| *id != shared)
            .map(|id| (id, shared.clone()))
            .collect();
        replace(
            source.lists.get_mut(&Category::Studies),
            "collection_ref",
            &new,
        );
    }
}

fn collection_ids(source: &MergeSource) -> impl Iterator<Item = &Json> {
    let ids = source
        .headings
        .iter()
        .map(|h| h.get("collection_info")?.get("local_id"));
    ids.flatten()
}

/// The id of the merged collection: that of all that have one, or one made of the sources' keys.
fn collection_id(sources: &[MergeSource]) -> Option<Json> {
    let mut ids = sources.iter().flat_map(collection_ids);
    let first = ids.next()?;
    if ids.all(|id| id == first) {
        return Some(first.clone());
    }
    let mut keys: Vec<&str> = sources.iter().map(|source| source.key.as_str()).collect();
    keys.sort_unstable();
    let digest = Sha256Sum::of(keys.join("\n").as_bytes()).hexadecimal();
    Some(format!("{MERGED}#{}", &digest[..super::MARK]).into())
}

fn doc_info(headings: &[&Map<String, Json>]) -> Json {
    let infos = objects(headings, Category::DocInfo);
    let mut agreed = agreed(&infos);
    if !agreed.contains_key("local_id") {
        agreed.insert("local_id".to_owned(), MERGED.into());
    }
    let mut versions: Map<String, Json> = Map::new();
    for (ontology, version) in values(&infos, "doc_ontology_versions")
        .filter_map(Json::as_object)
        .flatten()
    {
        let known = versions.entry(ontology).or_insert_with(|| version.clone());
        if by_number(version) > by_number(known) {
            *known = version.clone();
        }
    }
    agreed.insert("doc_ontology_versions".to_owned(), versions.into());
    agreed.into()
}

fn collection_info(headings: &[&Map<String, Json>], id: Option<Json>) -> Json {
    let infos = objects(headings, Category::CollectionInfo);
    let mut agreed = agreed(&infos);
    if let Some(id) = id {
        agreed.insert("local_id".to_owned(), id);
    }
    for key in ["source_repo_url", "contact"] {
        if let Some(first) = values(&infos, key).next() {
            agreed.insert(key.to_owned(), first.clone());
        }
    }
    for key in ["short_name", "long_name"] {
        let mut known = HashSet::new();
        let names: Vec<&str> = values(&infos, key)
            .filter_map(Json::as_str)
            .filter(|name| known.insert(*name))
            .collect();
        agreed.insert(key.to_owned(), names.join("; ").into());
    }
    agreed.into()
}

/// The object of a category of each heading.
fn objects<'h>(
    headings: &[&'h Map<String, Json>],
    category: Category,
) -> Vec<&'h Map<String, Json>> {
    let objects = headings
        .iter()
        .map(|heading| heading.get(category.name())?.as_object());
    objects.flatten().collect()
}

/// What each object has at `key`, where it has it.
fn values<'h>(objects: &[&'h Map<String, Json>], key: &str) -> impl Iterator<Item = &'h Json> {
    objects.iter().filter_map(move |object| object.get(key))
}

/// Whether all have the same at `key`.
fn is_agreed(objects: &[&Map<String, Json>], key: &str) -> bool {
    objects
        .iter()
        .all(|object| object.get(key) == objects[0].get(key))
}

/// The members that all of them have.
fn agreed(objects: &[&Map<String, Json>]) -> Map<String, Json> {
    let mut agreed = objects[0].clone();
    agreed.retain(|key, _| is_agreed(objects, key));
    agreed
}

/// The address of an ontology version in a form that puts 1.9 before 1.21.
fn by_number(version: &Json) -> Vec<(usize, &str)> {
    let text = version.as_str().unwrap_or_default();
    let is_digit = |c: char| c.is_ascii_digit();
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest
            .find(|c| is_digit(c) != is_digit(first))
            .unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let length = if is_digit(first) {
            part.trim_start_matches('0').len() + 1
        } else {
            0
        };
        parts.push((length, part));
        rest = after;
    }
    parts
}
