//! The tracks of FAIRtracks documents by what identifies their files: checksum, URL, and names.

use std::collections::{BTreeSet, HashMap};

use crate::archive::digest::{DigestFunction, Sha256Sum};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::objects::{Track, filled, read};
use crate::galaxy::datatype::{is_packed, without_compression};
use crate::galaxy::file_address;
use crate::galaxy::lineage::DatasetSource;
use crate::ro_crate::imported_track::ExpectedChecksum;
use crate::ro_crate::source_context::wanted_checksum;

/// A FAIRtracks document to look for tracks in.
#[derive(Debug)]
pub struct KnownDocument {
    /// What users call it.
    pub name: String,
    /// The document.
    pub document: Document,
    /// The SHA-256 of its file.
    pub sha256: Sha256Sum,
}

/// Where a track is: the number of its document, and its position in the list of tracks there, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackPlace {
    /// The number of the document.
    pub document: usize,
    /// The position in its list of tracks.
    pub position: usize,
}

/// What identifies the file of a track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifiedTrack {
    /// Where it is.
    pub place: TrackPlace,
    /// The checksum, if the document has one of a known method.
    pub checksum: Option<ExpectedChecksum>,
    /// The URL without credentials; empty where there is none.
    pub url: String,
    /// The text that identifies the URL in a comparison with that of a dataset; see [`DatasetSource::identity`].
    pub url_identity: Option<String>,
    /// Whether the file at the URL is gzip by its name.
    pub is_packed: bool,
    /// The names of the file by the document and by the URL, with and without the suffix of a compression, in lower case.
    pub file_names: Vec<String>,
    /// The id with and without its prefix, in lower case.
    pub ids: Vec<String>,
    /// The labels, in lower case.
    pub labels: Vec<String>,
}

impl IdentifiedTrack {
    /// Whether a name in lower case is one of the file or of the track.
    pub fn is_called(&self, name: &str) -> bool {
        let mut names = self.file_names.iter().chain(&self.ids).chain(&self.labels);
        names.any(|known| known == name)
    }
}

/// The tracks of documents by checksum, URL and name, made in one pass over the documents.
#[derive(Debug, Default)]
pub struct DocumentIndex {
    tracks: Vec<IdentifiedTrack>,
    by_checksum: HashMap<(DigestFunction, String), Vec<usize>>,
    by_url: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

/// Of how many tracks a name still says something.
const MOST_OF_NAME: usize = 5;
/// The fewest characters of a name that says something.
const SHORTEST_NAME: usize = 5;

impl DocumentIndex {
    /// Indexes the tracks of documents. Of a track that several documents have, equal in id, URL and checksum, the first counts.
    pub fn of(documents: &[KnownDocument]) -> Self {
        let mut index = DocumentIndex::default();
        let mut known: HashMap<(String, String, Option<String>), usize> = HashMap::new();
        for (number, known_document) in documents.iter().enumerate() {
            let tracks = known_document.document.list(Category::Tracks);
            for (position, object) in tracks.iter().enumerate() {
                let json = object.read();
                let track: Track<'_> = read(&json);
                let place = TrackPlace {
                    document: number,
                    position,
                };
                let identified = identified(&track, place);
                if let Some(id) = filled(track.local_id) {
                    let sum = identified.checksum.as_ref();
                    let sum = sum.map(|checksum| checksum.sum.clone());
                    let url = identified.url_identity.clone().unwrap_or_default();
                    let key = (id.to_owned(), url, sum);
                    // Tracks of one document are different ones, whatever they have in common.
                    if *known.entry(key).or_insert(number) != number {
                        continue;
                    }
                }
                index.add(identified);
            }
        }
        index
    }

    fn add(&mut self, track: IdentifiedTrack) {
        let number = self.tracks.len();
        if let Some(checksum) = &track.checksum {
            let key = (checksum.method.function(), checksum.sum.clone());
            self.by_checksum.entry(key).or_default().push(number);
        }
        if let Some(identity) = &track.url_identity {
            let tracks = self.by_url.entry(identity.clone()).or_default();
            tracks.push(number);
        }
        // Labels describe, and are no names of files.
        let file_names = track.file_names.iter().filter(|name| names_a_file(name));
        let ids = track.ids.iter().filter(|id| is_accession(id));
        let names: BTreeSet<&String> = file_names.chain(ids).collect();
        for name in names {
            self.by_name.entry(name.clone()).or_default().push(number);
        }
        self.tracks.push(track);
    }

    /// The tracks.
    pub fn tracks(&self) -> impl Iterator<Item = &IdentifiedTrack> {
        self.tracks.iter()
    }

    /// How many tracks there are.
    pub fn len(&self) -> usize {
        self.tracks.len()
    }

    /// Whether there are no tracks.
    pub fn is_empty(&self) -> bool {
        self.tracks.is_empty()
    }

    /// The functions of the checksums.
    pub fn digest_functions(&self) -> Vec<DigestFunction> {
        let functions = DigestFunction::ALL.into_iter();
        let is_used = |function: &DigestFunction| {
            let mut keys = self.by_checksum.keys();
            keys.any(|(known, _)| known == function)
        };
        functions.filter(is_used).collect()
    }

    /// The tracks whose files have this checksum, in lower-case hexadecimal digits.
    pub fn with_checksum(&self, function: DigestFunction, sum: &str) -> Vec<&IdentifiedTrack> {
        let tracks = self.by_checksum.get(&(function, sum.to_owned()));
        self.of_numbers(tracks)
    }

    /// The tracks whose files are at a URL, given by its [identity](DatasetSource::identity).
    pub fn with_url(&self, identity: &str) -> Vec<&IdentifiedTrack> {
        self.of_numbers(self.by_url.get(identity))
    }

    /// The tracks whose file name or accession is in the name of a dataset; none where they are too many to say anything.
    pub fn named_in(&self, name: &str) -> Vec<&IdentifiedTrack> {
        let name = name.trim().to_lowercase();
        let whole = [name.as_str(), without_compression(&name)];
        let is_between = |c: char| c.is_whitespace() || "/\\()[]{},;|\"'".contains(c);
        let words = name.split(is_between).flat_map(|word| {
            let parts = word.split(['.', '_', '-']);
            [word, without_compression(word)].into_iter().chain(parts)
        });
        let mut numbers: Vec<usize> = Vec::new();
        for text in whole.into_iter().chain(words) {
            let tracks = self.by_name.get(text).map_or(&[][..], Vec::as_slice);
            if tracks.len() <= MOST_OF_NAME {
                numbers.extend(tracks);
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        self.of_numbers(Some(&numbers))
    }

    fn of_numbers(&self, numbers: Option<&Vec<usize>>) -> Vec<&IdentifiedTrack> {
        let numbers = numbers.into_iter().flatten();
        numbers.map(|number| &self.tracks[*number]).collect()
    }
}

fn identified(track: &Track<'_>, place: TrackPlace) -> IdentifiedTrack {
    let source = DatasetSource::at(filled(track.file_url).unwrap_or_default());
    let url_identity = source.identity();
    let url = source.url;
    let at_url = file_address::file_name(&url);
    let local_id = filled(track.local_id);
    let file_names = [filled(track.file_name), Some(&*at_url)];
    let file_names: Vec<&str> = file_names.into_iter().flatten().collect();
    let stored = file_names.iter().map(|name| without_compression(name));
    let lower = |names: &mut dyn Iterator<Item = &str>| {
        let named = names.filter(|name| !name.is_empty());
        named.map(str::to_lowercase).collect()
    };
    let labels = [track.label_short, track.label_long].map(filled);
    let ids = [local_id, local_id.map(accession)];
    IdentifiedTrack {
        place,
        // A checksum that cannot be one is compared with nothing.
        checksum: wanted_checksum(track.checksum).unwrap_or_default(),
        is_packed: file_names.iter().any(|name| is_packed(name)),
        file_names: lower(&mut file_names.iter().copied().chain(stored)),
        ids: lower(&mut ids.into_iter().flatten()),
        labels: lower(&mut labels.into_iter().flatten()),
        url,
        url_identity,
    }
}

/// An id without its prefix.
fn accession(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, accession)| accession)
}

/// Whether an id is so long and mixed that it is no ordinary word or number.
fn is_accession(id: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| id.bytes().any(|byte| kind(&byte));
    id.len() >= SHORTEST_NAME && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// Whether a name is that of a file.
fn names_a_file(name: &str) -> bool {
    name.len() >= SHORTEST_NAME && file_address::names_a_format(name)
}
