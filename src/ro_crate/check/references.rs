//! References: the target is an entity of the graph or a URL.

use serde_json::Value as Json;

use super::actions::{is_action, is_run};
use super::claims::Profile;
use super::report::{At, MetadataReport};
use crate::fairtracks::fields::shown_text;
use crate::fairtracks::finding::{Strength, ValueIssue};
use crate::ro_crate::Entity;
use crate::ro_crate::crate_contents::CrateContents;
use crate::ro_crate::draft::{CrateDraft, Whereabouts};

/// The references whose targets the specification requires in the graph.
#[rustfmt::skip]
const DESCRIBED: [&str; 8] = [
    "license", "author", "creator", "contributor", "publisher", "agent", "affiliation", "conformsTo",
];

/// Keys whose values are plain URLs.
const ADDRESSES: [&str; 4] = ["url", "contentUrl", "sameAs", "codeRepository"];

/// Checks the references of all entities.
pub fn check(draft: &CrateDraft, packed: &CrateContents, report: &mut MetadataReport<'_>) {
    let follows_process = report.claims.follow(Profile::Process);
    for (position, entity, _) in draft.items() {
        for key in entity.properties.keys() {
            // The descriptor and the tools of actions have their own rules.
            let has_own_rule = (report.descriptor == Some(position)
                && matches!(key.as_str(), "about" | "conformsTo"))
                || (key == "instrument" && is_run(entity) && follows_process);
            if has_own_rule {
                continue;
            }
            for (number, value) in entity.values(key).enumerate() {
                let Some(id) = value.get("@id").and_then(Json::as_str) else {
                    continue;
                };
                let place = draft.undescribed.get(id);
                let is_address =
                    ADDRESSES.contains(&key.as_str()) && place == Some(&Whereabouts::Elsewhere);
                if draft.position(id).is_none() && !is_address {
                    let remark = remark(entity, key, place, packed);
                    report.add(At::Value(position, key, number), shown_text(id), remark);
                }
            }
        }
    }
}

/// The finding about a reference to something that is not described.
fn remark(
    entity: &Entity,
    key: &str,
    place: Option<&Whereabouts>,
    packed: &CrateContents,
) -> ValueIssue {
    let expected = "the `@id` of an entity of the graph";
    let hint = "describe its target, or remove the reference";
    match place {
        Some(Whereabouts::Inside { path, .. }) if key == "hasPart" => {
            if packed.members.get(path).is_none() && !path.ends_with('/') {
                let hint = "the crate has no such file: add it, or remove the reference";
                let expected = "a file of the crate, described in the metadata";
                return ValueIssue::new(Strength::Should, expected, hint);
            }
            ValueIssue::new(Strength::Should, expected, hint)
        }
        Some(Whereabouts::Elsewhere) => {
            let is_of_action = is_action(entity) && matches!(key, "object" | "result");
            let strength = if DESCRIBED.contains(&key) || is_of_action {
                Strength::Should
            } else {
                Strength::May
            };
            let hint = "describe it in the graph, in case the URL disappears";
            ValueIssue::new(strength, expected, hint)
        }
        _ => ValueIssue::new(Strength::Should, expected, hint),
    }
}
