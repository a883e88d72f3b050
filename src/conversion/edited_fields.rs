//! The fields that an edit sets in an object.

use serde_json::{Map, Value as Json};

use super::contradictions::contradiction;
use super::edits::CuratorEdit;
use super::field_path::FieldPath;
use super::field_values::shown;
use super::map::FieldMapping;
use super::rules::FieldRule;
use super::value_type::ValueType;
use crate::fairtracks::vocabulary::assembly_name;

/// Fields with their values; those without one are removed.
pub(super) type EditedFields = Vec<(FieldPath, Option<Json>)>;

/// The fields that the text of an edit sets, read as values of options are: an assembly has two, a term id and label.
pub(super) fn read_fields(
    field: &FieldPath,
    value: &str,
    mapping: FieldMapping<'_>,
) -> Result<EditedFields, String> {
    let mut target = field.clone();
    if target.keys.len() > 1 && target.keys.last().is_some_and(|key| key == "term_id") {
        target.keys.pop();
    }
    let of_target = |rule: &&FieldRule| {
        rule.target == *field || (rule.target == target && rule.value.members().is_some())
    };
    let all: Vec<&FieldRule> = mapping.rules.fields.iter().filter(of_target).collect();
    let mut problem = None;
    for rule in all.iter().filter(|rule| !rule.is_fallback) {
        match rule.read(value, mapping.terms) {
            Ok((json, _)) => return Ok(fields_of(rule, json)),
            Err(expected) => problem = problem.or(Some(expected)),
        }
    }
    match (problem, all.first()) {
        (Some(problem), _) => Err(problem),
        // The texts that a fallback reads are of other fields; the type of its values is that of the field.
        (None, Some(rule)) => {
            let read = rule.value.read(value, mapping.terms)?;
            Ok(fields_of(rule, read.json))
        }
        (None, None) => Ok(vec![(field.clone(), Some(value.into()))]),
    }
}

fn fields_of(rule: &FieldRule, json: Json) -> EditedFields {
    if rule.value != ValueType::Assembly {
        return vec![(rule.target.clone(), Some(json))];
    }
    let fields = ["assembly_name", "assembly_id"].map(|key| {
        let mut path = rule.target.clone();
        path.keys.pop();
        (path.member(key), json.get(key).cloned())
    });
    fields.into()
}

/// The fields that the old value of an edit is in an object.
pub(super) fn old_fields(edit: &CuratorEdit, mapping: FieldMapping<'_>) -> EditedFields {
    let old = edit.old_value.as_ref();
    let read = old.and_then(|old| read_fields(&edit.field, old, mapping).ok());
    read.unwrap_or_default()
}

/// What an edit did to an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum EditOutcome {
    /// The object has the new value.
    Set,
    /// The object has not the old value, or nothing to remove.
    Unfit,
    /// The object cannot have the value.
    Refused(String),
}

/// Sets the fields of an object. The old value is compared as a text and as fields.
pub(super) fn set(
    object: &mut Map<String, Json>,
    edit: &CuratorEdit,
    (fields, old_fields): (&EditedFields, &EditedFields),
    mapping: FieldMapping<'_>,
) -> EditOutcome {
    if let Some(old) = &edit.old_value {
        let found = edit.field.get(object);
        let labelled = |term: &Json| {
            let of = |key: &str| term.get(key).and_then(Json::as_str);
            of("term_id") == Some(old) || of("term_label") == Some(old)
        };
        let mut read = old_fields.iter().filter(|(_, value)| value.is_some());
        let is_old = found.is_some_and(|found| {
            shown(found) == *old
                || labelled(found)
                || read.any(|(path, value)| path.get(object) == value.as_ref())
        });
        if !is_old {
            return EditOutcome::Unfit;
        }
    }
    for (path, value) in fields {
        let name = value.as_ref().and_then(Json::as_str);
        let problem = name.and_then(|name| contradiction(object, path, name, mapping.terms));
        if let Some(problem) = problem {
            return EditOutcome::Refused(problem);
        }
    }
    let mut is_set = false;
    for (path, value) in fields {
        // An accession that is stated is more precise than that of a name.
        let is_stated = *path != edit.field && path.within() == "assembly_id" && value.is_some();
        let known = path
            .get(object)
            .filter(|_| is_stated)
            .and_then(Json::as_str);
        let name = object.get("assembly_name").and_then(Json::as_str);
        if known.is_some() && known.and_then(assembly_name) == name {
            continue;
        }
        is_set |= match value {
            Some(value) => path.set(object, value.clone()),
            None => path.remove(object),
        };
    }
    match is_set {
        true => EditOutcome::Set,
        false => EditOutcome::Unfit,
    }
}
