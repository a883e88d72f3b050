//! Which tracks of documents a file of Galaxy is: by checksum, else by the URL that Galaxy recorded; names only suggest.

use std::collections::BTreeMap;

use super::document_index::{DocumentIndex, IdentifiedTrack, TrackPlace};
use crate::archive::digest::{DigestFunction, Digests};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::{DatasetSource, HistoryDataset};
use crate::ro_crate::imported_track::RecognisedBy;
use crate::text::secrets::redacted;

/// What is known of a file of Galaxy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileFacts {
    /// Digests of its bytes, in lower-case hexadecimal digits.
    pub sums: Vec<(DigestFunction, String)>,
    /// Digests of what gzip packs in it.
    pub unpacked_sums: Vec<(DigestFunction, String)>,
    /// Whether it is gzip.
    pub is_packed: bool,
    /// The URLs that Galaxy recorded for it, without credentials.
    pub urls: Vec<String>,
    /// The texts that identify these URLs in comparisons; none for a URL of which too little is known.
    pub url_identities: Vec<String>,
    /// Whether Galaxy recorded that it changed the bytes on their way in, such as line ends.
    pub is_transformed: bool,
    /// Its names.
    pub names: Vec<String>,
}

/// The tracks that a file is or may be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatchedTracks {
    /// Those that it is, with the proof.
    pub proven: BTreeMap<TrackPlace, RecognisedBy>,
    /// Those that its name suggests, where nothing proves one.
    pub suggested: Vec<TrackPlace>,
    /// Those at whose URL it was, with another checksum: found and expected.
    pub contradicted: BTreeMap<TrackPlace, (DigestFunction, String, String)>,
    /// Those of the suggested ones that have another checksum: found and expected.
    pub contradicted_names: BTreeMap<TrackPlace, (DigestFunction, String, String)>,
    /// More tracks with its bytes than can be distinguished: none of them is proven.
    pub same_bytes: Option<TracksOfSum>,
}

/// The tracks of one checksum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracksOfSum {
    /// The digest function.
    pub function: DigestFunction,
    /// How many tracks there are.
    pub count: usize,
    /// The first ones.
    pub first: Vec<TrackPlace>,
}

/// The most tracks with the same bytes that a file is all of.
pub const MOST_OF_SUM: usize = 10;

impl FileFacts {
    /// What is known of a result that was read, with what Galaxy recorded of its dataset and of copies of it.
    pub fn of_result(result: &DatasetFile, recorded: &[&HistoryDataset]) -> Self {
        let sums = |digests: &Digests| match digests.bytes {
            // Empty files are equal to each other and say nothing.
            0 => Vec::new(),
            _ => digests.all().collect(),
        };
        FileFacts {
            sums: sums(&result.digests),
            unpacked_sums: result.unpacked.as_ref().map(sums).unwrap_or_default(),
            is_packed: result.unpacked.is_some(),
            urls: recorded.iter().flat_map(|dataset| urls(dataset)).collect(),
            url_identities: recorded.iter().flat_map(|it| url_identities(it)).collect(),
            is_transformed: recorded.iter().any(|dataset| is_transformed(dataset)),
            names: vec![result.element_identifier.clone(), result.name.clone()],
        }
    }

    /// What Galaxy recorded of a dataset that is not read.
    pub fn of_dataset(dataset: &HistoryDataset) -> Self {
        let known = dataset.hashes.iter().filter_map(|hash| {
            let function = DigestFunction::named(&hash.function)?;
            Some((function, function.parse(&hash.value)?))
        });
        let extension = dataset.extension.as_str();
        FileFacts {
            sums: match dataset.size {
                Some(0) => Vec::new(),
                _ => known.collect(),
            },
            unpacked_sums: Vec::new(),
            is_packed: extension.ends_with("gz") || extension.ends_with("bgzip"),
            urls: urls(dataset),
            url_identities: url_identities(dataset).collect(),
            is_transformed: is_transformed(dataset),
            names: vec![dataset.element_identifier.clone(), dataset.name.clone()],
        }
    }

    /// The tracks of documents that the file is.
    pub fn matched(&self, index: &DocumentIndex) -> MatchedTracks {
        let mut matched = MatchedTracks::default();
        for (sums, by) in [
            (&self.sums, RecognisedBy::Checksum as fn(_) -> _),
            (&self.unpacked_sums, RecognisedBy::UnpackedChecksum),
        ] {
            for (function, sum) in sums {
                let tracks = index.with_checksum(*function, sum);
                let tracks = self.told_apart(tracks);
                if tracks.len() > MOST_OF_SUM {
                    matched.same_bytes.get_or_insert_with(|| TracksOfSum {
                        function: *function,
                        count: tracks.len(),
                        first: tracks.iter().take(MOST_OF_SUM).map(|it| it.place).collect(),
                    });
                    continue;
                }
                let tracks = tracks.into_iter();
                let tracks = tracks.map(|track| (track.place, by(*function)));
                for (place, by) in tracks {
                    matched.proven.entry(place).or_insert(by);
                }
            }
        }
        if !matched.proven.is_empty() {
            matched.same_bytes = None;
            return matched;
        }
        if matched.same_bytes.is_some() {
            return matched;
        }
        let identities = self.url_identities.iter();
        for track in identities.flat_map(|identity| index.with_url(identity)) {
            match self.other_checksum(track) {
                Some(other) => drop(matched.contradicted.insert(track.place, other)),
                None => drop(matched.proven.insert(track.place, RecognisedBy::SourceUrl)),
            }
        }
        if matched.proven.is_empty() {
            for track in self.names.iter().flat_map(|name| index.named_in(name)) {
                if matched.contradicted.contains_key(&track.place) {
                    continue;
                }
                if let Some(other) = self.other_checksum(track) {
                    matched.contradicted_names.insert(track.place, other);
                }
                matched.suggested.push(track.place);
            }
            matched.suggested.sort_unstable();
            matched.suggested.dedup();
        }
        matched
    }

    /// Whether Galaxy decompressed or changed the file of a track on its way in, so that its bytes are not those at the URL.
    pub fn is_changed_from(&self, track: &IdentifiedTrack) -> bool {
        self.is_transformed || track.is_packed && !self.is_packed
    }

    /// Of tracks with the same bytes those that the URL names, else those that the name names, else all.
    fn told_apart<'t>(&self, tracks: Vec<&'t IdentifiedTrack>) -> Vec<&'t IdentifiedTrack> {
        if tracks.len() < 2 {
            return tracks;
        }
        let names: Vec<String> = self.names.iter().map(|name| name.to_lowercase()).collect();
        let is_at = |track: &IdentifiedTrack| {
            let identity = track.url_identity.as_ref();
            identity.is_some_and(|identity| self.url_identities.contains(identity))
        };
        let is_named = |track: &IdentifiedTrack| {
            let mut names = names.iter().filter(|name| !name.is_empty());
            names.any(|name| track.is_called(name))
        };
        for is_meant in [&is_at as &dyn Fn(&IdentifiedTrack) -> bool, &is_named] {
            let meant: Vec<_> = tracks.iter().copied().filter(|t| is_meant(t)).collect();
            if !meant.is_empty() {
                return meant;
            }
        }
        tracks
    }

    /// The digest that differs from the checksum of a track, with the checksum, where the two can be compared.
    fn other_checksum(&self, track: &IdentifiedTrack) -> Option<(DigestFunction, String, String)> {
        let expected = track.checksum.as_ref()?;
        if self.is_changed_from(track) {
            return None;
        }
        let function = expected.method.function();
        // A file that was compressed on its way is compared by what it holds.
        let sums = match self.is_packed && !track.is_packed && !self.unpacked_sums.is_empty() {
            true => &self.unpacked_sums,
            false => &self.sums,
        };
        let found = sums.iter().find(|(known, _)| *known == function)?;
        Some((function, found.1.clone(), expected.sum.clone()))
    }
}

fn is_transformed(dataset: &HistoryDataset) -> bool {
    dataset.sources.iter().any(|source| source.transformed)
}

/// The URLs that Galaxy recorded.
fn urls(dataset: &HistoryDataset) -> Vec<String> {
    let sources = dataset.sources.iter();
    sources.map(|source| redacted(source.url.trim())).collect()
}

fn url_identities(dataset: &HistoryDataset) -> impl Iterator<Item = String> {
    let sources = dataset.sources.iter();
    sources.filter_map(DatasetSource::identity)
}
