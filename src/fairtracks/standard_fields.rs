//! The fields that the standard (v1.0.2) knows, for those who name one.

use super::category::Category;

/// The fields of the objects of each category, without those that a document states about itself; keys have dots between them.
pub const STANDARD_FIELDS: [(Category, &[&str]); 6] = [
    (
        Category::Tracks,
        &[
            "@schema",
            "local_id",
            "global_id",
            "assembly_id",
            "assembly_name",
            "experiment_ref",
            "raw_file_ids",
            "file_url",
            "file_name",
            "label_short",
            "label_long",
            "file_format.term_id",
            "file_format.term_label",
            "type_of_condensed_data",
            "geometric_track_type",
            "checksum.cs_method",
            "checksum.cs_hash",
        ],
    ),
    (
        Category::Experiments,
        &[
            "@schema",
            "local_id",
            "global_id",
            "study_ref",
            "sample_ref",
            "aggregated_from",
            "technique.term_id",
            "technique.term_label",
            "target.sequence_feature.term_id",
            "target.sequence_feature.term_label",
            "target.gene_id",
            "target.gene_product_type.term_id",
            "target.gene_product_type.term_label",
            "target.macromolecular_structure.term_id",
            "target.macromolecular_structure.term_label",
            "target.phenotype.term_id",
            "target.phenotype.term_label",
            "target.target_details",
            "target.summary",
            "lab_protocol_description",
            "compute_protocol_description",
        ],
    ),
    (
        Category::Samples,
        &[
            "@schema",
            "local_id",
            "global_id",
            "species_id",
            "species_name",
            "biospecimen_class.term_id",
            "biospecimen_class.term_label",
            "sample_type.cell_type.term_id",
            "sample_type.cell_type.term_label",
            "sample_type.abnormal_cell_type.term_id",
            "sample_type.abnormal_cell_type.term_label",
            "sample_type.cell_line.term_id",
            "sample_type.cell_line.term_label",
            "sample_type.organism_part.term_id",
            "sample_type.organism_part.term_label",
            "sample_type.details",
            "sample_type.summary",
            "phenotype.term_id",
            "phenotype.term_label",
        ],
    ),
    (
        Category::Studies,
        &[
            "@schema",
            "local_id",
            "global_id",
            "collection_ref",
            "study_name",
            "publication",
            "contact.name",
            "contact.e-mail",
            "contact.orcid",
        ],
    ),
    (
        Category::CollectionInfo,
        &[
            "source_repo_url",
            "local_id",
            "doc_ref",
            "short_name",
            "long_name",
            "description_url",
            "orig_metadata_url",
            "contact.name",
            "contact.e-mail",
            "contact.orcid",
        ],
    ),
    (Category::DocInfo, &["local_id", "doc_url"]),
];

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn each_member_that_the_check_names_is_known() {
        let call = Regex::new(
            r#"(?s)fields\s*\.(?:required|optional|object|text|list)\(\s*(?:[\w:]+,\s*)?"([^"]+)""#,
        )
        .unwrap();
        let known: Vec<&str> = STANDARD_FIELDS
            .iter()
            .flat_map(|(_, fields)| fields.iter().flat_map(|field| field.split('.')))
            .collect();
        let mut count = 0;
        for source in [
            include_str!("check/objects/mod.rs"),
            include_str!("check/objects/track.rs"),
            include_str!("check/objects/experiment.rs"),
            include_str!("check/objects/sample.rs"),
        ] {
            for found in call.captures_iter(source) {
                count += 1;
                let key = found.get(1).unwrap().as_str();
                let is_of_document = key.starts_with("doc_") && key != "doc_url";
                assert!(
                    is_of_document || ["details", "contact"].contains(&key) || known.contains(&key),
                    "{key}"
                );
            }
        }
        assert!(count > 30, "{count}");
    }
}
