//! Which row describes which file.

use std::collections::HashMap;
use std::rc::Rc;

use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

use super::file::{OwnFile, OwnFiles};
use super::fill::fill;
use super::track_filling::not_taken;
use crate::conversion::error::OwnFilesError;
use crate::conversion::log::{ConversionLog, LogEntry};
use crate::conversion::map::MappedRecord;
use crate::conversion::sheet::{ROW, Sheet, SheetCell, SheetRow};
use crate::conversion::terms::TermTables;
use crate::fairtracks::category::Category;
use crate::galaxy::datatype::without_compression;

/// Fills in what files say about the records that describe them. Without a table of tracks the answer is a sheet for each file,
/// which is a track then. What fits nothing is a row of the log.
///
/// # Errors
/// Two rows describe one file, or a name fits two files.
pub fn join(
    own: &OwnFiles,
    records: &mut [MappedRecord],
    terms: &TermTables,
    log: &mut ConversionLog,
) -> Result<Vec<Sheet>, OwnFilesError> {
    if own.files.is_empty() {
        return Ok(Vec::new());
    }
    let names = FileNames::of(&own.files);
    let mut rows: HashMap<usize, String> = HashMap::new();
    let mut has_rows = false;
    let mut joined = Vec::new();
    for (position, record) in records.iter().enumerate() {
        if !record.is_wide && !record.objects.contains_key(&Category::Tracks) {
            continue;
        }
        has_rows = true;
        let place = record.place.to_string();
        let Some(file) = names.file_of(record)? else {
            log.add(LogEntry {
                value: stated_name(record).unwrap_or_default(),
                ..not_taken(
                    place,
                    "tracks.file_name",
                    "no file has this name or checksum: add the file".to_owned(),
                )
            });
            continue;
        };
        if let Some(first) = rows.insert(file, place.clone()) {
            return Err(OwnFilesError::TwoRows {
                file: own.files[file].name.clone(),
                first,
                second: place,
            });
        }
        joined.push((position, file));
    }
    for (position, file) in joined {
        fill(own, &own.files[file], &mut records[position], terms, log);
    }
    if !has_rows {
        return Ok(own.files.iter().map(sheet).collect());
    }
    let left = own.files.iter().enumerate();
    for (_, file) in left.filter(|(position, _)| !rows.contains_key(position)) {
        log.add(LogEntry {
            value: file.name.clone(),
            ..not_taken(
                file.name.clone(),
                "tracks.file_name",
                "no row has this name or its checksum: add a row".to_owned(),
            )
        });
    }
    Ok(Vec::new())
}

/// A file as a sheet of one row, which is the file itself and has no number.
fn sheet(file: &OwnFile) -> Sheet {
    Sheet {
        name: Rc::from(file.name.as_str()),
        category: None,
        row_word: ROW,
        titles: vec!["tracks.file_name".to_owned()],
        rows: vec![SheetRow {
            number: 0,
            cells: vec![SheetCell::Text(file.name.clone())],
        }],
    }
}

/// The files by what rows call them.
struct FileNames<'f> {
    files: &'f [OwnFile],
    by_name: HashMap<&'f str, usize>,
    /// All files of a name, or of the name of a dataset, without the suffix of its compression.
    by_bare_name: HashMap<&'f str, Vec<usize>>,
    /// All files of a checksum.
    by_checksum: HashMap<String, Vec<usize>>,
}

impl<'f> FileNames<'f> {
    fn of(files: &'f [OwnFile]) -> Self {
        let mut names = FileNames {
            files,
            by_name: HashMap::new(),
            by_bare_name: HashMap::new(),
            by_checksum: HashMap::new(),
        };
        for (position, file) in files.iter().enumerate() {
            names.by_name.insert(&file.name, position);
            for name in std::iter::once(&file.name).chain(&file.other_name) {
                let bare = without_compression(name);
                let alike = names.by_bare_name.entry(bare).or_default();
                if !alike.contains(&position) {
                    alike.push(position);
                }
            }
            for checksum in [file.sha256.hexadecimal(), file.md5.clone()] {
                let alike = names.by_checksum.entry(checksum).or_default();
                alike.push(position);
            }
        }
        names
    }

    /// The file that a record describes: by its name, by the name without compression, or by the checksum.
    fn file_of(&self, record: &MappedRecord) -> Result<Option<usize>, OwnFilesError> {
        let ambiguous = |what: String, files: &[usize]| OwnFilesError::Ambiguous {
            row: record.place.to_string(),
            what,
            first: self.files[files[0]].name.clone(),
            second: self.files[files[1]].name.clone(),
        };
        if let Some(name) = stated_name(record) {
            if let Some(file) = self.by_name.get(name.as_str()) {
                return Ok(Some(*file));
            }
            match self.by_bare_name.get(without_compression(&name)) {
                Some(files) if files.len() > 1 => return Err(ambiguous(name, files)),
                Some(files) => return Ok(files.first().copied()),
                None => {}
            }
        }
        let tracks = record.objects.get(&Category::Tracks);
        let hash = tracks.and_then(|track| track.get("checksum")?.get("cs_hash")?.as_str());
        match hash.and_then(|hash| self.by_checksum.get(&hash.to_lowercase())) {
            Some(files) if files.len() > 1 => {
                Err(ambiguous(hash.unwrap_or_default().to_owned(), files))
            }
            Some(files) => Ok(files.first().copied()),
            None => Ok(None),
        }
    }
}

/// The name that a record gives its file: its own, or the last part of the path of its URL.
fn stated_name(record: &MappedRecord) -> Option<String> {
    let track = record.objects.get(&Category::Tracks)?;
    if let Some(name) = track.get("file_name").and_then(Json::as_str) {
        let name = name.rsplit('/').next().unwrap_or(name);
        return Some(name.to_owned());
    }
    let url = track.get("file_url").and_then(Json::as_str)?;
    let path = url.split(['?', '#']).next()?;
    let (_, name) = path.rsplit_once('/')?;
    let name = percent_decode_str(name).decode_utf8_lossy();
    (!name.is_empty()).then(|| name.into_owned())
}
