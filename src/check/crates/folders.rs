//! What lies in the archive and the metadata do not tell of, and the page.

use super::files::is_dress;
use crate::model::fields::must;
use crate::model::finding::{Findings, Remark, Strength};
use crate::model::ro_crate::draft::{CrateDraft, Whereabouts};
use crate::model::ro_crate::packed::{Packed, Preview};
use crate::model::ro_crate::{METADATA_FILE, PREVIEW_FILE};
use std::collections::HashSet;

/// Checks the archive against the metadata.
pub fn undescribed(name: &str, draft: &CrateDraft, packed: &Packed) -> Vec<Findings> {
    let mut files = HashSet::new();
    let mut folders = HashSet::new();
    for (_, entity, note) in draft.items() {
        if let Whereabouts::Inside { path, .. } = &note.whereabouts {
            files.insert(path.as_str());
            if entity.is("Dataset") {
                folders.insert(path.trim_end_matches('/'));
            }
        }
    }
    let is_in_folder = |path: &str| {
        path.match_indices('/')
            .any(|(end, _)| folders.contains(&path[..end]))
    };
    let mut all = vec![page(name, packed)];
    for member in packed.members.all() {
        let path = member.name.as_str();
        // The crates before have rules of their own.
        let is_before = packed
            .ancestors
            .iter()
            .any(|ancestor| ancestor.path == path);
        if is_dress(path) || files.contains(path) || is_in_folder(path) || is_before {
            continue;
        }
        let mut findings = Findings::new(&format!("{name}/{path}"));
        let hint = "describe it in the metadata, or leave it out of the crate";
        let remark = Remark::new(Strength::Should, "an entity of the type File for it", hint);
        let what = "a file that the metadata do not describe".to_owned();
        findings.add_at(String::new(), what, remark);
        all.push(findings);
    }
    all
}

/// The page that people see.
fn page(name: &str, packed: &Packed) -> Findings {
    let mut whole = Findings::new(name);
    let mut page = Findings::new(&format!("{name}/{PREVIEW_FILE}"));
    match packed.preview {
        None => {
            let hint = "it shows the crate to people who have unpacked it";
            let expected = "a page that shows the crate";
            let remark = Remark::new(Strength::Should, expected, hint);
            whole.add_at(String::new(), format!("no {PREVIEW_FILE}"), remark);
            return whole;
        }
        Some(Preview::WithoutMetadata) => {
            let hint = "RO-Crate 1.1 wants it in the head of the page, as application/ld+json";
            let expected = format!("the text of {METADATA_FILE}");
            page.add_at(
                String::new(),
                "a page without the metadata".to_owned(),
                must(expected, hint),
            );
        }
        Some(Preview::Other) => {
            let hint = "the page was made of other metadata: make it anew";
            let expected = format!("what {METADATA_FILE} says");
            page.add_at(
                String::new(),
                "a page with other metadata in its head".to_owned(),
                Remark::new(Strength::Should, expected, hint),
            );
        }
        Some(Preview::Same) => {}
    }
    page
}
