//! The crates that a crate was made of: each is readable and matches the checksum in its folder name.

use std::collections::HashSet;

use crate::fairtracks::check::unreadable;
use crate::fairtracks::fields::shown_text;
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::ro_crate::crate_contents::{AncestorFile, CrateContents};
use crate::ro_crate::draft::CrateDraft;

/// The number of hexadecimal digits of a folder name.
const DIGITS: usize = 16;
/// The fewest digits of a folder name that is taken for a checksum.
const FEWEST_DIGITS: usize = 8;

/// Checks each of them as far as this crate depends on it: an embedded crate is never changed.
pub fn check(name: &str, packed: &CrateContents) -> Vec<Findings> {
    let ancestors = packed.ancestors.iter();
    ancestors
        .map(|ancestor| one(name, ancestor, packed))
        .collect()
}

fn one(name: &str, ancestor: &AncestorFile, packed: &CrateContents) -> Findings {
    let mut findings = Findings::new(&format!("{name}/{}", ancestor.path));
    folder(ancestor, &mut findings);
    if let Ok(draft) = &packed.metadata
        && draft
            .position(&format!("inputs/{}/", ancestor.key))
            .is_none()
    {
        let expected = format!("an entity inputs/{}/ of the type Dataset", ancestor.key);
        let hint = "without it the relation to this crate is undefined";
        let remark = ValueIssue::new(Strength::Should, expected, hint);
        let what = "an embedded crate that the metadata do not describe".to_owned();
        findings.add_at(String::new(), what, remark);
    }
    match &ancestor.read {
        Err(problem) => {
            let expected = "the metadata of an RO-Crate (JSON in UTF-8)";
            unreadable::add(&mut findings, problem, expected, "");
        }
        Ok(draft) => structure(draft, &mut findings),
    }
    findings
}

/// Checks the folder name: other programs may choose any, but one of hexadecimal digits states the checksum of its content.
fn folder(ancestor: &AncestorFile, findings: &mut Findings) {
    let sum = ancestor.sha256.hexadecimal();
    let key = &sum[..DIGITS];
    if ancestor.key == key {
        return;
    }
    let is_sum = ancestor.key.len() >= FEWEST_DIGITS
        && ancestor.key.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (strength, hint) = if is_sum && !sum.starts_with(&ancestor.key.to_ascii_lowercase()) {
        (
            Strength::Must,
            "the metadata were changed after packaging: get the crate again from its source",
        )
    } else {
        (Strength::May, "this suite uses this name to detect changes")
    };
    let what = format!("the folder {}", shown_text(&ancestor.key));
    let expected = format!("{key}, the beginning of the SHA-256 of the metadata in it");
    findings.add_at(
        String::new(),
        what,
        ValueIssue::new(strength, expected, hint),
    );
}

/// Problems that make an earlier crate ambiguous.
fn structure(draft: &CrateDraft, findings: &mut Findings) {
    const HINT: &str =
        "an embedded crate must not be edited: correct it at its source and package again";
    findings.add_repeated(&draft.repeated, HINT);
    let mut should = |pointer: String, what: String, expected: &'static str| {
        findings.add_at(
            pointer,
            what,
            ValueIssue::new(Strength::Should, expected, HINT),
        );
    };
    if draft.root().is_none() {
        should(
            "/@graph".to_owned(),
            "no root".to_owned(),
            "a Dataset with the id ./",
        );
    }
    let mut ids = HashSet::new();
    for (position, entity, note) in draft.items() {
        if !note.faults.is_empty() {
            let what = "an item without `@id` or `@type`".to_owned();
            should(super::report::entity_pointer(position), what, "an entity");
        } else if !ids.insert(entity.id.as_str()) {
            let pointer = format!("{}/@id", super::report::entity_pointer(position));
            let what = format!("{}, used by another entity too", shown_text(&entity.id));
            should(pointer, what, "a unique id");
        }
    }
}
