//! Series of GEO: family files in SOFT or MINiML, compressed with gzip or not.
//!
//! Each supplementary file of a sample that has the format of a track becomes a row. Its columns are `file.`, `sample.`,
//! `characteristics.`, `target.`, `relation.` and `series.` before the names that SOFT gives the values. Files are read as a
//! stream: tables of data are skipped, and only what describes tracks is kept.

mod entity;
mod miniml;
mod origins;
mod sample_values;
mod series_values;
mod soft;
mod text_reader;

use std::collections::HashSet;
use std::io::BufRead;
use std::rc::Rc;

use self::entity::{EntityKind, GeoEntity};
use self::origins::{DATABASE, FILE, ORIGINS, PLATFORM, SERIES};
use self::sample_values::SampleValues;
use self::series_values::SeriesValues;
use self::text_reader::{TextKind, opened};
use super::json_source::{JsonReading, SourceFile, left_out, not_taken};
use super::value_columns::{NumberedRows, PlacedValue, TooManyValues, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::read::file_kind::of_bytes;
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::SheetCell;

const SAMPLE_WORD: &str = "sample";

/// A family file as a stream.
pub struct FamilyFile<'f> {
    /// Its name, without its folder.
    pub name: String,
    /// Its bytes.
    pub reader: &'f mut dyn BufRead,
}

/// Reads family files in memory, in any order.
///
/// # Errors
/// As [`FamilyReading::add`] and [`FamilyReading::finish`].
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut reading = FamilyReading::new(rules);
    for file in files {
        let reader = &mut &file.bytes[..];
        let name = file.name.clone();
        reading.add(FamilyFile { name, reader })?;
    }
    reading.finish()
}

/// Family files that are read one after the other.
pub struct FamilyReading<'r> {
    rules: &'r ConversionRules,
    columns: ValueColumns<'r>,
    log: ConversionLog,
    rows: Vec<SampleRow>,
    names: Vec<Rc<str>>,
    /// The accessions of all samples.
    samples: HashSet<String>,
    series: SeriesValues,
}

/// A track of a sample, without the values of its series.
struct SampleRow {
    file: usize,
    number: usize,
    sample: String,
    series: Vec<String>,
    values: Vec<PlacedValue>,
}

impl<'r> FamilyReading<'r> {
    /// No file yet.
    pub fn new(rules: &'r ConversionRules) -> Self {
        FamilyReading {
            rules,
            columns: ValueColumns::new(rules, &ORIGINS),
            log: ConversionLog::default(),
            rows: Vec::new(),
            names: Vec::new(),
            samples: HashSet::new(),
            series: SeriesValues::default(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// It is no family file, is damaged, or exceeds a limit.
    pub fn add(&mut self, file: FamilyFile<'_>) -> Result<(), JsonSourceError> {
        let problem = |problem: String| JsonSourceError::Json {
            file: file.name.clone(),
            problem,
        };
        self.names.push(file.name.as_str().into());
        let (kind, mut text) = opened(file.reader).map_err(problem)?;
        let start = text
            .fill_buf()
            .map_err(|error| problem(error.to_string()))?;
        let found = of_bytes(start).unwrap_or("another kind of file");
        let mut samples = 0;
        let mut entities = 0;
        let mut each = |entity: GeoEntity| {
            entities += 1;
            if entity.kind == EntityKind::Sample {
                samples += 1;
            }
            self.samples
                .extend((entity.kind == EntityKind::Sample).then(|| entity.id.clone()));
            self.entity(entity, samples);
            let rows = self.rows.len();
            let too_many = |TooManyValues| {
                let most = TooManyValues::LIMIT;
                format!("found more than {most} values that rules read, expected fewer")
            };
            self.columns.check(rows).map_err(too_many)
        };
        match kind {
            TextKind::Soft => soft::each_entity(&mut text, &mut each),
            TextKind::Miniml => miniml::each_entity(text, &mut each),
            TextKind::Other => Ok(()),
        }
        .map_err(problem)?;
        if entities == 0 {
            return Err(JsonSourceError::Kind {
                file: file.name,
                found,
                expected: "a family file of GEO in SOFT or MINiML, such as GSE1000_family.soft.gz",
                hint: String::new(),
            });
        }
        Ok(())
    }

    fn entity(&mut self, entity: GeoEntity, number: usize) {
        let name = self.names.last().cloned().unwrap_or_else(|| "".into());
        match entity.kind {
            EntityKind::Sample => self.sample(&name, number, &entity),
            EntityKind::Series => self.series.add(&name, entity, self.rules, &mut self.log),
            EntityKind::Platform | EntityKind::Database => {
                let origin = match entity.kind {
                    EntityKind::Platform => PLATFORM,
                    _ => DATABASE,
                };
                // No track has these values; those that no rule reads are counted.
                for value in entity.values {
                    let cell = SheetCell::Text(value.text);
                    let place = (origin, &value.key[..]);
                    self.columns.add(&mut Vec::new(), &name, place, cell);
                }
            }
            EntityKind::Other => {}
        }
    }

    fn sample(&mut self, name: &Rc<str>, number: usize, sample: &GeoEntity) {
        let place = format!("{name}, {SAMPLE_WORD} {number}");
        let SampleValues {
            tracks,
            other_files,
            values,
            series,
        } = SampleValues::of(sample);
        for file in other_files {
            let reason =
                "expected the ending of a format of tracks, such as .bw or .bed.gz: left out";
            let field = "sample.supplementary_file";
            let entry = left_out((&place, field), &file, self.rules, reason);
            self.log.add(entry);
        }
        if tracks.is_empty() {
            let reason = "found no supplementary file with the format of a track: left out";
            let entry = left_out((&place, SAMPLE_WORD), "", self.rules, reason);
            self.log.add(entry);
            return;
        }
        for url in tracks {
            let mut row = Vec::new();
            let mut add = |origin, title: &str, cell: SheetCell| {
                self.columns.add(&mut row, name, (origin, title), cell);
            };
            let file_name = url.shown().rsplit('/').next().unwrap_or_default();
            add(FILE, "name", SheetCell::Text(file_name.to_owned()));
            add(FILE, "url", url);
            for (origin, title, cell) in &values {
                add(*origin, title, cell.clone());
            }
            self.rows.push(SampleRow {
                file: self.names.len() - 1,
                number,
                sample: sample.id.clone(),
                series: series.clone(),
                values: row,
            });
        }
    }

    /// The rows of all files.
    ///
    /// # Errors
    /// No sample has a file with the format of a track.
    pub fn finish(mut self) -> Result<JsonReading, JsonSourceError> {
        if self.rows.is_empty() {
            return Err(JsonSourceError::Missing {
                expected: "a sample with a supplementary file in a format of tracks, such as .bw or .bed.gz",
            });
        }
        let mut files: Vec<NumberedRows> = self
            .names
            .iter()
            .map(|name| (name.clone(), Vec::new()))
            .collect();
        for mut row in self.rows {
            let (name, rows) = &mut files[row.file];
            let place = format!("{name}, {SAMPLE_WORD} {}", row.number);
            let chosen = self.series.of_sample(&row.sample, &row.series);
            for unknown in chosen.unknown {
                let reason = "found no series with this accession in the files";
                let entry = left_out((&place, "studies.local_id"), unknown, self.rules, reason);
                self.log.add(entry);
            }
            for other in chosen.others {
                let reason = "the sample is of several series, and a track of one: left out";
                self.log
                    .add(not_taken(&place, "studies.local_id", &other, reason));
            }
            for (title, cell) in chosen.values {
                self.columns
                    .add(&mut row.values, name, (SERIES, title), cell.clone());
            }
            rows.push((row.number, row.values));
        }
        if let Some((first, count)) = self.series.without(&self.samples) {
            let reason = "a series lists samples that no file has; the value is the first";
            let entry = left_out(("", "series.sample_id"), first, self.rules, reason);
            self.log.add_many(entry, count);
        }
        self.columns.log_unread(&mut self.log);
        Ok(JsonReading {
            sheets: self.columns.sheets(files, SAMPLE_WORD),
            log: self.log,
        })
    }
}
