//! The metadata descriptor and the root data entity.

use serde_json::Value as Json;

use super::claims::{Profile, Version, conforms_to, is_ro_crate};
use super::iso8601::Iso;
use super::report::{At, MetadataReport, target};
use super::rules::Rule;
use super::times::literal;
use crate::fairtracks::fields::{shown, shown_text};
use crate::fairtracks::finding::{Strength, ValueIssue};
use crate::ro_crate::draft::{CrateDraft, Whereabouts};
use crate::ro_crate::{Entity, METADATA_FILE, RO_CRATE, ROOT};

/// Checks both.
pub fn check(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    match report.descriptor {
        Some(position) => check_descriptor(draft, position, report),
        None => {
            let hint = "it declares the graph an RO-Crate and names the root entity";
            let what = format!("no entity {METADATA_FILE}");
            let expected = "the descriptor of the crate, a CreativeWork";
            report.ask(Rule::Descriptor, At::Member("@graph"), what, expected, hint);
        }
    }
    match report.root {
        Some(position) => check_root(draft, position, report),
        None => {
            let hint = "add a root with name, description, licence, date and parts";
            let expected = "the root of the crate, a Dataset with the id ./";
            report.ask(Rule::Root, At::Member("@graph"), "no root", expected, hint);
        }
    }
}

fn check_descriptor(draft: &CrateDraft, position: usize, report: &mut MetadataReport<'_>) {
    let descriptor = &draft.read.entities()[position];
    if !descriptor.is("CreativeWork") && !descriptor.types.is_empty() {
        let what = shown_text(&descriptor.types.join(", "));
        let at = At::Key(position, "@type");
        report.ask(Rule::DescriptorType, at, what, "\"CreativeWork\"", "");
    }
    let about = descriptor.references("about");
    match about.as_slice() {
        [] => {
            let expected = "a reference to the root, {\"@id\": \"./\"}";
            let at = At::Entity(position);
            report.ask(Rule::DescriptorAbout, at, "no `about`", expected, "");
        }
        [root] if draft.position(root).is_some() => {}
        _ => {
            let expected = "one reference to the root, an entity of the graph";
            let (at, what) = (At::Key(position, "about"), shown_text(&about.join(", ")));
            report.ask(Rule::DescriptorAbout, at, what, expected, "");
        }
    }
    version(position, descriptor, report);
}

/// Checks the version of RO-Crate that the descriptor names.
fn version(position: usize, descriptor: &Entity, report: &mut MetadataReport<'_>) {
    let value = descriptor.properties.get("conformsTo");
    let named = conforms_to(value);
    let at = At::Key(position, "conformsTo");
    let Some(version) = named.iter().find(|address| is_ro_crate(address)) else {
        let what = match value {
            None => "no `conformsTo`",
            Some(_) => "`conformsTo` without a version of RO-Crate",
        };
        let hint = "it states the version of RO-Crate";
        let (at, expected) = (At::Entity(position), format!("a reference to {RO_CRATE}"));
        report.ask(Rule::DescriptorVersion, at, what, expected, hint);
        return;
    };
    if Version::named_by(version).is_none() {
        let expected = "one of the versions 1.0 to 1.3";
        let hint = "unsupported version: only the rules common to all versions were checked";
        let remark = ValueIssue::new(Strength::May, expected, hint);
        report.add(At::Key(position, "conformsTo"), shown_text(version), remark);
    }
    if let Some((number, text)) = descriptor
        .values("conformsTo")
        .enumerate()
        .find(|(_, value)| value.is_string())
    {
        let expected = "a reference, {\"@id\": \"https://w3id.org/ro/crate/…\"}";
        let (at, what) = (At::Value(position, "conformsTo", number), shown(text));
        report.ask(Rule::DescriptorVersionReference, at, what, expected, "");
    } else if named.len() > 1 {
        let hint = "since 1.2, the root claims profiles";
        let what = format!("{} references", named.len());
        let rule = Rule::DescriptorVersionAlone;
        report.ask(rule, at, what, "only the version of RO-Crate", hint);
    }
}

fn check_root(draft: &CrateDraft, position: usize, report: &mut MetadataReport<'_>) {
    let root = &draft.read.entities()[position];
    let types = shown_text(&root.types.join(", "));
    let at = At::Key(position, "@type");
    if !root.is("Dataset") && !root.types.is_empty() {
        report.ask(Rule::RootDataset, at, types, "\"Dataset\"", "");
    } else if root.types.len() > 1 {
        let expected = "only \"Dataset\"";
        let hint = "more types are allowed since 1.2";
        report.ask(Rule::RootDatasetAlone, at, types, expected, hint);
    }
    identifier(draft, position, report);
    for (key, expected) in [
        ("name", "the title of the crate"),
        ("description", "a sentence about its content"),
        ("datePublished", "the publication date"),
        ("license", "a reference to its licence"),
    ] {
        required(position, root, key, expected, report);
    }
    date(position, root, report);
    for (number, licence) in root.values("license").enumerate() {
        if licence.as_str().is_some_and(|text| !text.is_empty()) {
            let hint = "describe it in the graph (a CreativeWork with a name) and refer to it";
            let (at, what) = (At::Value(position, "license", number), shown(licence));
            let expected = "a reference to the licence";
            report.ask(Rule::LicenceReference, at, what, expected, hint);
        }
    }
    for (key, who) in [
        ("author", "the people who made the crate"),
        ("publisher", "the organisation that publishes it"),
    ] {
        let hint = "add it if known; it is only recommended";
        report.require(Rule::RootPeople, position, key, who, hint);
    }
    profiles(draft, position, root, report);
}

/// Checks the id of the root.
fn identifier(draft: &CrateDraft, position: usize, report: &mut MetadataReport<'_>) {
    let root = &draft.read.entities()[position];
    if root.id == ROOT || root.id.is_empty() {
        return;
    }
    let (at, what) = (At::Key(position, "@id"), shown_text(&root.id));
    let rule = match report.claims.version {
        Some(Version::V1_1) if !root.id.ends_with('/') => Rule::RootIdSlash,
        Some(Version::V1_0 | Version::V1_1) => Rule::RootIdHere,
        _ if draft.notes[position].whereabouts == Whereabouts::Elsewhere => return,
        _ => Rule::RootIdAbsolute,
    };
    let expected = match rule {
        Rule::RootIdSlash => "an id that ends in /, best ./",
        Rule::RootIdHere => "\"./\"",
        _ => "\"./\" or an absolute address",
    };
    report.ask(rule, at, what, expected, "");
}

/// Checks a property that the root must have, not empty.
fn required(
    position: usize,
    root: &Entity,
    key: &str,
    expected: &'static str,
    report: &mut MetadataReport<'_>,
) {
    let at = At::Key(position, key);
    match root.properties.get(key) {
        None => report.require(Rule::RootProperties, position, key, expected, ""),
        Some(Json::String(text)) if text.trim().is_empty() => {
            let (rule, what) = (Rule::RootPropertiesFilled, "an empty string");
            report.ask(rule, at, what, expected, "");
        }
        Some(Json::Null) => report.ask(Rule::RootProperties, at, "null", expected, ""),
        Some(Json::Array(values)) if values.is_empty() => {
            report.ask(Rule::RootProperties, at, "an empty list", expected, "");
        }
        Some(_) if key != "license" && !root.references(key).is_empty() => {
            report.ask(Rule::RootProperties, at, "a reference", expected, "");
        }
        Some(_) => {}
    }
}

/// Checks the publication date: one date, as a string.
fn date(position: usize, root: &Entity, report: &mut MetadataReport<'_>) {
    const KEY: &str = "datePublished";
    let values: Vec<&Json> = root.values(KEY).collect();
    let texts: Vec<_> = values.iter().filter_map(|value| literal(value)).collect();
    for (number, text) in texts
        .iter()
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
    {
        let at = At::Value(position, KEY, number);
        let what = shown_text(text);
        match Iso::of(text) {
            Iso::No => {
                let expected = "an ISO 8601 date, such as 2026-01-31";
                report.ask(Rule::RootDate, at, what, expected, "");
            }
            Iso::NoSuchDay => {
                let at = At::Value(position, KEY, number);
                report.should(at, what, "an existing calendar date", "");
            }
            Iso::Part => report.ask(Rule::RootDateDay, at, what, "at least the day", ""),
            Iso::Day | Iso::Time => {}
        }
    }
    // A value object without a type equals its string.
    let is_plain = |value: &&Json| match value {
        Json::Object(members) => members.len() == 1 && literal(value).is_some(),
        value => value.is_string() || value.is_null(),
    };
    if values.len() > 1 || !values.iter().all(is_plain) {
        let what = match values.as_slice() {
            [one] => shown(one),
            all => format!("{} values", all.len()),
        };
        let at = At::Key(position, KEY);
        report.ask(Rule::RootDateText, at, what, "one date as a string", "");
    }
}

/// Checks the profiles that the crate claims: each is described, and claimed by the root.
fn profiles(draft: &CrateDraft, position: usize, root: &Entity, report: &mut MetadataReport<'_>) {
    const KEY: &str = "conformsTo";
    let is_late = report.claims.version >= Some(Version::V1_2);
    let kind = if is_late { "Profile" } else { "CreativeWork" };
    for (number, value) in root.values(KEY).enumerate() {
        let Some(id) = conforms_to(Some(value)).into_iter().next() else {
            continue;
        };
        let at = At::Value(position, KEY, number);
        if id.trim_end_matches('/') == "https://w3id.org/ro/crate" {
            let expected = "a version of RO-Crate or a profile";
            report.ask(Rule::VersionOnRoot, at, shown_text(id), expected, "");
            continue;
        }
        if Profile::is_of_other_version(id) {
            let hint = "unsupported version; its rules were not checked";
            let expected = "a supported version of the profile";
            let remark = ValueIssue::new(Strength::May, expected, hint);
            report.add(At::Value(position, KEY, number), shown_text(id), remark);
        }
        let expected = format!("a reference to an entity of the type {kind}");
        let hint = "describe the profile in the graph, with its name and version";
        let what = match draft.read.get(id) {
            _ if value.is_string() => format!("{}, a string", shown_text(id)),
            Some(profile) if profile.is(kind) => continue,
            found => target(id, found),
        };
        report.ask(Rule::ProfileEntity, at, what, expected, hint);
    }
    let claimed = conforms_to(root.properties.get(KEY));
    let by_root = |profile: &Profile| {
        claimed
            .iter()
            .any(|id| Profile::named_by(id).is_some_and(|known| known.includes(*profile)))
    };
    if !report.claims.profiles.iter().all(by_root) {
        let what = "a profile claimed by the descriptor but not by the root";
        let hint = "add it to `conformsTo` of the root";
        let (at, expected) = (At::Entity(position), "the profile in `conformsTo`");
        report.ask(Rule::ProfileOnRoot, at, what, expected, hint);
    }
}
