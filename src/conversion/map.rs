//! Mapping: the rows of a sheet become records whose fields are those of FAIRtracks.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value as Json};

use super::field_path::FieldPath;
use super::field_reading::FieldReading;
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
    pub fn map(self, sheet: Sheet, defaults: usize, log: &mut ConversionLog) -> Vec<MappedRecord> {
        let mut records = Vec::new();
        self.each(sheet, defaults, log, |record| records.push(record));
        records
    }

    /// Passes on the records of a clean sheet one by one, so that they are not in memory at once.
    pub fn each(
        self,
        mut sheet: Sheet,
        defaults: usize,
        log: &mut ConversionLog,
        mut each: impl FnMut(MappedRecord),
    ) {
        self.log_unread(&sheet, &SheetPlan::of(&sheet, self.rules), log);
        // Each row is given back when its record is there: a large sheet is not in memory twice.
        let rows = std::mem::take(&mut sheet.rows).into_iter();
        let plan = SheetPlan::of(&sheet, self.rules);
        let mut known = vec![HashMap::new(); plan.fields.len()];
        for row in rows {
            let mut mapper = RowMapper {
                mapping: self,
                sheet: &sheet,
                row: &row,
                defaults,
                place: sheet.place(row.number),
                objects: BTreeMap::new(),
                is_taken: vec![false; sheet.titles.len()],
                refused: BTreeMap::new(),
            };
            for (field, known) in plan.fields.iter().zip(&mut known) {
                mapper.field(field, known, log);
            }
            for (column, path) in &plan.extras {
                mapper.extra(*column, path);
            }
            each(mapper.finish(log));
        }
    }

    fn log_unread(self, sheet: &Sheet, plan: &SheetPlan<'_>, log: &mut ConversionLog) {
        for column in &plan.unread {
            let filled =
                |row: &&SheetRow| row.cells.get(*column).is_some_and(|cell| !cell.is_empty());
            let records = sheet.rows.iter().filter(filled).count();
            if let Some(first) = sheet.rows.iter().find(filled) {
                let title = sheet.titles[*column].clone();
                let value = first.cells[*column].shown();
                let entry = LogEntry::not_read(&sheet.name, title, value, self.rules);
                log.add_many(entry, records as u64);
            }
        }
    }
}

/// The readings of a rule by the text, as many as there are.
type KnownReadings = HashMap<String, FieldReading>;

/// As many texts of a rule are remembered: terms and assemblies are few, URLs and checksums are not.
const MOST_KNOWN: usize = 1000;

/// Why a value is not taken over. Most are taken by another rule, so that the row of the log is made in the end.
enum RefusedValue<'s> {
    ByRule(&'s FieldRule, Cow<'static, str>),
    Otherwise(LogEntry),
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
    refused: BTreeMap<usize, RefusedValue<'s>>,
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

    fn refuse(&mut self, rule: &'s FieldRule, column: usize, reason: impl Into<Cow<'static, str>>) {
        if column >= self.defaults {
            return;
        }
        let refused = || RefusedValue::ByRule(rule, reason.into());
        self.refused.entry(column).or_insert_with(refused);
    }

    fn value(&self, path: &FieldPath) -> Option<&Json> {
        path.get(self.objects.get(&path.category)?)
    }

    fn field(&mut self, plan: &FieldPlan<'s>, known: &mut KnownReadings, log: &mut ConversionLog) {
        let rule = plan.rule;
        for column in plan.columns.iter().chain(&plan.labels) {
            if let Some(SheetCell::Damaged(_, problem)) = self.row.cells.get(*column) {
                self.refuse(rule, *column, *problem);
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
        self.take(rule, column, known, log);
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
    fn take(
        &mut self,
        rule: &'s FieldRule,
        column: usize,
        known: &mut KnownReadings,
        log: &mut ConversionLog,
    ) {
        let text = self.cell(column);
        if known.len() < MOST_KNOWN && !known.contains_key(text) {
            known.insert(text.to_owned(), rule.read(text, self.mapping.terms));
        }
        let read: Cow<'_, FieldReading> = match known.get(text) {
            Some(read) => Cow::Borrowed(read),
            None => Cow::Owned(rule.read(text, self.mapping.terms)),
        };
        if let Some(known) = self.value(&rule.target)
            && (rule.is_fallback || column >= self.defaults)
        {
            if read
                .as_ref()
                .as_ref()
                .is_ok_and(|(value, _)| value == known)
            {
                self.is_taken[column] = true;
                return;
            }
            let reason = format!("the field has a value already: `{}`", named(known));
            return self.refuse(rule, column, reason);
        }
        let (value, changes) = match read.into_owned() {
            Ok(read) => read,
            Err(problem) => return self.refuse(rule, column, problem),
        };
        if let Err(problem) = self.put(rule, value) {
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
        match rule.changes_each_value() {
            true => log.add_change_of_each(entry),
            false => log.add(entry),
        }
    }

    /// Sets the value of a field, which for an assembly is two fields.
    fn put(&mut self, rule: &FieldRule, value: Json) -> Result<(), Cow<'static, str>> {
        let object = self.objects.entry(rule.target.category).or_default();
        match value {
            Json::Object(members) if rule.value == ValueType::Assembly => {
                let mut members = members.into_iter();
                members.try_for_each(|(key, value)| {
                    let mut path = rule.target.clone();
                    path.keys.pop();
                    put_one(object, &path.member(&key), value)
                })
            }
            value => put_one(object, &rule.target, value),
        }
    }

    /// Takes the label of a term over.
    fn label(&mut self, rule: &'s FieldRule, column: usize) {
        let label = self.cell(column);
        let object = self.objects.entry(rule.target.category).or_default();
        let has_id = rule.target.member("term_id").get(object).is_some();
        if has_id && rule.target.member("term_label").set(object, label.into()) {
            self.is_taken[column] = true;
        } else {
            self.refuse(rule, column, "the term has no id");
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
        let refused = RefusedValue::Otherwise(entry);
        self.refused.insert(column, refused);
    }

    fn finish(mut self, log: &mut ConversionLog) -> MappedRecord {
        for (column, refused) in std::mem::take(&mut self.refused) {
            if self.is_taken[column] {
                continue;
            }
            log.add(match refused {
                RefusedValue::ByRule(rule, reason) => {
                    self.entry(LogOutcome::NotTaken, rule, column, reason.into_owned())
                }
                RefusedValue::Otherwise(entry) => entry,
            });
        }
        self.objects.retain(|_, object| !object.is_empty());
        MappedRecord {
            place: self.place,
            is_wide: self.sheet.category.is_none(),
            objects: self.objects,
        }
    }
}

/// Sets the value of a field that has none.
fn put_one(
    object: &mut Map<String, Json>,
    path: &FieldPath,
    value: Json,
) -> Result<(), Cow<'static, str>> {
    // An accession that is stated is more precise than that of a name.
    let is_precise = |path: &FieldPath| path.keys.last().is_some_and(|key| key == "assembly_id");
    if let Some(known) = path.get(object) {
        return match *known == value || is_precise(path) {
            true => Ok(()),
            false => {
                let known = shown(known);
                Err(format!("the field has another value already: {known}").into())
            }
        };
    }
    match path.set(object, value) {
        true => Ok(()),
        false => Err("a field above it is a text".into()),
    }
}

/// A value in a message: a term by its label, or else by its id.
fn named(value: &Json) -> String {
    let term = ["term_label", "term_id"]
        .iter()
        .find_map(|key| value[*key].as_str());
    term.map_or_else(|| shown(value), str::to_owned)
}

/// A value as messages show it.
pub(super) fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
