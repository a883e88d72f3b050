//! Files and folders of the crate: each that is described is there, and can be reached from the root.

use std::collections::HashSet;

use super::report::Report;
use super::root;
use crate::model::fields::must;
use crate::model::finding::{Findings, Remark, Strength};
use crate::model::ro_crate::draft::{CrateDraft, Whereabouts};
use crate::model::ro_crate::packed::Packed;
use crate::model::ro_crate::{METADATA_FILE, PREVIEW_FILE};

/// Checks the entities that are files or folders.
pub fn check(draft: &CrateDraft, packed: &Packed, report: &mut Report<'_>) {
    let reached = reached(draft);
    let mut without_sum = Vec::new();
    for (position, entity, note) in draft.items() {
        // The descriptor is no data, whatever it says it is.
        if entity.id == METADATA_FILE {
            continue;
        }
        let is_file = entity.is("File");
        let path = match &note.whereabouts {
            Whereabouts::Inside { path, .. } if is_file || entity.is("Dataset") => Some(path),
            _ => None,
        };
        if let Some(path) = path {
            exists(position, path, is_file, packed, report);
        }
        if (is_file || path.is_some()) && !reached.contains(&position) {
            let what = format!("no way from the root to {}", super::report::called(entity));
            let hint = "add it to `hasPart` of the root, or of a folder that is there";
            report.at(position, what, must("a part of the crate", hint));
        }
        if !is_file {
            continue;
        }
        if entity.id == PREVIEW_FILE {
            let hint = "the page shows the crate and is no part of its data";
            let remark = Remark::new(Strength::Should, "no entity of the type File for it", hint);
            report.at(
                position,
                "the page of the crate as one of its files",
                remark,
            );
            continue;
        }
        if !entity.properties.contains_key("encodingFormat") {
            let hint = "programs tell by it what they can do with the file";
            let expected = "its media type, such as text/plain, or a reference to its format";
            let remark = Remark::new(Strength::Should, expected, hint);
            report.at(position, "no `encodingFormat`", remark);
        }
        if path.is_some() && !entity.properties.contains_key("sha256") {
            without_sum.push(position);
        }
    }
    if let [first, ..] = without_sum.as_slice() {
        let what = match without_sum.len() {
            1 => "no `sha256`".to_owned(),
            count => format!("no `sha256`, as in {count} files of the crate"),
        };
        let hint = "without it nobody can tell whether the file is still the one that was packed";
        let remark = Remark::new(Strength::May, "the SHA-256 of the file", hint);
        report.at(*first, what, remark);
    }
}

/// The positions of the root and of all that `hasPart` leads to.
fn reached(draft: &CrateDraft) -> HashSet<usize> {
    let mut reached = HashSet::new();
    let mut next: Vec<usize> = root::position(draft).into_iter().collect();
    while let Some(position) = next.pop() {
        if reached.insert(position) {
            let parts = draft.read.entities()[position].references("hasPart");
            next.extend(parts.into_iter().filter_map(|id| draft.position(id)));
        }
    }
    reached
}

fn exists(position: usize, path: &str, is_file: bool, packed: &Packed, report: &mut Report<'_>) {
    let is_folder = packed.members.has_folder(path.trim_end_matches('/'));
    if is_file && packed.members.get(path).is_some() {
        return;
    }
    if is_file {
        let what = if is_folder {
            "a folder of this name in the archive"
        } else {
            &format!("no file of this name in the archive: {path}")
        };
        let hint = "put the file in, or correct its path; large and small letters differ";
        report.at_key(position, "@id", what.to_owned(), must("the file", hint));
    } else if !is_folder {
        let hint = "put its files in, or take it out of the metadata";
        let what = format!("no folder of this name in the archive: {path}");
        report.at_key(
            position,
            "@id",
            what,
            must("the folder with its files", hint),
        );
    } else if !path.ends_with('/') {
        let remark = Remark::new(Strength::Should, "an id with / at its end", "");
        report.at_key(position, "@id", "the path of a folder without /", remark);
    }
}

/// The files whose bytes cannot be had.
pub fn damaged(name: &str, packed: &Packed) -> Vec<Findings> {
    let damaged = packed.members.all().iter().filter_map(|member| {
        let problem = member.content.as_ref().err()?;
        let mut findings = Findings::new(&format!("{name}/{}", member.name));
        let remark = must("the bytes that were packed", "");
        findings.add_at(String::new(), problem.clone(), remark);
        Some(findings)
    });
    damaged.collect()
}

/// Whether a path of the archive belongs to the crate's own dress: its metadata and its page.
pub fn is_dress(path: &str) -> bool {
    path == METADATA_FILE || path == PREVIEW_FILE || path.starts_with("ro-crate-preview_files/")
}
