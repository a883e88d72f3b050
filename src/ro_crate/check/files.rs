//! Files and folders of the crate: each described one exists and is linked from the root.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::report::{At, MetadataReport};
use super::rules::Rule;
use crate::fairtracks::fields::{must, shown};
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::ro_crate::crate_contents::CrateContents;
use crate::ro_crate::draft::{CrateDraft, Whereabouts};
use crate::ro_crate::entities::items;
use crate::ro_crate::{Entity, METADATA_FILE, METADATA_FILE_1_0, PREVIEW_FILE};

/// Checks the entities that are files or folders.
pub fn check(draft: &CrateDraft, packed: &CrateContents, report: &mut MetadataReport<'_>) {
    let reached = reached(draft, report.root);
    let is_reached = |position: usize| reached.contains(&position);
    // One file may have two entities, `a` and `./a`.
    let paths = reached
        .iter()
        .map(|position| &draft.notes[*position].whereabouts);
    let paths: HashSet<&str> = paths.filter_map(Whereabouts::path).collect();
    let mut without_sum = Vec::new();
    parts(draft, report);
    for (position, entity, note) in draft.items() {
        // The descriptor and the root are not data entities, whatever their types.
        let is_frame = report.is_frame(position);
        let is_file = entity.is("File");
        let is_data = (is_file || entity.is("Dataset")) && report.descriptor != Some(position);
        if !is_data {
            continue;
        }
        let path = match &note.whereabouts {
            Whereabouts::Inside { path, .. } => Some(path),
            // A file or folder with a local `#` id is not in the crate and not a data entity.
            Whereabouts::Within => continue,
            _ => None,
        };
        if let Some(path) = path {
            exists(position, path, is_file, packed, report);
        }
        let first = draft.position(&entity.id).unwrap_or(position);
        let is_part = is_reached(first) || path.is_some_and(|path| paths.contains(path.as_str()));
        if !is_frame && !is_part {
            let what = format!("no link from the root to {}", super::report::called(entity));
            let hint = "add it to `hasPart` of the root or of a linked folder";
            let at = At::Entity(position);
            report.ask(Rule::Part, at, what, "a part of the crate", hint);
        }
        if !is_file {
            continue;
        }
        if entity.id == PREVIEW_FILE {
            let hint = "the page displays the crate and is not a data entity";
            let expected = "no File entity for it";
            let what = "the page of the crate as a data entity";
            let at = At::Entity(position);
            report.ask(Rule::PageIsNoPart, at, what, expected, hint);
            continue;
        }
        let hint = "programs select files by it";
        let expected = "its media type, such as text/plain, or a reference to its format";
        report.require(Rule::Format, position, "encodingFormat", expected, hint);
        if path.is_some() && !entity.properties.contains_key("sha256") {
            without_sum.push(position);
        }
    }
    if let [first, ..] = without_sum.as_slice() {
        let what = match without_sum.len() {
            1 => "no `sha256`".to_owned(),
            count => format!("no `sha256`, as in {count} files of the crate"),
        };
        let hint = "without it changes of the file cannot be detected";
        let remark = ValueIssue::new(Strength::May, "the SHA-256 of the file", hint);
        report.add(At::Entity(*first), what, remark);
    }
}

/// Reports parts given as a string, which is not a reference.
fn parts(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    let Some(root) = report.root else { return };
    let values = draft.read.entities()[root].values("hasPart");
    for (number, value) in values.enumerate().filter(|(_, value)| value.is_string()) {
        let at = At::Value(root, "hasPart", number);
        let expected = "a reference, {\"@id\": …}";
        report.ask(Rule::PartReference, at, shown(value), expected, "");
    }
}

/// The indices of the root and of all entities reachable by `hasPart`, including `@reverse`.
fn reached(draft: &CrateDraft, root: Option<usize>) -> HashSet<usize> {
    let mut parts: HashMap<usize, Vec<usize>> = HashMap::new();
    for (position, entity, _) in draft.items() {
        let named = entity.references("hasPart");
        let named = named.into_iter().filter_map(|id| draft.position(id));
        parts.entry(position).or_default().extend(named);
        for whole in reversed(entity, "hasPart") {
            if let Some(whole) = draft.position(whole) {
                parts.entry(whole).or_default().push(position);
            }
        }
    }
    let mut reached = HashSet::new();
    let mut next: Vec<usize> = root.into_iter().collect();
    while let Some(position) = next.pop() {
        if reached.insert(position) {
            next.extend(parts.get(&position).into_iter().flatten());
        }
    }
    reached
}

/// The ids of entities that refer to this one by a key, according to its `@reverse`.
fn reversed<'d>(entity: &'d Entity, key: &str) -> Vec<&'d str> {
    let value = entity.properties.get("@reverse").and_then(|it| it.get(key));
    let ids = items(value).filter_map(|value| value.get("@id"));
    ids.filter_map(Json::as_str).collect()
}

fn exists(
    position: usize,
    path: &str,
    is_file: bool,
    packed: &CrateContents,
    report: &mut MetadataReport<'_>,
) {
    let is_folder = packed.members.has_folder(path.trim_end_matches('/'));
    if is_file && packed.members.get(path).is_some() {
        return;
    }
    let file = path.trim_end_matches('/');
    if packed.members.get(file).is_some() {
        let (what, expected) = match is_file {
            true => ("the path of a file with /", "an id without / at its end"),
            false => ("a folder with the path of a file", "the type File"),
        };
        let at = At::Key(position, "@id");
        report.ask(Rule::DataIdEncoded, at, what, expected, "");
        return;
    }
    if is_file {
        let what = if is_folder {
            "a folder with this name in the archive"
        } else {
            &format!("no file with this name in the archive: {path}")
        };
        let hint = "add the file or correct its path; paths are case-sensitive";
        let at = At::Key(position, "@id");
        report.ask(Rule::Present, at, what.to_owned(), "the file", hint);
    } else if !is_folder {
        let hint = "add its files, or remove it from the metadata";
        let what = format!("no folder with this name in the archive: {path}");
        let at = At::Key(position, "@id");
        report.ask(Rule::Present, at, what, "the folder with its files", hint);
    } else if !path.ends_with('/') {
        let at = At::Key(position, "@id");
        let what = "the path of a folder without /";
        report.ask(Rule::FolderSlash, at, what, "an id with / at its end", "");
    }
}

/// Reports files with unreadable bytes.
pub fn damaged(name: &str, packed: &CrateContents) -> Vec<Findings> {
    let damaged = packed.members.all().iter().filter_map(|member| {
        let problem = member.content.as_ref().err()?;
        let mut findings = Findings::new(&format!("{name}/{}", member.name));
        let remark = must("the bytes that were packed", "");
        findings.add_at(String::new(), problem.clone(), remark);
        Some(findings)
    });
    damaged.collect()
}

/// Whether a path of the archive is the metadata or the page of the crate.
pub fn is_dress(path: &str) -> bool {
    [METADATA_FILE, METADATA_FILE_1_0].contains(&path)
        || path == PREVIEW_FILE
        || path.starts_with("ro-crate-preview_files/")
}
