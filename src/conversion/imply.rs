//! Implying: what the standard or the rules leave no choice about, such as the target of a DNase-seq assay.
//!
//! Ids and references are implied record by record, since they tell which records describe one object. All else follows from the
//! values of all records of an object, so that it never stands in the way of a value that a later record states.

use serde_json::{Map, Value as Json};

use super::field_path::FieldPath;
use super::field_values::shown;
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::MappedRecord;
use super::normalise::ObjectLists;
use super::rules::{ConversionRules, ImpliedRule, ImpliedValue};
use super::sheet::RecordPlace;

/// Fills in the ids and references that follow from other values of the same object of a record.
pub fn imply_ids(record: &mut MappedRecord, rules: &ConversionRules, log: &mut ConversionLog) {
    let of_ids = rules
        .implied
        .iter()
        .filter(|rule| rule.target.is_id_or_reference());
    for rule in of_ids {
        if let Some(object) = record.objects.get_mut(&rule.target.category) {
            apply(rule, object, false, &record.place, rules, log);
        }
    }
}

/// Fills in what follows from other values of the same object.
pub fn imply(lists: &mut ObjectLists, rules: &ConversionRules, log: &mut ConversionLog) {
    for (category, objects) in &mut lists.lists {
        let all = rules.implied.iter();
        let further: Vec<&ImpliedRule> = all
            .filter(|rule| rule.target.category == *category && !rule.target.is_id_or_reference())
            .collect();
        for object in objects {
            for rule in &further {
                let members = &mut object.members;
                apply(rule, members, object.is_id_made, &object.place, rules, log);
            }
        }
    }
}

/// Applies a rule to an object.
fn apply(
    rule: &ImpliedRule,
    object: &mut Map<String, Json>,
    is_id_made: bool,
    place: &RecordPlace,
    rules: &ConversionRules,
    log: &mut ConversionLog,
) {
    let Some(value) = value(rule, object, is_id_made) else {
        return;
    };
    let source = match (&rule.value, &rule.when) {
        (ImpliedValue::Copy(other), _) => format!("as {other}"),
        (_, Some(when)) => format!("follows from {when}"),
        _ => "value of the rules".to_owned(),
    };
    // Copies differ from record to record; the rule is the same.
    let text = match rule.value {
        ImpliedValue::Set(_) => shown(&value),
        ImpliedValue::Copy(_) | ImpliedValue::Empty => String::new(),
    };
    if !rule.instead_of.is_empty()
        && let Some(label) = label_beside(&rule.target)
    {
        label.remove(object);
    }
    if rule.target.set(object, value) {
        log.add(LogEntry {
            outcome: LogOutcome::Derived,
            record: place.to_string(),
            field: rule.target.to_string(),
            value: text,
            rule: format!("{} implied {}", rules.name, rule.target),
            reason: source,
        });
    }
}

/// The value that a rule gives an object, if it applies. Nothing follows from an id that the source does not state.
fn value(rule: &ImpliedRule, object: &Map<String, Json>, is_id_made: bool) -> Option<Json> {
    let stated = |path: &FieldPath| {
        let is_made = is_id_made && path.keys == ["local_id"];
        path.get(object).filter(|_| !is_made)
    };
    if let Some(known) = rule.target.get(object) {
        let mut replaced = rule.instead_of.iter();
        if !replaced.any(|text| known.as_str() == Some(text)) {
            return None;
        }
    }
    if let Some(when) = &rule.when {
        let found = stated(when)?;
        let is_one = |text: &String| found.as_str() == Some(text);
        if !rule.is.is_empty() && !rule.is.iter().any(is_one) {
            return None;
        }
    }
    if rule.unless.iter().any(|path| path.get(object).is_some()) {
        return None;
    }
    match &rule.value {
        ImpliedValue::Set(text) => Some(text.as_str().into()),
        ImpliedValue::Copy(other) => stated(other).cloned(),
        ImpliedValue::Empty => Some(Json::Object(Map::new())),
    }
}

/// The label of the term whose id a field is; augmentation adds that of a new id.
fn label_beside(field: &FieldPath) -> Option<FieldPath> {
    let mut term = field.clone();
    let last = term.keys.pop()?;
    (last == "term_id").then(|| term.member("term_label"))
}
