//! The relationships of items that lead to nothing of a track.

use std::collections::HashSet;
use std::rc::Rc;

use super::items::{SeekItems, references};

/// Relationships that are read, by the type of their items: forwards, and backwards from the items that a data file leads to.
const READ: [(&str, &[&str]); 8] = [
    (
        "data_files",
        &[
            "assays",
            "studies",
            "samples",
            "publications",
            "creators",
            "submitter",
        ],
    ),
    (
        "assays",
        &[
            "study",
            "samples",
            "organisms",
            "human_diseases",
            "publications",
            "creators",
            "data_files",
        ],
    ),
    (
        "studies",
        &[
            "investigation",
            "publications",
            "creators",
            "submitter",
            "assays",
            "data_files",
        ],
    ),
    ("samples", &["assays", "studies", "data_files"]),
    ("investigations", &["studies", "assays", "data_files"]),
    ("publications", &["studies", "assays", "data_files"]),
    ("organisms", &["assays"]),
    ("human_diseases", &["assays"]),
];
/// The type of persons; all their relationships lead back.
const PEOPLE: &str = "people";

/// Whether items of a type describe tracks.
pub(super) fn is_followed(kind: &str) -> bool {
    kind == PEOPLE || READ.iter().any(|(known, _)| *known == kind)
}

/// A relationship that is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnreadRelationship {
    /// The file of the first item that has it.
    pub file: Rc<str>,
    /// The type of the items, and its name.
    pub field: String,
    /// Type and id of the first item that it leads to.
    pub first: String,
    /// How many items have it.
    pub items: u64,
}

/// The relationships of data files and of the items that they lead to (`used`) that are not read and lead to other items, in order.
pub(super) fn unread(
    items: &SeekItems,
    used: &HashSet<(String, String)>,
) -> Vec<UnreadRelationship> {
    let mut found: Vec<UnreadRelationship> = Vec::new();
    let is_of_track = |key: &(String, String)| key.0 == "data_files" || used.contains(key);
    for (file, kind, id) in items.all() {
        if kind == PEOPLE || !is_of_track(&(kind.clone(), id.clone())) {
            continue;
        }
        let read = READ.iter().find(|(known, _)| known == kind);
        let read = read.map_or(&[][..], |(_, names)| *names);
        let relationships = items.relationships((kind, id)).as_object();
        for (name, related) in relationships.into_iter().flatten() {
            let mut others = references(related).into_iter();
            let Some((of, other)) = others.find(|key| !is_of_track(key)) else {
                continue;
            };
            if read.contains(&name.as_str()) {
                continue;
            }
            let field = format!("{kind}.relationships.{name}");
            match found.iter_mut().find(|known| known.field == field) {
                Some(known) => known.items += 1,
                None => found.push(UnreadRelationship {
                    file: file.clone(),
                    field,
                    first: format!("{of}/{other}"),
                    items: 1,
                }),
            }
        }
    }
    found
}
