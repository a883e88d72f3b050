//! Tracks: one data file each.

use serde::Deserialize;

use super::OntologyTerm;
use super::lenient::{object, text};

/// A track.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Track<'d> {
    /// An identifier of FAIRtracks, a CURIE whose prefix is not registered.
    #[serde(borrow, deserialize_with = "text")]
    pub global_id: Option<&'d str>,
    /// Its id in the document.
    #[serde(borrow, deserialize_with = "text")]
    pub local_id: Option<&'d str>,
    /// The `local_id` of its experiment.
    #[serde(borrow, deserialize_with = "text")]
    pub experiment_ref: Option<&'d str>,
    /// The accession of the genome assembly, a CURIE: RefSeq (GCF) or GenBank (GCA).
    #[serde(borrow, deserialize_with = "text")]
    pub assembly_id: Option<&'d str>,
    /// The name of the genome assembly: that of UCSC where chromosomes are called like `chr1`.
    #[serde(borrow, deserialize_with = "text")]
    pub assembly_name: Option<&'d str>,
    /// The address of the file.
    #[serde(borrow, deserialize_with = "text")]
    pub file_url: Option<&'d str>,
    /// The name of the file.
    #[serde(borrow, deserialize_with = "text")]
    pub file_name: Option<&'d str>,
    /// The short label.
    #[serde(borrow, deserialize_with = "text")]
    pub label_short: Option<&'d str>,
    /// The full label.
    #[serde(borrow, deserialize_with = "text")]
    pub label_long: Option<&'d str>,
    /// The format of the file, a term of EDAM.
    #[serde(borrow, deserialize_with = "object")]
    pub file_format: OntologyTerm<'d>,
    /// The kind of condensed data, one of the words of the standard.
    #[serde(borrow, deserialize_with = "text")]
    pub type_of_condensed_data: Option<&'d str>,
    /// The geometric track type, one of the words of the standard.
    #[serde(borrow, deserialize_with = "text")]
    pub geometric_track_type: Option<&'d str>,
    /// The checksum of the file.
    #[serde(borrow, deserialize_with = "object")]
    pub checksum: Checksum<'d>,
}

/// The checksum of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Checksum<'d> {
    /// The algorithm: `MD5` or `SHA-256`.
    #[serde(borrow, deserialize_with = "text")]
    pub cs_method: Option<&'d str>,
    /// The sum in hexadecimal digits.
    #[serde(borrow, deserialize_with = "text")]
    pub cs_hash: Option<&'d str>,
}
