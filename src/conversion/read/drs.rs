//! Objects of GA4GH DRS 1.5 in JSON: the URL, the checksum and the name of a file. All else comes from tables beside them, whose
//! rows name an object by its URI in the column of the URL, or by its id.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::drs_address::is_drs;
use super::drs_join::{self, DrsObject};
use super::file_kind::other_kind;
use super::flatten::flatten;
use super::json_source::{JsonReading, SourceFile, not_taken, table, value};
use super::value_columns::{NumberedRows, ValueColumns};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::SheetCell;

const ORIGINS: [&str; 1] = ["drs"];
const OBJECT_WORD: &str = "object";
const EXPECTED: &str = "an object of DRS with `id` and `checksums`, or a list of them";
/// The values of an object that a row of a table gets, or that name the object.
const JOINED: [&str; 5] = ["url", "md5", "sha256", "id", "self_uri"];
const OF_TABLE: &str = "a row of a table names the object, and its own values count";
/// Objects of a bundle that a message names.
const MOST_SHOWN: usize = 5;

/// Reads objects, and tables (CSV or TSV) that refer to them, in any order.
///
/// # Errors
/// A file is neither, or there is no object.
pub fn read(files: &[SourceFile], rules: &ConversionRules) -> Result<JsonReading, JsonSourceError> {
    let mut log = ConversionLog::default();
    let mut found: Vec<(Rc<str>, Vec<Json>)> = Vec::new();
    let mut sheets = Vec::new();
    for file in files {
        let start = file.bytes.trim_ascii_start().first();
        if !matches!(start, Some(b'{' | b'[')) {
            sheets.push(table(file)?);
            continue;
        }
        let objects = objects(value(file, &mut log)?);
        let objects = objects.ok_or_else(|| other_kind(&file.name, &file.bytes, EXPECTED))?;
        found.push((file.name.as_str().into(), objects));
    }
    let all = found.iter().flat_map(|(_, objects)| objects);
    if all.clone().next().is_none() {
        return Err(JsonSourceError::Missing { expected: EXPECTED });
    }
    let mut known: HashMap<String, &Json> = HashMap::new();
    for object in all {
        for key in ["self_uri", "id"] {
            if let Some(text) = object[key].as_str() {
                known.entry(text.to_owned()).or_insert(object);
            }
        }
    }
    // The rows of tables that name an object.
    let mut used: Vec<String> = Vec::new();
    for sheet in &mut sheets {
        let mut find = |text: &str| {
            let object = known.get(text).copied();
            let object = object.or_else(|| {
                // The host of a URI may be in other letters than in the object.
                let id = text.rsplit('/').next().filter(|_| is_drs(text))?;
                known.get(id).copied()
            })?;
            used.push(object["id"].as_str().unwrap_or_default().to_owned());
            Some(DrsObject::of(object))
        };
        drs_join::join(sheet, rules, &mut find, &mut log);
    }
    let mut columns = ValueColumns::new(rules, &ORIGINS);
    let mut rows: Vec<NumberedRows> = Vec::new();
    for (name, objects) in &found {
        let mut own = Vec::new();
        for (number, object) in (1..).zip(objects) {
            let id = object["id"].as_str().unwrap_or_default();
            let is_used = used.iter().any(|used| used == id);
            let place = format!("{name}, {OBJECT_WORD} {number}");
            let Some(values) = values(object, &place, &mut log) else {
                continue;
            };
            let mut row = Vec::new();
            for (title, text) in values {
                let before = row.len();
                let cell = SheetCell::Text(text.clone());
                columns.add(&mut row, name, (0, &title), cell);
                if is_used && row.len() > before && !JOINED.contains(&title.as_str()) {
                    let field = format!("drs.{title}");
                    log.add(not_taken(&place, &field, &text, OF_TABLE));
                }
            }
            if !is_used {
                own.push((number, row));
            }
        }
        let checked = columns.check(own.len());
        checked.map_err(|problem| problem.in_file(name))?;
        rows.push((name.clone(), own));
    }
    columns.log_unread(&mut log);
    rows.retain(|(_, rows)| !rows.is_empty());
    sheets.extend(columns.sheets(rows, OBJECT_WORD));
    Ok(JsonReading { sheets, log })
}

/// The objects of an answer: one, a list, or the answer to a request for several.
fn objects(answer: Json) -> Option<Vec<Json>> {
    let list = ["resolved_drs_object", "drs_objects"];
    let list = list.iter().find_map(|key| answer[*key].as_array().cloned());
    let objects = match (list, answer) {
        (Some(list), _) | (None, Json::Array(list)) => list,
        (None, object) => vec![object],
    };
    let is_object = |object: &Json| {
        object["id"].is_string()
            && (object["checksums"].is_array()
                || object["access_methods"].is_array()
                || object["contents"].is_array())
    };
    objects.iter().all(is_object).then_some(objects)
}

/// The values of an object by title; `None` for a bundle, which is no file.
fn values(object: &Json, place: &str, log: &mut ConversionLog) -> Option<Vec<(String, String)>> {
    if let Some(problem) = bundle(object) {
        let id = object["id"].as_str().unwrap_or_default();
        log.add(not_taken(place, "drs.contents", id, &problem));
        return None;
    }
    let known = DrsObject::of(object);
    let mut values: Vec<(String, String)> = Vec::new();
    let named = [
        ("url", &known.url),
        ("md5", &known.md5),
        ("sha256", &known.sha256),
    ];
    for (title, text) in named {
        if let Some(text) = text {
            values.push((title.to_owned(), text.clone()));
        }
    }
    for checksum in &known.other_checksums {
        let reason = "expected one checksum by md5 or sha-256, the methods of FAIRtracks";
        log.add(not_taken(place, "drs.checksums", checksum, reason));
    }
    for access in &known.other_access {
        let reason = "found a URL of https or ftp before it, or expected one";
        log.add(not_taken(place, "drs.access_methods", access, reason));
    }
    let members = object.as_object().into_iter().flatten();
    let members = members
        .filter(|(key, _)| !["checksums", "access_methods", "contents"].contains(&key.as_str()));
    let rest: Map<String, Json> = members
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    values.extend(flatten(&Json::Object(rest)));
    // What methods have beside their URLs.
    let mut methods = object["access_methods"].clone();
    for method in methods.as_array_mut().into_iter().flatten() {
        if let Json::Object(members) = method {
            members.shift_remove("access_url");
        }
    }
    for (path, text) in flatten(&methods) {
        values.push((format!("access_methods.{path}"), text));
    }
    Some(values)
}

/// Why an object is no file: it is a bundle of others.
pub fn bundle(object: &Json) -> Option<String> {
    let contents = object["contents"]
        .as_array()
        .filter(|list| !list.is_empty())?;
    let names = contents.iter().take(MOST_SHOWN);
    let names: Vec<&str> = names.filter_map(|entry| entry["name"].as_str()).collect();
    Some(format!(
        "found a bundle of {} objects ({}), expected the object of one file: add the objects in the bundle",
        contents.len(),
        names.join(", ")
    ))
}
