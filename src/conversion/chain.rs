//! The chain of a conversion, from sheets to a checked document.

use std::collections::BTreeMap;

use super::assemble::assemble;
use super::clean::clean;
use super::edits::{self, CuratorEdit};
use super::error::OwnFilesError;
use super::field_path::FieldPath;
use super::imply::imply;
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::{FieldMapping, MappedRecord};
use super::normalise::ObjectLists;
use super::own::file::OwnFiles;
use super::own::join::join;
use super::rules::ConversionRules;
use super::sheet::{OPTIONS, ROW, Sheet, SheetCell, SheetRow};
use super::sheet_plan::SheetPlan;
use super::terms::TermTables;
use crate::fairtracks::category::Category;
use crate::fairtracks::check::{self, CheckedDocument};
use crate::fairtracks::converted_document::{ConversionSource, converted};
use crate::fairtracks::document_json;
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
        mut log: ConversionLog,
    ) -> Result<ConversionResult, OwnFilesError> {
        let mut records = self.records(sheets, &mut log)?;
        edits::apply(self.edits, &mut records, self.mapping(), &mut log);
        imply(&mut records, self.rules, &mut log);
        let mut lists = ObjectLists::of(records, &mut log);
        let document = assemble(&mut lists, self.rules, &mut log);
        let document = converted(document, self.source);
        let counts = Category::ALL.map(|category| (category, document.count(category)));
        let bytes = document_json::write(&document);
        // The check reads the document as anybody does; it is in memory as a tree only once.
        drop(document);
        log_findings(&bytes, &lists, &mut log);
        Ok(ConversionResult {
            document: bytes,
            counts: counts.into_iter().collect(),
            log,
        })
    }

    fn mapping(&self) -> FieldMapping<'_> {
        FieldMapping {
            rules: self.rules,
            terms: self.terms,
        }
    }

    /// The records of all sheets, the objects that options alone describe first.
    fn records(
        &self,
        sheets: Vec<Sheet>,
        log: &mut ConversionLog,
    ) -> Result<Vec<MappedRecord>, OwnFilesError> {
        let mut records = Vec::new();
        let mut described: Vec<Option<Category>> =
            sheets.iter().map(|sheet| sheet.category).collect();
        for sheet in sheets {
            let sheet = clean(sheet, self.rules, log);
            records.extend(self.records_of_sheet(sheet, log));
        }
        let own_files = self.own_files;
        let tracks = join(own_files, &mut records, self.terms, log)?;
        if !tracks.is_empty() {
            // Tables of other objects refer to tracks, which have no objects of their own then.
            let category = (!described.is_empty()).then_some(Category::Tracks);
            described.push(category);
            let mut of_files = Vec::new();
            for sheet in tracks {
                let sheet = Sheet { category, ..sheet };
                of_files.extend(self.records_of_sheet(sheet, log));
            }
            join(own_files, &mut of_files, self.terms, log)?;
            records.extend(of_files);
        }
        // A study that no sheet describes may be described by options.
        let has_wide = described.contains(&None);
        let mut own = Vec::new();
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
                own.extend(self.mapping().map(sheet, defaults, log));
            }
        }
        // What a sheet says of the collection goes before options.
        records.extend(own);
        Ok(records)
    }

    /// The records of a clean sheet, with the values of options.
    fn records_of_sheet(&self, mut sheet: Sheet, log: &mut ConversionLog) -> Vec<MappedRecord> {
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
        self.mapping().map(sheet, defaults, log)
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

/// Adds what breaks the rules of the standard to the log, with the records that it is from.
fn log_findings(document: &[u8], lists: &ObjectLists, log: &mut ConversionLog) {
    let draft = match document_json::read_draft(document) {
        Ok(draft) => draft,
        Err(problem) => {
            log.add(LogEntry {
                outcome: LogOutcome::Broken,
                record: String::new(),
                field: String::new(),
                value: String::new(),
                rule: "FAIRtracks 1.0.2".to_owned(),
                reason: problem.to_string(),
            });
            return;
        }
    };
    let checked = CheckedDocument {
        name: "",
        draft: &draft,
        fillable: &[],
    };
    for findings in check::check(&[checked]) {
        for finding in crate::fairtracks::finding::sorted(vec![findings]) {
            if finding.strength == Strength::Must {
                log_finding(&finding, lists, log);
            }
        }
    }
}

fn log_finding(finding: &Finding, lists: &ObjectLists, log: &mut ConversionLog) {
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
            false => LogOutcome::Broken,
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
