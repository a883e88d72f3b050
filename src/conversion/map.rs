//! Mapping: the rows of a sheet become records whose fields are those of FAIRtracks.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::field_path::FieldPath;
use super::field_values::{named, put_one};
use super::known_texts::KnownTexts;
use super::log::{ConversionLog, LogEntry, LogOutcome};
pub use super::mapped_record::MappedRecord;
use super::rules::{ConversionRules, FieldRule};
use super::sheet::{RecordPlace, Sheet, SheetCell, SheetRow};
use super::sheet_plan::{FieldPlan, SheetPlan};
use super::terms::TermTables;
use super::value_type::ValueType;
use crate::fairtracks::category::Category;

/// What mapping needs beside a sheet.
#[derive(Clone, Copy)]
pub struct FieldMapping<'r> {
    /// The rules.
    pub rules: &'r ConversionRules,
    /// The tables of terms.
    pub terms: &'r TermTables,
}

impl FieldMapping<'_> {
    /// Maps the rows of a clean sheet.
    pub fn map(self, sheet: Sheet, log: &mut ConversionLog) -> Vec<MappedRecord> {
        let mut records = Vec::new();
        self.each(sheet, log, |record| records.push(record));
        records
    }

    /// Passes on the records of a clean sheet one by one, so that they are not in memory at once.
    pub fn each(
        self,
        mut sheet: Sheet,
        log: &mut ConversionLog,
        mut each: impl FnMut(MappedRecord),
    ) {
        self.log_unread(&sheet, &SheetPlan::of(&sheet, self.rules), log);
        // Each row is given back when its record is there: a large sheet is not in memory twice.
        let rows = std::mem::take(&mut sheet.rows).into_iter();
        let plan = SheetPlan::of(&sheet, self.rules);
        let mut known = vec![KnownTexts::default(); plan.fields.len()];
        let titles = sheet.shown_titles();
        let fallbacks: Vec<Vec<Rc<FieldPath>>> = plan.fields.iter().map(fallbacks).collect();
        for row in rows {
            let mut mapper = RowMapper {
                mapping: self,
                sheet: &sheet,
                row: &row,
                titles: &titles,
                place: sheet.place(row.number),
                objects: BTreeMap::new(),
                fallbacks: Vec::new(),
                is_taken: vec![false; sheet.titles.len()],
                refused: BTreeMap::new(),
            };
            let fields = plan.fields.iter().zip(&fallbacks).zip(&mut known);
            for ((field, fallbacks), known) in fields {
                mapper.field(field, fallbacks, known, log);
            }
            for (column, path) in &plan.extras {
                mapper.extra(*column, path);
            }
            each(mapper.finish(log));
        }
    }

    fn log_unread(self, sheet: &Sheet, plan: &SheetPlan<'_>, log: &mut ConversionLog) {
        let titles = sheet.shown_titles();
        for column in &plan.unread {
            let filled =
                |row: &&SheetRow| row.cells.get(*column).is_some_and(|cell| !cell.is_empty());
            let records = sheet.rows.iter().filter(filled).count();
            if let Some(first) = sheet.rows.iter().find(filled) {
                let title = sheet.titles[*column].clone();
                let value = first.cells[*column].shown();
                let entry = LogEntry::not_read(&sheet.name, title, value, self.rules);
                log.add_titled(&titles[*column], entry, records as u64);
            }
        }
    }
}

/// Why a value is not taken over. Most are taken by another rule, so that the row of the log is made in the end.
enum RefusedValue<'s> {
    ByRule(&'s FieldRule, LogOutcome, Cow<'static, str>),
    Otherwise(LogEntry),
}

struct RowMapper<'s> {
    mapping: FieldMapping<'s>,
    sheet: &'s Sheet,
    row: &'s SheetRow,
    /// The titles as the log shows them.
    titles: &'s [String],
    place: RecordPlace,
    objects: BTreeMap<Category, Map<String, Json>>,
    fallbacks: Vec<Rc<FieldPath>>,
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
        let refused = || RefusedValue::ByRule(rule, LogOutcome::NotTaken, reason.into());
        self.refused.entry(column).or_insert_with(refused);
    }

    /// Notes a value that the document does not need.
    fn spare(&mut self, rule: &'s FieldRule, column: usize, reason: impl Into<Cow<'static, str>>) {
        let spared = || RefusedValue::ByRule(rule, LogOutcome::NotNeeded, reason.into());
        self.refused.entry(column).or_insert_with(spared);
    }

    /// Whether two columns have the same value in different spellings.
    fn is_same(&self, rule: &FieldRule, column: usize, other: usize) -> bool {
        let read = |column| rule.read(self.cell(column), self.mapping.terms);
        let (Ok((value, _)), Ok((further, _))) = (read(column), read(other)) else {
            return false;
        };
        value == further
    }

    /// Whether the field has the value of a column already, from another rule.
    fn has_value(&self, rule: &FieldRule, column: usize) -> bool {
        let read = rule.read(self.cell(column), self.mapping.terms);
        read.is_ok_and(|(value, _)| self.value(&rule.target) == Some(&value))
    }

    fn value(&self, path: &FieldPath) -> Option<&Json> {
        path.get(self.objects.get(&path.category)?)
    }

    /// Whether the object of a field has a value of another key beside it.
    fn has_beside(&self, path: &FieldPath, key: &str) -> bool {
        let mut beside = path.clone();
        beside.keys.pop();
        self.value(&beside.member(key)).is_some()
    }

    fn field(
        &mut self,
        plan: &FieldPlan<'s>,
        fallbacks: &[Rc<FieldPath>],
        known: &mut KnownTexts,
        log: &mut ConversionLog,
    ) {
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
        let had_value = rule.is_fallback && self.value(&rule.target).is_some();
        self.take(rule, column, known, log);
        if !fallbacks.is_empty() && !had_value && self.value(&rule.target).is_some() {
            self.fallbacks.extend_from_slice(fallbacks);
        }
        for other in columns {
            let is_alike = self.cell(other) == self.cell(column);
            if is_alike || self.is_taken[column] && self.is_same(rule, column, other) {
                self.is_taken[other] |= self.is_taken[column] && !self.is_part(rule, other);
            } else if self.has_value(rule, other) {
                self.is_taken[other] |= !self.is_part(rule, other);
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
        known: &mut KnownTexts,
        log: &mut ConversionLog,
    ) {
        if rule.is_for_untaken && self.is_taken[column] {
            return;
        }
        let text = self.cell(column);
        let mut ignored = rule.ignored.iter();
        if ignored.any(|pattern| pattern.is_match(text)) {
            return self.spare(rule, column, "says nothing of this field");
        }
        let mapping = self.mapping;
        let read = known.read(rule, text, || {
            let read = rule.read(text, mapping.terms);
            read.map_err(|problem| rule.elsewhere(text, mapping).unwrap_or(problem))
        });
        if let Some(known) = self.value(&rule.target)
            && rule.is_fallback
        {
            if matches!(&*read, Ok((value, _)) if value == known) {
                self.is_taken[column] |= !self.is_part(rule, column);
                return;
            }
            if rule.is_less_precise {
                let reason = format!("the field has a more precise value: `{}`", named(known));
                return self.spare(rule, column, reason);
            }
            let reason = format!("the field has a value already: `{}`", named(known));
            return self.refuse(rule, column, reason);
        }
        let (value, changes) = match read.into_owned() {
            Ok(read) => read,
            Err(problem) => return self.refuse(rule, column, problem),
        };
        // An accession that the row states leaves nothing to add to the name.
        let is_stated = rule.value == ValueType::Assembly
            && value.get("assembly_name").and_then(Json::as_str) == Some(text)
            && self.has_beside(&rule.target, "assembly_id");
        if let Err(problem) = self.put(rule, value) {
            return self.refuse(rule, column, problem);
        }
        if let Some(note) = &rule.note
            && !rule
                .note_unless
                .iter()
                .any(|path| self.value(path).is_some())
            && let Some(RefusedValue::ByRule(.., reason)) = self.refused.get_mut(&column)
        {
            *reason = format!("{reason}; {note}").into();
            return;
        }
        self.is_taken[column] |= !self.is_part(rule, column);
        if changes.is_empty() || is_stated {
            return;
        }
        if let Some(row) = known.row {
            return log.count_record(row);
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
        let title = &self.titles[column];
        match rule.changes_each_value() {
            true => known.row = log.add_change_of_each(title, entry),
            false => log.add_titled(title, entry, 1),
        }
    }

    /// Whether a fallback rule takes a part of a text that the rule of another field refuses, such as the ending of a wrong URL.
    fn is_part(&self, rule: &FieldRule, column: usize) -> bool {
        let is_other = |main: &FieldRule| !main.is_fallback && main.target != rule.target;
        let is_refused = match self.refused.get(&column) {
            Some(RefusedValue::ByRule(main, ..)) => is_other(main),
            _ => false,
        };
        rule.is_fallback && is_refused && !rule.keeps(self.cell(column))
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
            let entry = match refused {
                RefusedValue::ByRule(rule, outcome, reason) => {
                    self.entry(outcome, rule, column, reason.into_owned())
                }
                RefusedValue::Otherwise(entry) => entry,
            };
            log.add_titled(&self.titles[column], entry, 1);
        }
        self.objects.retain(|_, object| !object.is_empty());
        MappedRecord {
            place: self.place,
            is_wide: self.sheet.category.is_none(),
            objects: self.objects,
            fallbacks: self.fallbacks,
        }
    }
}

/// The fields that a fallback rule fills. Ids and references tell which records are of one object, and stay as they are.
fn fallbacks(plan: &FieldPlan<'_>) -> Vec<Rc<FieldPath>> {
    let target = &plan.rule.target;
    if !plan.rule.is_fallback || target.is_id_or_reference() {
        return Vec::new();
    }
    let mut fields = vec![Rc::new(target.clone())];
    if plan.rule.value == ValueType::Assembly {
        let mut object = target.clone();
        object.keys.pop();
        fields.push(Rc::new(object.member("assembly_id")));
    }
    fields
}
