//! Hits → GSuite.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::{RESERVED, kinds, percent_encoded, uri};
use crate::fairtracks::category::Category;
use crate::fairtracks::flat::flatten;
use crate::fairtracks::hit::{Hit, LeftOut};
use crate::fairtracks::objects::{Track, filled};
use crate::galaxy::file_address::file_name;
use crate::genome::assembly::says_nothing;
use crate::text::unique_names::UniqueNames;

/// The categories whose metadata become columns, in the order of TrackFind's converter, which omits `doc_info`.
const CATEGORIES: [Category; 5] = [
    Category::Tracks,
    Category::Experiments,
    Category::Studies,
    Category::Samples,
    Category::CollectionInfo,
];
/// The most omitted tracks that the file lists.
const NAMED_LEFT_OUT: usize = 100;

/// A GSuite file and the tracks that it cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    /// The file's text.
    pub text: String,
    /// Tracks without a URL that GSuite allows.
    pub left_out: Vec<LeftOut>,
}

struct TrackLine {
    uri: String,
    title: String,
    kind: String,
    genome: String,
    is_primary: bool,
    metadata: HashMap<String, String>,
}

/// Writes the hits as a GSuite file.
pub fn write(hits: &[Hit<'_>]) -> Suite {
    let mut writer = SuiteWriter::default();
    writer.add(hits);
    writer.finish()
}

/// A GSuite file of hits that are added document by document, none of which has to stay in memory.
#[derive(Default)]
pub struct SuiteWriter {
    columns: Columns,
    titles: UniqueNames,
    tracks: Vec<TrackLine>,
    left_out: Vec<LeftOut>,
}

impl SuiteWriter {
    /// Adds hits behind those before.
    pub fn add(&mut self, hits: &[Hit<'_>]) {
        for hit in hits {
            let described = hit.track();
            match uri::write(described.file_url.unwrap_or_default()) {
                Ok(uri) => {
                    let (titles, columns) = (&mut self.titles, &mut self.columns);
                    let line = line(hit, &described, uri, titles, columns);
                    self.tracks.push(line);
                }
                Err(reason) => self.left_out.push(LeftOut {
                    local_id: hit.local_id().to_owned(),
                    reason,
                }),
            }
        }
    }

    /// The file of all hits.
    pub fn finish(self) -> Suite {
        Suite {
            text: comments(&self.left_out) + &text(&self.tracks, &self.columns.names),
            left_out: self.left_out,
        }
    }
}

/// Comments that list the omitted tracks, without their URLs, which may contain secrets.
fn comments(left_out: &[LeftOut]) -> String {
    let mut text = String::new();
    for track in left_out.iter().take(NAMED_LEFT_OUT) {
        // Writing to a String cannot fail.
        let id = encode(&track.local_id);
        let reason = "because its URL is not valid in a GSuite file";
        let _ = writeln!(text, "# omitted, {reason}: {id}");
    }
    let more = left_out.len().saturating_sub(NAMED_LEFT_OUT);
    if more > 0 {
        let _ = writeln!(text, "# omitted for the same reason: {more} more");
    }
    text
}

fn text(tracks: &[TrackLine], names: &[String]) -> String {
    let (genome, genomes_differ) = genome_of_all(tracks);
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
        "##location: {location}\n##file format: {file_format}\n##track type: {kind}\n##genome: {genome}\n"
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

/// The genome of all tracks: `unknown` if one of them has none, or else `multiple` if they differ (specification 1.0a,
/// C.1.7); and whether they differ.
fn genome_of_all(tracks: &[TrackLine]) -> (String, bool) {
    let differ = tracks
        .windows(2)
        .any(|pair| pair[0].genome != pair[1].genome);
    let of_all = if tracks.iter().any(|track| track.genome.is_empty()) {
        "unknown"
    } else if differ {
        "multiple"
    } else {
        tracks.first().map_or("unknown", |track| &track.genome)
    };
    // A second colon would end the header for HyperBrowser's parser.
    (of_all.replace(':', "%3A"), differ)
}

fn line(
    hit: &Hit<'_>,
    track: &Track<'_>,
    uri: String,
    titles: &mut UniqueNames,
    columns: &mut Columns,
) -> TrackLine {
    let title = filled(track.label_short)
        .or(filled(track.label_long))
        .or(filled(track.local_id))
        .map_or_else(|| file_name(&uri), str::to_owned);
    let title = if title.is_empty() { "track" } else { &title };
    let mut metadata = HashMap::new();
    for category in CATEGORIES {
        for flat in hit.object(category).map(flatten).unwrap_or_default() {
            let value = encode(&flat.texts.join(","));
            // The URL is in the mandatory column `uri`.
            if value.trim().is_empty() || (category == Category::Tracks && flat.path == "file_url")
            {
                continue;
            }
            metadata.insert(columns.name(category, &flat.path), value);
        }
    }
    TrackLine {
        is_primary: uri::is_primary(&uri),
        uri,
        title: titles.numbered(&encode(title), usize::MAX),
        kind: kinds::name(filled(track.geometric_track_type).unwrap_or_default()).to_owned(),
        genome: filled(track.assembly_name)
            .filter(|name| !says_nothing(name))
            .map(encode)
            .unwrap_or_default(),
        metadata,
    }
}

/// A cell: printable ASCII without `%`, leading and trailing spaces encoded so that no reader strips them.
fn encode(text: &str) -> String {
    // A single dot means a missing value.
    if text == "." {
        return "%2E".to_owned();
    }
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

/// The names of the metadata columns, in order of first appearance.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    by_attribute: HashMap<(Category, String), String>,
    taken: UniqueNames,
    /// The names in lower case, and their parent paths.
    lower: HashSet<String>,
    outer: HashSet<String>,
}

impl Columns {
    /// The column of an attribute. Names ignore case and hold printable ASCII without `%`, so others are changed
    /// and kept apart by a number.
    fn name(&mut self, category: Category, path: &str) -> String {
        if let Some(name) = self.by_attribute.get(&(category, path.to_owned())) {
            return name.clone();
        }
        let plain = |c: char| {
            if (c == ' ' || c.is_ascii_graphic()) && c != '%' {
                c
            } else {
                '_'
            }
        };
        let path_of_name: String = path.chars().map(plain).collect();
        let own = path_of_name.trim();
        let is_reserved = RESERVED.contains(&own.to_ascii_lowercase().as_str());
        let wanted = match own {
            // A name has to be there.
            "" if category == Category::Tracks => "_".to_owned(),
            own if category == Category::Tracks && !is_reserved => own.to_owned(),
            own => format!("{category}->{own}"),
        };
        let wanted = self.apart(wanted);
        // Names ignore case, so they are counted in lower case.
        let lower = wanted.to_ascii_lowercase();
        let free = self.taken.numbered(&lower, usize::MAX);
        let name = wanted + free.strip_prefix(&lower).unwrap_or_default();
        self.names.push(name.clone());
        self.by_attribute
            .insert((category, path.to_owned()), name.clone());
        name
    }

    /// A name that is neither a path into another column nor the parent path of one, even if keys contain `->`.
    fn apart(&mut self, wanted: String) -> String {
        let lower = wanted.to_ascii_lowercase();
        let outer = lower.match_indices("->");
        let outer: Vec<String> = outer.map(|(at, _)| lower[..at].to_owned()).collect();
        if self.outer.contains(&lower) || outer.iter().any(|path| self.lower.contains(path)) {
            return wanted.replace("->", "_") + "_";
        }
        self.lower.insert(lower);
        self.outer.extend(outer);
        wanted
    }
}
