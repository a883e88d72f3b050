//! Samples: the cells or tissue.

use serde::Deserialize;

use super::OntologyTerm;
use super::lenient::{object, text};

/// A sample.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Sample<'d> {
    /// An accession of BioSamples, a CURIE.
    #[serde(borrow, deserialize_with = "text")]
    pub global_id: Option<&'d str>,
    /// Its id in the document.
    #[serde(borrow, deserialize_with = "text")]
    pub local_id: Option<&'d str>,
    /// The species in NCBI Taxonomy, a CURIE.
    #[serde(borrow, deserialize_with = "text")]
    pub species_id: Option<&'d str>,
    /// The name of the species in NCBI Taxonomy.
    #[serde(borrow, deserialize_with = "text")]
    pub species_name: Option<&'d str>,
    /// The class of the sample, one of four terms of NCIT.
    #[serde(borrow, deserialize_with = "object")]
    pub biospecimen_class: OntologyTerm<'d>,
    /// What the sample consists of.
    #[serde(borrow, deserialize_with = "object")]
    pub sample_type: SampleType<'d>,
    /// A disease or another state, a term of NCIT.
    #[serde(borrow, deserialize_with = "object")]
    pub phenotype: OntologyTerm<'d>,
}

/// What a sample consists of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SampleType<'d> {
    /// Normal cells of an organism, a term of CL.
    #[serde(borrow, deserialize_with = "object")]
    pub cell_type: OntologyTerm<'d>,
    /// Abnormal cells, a term of NCIT.
    #[serde(borrow, deserialize_with = "object")]
    pub abnormal_cell_type: OntologyTerm<'d>,
    /// A cell line, a term of EFO.
    #[serde(borrow, deserialize_with = "object")]
    pub cell_line: OntologyTerm<'d>,
    /// A tissue or an organ, a term of UBERON.
    #[serde(borrow, deserialize_with = "object")]
    pub organism_part: OntologyTerm<'d>,
    /// Details in the unreleased successor of 1.0.2.
    #[serde(borrow, deserialize_with = "text")]
    pub details: Option<&'d str>,
    /// A summary of the sample type.
    #[serde(borrow, deserialize_with = "text")]
    pub summary: Option<&'d str>,
}
