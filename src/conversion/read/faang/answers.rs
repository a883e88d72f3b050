//! The hits of answers of FAANG, by what they are.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::read::file_kind::other_kind;
use crate::conversion::read::flatten::texts;
use crate::conversion::read::json_source::{SourceFile, not_taken};
use crate::conversion::read::portal_rows::{self, AnswerTotals};

const EXPECTED: &str = "an answer of the data portal of FAANG with `hits.hits` (analysis, trackhubs, file or specimen)";

/// A hit, or a part of one.
pub(super) struct FaangHit {
    pub file: String,
    pub number: usize,
    pub source: Json,
}

/// All hits.
#[derive(Default)]
pub(super) struct FaangAnswers {
    pub analyses: Vec<FaangHit>,
    pub hubs: Vec<FaangHit>,
    pub files: Vec<FaangHit>,
    /// By BioSamples id.
    pub specimens: BTreeMap<String, FaangHit>,
    /// By accession, from the files of their reads.
    pub experiments: BTreeMap<String, FaangHit>,
    /// By accession, from the files of their reads, or from answers on data sets.
    pub studies: BTreeMap<String, FaangHit>,
}

impl FaangAnswers {
    /// Reads answers.
    pub fn read(files: &[SourceFile], log: &mut ConversionLog) -> Result<Self, JsonSourceError> {
        let mut answers = FaangAnswers::default();
        let mut totals = AnswerTotals::default();
        for file in files {
            let mut answer = portal_rows::answer(file, log, EXPECTED)?;
            let total = &answer["hits"]["total"];
            // Older servers have the number alone.
            let total = total.as_u64().or_else(|| total["value"].as_u64());
            let hits = answer.pointer_mut("/hits/hits").map(Json::take);
            let Some(Json::Array(hits)) = hits else {
                return Err(other_kind(&file.name, &file.bytes, EXPECTED));
            };
            let index = hits.first().and_then(|hit| hit["_index"].as_str());
            totals.add(&file.name, index.unwrap_or_default(), hits.len(), total);
            for (number, mut hit) in (1..).zip(hits) {
                let source = hit.get_mut("_source").map(Json::take).unwrap_or_default();
                let id = match hit.is_object() {
                    true => texts(&hit["_id"]).join(";"),
                    false => hit.to_string(),
                };
                if !answers.add(&file.name, number, source) {
                    let place = format!("{}, hit {number}", file.name);
                    let reason = "expected an analysis, a track hub, a file, a specimen or a data set: left out";
                    log.add(not_taken(&place, "_id", &id, reason));
                }
            }
        }
        totals.log_missing("hits.total", log);
        Ok(answers)
    }

    /// Adds a hit; false where it is nothing that is known.
    fn add(&mut self, file: &str, number: usize, source: Json) -> bool {
        let has = |key: &str| source.get(key).is_some();
        let hit = |source| FaangHit {
            file: file.to_owned(),
            number,
            source,
        };
        if has("subdirectories") {
            self.hubs.push(hit(source));
        } else if has("biosampleId") {
            let id = id_of(&source, "biosampleId");
            self.specimens.insert(id, hit(source));
        } else if has("analysisType") || has("files") {
            self.analyses.push(hit(source));
        } else if has("url") {
            for (key, known) in [
                ("experiment", &mut self.experiments),
                ("study", &mut self.studies),
            ] {
                if let Some(part) = source.get(key) {
                    let id = id_of(part, "accession");
                    known.entry(id).or_insert_with(|| hit(part.clone()));
                }
            }
            self.files.push(hit(source));
        } else if has("accession") && has("title") {
            self.studies
                .insert(id_of(&source, "accession"), hit(source));
        } else {
            return false;
        }
        true
    }
}

fn id_of(value: &Json, key: &str) -> String {
    if !value.is_object() {
        return texts(value).join(";");
    }
    texts(&value[key]).join(";")
}
