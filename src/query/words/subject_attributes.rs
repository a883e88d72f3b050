//! The attributes behind the subjects of a search.

use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category::{self, Experiments, Samples, Studies, Tracks};
use crate::vocabulary::Subject;

/// A category and the keys of an attribute, separated by spaces.
type Written = (Category, &'static str);

/// The attributes of a subject: those that people read first, then ids.
pub fn attributes_of(subject: Subject) -> Vec<Attribute> {
    let written = written(subject).iter();
    let attribute = |(category, keys): &Written| Attribute {
        category: *category,
        path: keys.split(' ').map(str::to_owned).collect(),
    };
    written.map(attribute).collect()
}

/// The subject that an attribute is about.
pub fn subject_of(attribute: &Attribute) -> Option<Subject> {
    let mut subjects = Subject::ALL.into_iter();
    subjects.find(|subject| attributes_of(*subject).contains(attribute))
}

fn written(subject: Subject) -> &'static [Written] {
    match subject {
        Subject::Assay => &[
            (Experiments, "technique term_label"),
            (Experiments, "technique term_id"),
        ],
        Subject::Target => &[
            (Experiments, "target summary"),
            (Experiments, "target sequence_feature term_label"),
            (Experiments, "target gene_id"),
            (Experiments, "target target_details"),
            (Experiments, "target details"),
            (Experiments, "target gene_product_type term_label"),
            (Experiments, "target macromolecular_structure term_label"),
            (Experiments, "target phenotype term_label"),
            (Experiments, "target sequence_feature term_id"),
            (Experiments, "target gene_product_type term_id"),
            (Experiments, "target macromolecular_structure term_id"),
            (Experiments, "target phenotype term_id"),
        ],
        Subject::Cell => &[
            (Samples, "sample_type summary"),
            (Samples, "sample_type cell_type term_label"),
            (Samples, "sample_type cell_line term_label"),
            (Samples, "sample_type abnormal_cell_type term_label"),
            (Samples, "sample_type details"),
            (Samples, "sample_type cell_type term_id"),
            (Samples, "sample_type cell_line term_id"),
            (Samples, "sample_type abnormal_cell_type term_id"),
        ],
        Subject::Tissue => &[
            (Samples, "sample_type organism_part term_label"),
            (Samples, "sample_type organism_part term_id"),
        ],
        Subject::Phenotype => &[
            (Samples, "phenotype term_label"),
            (Samples, "phenotype term_id"),
        ],
        Subject::Species => &[(Samples, "species_name"), (Samples, "species_id")],
        Subject::Assembly => &[(Tracks, "assembly_name"), (Tracks, "assembly_id")],
        Subject::Format => &[
            (Tracks, "file_format term_label"),
            (Tracks, "file_format term_id"),
        ],
        Subject::Data => &[
            (Tracks, "type_of_condensed_data"),
            (Tracks, "geometric_track_type"),
        ],
        Subject::Class => &[
            (Samples, "biospecimen_class term_label"),
            (Samples, "biospecimen_class term_id"),
        ],
        Subject::Study => &[
            (Studies, "study_name"),
            (Studies, "local_id"),
            (Studies, "global_id"),
            (Studies, "publication"),
        ],
        Subject::Label => &[
            (Tracks, "label_long"),
            (Tracks, "label_short"),
            (Tracks, "file_name"),
            (Tracks, "local_id"),
        ],
    }
}
