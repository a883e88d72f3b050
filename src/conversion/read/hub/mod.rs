//! Track hubs of the UCSC Genome Browser: a file of the hub, one of its genomes, and one of tracks for each genome, or all in one
//! (`useOneFile on`).
//!
//! Each track with a file becomes a row. Its columns are the settings of the hub (`hub.`), of the genome (`genome.`) and of the track
//! (`trackDb.`), which the tracks above it hand down, and what describes it: `metadata.`, `meta.` (a row of the table of `metaTab`),
//! `facets.` (a row of the table of a faceted composite) and `subGroups.`.

mod facets;
mod files;
mod groups;
mod loader;
mod registry;
mod rows;
mod stanzas;
mod tree;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use url::Url;

use self::facets::FacetTable;
pub use self::files::{HubFile, HubFiles, SavedFiles, starts_hub, unknown_url};
use self::groups::KeyedTable;
use self::loader::{HubLoader, PlacedStanza};
pub use self::registry::{MOST_HUBS, hubs_of_answer, is_registry_answer};
use self::rows::{HubGenome, HubTrackRow};
use self::tree::{TrackTree, not_taken};
use crate::conversion::error::{HubError, HubProblem};
use crate::conversion::log::ConversionLog;
use crate::conversion::read::value_columns::{TooManyValues, ValueColumns, cells};
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::{Sheet, SheetCell, SheetRow};
use crate::fairtracks::category::Category;

/// Settings of a hub that lead to other files.
const LAYOUT: [&str; 3] = ["hub", "genomesFile", "useOneFile"];

/// What a hub holds.
#[derive(Debug)]
pub struct HubReading {
    /// The hub as a collection and a study, and its tracks.
    pub sheets: Vec<Sheet>,
    /// What could not be read.
    pub log: ConversionLog,
}

/// Reads a hub.
///
/// # Errors
/// What is wrong, and in which file and line; no track has a file.
pub fn read(
    files: &mut dyn HubFiles,
    hub_url: &Url,
    rules: &ConversionRules,
) -> Result<HubReading, HubError> {
    let file = files.file(hub_url).map_err(|problem| HubError::File {
        file: hub_url.to_string(),
        problem,
    })?;
    let file = file.ok_or(HubError::NoHub)?;
    let mut reader = HubReader {
        loader: HubLoader::new(files),
        log: ConversionLog::default(),
        columns: ValueColumns::new(rules, &rows::ORIGINS),
        rows: Vec::new(),
    };
    let stanzas = reader.loader.stanzas(hub_url, &file)?;
    let mut stanzas = stanzas.into_iter();
    let hub = &stanzas.next().ok_or(HubError::NoHub)?;
    let name = hub.stanza.value("hub").ok_or(HubError::NoHub)?;
    let is_one_file = hub.stanza.value("useOneFile") == Some("on");
    match is_one_file {
        true => reader.one_file(name, hub_url, hub, stanzas)?,
        false => reader.genomes(name, hub_url, hub)?,
    }
    let mut sheets = hub_sheets(name, hub_url, hub);
    sheets.extend(reader.track_sheets(hub)?);
    Ok(HubReading {
        sheets,
        log: reader.log,
    })
}

struct HubReader<'f, 'r> {
    loader: HubLoader<'f>,
    log: ConversionLog,
    columns: ValueColumns<'r>,
    rows: Vec<HubTrackRow>,
}

impl HubReader<'_, '_> {
    /// The genome and the tracks of a hub in one file.
    fn one_file(
        &mut self,
        name: &str,
        url: &Url,
        hub: &PlacedStanza,
        others: impl Iterator<Item = PlacedStanza>,
    ) -> Result<(), HubError> {
        let (genomes, tracks): (Vec<PlacedStanza>, Vec<PlacedStanza>) =
            others.partition(|stanza| stanza.stanza.setting("genome").is_some());
        let Some(genome) = genomes.first() else {
            let problem = HubProblem::NoSetting {
                setting: "genome",
                place: "below the hub with `useOneFile on`",
            };
            return Err(hub.problem("useOneFile", problem));
        };
        if let Some(second) = genomes.get(1) {
            let found = second.stanza.value("genome").unwrap_or_default();
            let problem = HubProblem::SecondGenome(found.to_owned());
            return Err(second.problem("genome", problem));
        }
        self.genome(name, genome, (url, url.clone()), tracks)
    }

    /// The genomes of a hub with a file of genomes.
    fn genomes(&mut self, name: &str, url: &Url, hub: &PlacedStanza) -> Result<(), HubError> {
        let Some(path) = hub.stanza.value("genomesFile") else {
            let problem = HubProblem::NoSetting {
                setting: "genomesFile",
                place: "in a hub without `useOneFile on`",
            };
            return Err(hub.problem("hub", problem));
        };
        let file = self.loader.file(url, path, (hub, "genomesFile"))?;
        let Some((url, file)) = file else {
            return Err(hub.problem("genomesFile", HubProblem::NoFile(path.to_owned())));
        };
        for genome in self.loader.stanzas(&url, &file)? {
            let Some(path) = genome.stanza.value("trackDb") else {
                let first = &genome.stanza.settings[0];
                let reason = "found no `trackDb`, expected the file of its tracks: left out";
                self.log
                    .add(not_taken(genome.place(), &first.name, &first.value, reason));
                continue;
            };
            if genome.stanza.value("genome").is_none() {
                let problem = HubProblem::NoSetting {
                    setting: "genome",
                    place: "beside `trackDb`",
                };
                return Err(genome.problem("trackDb", problem));
            }
            let Some((track_db, file)) = self.loader.file(&url, path, (&genome, "trackDb"))? else {
                // A part of the genomes may be saved.
                let reason =
                    "found no file of this path, expected it among the files of the hub: left out";
                self.log
                    .add(not_taken(genome.place(), "trackDb", path, reason));
                continue;
            };
            let tracks = self.loader.stanzas(&track_db, &file)?;
            self.genome(name, &genome, (&url, track_db), tracks)?;
        }
        Ok(())
    }

    /// The tracks of a genome, whose own file has the first URL and that of tracks the second.
    fn genome(
        &mut self,
        hub: &str,
        stanza: &PlacedStanza,
        (url, track_db): (&Url, Url),
        tracks: Vec<PlacedStanza>,
    ) -> Result<(), HubError> {
        let tree = TrackTree::of(tracks, &mut self.log)?;
        let meta = match stanza.stanza.value("metaTab") {
            Some(path) => self.table(url, path, (stanza, "metaTab"), "meta")?,
            None => None,
        };
        let mut facets = HashMap::new();
        for (track, placed) in tree.stanzas.iter().enumerate() {
            let Some(path) = placed.stanza.value("metaDataUrl") else {
                continue;
            };
            let Some(key) = placed.stanza.value("primaryKey") else {
                let reason =
                    "found no `primaryKey`, expected it beside `metaDataUrl`: table not read";
                self.log
                    .add(not_taken(placed.place(), "metaDataUrl", path, reason));
                continue;
            };
            let table = self.table(&track_db, path, (placed, "metaDataUrl"), key)?;
            if let Some(table) = table {
                facets.insert(track, FacetTable::new(table, &placed.stanza));
            }
        }
        let mut genome = HubGenome {
            hub,
            stanza,
            track_db,
            meta,
            facets,
            tree,
        };
        let rows = genome.rows(&mut self.columns, &mut self.log);
        self.rows.extend(rows);
        self.columns
            .check(self.rows.len())
            .map_err(|TooManyValues| {
                stanza.problem("genome", HubProblem::TooManyValues(TooManyValues::LIMIT))
            })
    }

    /// A table that a setting refers to; one that is not there or has no such key is reported.
    fn table(
        &mut self,
        from: &Url,
        path: &str,
        (stanza, setting): (&PlacedStanza, &str),
        key: &str,
    ) -> Result<Option<KeyedTable>, HubError> {
        let mut refuse = |reason: &str| {
            self.log
                .add(not_taken(stanza.place(), setting, path, reason));
        };
        let Some((_, file)) = self.loader.file(from, path, (stanza, setting))? else {
            refuse(
                "found no file of this path, expected it among the files of the hub: table not read",
            );
            return Ok(None);
        };
        let table = match KeyedTable::read(&file.bytes, key) {
            Ok(table) => table,
            Err(problem) => {
                refuse(&problem);
                return Ok(None);
            }
        };
        for (key, line) in &table.repeated {
            let place = format!("{}, line {line}", file.name);
            let reason = "an earlier row has the same key: left out";
            self.log.add(not_taken(place, setting, key, reason));
        }
        Ok(Some(table))
    }

    /// The tracks of each file of tracks.
    fn track_sheets(&mut self, hub: &PlacedStanza) -> Result<Vec<Sheet>, HubError> {
        if self.rows.is_empty() {
            return Err(HubError::NoTracks(hub.file.to_string()));
        }
        self.columns.log_unread(&mut self.log);
        let (titles, places) = self.columns.sorted();
        let mut sheets: BTreeMap<(usize, Rc<str>), Sheet> = BTreeMap::new();
        let mut order: HashMap<Rc<str>, usize> = HashMap::new();
        for values in std::mem::take(&mut self.rows) {
            let next = order.len();
            let place = *order.entry(values.file.clone()).or_insert(next);
            let sheet = sheets
                .entry((place, values.file.clone()))
                .or_insert_with(|| Sheet {
                    name: values.file.clone(),
                    category: None,
                    row_word: LINE,
                    lettered: 0,
                    titles: titles.clone(),
                    rows: Vec::new(),
                });
            sheet.rows.push(SheetRow {
                number: values.line,
                cells: cells(values.values, titles.len(), &places),
            });
        }
        Ok(sheets.into_values().collect())
    }
}

const LINE: &str = "line";

/// The hub as a collection, and as the study of its tracks.
fn hub_sheets(name: &str, url: &Url, hub: &PlacedStanza) -> Vec<Sheet> {
    let text = |text: &str| SheetCell::Text(text.to_owned());
    let mut values = vec![("hub.name".to_owned(), text(name))];
    if !files::is_unknown(url) {
        values.push(("hub.url".to_owned(), text(url.as_str())));
    }
    for setting in &hub.stanza.settings {
        let is_layout = LAYOUT.contains(&setting.name.as_str());
        let title = format!("hub.{}", setting.name);
        if !is_layout && !values.iter().any(|(known, _)| *known == title) {
            let cell = match setting.name.as_str() {
                "descriptionUrl" => rows::url(url, setting),
                _ => rows::cell(setting),
            };
            values.push((title, cell));
        }
    }
    let of_study = ["hub.name", "hub.longLabel"];
    let study = values.iter();
    let study = study.filter(|(title, _)| of_study.contains(&title.as_str()));
    let study: Vec<(String, SheetCell)> = study.cloned().collect();
    let sheet = |category, values: Vec<(String, SheetCell)>| {
        let (titles, cells) = values.into_iter().unzip();
        let number = hub.stanza.line();
        Sheet {
            name: hub.file.clone(),
            category: Some(category),
            row_word: LINE,
            lettered: 0,
            titles,
            rows: vec![SheetRow { number, cells }],
        }
    };
    vec![
        sheet(Category::CollectionInfo, values),
        sheet(Category::Studies, study),
    ]
}
