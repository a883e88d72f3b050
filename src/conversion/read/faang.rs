//! Answers of the data portal of FAANG: analyses, track hubs, files and specimens, in any order.
//!
//! Each file of an analysis, each track of a hub and each file that has no reads becomes a row. `file.` is before the members of the
//! file or track, `analysis.`, `hub.`, `experiment.`, `dataset.` and `specimen.` before those of what it belongs to, and `parent.` before
//! those of the specimen that the specimen is derived from.

mod answers;

use std::collections::HashSet;

use serde_json::Value as Json;

use self::answers::{FaangAnswers, FaangHit};
use super::flatten::{flatten, list, texts};
use super::json_source::{JsonReading, SourceFile};
use super::portal_rows::{PortalPlace, PortalRows, is_accession, joined, no_track, of_origin};
use super::titled_value::TitledValue;
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::rules::ConversionRules;

const FILE: usize = 0;
const ANALYSIS: usize = 1;
const HUB: usize = 2;
const EXPERIMENT: usize = 3;
const STUDY: usize = 4;
const SPECIMEN: usize = 5;
const PARENT: usize = 6;
const ORIGINS: [&str; 7] = [
    "file",
    "analysis",
    "hub",
    "experiment",
    "dataset",
    "specimen",
    "parent",
];

/// Reads answers in any order.
///
/// # Errors
/// A file is no answer, or a text that states an error; no answer has a track.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut log = ConversionLog::default();
    let answers = FaangAnswers::read(files, &mut log)?;
    let mut reader = FaangReader {
        answers: &answers,
        rows: PortalRows::new(rules, &ORIGINS, log),
        used: HashSet::new(),
    };
    for hit in &answers.analyses {
        reader.analysis(hit)?;
    }
    for hit in &answers.hubs {
        reader.hub(hit)?;
    }
    for hit in &answers.files {
        reader.file(hit)?;
    }
    reader.note_unused();
    reader
        .rows
        .finish("an analysis with files or a track hub: change the search")
}

struct FaangReader<'a, 'r> {
    answers: &'a FaangAnswers,
    rows: PortalRows<'r>,
    /// The ids of specimens, experiments and studies that tracks belong to.
    used: HashSet<String>,
}

impl FaangReader<'_, '_> {
    fn analysis(&mut self, hit: &FaangHit) -> Result<(), JsonSourceError> {
        let place = hit.place();
        let analysis = &hit.source;
        let mut shared = Vec::new();
        let (runs, other_runs): (Vec<String>, Vec<String>) = ids(&analysis["runAccessions"])
            .into_iter()
            .partition(|run| is_accession(run));
        let runs: Vec<String> = runs.iter().map(|run| format!("ena.embl:{run}")).collect();
        shared.push((ANALYSIS, "runs".to_owned(), runs.join(";")));
        shared.push((ANALYSIS, "other runs".to_owned(), other_runs.join(";")));
        let samples = ids(&analysis["sampleAccessions"]);
        shared.push((ANALYSIS, "samples".to_owned(), samples.join(";")));
        let experiments = ids(&analysis["experimentAccessions"]);
        shared.push((ANALYSIS, "experiments".to_owned(), experiments.join(";")));
        if experiments.len() != 1 {
            let accession = text(analysis, "accession");
            shared.push((ANALYSIS, "own experiment".to_owned(), accession));
        }
        // These are in ids of tracks, runs, samples, experiments and studies.
        let read = [
            "accession",
            "datasetAccession",
            "files",
            "runAccessions",
            "sampleAccessions",
            "experimentAccessions",
        ];
        shared.extend(of_origin(ANALYSIS, without(analysis, &read)));
        let study = &text(analysis, "datasetAccession");
        let own = self.experiment(&experiments);
        let mut assay = text(analysis, "assayType");
        if assay.is_empty() {
            assay = of_title(&of_origin(EXPERIMENT, own.clone()), EXPERIMENT, "assayType");
        }
        shared.extend(of_origin(EXPERIMENT, own));
        let target = of_title(&shared, EXPERIMENT, "target");
        combine_assay(&mut shared, &assay, &target);
        shared.extend(self.study(study));
        shared.extend(self.specimen(place, &samples));
        let files = list(&analysis["files"]);
        if files.is_empty() {
            let accession = &text(analysis, "accession");
            let reason = "an analysis without files has no track: left out";
            self.rows
                .note(place, "analysis.accession", accession, reason);
        }
        let is_track = |file: &&Json| no_track(&text(file, "name"), &text(file, "type")).is_none();
        let tracks = files.iter().filter(is_track).count();
        for file in files {
            let name = text(file, "name");
            if let Some(reason) = no_track(&name, &text(file, "type")) {
                self.rows.note(place, "file.name", &name, reason);
                continue;
            }
            let accession = text(analysis, "accession");
            let id = match tracks {
                1 => accession,
                _ => format!("{accession}/{name}"),
            };
            let mut values = vec![(FILE, "accession".to_owned(), id)];
            values.extend(of_file(file));
            values.extend(shared.iter().cloned());
            self.rows.add(place, &values)?;
        }
        Ok(())
    }

    fn hub(&mut self, hit: &FaangHit) -> Result<(), JsonSourceError> {
        let place = hit.place();
        let mut hub = of_origin(HUB, without(&hit.source, &["subdirectories"]));
        let answers = self.answers;
        if answers.hubs.len() == 1 && answers.analyses.is_empty() && answers.files.is_empty() {
            let email = text(&hit.source, "email");
            hub.push((HUB, "email of all tracks".to_owned(), email));
        }
        let name = text(&hit.source, "name");
        for folder in list(&hit.source["subdirectories"]) {
            let folder_name = text(folder, "name");
            let tracks = list(&folder["tracks"]);
            if tracks.is_empty() || !tracks.iter().all(Json::is_object) {
                let reason = "expected a folder with `tracks`, a list of objects: left out";
                self.rows
                    .refuse(place, "hub.subdirectories", &folder.to_string(), reason);
            }
            for track in tracks.iter().filter(|track| track.is_object()) {
                let id = [&name[..], &folder_name, &text(track, "track")].join("/");
                let mut values = vec![(FILE, "track id".to_owned(), id)];
                let own = of_file(track).into_iter();
                values.extend(own.filter(|(_, title, _)| title != "track"));
                values.extend(hub.iter().cloned());
                self.rows.add(place, &values)?;
            }
        }
        Ok(())
    }

    /// A file of an experiment: most have reads.
    fn file(&mut self, hit: &FaangHit) -> Result<(), JsonSourceError> {
        let place = hit.place();
        let file = &hit.source;
        let name = text(file, "name");
        if let Some(reason) = no_track(&name, &text(file, "type")) {
            self.rows.note(place, "file.name", &name, reason);
            return Ok(());
        }
        let (experiment, study) = (&file["experiment"], &file["study"]);
        let mut values = vec![(FILE, "accession".to_owned(), name)];
        let mut own = file.clone();
        if let Some(members) = own.as_object_mut() {
            members.retain(|key, _| !["experiment", "study", "specimen"].contains(&key.as_str()));
        }
        values.extend(of_file(&own));
        values.push((
            ANALYSIS,
            "experiments".to_owned(),
            text(experiment, "accession"),
        ));
        values.extend(of_origin(EXPERIMENT, without(experiment, &["accession"])));
        combine_assay(
            &mut values,
            &text(experiment, "assayType"),
            &text(experiment, "target"),
        );
        values.extend(of_origin(STUDY, flatten(study)));
        self.used.insert(text(experiment, "accession"));
        self.used.insert(text(study, "accession"));
        let specimens = ids(&file["specimen"]);
        values.push((ANALYSIS, "samples".to_owned(), specimens.join(";")));
        values.extend(self.specimen(place, &specimens));
        self.rows.add(place, &values)
    }

    /// The values of experiments that files of reads describe; different values of several have `;` between them.
    fn experiment(&mut self, accessions: &[String]) -> Vec<(String, String)> {
        let mut known = Vec::new();
        for accession in accessions {
            if let Some(experiment) = self.answers.experiments.get(accession) {
                self.used.insert(accession.clone());
                known.push(experiment.source.clone());
            }
        }
        // The accessions of the analysis are its own.
        let values = flatten(&Json::Array(known)).into_iter();
        values.filter(|(title, _)| title != "accession").collect()
    }

    fn study(&mut self, accession: &str) -> Vec<TitledValue> {
        self.used.insert(accession.to_owned());
        match self.answers.studies.get(accession) {
            Some(study) => of_origin(STUDY, flatten(&study.source)),
            None => vec![(STUDY, "accession".to_owned(), accession.to_owned())],
        }
    }

    /// The values of the only specimen, and of the one that it is derived from. Several specimens are none of them.
    fn specimen(&mut self, place: PortalPlace<'_>, accessions: &[String]) -> Vec<TitledValue> {
        let [accession] = accessions else {
            return Vec::new();
        };
        let Some(specimen) = self.answers.specimens.get(accession) else {
            let reason = "no answer describes the specimen: add one of the index `specimen`";
            self.rows
                .note(place, "specimen.biosampleId", accession, reason);
            return Vec::new();
        };
        self.used.insert(accession.clone());
        let mut values = of_origin(SPECIMEN, without(&specimen.source, &["biosampleId"]));
        if let [parent] = ids(&specimen.source["derivedFrom"]).as_slice()
            && let Some(found) = self.answers.specimens.get(parent)
        {
            self.used.insert(parent.clone());
            values.extend(of_origin(PARENT, flatten(&found.source)));
        }
        values
    }

    /// Notes what no track belongs to.
    fn note_unused(&mut self) {
        for (field, known) in [
            ("specimen.biosampleId", &self.answers.specimens),
            ("experiment.accession", &self.answers.experiments),
            ("dataset.accession", &self.answers.studies),
        ] {
            for (id, hit) in known.iter().filter(|(id, _)| !self.used.contains(*id)) {
                let reason = "no track of the answers belongs to it: left out";
                self.rows.note(hit.place(), field, id, reason);
            }
        }
    }
}

impl FaangHit {
    fn place(&self) -> PortalPlace<'_> {
        PortalPlace {
            file: &self.file,
            word: "hit",
            number: self.number,
        }
    }
}

/// The term of ChIP-seq is the same for all targets; what FAIRtracks requires depends on them. So ChIP-seq of a histone is one value.
fn combine_assay(values: &mut Vec<TitledValue>, assay: &str, target: &str) {
    let mut characters = target.chars();
    let is_histone = characters.next() == Some('H')
        && characters.next().is_some_and(|c| c.is_ascii_digit())
        && !target.contains(';');
    if is_histone && assay.eq_ignore_ascii_case("ChIP-seq") {
        values.retain(|(_, title, _)| title != "assayType");
        let combined = format!("{assay}: {target}");
        values.push((EXPERIMENT, "assay and target".to_owned(), combined));
    }
}

/// The values of a file, with its checksum under the name of its method. Its type is a word of FAANG, not a format.
fn of_file(file: &Json) -> Vec<TitledValue> {
    let mut values = of_origin(FILE, flatten(file));
    let name = ["name", "bigDataUrl"].map(|key| text(file, key));
    let name = name.into_iter().find(|name| !name.is_empty());
    values.retain(|(_, title, _)| title != "type");
    let content = format!("{}: {}", text(file, "type"), name.unwrap_or_default());
    values.push((FILE, "content".to_owned(), content));
    let method = text(file, "checksumMethod").to_lowercase();
    let title = match method.replace('-', "").as_str() {
        "md5" => "MD5 checksum",
        "sha256" => "SHA-256 checksum",
        _ => return values,
    };
    values.retain(|(_, known, _)| known != "checksumMethod");
    for (_, known, _) in &mut values {
        if known == "checksum" {
            title.clone_into(known);
        }
    }
    values
}

/// The different texts of a member with `;` between them.
fn text(value: &Json, key: &str) -> String {
    joined(texts(&value[key]).iter().map(String::as_str))
}

fn of_title(values: &[TitledValue], origin: usize, title: &str) -> String {
    let mut found = values.iter();
    let found = found.find(|(of, known, _)| *of == origin && known == title);
    found.map(|(_, _, text)| text.clone()).unwrap_or_default()
}

fn without(value: &Json, keys: &[&str]) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flatten();
    let members = members.filter(|(key, _)| !keys.contains(&key.as_str()));
    flatten(&Json::Object(
        members
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    ))
}

/// The ids in a list, or in a text that is a list, such as `['SAMEA1', 'SAMEA2']` or `SAMEA1;SAMEA2`; each once.
fn ids(value: &Json) -> Vec<String> {
    let flat = flatten(value);
    let texts = flat.iter().map(|(_, text)| text.as_str());
    let split = |text: &str| -> Vec<String> {
        let marks = |c: char| c.is_whitespace() || "[]'\"".contains(c);
        let parts = text.split([',', ';']);
        parts
            .map(|part| part.trim_matches(marks).to_owned())
            .collect()
    };
    let parts: Vec<String> = texts.flat_map(split).collect();
    let known = joined(parts.iter().map(String::as_str));
    known
        .split(';')
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_are_read_from_lists_and_from_lists_in_texts() {
        for value in [
            json!(["SAMEA1", "SAMEA2"]),
            json!("SAMEA1;SAMEA2"),
            json!("['SAMEA1', 'SAMEA2']"),
            json!("[\"SAMEA1\",\"SAMEA2\"]"),
            json!(["SAMEA1", "SAMEA2", "SAMEA1"]),
        ] {
            assert_eq!(ids(&value), ["SAMEA1", "SAMEA2"], "{value}");
        }
        assert!(ids(&Json::Null).is_empty());
        assert!(ids(&json!("[]")).is_empty());
    }
}
