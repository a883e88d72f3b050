//! Checksums and sizes: the metadata compared with the bytes in the archive, and with each other.

use serde_json::Value as Json;

use super::report::{At, MetadataReport, entity_pointer};
use crate::archive::content_id;
use crate::archive::digest::{Digests, Sha256Sum};
use crate::fairtracks::fields::{must, shown, shown_text};
use crate::ro_crate::Entity;
use crate::ro_crate::crate_contents::CrateContents;
use crate::ro_crate::draft::{CrateDraft, Whereabouts};

/// The prefixes of ids that end in the first 16 digits of a SHA-256.
const BY_CONTENT: [&str; 4] = ["#track-", "#data-", "#served-", "#document-"];

/// Checks all entities that state a checksum or a size.
pub fn check(draft: &CrateDraft, packed: &CrateContents, report: &mut MetadataReport<'_>) {
    for (position, entity, note) in draft.items() {
        let member = match &note.whereabouts {
            Whereabouts::Inside { path, .. } => packed.members.get(path),
            _ => None,
        };
        let digests = member.and_then(|member| member.content.as_ref().ok());
        size(position, entity, digests, report);
        sha256(position, entity, digests, report);
        md5(position, entity, digests, report);
        names(position, entity, report);
    }
    addresses(draft, report);
}

fn size(
    position: usize,
    entity: &Entity,
    digests: Option<&Digests>,
    report: &mut MetadataReport<'_>,
) {
    let at = At::Key(position, "contentSize");
    let Some(value) = entity.properties.get("contentSize") else {
        return;
    };
    let stated = match value {
        Json::Number(number) => {
            let hint = "write it in double quotes: RO-Crate validators reject numbers here";
            report.should(at, shown(value), "the number as a string", hint);
            number.to_string()
        }
        Json::String(text) => text.clone(),
        _ => String::new(),
    };
    let is_number = !stated.is_empty() && stated.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        let hint = "write only the number of bytes, such as \"1124\"";
        report.should(at, shown(value), "a number of bytes", hint);
    } else if let Some(digests) = digests.filter(|digests| stated.parse() != Ok(digests.bytes)) {
        let expected = format!("{}, the size of the file in the archive", digests.bytes);
        report.add(at, shown(value), must(expected, WRONG));
    }
}

/// What to do if the bytes differ.
const WRONG: &str =
    "the file or its metadata were changed after packaging: get the crate again from its source";

fn sha256(
    position: usize,
    entity: &Entity,
    digests: Option<&Digests>,
    report: &mut MetadataReport<'_>,
) {
    let at = At::Key(position, "sha256");
    let Some(value) = entity.properties.get("sha256") else {
        return;
    };
    let text = value.as_str().unwrap_or_default();
    let Some(stated) = Sha256Sum::parse(text) else {
        let hint = "write the SHA-256 of the file";
        report.should(at, shown(value), "64 hexadecimal digits", hint);
        return;
    };
    if let Some(digests) = digests.filter(|digests| digests.sha256 != stated) {
        let found = digests.sha256.hexadecimal();
        let expected = format!("{found}, the SHA-256 of the file in the archive");
        report.add(at, shown(value), must(expected, WRONG));
    } else if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let hint = "a case-sensitive comparison treats upper case as a different checksum";
        report.should(at, shown(value), stated.hexadecimal(), hint);
    }
}

fn md5(
    position: usize,
    entity: &Entity,
    digests: Option<&Digests>,
    report: &mut MetadataReport<'_>,
) {
    let at = At::Key(position, "md5");
    let Some(value) = entity.properties.get("md5") else {
        return;
    };
    let text = value.as_str().unwrap_or_default();
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let hint = "write the MD5 of the file";
        report.should(at, shown(value), "32 hexadecimal digits", hint);
        return;
    }
    let found = digests.and_then(|digests| digests.md5.as_deref());
    if let Some(found) = found.filter(|found| !found.eq_ignore_ascii_case(text)) {
        let expected = format!("{found}, the MD5 of the file in the archive");
        report.add(at, shown(value), must(expected, WRONG));
    }
}

/// Checks names derived from a checksum: the `@id` of a track, and `identifier` (RFC 6920).
fn names(position: usize, entity: &Entity, report: &mut MetadataReport<'_>) {
    let Some(stated) = entity.text("sha256").and_then(Sha256Sum::parse) else {
        return;
    };
    let hint = "id and checksum belong to different files: find out which one is right";
    let digits = BY_CONTENT
        .iter()
        .find_map(|start| entity.id.strip_prefix(start))
        .filter(|rest| rest.len() == 16 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if digits.is_some_and(|digits| !stated.hexadecimal().starts_with(digits)) {
        let what = format!("{}, which does not match `sha256`", shown_text(&entity.id));
        let expected = format!("the first digits of {}", stated.hexadecimal());
        report.should(At::Key(position, "@id"), what, expected, hint);
    }
    let usual = content_id::of_file(&stated);
    for (number, identifier) in entity.values("identifier").enumerate() {
        let text = identifier.as_str().unwrap_or_default();
        if text.starts_with("ni:///sha-256;") && text != usual {
            let expected = format!("{usual}, according to `sha256`");
            let at = At::Value(position, "identifier", number);
            report.should(at, shown_text(text), expected, hint);
        }
    }
}

/// Compares a file with its download source in the same action: equal checksums.
fn addresses(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    for action in draft.read.entities() {
        let objects = action.references("object");
        for id in action.references("result") {
            let Some(position) = draft.position(id) else {
                continue;
            };
            let result = &draft.read.entities()[position];
            let address = result
                .text("contentUrl")
                .filter(|url| objects.contains(url));
            let Some(source) = address.and_then(|address| draft.position(address)) else {
                continue;
            };
            let served = draft.read.entities()[source].text("sha256");
            let differs =
                |stated: &&str| served.is_some_and(|served| !served.eq_ignore_ascii_case(stated));
            if let Some(stated) = result.text("sha256").filter(differs) {
                let place = entity_pointer(source);
                let expected = format!(
                    "{}, the SHA-256 of the downloaded file in {place}/sha256",
                    served.unwrap_or_default()
                );
                let hint =
                    "the file is not the downloaded one, or one of the checksums was changed";
                let at = At::Key(position, "sha256");
                report.add(at, shown_text(stated), must(expected, hint));
            }
        }
    }
}
