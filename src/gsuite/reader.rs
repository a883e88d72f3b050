//! GSuite → FAIRtracks document.
//!
//! A GSuite file is a flat table, so its FAIRtracks objects are reassembled. Nothing is added, so a document from a plain list of
//! URLs has little more than those, and does not conform to the standard.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value as Json, json};

use super::claims::LineClaims;
use super::error::GsuiteError;
use super::heading::SuiteHeading;
use super::objects::{LISTS, TrackObjects};
use super::uri::Uri;
use super::{RESERVED, decode, plain_table, text};
use crate::archive::digest::Sha256Sum;
use crate::fairtracks::document::Document;
use crate::galaxy::datatype::without_compression;
use crate::galaxy::file_address::file_name;
use crate::text::secrets::redacted;
use crate::text::unique_names::UniqueNames;

/// Whether a file may be a GSuite file or a list or table of URLs: text that is neither a JSON object nor a JSON list.
pub fn is_list(bytes: &[u8]) -> bool {
    let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if start.is_none_or(|byte| b"{[".contains(byte)) {
        return false;
    }
    text::of(bytes).is_ok_and(|text| !text.trim_start().starts_with(['{', '[']))
}

/// Reads a GSuite file, a list of URLs, or a table of URLs with a header line, as a document.
///
/// # Errors
/// What is wrong, and in which line.
pub fn read(bytes: &[u8]) -> Result<Document, GsuiteError> {
    let text = text::of(bytes)?;
    let mut suite = Suite::default();
    let mut lines = text::lines(&text);
    while let Some((number, line)) = lines.next() {
        let next = || {
            let mut rest = lines.clone().map(|(_, line)| line);
            rest.find(|line| !line.trim().is_empty())
        };
        suite.line(number, line, next)?;
    }
    Ok(suite.document())
}

#[derive(Default)]
struct Suite<'t> {
    heading: SuiteHeading,
    /// The table's cells are plain text, not percent-encoded.
    is_plain: bool,
    /// The URL of ENCODE's metadata table.
    metadata: Option<&'t str>,
    /// Lines of tracks: a line that is there twice describes one track.
    lines: HashSet<&'t str>,
    titles: UniqueNames,
    lists: [Vec<Json>; 4],
    known: HashSet<Sha256Sum>,
    collection: Option<Json>,
}

impl<'t> Suite<'t> {
    fn line(
        &mut self,
        number: usize,
        line: &'t str,
        next: impl Fn() -> Option<&'t str>,
    ) -> Result<(), GsuiteError> {
        if line.trim().is_empty() {
            return Ok(());
        }
        if let Some(control) = line.chars().find(|c| c.is_control() && *c != '\t') {
            let character = u32::from(control);
            return Err(GsuiteError::Control {
                line: number,
                character,
            });
        }
        if number == 1 && line.starts_with("#local_id\t") {
            return Err(GsuiteError::TableOfHits);
        }
        if line.starts_with("##") {
            if !self.lines.is_empty() {
                return Err(GsuiteError::AfterTracks {
                    line: number,
                    found: start_of(line),
                });
            }
            return self.heading.line(number, line);
        }
        let is_first = self.heading.is_empty() && self.lines.is_empty() && self.metadata.is_none();
        let may_be_titles = !line.starts_with('#')
            || line.contains('\t')
                && next()
                    .is_some_and(|next| next.matches('\t').count() == line.matches('\t').count());
        if is_first && may_be_titles {
            let titles = plain_table::titles(number, line, next());
            // Faults in the titles of a table do not concern comments.
            let titles = if line.starts_with('#') {
                titles.ok().flatten()
            } else {
                titles?
            };
            if let Some(titles) = titles {
                self.is_plain = true;
                return self.heading.set_columns(number, titles);
            }
            if !line.starts_with('#') && Uri::read(plain_table::unquoted(line.trim())).is_none() {
                return Err(GsuiteError::NotGsuite {
                    line: number,
                    found: start_of(line),
                });
            }
        }
        if line.starts_with('#') {
            return Ok(());
        }
        self.track(number, line)
    }

    fn track(&mut self, line: usize, text: &'t str) -> Result<(), GsuiteError> {
        let default = (line, ["uri".to_owned()]);
        let (columns_line, columns) = self.heading.columns().unwrap_or((default.0, &default.1));
        let is_list = self.heading.columns().is_none();
        let mut cells: Vec<&str> = if self.is_plain || is_list {
            plain_table::cells(text)
        } else {
            text.split('\t').map(str::trim).collect()
        };
        while cells.len() > columns.len() && cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        if cells.len() != columns.len() {
            let found = cells.len();
            return Err(if is_list {
                GsuiteError::NoTitles { line, found }
            } else {
                GsuiteError::Columns {
                    line,
                    found,
                    expected: columns.len(),
                    columns_line,
                }
            });
        }
        if is_list
            && self.lines.is_empty()
            && self.metadata.is_none()
            && plain_table::is_metadata(cells[0])
        {
            self.metadata = Some(cells[0]);
            return Ok(());
        }
        let mut row = TrackObjects::new();
        let mut reserved = HashMap::new();
        for (column, cell) in columns.iter().zip(cells) {
            if cell == "." || cell.is_empty() {
                continue;
            }
            let lower = column.to_lowercase();
            if let Some(name) = RESERVED.iter().find(|name| **name == lower) {
                reserved.insert(*name, cell);
                continue;
            }
            let value = if self.is_plain {
                cell.to_owned()
            } else {
                decode(cell)
            };
            row.put(column, value).map_err(|other| GsuiteError::Clash {
                line,
                one: other,
                other: column.clone(),
            })?;
        }
        if !self.lines.insert(text) {
            return Ok(());
        }
        self.describe(line, &mut row, &reserved)?;
        self.add(row);
        Ok(())
    }

    /// The properties of a track from standard columns and headers.
    fn describe(
        &mut self,
        line: usize,
        row: &mut TrackObjects,
        reserved: &HashMap<&str, &str>,
    ) -> Result<(), GsuiteError> {
        let cell = |name: &str| reserved.get(name).copied();
        let uri = cell("uri").unwrap_or_default();
        let Some(Uri { address, suffix }) = Uri::read(uri) else {
            return Err(GsuiteError::NoAddress {
                line,
                found: start_of(uri),
            });
        };
        let name = file_name(&address);
        let claims = LineClaims {
            heading: &self.heading,
            line,
            is_plain: self.is_plain,
        };
        claims.check_format(
            cell("file_format").or(cell("file_type")),
            suffix.as_deref(),
            &name,
        )?;
        let kind = claims.kind(cell("track_type"))?;
        let genome = claims.genome(cell("genome"))?;
        // Without a title, the file name is the title, which identifies a track in a suite.
        let title = match cell("title") {
            Some(title) if self.is_plain => Some(title.to_owned()),
            Some(title) => Some(decode(title)),
            None => Some(name.clone()).filter(|name| !name.is_empty()),
        };
        if let Some(suffix) = &suffix {
            let format = without_compression(suffix);
            let is_format = format.len() < suffix.len() || !["gz", "bgz", "gzip"].contains(&format);
            row.fill(
                "file_format",
                is_format.then(|| json!({"term_label": format})),
            );
            if !name.is_empty() {
                row.fill("file_name", Some(format!("{name}.{suffix}").into()));
            }
        }
        row.fill("file_url", Some(address.into()));
        if row.track().get("local_id").is_none()
            && let Some(title) = &title
        {
            let id = self.titles.numbered(title, usize::MAX);
            row.fill("local_id", Some(id.into()));
        }
        row.fill("label_short", title.map(Json::from));
        row.fill("assembly_name", genome.map(Json::from));
        row.fill(
            "geometric_track_type",
            kind.map(|kind| capital(&kind).into()),
        );
        // In plain tables only a column of MD5 sums becomes a checksum.
        if self.is_plain
            && let Some(checksum) = row
                .track()
                .get_mut("checksum")
                .and_then(Json::as_object_mut)
        {
            checksum.entry("cs_method").or_insert_with(|| "MD5".into());
        }
        row.connect();
        Ok(())
    }

    fn add(&mut self, row: TrackObjects) {
        let TrackObjects { lists, collection } = row;
        let [study, experiment, sample, mut track] = lists;
        match &self.collection {
            None => self.collection = Some(collection),
            // A document has one collection; that of a track from elsewhere stays with the track.
            Some(first) if *first != collection => track["collection_info"] = collection,
            Some(_) => {}
        }
        for (place, object) in [study, experiment, sample].into_iter().enumerate() {
            let is_empty = object.as_object().is_none_or(Map::is_empty);
            let sum = || Sha256Sum::of(format!("{place}{object}").as_bytes());
            if !is_empty && self.known.insert(sum()) {
                self.lists[place].push(object);
            }
        }
        self.lists[3].push(track);
    }

    fn document(self) -> Document {
        let mut members = Map::new();
        members.insert("doc_info".to_owned(), json!({}));
        members.insert(
            "collection_info".to_owned(),
            self.collection.unwrap_or(json!({})),
        );
        for (category, list) in LISTS.iter().zip(self.lists) {
            members.insert(category.name().to_owned(), list.into());
        }
        let format = match (self.is_plain, self.heading.is_empty()) {
            (true, _) => "table of addresses",
            (_, true) => "list of URLs",
            _ => "GSuite",
        };
        let mut story = json!({"format": format, "headers": self.heading.members()});
        if let Some(metadata) = self.metadata {
            story["metadata"] = redacted(metadata).into();
        }
        members.insert("converted_from".to_owned(), story);
        Document::from_parts(members)
    }
}

/// A text with its first letter as the standard writes it.
fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// The beginning of a line, to be shown.
fn start_of(line: &str) -> String {
    line.chars().take(60).collect()
}
