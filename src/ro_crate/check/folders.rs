//! Files in the archive that the metadata do not describe, and the page.

use super::files::is_dress;
use super::report::MetadataReport;
use super::rules::Rule;
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::ro_crate::crate_contents::{CrateContents, PreviewBlock};
use crate::ro_crate::draft::{CrateDraft, Whereabouts};
use crate::ro_crate::{METADATA_FILE, PREVIEW_FILE};
use std::collections::HashSet;

/// Checks the archive against the metadata.
pub fn undescribed(name: &str, draft: &CrateDraft, packed: &CrateContents) -> Vec<Findings> {
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
    let mut all = Vec::new();
    for member in packed.members.all() {
        let path = member.name.as_str();
        // Embedded crates have their own rules.
        let is_before = packed
            .ancestors
            .iter()
            .any(|ancestor| ancestor.path == path);
        if is_dress(path) || files.contains(path) || is_in_folder(path) || is_before {
            continue;
        }
        let mut findings = Findings::new(&format!("{name}/{path}"));
        let hint = "describe it in the metadata or remove it; RO-Crate allows it";
        let remark = ValueIssue::new(Strength::May, "a File entity for it", hint);
        let what = "a file that the metadata do not describe".to_owned();
        findings.add_at(String::new(), what, remark);
        all.push(findings);
    }
    all
}

/// Checks the page.
pub fn page(name: &str, packed: &CrateContents, report: &MetadataReport<'_>) -> Findings {
    let mut page = Findings::new(&format!("{name}/{PREVIEW_FILE}"));
    let Some(preview) = packed.preview else {
        let mut whole = Findings::new(name);
        let hint = "it displays the unpacked crate; optional in RO-Crate";
        let expected = "a page that displays the crate";
        let remark = ValueIssue::new(Strength::May, expected, hint);
        whole.add_at(String::new(), format!("no {PREVIEW_FILE}"), remark);
        return whole;
    };
    let (what, expected, hint) = match preview {
        PreviewBlock::Same => return page,
        PreviewBlock::WithoutMetadata => (
            "a page without the metadata",
            format!("the text of {METADATA_FILE}"),
            "embed them in the head of the page, as application/ld+json",
        ),
        PreviewBlock::Other => (
            "a page with other metadata in its head",
            format!("the content of {METADATA_FILE}"),
            "the page was generated from other metadata: generate it again",
        ),
    };
    if let Some(remark) = report.remark(Rule::PageMetadata, expected, hint) {
        page.add_at(String::new(), what.to_owned(), remark);
    }
    page
}
