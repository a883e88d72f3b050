//! The table of hits: tab-separated, one line a track, titles in a first line that starts with `#`.
//!
//! Ten columns that biologists ask for come first, then every other attribute under its path
//! (`samples->phenotype->term_id`), sorted. Values of a list are joined by `,`; hidden characters and what a spreadsheet
//! would run are written as in all our tables; a missing value is empty. Addresses have no credentials: those that an
//! import needs are in the document of hits.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value as Json;

use crate::fairtracks::category::Category;
use crate::fairtracks::flat::{FlatAttribute, flatten};
use crate::fairtracks::hit::Hit;
use crate::fairtracks::summary_columns::HEADLINES;
use crate::tables;
use crate::tables::tsv::{escape, escape_clean};
use crate::text::secrets;

/// The table as text, and its titles, which Galaxy gets separately from the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The titles, without the `#`.
    pub titles: Vec<String>,
    /// All lines.
    pub text: String,
}

/// Writes the table of hits; without hits it is the line of titles alone.
pub fn write(hits: &[Hit<'_>]) -> Table {
    let mut clean = CleanObjects::default();
    let rows: Vec<HashMap<String, Vec<String>>> =
        hits.iter().map(|hit| attributes(hit, &mut clean)).collect();
    let shown: HashSet<String> = HEADLINES
        .iter()
        .filter_map(|headline| headline.sources.first())
        .map(title_of)
        .collect();
    let others = rows.iter().flat_map(HashMap::keys);
    let others: BTreeSet<&String> = others.filter(|title| !shown.contains(*title)).collect();
    let titles: Vec<String> = HEADLINES
        .iter()
        .map(|headline| headline.title.to_owned())
        .chain(others.iter().map(|title| escape(title)))
        .collect();
    let mut text = tables::title_line(&titles);
    for row in &rows {
        let named = HEADLINES.iter().map(|headline| {
            let found = headline
                .sources
                .iter()
                .find_map(|source| row.get(&title_of(source)));
            found.map(|texts| cell(texts)).unwrap_or_default()
        });
        let other = others
            .iter()
            .map(|title| row.get(*title).map(|texts| cell(texts)).unwrap_or_default());
        tables::push_row(&mut text, named.chain(other));
    }
    Table { titles, text }
}

/// The values of a list in one cell.
fn cell(texts: &[String]) -> String {
    escape_clean(&texts.join(","))
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

/// The attributes of an object without its secrets.
fn flattened(object: &Json, clean: &mut CleanObjects) -> Vec<FlatAttribute> {
    if clean.has(object) {
        return flatten(object);
    }
    let mut without = object.clone();
    secrets::take_out(&mut without);
    flatten(&without)
}

fn title_of((category, path): &(Category, &[&str])) -> String {
    format!("{category}->{}", path.join("->"))
}

/// All attributes of a hit under their titles, without secrets; empty texts count as missing.
fn attributes(hit: &Hit<'_>, clean: &mut CleanObjects) -> HashMap<String, Vec<String>> {
    Category::ALL
        .into_iter()
        .flat_map(|category| {
            hit.object(category)
                .map(|object| flattened(object, clean))
                .unwrap_or_default()
                .into_iter()
                .map(move |flat| (format!("{category}->{}", flat.path), flat.texts))
        })
        .filter(|(_, texts)| texts.iter().any(|text| !text.is_empty()))
        .collect()
}
