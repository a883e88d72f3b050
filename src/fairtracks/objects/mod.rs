//! The objects of a FAIRtracks document (v1.0.2) with their properties by name, as all tools read them.
//!
//! Reading is tolerant: a property of another type counts as missing, and properties that no tool reads stay where they are, in the
//! object itself. [`check`](super::check) finds the errors of an object.

mod lenient;
pub mod schema;

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

/// Defines objects by their texts and the objects in them.
macro_rules! document_objects {
    ($($(#[$about:meta])* $name:ident {
        $($(#[$text_about:meta])* $text:ident,)*
    } $(+ {
        $($(#[$object_about:meta])* $object:ident: $type:ident,)*
    })?)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
        #[serde(default)]
        pub struct $name<'d> {
            $($(#[$text_about])* #[serde(borrow, deserialize_with = "text")] pub $text: Option<&'d str>,)*
            $($($(#[$object_about])* #[serde(borrow, deserialize_with = "object")] pub $object: $type<'d>,)*)?
        }
    )*};
}

document_objects! {
    /// A term of an ontology.
    OntologyTerm {
        /// The IRI of the term.
        term_id,
        /// Its name in the ontology.
        term_label,
    }

    /// A track.
    Track {
        /// Its id in the document.
        local_id,
        /// The `local_id` of its experiment.
        experiment_ref,
        /// The accession of the genome assembly, a CURIE: RefSeq (GCF) or GenBank (GCA).
        assembly_id,
        /// The name of the genome assembly: that of UCSC where chromosomes are called like `chr1`.
        assembly_name,
        /// The address of the file.
        file_url,
        /// The name of the file.
        file_name,
        /// The short label.
        label_short,
        /// The full label.
        label_long,
        /// The geometric track type, one of the words of the standard.
        geometric_track_type,
    } + {
        /// The format of the file, a term of EDAM.
        file_format: OntologyTerm,
        /// The checksum of the file.
        checksum: Checksum,
    }

    /// The checksum of a file.
    Checksum {
        /// The algorithm: `MD5` or `SHA-256`.
        cs_method,
        /// The sum in hexadecimal digits.
        cs_hash,
    }

    /// An experiment: what was measured, how, and on which sample.
    Experiment {
        /// Its id in the document.
        local_id,
        /// The `local_id` of its study.
        study_ref,
        /// The `local_id` of its sample.
        sample_ref,
    } + {
        /// The assay, a term of OBI or EDAM.
        technique: OntologyTerm,
        /// What was measured.
        target: Target,
    }

    /// The target of an experiment.
    Target {
        /// A gene of HGNC, a CURIE.
        gene_id,
        /// Details; the key is `details` in the unreleased successor of 1.0.2.
        target_details,
        /// Details in the unreleased successor of 1.0.2.
        details,
    } + {
        /// A sequence feature, such as a histone modification; a term of SO.
        sequence_feature: OntologyTerm,
        /// The type of a gene product, a term of NCIT.
        gene_product_type: OntologyTerm,
        /// A structure such as chromatin, a term of NCIT.
        macromolecular_structure: OntologyTerm,
        /// A phenotype, a term of NCIT.
        phenotype: OntologyTerm,
    }

    /// A sample: cells or tissue.
    Sample {
        /// Its id in the document.
        local_id,
        /// The species in NCBI Taxonomy, a CURIE.
        species_id,
        /// The name of the species in NCBI Taxonomy.
        species_name,
    } + {
        /// The class of the sample, one of four terms of NCIT.
        biospecimen_class: OntologyTerm,
        /// What the sample consists of.
        sample_type: SampleType,
    }

    /// What a sample consists of.
    SampleType {
        /// Details in the unreleased successor of 1.0.2.
        details,
    } + {
        /// Normal cells of an organism, a term of CL.
        cell_type: OntologyTerm,
        /// Abnormal cells, a term of NCIT.
        abnormal_cell_type: OntologyTerm,
        /// A cell line, a term of EFO.
        cell_line: OntologyTerm,
        /// A tissue or an organ, a term of UBERON.
        organism_part: OntologyTerm,
    }

    /// A study, to which experiments belong.
    Study {
        /// Its id in the document.
        local_id,
        /// The name.
        study_name,
    }

    /// The collection that all tracks of a document belong to.
    CollectionInfo {
        /// The repository that holds the collection, a URL.
        source_repo_url,
        /// The short name.
        short_name,
        /// The full name.
        long_name,
    }
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
