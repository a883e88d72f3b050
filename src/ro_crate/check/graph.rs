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
#[rustfmt::skip]
const TIMES: [&str; 6] = [
    "datePublished", "dateCreated", "dateModified", "sdDatePublished", "startTime", "endTime",
];

/// Checks each entity, and all ids together.
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

/// Checks the file as a whole.
fn file(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    if draft.has_byte_order_mark {
        let hint = "save the file without it: many JSON parsers reject it";
        let what = "a byte order mark at the start";
        let remark = must("JSON without a byte order mark", hint);
        report.add(At::File, what, remark);
    }
    report.repeated(&draft.repeated, TAKEN_LAST);
    for key in draft.read.further.keys() {
        let hint = "keys beside the graph belong to no entity and are ignored by readers";
        let (at, what) = (At::Member(key), format!("the key {}", shown_text(key)));
        report.should(at, what, "only `@context` and `@graph`", hint);
    }
}

fn lacking(position: usize, fault: &ItemFault, report: &mut MetadataReport<'_>) {
    let (rule, what, expected, hint) = match fault {
        ItemFault::NoObject(what) => (
            Rule::Id,
            what.as_str(),
            "an entity (a JSON object)",
            "remove it from the graph, or make it an entity",
        ),
        ItemFault::NoId => (
            Rule::Id,
            "no text `@id`",
            "the id of the entity",
            "without it the entity cannot be referenced",
        ),
        ItemFault::NoType => (
            Rule::Type,
            "no `@type`",
            "the type of the entity, such as \"File\"",
            "",
        ),
        ItemFault::EmptyType => (
            Rule::TypeFilled,
            "an empty `@type`",
            "the type of the entity, such as \"File\"",
            "",
        ),
    };
    report.ask(rule, At::Entity(position), what, expected, hint);
}

/// Reports duplicate ids, and different ids of the same file.
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
                keys => format!(" with different {}", keys.join(", ")),
            };
            let place = entity_pointer(first);
            let what = format!("{}, also the id of {place}{said}", shown_text(&entity.id));
            let hint =
                "readers use one of the two, not always the same: merge them, or give one a new id";
            // Different checksums are worse than different texts.
            let is_of_other_bytes = ["`sha256`", "`md5`", "`sha1`", "`sha512`", "`contentSize`"]
                .iter()
                .any(|sum| differ.iter().any(|key| key == sum));
            let rule = match is_of_other_bytes {
                true => Rule::BytesOnce,
                false => Rule::IdOnce,
            };
            let at = At::Key(position, "@id");
            report.ask(rule, at, what, "a unique id", hint);
            continue;
        }
        if let Whereabouts::Inside { path, .. } = &note.whereabouts {
            let known = *paths.entry(path).or_insert(position);
            if known != position {
                let what = format!(
                    "{}, the same file as in {}/@id",
                    shown_text(&entity.id),
                    entity_pointer(known)
                );
                let at = At::Key(position, "@id");
                report.should(at, what, "one entity for each file", "merge them");
            }
        }
    }
}

/// Reports ids that are not a valid path or URL.
fn spelling(position: usize, entity: &Entity, note: &Note, report: &mut MetadataReport<'_>) {
    let id = entity.id.as_str();
    let is_data = entity.is("File") || entity.is("Dataset");
    match &note.whereabouts {
        Whereabouts::Inside { usual, .. } => {
            let plain = id.strip_prefix("./").unwrap_or(id);
            let has_unescaped =
                |character: char| character.is_whitespace() || "\"<>\\^`{|}".contains(character);
            if is_data && plain.contains(has_unescaped) {
                let hint =
                    "percent-encode characters such as spaces: JSON-LD processors drop the entity";
                let (at, what) = (At::Key(position, "@id"), shown_text(id));
                report.ask(Rule::DataIdEncoded, at, what, shown_text(usual), hint);
            }
        }
        Whereabouts::Unclear(problem) if is_data => {
            let expected = format!("a path in the crate or a URL: {problem}");
            let hint = "a path is relative to the crate's root, with / between folders";
            // Validators treat absolute paths as outside the crate and do not percent-decode.
            let is_passed = id.starts_with('/') || !(id.contains('\\') || id.contains(".."));
            let rule = match is_passed {
                true => Rule::DataIdEncoded,
                false => Rule::DataId,
            };
            let at = At::Key(position, "@id");
            report.ask(rule, at, shown_text(id), expected, hint);
        }
        Whereabouts::Elsewhere | Whereabouts::Within if id.contains(char::is_whitespace) => {
            let hint = "write a space as %20: JSON-LD processors drop the entity";
            let at = At::Key(position, "@id");
            report.should(at, shown_text(id), "an id without spaces", hint);
        }
        _ => {}
    }
}

/// Checks the name of an entity.
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
    let hint = "user interfaces show names, not ids";
    let expected = "a descriptive name";
    let at = At::Entity(position);
    report.add(at, "no `name`", ValueIssue::new(strength, expected, hint));
}

/// Checks the value of a property: a string, number or reference, or a list of these.
fn shape(position: usize, key: &str, value: &Json, report: &mut MetadataReport<'_>) {
    let (items, is_list) = match value {
        Json::Array(items) => (items.as_slice(), true),
        one => (std::slice::from_ref(one), false),
    };
    let at = At::Key(position, key);
    if let (true, [_]) = (is_list, items) {
        let (what, expected) = ("a list of one value", "the value without a list");
        report.ask(Rule::OneValueAlone, at, what, expected, "");
    }
    if is_list && items.is_empty() {
        let at = At::Key(position, key);
        report.should(at, "an empty list", "no such key, or a value", "");
    }
    if key == "@reverse" {
        let hint = "move the property to the entity that it refers to";
        let (what, expected) = ("a reverse property", "no `@reverse`");
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
            let hint = "make it an entity of the graph, and refer to it by {\"@id\": …}";
            let expected = "a text, a number or a reference";
            report.ask(Rule::Flat, at, "a nested entity", expected, hint);
        }
    }
}

/// Checks a time of any entity; the rules for actions are stricter.
fn time(position: usize, entity: &Entity, key: &str, report: &mut MetadataReport<'_>) {
    // The rules for the root are stricter about its date.
    if key == "datePublished" && report.root == Some(position) {
        return;
    }
    for (number, value) in entity.values(key).enumerate() {
        let kind = literal(value).map(|text| Iso::of(&text));
        let expected = match kind {
            Some(Iso::No) | None => "an ISO 8601 date or time, such as 2026-01-31T12:00:00+00:00",
            Some(Iso::NoSuchDay) => "an existing calendar date",
            Some(_) => continue,
        };
        report.should(At::Value(position, key, number), shown(value), expected, "");
    }
}
