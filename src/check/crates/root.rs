//! The descriptor, which names the root, and the root, which says what the crate is.

use serde_json::Value as Json;

use super::report::Report;
use super::times::{self, Iso};
use crate::model::fields::{must, shown, shown_text};
use crate::model::finding::{Remark, Strength};
use crate::model::ro_crate::draft::CrateDraft;
use crate::model::ro_crate::{Entity, METADATA_FILE, PROCESS_RUN_CRATE, RO_CRATE, ROOT};

/// The beginning of the names of all versions of RO-Crate.
const VERSIONS: &str = "https://w3id.org/ro/crate/";
/// The beginning of the names of all versions of the profile.
const PROCESS_VERSIONS: &str = "https://w3id.org/ro/wfrun/process/";

/// Checks both.
pub fn check(draft: &CrateDraft, report: &mut Report<'_>) {
    let descriptor = draft.position(METADATA_FILE);
    match descriptor {
        Some(position) => check_descriptor(draft, position, report),
        None => {
            let hint =
                "it says that the graph is an RO-Crate, and which entity is the crate itself";
            let what = format!("no entity {METADATA_FILE}");
            let remark = must("the descriptor of the crate, a CreativeWork", hint);
            report.at_pointer("/@graph".to_owned(), what, remark);
        }
    }
    match position(draft) {
        Some(position) => check_root(draft, position, report),
        None => {
            let hint = "the crate says nothing of itself: give its name, description, licence, date and parts";
            let remark = must("the root of the crate, a Dataset with the id ./", hint);
            report.at_pointer("/@graph".to_owned(), "no root", remark);
        }
    }
}

/// The position of the root: what the descriptor names, else `./`.
pub fn position(draft: &CrateDraft) -> Option<usize> {
    let named = draft
        .read
        .get(METADATA_FILE)
        .and_then(|descriptor| descriptor.references("about").into_iter().next());
    named
        .and_then(|id| draft.position(id))
        .or_else(|| draft.position(ROOT))
}

fn check_descriptor(draft: &CrateDraft, position: usize, report: &mut Report<'_>) {
    let descriptor = &draft.read.entities()[position];
    if !descriptor.is("CreativeWork") && !descriptor.types.is_empty() {
        let what = shown_text(&descriptor.types.join(", "));
        report.at_key(position, "@type", what, must("\"CreativeWork\"", ""));
    }
    let about = descriptor.references("about");
    match about.as_slice() {
        [] => report.at(
            position,
            "no `about`",
            must("a reference to the root, {\"@id\": \"./\"}", ""),
        ),
        [root] if draft.position(root).is_some() => {}
        _ => {
            let remark = must("one reference to the root, an entity of the graph", "");
            report.at_key(position, "about", shown_text(&about.join(", ")), remark);
        }
    }
    let versions = descriptor.references("conformsTo");
    let of_ro_crate = versions.iter().find(|id| id.starts_with(VERSIONS));
    match of_ro_crate {
        None => {
            let expected = format!("a reference to {RO_CRATE}");
            let hint = "it says by which version of RO-Crate the crate is to be read";
            let what = match descriptor.properties.get("conformsTo") {
                None => "no `conformsTo`".to_owned(),
                Some(_) => "a `conformsTo` that names no version of RO-Crate".to_owned(),
            };
            report.at(
                position,
                what,
                Remark::new(Strength::Should, expected, hint),
            );
        }
        Some(version) if **version != *RO_CRATE => {
            let hint = "it is checked by the rules of 1.1, as far as they are those of its version";
            let remark = Remark::new(Strength::May, RO_CRATE, hint);
            report.at_key(position, "conformsTo", shown_text(version), remark);
        }
        Some(_) => {}
    }
}

fn check_root(draft: &CrateDraft, position: usize, report: &mut Report<'_>) {
    let root = &draft.read.entities()[position];
    if root.types != ["Dataset"] && !root.types.is_empty() {
        let what = shown_text(&root.types.join(", "));
        report.at_key(
            position,
            "@type",
            what,
            must("\"Dataset\" and nothing else", ""),
        );
    }
    if !root.id.ends_with('/') {
        let remark = must("an id that ends in /, best ./", "");
        report.at_key(position, "@id", shown_text(&root.id), remark);
    } else if root.id != ROOT {
        let remark = Remark::new(Strength::Should, "\"./\"", "");
        report.at_key(position, "@id", shown_text(&root.id), remark);
    }
    for (key, expected) in [
        ("name", "what people are to call the crate"),
        ("description", "a sentence about what is in it"),
        ("datePublished", "the day on which it was made"),
        ("license", "a reference to its licence"),
    ] {
        required(position, root, key, expected, report);
    }
    let date = root.text("datePublished");
    if let Some(date) = date.filter(|date| times::iso(date) == Iso::Part) {
        let remark = Remark::new(Strength::Should, "at least the day", "");
        report.at_key(position, "datePublished", shown_text(date), remark);
    }
    for (number, licence) in root.values("license").enumerate() {
        if licence.as_str().is_some_and(|text| !text.is_empty()) {
            let hint = "describe it in the graph (a CreativeWork with a name), and refer to it";
            let remark = Remark::new(Strength::Should, "a reference to the licence", hint);
            report.at_value(position, "license", number, shown(licence), remark);
        }
    }
    for (key, who) in [
        ("author", "who made the crate"),
        ("publisher", "the organisation that stands for it"),
    ] {
        if !root.properties.contains_key(key) {
            let hint = "where it is known: the rules only recommend it";
            let remark = Remark::new(Strength::May, who, hint);
            report.at(position, format!("no `{key}`"), remark);
        }
    }
    profile(draft, position, root, report);
}

fn required(
    position: usize,
    root: &Entity,
    key: &str,
    expected: &'static str,
    report: &mut Report<'_>,
) {
    match root.properties.get(key) {
        None => report.at(position, format!("no `{key}`"), must(expected, "")),
        Some(Json::String(text)) if text.trim().is_empty() => {
            report.at_key(position, key, "an empty text", must(expected, ""));
        }
        Some(Json::Null) => report.at_key(position, key, "null", must(expected, "")),
        Some(_) => {}
    }
}

/// The profile of crates about runs of tools, where there are any.
fn profile(draft: &CrateDraft, position: usize, root: &Entity, report: &mut Report<'_>) {
    let descriptor = draft.read.get(METADATA_FILE);
    let claimed: Vec<&str> = [Some(root), descriptor]
        .into_iter()
        .flatten()
        .flat_map(|entity| entity.references("conformsTo"))
        .collect();
    let has_actions = draft.read.entities().iter().any(super::actions::is_run);
    let of_runs = claimed
        .iter()
        .find(|id| id.starts_with("https://w3id.org/ro/wfrun/"));
    match of_runs {
        None if has_actions => {
            let expected = format!("a reference to {PROCESS_RUN_CRATE}");
            let hint = "with it programs know that the crate tells how its files were made";
            let what = "no `conformsTo` of a profile, though the crate has actions";
            report.at(position, what, Remark::new(Strength::May, expected, hint));
        }
        Some(_) if !has_actions => {
            let hint = "a crate of this profile tells how its files were made";
            let remark = Remark::new(Strength::Should, "at least one CreateAction", hint);
            let what = "no action, though `conformsTo` names a profile of runs";
            report.at(position, what, remark);
        }
        Some(id) if id.starts_with(PROCESS_VERSIONS) && **id != *PROCESS_RUN_CRATE => {
            let hint = "it is checked by the rules of 0.5";
            let remark = Remark::new(Strength::May, PROCESS_RUN_CRATE, hint);
            report.at(position, format!("the profile {}", shown_text(id)), remark);
        }
        _ => {}
    }
}
