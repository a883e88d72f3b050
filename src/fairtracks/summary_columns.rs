//! The summary of a track in ten columns, and the attributes behind each of them.

use super::category::Category::{self, Experiments, Samples, Tracks};
use super::hit::Hit;
use super::objects::filled;

/// A summary column.
#[derive(Debug)]
pub struct Headline {
    /// The title.
    pub title: &'static str,
    /// The attributes by category and path, of which the first with a text counts.
    pub sources: Sources,
}

type Sources = &'static [(Category, &'static [&'static str])];

const fn column(title: &'static str, sources: Sources) -> Headline {
    Headline { title, sources }
}

/// The columns in the order in which they are shown.
#[rustfmt::skip]
pub const HEADLINES: [Headline; 10] = [
    column("local_id", &[(Tracks, &["local_id"])]),
    column("label", &[(Tracks, &["label_long"]), (Tracks, &["label_short"])]),
    column(
        "cell_or_tissue",
        &[
            (Samples, &["sample_type", "summary"]),
            (Samples, &["sample_type", "cell_line", "term_label"]),
            (Samples, &["sample_type", "abnormal_cell_type", "term_label"]),
            (Samples, &["sample_type", "cell_type", "term_label"]),
            (Samples, &["sample_type", "organism_part", "term_label"]),
        ],
    ),
    column("assay", &[(Experiments, &["technique", "term_label"]), (Experiments, &["technique", "term_id"])]),
    column(
        "target",
        &[
            (Experiments, &["target", "summary"]),
            (Experiments, &["target", "sequence_feature", "term_label"]),
            (Experiments, &["target", "gene_id"]),
            (Experiments, &["target", "gene_product_type", "term_label"]),
            (Experiments, &["target", "macromolecular_structure", "term_label"]),
            (Experiments, &["target", "phenotype", "term_label"]),
        ],
    ),
    column("phenotype", &[(Samples, &["phenotype", "term_label"]), (Samples, &["phenotype", "term_id"])]),
    column("assembly", &[(Tracks, &["assembly_name"])]),
    column("format", &[(Tracks, &["file_format", "term_label"]), (Tracks, &["file_format", "term_id"])]),
    column("condensed_data", &[(Tracks, &["type_of_condensed_data"])]),
    column("file_url", &[(Tracks, &["file_url"])]),
];

/// The text of a column for a track; empty where nothing is known.
pub fn headline<'d>(hit: &Hit<'d>, title: &str) -> &'d str {
    let column = HEADLINES.iter().find(|column| column.title == title);
    let mut attributes = column.into_iter().flat_map(|column| column.sources);
    attributes
        .find_map(|(category, path)| filled(hit.text(*category, path)))
        .unwrap_or_default()
}
