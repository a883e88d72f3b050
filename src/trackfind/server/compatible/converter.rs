//! Rows → GSuite, equal to the output of TrackFind's converter, a Python 2 program with its text handling.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

use super::uri;
use crate::fairtracks::flat::below;

/// The converter ends with an error, and with it the whole export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ConverterError;

/// The headers of a GSuite without tracks.
pub(super) const EMPTY: &str =
    "##location: unknown\n##file format: unknown\n##track type: unknown\n##genome: unknown\n";

/// The cells of one object: the name of the column and its value.
pub(super) type Cells = Vec<(String, Cell)>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// The original value.
    raw: String,
    /// The percent-decoded value; `None` if the result cannot be mixed with text in Python 2.
    decoded: Option<String>,
}

/// The cells of an object of a category.
///
/// # Errors
/// A text that is not ASCII, or a list with elements other than texts.
pub(super) fn cells(category: &str, object: &Json) -> Result<Cells, ConverterError> {
    let mut cells = Vec::new();
    let path = if category == "tracks" { "" } else { category };
    collect(object, path, &mut cells)?;
    Ok(cells)
}

fn collect(value: &Json, path: &str, cells: &mut Cells) -> Result<(), ConverterError> {
    let cell = match value {
        Json::Object(members) => {
            for (key, member) in members {
                collect(member, &below(path, key), cells)?;
            }
            return Ok(());
        }
        Json::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
            Cell::of_list(texts.ok_or(ConverterError)?.join(","))
        }
        Json::String(text) if text.is_ascii() => Cell::of_bytes(text.clone()),
        Json::String(_) => return Err(ConverterError),
        Json::Number(number) => Cell::of_bytes(float(number.as_str())),
        Json::Bool(true) => Cell::of_bytes("True".to_owned()),
        Json::Bool(false) => Cell::of_bytes("False".to_owned()),
        Json::Null => Cell::of_bytes("None".to_owned()),
    };
    if !cell.raw.is_empty() {
        cells.push((path.to_owned(), cell));
    }
    Ok(())
}

impl Cell {
    /// A byte string, which must be ASCII, also after decoding.
    fn of_bytes(raw: String) -> Self {
        let decoded = String::from_utf8(percent_decode_str(&raw).collect()).ok();
        Cell {
            decoded: decoded.filter(|decoded| decoded.is_ascii()),
            raw,
        }
    }

    /// A text from a list: each escape becomes one character.
    fn of_list(raw: String) -> Self {
        let mut pieces = raw.split('%');
        let mut decoded = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let code = piece
                .get(..2)
                .filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
                .and_then(|code| u8::from_str_radix(code, 16).ok());
            match code {
                Some(code) => {
                    decoded.push(char::from(code));
                    decoded.push_str(&piece[2..]);
                }
                None => {
                    decoded.push('%');
                    decoded.push_str(piece);
                }
            }
        }
        Cell {
            raw,
            decoded: Some(decoded),
        }
    }
}

/// A number as Python 2 shows a float: twelve digits at most.
fn float(text: &str) -> String {
    let Ok(number) = text.parse::<f64>() else {
        return text.to_owned();
    };
    let scientific = format!("{number:.11e}");
    let Some((digits, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..11).contains(&exponent) {
        let places = usize::try_from(11 - exponent).unwrap_or_default();
        let plain = format!("{number:.places$}");
        if !plain.contains('.') {
            return plain + ".0";
        }
        let trimmed = plain.trim_end_matches('0');
        return trimmed
            .strip_suffix('.')
            .map_or_else(|| trimmed.to_owned(), |whole| format!("{whole}.0"));
    }
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

struct Track<'c> {
    uri: String,
    is_remote: bool,
    title: String,
    genome: &'c str,
    /// The values, each with the index of its column.
    cells: Vec<(usize, &'c str)>,
}

/// A GSuite being written.
#[derive(Default)]
pub(super) struct Converter<'c> {
    tracks: Vec<Track<'c>>,
    titles: HashSet<String>,
    /// The last number appended to a title.
    numbers: HashMap<&'c str, usize>,
    columns: Vec<&'c str>,
    places: HashMap<&'c str, usize>,
}

impl<'c> Converter<'c> {
    /// Adds a row: the cells of its track, and those of its other objects but `doc_info`.
    ///
    /// # Errors
    /// A track without a title or a genome, or with a URL that GSuite does not support.
    pub fn add(&mut self, track: &'c Cells, others: &[&'c Cells]) -> Result<(), ConverterError> {
        let of_track = |name: &str| {
            let found = track.iter().rev().find(|(known, _)| known == name);
            found.map(|(_, cell)| cell.raw.as_str())
        };
        let Some(address) = of_track("file_url") else {
            return Ok(());
        };
        let title = of_track("label_short").ok_or(ConverterError)?;
        let genome = of_track("assembly_name").ok_or(ConverterError)?;
        let (uri, is_remote) = uri::requoted(address).ok_or(ConverterError)?;
        let mut cells = Vec::new();
        for (name, cell) in [&[track], others].concat().into_iter().flatten() {
            if name == "file_url" {
                continue;
            }
            let place = *self.places.entry(name).or_insert_with(|| {
                self.columns.push(name);
                self.columns.len() - 1
            });
            cells.push((place, cell.decoded.as_deref().ok_or(ConverterError)?));
        }
        let title = self.title(title);
        self.tracks.push(Track {
            uri,
            is_remote,
            title,
            genome,
            cells,
        });
        Ok(())
    }

    /// The title, made unique by the first free number.
    fn title(&mut self, title: &'c str) -> String {
        let number = self.numbers.entry(title).or_insert(0);
        loop {
            *number += 1;
            let unique = match *number {
                1 => title.to_owned(),
                number => format!("{title} ({number})"),
            };
            if self.titles.insert(unique.clone()) {
                return unique;
            }
        }
    }

    /// The file's text.
    pub fn finish(self) -> String {
        if self.tracks.is_empty() {
            return EMPTY.to_owned();
        }
        let location = |track: &Track| if track.is_remote { "remote" } else { "local" };
        let locations = combined(self.tracks.iter().map(location));
        let genome = combined(self.tracks.iter().map(|track| track.genome));
        let shows_genome = self
            .tracks
            .iter()
            .any(|track| track.genome != genome && track.genome != "unknown");
        let mut text = format!(
            "##location: {locations}\n##file format: unknown\n##track type: unknown\n##genome: {genome}\n"
        );
        let mut header = vec!["uri", "title"];
        header.extend(shows_genome.then_some("genome"));
        header.extend(&self.columns);
        text.push_str("###");
        text.push_str(&header.join("\t"));
        text.push('\n');
        for track in &self.tracks {
            let mut line = vec![track.uri.as_str(), track.title.as_str()];
            line.extend(shows_genome.then_some(track.genome));
            let before = line.len();
            line.resize(before + self.columns.len(), ".");
            for (place, value) in &track.cells {
                line[before + place] = value;
            }
            text.push_str(&line.join("\t"));
            text.push('\n');
        }
        text
    }
}

/// The common value; if they differ, `multiple`, or `unknown` if one of them is unknown.
fn combined<'v>(mut values: impl Iterator<Item = &'v str>) -> &'v str {
    let first = values.next().unwrap_or("unknown");
    values.fold(first, |left, right| {
        if left == right {
            left
        } else if [left, right].contains(&"unknown") {
            "unknown"
        } else {
            "multiple"
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_shown_as_python_shows_them() {
        for (number, shown) in [
            ("42.0", "42.0"),
            ("1.0E10", "10000000000.0"),
            ("1.0E12", "1e+12"),
            ("0.30000000000000004", "0.3"),
            ("1.0E-5", "1e-05"),
            ("-0.0015", "-0.0015"),
            ("1.0E11", "1e+11"),
        ] {
            assert_eq!(float(number), shown);
        }
    }

    #[test]
    fn one_text_that_is_not_ascii_fails_all() {
        assert_eq!(cells("samples", &json!({"a": "é"})), Err(ConverterError));
        assert_eq!(cells("samples", &json!({"a": [1]})), Err(ConverterError));
        let in_list = cells("samples", &json!({"a": ["é"]}));
        assert_eq!(in_list.map(|cells| cells.len()), Ok(1));
    }

    #[test]
    fn titles_are_numbered_and_values_decoded() {
        let track =
            json!({"file_url": "https://h/x", "label_short": "a%41", "assembly_name": "hg38"});
        let mut converter = Converter::default();
        let cells = cells("tracks", &track).unwrap();
        converter.add(&cells, &[]).unwrap();
        converter.add(&cells, &[]).unwrap();
        let lines: Vec<String> = converter
            .finish()
            .lines()
            .skip(4)
            .map(str::to_owned)
            .collect();
        assert_eq!(
            lines,
            [
                "###uri\ttitle\tlabel_short\tassembly_name",
                "https://h/x\ta%41\taA\thg38",
                "https://h/x\ta%41 (2)\taA\thg38"
            ]
        );
    }
}
