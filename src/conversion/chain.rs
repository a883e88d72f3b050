//! The chain of a conversion, from sheets to a checked document.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::assemble::{assemble, schema_member};
use super::clean::clean;
use super::contradictions;
use super::edit_run::EditRun;
use super::edits::CuratorEdit;
use super::error::OwnFilesError;
use super::field_path::FieldPath;
use super::imply::{imply, imply_ids};
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::{FieldMapping, MappedRecord};
use super::normalise::ObjectLists;
use super::object_tables::ObjectTableReading;
use super::own::file::OwnFiles;
use super::own::join::{FileJoin, sheets_of_files};
use super::rules::ConversionRules;
use super::sheet::{OPTIONS, ROW, Sheet, SheetCell, SheetRow};
use super::sheet_plan::SheetPlan;
use super::terms::TermTables;
use crate::fairtracks::category::Category;
use crate::fairtracks::check::{self, CheckedDocument, is_contradiction};
use crate::fairtracks::converted_document::{ConversionSource, converted};
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::fairtracks::draft::Draft;
use crate::fairtracks::finding::{Finding, Strength};

/// What is converted, and how.
pub struct ConversionRequest<'r> {
    /// The rules.
    pub rules: &'r ConversionRules,
    /// The tables of terms.
    pub terms: &'r TermTables,
    /// Values for records that have none: a title or the path of a field, and a text.
    pub defaults: &'r [(String, String)],
    /// The edits of a curator.
    pub edits: &'r [CuratorEdit],
    /// Files that are tracks.
    pub own_files: &'r OwnFiles,
    /// The provenance of the document.
    pub source: &'r ConversionSource,
}

/// A document, and what could not be filled or was changed.
#[derive(Debug)]
pub struct ConversionResult {
    /// The document as JSON.
    pub document: Vec<u8>,
    /// How many objects of each category it has.
    pub counts: BTreeMap<Category, usize>,
    /// The log.
    pub log: ConversionLog,
}

impl ConversionRequest<'_> {
    /// Checks that rules read the values of options, and that each is of the type of its field.
    ///
    /// # Errors
    /// The first value that cannot be used.
    pub fn check_defaults(&self) -> Result<(), String> {
        for (field, text) in self.defaults {
            let sheet = self.options_sheet(None, &[(field, text)]);
            let plan = SheetPlan::of(&sheet, self.rules);
            if !plan.reads(0) {
                return Err(format!(
                    "found the field `{field}`, expected a category and a field, such as `samples.species_id`"
                ));
            }
            let mut log = ConversionLog::default();
            self.mapping().map(sheet, 1, &mut log);
            let refused = log
                .rows()
                .into_iter()
                .find(|row| row.entry.outcome == LogOutcome::NotTaken);
            if let Some(row) = refused {
                return Err(format!(
                    "found `{text}` for `{field}`, {}",
                    row.entry.reason
                ));
            }
        }
        Ok(())
    }

    /// Converts sheets; the log has what their reader could not use.
    ///
    /// # Errors
    /// Own files and the rows that describe them do not fit together.
    pub fn convert(
        &self,
        sheets: Vec<Sheet>,
        log: ConversionLog,
    ) -> Result<ConversionResult, OwnFilesError> {
        self.convert_and_complete(sheets, log, &mut |_, _| {})
    }

    /// Converts sheets with one more step: `complete` fills in what can be found out about the objects, before they are a document.
    ///
    /// # Errors
    /// Own files and the rows that describe them do not fit together.
    pub fn convert_and_complete(
        &self,
        sheets: Vec<Sheet>,
        mut log: ConversionLog,
        complete: &mut dyn FnMut(&mut ObjectLists, &mut ConversionLog),
    ) -> Result<ConversionResult, OwnFilesError> {
        // Each record becomes objects of the lists at once, since records take much more memory; the log has the steps in order.
        let mut join = FileJoin::new(self.own_files, self.terms);
        let mut edits = EditRun::new(self.edits, self.mapping());
        let mut lists = ObjectLists::default();
        let (mut implied, mut normalised) = Default::default();
        self.each_record(sheets, &mut log, |mut record| {
            join.record(&mut record);
            imply_ids(&mut record, self.rules, &mut implied);
            if edits.ids(&mut record) {
                imply_ids(&mut record, self.rules, &mut implied);
            }
            lists.add_record(record, &mut normalised);
        });
        join.finish(&mut log)?;
        log.append(&implied);
        log.append(&normalised);
        edits.fields(&mut lists, &mut log);
        edits.finish(&mut log);
        imply(&mut lists, self.rules, &mut log);
        contradictions::resolve(&mut lists, self.terms, &mut log);
        let mut lists = lists.finished(&mut log);
        complete(&mut lists, &mut log);
        Ok(self.result(lists, schema_member(), self.rules, log))
    }

    /// Converts the tables of a document: values stay as they are, and nothing but labels, summaries and names of files that
    /// the standard derives is added, and what `complete` fills in.
    pub fn convert_object_tables(
        &self,
        tables: ObjectTableReading,
        mut log: ConversionLog,
        complete: &mut dyn FnMut(&mut ObjectLists, &mut ConversionLog),
    ) -> ConversionResult {
        let ObjectTableReading {
            mut records,
            further,
            options: _,
        } = tables;
        self.add_defaults(&mut records, &mut log);
        let mut edits = EditRun::new(self.edits, self.mapping());
        for record in &mut records {
            edits.ids(record);
        }
        let mut lists = ObjectLists::unlinked(records, &mut log);
        edits.fields(&mut lists, &mut log);
        edits.finish(&mut log);
        complete(&mut lists, &mut log);
        // A document without versions of ontologies stays without them.
        let rules = ConversionRules {
            ontology_versions: BTreeMap::new(),
            ..self.rules.clone()
        };
        self.result(lists, further, &rules, log)
    }

    /// Adds values of options to the objects of tables that have none.
    fn add_defaults(&self, records: &mut Vec<MappedRecord>, log: &mut ConversionLog) {
        for (field, text) in self.defaults {
            let sheet = self.options_sheet(None, &[(field, text)]);
            for default in self.mapping().map(sheet, 1, log) {
                for (category, members) in &default.objects {
                    let all = records.iter_mut();
                    let mut objects = all
                        .filter_map(|record| record.objects.get_mut(category))
                        .peekable();
                    if objects.peek().is_none() && category.is_single() {
                        records.push(MappedRecord {
                            is_wide: false,
                            place: default.place.clone(),
                            objects: [(*category, members.clone())].into(),
                        });
                        continue;
                    }
                    objects.for_each(|object| add_missing(object, members));
                }
            }
        }
    }

    /// The checked document of objects.
    fn result(
        &self,
        mut lists: ObjectLists,
        further: Map<String, Json>,
        rules: &ConversionRules,
        mut log: ConversionLog,
    ) -> ConversionResult {
        let document = assemble(&mut lists, further, rules, &mut log);
        let document = converted(document, self.source);
        let counts = Category::ALL.map(|category| (category, document.count(category)));
        let document = checked(document, &lists, &mut log);
        drop(lists);
        ConversionResult {
            document: document_json::into_bytes(document),
            counts: counts.into_iter().collect(),
            log,
        }
    }

    fn mapping(&self) -> FieldMapping<'_> {
        FieldMapping {
            rules: self.rules,
            terms: self.terms,
        }
    }

    /// Passes on the records of all sheets, those of the objects that options alone describe last.
    fn each_record(
        &self,
        sheets: Vec<Sheet>,
        log: &mut ConversionLog,
        mut each: impl FnMut(MappedRecord),
    ) {
        let files = sheets_of_files(self.own_files, &sheets);
        let all = sheets.iter().chain(&files);
        let described: Vec<Option<Category>> = all.map(|sheet| sheet.category).collect();
        for sheet in sheets {
            let sheet = clean(sheet, self.rules, log);
            self.records_of_sheet(sheet, log, &mut each);
        }
        for sheet in files {
            self.records_of_sheet(sheet, log, &mut each);
        }
        // A study that no sheet describes may be described by options. What a sheet says of the collection goes before options.
        let has_wide = described.contains(&None);
        for category in [
            Category::DocInfo,
            Category::CollectionInfo,
            Category::Studies,
        ] {
            let is_described = has_wide || described.contains(&Some(category));
            let of_category: Vec<(&String, &String)> = self
                .defaults
                .iter()
                .filter(|(field, _)| {
                    FieldPath::parse(field).is_some_and(|path| path.category == category)
                })
                .map(|(field, text)| (field, text))
                .collect();
            if !of_category.is_empty() && (category.is_single() || !is_described) {
                let sheet = self.options_sheet(Some(category), &of_category);
                let defaults = sheet.titles.len();
                self.mapping().each(sheet, defaults, log, &mut each);
            }
        }
    }

    /// Passes on the records of a clean sheet, with the values of options.
    fn records_of_sheet(
        &self,
        mut sheet: Sheet,
        log: &mut ConversionLog,
        each: &mut impl FnMut(MappedRecord),
    ) {
        let defaults = sheet.titles.len();
        for (field, text) in self.defaults {
            let category = FieldPath::parse(field).map(|path| path.category);
            // The document and its collection are of no row.
            let is_single = category.is_some_and(Category::is_single);
            if !is_single
                && (sheet.category.is_none() || category.is_none() || sheet.category == category)
            {
                sheet.titles.push(field.clone());
                for row in &mut sheet.rows {
                    row.cells.push(SheetCell::Text(text.clone()));
                }
            }
        }
        self.mapping().each(sheet, defaults, log, each);
    }

    /// A sheet of one row with values of options.
    fn options_sheet(&self, category: Option<Category>, values: &[(&String, &String)]) -> Sheet {
        let cells = values
            .iter()
            .map(|(_, text)| SheetCell::Text((*text).clone()));
        Sheet {
            name: OPTIONS.into(),
            category,
            row_word: ROW,
            titles: values.iter().map(|(field, _)| (*field).clone()).collect(),
            rows: vec![SheetRow {
                number: 0,
                cells: cells.collect(),
            }],
        }
    }
}

/// Adds the members that an object lacks.
fn add_missing(object: &mut Map<String, Json>, members: &Map<String, Json>) {
    for (key, value) in members {
        match (object.get_mut(key), value) {
            (None, value) => {
                object.insert(key.clone(), value.clone());
            }
            (Some(Json::Object(known)), Json::Object(members))
                if !known.contains_key("term_id") =>
            {
                add_missing(known, members);
            }
            _ => {}
        }
    }
}

/// The document after its check, which adds what breaks the rules of the standard or seems wrong to the log, with the records that it
/// is from.
fn checked(document: Document, lists: &ObjectLists, log: &mut ConversionLog) -> Document {
    let draft = Draft::of_document(document);
    let checked = CheckedDocument {
        name: "",
        draft: &draft,
        fillable: &[],
    };
    for findings in check::check(&[checked]) {
        for finding in crate::fairtracks::finding::sorted(vec![findings]) {
            let is_doubtful = finding.strength == Strength::Should || is_contradiction(&finding);
            match finding.strength {
                Strength::Must => log_finding(&finding, LogOutcome::Broken, lists, log),
                _ if is_doubtful => log_finding(&finding, LogOutcome::Doubtful, lists, log),
                _ => {}
            }
        }
    }
    draft.into_document()
}

fn log_finding(
    finding: &Finding,
    outcome: LogOutcome,
    lists: &ObjectLists,
    log: &mut ConversionLog,
) {
    let pointer = &finding.place.pointer;
    let mut keys = pointer.split('/').skip(1).peekable();
    let category = keys.next().and_then(Category::named);
    let list = category
        .map(|category| lists.list(category))
        .unwrap_or_default();
    let position = match category.is_some_and(Category::is_single) {
        true => Some(0),
        false => keys
            .peek()
            .and_then(|position| position.parse::<usize>().ok()),
    };
    let object = position.and_then(|position| list.get(position));
    if category.is_some_and(|category| !category.is_single()) && position.is_some() {
        keys.next();
    }
    let name = category.map(Category::name).unwrap_or_default();
    let absent = finding
        .what
        .strip_prefix("no `")
        .and_then(|what| what.split_once('`'))
        .map(|(key, _)| key);
    let field: Vec<&str> = std::iter::once(name).chain(keys).chain(absent).collect();
    let is_missing = absent.is_some() || finding.what == "nothing";
    let entry = LogEntry {
        outcome: match is_missing {
            true => LogOutcome::Missing,
            false => outcome,
        },
        record: object
            .map(|object| object.place.to_string())
            .unwrap_or_default(),
        field: field.join("."),
        value: match is_missing {
            true => String::new(),
            false => finding.what.clone(),
        },
        rule: "FAIRtracks 1.0.2".to_owned(),
        reason: match finding.what.starts_with("\"ni:") {
            // What a file is called until it is published needs more words than a wrong URL.
            true => format!("expected {}: {}", finding.expected, finding.hint),
            false => format!("expected {}", finding.expected),
        },
    };
    log.add_many(entry, finding.count);
}
