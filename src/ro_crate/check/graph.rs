//! The graph: a flat list of entities, each with an id of its own, its kind, and a name.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::iso8601::Iso;
use super::report::{At, MetadataReport, entity_pointer};
use super::rules::Rule;
use super::times::literal;
use crate::fairtracks::check::TAKEN_LAST;
use crate::fairtracks::fields::{must, shown, shown_text};
use crate::fairtracks::finding::{Strength, ValueIssue};
use crate::ro_crate::Entity;
use crate::ro_crate::draft::{CrateDraft, ItemFault, Note, Whereabouts};

/// Keys whose values are times.
const TIMES: [&str; 6] = [
    "datePublished",
    "dateCreated",
    "dateModified",
    "sdDatePublished",
    "startTime",
    "endTime",
];

/// Checks the entities one by one, and their ids together.
pub fn check(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    file(draft, report);
    ids(draft, report);
    for (position, entity, note) in draft.items() {
        note.faults
            .iter()
            .for_each(|fault| lacking(position, fault, report));
        spelling(position, entity, note, report);
        name(position, entity, note, report);
        for (key, value) in &entity.properties {
            shape(position, key, value, report);
        }
        for key in TIMES {
            time(position, entity, key, report);
        }
    }
}

/// The file as a whole.
fn file(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    if draft.has_byte_order_mark {
        let hint = "save it without: many readers of JSON stop at it";
        let what = "a byte order mark in front of the text";
        report.at_pointer(String::new(), what, must("the text alone", hint));
    }
    report.repeated(&draft.repeated, TAKEN_LAST);
    for key in draft.read.further.keys() {
        let hint = "what stands beside the graph belongs to no entity, and readers leave it out";
        let remark = ValueIssue::new(Strength::Should, "`@context` and `@graph` alone", hint);
        let pointer = crate::text::pointer::Path::ROOT.key(key).to_string();
        report.at_pointer(pointer, format!("the key {}", shown_text(key)), remark);
    }
}

fn lacking(position: usize, fault: &ItemFault, report: &mut MetadataReport<'_>) {
    let (rule, what, expected, hint) = match fault {
        ItemFault::NoObject(what) => (
            Rule::Id,
            what.as_str(),
            "an entity (a JSON object)",
            "take it out of the graph, or make it an entity",
        ),
        ItemFault::NoId => (
            Rule::Id,
            "no text `@id`",
            "the id of the entity",
            "without it nothing can refer to the entity",
        ),
        ItemFault::NoType => (
            Rule::Type,
            "no `@type`",
            "what kind of thing the entity is, as \"File\"",
            "",
        ),
        ItemFault::EmptyType => (
            Rule::TypeFilled,
            "a `@type` without a type",
            "what kind of thing the entity is, as \"File\"",
            "",
        ),
    };
    report.ask(rule, At::Entity(position), what, expected, hint);
}

/// Ids that two entities have, or that mean the same file.
fn ids(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    let mut paths: HashMap<&str, usize> = HashMap::new();
    for (position, entity, note) in draft.items() {
        let Some(first) = draft.position(&entity.id).filter(|_| !entity.id.is_empty()) else {
            continue;
        };
        if first != position {
            let other = &draft.read.entities()[first];
            let differ: Vec<String> = entity
                .properties
                .iter()
                .filter(|(key, value)| other.properties.get(key.as_str()) != Some(*value))
                .map(|(key, _)| format!("`{key}`"))
                .collect();
            let said = match differ.as_slice() {
                [] => String::new(),
                keys => format!(" with other {}", keys.join(", ")),
            };
            let place = entity_pointer(first);
            let what = format!("{}, which {place} has too{said}", shown_text(&entity.id));
            let hint = "readers take one of the two, and not all the same one: make one entity of them, or give one another id";
            // Other bytes under one name are worse than other words.
            let is_of_other_bytes = ["`sha256`", "`md5`", "`sha1`", "`sha512`", "`contentSize`"]
                .iter()
                .any(|sum| differ.iter().any(|key| key == sum));
            let rule = match is_of_other_bytes {
                true => Rule::BytesOnce,
                false => Rule::IdOnce,
            };
            let at = At::Key(position, "@id");
            report.ask(rule, at, what, "an id that no other entity has", hint);
            continue;
        }
        if let Whereabouts::Inside { path, .. } = &note.whereabouts {
            let known = *paths.entry(path).or_insert(position);
            if known != position {
                let what = format!(
                    "{}, the same file as {}/@id",
                    shown_text(&entity.id),
                    entity_pointer(known)
                );
                let remark = ValueIssue::new(
                    Strength::Should,
                    "one entity for each file",
                    "make one entity of them",
                );
                report.at_key(position, "@id", what, remark);
            }
        }
    }
}

/// Ids that are no path or address as they are written.
fn spelling(position: usize, entity: &Entity, note: &Note, report: &mut MetadataReport<'_>) {
    let id = entity.id.as_str();
    let is_data = entity.is("File") || entity.is("Dataset");
    match &note.whereabouts {
        Whereabouts::Inside { usual, .. } => {
            let plain = id.strip_prefix("./").unwrap_or(id);
            let has_unescaped =
                |character: char| character.is_whitespace() || "\"<>\\^`{|}".contains(character);
            if is_data && plain.contains(has_unescaped) {
                let hint = "characters such as blanks are written as codes: readers of linked data drop the entity";
                let (at, what) = (At::Key(position, "@id"), shown_text(id));
                report.ask(Rule::DataIdEncoded, at, what, shown_text(usual), hint);
            }
        }
        Whereabouts::Unclear(problem) if is_data => {
            let expected = format!("the path of a file in the crate or an address: {problem}");
            let hint = "a path starts at the crate's root and has / between folders";
            // Validators take the paths of a machine for places outside the crate, and decode no percent sign.
            let is_passed = id.starts_with('/') || !(id.contains('\\') || id.contains(".."));
            let rule = match is_passed {
                true => Rule::DataIdEncoded,
                false => Rule::DataId,
            };
            let at = At::Key(position, "@id");
            report.ask(rule, at, shown_text(id), expected, hint);
        }
        Whereabouts::Elsewhere | Whereabouts::Within if id.contains(char::is_whitespace) => {
            let hint = "write a blank as %20: readers of linked data drop the entity";
            let remark = ValueIssue::new(Strength::Should, "an id without blanks", hint);
            report.at_key(position, "@id", shown_text(id), remark);
        }
        _ => {}
    }
}

/// What people would call the thing.
fn name(position: usize, entity: &Entity, note: &Note, report: &mut MetadataReport<'_>) {
    let is_named = entity
        .texts("name")
        .iter()
        .any(|name| !name.trim().is_empty());
    if is_named || report.is_frame(position) || !note.faults.is_empty() {
        return;
    }
    let is_shown = ["File", "Dataset", "SoftwareApplication", "Person"];
    let is_shown = is_shown.iter().any(|kind| entity.is(kind)) || super::actions::is_action(entity);
    let strength = if is_shown {
        Strength::Should
    } else {
        Strength::May
    };
    let hint = "people see names, not ids";
    let expected = "a name that says what it is";
    report.at(
        position,
        "no `name`",
        ValueIssue::new(strength, expected, hint),
    );
}

/// The value of a property: texts, numbers and references, or several of them in a list.
fn shape(position: usize, key: &str, value: &Json, report: &mut MetadataReport<'_>) {
    let (items, is_list) = match value {
        Json::Array(items) => (items.as_slice(), true),
        one => (std::slice::from_ref(one), false),
    };
    let at = At::Key(position, key);
    if let (true, [_]) = (is_list, items) {
        let (what, expected) = ("a list of one value", "the value by itself");
        report.ask(Rule::OneValueAlone, at, what, expected, "");
    }
    if is_list && items.is_empty() {
        let remark = ValueIssue::new(Strength::Should, "no such key, or a value", "");
        report.at_key(position, key, "an empty list", remark);
    }
    if key == "@reverse" {
        let hint = "say it from the other side: the entity that it leads to has the key";
        let (what, expected) = ("a property in reverse", "no `@reverse`");
        report.ask(Rule::Flat, at, what, expected, hint);
        return;
    }
    for (number, item) in items.iter().enumerate() {
        let Json::Object(members) = item else {
            continue;
        };
        let at = At::Value(position, key, number);
        let is_reference = members.len() == 1 && members.get("@id").is_some_and(Json::is_string);
        let has = |key: &str| members.contains_key(key);
        if ["@list", "@set"].iter().any(|key| has(key)) {
            let (what, expected) = ("a list inside an object", "the values in a JSON array");
            report.ask(Rule::PlainLists, at, what, expected, "");
        } else if !is_reference && !has("@value") {
            let hint =
                "put it into the graph as an entity of its own, and refer to it by {\"@id\": …}";
            let expected = "a text, a number or a reference";
            report.ask(Rule::Flat, at, "an entity inside another", expected, hint);
        }
    }
}

/// A time, of whatever entity; those of actions are looked at more closely by the rules for actions.
fn time(position: usize, entity: &Entity, key: &str, report: &mut MetadataReport<'_>) {
    // The rules for the root have stronger words for its date.
    if key == "datePublished" && report.root == Some(position) {
        return;
    }
    for (number, value) in entity.values(key).enumerate() {
        let kind = literal(value).map(|text| Iso::of(&text));
        let expected = match kind {
            Some(Iso::No) | None => {
                "a date or time as in ISO 8601, such as 2026-01-31T12:00:00+00:00"
            }
            Some(Iso::NoSuchDay) => "a day of the calendar",
            Some(_) => continue,
        };
        let remark = ValueIssue::new(Strength::Should, expected, "");
        report.at_value(position, key, number, shown(value), remark);
    }
}
