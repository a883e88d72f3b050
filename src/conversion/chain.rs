//! The chain of a conversion, from sheets to a checked document.

use std::collections::BTreeMap;

use super::assemble::{assemble, schema_member};
use super::clean::clean;
use super::contradictions;
use super::edit_run::EditRun;
use super::edits::CuratorEdit;
use super::error::OwnFilesError;
use super::field_titles::FieldTitles;
use super::imply::{imply, imply_ids};
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::{FieldMapping, MappedRecord};
use super::normalise::ObjectLists;
use super::object_tables::ObjectTableReading;
use super::option_values::OptionValues;
use super::own::file::OwnFiles;
use super::own::join::{FileJoin, sheets_of_files};
use super::rules::ConversionRules;
use super::sheet::{OPTIONS, Sheet};
use super::terms::TermTables;
use crate::fairtracks::category::Category;
use crate::fairtracks::check::{self, CheckedDocument, is_contradiction};
use crate::fairtracks::converted_document::{ConversionSource, converted};
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::fairtracks::draft::Draft;
use crate::fairtracks::finding::{Finding, NO_MEMBER, Strength, is_missing};
use crate::fairtracks::member_order::in_standard_order;

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
        OptionValues::check(self.defaults, self.mapping())
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
        let mut options = OptionValues::of(self.defaults, self.mapping());
        let mut lists = ObjectLists::default();
        let (mut implied, mut normalised) = Default::default();
        let files = sheets_of_files(self.own_files, &sheets);
        let all = sheets.iter().chain(&files);
        let is_study_described = all
            .map(|sheet| sheet.category)
            .any(|category| category.is_none_or(|it| it == Category::Studies));
        let mut titles = FieldTitles::default();
        for sheet in &sheets {
            titles.add(sheet, self.rules);
        }
        self.each_record(sheets, files, &mut log, |mut record| {
            if !self.own_files.files.is_empty() {
                options.track(&mut record);
            }
            join.record(&mut record);
            options.ids(&mut record);
            imply_ids(&mut record, self.rules, &mut implied);
            if options.implied_ids(&mut record, &mut implied) {
                imply_ids(&mut record, self.rules, &mut implied);
            }
            if edits.ids(&mut record) {
                imply_ids(&mut record, self.rules, &mut implied);
            }
            lists.add_record(record, &mut normalised);
        });
        join.finish(&mut log)?;
        log.append(&implied);
        log.append_titled(&normalised, |record, field| titles.title(record, field));
        options.objects(&mut lists, is_study_described, &mut log);
        edits.fields(&mut lists, &mut log);
        edits.finish(&mut log);
        imply(&mut lists, self.rules, &mut log);
        contradictions::resolve(&mut lists, self.terms, &mut log);
        let mut lists = lists.finished(&mut log);
        complete(&mut lists, &mut log);
        let document = assemble(&mut lists, schema_member(), self.rules, &mut log);
        Ok(self.result(in_standard_order(document), lists, log))
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
        let options = OptionValues::of(self.defaults, self.mapping());
        let mut edits = EditRun::new(self.edits, self.mapping());
        for record in &mut records {
            options.ids(record);
            edits.ids(record);
        }
        let mut lists = ObjectLists::unlinked(records, &mut log);
        options.objects(&mut lists, true, &mut log);
        edits.fields(&mut lists, &mut log);
        edits.finish(&mut log);
        complete(&mut lists, &mut log);
        // A document without versions of ontologies stays without them.
        let rules = ConversionRules {
            ontology_versions: BTreeMap::new(),
            ..self.rules.clone()
        };
        // Members stay in the order of the document that the tables are from.
        let document = assemble(&mut lists, further, &rules, &mut log);
        self.result(document, lists, log)
    }

    /// The document with its provenance after its check.
    fn result(
        &self,
        document: Document,
        lists: ObjectLists,
        mut log: ConversionLog,
    ) -> ConversionResult {
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

    /// Passes on the records of all sheets, those of files last.
    fn each_record(
        &self,
        sheets: Vec<Sheet>,
        files: Vec<Sheet>,
        log: &mut ConversionLog,
        mut each: impl FnMut(MappedRecord),
    ) {
        for sheet in sheets {
            let sheet = clean(sheet, self.rules, log);
            self.mapping().each(sheet, log, &mut each);
        }
        for sheet in files {
            self.mapping().each(sheet, log, &mut each);
        }
    }
}

/// The document after its check, which adds what breaks the rules of the standard or seems wrong to the log, with the records that it
/// is from.
fn checked(document: Document, lists: &ObjectLists, log: &mut ConversionLog) -> Document {
    let draft = Draft::of_signed_document(document);
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
    // A finding that stands for further ones has no position.
    let has_position = position.is_some() || keys.peek() == Some(&"*");
    if category.is_some_and(|category| !category.is_single()) && has_position {
        keys.next();
    }
    let name = category.map(Category::name).unwrap_or_default();
    let absent = finding
        .what
        .strip_prefix(NO_MEMBER)
        .and_then(|what| what.split_once('`'))
        .map(|(key, _)| key);
    let field: Vec<&str> = std::iter::once(name).chain(keys).chain(absent).collect();
    let is_missing = is_missing(&finding.what);
    let entry = LogEntry {
        outcome: match is_missing {
            true => LogOutcome::Missing,
            false => outcome,
        },
        record: object
            .filter(|object| &*object.place.sheet != OPTIONS)
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
