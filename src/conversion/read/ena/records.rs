//! The records of all files, by their kinds and accessions.

use std::collections::HashMap;

use super::files::EnaFile;
use crate::conversion::log::LogEntry;
use crate::conversion::read::json_source::not_taken;
use crate::conversion::read::portal_rows::PortalPlace;

/// What a record describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum RecordKind {
    /// An analysis, whose files may be tracks.
    Analysis,
    /// A run, or the experiment of runs.
    Run,
    /// A sample.
    Sample,
    /// A study.
    Study,
}

impl RecordKind {
    /// The kinds with their accessions, the most specific first: a report on analyses also has the accessions of their samples.
    pub const ACCESSIONS: [(RecordKind, &'static str); 7] = [
        (RecordKind::Analysis, "analysis_accession"),
        (RecordKind::Run, "run_accession"),
        (RecordKind::Run, "experiment_accession"),
        (RecordKind::Sample, "sample_accession"),
        (RecordKind::Sample, "secondary_sample_accession"),
        (RecordKind::Study, "study_accession"),
        (RecordKind::Study, "secondary_study_accession"),
    ];
}

/// A record of the archive.
#[derive(Debug)]
pub(super) struct EnaRecord {
    pub number: usize,
    pub accession: String,
    /// Titles and texts, each title once.
    pub values: Vec<(String, String)>,
    pub files: Vec<EnaFile>,
    file: String,
    word: &'static str,
    row: usize,
}

impl EnaRecord {
    /// The texts of a title, which may have `;` between them.
    pub fn texts(&self, title: &str) -> Vec<&str> {
        let value = self.values.iter().find(|(known, _)| known == title);
        let texts = value.map(|(_, text)| text.split(';')).into_iter().flatten();
        texts
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// Its first place.
    pub fn place(&self) -> PortalPlace<'_> {
        PortalPlace {
            file: &self.file,
            word: self.word,
            number: self.row,
        }
    }
}

/// All records.
#[derive(Debug, Default)]
pub(super) struct EnaRecords {
    records: Vec<(RecordKind, EnaRecord)>,
    places: HashMap<(RecordKind, String), usize>,
    /// Values that differ from those of the same record in another place.
    pub conflicts: Vec<LogEntry>,
}

impl EnaRecords {
    /// Adds a record, or what it says beside an earlier one of the same accession; false where it has no accession.
    pub fn add(
        &mut self,
        place: PortalPlace<'_>,
        values: Vec<(String, String)>,
        files: Vec<EnaFile>,
    ) -> bool {
        let text = |title: &str| {
            let value = values.iter().find(|(known, _)| known == title);
            value
                .map(|(_, text)| text.trim())
                .filter(|text| !text.is_empty())
        };
        let mut found = RecordKind::ACCESSIONS.iter();
        let found = found.find_map(|(kind, title)| Some((*kind, text(title)?.to_owned())));
        let Some((kind, accession)) = found else {
            return false;
        };
        let of_kind = RecordKind::ACCESSIONS.iter().filter(|(of, _)| *of == kind);
        // A run is not its experiment: several runs may have the same.
        let keys = of_kind.filter(|(of, _)| *of != RecordKind::Run && *of != RecordKind::Analysis);
        let keys = keys.filter_map(|(_, title)| text(title)).map(str::to_owned);
        let keys: Vec<String> = std::iter::once(accession.clone()).chain(keys).collect();
        let mut known = keys.iter();
        let known = known.find_map(|key| self.places.get(&(kind, key.clone())).copied());
        let number = known.unwrap_or(self.records.len());
        if known.is_none() {
            let record = EnaRecord {
                number,
                accession,
                values: Vec::new(),
                files: Vec::new(),
                file: place.file.to_owned(),
                word: place.word,
                row: place.number,
            };
            self.records.push((kind, record));
        }
        for key in keys {
            self.places.entry((kind, key)).or_insert(number);
        }
        if let Some((_, record)) = self.records.get_mut(number) {
            for (title, text) in values {
                let known = record.values.iter().find(|(known, _)| *known == title);
                match known {
                    None => record.values.push((title, text)),
                    Some((_, known)) if *known == text => {}
                    Some((_, known)) => {
                        let first = record.place().shown();
                        let reason = format!("{first} has another value: `{known}`");
                        let entry = not_taken(&place.shown(), &title, &text, &reason);
                        self.conflicts.push(entry);
                    }
                }
            }
            super::files::merge(&mut record.files, files);
        }
        true
    }

    /// The records of a kind, in their order.
    pub fn of_kind(&self, kind: RecordKind) -> impl Iterator<Item = &EnaRecord> {
        let records = self.records.iter().filter(move |(of, _)| *of == kind);
        records.map(|(_, record)| record)
    }

    /// The record of an accession.
    pub fn find(&self, kind: RecordKind, accession: &str) -> Option<&EnaRecord> {
        let number = self.places.get(&(kind, accession.to_owned()))?;
        self.records.get(*number).map(|(_, record)| record)
    }
}
