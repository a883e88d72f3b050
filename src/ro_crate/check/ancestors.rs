//! The crates that a crate was made of: the bytes are those that their folder is named after, and can be read.

use std::collections::HashSet;

use crate::fairtracks::check::unreadable;
use crate::fairtracks::fields::shown_text;
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::ro_crate::crate_contents::{AncestorFile, CrateContents};
use crate::ro_crate::draft::CrateDraft;

/// How many hexadecimal digits a folder's name has.
const DIGITS: usize = 16;
/// From how many digits on a folder's name is taken for a checksum.
const FEWEST_DIGITS: usize = 8;

/// Checks each of them, only as far as this crate depends on it: its bytes stay as they are.
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
        let hint = "without it nothing says what the crate has to do with this one";
        let remark = ValueIssue::new(Strength::Should, expected, hint);
        let what = "the metadata of a crate that this crate does not tell of".to_owned();
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

/// The name of the folder: other programs may give any, but one of hexadecimal digits states what is in it.
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
            "these are not the metadata that the crate was made of: get the crate again from where it came from",
        )
    } else {
        (
            Strength::May,
            "tools of this suite name it so, and then see whether it was changed",
        )
    };
    let what = format!("the folder {}", shown_text(&ancestor.key));
    let expected = format!("{key}, the beginning of the SHA-256 of the metadata in it");
    findings.add_at(
        String::new(),
        what,
        ValueIssue::new(strength, expected, hint),
    );
}

/// What makes an earlier crate unclear.
fn structure(draft: &CrateDraft, findings: &mut Findings) {
    const HINT: &str = "the bytes of an earlier crate stay as they are: mend it where it came from, and go on from there";
    findings.add_repeated(&draft.repeated, HINT);
    let mut should = |pointer: String, what: String, expected: &'static str| {
        findings.add_at(
            pointer,
            what,
            ValueIssue::new(Strength::Should, expected, HINT),
        );
    };
    if super::root::position(draft).is_none() {
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
            let what = format!("{}, which another entity has too", shown_text(&entity.id));
            should(pointer, what, "an id that no other entity has");
        }
    }
}
