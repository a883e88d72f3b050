//! Mapping: the rows of a sheet become records whose fields are those of FAIRtracks.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::field_path::FieldPath;
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::rules::{ConversionRules, FieldRule};
use super::sheet::{RecordPlace, Sheet, SheetCell, SheetRow};
use super::sheet_plan::{FieldPlan, SheetPlan};
use super::terms::TermTables;
use super::value_type::ValueType;
use crate::fairtracks::category::Category;

/// The objects that a row describes.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedRecord {
    /// Where it is from.
    pub place: RecordPlace,
    /// Whether it is of a wide sheet, so that its objects belong together.
    pub is_wide: bool,
    /// The objects, without those that it does not describe.
    pub objects: BTreeMap<Category, Map<String, Json>>,
}

impl MappedRecord {
    /// The text of a field.
    pub fn text(&self, category: Category, key: &str) -> Option<&str> {
        self.objects.get(&category)?.get(key)?.as_str()
    }
}

/// What mapping needs beside a sheet.
#[derive(Clone, Copy)]
pub struct FieldMapping<'r> {
    /// The rules.
    pub rules: &'r ConversionRules,
    /// The tables of terms.
    pub terms: &'r TermTables,
}

impl FieldMapping<'_> {
    /// Maps the rows of a clean sheet. The columns from `defaults` on are values of options, which count only where a row has none.
    pub fn map(
        self,
        mut sheet: Sheet,
        defaults: usize,
        log: &mut ConversionLog,
    ) -> Vec<MappedRecord> {
        self.log_unread(&sheet, &SheetPlan::of(&sheet, self.rules), log);
        // Each row is given back when its record is there: a large sheet is not in memory twice.
        let rows = std::mem::take(&mut sheet.rows).into_iter();
        let plan = SheetPlan::of(&sheet, self.rules);
        rows.map(|row| {
            let mut mapper = RowMapper {
                mapping: self,
                sheet: &sheet,
                row: &row,
                defaults,
                place: RecordPlace {
                    sheet: sheet.name.clone(),
                    row: (row.number > 0).then_some(row.number),
                },
                objects: BTreeMap::new(),
                is_taken: vec![false; sheet.titles.len()],
                refused: BTreeMap::new(),
            };
            for field in &plan.fields {
                mapper.field(field, log);
            }
            for (column, path) in &plan.extras {
                mapper.extra(*column, path);
            }
            mapper.finish(log)
        })
        .collect()
    }

    fn log_unread(self, sheet: &Sheet, plan: &SheetPlan<'_>, log: &mut ConversionLog) {
        for column in &plan.unread {
            let filled =
                |row: &&SheetRow| row.cells.get(*column).is_some_and(|cell| !cell.is_empty());
            let records = sheet.rows.iter().filter(filled).count();
            if let Some(first) = sheet.rows.iter().find(filled) {
                let entry = LogEntry {
                    outcome: LogOutcome::NotRead,
                    record: sheet.name.to_string(),
                    field: sheet.titles[*column].clone(),
                    value: first.cells[*column].shown().to_owned(),
                    rule: self.rules.name.clone(),
                    reason: "no rule reads this column; the value is its first one".to_owned(),
                };
                log.add_many(entry, records as u64);
            }
        }
    }
}

struct RowMapper<'s> {
    mapping: FieldMapping<'s>,
    sheet: &'s Sheet,
    row: &'s SheetRow,
    defaults: usize,
    place: RecordPlace,
    objects: BTreeMap<Category, Map<String, Json>>,
    is_taken: Vec<bool>,
    /// Why columns are not taken over, unless another rule takes them.
    refused: BTreeMap<usize, LogEntry>,
}

impl<'s> RowMapper<'s> {
    fn cell(&self, column: usize) -> &'s str {
        match self.row.cells.get(column) {
            Some(SheetCell::Text(text)) => text,
            _ => "",
        }
    }

    fn entry(
        &self,
        outcome: LogOutcome,
        rule: &FieldRule,
        column: usize,
        reason: String,
    ) -> LogEntry {
        LogEntry {
            outcome,
            record: self.place.to_string(),
            field: rule.target.to_string(),
            value: self
                .row
                .cells
                .get(column)
                .map_or("", SheetCell::shown)
                .to_owned(),
            rule: rule.name(self.mapping.rules),
            reason,
        }
    }

    fn refuse(&mut self, rule: &FieldRule, column: usize, reason: String) {
        if column >= self.defaults {
            return;
        }
        let entry = self.entry(LogOutcome::NotTaken, rule, column, reason);
        self.refused.entry(column).or_insert(entry);
    }

    fn value(&self, path: &FieldPath) -> Option<&Json> {
        path.get(self.objects.get(&path.category)?)
    }

    fn field(&mut self, plan: &FieldPlan<'_>, log: &mut ConversionLog) {
        let rule = plan.rule;
        for column in plan.columns.iter().chain(&plan.labels) {
            if let Some(SheetCell::Damaged(_, problem)) = self.row.cells.get(*column) {
                self.refuse(rule, *column, (*problem).to_owned());
            }
        }
        let filled = |column: &&usize| !self.cell(**column).is_empty();
        let columns: Vec<usize> = plan.columns.iter().filter(filled).copied().collect();
        let labels: Vec<usize> = plan.labels.iter().filter(filled).copied().collect();
        let mut columns = columns.into_iter();
        // A label alone is looked up as any other text.
        let Some(column) = columns.next().or(labels.first().copied()) else {
            return;
        };
        self.take(rule, column, log);
        for other in columns {
            if self.cell(other) == self.cell(column) {
                self.is_taken[other] = self.is_taken[other] || self.is_taken[column];
            } else {
                let title = &self.sheet.titles[column];
                let reason = format!("the column `{title}` has another value");
                self.refuse(rule, other, reason);
            }
        }
        for label in labels {
            self.label(rule, label);
        }
    }

    /// Takes the value of a column over.
    fn take(&mut self, rule: &FieldRule, column: usize, log: &mut ConversionLog) {
        let text = self.cell(column);
        let is_set = self.value(&rule.target).is_some();
        if is_set && (rule.is_fallback || column >= self.defaults) {
            return self.refuse(rule, column, "the field has a value already".to_owned());
        }
        let mut changes = Vec::new();
        let mut found = text;
        let looked_up = (!rule.look_up.is_empty()).then(|| rule.look_up.get(&text.to_lowercase()));
        if let Some(other) = looked_up.flatten() {
            changes.push(format!("{other} (look-up of the rule)"));
            found = other;
        }
        let replaced;
        if let Some((pattern, replacement)) = &rule.pattern {
            let Some(captures) = pattern.captures(found) else {
                let expected = match &rule.expected {
                    Some(expected) => format!("expected {expected}"),
                    None => format!("expected a text that matches {}", pattern.as_str()),
                };
                return self.refuse(rule, column, expected);
            };
            let mut text = String::new();
            captures.expand(replacement, &mut text);
            replaced = text;
            if replaced != found {
                changes.push(format!("{replaced} (pattern of the rule)"));
                found = &replaced;
            }
        }
        let read = match rule.value.read(found, self.mapping.terms) {
            Ok(read) => read,
            Err(problem) => return self.refuse(rule, column, problem),
        };
        changes.extend(read.change);
        if let Err(problem) = self.put(rule, read.json) {
            return self.refuse(rule, column, problem);
        }
        self.is_taken[column] = true;
        if changes.is_empty() {
            return;
        }
        let outcome = match rule.is_fallback {
            true => LogOutcome::Derived,
            false => LogOutcome::Changed,
        };
        let mut entry = self.entry(outcome, rule, column, changes.join(", then "));
        if rule.is_fallback {
            // The value is that of another field, and differs from record to record.
            entry.value.clear();
        }
        log.add(entry);
    }

    /// Sets the value of a field, which for an assembly is two fields.
    fn put(&mut self, rule: &FieldRule, value: Json) -> Result<(), String> {
        let object = self.objects.entry(rule.target.category).or_default();
        let mut values = vec![(rule.target.clone(), value)];
        if rule.value == ValueType::Assembly
            && let Some((_, Json::Object(members))) = values.pop()
        {
            let beside = |key: &str| {
                let mut path = rule.target.clone();
                path.keys.pop();
                path.member(key)
            };
            values = members
                .into_iter()
                .map(|(key, value)| (beside(&key), value))
                .collect();
        }
        for (path, value) in &values {
            match path.get(object) {
                Some(known) if known == value => {}
                // An accession that is stated is more precise than that of a name.
                Some(_) if path.keys.last().is_some_and(|key| key == "assembly_id") => {}
                Some(known) => {
                    return Err(format!(
                        "the field has another value already: {}",
                        shown(known)
                    ));
                }
                None => {
                    if !path.set(object, value.clone()) {
                        return Err("a field above it is a text".to_owned());
                    }
                }
            }
        }
        Ok(())
    }

    /// Takes the label of a term over.
    fn label(&mut self, rule: &FieldRule, column: usize) {
        let label = self.cell(column);
        let object = self.objects.entry(rule.target.category).or_default();
        let has_id = rule.target.member("term_id").get(object).is_some();
        if has_id && rule.target.member("term_label").set(object, label.into()) {
            self.is_taken[column] = true;
        } else {
            self.refuse(rule, column, "the term has no id".to_owned());
        }
    }

    fn extra(&mut self, column: usize, path: &FieldPath) {
        let text = self.cell(column);
        if text.is_empty() {
            return;
        }
        let object = self.objects.entry(path.category).or_default();
        if path.get(object).is_none() && path.set(object, text.into()) {
            self.is_taken[column] = true;
            return;
        }
        let entry = LogEntry {
            outcome: LogOutcome::NotTaken,
            record: self.place.to_string(),
            field: path.to_string(),
            value: text.to_owned(),
            rule: String::new(),
            reason: "a field above or below it has a value".to_owned(),
        };
        self.refused.insert(column, entry);
    }

    fn finish(mut self, log: &mut ConversionLog) -> MappedRecord {
        for (column, entry) in self.refused {
            if !self.is_taken[column] {
                log.add(entry);
            }
        }
        self.objects.retain(|_, object| !object.is_empty());
        MappedRecord {
            place: self.place,
            is_wide: self.sheet.category.is_none(),
            objects: self.objects,
        }
    }
}

/// A value as messages show it.
pub(super) fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
