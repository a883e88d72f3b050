//! What an object of DRS says of a file is put into the row that names it.

use serde_json::Value as Json;

use super::drs_address::is_drs;
use super::flatten::{list, only_text, texts};
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::{Sheet, SheetCell};
use crate::conversion::sheet_plan::SheetPlan;
use crate::fairtracks::category::Category;

/// The titles of checksums, which all rules have.
const MD5: &str = "md5";
const SHA256: &str = "sha256";
const RULE: &str = "DRS";

/// What an object says of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrsObject {
    /// The URL of https, http or ftp.
    pub url: Option<String>,
    /// The id of an access method that has no URL.
    pub access_id: Option<String>,
    /// The MD5, hexadecimal.
    pub md5: Option<String>,
    /// The SHA-256, hexadecimal.
    pub sha256: Option<String>,
    /// Checksums by other methods, with the method.
    pub other_checksums: Vec<String>,
    /// Other ways to the file, such as `s3`.
    pub other_access: Vec<String>,
}

impl DrsObject {
    /// Reads an object.
    pub fn of(object: &Json) -> Self {
        let mut known = DrsObject::default();
        for checksum in list(&object["checksums"]) {
            if !checksum.is_object() {
                known.other_checksums.push(checksum.to_string());
                continue;
            }
            let [kind, text] = ["type", "checksum"].map(|key| texts(&checksum[key]).join(";"));
            let place = match kind.to_ascii_lowercase().replace('-', "").as_str() {
                "md5" => Some(&mut known.md5),
                "sha256" => Some(&mut known.sha256),
                _ => None,
            };
            match place {
                Some(place) if place.is_none() && !text.is_empty() => *place = Some(text),
                Some(place) if place.as_ref() == Some(&text) => {}
                _ => known.other_checksums.push(format!("{kind}: {text}")),
            }
        }
        // https is preferred to ftp.
        let mut methods: Vec<&Json> = list(&object["access_methods"]).iter().collect();
        let url = |method: &Json| {
            let stated = &method["access_url"];
            match stated.is_object() || stated.is_null() {
                // Several URLs are none, and are shown as they are.
                true => only_text(&stated["url"]).unwrap_or_else(Some),
                false => Some(stated.to_string()),
            }
        };
        let rank = |method: &&Json| match url(method) {
            Some(url) if url.starts_with("https:") => 0,
            Some(url) if url.starts_with("http:") => 1,
            Some(url) if url.starts_with("ftp:") => 2,
            _ => 3,
        };
        methods.sort_by_key(rank);
        for method in methods {
            let needs_headers = method["access_url"]["headers"]
                .as_array()
                .is_some_and(|headers| !headers.is_empty());
            match url(method) {
                Some(url) if rank(&method) < 3 && !needs_headers && known.url.is_none() => {
                    known.url = Some(url);
                }
                Some(url) => known.other_access.push(url),
                None => match (method["type"].as_str(), method["access_id"].as_str()) {
                    (Some("https" | "ftp"), Some(id)) if known.access_id.is_none() => {
                        known.access_id = Some(id.to_owned());
                    }
                    (kind, _) => known.other_access.push(kind.unwrap_or_default().to_owned()),
                },
            }
        }
        known
    }
}

/// The URIs of DRS in the columns of the URL of files.
pub fn uris(sheet: &Sheet, rules: &ConversionRules) -> Vec<String> {
    let columns = columns_of(sheet, rules, "file_url");
    let cells = sheet
        .rows
        .iter()
        .flat_map(|row| columns.iter().filter_map(|column| row.cells.get(*column)));
    let texts = cells.map(SheetCell::shown).filter(|text| is_drs(text));
    texts.map(str::to_owned).collect()
}

/// Puts the URL and the checksum of objects into the rows that name them: by a URI in the column of the URL, or by the id of the
/// track.
pub fn join(
    sheet: &mut Sheet,
    rules: &ConversionRules,
    find: &mut dyn FnMut(&str) -> Option<DrsObject>,
    log: &mut ConversionLog,
) {
    let of_files = columns_of(sheet, rules, "file_url");
    let of_ids = columns_of(sheet, rules, "local_id");
    let of_checksums = columns_of(sheet, rules, "checksum");
    let mut added: Vec<(usize, &'static str, String)> = Vec::new();
    let mut urls: Vec<(usize, String)> = Vec::new();
    for (position, row) in sheet.rows.iter_mut().enumerate() {
        let place = RowPlace {
            sheet: sheet.name.to_string(),
            word: sheet.row_word,
            row: row.number,
        };
        let shown = |cells: &[SheetCell], columns: &[usize]| {
            let mut filled = columns
                .iter()
                .filter(|column| cells.get(**column).is_some_and(|cell| !cell.is_empty()));
            let column = filled.next().copied()?;
            Some((column, cells[column].shown().to_owned()))
        };
        let file = shown(&row.cells, &of_files);
        let (column, key) = match (file, shown(&row.cells, &of_ids)) {
            (Some((column, uri)), _) if is_drs(&uri) => (Some(column), uri),
            (None, Some((_, id))) => (None, id),
            _ => continue,
        };
        let Some(object) = find(&key) else {
            continue;
        };
        match (&object.url, column) {
            (Some(url), Some(column)) => {
                let reason = format!("{url} (URL of the object)");
                log.add(place.entry(LogOutcome::Changed, "tracks.file_url", &key, &reason));
                row.cells[column] = SheetCell::Text(url.clone());
            }
            (Some(url), None) => urls.push((position, url.clone())),
            (None, _) => {
                let reason = "the object has no URL of https, http or ftp";
                log.add(place.entry(LogOutcome::NotTaken, "tracks.file_url", &key, reason));
            }
        }
        let own = shown(&row.cells, &of_checksums).map(|(_, own)| own);
        let stated = [(SHA256, &object.sha256), (MD5, &object.md5)];
        let stated = stated.map(|(title, text)| text.clone().map(|text| (title, text)));
        let mut stated = stated.into_iter().flatten();
        match own {
            Some(own) => {
                // The checksum of the table counts; one of the same length can be compared.
                let other = stated
                    .find(|(_, text)| text.len() == own.len() && !text.eq_ignore_ascii_case(&own));
                if let Some((_, text)) = other {
                    let reason = format!("the row has another checksum: `{own}`");
                    log.add(place.entry(LogOutcome::NotTaken, "tracks.checksum", &text, &reason));
                }
            }
            None => {
                if let Some((title, text)) = stated.next() {
                    added.push((position, title, text));
                }
            }
        }
    }
    add(sheet, added, urls);
}

/// Adds columns with the values of some rows.
fn add(
    sheet: &mut Sheet,
    checksums: Vec<(usize, &'static str, String)>,
    urls: Vec<(usize, String)>,
) {
    let urls = urls
        .into_iter()
        .map(|(row, url)| (row, "tracks.file_url", url));
    let mut all: Vec<(usize, &str, String)> = checksums;
    all.extend(urls);
    for title in [SHA256, MD5, "tracks.file_url"] {
        if !all.iter().any(|(_, wanted, _)| *wanted == title) {
            continue;
        }
        sheet.titles.push(title.to_owned());
        for row in &mut sheet.rows {
            row.cells.push(SheetCell::Text(String::new()));
        }
        for (row, wanted, text) in &all {
            if *wanted == title
                && let Some(cell) = sheet.rows[*row].cells.last_mut()
            {
                *cell = SheetCell::Text(text.clone());
            }
        }
    }
}

/// The columns that rules read as a field of tracks.
fn columns_of(sheet: &Sheet, rules: &ConversionRules, field: &str) -> Vec<usize> {
    let plan = SheetPlan::of(sheet, rules);
    let fields = plan.fields.iter().filter(|plan| {
        let target = &plan.rule.target;
        target.category == Category::Tracks
            && target.keys.first().is_some_and(|key| key == field)
            && !plan.rule.is_fallback
    });
    let mut columns: Vec<usize> = fields.flat_map(|plan| plan.columns.clone()).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

struct RowPlace {
    sheet: String,
    word: &'static str,
    row: usize,
}

impl RowPlace {
    fn entry(&self, outcome: LogOutcome, field: &str, value: &str, reason: &str) -> LogEntry {
        LogEntry {
            outcome,
            record: format!("{}, {} {}", self.sheet, self.word, self.row),
            field: field.to_owned(),
            value: value.to_owned(),
            rule: RULE.to_owned(),
            reason: reason.to_owned(),
        }
    }
}
