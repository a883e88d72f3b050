//! The table of hits: tab-separated, one line a track, titles in a first line that starts with `#`.
//!
//! Ten columns that biologists ask for come first, then those on request under their paths (`samples->phenotype->term_id`), at
//! last the document of each track where several are searched. Values of a list are joined by `,`; hidden characters and what a
//! spreadsheet would run are written as in all our tables; a missing value is empty. Addresses have no credentials: those that
//! an import needs are in the document of hits.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value as Json;

use super::columns::HitColumns;
use crate::fairtracks::category::Category;
use crate::fairtracks::flat::{flatten, texts_at};
use crate::fairtracks::hit::Hit;
use crate::fairtracks::summary_columns::HEADLINES;
use crate::tables;
use crate::tables::tsv::{escape, escape_clean};
use crate::text::secrets;

/// The title of the column with the document of each track.
const DOCUMENT: &str = "document";

/// The table as text, and its titles, which Galaxy gets separately from the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The titles, without the `#`.
    pub titles: Vec<String>,
    /// All lines.
    pub text: String,
    /// The chosen columns without a value.
    pub empty_columns: Vec<String>,
}

/// A table of hits that are added document by document, none of which has to stay in memory.
pub struct TableWriter {
    columns: HitColumns,
    has_documents: bool,
    rows: Vec<HitRow>,
}

/// The cells of a track.
struct HitRow {
    /// Those of the ten columns, then those of the chosen ones.
    cells: Vec<String>,
    /// All others by their titles.
    others: BTreeMap<String, String>,
    document: String,
}

impl TableWriter {
    /// A table with these columns; `has_documents` adds one with the document of each track.
    pub fn new(columns: &HitColumns, has_documents: bool) -> Self {
        TableWriter {
            columns: columns.clone(),
            has_documents,
            rows: Vec::new(),
        }
    }

    /// Adds the hits of a document behind those before.
    pub fn add(&mut self, hits: &[Hit<'_>], document: &str) {
        let mut clean = CleanObjects::default();
        for hit in hits {
            let row = self.row(&ObjectsOfHit::of(hit, &mut clean), document);
            self.rows.push(row);
        }
    }

    fn row(&self, objects: &ObjectsOfHit<'_>, document: &str) -> HitRow {
        let mut cells: Vec<String> = HEADLINES
            .iter()
            .map(|headline| {
                let mut sources = headline.sources.iter();
                sources
                    .find_map(|(category, path)| objects.cell(*category, path))
                    .unwrap_or_default()
            })
            .collect();
        let mut others = BTreeMap::new();
        match &self.columns {
            HitColumns::Ten => {}
            HitColumns::All => others = objects.all_cells(),
            HitColumns::Chosen(attributes) => cells.extend(attributes.iter().map(|attribute| {
                let cell = objects.cell(attribute.category, &attribute.path);
                cell.unwrap_or_default()
            })),
        }
        HitRow {
            cells,
            others,
            document: escape(document),
        }
    }

    /// The table of all hits; without hits it is the line of titles alone.
    pub fn finish(self) -> Table {
        let shown: HashSet<String> = HEADLINES
            .iter()
            .filter_map(|headline| headline.sources.first())
            .map(|(category, path)| title(*category, &path.join("->")))
            .collect();
        let others = self.rows.iter().flat_map(|row| row.others.keys());
        let others: BTreeSet<&String> = others.filter(|title| !shown.contains(*title)).collect();
        let mut titles: Vec<String> = HEADLINES.map(|headline| headline.title.to_owned()).to_vec();
        let mut empty_columns = Vec::new();
        if let HitColumns::Chosen(attributes) = &self.columns {
            for attribute in attributes {
                let place = titles.len();
                let attribute = attribute.to_string();
                if self.rows.iter().all(|row| row.cells[place].is_empty()) {
                    empty_columns.push(attribute.clone());
                }
                titles.push(escape(&attribute));
            }
        }
        titles.extend(others.iter().map(|title| escape(title)));
        titles.extend(self.has_documents.then(|| DOCUMENT.to_owned()));
        let mut text = tables::title_line(&titles);
        for row in &self.rows {
            let cells = row.cells.iter().map(String::as_str);
            let of_others = others.iter();
            let of_others =
                of_others.map(|title| row.others.get(*title).map_or("", String::as_str));
            let document = self.has_documents.then_some(row.document.as_str());
            tables::push_row(&mut text, cells.chain(of_others).chain(document));
        }
        // Without hits no column has a value.
        if self.rows.is_empty() {
            empty_columns.clear();
        }
        Table {
            titles,
            text,
            empty_columns,
        }
    }
}

fn title(category: Category, path: &str) -> String {
    format!("{category}->{path}")
}

/// The values of a list in one cell; `None` where none has a text.
fn cell(texts: &[String]) -> Option<String> {
    let is_there = texts.iter().any(|text| !text.is_empty());
    is_there.then(|| escape_clean(&texts.join(",")))
}

/// The objects that have no secrets, by their places in memory: many tracks share an experiment, a sample and a study.
#[derive(Default)]
struct CleanObjects(HashMap<*const Json, bool>);

impl CleanObjects {
    fn has(&mut self, object: &Json) -> bool {
        let place = std::ptr::from_ref(object);
        *self
            .0
            .entry(place)
            .or_insert_with(|| !secrets::are_in(object))
    }
}

/// The objects of a hit, without secrets.
struct ObjectsOfHit<'d>(Vec<(Category, Cow<'d, Json>)>);

impl<'d> ObjectsOfHit<'d> {
    fn of(hit: &Hit<'d>, clean: &mut CleanObjects) -> Self {
        let objects = Category::ALL.into_iter().filter_map(|category| {
            let object = hit.object(category)?;
            if clean.has(object) {
                return Some((category, Cow::Borrowed(object)));
            }
            let mut without = object.clone();
            secrets::take_out(&mut without);
            Some((category, Cow::Owned(without)))
        });
        ObjectsOfHit(objects.collect())
    }

    fn cell(&self, category: Category, path: &[impl AsRef<str>]) -> Option<String> {
        let mut objects = self.0.iter();
        let (_, object) = objects.find(|(known, _)| *known == category)?;
        cell(&texts_at(object, path))
    }

    /// All attributes under their titles; those without a text are missing.
    fn all_cells(&self) -> BTreeMap<String, String> {
        let objects = self.0.iter();
        let cells = objects.flat_map(|(category, object)| {
            let attributes = flatten(object).into_iter();
            attributes.filter_map(|flat| Some((title(*category, &flat.path), cell(&flat.texts)?)))
        });
        cells.collect()
    }
}
