//! Check: crates → findings. The requirements of the RO-Crate version and profiles that a crate claims, the match of metadata
//! and bytes, and checks beyond those of the validators.

use crate::fairtracks::augment::Filled;
use crate::fairtracks::check::{CheckedDocument, unreadable};
use crate::fairtracks::fields::shown_text;
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::ro_crate::crate_contents::CrateContents;
use crate::ro_crate::draft::CrateDraft;

mod actions;
mod ancestors;
mod chain;
mod claims;
mod context;
mod coordinates;
mod files;
mod folders;
mod graph;
mod hashes;
mod iso8601;
mod people;
mod references;
mod report;
mod root;
mod rules;
mod software;
mod times;
mod workflows;

use report::MetadataReport;

/// A crate and the name of its file as the user knows it.
#[derive(Debug, Clone, Copy)]
pub struct CrateSource<'d> {
    /// The name of the file.
    pub name: &'d str,
    /// Its content, or why the archive was rejected.
    pub packed: Result<&'d CrateContents, &'d str>,
    /// The values that augmentation would add to its document, if requested.
    pub fillable: &'d [Filled],
}

/// Checks a crate: one list of findings for the archive, one for its metadata, and one for each further file.
pub fn check(source: &CrateSource<'_>) -> Vec<Findings> {
    let mut whole = Findings::new(source.name);
    let packed = match source.packed {
        Ok(packed) => packed,
        Err(refusal) => {
            let expected = "an unambiguous RO-Crate";
            unreadable::add(
                &mut whole,
                refusal,
                expected,
                "the rest of it was not checked",
            );
            return vec![whole];
        }
    };
    if !packed.folder.is_empty() {
        let hint =
            "zip the content of the folder, not the folder: most programs read only the root";
        let expected = format!("{} at the root of the archive", packed.metadata_name);
        let remark = ValueIssue::new(Strength::Should, expected, hint);
        let what = format!("a crate in the folder {}", shown_text(&packed.folder));
        whole.add_at(String::new(), what, remark);
    }
    let mut files = vec![whole];
    let inner = format!("{}/{}", source.name, packed.folder);
    let source = CrateSource {
        name: inner.trim_end_matches('/'),
        ..*source
    };
    let place = format!("{}/{}", source.name, packed.metadata_name);
    match &packed.metadata {
        Ok(draft) => files.extend(described(source.name, &place, draft, packed)),
        Err(problem) => {
            let mut metadata = Findings::new(&place);
            let expected = "the metadata of an RO-Crate (JSON in UTF-8)";
            unreadable::add(&mut metadata, problem, expected, "");
            files.push(metadata);
        }
    }
    files.extend(files::damaged(source.name, packed));
    files.extend(document(&source, packed));
    files.extend(ancestors::check(source.name, packed));
    files
}

/// Checks a crate with readable metadata.
fn described(name: &str, place: &str, draft: &CrateDraft, packed: &CrateContents) -> Vec<Findings> {
    let mut report = MetadataReport::new(place, draft);
    context::check(draft, &mut report);
    graph::check(draft, &mut report);
    references::check(draft, packed, &mut report);
    root::check(draft, &mut report);
    files::check(draft, packed, &mut report);
    hashes::check(draft, packed, &mut report);
    coordinates::check(draft, packed, &mut report);
    people::check(draft, &mut report);
    software::check(draft, &mut report);
    actions::check(draft, &mut report);
    workflows::check(draft, &mut report);
    chain::check(draft, packed, &mut report);
    let page = folders::page(name, packed, &report);
    let mut findings = vec![report.done(), page];
    findings.extend(folders::undescribed(name, draft, packed));
    findings
}

/// Checks the FAIRtracks document of the crate by the rules for documents. Crates of one collection may share ids.
fn document(source: &CrateSource<'_>, packed: &CrateContents) -> Option<Findings> {
    let Some(document) = &packed.document else {
        let mut whole = Findings::new(source.name);
        let hint = "without it this suite knows only the files of its tracks";
        let remark = ValueIssue::new(Strength::May, "one in metadata/fairtracks.json", hint);
        whole.add_at(String::new(), "no FAIRtracks document".to_owned(), remark);
        return Some(whole);
    };
    let name = format!("{}/{}", source.name, document.path);
    match &document.read {
        Ok(draft) => {
            let inner = CheckedDocument {
                name: &name,
                draft,
                fillable: source.fillable,
            };
            let mut findings = crate::fairtracks::check::check(&[inner]).pop()?;
            if let Ok(metadata) = &packed.metadata {
                coordinates::document(metadata, draft.members(), packed, &mut findings);
            }
            Some(findings)
        }
        Err(problem) => {
            let is_damaged = packed
                .members
                .get(&document.path)
                .is_some_and(|member| member.content.is_err());
            let mut findings = Findings::new(&name);
            if !is_damaged {
                let expected = "a FAIRtracks document (JSON in UTF-8)";
                unreadable::add(&mut findings, problem, expected, "");
            }
            Some(findings)
        }
    }
}
