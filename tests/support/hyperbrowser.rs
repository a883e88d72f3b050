//! A double of the HyperBrowser's GSuite parser: its rules, of which each broken one refuses the whole file.

use std::collections::{BTreeMap, HashSet};

use percent_encoding::percent_decode_str;

/// A track as that parser sees it.
#[derive(Debug)]
pub struct Track {
    pub uri: String,
    pub title: String,
    pub genome: String,
    pub kind: String,
    pub attributes: BTreeMap<String, String>,
}

const STANDARD: [&str; 6] = [
    "uri",
    "title",
    "file_format",
    "file_type",
    "track_type",
    "genome",
];
const KINDS: [&str; 17] = [
    "points",
    "valued points",
    "segments",
    "valued segments",
    "genome partition",
    "step function",
    "function",
    "linked points",
    "linked valued points",
    "linked segments",
    "linked valued segments",
    "linked genome partition",
    "linked step function",
    "linked function",
    "linked base pairs",
    "multiple",
    "unknown",
];
/// Suffixes of text that it reads wherever it is installed.
const PRIMARY: [&str; 11] = [
    "bed",
    "gff",
    "gff3",
    "fasta",
    "fas",
    "fa",
    "bedgraph",
    "microarray",
    "wig",
    "gtrack",
    "hbfunction",
];

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Parses a file.
pub fn parse(text: &str) -> Result<Vec<Track>, String> {
    let mut headers = BTreeMap::new();
    let mut columns = vec!["uri".to_owned()];
    let (mut level, mut lines) = (0, Vec::new());
    for line in text.split('\n') {
        let line = line.trim_end_matches([' ', '\t', '\r']);
        if let Some(c) = line
            .chars()
            .find(|c| !c.is_ascii() || c.is_ascii_control() && !"\t\r".contains(*c))
        {
            return Err(format!("character {c:?}: {line}"));
        }
        let mut at = |next: i32| {
            let is_double = next == level && (next == 3 || next == 4);
            if next < level || is_double {
                return Err(format!("order: {line}"));
            }
            level = next;
            Ok(())
        };
        if let Some(genome) = line.strip_prefix("####") {
            at(4)?;
            let (key, value) = genome.split_once('=').ok_or(format!("genome: {line}"))?;
            if key != "genome" || value.contains('=') {
                return Err(format!("genome: {line}"));
            }
            headers.insert("genome".to_owned(), decoded(value.trim()));
        } else if let Some(names) = line.strip_prefix("###") {
            at(3)?;
            columns = names
                .to_lowercase()
                .split('\t')
                .map(str::to_owned)
                .collect();
            check_columns(&columns)?;
        } else if let Some(header) = line.strip_prefix("##") {
            at(2)?;
            let (key, value) = header.split_once(':').ok_or(format!("header: {line}"))?;
            let (key, mut value) = (key.to_lowercase(), value.trim().to_lowercase());
            if value.contains(':') || key.ends_with(' ') || decoded(&key) != key {
                return Err(format!("header: {line}"));
            }
            let is_allowed = match key.as_str() {
                "location" => ["remote", "local", "unknown", "multiple"].contains(&value.as_str()),
                "file format" => {
                    ["primary", "preprocessed", "unknown", "multiple"].contains(&value.as_str())
                }
                "file type" => ["text", "binary", "unknown", "multiple"].contains(&value.as_str()),
                "track type" => KINDS.contains(&value.as_str()),
                _ => {
                    value = decoded(header.split_once(':').unwrap().1.trim());
                    true
                }
            };
            if !is_allowed || headers.insert(key, value).is_some() {
                return Err(format!("header: {line}"));
            }
        } else if !line.is_empty() && !line.starts_with('#') {
            at(5)?;
            lines.push(line);
        }
    }
    let mut titles = HashSet::new();
    lines
        .into_iter()
        .map(|line| {
            let track = track(line, &columns, &headers)?;
            if titles.insert(track.title.clone()) {
                Ok(track)
            } else {
                Err(format!("title: {line}"))
            }
        })
        .collect()
}

fn check_columns(columns: &[String]) -> Result<(), String> {
    let fault = || Err(format!("columns: {columns:?}"));
    let once: HashSet<&String> = columns.iter().collect();
    if once.len() < columns.len() || columns[0] != "uri" {
        return fault();
    }
    let mut last = None;
    let mut is_custom = false;
    for column in columns {
        let place = STANDARD.iter().position(|known| known == column);
        if column.trim().is_empty() || decoded(column) != *column {
            return fault();
        }
        if place.is_some() && (is_custom || place <= last) {
            return fault();
        }
        is_custom |= place.is_none();
        last = place.max(last);
    }
    Ok(())
}

fn track(
    line: &str,
    columns: &[String],
    headers: &BTreeMap<String, String>,
) -> Result<Track, String> {
    let fault = |what: &str| Err(format!("{what}: {line}"));
    let cells: Vec<&str> = line.split('\t').collect();
    if cells.len() != columns.len() {
        return fault("cells");
    }
    let cell = |name: &str| {
        let place = columns.iter().position(|column| column == name);
        place.map(|place| cells[place].to_owned())
    };
    let of_all = |name: &str| {
        headers
            .get(name)
            .filter(|value| *value != "multiple")
            .cloned()
    };
    let format = cell("file_format")
        .or(of_all("file format"))
        .unwrap_or("unknown".to_owned());
    let kind = cell("track_type")
        .or(of_all("track type"))
        .unwrap_or("unknown".to_owned());
    let genome = cell("genome")
        .or(of_all("genome"))
        .unwrap_or("unknown".to_owned());
    if !KINDS.contains(&kind.as_str()) {
        return fault("track type");
    }
    let uri = cells[0];
    let path = check_uri(uri)?;
    let path = decoded(path.strip_suffix(".gz").unwrap_or(&path));
    let name = path
        .rsplit('/')
        .next()
        .unwrap()
        .trim_start_matches('.')
        .to_owned();
    let suffix = name
        .rsplit_once('.')
        .map_or("", |(_, suffix)| suffix)
        .to_lowercase();
    if format != "unknown" && (format != "primary" || !PRIMARY.contains(&suffix.as_str())) {
        return fault("file format");
    }
    let custom = columns
        .iter()
        .zip(&cells)
        .filter(|(column, _)| !STANDARD.contains(&column.as_str()));
    if custom.clone().any(|(_, cell)| cell.is_empty()) {
        return fault("empty cell");
    }
    Ok(Track {
        uri: uri.to_owned(),
        title: cell("title").unwrap_or(name),
        genome: decoded(&genome),
        kind,
        attributes: custom
            .filter(|(_, cell)| **cell != ".")
            .map(|(column, cell)| (column.clone(), decoded(cell)))
            .collect(),
    })
}

/// Checks a remote address, and answers with its path.
fn check_uri(uri: &str) -> Result<String, String> {
    let fault = || Err(format!("uri: {uri}"));
    let Some((scheme, rest)) = uri.split_once("://") else {
        return fault();
    };
    if !["http", "https", "ftp", "rsync"].contains(&scheme.to_lowercase().as_str())
        || uri.contains('#')
    {
        return fault();
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    if host.is_empty() || host.contains('[') != host.contains(']') {
        return fault();
    }
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    // It fails where it looks for the suffix inside gzip and finds none.
    let name = decoded(path.rsplit('/').next().unwrap());
    let parts = |name: &str| {
        name.trim_start_matches('.')
            .split('.')
            .filter(|part| !part.is_empty())
            .count()
    };
    let is_packed = name.to_lowercase().ends_with(".gz") && parts(&name) > 1;
    if is_packed && (parts(&name) < 3 && name.ends_with(".gz"))
        || path.is_empty() && query.ends_with(".gz")
    {
        return fault();
    }
    let is_pair = |part: &str| part.contains('=');
    let is_text = percent_decode_str(query).decode_utf8().is_ok();
    let is_read = query.split(['&', ';']).all(is_pair) && is_text;
    if !query.is_empty() && !is_read {
        return fault();
    }
    Ok(path.to_owned())
}
