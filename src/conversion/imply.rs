//! Implying: what the standard or the rules leave no choice about, such as the target of a DNase-seq assay.

use serde_json::{Map, Value as Json};

use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::{MappedRecord, shown};
use super::rules::{ConversionRules, ImpliedRule, ImpliedValue};

/// Fills in what follows from other values of the same object of a record.
pub fn imply(record: &mut MappedRecord, rules: &ConversionRules, log: &mut ConversionLog) {
    for rule in &rules.implied {
        let Some(object) = record.objects.get_mut(&rule.target.category) else {
            continue;
        };
        let Some(value) = value(rule, object) else {
            continue;
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
        if !rule.target.set(object, value) {
            continue;
        }
        log.add(LogEntry {
            outcome: LogOutcome::Derived,
            record: record.place.to_string(),
            field: rule.target.to_string(),
            value: text,
            rule: format!("{} implied {}", rules.name, rule.target),
            reason: source,
        });
    }
}

/// The value that a rule gives an object, if it applies.
fn value(rule: &ImpliedRule, object: &Map<String, Json>) -> Option<Json> {
    if rule.target.get(object).is_some() {
        return None;
    }
    if let Some(when) = &rule.when {
        let found = when.get(object)?;
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
        ImpliedValue::Copy(other) => other.get(object).cloned(),
        ImpliedValue::Empty => Some(Json::Object(Map::new())),
    }
}
