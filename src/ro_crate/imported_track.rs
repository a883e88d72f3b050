//! One track on its way into Galaxy: the plan and the outcome.

use std::time::Duration;

use super::tracks::TrackPayload;
use crate::archive::content_id;
use crate::archive::digest::{DigestFunction, Digests};
use crate::fairtracks::summary_columns::HEADLINES;
use crate::fairtracks::track_provenance::TrackProvenance;
use crate::fairtracks::values::checksum::ChecksumMethod;
use crate::galaxy::datatype::{DATA, Datatype, Peaks, without_compression};
use crate::galaxy::file_address::names_a_format;
use crate::genome::content::Packing;
use crate::genome::coordinate_system::ComparedClaim;
use crate::text::first_filled;
use crate::text::secrets::redacted;

/// What is remarked of a track of which neither its format nor the name of its file says what it is.
pub const FORMAT_NOT_KNOWN: &str = "the format is not known: the datatype is `data`";

/// The kinds of files that describe tracks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A FAIRtracks document.
    Document,
    /// A GSuite file.
    Gsuite,
    /// An RO-Crate.
    Crate,
}

/// One track to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedTrack {
    /// The number of its source.
    pub source: usize,
    /// Its position in the source's list of tracks.
    pub position: usize,
    /// Its id in the document; empty where it has none.
    pub local_id: String,
    /// Where its file is, credentials included: not to be shown. Empty where nothing says so.
    pub url: String,
    /// The name of its file.
    pub file_name: String,
    /// The checksum that its provider gives.
    pub checksum: Option<ExpectedChecksum>,
    /// What Galaxy calls it.
    pub element_identifier: String,
    /// The tag, such as `name:BLD000001`, that Galaxy propagates from its dataset to all results; none unless asked for.
    pub name_tag: Option<String>,
    /// The datatype in Galaxy.
    pub datatype: Datatype,
    /// Galaxy's key of its genome.
    pub dbkey: String,
    /// Remarks on the track, in sentences.
    pub remarks: Vec<String>,
    /// What biologists ask first, in the order of [`HEADLINES`].
    pub headlines: Vec<String>,
    /// Where the track comes from.
    pub provenance: TrackProvenance,
    /// What it is to be again, where it comes back from a crate that it was packed into.
    pub packed: Option<PackedFile>,
}

/// A file that was packed into a crate together with what Galaxy knew of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedFile {
    /// The file in the crate.
    pub payload: TrackPayload,
    /// The key of its light crate in the crate.
    pub light_crate: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

impl PlannedTrack {
    /// What is known under a headline; empty where nothing is.
    pub fn headline(&self, title: &str) -> &str {
        let titles = HEADLINES.iter().map(|headline| headline.title);
        let mut pairs = titles.zip(&self.headlines);
        pairs
            .find(|(known, _)| *known == title)
            .map_or("", |(_, text)| text)
    }

    /// What people call the track: its label, else its id, else the name of its file.
    pub fn label(&self) -> &str {
        let label = self.headline("label");
        first_filled(&[
            label,
            &self.local_id,
            &self.file_name,
            "a track without a name",
        ])
    }

    /// Takes the name that the server gives the file, where that says more of its format than the name so far.
    pub fn name_as_served(&mut self, name: &str, peaks: Peaks) {
        if names_a_format(&self.file_name) || !names_a_format(name) {
            return;
        }
        name.clone_into(&mut self.file_name);
        let by_name = Datatype::of_file_name(name, peaks);
        if let Some(datatype) = by_name.filter(|_| self.datatype == DATA) {
            self.datatype = datatype;
            self.remarks.retain(|remark| remark != FORMAT_NOT_KNOWN);
        }
    }

    /// The name of the file as it is stored: without the suffix of a compression that is gone.
    pub fn stored_name(&self, unpacked: bool) -> &str {
        if unpacked {
            without_compression(&self.file_name)
        } else {
            &self.file_name
        }
    }

    /// Where the file is, without credentials.
    pub fn address(&self) -> String {
        redacted(&self.url)
    }
}

/// A checksum that its provider gives for a file, over the bytes as served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedChecksum {
    /// How it is made.
    pub method: ChecksumMethod,
    /// Small hexadecimal digits.
    pub sum: String,
}

impl ExpectedChecksum {
    /// The same checksum of bytes that passed; none where it was not asked for.
    pub fn found(&self, digests: &Digests) -> Option<String> {
        match self.method {
            ChecksumMethod::Md5 => digests.md5.clone(),
            ChecksumMethod::Sha256 => Some(digests.sha256.hexadecimal()),
        }
    }
}

/// What became of a track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportStatus {
    /// Its file is here.
    Imported(StoredTrack),
    /// Its file is here, taken from an earlier import together with its light crate.
    Taken(StoredTrack),
    /// Galaxy knows where its file is, and gets it when a tool needs it.
    Registered,
    /// It was not asked for in a way that can be done.
    Skipped(String),
    /// It could not be had.
    Failed(FailedTrack),
}

/// A file that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTrack {
    /// The digests of the bytes as served.
    pub served: Digests,
    /// The digests of the bytes as stored.
    pub stored: Digests,
    /// The compressions that were undone between the two, the outermost first.
    pub unpacked: Vec<Packing>,
    /// Where the bytes came from.
    pub origin: ByteOrigin,
    /// When the file began to come and when it was all there, RFC 3339.
    pub times: (String, String),
    /// How long it took.
    pub took: Duration,
    /// Its coordinates compared with its declared assembly; none where either is not known.
    pub coordinates: Option<Box<ComparedClaim>>,
}

/// Where bytes came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByteOrigin {
    /// An address, without credentials.
    Url {
        /// The address that the document gives.
        address: String,
        /// Whether a mirror of the site was asked in its place.
        from_mirror: bool,
    },
    /// A file in the crate that describes the track.
    Crate {
        /// Its path there.
        path: String,
        /// Whether it was compared with a checksum that the crate states, and equal.
        compared: bool,
    },
}

/// A file that Galaxy has already, and that is the track of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognisedFile {
    /// What it was recognised by.
    pub by: RecognisedBy,
    /// The digests of its bytes as the document means them; none where its SHA-256 is not known.
    pub digests: Option<Digests>,
    /// The URL that Galaxy recorded for it, without credentials.
    pub recorded_url: Option<String>,
    /// Whether its bytes are others than those at the URL, which Galaxy decompressed or changed.
    pub is_changed: bool,
    /// Whether its checksum is another than that of the track which only its name suggests.
    pub is_contradicted: bool,
    /// What users call the document.
    pub document: String,
}

/// What a file was recognised by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecognisedBy {
    /// The checksum in the document is that of its bytes.
    Checksum(DigestFunction),
    /// The checksum in the document is that of its decompressed bytes.
    UnpackedChecksum(DigestFunction),
    /// Galaxy recorded the URL in the document as its source, and no checksum can be compared.
    SourceUrl,
    /// Its name holds the id or the file name in the document, which is no proof.
    Name,
}

/// Why a track is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedTrack {
    /// A sentence.
    pub reason: String,
    /// The digests of the bytes received instead, if any.
    pub served: Option<Digests>,
    /// How long it took.
    pub took: Duration,
}

/// A track and what became of it.
pub struct TrackOutcome<'p> {
    /// What was planned.
    pub track: &'p PlannedTrack,
    /// The name of the file that describes it.
    pub described_in: &'p str,
    /// The outcome.
    pub arrival: ImportStatus,
    /// What there is to say besides.
    pub remarks: Vec<String>,
}

impl ImportStatus {
    /// The file, where it is here.
    pub fn stored(&self) -> Option<&StoredTrack> {
        match self {
            ImportStatus::Imported(stored) | ImportStatus::Taken(stored) => Some(stored),
            _ => None,
        }
    }

    /// Whether Galaxy has the track now, by its bytes or by its URL.
    pub fn is_here(&self) -> bool {
        self.stored().is_some() || *self == ImportStatus::Registered
    }
}

impl StoredTrack {
    /// Whether the bytes as stored are not those as served.
    pub fn is_unpacked(&self) -> bool {
        !self.unpacked.is_empty()
    }

    /// What was undone, as people call it; nothing if nothing was.
    pub fn unpacked_name(&self) -> &'static str {
        match self.unpacked.as_slice() {
            [] => "",
            [Packing::Gzip] => "gzip",
            [Packing::Gzip, ..] => "nested gzip",
            [Packing::Zlib | Packing::Deflate, ..] => "deflate",
        }
    }

    /// The name of the file by what is in it (RFC 6920).
    pub fn content_id(&self) -> String {
        content_id::of_file(&self.stored.sha256)
    }
}
