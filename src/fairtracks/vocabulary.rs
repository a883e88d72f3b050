//! Built-in names by id: terms of the term tables, species, assemblies, and the classes that the standard fixes.

use crate::genome::assembly;
use crate::vocabulary::label_of_id;

/// A biospecimen class: id, label, and the member of `sample_type` that it requires.
pub type BiospecimenClass = (&'static str, &'static str, &'static str);

/// The classes of samples that the standard knows.
#[rustfmt::skip]
pub const BIOSPECIMEN_CLASSES: [BiospecimenClass; 4] = [
    ("http://purl.obolibrary.org/obo/NCIT_C12508", "Cell", "cell_type"),
    ("http://purl.obolibrary.org/obo/NCIT_C12913", "Abnormal Cell", "abnormal_cell_type"),
    ("http://purl.obolibrary.org/obo/NCIT_C16403", "Cell Line", "cell_line"),
    ("http://purl.obolibrary.org/obo/NCIT_C103199", "Organism Part", "organism_part"),
];

/// The label of a term.
pub fn term_label(term_id: &str) -> Option<&'static str> {
    label_of_id(term_id)
}

/// The name of a species by its `taxonomy:` id.
pub fn species_name(species_id: &str) -> Option<&'static str> {
    let number = species_id.strip_prefix("taxonomy:")?.trim();
    label_of_id(&format!("taxonomy:{number}"))
}

/// UCSC's name of an assembly by its accession, whatever prefix stands before that.
pub fn assembly_name(assembly_id: &str) -> Option<&'static str> {
    assembly::by_accession(assembly_id.split_once(':')?.1)
}

/// The member of `sample_type` that a biospecimen class asks for.
pub fn sample_type_of_class(term_id: &str) -> Option<&'static str> {
    let mut classes = BIOSPECIMEN_CLASSES.into_iter();
    classes.find_map(|(id, _, member)| (id == term_id).then_some(member))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_those_of_the_term_tables() {
        for (id, label) in [
            ("http://edamontology.org/format_3775", Some("GSuite")),
            ("http://purl.obolibrary.org/obo/NCIT_C14165", Some("Normal")),
            (
                "http://purl.obolibrary.org/obo/OBI_0002440",
                Some("Hi-C assay"),
            ),
            ("http://www.ebi.ac.uk/efo/EFO_0002067", Some("K562")),
            ("EFO_0002067", None),
            ("", None),
        ] {
            assert_eq!(term_label(id), label, "{id}");
        }
        assert_eq!(species_name("taxonomy: 9606"), Some("Homo sapiens"));
        assert_eq!(species_name("9606"), None);
        for (id, label, _) in BIOSPECIMEN_CLASSES {
            assert_eq!(term_label(id), Some(label));
        }
    }
}
