//! The objects of a FAIRtracks document (v1.0.2) with their properties by name, as all tools read them.
//!
//! Reading is tolerant: a property of another type counts as missing, and properties that the standard does not know stay where
//! they are, in the object itself. What is wrong with an object is found by [`check`](super::check).

mod experiment;
mod lenient;
mod sample;
pub mod schema;
mod track;

pub use experiment::{Experiment, Target};
pub use sample::{Sample, SampleType};
pub use track::{Checksum, Track};

use serde::Deserialize;
use serde_json::Value as Json;

use lenient::{object, text};

/// The properties of an object; none for a value that is no object.
pub fn read<'d, T: Deserialize<'d> + Default>(object: &'d Json) -> T {
    let object = Some(object).filter(|object| object.is_object());
    let read = object.and_then(|object| T::deserialize(object).ok());
    read.unwrap_or_default()
}

/// A text without the whitespace around it; `None` where nothing is left.
pub fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A term of an ontology.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct OntologyTerm<'d> {
    /// The IRI of the term.
    #[serde(borrow, deserialize_with = "text")]
    pub term_id: Option<&'d str>,
    /// Its name in the ontology.
    #[serde(borrow, deserialize_with = "text")]
    pub term_label: Option<&'d str>,
}

/// The person or organization to contact about a study or a collection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Contact<'d> {
    /// The name.
    #[serde(borrow, deserialize_with = "text")]
    pub name: Option<&'d str>,
    /// The e-mail address.
    #[serde(borrow, rename = "e-mail", deserialize_with = "text")]
    pub e_mail: Option<&'d str>,
    /// The ORCID iD, a CURIE.
    #[serde(borrow, deserialize_with = "text")]
    pub orcid: Option<&'d str>,
}

/// A study, to which experiments belong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Study<'d> {
    /// An accession of GEO or EGA, a CURIE.
    #[serde(borrow, deserialize_with = "text")]
    pub global_id: Option<&'d str>,
    /// Its id in the document.
    #[serde(borrow, deserialize_with = "text")]
    pub local_id: Option<&'d str>,
    /// The `local_id` of its collection.
    #[serde(borrow, deserialize_with = "text")]
    pub collection_ref: Option<&'d str>,
    /// The name.
    #[serde(borrow, deserialize_with = "text")]
    pub study_name: Option<&'d str>,
    /// A publication in PubMed, a CURIE.
    #[serde(borrow, deserialize_with = "text")]
    pub publication: Option<&'d str>,
    /// The contact.
    #[serde(borrow, deserialize_with = "object")]
    pub contact: Contact<'d>,
}

/// The collection that all tracks of a document belong to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct CollectionInfo<'d> {
    /// Its id in the document.
    #[serde(borrow, deserialize_with = "text")]
    pub local_id: Option<&'d str>,
    /// The `local_id` of the document.
    #[serde(borrow, deserialize_with = "text")]
    pub doc_ref: Option<&'d str>,
    /// The repository that holds the collection, a URL.
    #[serde(borrow, deserialize_with = "text")]
    pub source_repo_url: Option<&'d str>,
    /// The short name.
    #[serde(borrow, deserialize_with = "text")]
    pub short_name: Option<&'d str>,
    /// The full name.
    #[serde(borrow, deserialize_with = "text")]
    pub long_name: Option<&'d str>,
    /// A page that describes the collection, a URL.
    #[serde(borrow, deserialize_with = "text")]
    pub description_url: Option<&'d str>,
    /// The metadata that were converted to FAIRtracks, a URL.
    #[serde(borrow, deserialize_with = "text")]
    pub orig_metadata_url: Option<&'d str>,
    /// The contact.
    #[serde(borrow, deserialize_with = "object")]
    pub contact: Contact<'d>,
}

/// Which document, version and date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DocInfo<'d> {
    /// The id of the document.
    #[serde(borrow, deserialize_with = "text")]
    pub local_id: Option<&'d str>,
    /// Where the document can be downloaded.
    #[serde(borrow, deserialize_with = "text")]
    pub doc_url: Option<&'d str>,
    /// The version, by custom the document's signature.
    #[serde(borrow, deserialize_with = "text")]
    pub doc_version: Option<&'d str>,
    /// The date of the version, RFC 3339.
    #[serde(borrow, deserialize_with = "text")]
    pub doc_date: Option<&'d str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_property_of_another_type_counts_as_missing() {
        let json = json!({
            "local_id": 1.50, "file_url": "https://x.example/a", "label_short": null, "file_name": ["a"],
            "file_format": ["http://edamontology.org/format_3004", "bigBed"], "checksum": {"cs_method": "MD5", "cs_hash": {}},
            "raw_file_ids": ["encode:1", 2], "mine": {"a": 1}
        });
        let track: Track<'_> = read(&json);
        let expected = Track {
            file_url: Some("https://x.example/a"),
            checksum: Checksum {
                cs_method: Some("MD5"),
                cs_hash: None,
            },
            ..Track::default()
        };
        assert_eq!(track, expected);
        let list = json!(["a"]);
        assert_eq!(read::<Track<'_>>(&list), Track::default());
        let json = json!({"file_format": {"term_label": "BED"}});
        assert_eq!(read::<Track<'_>>(&json).file_format.term_label, Some("BED"));
    }
}
