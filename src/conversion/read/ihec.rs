//! Data Hubs of IHEC in JSON, versions 1 and 2: datasets with their samples, and records of EpiRR beside them.
//!
//! Each track of a dataset becomes a row. Its columns are `track.`, `dataset.`, `hub.`, `experiment.`, `analysis.`, `portal.`,
//! `sample.` and `epirr.` before the members of these. A value in a list of one is the value.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::epirr;
use super::file_kind::other_kind;
use super::flatten::{flatten, texts};
use super::json_source::{JsonReading, SourceFile, left_out, not_taken, value_within};
use super::value_columns::{self, NumberedRows, PlacedValue, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::SheetCell;
use crate::fairtracks::category::Category;
use crate::text::json::KeyLimit;

const TRACK: usize = 0;
const DATASET: usize = 1;
const HUB: usize = 2;
const EXPERIMENT: usize = 3;
const ANALYSIS: usize = 4;
const PORTAL: usize = 5;
const SAMPLE: usize = 6;
const EPIRR: usize = 7;
const ORIGINS: [&str; 8] = [
    "track",
    "dataset",
    "hub",
    "experiment",
    "analysis",
    "portal",
    "sample",
    "epirr",
];
/// The members of a dataset, and the words for them.
const PARTS: [(&str, usize); 3] = [
    ("experiment_attributes", EXPERIMENT),
    ("analysis_attributes", ANALYSIS),
    ("ihec_data_portal", PORTAL),
];
/// The members of a hub that are read; others are reported as not read.
const MEMBERS: [&str; 3] = ["hub_description", "samples", "datasets"];
/// `datasets` and `samples` have the ids of records as keys.
const KEYS: KeyLimit = KeyLimit {
    free_levels: 2,
    ..value_columns::KEYS
};
const DATASET_WORD: &str = "dataset";
const SAMPLE_WORD: &str = "sample";
/// The member of a hub that samples alone have, since all tracks are of its species.
const SPECIES: &str = "taxon_id";
/// The prefix of accessions of samples in GEO.
const GEO_SAMPLE: &str = "GSM";

/// Reads Data Hubs, and records of EpiRR that belong to them, in any order.
///
/// # Errors
/// A file is neither, no file is a Data Hub, or there is no track.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut log = ConversionLog::default();
    let mut hubs: Vec<(Rc<str>, Json)> = Vec::new();
    let mut records = HashMap::new();
    for file in files {
        let value = value_within(file, KEYS, &mut log)?;
        if value["datasets"].is_object() {
            hubs.push((Rc::from(file.name.as_str()), value));
        } else if !add_records(value, &mut records) {
            return Err(other_kind(
                &file.name,
                &file.bytes,
                "a Data Hub of IHEC with `datasets`, or records of EpiRR with `accession`",
            ));
        }
    }
    if hubs.is_empty() {
        return Err(JsonSourceError::Missing {
            expected: "a Data Hub of IHEC with `datasets`",
        });
    }
    let mut reader = IhecReader {
        records,
        columns: ValueColumns::new(rules, &ORIGINS),
        pooled: BTreeSet::new(),
        used: HashSet::new(),
        used_samples: HashSet::new(),
        log,
    };
    let mut rows: Vec<NumberedRows> = Vec::new();
    let mut samples: Vec<NumberedRows> = Vec::new();
    for (name, hub) in &hubs {
        rows.push((name.clone(), reader.hub(name, hub)?));
        reader.log_unused_samples(name, hub, rules);
        let pooled = reader.pooled(name, hub);
        if !pooled.is_empty() {
            samples.push((name.clone(), pooled));
        }
    }
    if rows.iter().all(|(_, rows)| rows.is_empty()) {
        return Err(JsonSourceError::Missing {
            expected: "a dataset with tracks in `browser`",
        });
    }
    reader.log_unused(rules);
    reader.columns.log_unread(&mut reader.log);
    let mut sheets = reader.columns.sheets(rows, DATASET_WORD);
    for mut sheet in reader.columns.sheets(samples, SAMPLE_WORD) {
        sheet.category = Some(Category::Samples);
        sheets.push(sheet);
    }
    Ok(JsonReading {
        sheets,
        log: reader.log,
    })
}

/// Adds records of EpiRR by their accessions; false where the value is no record.
fn add_records(value: Json, records: &mut HashMap<String, Json>) -> bool {
    let items = match value {
        Json::Array(items) => items,
        other => vec![other],
    };
    items.into_iter().all(|item| {
        let accession = item["accession"].as_str().map(str::to_owned);
        let Some(accession) = accession else {
            return false;
        };
        records.insert(accession, item);
        true
    })
}

struct IhecReader<'r> {
    records: HashMap<String, Json>,
    columns: ValueColumns<'r>,
    /// The samples of the datasets of a hub that have several.
    pooled: BTreeSet<String>,
    /// The accessions of the records of EpiRR that datasets refer to.
    used: HashSet<String>,
    /// The samples that the datasets of a hub refer to.
    used_samples: HashSet<String>,
    log: ConversionLog,
}

impl IhecReader<'_> {
    fn hub(
        &mut self,
        name: &Rc<str>,
        hub: &Json,
    ) -> Result<Vec<(usize, Vec<PlacedValue>)>, JsonSourceError> {
        if !hub["samples"].is_object() && !hub["samples"].is_null() {
            let reason = "expected an object with the samples by their ids";
            let found = hub["samples"].to_string();
            self.log.add(not_taken(name, "samples", &found, reason));
        }
        let nothing = Map::new();
        let datasets = hub["datasets"].as_object().unwrap_or(&nothing);
        let described = flatten(&hub["hub_description"]);
        let further = hub.as_object().into_iter().flatten();
        for (key, value) in further.filter(|(key, _)| !MEMBERS.contains(&key.as_str())) {
            let value = Json::Object(Map::from_iter([(key.clone(), value.clone())]));
            for (title, text) in flatten(&value) {
                let (mut unread, cell) = (Vec::new(), SheetCell::Text(text));
                self.columns.add(&mut unread, name, (HUB, &title), cell);
            }
        }
        let mut rows = Vec::new();
        for (number, (id, dataset)) in (1..).zip(datasets) {
            let place = format!("{name}, {DATASET_WORD} {number}");
            let Some(browser) = dataset["browser"].as_object() else {
                let reason = "found no `browser`, expected the tracks of the dataset: left out";
                self.log.add(not_taken(&place, "dataset.id", id, reason));
                continue;
            };
            let shared = self.shared(&place, hub, (id, dataset), &described);
            for (kind, tracks) in browser {
                let single = std::slice::from_ref(tracks);
                let tracks = tracks.as_array().map_or(single, Vec::as_slice);
                for (position, track) in (1..).zip(tracks) {
                    let mut row = Vec::new();
                    let track_id = match tracks.len() {
                        1 => format!("{id}/{kind}"),
                        _ => format!("{id}/{kind}/{position}"),
                    };
                    let mut add = |origin, title: &str, text: &str| {
                        let cell = SheetCell::Text(text.to_owned());
                        self.columns.add(&mut row, name, (origin, title), cell);
                    };
                    add(TRACK, "id", &track_id);
                    add(TRACK, "kind", kind);
                    for (title, text) in flatten(track) {
                        add(TRACK, &title, &text);
                    }
                    for (origin, title, text) in &shared {
                        add(*origin, title, text);
                    }
                    rows.push((number, row));
                }
            }
            self.columns
                .check(rows.len())
                .map_err(|problem| problem.in_file(name))?;
        }
        Ok(rows)
    }

    /// The rows of the samples of datasets that have several, since such a dataset is of none of them.
    fn pooled(&mut self, name: &Rc<str>, hub: &Json) -> Vec<(usize, Vec<PlacedValue>)> {
        let pooled = std::mem::take(&mut self.pooled);
        let known = hub["samples"].as_object().into_iter().flatten();
        let known = (1..).zip(known).filter(|(_, (id, _))| pooled.contains(*id));
        let mut rows = Vec::new();
        for (number, (id, sample)) in known {
            let mut row = Vec::new();
            let mut add = |origin, title: &str, text: &str| {
                self.columns.add_text(&mut row, name, (origin, title), text);
            };
            add(DATASET, "sample_id", id);
            for (_, text) in flatten(&hub["hub_description"][SPECIES]) {
                add(HUB, SPECIES, &text);
            }
            for (title, text) in flatten(sample) {
                add(SAMPLE, &title, &text);
            }
            rows.push((number, row));
        }
        rows
    }

    /// Adds a row for the samples of a hub that none of its datasets refers to.
    fn log_unused_samples(&mut self, name: &str, hub: &Json, rules: &ConversionRules) {
        let used = std::mem::take(&mut self.used_samples);
        let samples = hub["samples"].as_object().into_iter().flatten();
        let mut unused = samples.map(|(id, _)| id).filter(|id| !used.contains(*id));
        if let Some(first) = unused.next() {
            let reason = "no dataset with tracks refers to the sample: left out";
            let entry = left_out((name, "sample.id"), first, rules, reason);
            self.log.add_many(entry, 1 + unused.count() as u64);
        }
    }

    /// Adds a row for the records of EpiRR that no dataset refers to.
    fn log_unused(&mut self, rules: &ConversionRules) {
        let unused = self.records.keys().filter(|id| !self.used.contains(*id));
        let first = unused.clone().min();
        if let Some(first) = first {
            let reason = "no dataset refers to the record of EpiRR: left out";
            let entry = left_out(("", "epirr.accession"), first, rules, reason);
            self.log.add_many(entry, unused.count() as u64);
        }
    }

    /// The values that all tracks of a dataset have.
    fn shared(
        &mut self,
        place: &str,
        hub: &Json,
        (id, dataset): (&str, &Json),
        described: &[(String, String)],
    ) -> Vec<(usize, String, String)> {
        let mut values = vec![(DATASET, "id".to_owned(), id.to_owned())];
        let mut add = |origin, flat: Vec<(String, String)>| {
            let flat = flat.into_iter();
            values.extend(flat.map(|(title, text)| (origin, title, text)));
        };
        add(HUB, described.to_vec());
        let own = dataset.as_object().into_iter().flatten();
        for (key, member) in own {
            let is_part = PARTS.iter().any(|(part, _)| part == key);
            if !is_part && !["browser", "sample_id"].contains(&key.as_str()) {
                let flat = flatten(member)
                    .into_iter()
                    .map(|(path, text)| match path.is_empty() {
                        true => (key.clone(), text),
                        false => (format!("{key}.{path}"), text),
                    });
                add(DATASET, flat.collect());
            }
        }
        for (part, origin) in PARTS {
            add(origin, flatten(&dataset[part]));
        }
        let experiment = flatten(&dataset["experiment_attributes"]);
        let of_experiment = |title: &str| {
            let mut known = experiment.iter();
            known
                .find(|(known, _)| known == title)
                .map(|(_, text)| text.as_str())
        };
        let experiment_type = of_experiment("experiment_type").unwrap_or_default();
        let assay_type = of_experiment("assay_type").unwrap_or_default();
        // The term of ChIP-seq is the same for all targets; what FAIRtracks requires depends on them.
        if is_histone(experiment_type) && assay_type.to_lowercase().starts_with("chip") {
            let title = "ChIP-seq of a histone".to_owned();
            add(EXPERIMENT, vec![(title, experiment_type.to_owned())]);
        }
        let mut samples = texts(&dataset["sample_id"]);
        let mut known = HashSet::new();
        samples.retain(|sample| known.insert(sample.clone()));
        self.used_samples.extend(samples.iter().cloned());
        let field = "dataset.sample_id";
        for sample in &samples {
            if hub["samples"].get(sample).is_none() {
                let reason = "found no sample of this id, expected it in `samples`";
                self.log.add(not_taken(place, field, sample, reason));
            }
        }
        if let [sample] = samples.as_slice() {
            add(DATASET, vec![("sample_id".to_owned(), sample.clone())]);
            add(SAMPLE, flatten(&hub["samples"][sample]));
        }
        let mut record = Vec::new();
        if let Some(accession) = of_experiment("reference_registry_id") {
            let bare = accession.split('.').next().unwrap_or(accession);
            if let Some(found) = self.records.get(bare) {
                record = epirr::values(found, experiment_type, assay_type);
                self.used.insert(bare.to_owned());
            }
        }
        add(EPIRR, record);
        if samples.len() > 1 {
            self.several(place, &samples, &mut values);
        }
        values
    }

    /// Takes what describes a sample out of the values of a dataset with several samples, and refers to those of GEO.
    fn several(
        &mut self,
        place: &str,
        samples: &[String],
        values: &mut Vec<(usize, String, String)>,
    ) {
        self.pooled.extend(samples.iter().cloned());
        let mut described = Vec::new();
        values.retain(|(origin, title, text)| {
            let is_described = *origin == EPIRR && title.starts_with("meta_data.");
            if is_described {
                described.push((format!("epirr.{title}"), text.clone()));
            }
            !is_described && (*origin, title.as_str()) != (HUB, SPECIES)
        });
        for (field, text) in described {
            let reason = "the dataset has several samples: the value describes none of them";
            self.log.add(not_taken(place, &field, &text, reason));
        }
        if samples.iter().all(|sample| is_of_geo(sample)) {
            let samples: Vec<String> = samples.iter().map(|id| format!("geo:{id}")).collect();
            let title = "aggregated samples".to_owned();
            values.push((DATASET, title, samples.join(";")));
        } else {
            let reason = "found several samples, expected one or accessions of GEO: the document has the samples, and the experiment refers to none";
            let found = samples.join(";");
            self.log
                .add(not_taken(place, "dataset.sample_id", &found, reason));
        }
    }
}

fn is_of_geo(sample: &str) -> bool {
    let digits = sample.strip_prefix(GEO_SAMPLE).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_histone(experiment_type: &str) -> bool {
    let mark = experiment_type.rsplit(' ').next().unwrap_or_default();
    let mut characters = mark.chars();
    characters.next() == Some('H') && characters.next().is_some_and(|c| c.is_ascii_digit())
}
