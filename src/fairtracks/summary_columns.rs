//! What biologists ask of a track first, in ten words: the attributes behind each of them.

use super::category::Category;
use super::hit::Hit;

/// A word for what is asked, and the attributes that answer it: the first that has a text.
#[derive(Debug)]
pub struct Headline {
    /// The word; in tables the title of a column.
    pub title: &'static str,
    /// The attributes, by category and path.
    pub sources: &'static [(Category, &'static [&'static str])],
}

use Category::{Experiments, Samples, Tracks};

/// The headlines in the order in which they are shown.
pub const HEADLINES: [Headline; 10] = [
    Headline {
        title: "local_id",
        sources: &[(Tracks, &["local_id"])],
    },
    Headline {
        title: "label",
        sources: &[(Tracks, &["label_long"]), (Tracks, &["label_short"])],
    },
    Headline {
        title: "cell_or_tissue",
        sources: &[
            (Samples, &["sample_type", "summary"]),
            (Samples, &["sample_type", "cell_line", "term_label"]),
            (
                Samples,
                &["sample_type", "abnormal_cell_type", "term_label"],
            ),
            (Samples, &["sample_type", "cell_type", "term_label"]),
            (Samples, &["sample_type", "organism_part", "term_label"]),
        ],
    },
    Headline {
        title: "assay",
        sources: &[
            (Experiments, &["technique", "term_label"]),
            (Experiments, &["technique", "term_id"]),
        ],
    },
    Headline {
        title: "target",
        sources: &[
            (Experiments, &["target", "summary"]),
            (Experiments, &["target", "sequence_feature", "term_label"]),
            (Experiments, &["target", "gene_id"]),
            (Experiments, &["target", "gene_product_type", "term_label"]),
            (
                Experiments,
                &["target", "macromolecular_structure", "term_label"],
            ),
            (Experiments, &["target", "phenotype", "term_label"]),
        ],
    },
    Headline {
        title: "phenotype",
        sources: &[
            (Samples, &["phenotype", "term_label"]),
            (Samples, &["phenotype", "term_id"]),
        ],
    },
    Headline {
        title: "assembly",
        sources: &[(Tracks, &["assembly_name"])],
    },
    Headline {
        title: "format",
        sources: &[
            (Tracks, &["file_format", "term_label"]),
            (Tracks, &["file_format", "term_id"]),
        ],
    },
    Headline {
        title: "condensed_data",
        sources: &[(Tracks, &["type_of_condensed_data"])],
    },
    Headline {
        title: "file_url",
        sources: &[(Tracks, &["file_url"])],
    },
];

/// The text of a headline for a track; empty where nothing is known.
pub fn headline<'d>(hit: &Hit<'d>, title: &str) -> &'d str {
    let sources = HEADLINES
        .iter()
        .find(|headline| headline.title == title)
        .map_or(&[] as &[_], |headline| headline.sources);
    let texts = sources
        .iter()
        .filter_map(|(category, path)| hit.text(*category, path));
    texts
        .map(str::trim)
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}
