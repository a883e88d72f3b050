//! The values of each track of a genome that has a file.

use std::collections::HashMap;
use std::rc::Rc;

use url::Url;

use super::facets::FacetTable;
use super::files::is_unknown;
use super::groups::{KeyedTable, SubGroup, sub_groups};
use super::loader::PlacedStanza;
use super::stanzas::{Setting, words};
use super::tree::{OF_TREE, TrackTree, not_taken};
use crate::conversion::log::ConversionLog;
use crate::conversion::read::value_columns::{PlacedValue, ValueColumns};
use crate::conversion::sheet::SheetCell;

/// Where a value is from, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueOrigin {
    Track,
    Hub,
    Genome,
    TrackDb,
    Metadata,
    Meta,
    Facets,
    SubGroups,
}

/// The words of origins before titles.
pub(super) const ORIGINS: [&str; 8] = [
    "track",
    "hub",
    "genome",
    "trackDb",
    "metadata",
    "meta",
    "facets",
    "subGroups",
];

/// Settings that are read in another way, besides those that build the tree.
const READ_ELSEWHERE: [&str; 6] = [
    "metadata",
    "meta",
    "metaTab",
    "metaDataUrl",
    "primaryKey",
    "dataTypes",
];

const RELATIVE: &str = "found a relative URL, expected the URL of the hub beside it: give the URL of the hub (`--url`)";
const NO_URL: &str = "expected a URL";
const NOT_UTF8: &str = "found bytes that are not UTF-8";
const NO_MEMBER: &str = "expected a value that a `subGroup` setting of a parent defines";
const NO_QUOTE: &str = "found a quotation mark without its end";

/// A genome of a hub with its tracks.
pub(super) struct HubGenome<'h> {
    /// The name of the hub.
    pub hub: &'h str,
    /// The genome's stanza.
    pub stanza: &'h PlacedStanza,
    /// The file of tracks, to which their URLs are relative.
    pub track_db: Url,
    /// The table that tracks refer to by `meta`.
    pub meta: Option<KeyedTable>,
    /// The tables of faceted composites by the track.
    pub facets: HashMap<usize, FacetTable>,
    /// The tracks.
    pub tree: TrackTree,
}

/// The values of a track.
pub(super) struct HubTrackRow {
    pub file: Rc<str>,
    pub line: usize,
    pub values: Vec<PlacedValue>,
}

impl HubGenome<'_> {
    /// The values of all tracks with a file. The settings of a track that hands none down are dropped when they are read.
    pub fn rows(
        &mut self,
        columns: &mut ValueColumns<'_>,
        log: &mut ConversionLog,
    ) -> Vec<HubTrackRow> {
        let mut groups = HashMap::new();
        let mut rows = Vec::new();
        for track in 0..self.tree.stanzas.len() {
            let placed = &self.tree.stanzas[track];
            if placed.stanza.value("bigDataUrl").is_none() {
                if !self.tree.has_children(track) {
                    let name = placed.stanza.value("track").unwrap_or_default();
                    let reason = "found no `bigDataUrl`, expected one for a track without tracks below it: left out";
                    log.add(not_taken(placed.place(), "track", name, reason));
                }
                continue;
            }
            let mut collector = ValueCollector {
                genome: self,
                columns,
                log,
                groups: &mut groups,
                values: Vec::new(),
                file: placed.file.clone(),
            };
            rows.push(HubTrackRow {
                file: placed.file.clone(),
                line: placed.stanza.line(),
                values: collector.values_of(track),
            });
            if !self.tree.has_children(track) {
                self.tree.stanzas[track].stanza.settings = Vec::new();
            }
        }
        rows
    }
}

struct ValueCollector<'c, 'r> {
    genome: &'c HubGenome<'c>,
    columns: &'c mut ValueColumns<'r>,
    log: &'c mut ConversionLog,
    /// The sub-groups that each track defines.
    groups: &'c mut HashMap<usize, HashMap<String, SubGroup>>,
    values: Vec<PlacedValue>,
    /// The file of the track.
    file: Rc<str>,
}

impl ValueCollector<'_, '_> {
    fn add(&mut self, origin: ValueOrigin, title: &str, cell: SheetCell) {
        let place = (origin as usize, title);
        self.columns.add(&mut self.values, &self.file, place, cell);
    }

    fn add_text(&mut self, origin: ValueOrigin, title: &str, text: &str) {
        let place = (origin as usize, title);
        self.columns
            .add_text(&mut self.values, &self.file, place, text);
    }

    fn values_of(&mut self, track: usize) -> Vec<PlacedValue> {
        let genome = self.genome;
        let stanza = &genome.tree.stanzas[track].stanza;
        let name = stanza.value("track").unwrap_or_default();
        let genome_name = genome.stanza.stanza.value("genome").unwrap_or_default();
        let id = format!("{}/{genome_name}/{name}", genome.hub);
        self.add_text(ValueOrigin::Track, "id", &id);
        self.add_text(ValueOrigin::Hub, "study", genome.hub);
        self.add_text(ValueOrigin::Genome, "name", genome_name);
        for setting in &genome.stanza.stanza.settings {
            if !["genome", "trackDb", "metaTab"].contains(&setting.name.as_str()) {
                self.add(ValueOrigin::Genome, &setting.name, cell(setting));
            }
        }
        for setting in genome.tree.settings(track) {
            let name = setting.name.as_str();
            let is_of_tree = name.starts_with("subGroup") || OF_TREE.contains(&name);
            if is_of_tree || READ_ELSEWHERE.contains(&name) {
                continue;
            }
            let cell = match setting.name.as_str() {
                "bigDataUrl" => url(&genome.track_db, setting),
                _ => cell(setting),
            };
            self.add(ValueOrigin::TrackDb, &setting.name, cell);
        }
        if let Some((_, setting)) = genome.tree.nearest(track, "metadata") {
            self.metadata(track, setting);
        }
        if let Some((_, setting)) = genome.tree.nearest(track, "meta") {
            self.meta(track, setting);
        }
        let mut way_up = genome.tree.way_up(track);
        if let Some((composite, table)) =
            way_up.find_map(|level| Some((level, genome.facets.get(&level)?)))
        {
            self.facets(track, composite, table);
        }
        self.sub_groups(track);
        std::mem::take(&mut self.values)
    }

    fn metadata(&mut self, track: usize, setting: &Setting) {
        for word in words(&setting.value) {
            match word.value {
                Some(value) if !setting.is_text => {
                    let cell = SheetCell::Damaged(value, NOT_UTF8);
                    self.add(ValueOrigin::Metadata, &word.key, cell);
                }
                Some(value) if !word.is_closed => {
                    let cell = SheetCell::Damaged(value, NO_QUOTE);
                    self.add(ValueOrigin::Metadata, &word.key, cell);
                }
                Some(value) => self.add_text(ValueOrigin::Metadata, &word.key, &value),
                None => {
                    let place = self.genome.tree.stanzas[track].place();
                    let reason = "expected a key, `=` and a value";
                    self.log
                        .add(not_taken(place, "metadata", &word.key, reason));
                }
            }
        }
    }

    fn meta(&mut self, track: usize, setting: &Setting) {
        let table = self.genome.meta.as_ref();
        let row = table.and_then(|table| Some((table, table.row(&setting.value)?)));
        let Some((table, cells)) = row else {
            let place = self.genome.tree.stanzas[track].place();
            let reason = "found no row of this key, expected one in the table of `metaTab`";
            let entry = not_taken(place, "meta", &setting.value, reason);
            self.log.add(entry);
            return;
        };
        for (title, text) in table.titles.iter().zip(cells) {
            if title != "meta" && !text.is_empty() {
                self.add_text(ValueOrigin::Meta, title, text);
            }
        }
    }

    fn facets(&mut self, track: usize, composite: usize, table: &FacetTable) {
        let tree = &self.genome.tree;
        let name = |track: usize| {
            tree.stanzas[track]
                .stanza
                .value("track")
                .unwrap_or_default()
        };
        let found = table.values(name(composite), name(track));
        let Some(values) = found else {
            let place = tree.stanzas[track].place();
            let reason = "found no row of this track, expected one in the table of `metaDataUrl`";
            let entry = not_taken(place, "track", name(track), reason);
            self.log.add(entry);
            return;
        };
        for (title, cell) in values {
            self.add(ValueOrigin::Facets, &title, cell);
        }
    }

    /// The sub-groups of a track and the views above it, by the titles that the composite gives them.
    fn sub_groups(&mut self, track: usize) {
        let tree = &self.genome.tree;
        let own = tree.nearest(track, "subGroups");
        let own = own
            .map(|(_, setting)| words(&setting.value))
            .unwrap_or_default();
        let mut members: Vec<(String, String)> = own
            .into_iter()
            .filter_map(|word| Some((word.key, word.value?)))
            .collect();
        if let Some((_, view)) = tree.nearest(track, "view")
            && !members.iter().any(|(group, _)| group == "view")
        {
            members.push(("view".to_owned(), view.value.clone()));
        }
        for (id, member) in members {
            let mut defined = None;
            for level in tree.way_up(track) {
                let groups = self
                    .groups
                    .entry(level)
                    .or_insert_with(|| sub_groups(&tree.stanzas[level].stanza));
                if let Some(group) = groups.get(&id) {
                    let label = group.labels.get(&member).cloned();
                    defined = Some((group.title.clone(), label));
                    break;
                }
            }
            let (title, label) = defined.unwrap_or((id, None));
            let cell = match label {
                Some(label) => SheetCell::Text(label),
                None => SheetCell::Damaged(member, NO_MEMBER),
            };
            self.add(ValueOrigin::SubGroups, &title, cell);
        }
    }
}

pub(super) fn cell(setting: &Setting) -> SheetCell {
    match setting.is_text {
        true => SheetCell::Text(setting.value.clone()),
        false => SheetCell::Damaged(setting.value.clone(), NOT_UTF8),
    }
}

/// A setting that is a URL, which may be relative to that of its file.
pub(super) fn url(from: &Url, setting: &Setting) -> SheetCell {
    let damaged = |reason| SheetCell::Damaged(setting.value.clone(), reason);
    match from.join(&setting.value) {
        Err(_) => damaged(NO_URL),
        Ok(url) if is_unknown(&url) => damaged(RELATIVE),
        // A URL stays as it is written.
        Ok(_) if Url::parse(&setting.value).is_ok() => cell(setting),
        Ok(url) => SheetCell::Text(url.to_string()),
    }
}
