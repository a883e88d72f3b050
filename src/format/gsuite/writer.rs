//! Hits → GSuite.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::{RESERVED, kinds};
use crate::model::category::Category;
use crate::model::flat::flatten;
use crate::model::hit::{Hit, LeftOut};
use crate::model::numbered::{Taken, numbered};

/// The categories whose metadata become columns, in the order of TrackFind's converter, which leaves `doc_info` out.
const CATEGORIES: [Category; 5] = [
    Category::Tracks,
    Category::Experiments,
    Category::Studies,
    Category::Samples,
    Category::CollectionInfo,
];
/// The schemes of remote tracks.
const SCHEMES: [&str; 4] = ["http", "https", "ftp", "rsync"];
/// The suffixes of text formats that GSuite calls primary.
const PRIMARY_SUFFIXES: [&str; 13] = [
    "gtrack",
    "bed",
    "wig",
    "bedgraph",
    "gff",
    "gff3",
    "narrowpeak",
    "broadpeak",
    "fasta",
    "microarray",
    "tsv",
    "vcf",
    "maf",
];

/// A GSuite file and the tracks that it cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    /// The file's text.
    pub text: String,
    /// Tracks without an address that GSuite allows.
    pub left_out: Vec<LeftOut>,
}

struct Track {
    uri: String,
    title: String,
    kind: String,
    genome: String,
    is_primary: bool,
    metadata: HashMap<String, String>,
}

/// Writes the hits as a GSuite file.
pub fn write(hits: &[Hit<'_>]) -> Suite {
    let mut columns = Columns::default();
    let mut titles = Taken::default();
    let mut tracks = Vec::new();
    let mut left_out = Vec::new();
    for hit in hits {
        match uri(hit) {
            Ok(uri) => tracks.push(track(hit, uri, &mut titles, &mut columns)),
            Err(reason) => left_out.push(LeftOut {
                local_id: hit.local_id().to_owned(),
                reason,
            }),
        }
    }
    Suite {
        text: text(&tracks, &columns.names),
        left_out,
    }
}

fn text(tracks: &[Track], names: &[String]) -> String {
    let (genome, genomes_differ) = common(tracks, |track| &track.genome);
    let all: Vec<&str> = tracks.iter().map(|track| track.kind.as_str()).collect();
    let kind = kinds::summary(&all);
    let kinds_differ = all.windows(2).any(|pair| pair[0] != pair[1]);
    let location = if tracks.is_empty() {
        "unknown"
    } else {
        "remote"
    };
    let all_primary = !tracks.is_empty() && tracks.iter().all(|track| track.is_primary);
    let file_format = if all_primary { "primary" } else { "unknown" };
    let mut text = format!(
        "##location: {location}\n##file format: {file_format}\n##track type: {kind}\n##genome: {}\n",
        if genome.is_empty() {
            "unknown"
        } else {
            &genome
        }
    );
    if tracks.is_empty() {
        return text;
    }
    let mut header = vec!["uri", "title"];
    header.extend(kinds_differ.then_some("track_type"));
    header.extend(genomes_differ.then_some("genome"));
    header.extend(names.iter().map(String::as_str));
    text.push_str("###");
    text.push_str(&header.join("\t"));
    text.push('\n');
    for track in tracks {
        let mut cells = vec![track.uri.as_str(), &track.title];
        cells.extend(kinds_differ.then_some(track.kind.as_str()));
        cells.extend(genomes_differ.then_some(if track.genome.is_empty() {
            "unknown"
        } else {
            track.genome.as_str()
        }));
        cells.extend(
            names
                .iter()
                .map(|name| track.metadata.get(name).map_or(".", String::as_str)),
        );
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// What all tracks share, or `multiple`; and whether they differ.
fn common(tracks: &[Track], of: impl Fn(&Track) -> &String) -> (String, bool) {
    let differ = tracks.windows(2).any(|pair| of(&pair[0]) != of(&pair[1]));
    let shared = if differ {
        "multiple".to_owned()
    } else {
        tracks
            .first()
            .map(|track| of(track).clone())
            .unwrap_or_default()
    };
    (shared, differ)
}

fn track(hit: &Hit<'_>, uri: String, titles: &mut Taken, columns: &mut Columns) -> Track {
    let of_track = |key: &str| {
        hit.text(Category::Tracks, &[key])
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    let title = of_track("label_short")
        .or(of_track("label_long"))
        .unwrap_or(hit.local_id());
    let mut metadata = HashMap::new();
    for category in CATEGORIES {
        for flat in hit.object(category).map(flatten).unwrap_or_default() {
            let value = encode(&flat.texts.join(","));
            // The address is the uri, whose column every reader knows.
            if value.trim().is_empty() || (category == Category::Tracks && flat.path == "file_url")
            {
                continue;
            }
            metadata.insert(columns.name(category, &flat.path), value);
        }
    }
    Track {
        is_primary: is_primary(&uri),
        uri,
        title: numbered(&encode(title), usize::MAX, titles),
        kind: kinds::name(of_track("geometric_track_type").unwrap_or_default()).to_owned(),
        genome: encode(of_track("assembly_name").unwrap_or_default()),
        metadata,
    }
}

/// The track's address, or why it has none that GSuite allows.
fn uri(hit: &Hit<'_>) -> Result<String, String> {
    let url = hit
        .text(Category::Tracks, &["file_url"])
        .unwrap_or_default()
        .trim();
    let scheme = url
        .split("://")
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if !SCHEMES.contains(&scheme.as_str()) || url.len() <= scheme.len() + 3 {
        return Err(format!(
            "found the address `{url}`, expected one of http, https, ftp or rsync"
        ));
    }
    // A fragment is forbidden, and no server ever sees it.
    let address = url.split('#').next().unwrap_or_default();
    Ok(percent_encoded(address, |byte| byte.is_ascii_graphic()))
}

fn is_primary(uri: &str) -> bool {
    let name = uri
        .split('?')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.')
        .is_some_and(|(_, suffix)| PRIMARY_SUFFIXES.contains(&suffix))
}

/// A cell: printable ASCII without `%`, blanks at either end encoded so that no reader strips them.
fn encode(text: &str) -> String {
    let encoded = percent_encoded(text, |byte| {
        (byte == b' ' || byte.is_ascii_graphic()) && byte != b'%'
    });
    let inner = encoded.trim_matches(' ');
    if inner.len() == encoded.len() {
        return encoded;
    }
    let blanks_before = encoded.len() - encoded.trim_start_matches(' ').len();
    let blanks_behind = encoded.len() - blanks_before - inner.len();
    format!(
        "{}{inner}{}",
        "%20".repeat(blanks_before),
        "%20".repeat(blanks_behind)
    )
}

fn percent_encoded(text: &str, is_plain: impl Fn(u8) -> bool) -> String {
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut encoded, byte| {
            if is_plain(byte) {
                encoded.push(char::from(byte));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
            encoded
        })
}

/// The names of the metadata columns, in order of first appearance.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    by_attribute: HashMap<(Category, String), String>,
    taken: HashSet<String>,
}

impl Columns {
    /// The column of an attribute. Names ignore case and hold printable ASCII without `%`, so others are changed
    /// and kept apart by a number.
    fn name(&mut self, category: Category, path: &str) -> String {
        if let Some(name) = self.by_attribute.get(&(category, path.to_owned())) {
            return name.clone();
        }
        let is_reserved = RESERVED.contains(&path.to_ascii_lowercase().as_str());
        let wanted = if category == Category::Tracks && !is_reserved {
            path.to_owned()
        } else {
            format!("{category}->{path}")
        };
        let plain = |c: char| {
            if (c == ' ' || c.is_ascii_graphic()) && c != '%' {
                c
            } else {
                '_'
            }
        };
        let wanted: String = wanted.chars().map(plain).collect();
        let mut name = wanted.trim().to_owned();
        let mut number = 1;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            number += 1;
            name = format!("{} ({number})", wanted.trim());
        }
        self.names.push(name.clone());
        self.by_attribute
            .insert((category, path.to_owned()), name.clone());
        name
    }
}
