//! Contradictions: an id, and the name beside it that means something else. The id counts, and the name becomes the known one.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::doubts;
use super::field_path::FieldPath;
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::normalise::ObjectLists;
use super::terms::TermTables;
use crate::fairtracks::category::Category;

/// The key of the id that a name of this key belongs to.
fn id_key(category: Category, keys: &[String]) -> Option<&'static str> {
    match keys {
        [.., key] if key == "term_label" => Some("term_id"),
        [key] if key == "species_name" && category == Category::Samples => Some("species_id"),
        _ => None,
    }
}

/// What a name says of the id beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum StatedName {
    /// It is the known name, or the id is unknown.
    Fits,
    /// It is another name for the same; the known one.
    Synonym(String),
    /// It is no name of the id; the known one.
    Contradicts(String),
}

fn stated_name(terms: &TermTables, id: &str, name: &str) -> StatedName {
    match terms.known_name(id) {
        Some(known) if known == name => StatedName::Fits,
        Some(known) if terms.is_name_of(id, name) => StatedName::Synonym(known.to_owned()),
        Some(known) => StatedName::Contradicts(known.to_owned()),
        None => StatedName::Fits,
    }
}

fn reason(id: &str, known: &str) -> String {
    format!("`{id}` has the name `{known}`")
}

/// Why a text cannot become the name of the id beside it.
pub(super) fn contradiction(
    object: &Map<String, Json>,
    path: &FieldPath,
    name: &str,
    terms: &TermTables,
) -> Option<String> {
    let mut of_id = path.clone();
    of_id.keys.pop();
    let of_id = of_id.member(id_key(path.category, &path.keys)?);
    let id = of_id.get(object)?.as_str()?;
    match stated_name(terms, id, name) {
        StatedName::Contradicts(known) => Some(reason(id, &known)),
        StatedName::Fits | StatedName::Synonym(_) => None,
    }
}

/// Gives each known id its known name; a name that means something else is a row of the log, and so are values that are doubtful
/// beside each other.
pub(super) fn resolve(lists: &mut ObjectLists, terms: &TermTables, log: &mut ConversionLog) {
    doubts::add(lists, terms, log);
    let mut resolver = Resolver {
        terms,
        known: HashMap::new(),
    };
    for (category, objects) in &mut lists.lists {
        for object in objects {
            let mut rows = Vec::new();
            let mut keys = Vec::new();
            resolver.object(*category, &mut object.members, &mut keys, &mut rows);
            for (outcome, field, value, reason) in rows {
                log.add(LogEntry {
                    outcome,
                    record: object.place.to_string(),
                    field,
                    value,
                    rule: "names of ids".to_owned(),
                    reason,
                });
            }
        }
    }
}

/// Outcome, field, value and reason.
type NameRow = (LogOutcome, String, String, String);

struct Resolver<'t> {
    terms: &'t TermTables,
    /// What is known of names, by id and name: both are few.
    known: HashMap<(String, String), StatedName>,
}

impl Resolver<'_> {
    fn object(
        &mut self,
        category: Category,
        object: &mut Map<String, Json>,
        keys: &mut Vec<String>,
        rows: &mut Vec<NameRow>,
    ) {
        for (id_key, key) in [("term_id", "term_label"), ("species_id", "species_name")] {
            let text = |key: &str| object.get(key).and_then(Json::as_str);
            let (Some(id), Some(name)) = (text(id_key), text(key)) else {
                continue;
            };
            keys.push(key.to_owned());
            if self::id_key(category, keys).is_some()
                && let Some((known, outcome, reason)) = self.name(id, name)
            {
                let field = format!("{category}.{}", keys.join("."));
                rows.push((outcome, field, name.to_owned(), reason));
                object.insert(key.to_owned(), known.into());
            }
            keys.pop();
        }
        for (key, value) in object {
            if let Json::Object(inner) = value {
                keys.push(key.clone());
                self.object(category, inner, keys, rows);
                keys.pop();
            }
        }
    }

    /// The known name of an id that has another one, and the outcome and reason of its row.
    fn name(&mut self, id: &str, name: &str) -> Option<(String, LogOutcome, String)> {
        let key = (id.to_owned(), name.to_owned());
        let terms = self.terms;
        let stated = self.known.entry(key);
        match stated
            .or_insert_with(|| stated_name(terms, id, name))
            .clone()
        {
            StatedName::Fits => None,
            StatedName::Synonym(known) => {
                let reason = format!("{known} (label of the id)");
                Some((known, LogOutcome::Changed, reason))
            }
            StatedName::Contradicts(known) => {
                let reason = reason(id, &known);
                Some((known, LogOutcome::NotTaken, reason))
            }
        }
    }
}
