//! The attributes of items, with their titles.

use serde_json::Value as Json;

use crate::conversion::read::flatten::flatten;
use crate::conversion::read::histone_mark::only_mark;
use crate::conversion::read::titled_value::TitledValue;

// The origins of values, the most trusted first.
pub(super) const BLOB: usize = 0;
pub(super) const FILE: usize = 1;
pub(super) const ASSAY: usize = 2;
pub(super) const SAMPLE: usize = 3;
pub(super) const ORGANISM: usize = 4;
pub(super) const DISEASE: usize = 5;
pub(super) const TARGET: usize = 6;
pub(super) const STUDY: usize = 7;
pub(super) const INVESTIGATION: usize = 8;
pub(super) const PERSON: usize = 9;
pub(super) const PUBLICATION: usize = 10;
pub(super) const ORIGINS: [&str; 11] = [
    "blob",
    "file",
    "assay",
    "sample",
    "organism",
    "disease",
    "target",
    "study",
    "investigation",
    "person",
    "publication",
];
/// Attributes of samples and of extended metadata that name the target of an assay.
const TARGET_NAMES: [&str; 5] = [
    "antibody",
    "chip antibody",
    "chip target",
    "histone mark",
    "target",
];

/// Adds attributes by path. Extended metadata and the attributes of samples are under the names that a laboratory gave them.
pub(super) fn add(
    values: &mut Vec<TitledValue>,
    origin: usize,
    attributes: &Json,
    without: &[&str],
) {
    let members = attributes.as_object().into_iter().flatten();
    for (key, member) in members {
        if without.contains(&key.as_str()) {
            continue;
        }
        for (path, text) in flatten(member) {
            let path = match path.is_empty() {
                true => key.clone(),
                false => format!("{key}.{path}"),
            };
            let own = ["extended_attributes.attribute_map.", "attribute_map."];
            let title = own.iter().find_map(|prefix| path.strip_prefix(prefix));
            let title = title.map_or(path.clone(), |title| format!("attribute {title}"));
            values.push((origin, title, text));
        }
    }
}

/// Removes the label of a type that is that of its term, so that it counts once.
pub(super) fn without_labels_of_terms(values: &mut Vec<TitledValue>) {
    for kind in ["assay_type", "technology_type"] {
        let find = |member: &str| {
            let title = format!("{kind}.{member}");
            let found = values
                .iter()
                .position(|(origin, known, _)| *origin == ASSAY && *known == title);
            Some((found?, values[found?].2.clone()))
        };
        let (Some((_, uri)), Some((place, label))) = (find("uri"), find("label")) else {
            continue;
        };
        let name = uri.rsplit('#').next().unwrap_or_default().replace('_', " ");
        if name.eq_ignore_ascii_case(&label.replace('_', " ")) {
            values.remove(place);
        }
    }
}

/// Adds the only histone mark that attributes name.
pub(super) fn mark(values: &mut Vec<TitledValue>) {
    let texts = values.iter().filter_map(|(_, title, text)| {
        let name = title
            .strip_prefix("attribute ")?
            .to_lowercase()
            .replace('_', " ");
        TARGET_NAMES
            .contains(&name.as_str())
            .then_some(text.as_str())
    });
    let Some(mark) = only_mark(texts) else {
        return;
    };
    let is_chip = values.iter().any(|(origin, title, text)| {
        let is_type = title.starts_with("technology_type.") || title.starts_with("assay_type.");
        *origin == ASSAY && is_type && text.to_lowercase().contains("chip-seq")
    });
    values.push((TARGET, "histone mark".to_owned(), mark.clone()));
    // The word for ChIP-seq is the same for all targets; what FAIRtracks requires depends on them.
    if is_chip {
        values.push((TARGET, "ChIP-seq of a histone".to_owned(), mark));
    }
}
