//! Answers of the Genomic Data Commons on files, as JSON or as TSV, and lists of files that its portal saves.
//!
//! Each file becomes a row: `file.` before its members, `case.` before those of its case, `sample.` before those of the sample that
//! it describes, and `normal sample.` before those of the sample that a tumour is compared with.

use serde_json::{Map, Value as Json};

use super::file_kind::other_kind;
use super::flatten::{flatten, list, texts};
use super::json_source::{JsonReading, SourceFile, table};
use super::portal_rows::{self, AnswerTotals, PortalPlace, PortalRows, joined, of_origin};
use super::title_paths::nested;
use super::titled_value::TitledValue;
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::rules::ConversionRules;

const FILE: usize = 0;
const CASE: usize = 1;
const SAMPLE: usize = 2;
const NORMAL_SAMPLE: usize = 3;
const ORIGINS: [&str; 4] = ["file", "case", "sample", "normal sample"];
const EXPECTED: &str = "an answer of the Genomic Data Commons on files with `data.hits`";
/// Kinds of data that are what a tumour has and the normal sample of the same donor has not.
const SOMATIC: [&str; 4] = [
    "Copy Number Variation",
    "Simple Nucleotide Variation",
    "Somatic Structural Variation",
    "Structural Variation",
];

/// The values of a project, which are those of a study.
const PROJECT: [&str; 3] = ["project_id", "dbgap_accession_number", "name"];

/// Reads answers in any order.
///
/// # Errors
/// A file is no answer, or an answer that states an error; no answer has a file.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut rows = PortalRows::new(rules, &ORIGINS, ConversionLog::default());
    let mut totals = AnswerTotals::default();
    for file in files {
        let first = file.bytes.trim_ascii_start().first();
        if matches!(first, Some(b'{' | b'[')) {
            read_json(file, &mut rows, &mut totals)?;
        } else {
            read_table(file, &mut rows)?;
        }
    }
    totals.log_missing("data.pagination.total", &mut rows.log);
    rows.finish("a file in the answers: change the filters of the request")
}

fn read_json(
    file: &SourceFile,
    rows: &mut PortalRows<'_>,
    totals: &mut AnswerTotals,
) -> Result<(), JsonSourceError> {
    let mut answer = portal_rows::answer(file, &mut rows.log, EXPECTED)?;
    let warnings = flatten(&answer["warnings"]);
    for (title, text) in &warnings {
        let reason = "found a warning about the request, expected none: correct its fields";
        let entry =
            super::json_source::not_taken(&file.name, &format!("warnings.{title}"), text, reason);
        rows.log.add(entry);
    }
    let total = answer
        .pointer("/data/pagination/total")
        .and_then(Json::as_u64);
    let hits = match answer.pointer_mut("/data/hits").map(Json::take) {
        Some(hits) => hits,
        None => answer,
    };
    let Json::Array(hits) = hits else {
        return Err(other_kind(&file.name, &file.bytes, EXPECTED));
    };
    totals.add(&file.name, "files", hits.len(), total);
    for (number, hit) in (1..).zip(hits) {
        let Json::Object(hit) = hit else {
            return Err(other_kind(&file.name, &file.bytes, EXPECTED));
        };
        let place = PortalPlace {
            file: &file.name,
            word: "hit",
            number,
        };
        add(place, hit, rows)?;
    }
    Ok(())
}

fn read_table(file: &SourceFile, rows: &mut PortalRows<'_>) -> Result<(), JsonSourceError> {
    let sheet = table(file)?;
    let is_of_files = |title: &String| ["file_id", "id"].contains(&title.as_str());
    if !sheet.titles.iter().any(is_of_files) {
        return Err(other_kind(&file.name, &file.bytes, EXPECTED));
    }
    for row in &sheet.rows {
        let cells = row.cells.iter().map(|cell| cell.shown());
        let titled = sheet.titles.iter().map(String::as_str).zip(cells);
        let place = PortalPlace {
            file: &file.name,
            word: sheet.row_word,
            number: row.number,
        };
        add(place, nested(titled), rows)?;
    }
    Ok(())
}

/// Adds the row of a file.
fn add(
    place: PortalPlace<'_>,
    mut hit: Map<String, Json>,
    rows: &mut PortalRows<'_>,
) -> Result<(), JsonSourceError> {
    let cases = hit.remove("cases").unwrap_or_default();
    let access = hit.get("access").map(texts).unwrap_or_default().join(";");
    hit.remove("access");
    let (inputs, mut values) = input_files(&mut hit);
    let text = |key: &str| hit.get(key).map(texts).unwrap_or_default().join(";");
    let (data_type, data_format) = (text("data_type"), text("data_format"));
    let content = format!("{data_type}: {data_format}");
    values.push((FILE, "content".to_owned(), content.clone()));
    values.push((FILE, "input files".to_owned(), inputs));
    if ["MAF", "TXT", "TSV"].contains(&data_format.as_str()) {
        let reason = "a table, mostly with positions from 1: convert it to BED before positions are compared";
        rows.note(place, "file.data_format", &content, reason);
    }
    match access.as_str() {
        "" => {}
        "open" => {
            rows.note(
                place,
                "file.access",
                "open",
                "open access: a download needs no token",
            );
        }
        "controlled" => {
            let reason = "controlled access: a download needs a token of the Genomic Data Commons";
            rows.note(place, "file.access", "controlled", reason);
        }
        other => rows.refuse(place, "file.access", other, "expected open or controlled"),
    }
    let category = text("data_category");
    let mut file = of_origin(FILE, flatten(&Json::Object(hit)));
    // A listing may have the id alone, under either name.
    if !file.iter().any(|(_, title, _)| title == "file_id")
        && let Some((_, title, _)) = file.iter_mut().find(|(_, title, _)| title == "id")
    {
        "file_id".clone_into(title);
    }
    // The content has the format.
    file.retain(|(_, title, _)| !["id", "data_format"].contains(&title.as_str()));
    values.extend(file);
    let ambiguous = ambiguous_projects(&cases);
    let mut cases = of_cases(cases, &category);
    cases.retain(|(origin, title, text)| {
        let key = title.strip_prefix("project.").unwrap_or_default();
        let is_ambiguous = *origin == CASE && ambiguous.contains(&key);
        if is_ambiguous {
            let field = format!("case.{title}");
            let reason = "found several projects, expected one: the study has none of their values";
            rows.refuse(place, &field, text, reason);
        }
        !is_ambiguous
    });
    values.extend(cases);
    rows.add(place, &values)
}

/// The values of projects that the cases of a file do not share.
fn ambiguous_projects(cases: &Json) -> Vec<&'static str> {
    let cases = cases.as_array().map_or(&[][..], Vec::as_slice);
    let of_cases = |key: &str| -> Vec<Vec<String>> {
        let of_case = |case: &Json| texts(&case["project"][key]);
        cases.iter().map(of_case).collect()
    };
    let differ = |texts: &[Vec<String>]| texts.windows(2).any(|pair| pair[0] != pair[1]);
    let is_named = |texts: &Vec<String>| !texts.is_empty();
    let mut ids = of_cases(PROJECT[0]);
    ids.retain(is_named);
    let are_several = differ(&ids);
    let is_ambiguous = |key: &&str| {
        let mut values = of_cases(key);
        // Of one project, a case may leave a value out.
        if !are_several {
            values.retain(is_named);
        }
        differ(&values)
    };
    PROJECT.into_iter().filter(is_ambiguous).collect()
}

/// The files that a file is made from, with the prefix of their ids, and what else is known of them.
fn input_files(hit: &mut Map<String, Json>) -> (String, Vec<TitledValue>) {
    let analysis = hit.get_mut("analysis").and_then(Json::as_object_mut);
    let inputs = analysis.and_then(|analysis| analysis.remove("input_files"));
    let inputs = inputs.map(|inputs| flatten(&inputs)).unwrap_or_default();
    let (ids, other): (Vec<_>, Vec<_>) = inputs
        .into_iter()
        .partition(|(title, _)| title == "file_id");
    let ids = ids.iter().flat_map(|(_, ids)| ids.split(';'));
    let ids: Vec<String> = ids.map(|id| format!("gdc:{id}")).collect();
    let other = other.into_iter().map(|(title, text)| {
        let title = format!("analysis.input_files.{title}");
        (FILE, title.trim_end_matches('.').to_owned(), text)
    });
    (ids.join(";"), other.collect())
}

/// The values of cases and of their samples.
fn of_cases(cases: Json, category: &str) -> Vec<TitledValue> {
    let Json::Array(mut cases) = cases else {
        return of_origin(CASE, flatten(&cases));
    };
    let mut samples = Vec::new();
    for case in &mut cases {
        // Others than samples stay, and are reported as values of the case.
        let own = list(&case["samples"]);
        if own.iter().all(Json::is_object) {
            samples.extend_from_slice(own);
            case.as_object_mut().map(|case| case.remove("samples"));
        }
    }
    let case = flatten(&Json::Array(cases));
    let of_case = |title: &str| {
        let mut values = case.iter().filter(|(known, _)| known == title);
        values.next().map(|(_, text)| text.as_str())
    };
    let (described, normal) = described(samples, category);
    let mut values = Vec::new();
    // Values that others have as a whole, so that no rule needs to read them.
    let mut read: Vec<(usize, &str)> = Vec::new();
    if let [sample] = described.as_slice() {
        let sample_type = sample["sample_type"].as_str().unwrap_or_default();
        let mut sites = ["primary_site", "project.primary_site"].into_iter();
        let site = sites.find_map(|title| Some((title, of_case(title)?)));
        if let Some((title, site)) = site.filter(|_| !sample_type.is_empty()) {
            read.push((CASE, title));
            values.push((
                SAMPLE,
                "origin".to_owned(),
                format!("{sample_type}: {site}"),
            ));
        }
        if let Some(kind) = tissue_type(sample) {
            let diagnosis = of_case("diagnoses.primary_diagnosis").unwrap_or_default();
            read.push((CASE, "diagnoses.primary_diagnosis"));
            if sample["tissue_type"] == kind {
                read.push((SAMPLE, "tissue_type"));
            }
            values.push((
                SAMPLE,
                "condition".to_owned(),
                format!("{kind}: {diagnosis}"),
            ));
        }
    }
    values.extend(of_origin(SAMPLE, flatten(&Json::Array(described))));
    values.extend(of_origin(NORMAL_SAMPLE, flatten(&Json::Array(normal))));
    values.extend(of_origin(CASE, case));
    values.retain(|(origin, title, _)| !read.contains(&(*origin, title.as_str())));
    values
}

/// `Tumor`, `Normal` or another kind of a sample's tissue; where it is not stated, by the type of the sample.
fn tissue_type(sample: &Json) -> Option<&str> {
    let stated = sample["tissue_type"].as_str();
    let sample_type = sample["sample_type"].as_str().unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| sample_type.contains(word));
    stated
        .filter(|stated| *stated != "Not Reported")
        .or_else(
            || match (has(&["Normal"]), has(&["Tumor", "Cancer", "Metastatic"])) {
                (true, false) => Some("Normal"),
                (false, true) => Some("Tumor"),
                _ => None,
            },
        )
}

/// The samples that a file describes, and those that these are compared with: somatic changes are those of the only tumour.
fn described(samples: Vec<Json>, category: &str) -> (Vec<Json>, Vec<Json>) {
    let is_normal = |sample: &Json| tissue_type(sample) == Some("Normal");
    let tumours = samples.iter().filter(|sample| !is_normal(sample));
    let ids = tumours.filter_map(|sample| sample["submitter_id"].as_str());
    let is_of_one = joined(ids).split(';').filter(|id| !id.is_empty()).count() == 1;
    if SOMATIC.contains(&category) && is_of_one {
        return samples.into_iter().partition(|sample| !is_normal(sample));
    }
    (samples, Vec::new())
}
