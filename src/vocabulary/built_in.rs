//! The built-in tables of terms, one file each; `terms/README.md` describes their format.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::term_table::TermTable;

/// Name and text of each.
#[rustfmt::skip]
pub const BUILT_IN: [(&str, &str); 13] = [
    ("abnormal_cells", include_str!("terms/abnormal_cells.tsv")),
    ("assays", include_str!("terms/assays.tsv")),
    ("biospecimen_classes", include_str!("terms/biospecimen_classes.tsv")),
    ("cell_lines", include_str!("terms/cell_lines.tsv")),
    ("cell_types", include_str!("terms/cell_types.tsv")),
    ("condensed_data", include_str!("terms/condensed_data.tsv")),
    ("formats", include_str!("terms/formats.tsv")),
    ("gene_products", include_str!("terms/gene_products.tsv")),
    ("phenotypes", include_str!("terms/phenotypes.tsv")),
    ("sequence_features", include_str!("terms/sequence_features.tsv")),
    ("species", include_str!("terms/species.tsv")),
    ("structures", include_str!("terms/structures.tsv")),
    ("tissues", include_str!("terms/tissues.tsv")),
];

/// The texts of some tables.
pub(super) fn texts(names: &[&str]) -> Vec<&'static str> {
    let tables = BUILT_IN.into_iter();
    let wanted = tables.filter(|(name, _)| names.contains(name));
    wanted.map(|(_, text)| text).collect()
}

/// The label of a term of the built-in tables, by its id.
pub fn label_of_id(id: &str) -> Option<&'static str> {
    static LABELS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        let tables = BUILT_IN.into_iter();
        let tables = tables.filter_map(|(name, text)| TermTable::read_file(name, text).ok());
        let terms = tables.flat_map(|table| table.terms().to_vec());
        let with_id = terms.filter(|term| !term.id.is_empty());
        with_id.map(|term| (term.id, term.label)).collect()
    });
    LABELS.get(id).map(String::as_str)
}
