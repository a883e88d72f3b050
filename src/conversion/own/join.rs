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

/// A sheet for each file, which is a track then, where no sheet has a table of tracks.
pub fn sheets_of_files(own: &OwnFiles, sheets: &[Sheet]) -> Vec<Sheet> {
    let describes = |sheet: &Sheet| sheet.category.is_none_or(|it| it == Category::Tracks);
    if sheets.iter().any(describes) {
        return Vec::new();
    }
    // Tables of other objects refer to tracks, which have no objects of their own then.
    let category = (!sheets.is_empty()).then_some(Category::Tracks);
    let files = own.files.iter();
    files.map(|file| sheet(file, category)).collect()
}

/// The files, and the rows that describe them so far.
pub struct FileJoin<'f> {
    own: &'f OwnFiles,
    terms: &'f TermTables,
    names: FileNames<'f>,
    /// The place of the row of each file.
    rows: HashMap<usize, String>,
    log: ConversionLog,
    problem: Option<OwnFilesError>,
}

impl<'f> FileJoin<'f> {
    /// Begins with the first record.
    pub fn new(own: &'f OwnFiles, terms: &'f TermTables) -> Self {
        FileJoin {
            own,
            terms,
            names: FileNames::of(&own.files),
            rows: HashMap::new(),
            log: ConversionLog::default(),
            problem: None,
        }
    }

    /// Fills in what a file says about the record that describes it.
    pub fn record(&mut self, record: &mut MappedRecord) {
        let is_track = record.is_wide || record.objects.contains_key(&Category::Tracks);
        if self.own.files.is_empty() || !is_track || self.problem.is_some() {
            return;
        }
        let place = record.place.to_string();
        let file = match self.names.file_of(record) {
            Ok(Some(file)) => file,
            Ok(None) => {
                let reason = "no file has this name or checksum: add the file".to_owned();
                self.log.add(LogEntry {
                    value: stated_name(record).unwrap_or_default(),
                    ..not_taken(place, "tracks.file_name", reason)
                });
                return;
            }
            Err(problem) => {
                self.problem = Some(problem);
                return;
            }
        };
        if let Some(first) = self.rows.insert(file, place.clone()) {
            self.problem = Some(OwnFilesError::TwoRows {
                file: self.own.files[file].name.clone(),
                first,
                second: place,
            });
            return;
        }
        let file = &self.own.files[file];
        fill(self.own, file, record, self.terms, &mut self.log);
    }

    /// Adds what was filled in and what fits nothing to a log.
    ///
    /// # Errors
    /// Two rows describe one file, or a name fits two files.
    pub fn finish(mut self, log: &mut ConversionLog) -> Result<(), OwnFilesError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let files = self.own.files.iter().enumerate();
        for (_, file) in files.filter(|(position, _)| !self.rows.contains_key(position)) {
            let reason = "no row has this name or its checksum: add a row".to_owned();
            self.log.add(LogEntry {
                value: file.name.clone(),
                ..not_taken(file.name.clone(), "tracks.file_name", reason)
            });
        }
        log.append(&self.log);
        Ok(())
    }
}

/// A file as a sheet of one row, which is the file itself and has no number.
fn sheet(file: &OwnFile, category: Option<Category>) -> Sheet {
    Sheet {
        name: Rc::from(file.name.as_str()),
        category,
        row_word: ROW,
        lettered: 0,
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
