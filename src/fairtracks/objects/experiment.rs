//! Experiments: what was measured, how, and on which sample.

use serde::Deserialize;

use super::OntologyTerm;
use super::lenient::{object, text};

/// An experiment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Experiment<'d> {
    /// An accession of GEO or EGA, a CURIE.
    #[serde(borrow, deserialize_with = "text")]
    pub global_id: Option<&'d str>,
    /// Its id in the document.
    #[serde(borrow, deserialize_with = "text")]
    pub local_id: Option<&'d str>,
    /// The `local_id` of its study.
    #[serde(borrow, deserialize_with = "text")]
    pub study_ref: Option<&'d str>,
    /// The `local_id` of its sample.
    #[serde(borrow, deserialize_with = "text")]
    pub sample_ref: Option<&'d str>,
    /// The assay, a term of OBI or EDAM.
    #[serde(borrow, deserialize_with = "object")]
    pub technique: OntologyTerm<'d>,
    /// What was measured.
    #[serde(borrow, deserialize_with = "object")]
    pub target: Target<'d>,
    /// The protocol of the laboratory, a text or a URL.
    #[serde(borrow, deserialize_with = "text")]
    pub lab_protocol_description: Option<&'d str>,
    /// The protocol of the computation, a text or a URL.
    #[serde(borrow, deserialize_with = "text")]
    pub compute_protocol_description: Option<&'d str>,
}

/// The target of an experiment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Target<'d> {
    /// A sequence feature, such as a histone modification; a term of SO.
    #[serde(borrow, deserialize_with = "object")]
    pub sequence_feature: OntologyTerm<'d>,
    /// A gene of HGNC, a CURIE.
    #[serde(borrow, deserialize_with = "text")]
    pub gene_id: Option<&'d str>,
    /// The type of a gene product, a term of NCIT.
    #[serde(borrow, deserialize_with = "object")]
    pub gene_product_type: OntologyTerm<'d>,
    /// A structure such as chromatin, a term of NCIT.
    #[serde(borrow, deserialize_with = "object")]
    pub macromolecular_structure: OntologyTerm<'d>,
    /// A phenotype, a term of NCIT.
    #[serde(borrow, deserialize_with = "object")]
    pub phenotype: OntologyTerm<'d>,
    /// Details; the key is `details` in the unreleased successor of 1.0.2.
    #[serde(borrow, deserialize_with = "text")]
    pub target_details: Option<&'d str>,
    /// Details in the unreleased successor of 1.0.2.
    #[serde(borrow, deserialize_with = "text")]
    pub details: Option<&'d str>,
    /// A summary of the target.
    #[serde(borrow, deserialize_with = "text")]
    pub summary: Option<&'d str>,
}
