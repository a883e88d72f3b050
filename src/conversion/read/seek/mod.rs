//! Items of a SEEK in JSON:API: each content blob of a data file becomes a row, with the assay, study, samples and people that the
//! items refer to.
//!
//! Lists and single items may be in any order and number. Columns are `blob.`, `file.`, `assay.`, `sample.`, `organism.`,
//! `disease.`, `target.`, `study.`, `investigation.`, `person.` and `publication.` before the paths of attributes.

mod attributes;
mod items;
mod relationships;

use std::collections::HashSet;
use std::rc::Rc;

use self::attributes::{
    ASSAY, BLOB, DISEASE, FILE, INVESTIGATION, ORGANISM, ORIGINS, PERSON, PUBLICATION, SAMPLE,
    STUDY, add, mark, without_labels_of_terms,
};
use self::items::SeekItems;
use self::relationships::{is_followed, unread};
use super::flatten::{flatten, only_text};
use super::json_source::{JsonReading, SourceFile, left_out, not_taken, value};
use super::titled_value::TitledValue;
use super::value_columns::{NumberedRows, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::SheetCell;

const FILE_WORD: &str = "data file";
/// A word that is no type of items.
const UNUSED: &str = "";
/// Reads items, and lists of items.
///
/// # Errors
/// A file has no item or states an error; no data file has a content blob.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut log = ConversionLog::default();
    let mut items = SeekItems::default();
    let mut names: Vec<Rc<str>> = Vec::new();
    for file in files {
        let whole = value(file, &mut log)?;
        let name: Rc<str> = file.name.as_str().into();
        items.add(&name, whole)?;
        names.push(name);
    }
    for entry in items.odd() {
        log.add(entry);
    }
    let mut reader = SeekReader {
        items: &items,
        rules,
        columns: ValueColumns::new(rules, &ORIGINS),
        log,
        used: HashSet::new(),
    };
    let mut rows: Vec<NumberedRows> = names.into_iter().map(|name| (name, Vec::new())).collect();
    for (number, id) in (1..).zip(items.ids("data_files")) {
        let key = ("data_files", id);
        let Some(file) = items.file_of(key) else {
            continue;
        };
        let place = format!("{file}, {FILE_WORD} {number}");
        let values = reader.of_file(&place, id);
        let Some((_, rows)) = rows.iter_mut().find(|(name, _)| *name == file) else {
            continue;
        };
        let blobs = reader.blobs(&place, id);
        for blob in blobs {
            let mut row = Vec::new();
            for (origin, title, text) in blob.iter().chain(&values) {
                let cell = SheetCell::Text(text.clone());
                reader.columns.add(&mut row, &file, (*origin, title), cell);
            }
            rows.push((number, row));
        }
        let check = reader.columns.check(rows.len());
        check.map_err(|problem| problem.in_file(&file))?;
    }
    if rows.iter().all(|(_, rows)| rows.is_empty()) {
        return Err(JsonSourceError::Missing {
            expected: "a data file with `content_blobs`: save the item of each data file, since a list has titles alone",
        });
    }
    reader.log_unused();
    reader.log_relationships();
    reader.columns.log_unread(&mut reader.log);
    Ok(JsonReading {
        sheets: reader.columns.sheets(rows, FILE_WORD),
        log: reader.log,
    })
}

struct SeekReader<'i, 'r> {
    items: &'i SeekItems,
    rules: &'r ConversionRules,
    columns: ValueColumns<'r>,
    log: ConversionLog,
    /// Type and id of the items that a data file leads to.
    used: HashSet<(String, String)>,
}

impl SeekReader<'_, '_> {
    /// The values of each content blob of a data file.
    fn blobs(&mut self, place: &str, id: &str) -> Vec<Vec<TitledValue>> {
        let attributes = self.items.attributes(("data_files", id));
        let blobs = attributes["content_blobs"].as_array();
        let blobs = blobs.map_or(&[][..], Vec::as_slice);
        if blobs.is_empty() {
            let reason = "found no content blob, expected at least one: save the item of the data file, since a list has titles alone";
            self.log.add(not_taken(place, "blob.link", id, reason));
        }
        let log = &mut self.log;
        let values = (1..).zip(blobs).map(|(position, blob)| {
            let mut values: Vec<TitledValue> = Vec::new();
            let mut add =
                |title: &str, text: &str| values.push((BLOB, title.to_owned(), text.to_owned()));
            let track = match blobs.len() {
                1 => format!("data_files/{id}"),
                _ => format!("data_files/{id}/{position}"),
            };
            add("track id", &track);
            let [url, link] = ["url", "link"].map(|key| {
                only_text(&blob[key]).unwrap_or_else(|shown| {
                    let reason = "expected one URL";
                    let field = format!("blob.{key}");
                    log.add(not_taken(place, &field, &shown, reason));
                    None
                })
            });
            // The bytes of a file on the server are below the link of its blob.
            let download = link.map(|link| match link.ends_with("/download") {
                true => link,
                false => format!("{link}/download"),
            });
            match (url, download) {
                (Some(url), _) => add("address", &url),
                (None, Some(download)) => add("address", &download),
                (None, None) => {}
            }
            let of_blob = flatten(blob).into_iter();
            let of_blob = of_blob.filter(|(title, _)| !["url", "link"].contains(&title.as_str()));
            of_blob.for_each(|(title, text)| add(&title, &text));
            values
        });
        values.collect()
    }

    /// The values that all blobs of a data file have.
    fn of_file(&mut self, place: &str, id: &str) -> Vec<TitledValue> {
        let items = self.items;
        let file = ("data_files", id);
        let mut values = Vec::new();
        add(
            &mut values,
            FILE,
            items.attributes(file),
            &["content_blobs", "title"],
        );
        match only_text(&items.attributes(file)["title"]) {
            Ok(title) => values.extend(title.map(|title| (FILE, "label".to_owned(), title))),
            Err(shown) => {
                let reason = "expected one text";
                self.log.add(not_taken(place, "file.title", &shown, reason));
            }
        }
        let assay = self.only(
            place,
            "assays",
            "experiments.local_id",
            items.related(file, "assays"),
        );
        let mut studies = items.related(file, "studies");
        let mut samples = items.related(file, "samples");
        let mut publications = items.related(file, "publications");
        let mut people = items.related(file, "creators");
        people.extend(items.related(file, "submitter"));
        if let Some(assay) = &assay {
            let assay = ("assays", &assay[..]);
            values.push((ASSAY, "id".to_owned(), format!("assays/{}", assay.1)));
            add(&mut values, ASSAY, items.attributes(assay), &[]);
            without_labels_of_terms(&mut values);
            let study = items.related(assay, "study");
            // The study of the assay is that of the file.
            if !study.is_empty() {
                studies = study;
            }
            if samples.is_empty() {
                samples = items.related(assay, "samples");
            }
            people.extend(items.related(assay, "creators"));
            for (origin, kind, field) in [
                (ORGANISM, "organisms", "samples.species_id"),
                (DISEASE, "human_diseases", "samples.phenotype"),
            ] {
                let found = self.only(place, kind, field, items.related(assay, kind));
                if let Some(id) = found {
                    add(&mut values, origin, items.attributes((kind, &id)), &[]);
                }
            }
            publications.extend(items.related(assay, "publications"));
        }
        if let Some(id) = self.only(place, "samples", "samples.local_id", samples) {
            values.push((SAMPLE, "id".to_owned(), format!("samples/{id}")));
            add(&mut values, SAMPLE, items.attributes(("samples", &id)), &[]);
        }
        mark(&mut values);
        if let Some(id) = self.only(place, "studies", "studies.local_id", studies) {
            let study = ("studies", &id[..]);
            values.push((STUDY, "id".to_owned(), format!("studies/{id}")));
            add(&mut values, STUDY, items.attributes(study), &[]);
            let investigation = items.related(study, "investigation");
            if let Some(id) =
                self.only(place, "investigations", "studies.study_name", investigation)
            {
                add(
                    &mut values,
                    INVESTIGATION,
                    items.attributes(("investigations", &id)),
                    &[],
                );
            }
            let of_study = items.related(study, "publications");
            if !of_study.is_empty() {
                publications = of_study;
            }
            let mut of_study = items.related(study, "creators");
            of_study.extend(items.related(study, "submitter"));
            of_study.append(&mut people);
            people = of_study;
        }
        publications.dedup();
        if let Some(id) = self.only(place, "publications", "studies.publication", publications) {
            add(
                &mut values,
                PUBLICATION,
                items.attributes(("publications", &id)),
                &[],
            );
        }
        let mut known = Vec::new();
        for id in people {
            known.extend(self.only(place, "people", "studies.contact", vec![id]));
        }
        // The first person with an address is the contact.
        let has_address = |id: &&String| {
            let person = items.attributes(("people", id));
            ["orcid", "email"]
                .iter()
                .any(|key| person[*key].is_string())
        };
        if let Some(id) = known.iter().find(has_address) {
            add(&mut values, PERSON, items.attributes(("people", id)), &[]);
        }
        values
    }

    /// The only item of some; several are reported, and none of them is taken.
    fn only(
        &mut self,
        place: &str,
        kind: &str,
        field: &str,
        mut ids: Vec<String>,
    ) -> Option<String> {
        ids.dedup();
        for id in &ids {
            self.used.insert((kind.to_owned(), id.clone()));
            if self.items.file_of((kind, id)).is_none() {
                // The row of many data files is one.
                let reason =
                    format!("found no item of {kind} with this id: save it beside the data files");
                let entry = left_out((place, field), id, self.rules, &reason);
                self.log.add(entry);
            }
        }
        match ids.as_slice() {
            [] => None,
            [id] => Some(id.clone()),
            several => {
                let reason = format!("found several {kind}, expected one: the data file has none");
                self.log
                    .add(not_taken(place, field, &several.join(";"), &reason));
                None
            }
        }
    }

    /// Adds a row for each type of items that no data file leads to.
    fn log_unused(&mut self) {
        for (file, kind, id) in self.items.all() {
            let is_used = kind == "data_files" || self.used.contains(&(kind.clone(), id.clone()));
            if !is_used {
                let reason = match is_followed(kind) {
                    true => format!("no data file leads to an item of {kind}: left out"),
                    false => format!("items of {kind} are not read: left out"),
                };
                // Only the first id of a type is shown, so that the rows of a type are one.
                let known = self.used.insert((UNUSED.to_owned(), kind.clone()));
                if known {
                    let count = self.items.unused(kind, &self.used);
                    let entry = left_out((file, kind), id, self.rules, &reason);
                    self.log.add_many(entry, count);
                }
            }
        }
    }

    /// Adds a row for each relationship of the items that data files lead to whose items are not read.
    fn log_relationships(&mut self) {
        for relationship in unread(self.items, &self.used) {
            let reason = "no rule reads what this relationship leads to: left out";
            let place = (&*relationship.file, &relationship.field[..]);
            let entry = left_out(place, &relationship.first, self.rules, reason);
            self.log.add_many(entry, relationship.items);
        }
    }
}
