//! Reports of the European Nucleotide Archive (`filereport` and `search`, as TSV or JSON), and its records in XML, in any order.
//!
//! Each file of an analysis becomes a row: `file.` before what is known of the file, `analysis.`, `run.`, `sample.` and `study.`
//! before the fields of the records that it belongs to. Runs are no tracks; those that an analysis names are its raw data.

mod files;
mod records;
mod reports;
mod xml;

use std::collections::HashSet;

use self::records::{EnaRecord, EnaRecords, RecordKind};
use super::json_source::{JsonReading, SourceFile};
use super::portal_rows::{PortalRows, is_accession, joined, no_track, of_origin};
use super::titled_value::TitledValue;
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::rules::ConversionRules;

const FILE: usize = 0;
const ANALYSIS: usize = 1;
const RUN: usize = 2;
const SAMPLE: usize = 3;
const STUDY: usize = 4;
const ORIGINS: [&str; 5] = ["file", "analysis", "run", "sample", "study"];
/// Fields with the target of an experiment.
const TARGETS: [&str; 5] = [
    "chip_target",
    "experiment_target",
    "target",
    "histone_mark",
    "histone mark",
];

/// Reads reports and records in any order.
///
/// # Errors
/// A file is neither, or a text that states an error; no analysis has a file.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut log = ConversionLog::default();
    let mut records = EnaRecords::default();
    for file in files {
        let bytes = file
            .bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&file.bytes);
        match bytes.trim_ascii_start().first() {
            // A report without rows may be an empty file.
            None => {}
            Some(b'<') => xml::read(file, &mut records)?,
            Some(b'{' | b'[') => reports::read_json(file, &mut records, &mut log)?,
            Some(_) => reports::read_table(file, &mut records, &mut log)?,
        }
    }
    for conflict in std::mem::take(&mut records.conflicts) {
        log.add(conflict);
    }
    let mut reader = EnaReader {
        records: &records,
        rows: PortalRows::new(rules, &ORIGINS, log),
        used: HashSet::new(),
    };
    for analysis in records.of_kind(RecordKind::Analysis) {
        reader.analysis(analysis)?;
    }
    reader.note_unused();
    reader
        .rows
        .finish("an analysis with files (result=analysis): change the search")
}

struct EnaReader<'a, 'r> {
    records: &'a EnaRecords,
    rows: PortalRows<'r>,
    /// The numbers of the records that tracks belong to.
    used: HashSet<usize>,
}

impl EnaReader<'_, '_> {
    fn analysis(&mut self, analysis: &EnaRecord) -> Result<(), JsonSourceError> {
        let place = analysis.place();
        let accession = &analysis.accession;
        let tracks: Vec<_> = analysis
            .files
            .iter()
            .filter(|file| no_track(&file.name, file.kind()).is_none())
            .collect();
        for file in &analysis.files {
            if let Some(reason) = no_track(&file.name, file.kind()) {
                self.rows.note(place, "file.name", &file.name, reason);
            }
        }
        if analysis.files.is_empty() {
            let reason = "an analysis without files has no track: left out";
            self.rows
                .note(place, "analysis.analysis_accession", accession, reason);
        }
        if tracks.is_empty() {
            return Ok(());
        }
        let shared = self.shared(analysis);
        for file in &tracks {
            let id = match tracks.len() {
                1 => accession.clone(),
                _ => format!("{accession}/{}", file.name),
            };
            let mut values = vec![
                (FILE, "accession".to_owned(), id),
                (FILE, "name".to_owned(), file.name.clone()),
                (
                    FILE,
                    "content".to_owned(),
                    format!("{}: {}", file.kind(), file.name),
                ),
            ];
            // The content has the type.
            let own = file
                .values
                .iter()
                .filter(|(title, _)| *title != "content type");
            values.extend(own.map(|(title, text)| (FILE, (*title).to_owned(), text.clone())));
            values.extend(shared.iter().cloned());
            self.rows.add(place, &values)?;
        }
        Ok(())
    }

    /// The values that all files of an analysis have.
    fn shared(&mut self, analysis: &EnaRecord) -> Vec<TitledValue> {
        let runs = self.runs(analysis);
        let of_analysis = |title: &str| analysis.texts(title);
        let ids = of_analysis("run_accession")
            .into_iter()
            .chain(of_analysis("run_ref"));
        let (ids, other): (Vec<&str>, Vec<&str>) = ids.partition(|id| is_accession(id));
        let ids: Vec<String> = ids.iter().map(|id| format!("ena.embl:{id}")).collect();
        let ids = joined(ids.iter().map(String::as_str));
        let mut values = vec![
            (ANALYSIS, "runs".to_owned(), ids),
            (ANALYSIS, "other runs".to_owned(), joined(other)),
        ];
        let experiments = of_analysis("experiment_accession");
        if experiments.len() != 1 {
            let accession = analysis.accession.clone();
            values.push((ANALYSIS, "own experiment".to_owned(), accession));
        }
        let own = analysis.values.iter();
        // These are in ids of tracks and of runs.
        let read = ["analysis_accession", "run_accession", "run_ref"];
        let own = own.filter(|(title, _)| !read.contains(&title.as_str()));
        values.extend(of_origin(ANALYSIS, own.cloned().collect()));
        values.extend(of_origin(RUN, merged(&runs)));
        for (kind, origin, titles) in [
            (
                RecordKind::Sample,
                SAMPLE,
                ["sample_accession", "secondary_sample_accession"],
            ),
            (
                RecordKind::Study,
                STUDY,
                ["study_accession", "secondary_study_accession"],
            ),
        ] {
            let ids = titles.iter().flat_map(|title| of_analysis(title));
            let mut found: Vec<&EnaRecord> = Vec::new();
            for record in ids.filter_map(|id| self.records.find(kind, id)) {
                if !found.iter().any(|known| known.number == record.number) {
                    found.push(record);
                }
            }
            // Several samples are none of them.
            if let [record] = found.as_slice() {
                self.used.insert(record.number);
                values.extend(of_origin(origin, record.values.clone()));
            }
        }
        let analysis_type = text_of(&values, ANALYSIS, "analysis_type");
        if analysis_type == "REFERENCE_ALIGNMENT" {
            let content = format!(
                "{analysis_type}: {}",
                text_of(&values, RUN, "library_layout")
            );
            values.push((ANALYSIS, "content".to_owned(), content));
        }
        combine_assay(&mut values);
        values
    }

    /// The runs that an analysis names, or whose experiments it names, with the records of the experiments.
    fn runs(&mut self, analysis: &EnaRecord) -> Vec<&EnaRecord> {
        let named = ["run_accession", "run_ref"];
        let named = named.iter().flat_map(|title| analysis.texts(title));
        let mut found: Vec<&EnaRecord> = named
            .filter_map(|id| self.records.find(RecordKind::Run, id))
            .collect();
        let of_runs = found
            .iter()
            .flat_map(|run| run.texts("experiment_accession"));
        let experiments: Vec<&str> = of_runs.collect();
        // The experiment of a run has other runs too, which are not named.
        let records = experiments.iter();
        let records = records.filter_map(|id| self.records.find(RecordKind::Run, id));
        let own = analysis.texts("experiment_accession");
        let own = own.iter().flat_map(|id| self.records.runs_of(id));
        let all: Vec<&EnaRecord> = records.chain(own).collect();
        found.extend(all);
        let mut numbers = HashSet::new();
        found.retain(|run| numbers.insert(run.number));
        self.used.extend(numbers);
        found
    }

    /// Notes the records that no track belongs to.
    fn note_unused(&mut self) {
        for (kind, title, reason) in [
            (
                RecordKind::Run,
                "run.run_accession",
                "reads are no tracks, and no analysis of the reports names the run: left out",
            ),
            (
                RecordKind::Sample,
                "sample.sample_accession",
                "no track of the reports belongs to it: left out",
            ),
            (
                RecordKind::Study,
                "study.study_accession",
                "no track of the reports belongs to it: left out",
            ),
        ] {
            for record in self.records.of_kind(kind) {
                if !self.used.contains(&record.number) {
                    self.rows
                        .note(record.place(), title, &record.accession, reason);
                }
            }
        }
    }
}

/// The values of several records; different values of a title have `;` between them.
fn merged(records: &[&EnaRecord]) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = Vec::new();
    for (title, text) in records.iter().flat_map(|record| &record.values) {
        match values.iter_mut().find(|(known, _)| known == title) {
            Some((_, known)) => *known = joined([known.as_str(), text]),
            None => values.push((title.clone(), text.clone())),
        }
    }
    values
}

fn text_of<'v>(values: &'v [TitledValue], origin: usize, title: &str) -> &'v str {
    let mut found = values.iter();
    let found = found.find(|(of, known, _)| *of == origin && known == title);
    found.map(|(_, _, text)| text.as_str()).unwrap_or_default()
}

/// ChIP-seq of a histone is one value: what FAIRtracks requires depends on the target.
fn combine_assay(values: &mut Vec<TitledValue>) {
    let target = values.iter().find_map(|(_, title, text)| {
        let is_target = TARGETS.contains(&title.to_lowercase().as_str());
        (is_target && text.starts_with('H') && text[1..].starts_with(|c: char| c.is_ascii_digit()))
            .then(|| text.clone())
    });
    let is_chip = |(_, title, text): &TitledValue| {
        ["library_strategy", "assay"].contains(&title.as_str())
            && text.eq_ignore_ascii_case("ChIP-Seq")
    };
    let origin = values
        .iter()
        .find(|value| is_chip(value))
        .map(|(origin, _, _)| *origin);
    if let (Some(target), Some(origin)) = (target, origin) {
        values.retain(|value| !is_chip(value));
        values.push((
            origin,
            "assay and target".to_owned(),
            format!("ChIP-Seq: {target}"),
        ));
    }
}
