//! What a sample says of its tracks: their files, and the values that all of them have.

use std::sync::LazyLock;

use regex::Regex;

use super::entity::{EntityValue, GeoEntity};
use super::origins::{CHARACTERISTICS, RELATION, SAMPLE, TARGET};
use crate::conversion::read::histone_mark::only_mark;
use crate::conversion::sheet::SheetCell;

/// The endings of files that are tracks, without that of gzip.
const TRACK_ENDINGS: [&str; 19] = [
    "narrowpeak",
    "broadpeak",
    "gappedpeak",
    "bigbed",
    "bb",
    "bigwig",
    "bw",
    "bedgraph",
    "bdg",
    "wig",
    "gff",
    "gff3",
    "gtf",
    "vcf",
    "bam",
    "cram",
    "bed",
    "bed6",
    "bed12",
];

/// Characteristics that name the target of an assay.
const TARGET_TAGS: [&str; 9] = [
    "antibody",
    "chip antibody",
    "chip-antibody",
    "chip_antibody",
    "chip target",
    "target",
    "histone mark",
    "histone modification",
    "mark",
];

/// The values of a sample.
#[derive(Debug, Default)]
pub(super) struct SampleValues {
    /// The URLs of its tracks.
    pub tracks: Vec<SheetCell>,
    /// Files without the ending of a track.
    pub other_files: Vec<String>,
    /// Origin, title and text of each other value, each title once.
    pub values: Vec<(usize, String, SheetCell)>,
    /// The accessions of its series.
    pub series: Vec<String>,
}

impl SampleValues {
    pub fn of(sample: &GeoEntity) -> Self {
        let mut found = SampleValues::default();
        found.add(SAMPLE, "accession", &sample.id, false);
        for value in &sample.values {
            found.value(value);
        }
        found.target();
        found.source();
        found
    }

    fn value(&mut self, value: &EntityValue) {
        let EntityValue {
            key,
            text,
            is_damaged,
        } = value;
        if key.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_') == "supplementary_file" {
            self.file(text, *is_damaged);
        } else if key == "characteristics_ch1" {
            match text.split_once(':') {
                Some((tag, text)) => {
                    self.add(CHARACTERISTICS, tag.trim(), text.trim(), *is_damaged)
                }
                None => self.add(CHARACTERISTICS, "without a tag", text, *is_damaged),
            }
        } else if key == "data_processing" {
            match build_of(text) {
                Some(build) => self.add(SAMPLE, "genome build", build, *is_damaged),
                None => self.add(SAMPLE, "data_processing", text, *is_damaged),
            }
        } else if key == "relation" {
            self.relation(text, *is_damaged);
        } else if key == "series_id" {
            self.series.push(text.clone());
        } else if key != "geo_accession" {
            self.add(SAMPLE, key, text, *is_damaged);
        }
    }

    /// Adds a value; several of one title have `;` between them.
    fn add(&mut self, origin: usize, title: &str, text: &str, is_damaged: bool) {
        if text.is_empty() {
            return;
        }
        let mut known = self.values.iter_mut();
        let known = known.find(|(of, known, _)| *of == origin && known == title);
        match known {
            Some((_, _, cell)) => {
                let texts = cell.shown();
                if !texts.split(';').any(|known| known == text) {
                    let is_damaged = is_damaged || matches!(cell, SheetCell::Damaged(..));
                    *cell = cell_of(format!("{texts};{text}"), is_damaged);
                }
            }
            None => {
                let cell = cell_of(text.to_owned(), is_damaged);
                self.values.push((origin, title.to_owned(), cell));
            }
        }
    }

    fn file(&mut self, url: &str, is_damaged: bool) {
        // The word for no file.
        if url.eq_ignore_ascii_case("none") {
            return;
        }
        let url_in_lower_case = url.to_lowercase();
        let name = url_in_lower_case.trim_end_matches(".gz");
        let ending = name.rsplit('.').next().unwrap_or_default();
        match TRACK_ENDINGS.contains(&ending) {
            true => self.tracks.push(cell_of(url.to_owned(), is_damaged)),
            false => self.other_files.push(url.to_owned()),
        }
    }

    /// A relation is a word and the page of another archive, whose last part is an accession.
    fn relation(&mut self, text: &str, is_damaged: bool) {
        let Some((kind, page)) = text.split_once(':') else {
            return self.add(RELATION, "without a word", text, is_damaged);
        };
        let page = page.trim();
        let accession = page.rsplit(['/', '=', '?']).next().unwrap_or_default();
        match kind.trim() {
            "SRA" if is_accession(accession) => {
                let id = format!("ena.embl:{accession}");
                self.add(RELATION, "SRA", &id, is_damaged);
            }
            kind => self.add(RELATION, kind, page, is_damaged),
        }
    }

    /// A source that only repeats a characteristic says nothing more.
    fn source(&mut self) {
        let source = self.values.iter().find_map(|(origin, title, cell)| {
            let is_one = *origin == SAMPLE && title == "source_name_ch1";
            is_one.then(|| cell.shown().to_lowercase())
        });
        let repeats = self.values.iter().any(|(origin, _, cell)| {
            let text = cell.shown().to_lowercase();
            *origin == CHARACTERISTICS && source.as_ref() == Some(&text)
        });
        self.values.retain(|(origin, title, _)| {
            let is_source = *origin == SAMPLE && title == "source_name_ch1";
            !(is_source && repeats)
        });
    }

    /// The histone mark that the characteristics name, if there is one alone.
    fn target(&mut self) {
        let is_target = |tag: &str| TARGET_TAGS.contains(&tag.to_lowercase().as_str());
        let texts = self.values.iter().filter_map(|(origin, title, cell)| {
            let is_one = *origin == CHARACTERISTICS && is_target(title);
            match cell {
                SheetCell::Text(text) if is_one => Some(text.as_str()),
                _ => None,
            }
        });
        let Some(mark) = only_mark(texts) else {
            return;
        };
        let strategy = self.values.iter().find_map(|(origin, title, cell)| {
            let is_one = *origin == SAMPLE && title == "library_strategy";
            is_one.then(|| cell.shown().to_lowercase())
        });
        self.add(TARGET, "histone mark", &mark, false);
        // GEO has one word for ChIP-seq; what FAIRtracks requires depends on the target.
        if strategy.as_deref() == Some("chip-seq") {
            self.add(TARGET, "ChIP-seq of a histone", &mark, false);
        }
    }
}

fn is_accession(text: &str) -> bool {
    static RUNS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[SED]R[RX]\d+$").ok());
    RUNS.as_ref().is_some_and(|runs| runs.is_match(text))
}

/// The genome build of a line of the processing, such as `Genome_build: hg19` or `Assembly: hg38`.
fn build_of(line: &str) -> Option<&str> {
    let (word, build) = line.split_once(':')?;
    let word = word.trim().to_lowercase().replace('_', " ");
    let is_build = ["genome build", "assembly"].contains(&word.as_str());
    is_build.then(|| build.trim())
}

/// A cell; a text whose bytes are not UTF-8 is shown and not used.
pub(super) fn cell_of(text: String, is_damaged: bool) -> SheetCell {
    match is_damaged {
        true => SheetCell::Damaged(
            text,
            "found bytes of another encoding, expected UTF-8: set the value by an edit",
        ),
        false => SheetCell::Text(text),
    }
}
