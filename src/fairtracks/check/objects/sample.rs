//! Samples: the cells or tissue that was looked at.

use super::schema;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::finding::{Reading, Strength, ValueIssue};
use crate::fairtracks::values::curie::{self, Curie};
use crate::fairtracks::values::ontology::{CheckedTerm, Ontology};
use crate::fairtracks::values::text::{self, LocalId};

/// One item of `samples`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSample<'d> {
    /// An accession of BioSamples.
    pub global_id: Option<Curie>,
    /// Its id in the document.
    pub local_id: Option<LocalId<'d>>,
    /// The species in NCBI Taxonomy.
    pub species_id: Option<Curie>,
    /// The name of the species in NCBI Taxonomy.
    pub species_name: Option<&'d str>,
    /// Whether it is cells, abnormal cells, a cell line or a part of an organism.
    pub biospecimen_class: Option<CheckedTerm<'d>>,
    /// What cells, which line, which part.
    pub sample_type: Option<CheckedSampleType<'d>>,
    /// Disease or other state; a term of NCIT, which is `Normal` where there is nothing to say.
    pub phenotype: Option<CheckedTerm<'d>>,
}

/// The object `sample_type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSampleType<'d> {
    /// Healthy cells of an organism.
    pub cell_type: Option<CheckedTerm<'d>>,
    /// Cells that are not healthy.
    pub abnormal_cell_type: Option<CheckedTerm<'d>>,
    /// A line of cultured cells.
    pub cell_line: Option<CheckedTerm<'d>>,
    /// A tissue or an organ; also where cells or a line come from.
    pub organism_part: Option<CheckedTerm<'d>>,
    /// More about it; a member of the unreleased successor of 1.0.2.
    pub details: Option<&'d str>,
    /// All of it in a few words.
    pub summary: Option<&'d str>,
}

/// A biospecimen class and the member of `sample_type` that it requires.
pub struct BiospecimenClass {
    /// The id of the class.
    pub term_id: &'static str,
    /// Its label.
    pub term_label: &'static str,
    /// The member of `sample_type`.
    pub member: &'static str,
}

/// The four biospecimen classes.
pub const BIOSPECIMEN_CLASSES: [BiospecimenClass; 4] = [
    BiospecimenClass {
        term_id: "http://purl.obolibrary.org/obo/NCIT_C12508",
        term_label: "Cell",
        member: "cell_type",
    },
    BiospecimenClass {
        term_id: "http://purl.obolibrary.org/obo/NCIT_C12913",
        term_label: "Abnormal Cell",
        member: "abnormal_cell_type",
    },
    BiospecimenClass {
        term_id: "http://purl.obolibrary.org/obo/NCIT_C16403",
        term_label: "Cell Line",
        member: "cell_line",
    },
    BiospecimenClass {
        term_id: "http://purl.obolibrary.org/obo/NCIT_C103199",
        term_label: "Organism Part",
        member: "organism_part",
    },
];

impl<'d> CheckedSample<'d> {
    /// Reads a sample.
    pub fn read(fields: &mut Fields<'d, '_>) -> Self {
        schema::check(fields, "fairtracks_sample");
        let biospecimen_class = fields.object(
            Presence::Required,
            "biospecimen_class",
            read_biospecimen_class,
        );
        let term_id = biospecimen_class.and_then(|class| class.term_id);
        let class = BIOSPECIMEN_CLASSES
            .iter()
            .find(|class| Some(class.term_id) == term_id);
        CheckedSample {
            global_id: fields.text(
                Presence::Optional,
                "global_id",
                curie::checked(&["biosample"]),
            ),
            local_id: fields.text(Presence::Required, "local_id", LocalId::parse),
            species_id: fields.text(
                Presence::Required,
                "species_id",
                curie::checked(&["taxonomy"]),
            ),
            species_name: fields.text(Presence::Augmented, "species_name", text::plain),
            biospecimen_class,
            sample_type: fields.object(Presence::Required, "sample_type", |fields| {
                CheckedSampleType::read(fields, class)
            }),
            phenotype: fields.object(Presence::Required, "phenotype", read_phenotype),
        }
    }
}

impl<'d> CheckedSampleType<'d> {
    /// Reads `sample_type` of a sample of this class.
    fn read(fields: &mut Fields<'d, '_>, class: Option<&BiospecimenClass>) -> Self {
        if let Some(class) = class {
            let of_class = |member: &str| format!("`{member}` for the class {}", class.term_label);
            if !fields.has(class.member) {
                let hint = "say what the sample is made of, or choose another biospecimen_class";
                let what = format!("no `{}`", class.member);
                fields.report(None, what, must(of_class(class.member), hint));
            }
            for other in &BIOSPECIMEN_CLASSES[..3] {
                if other.member != class.member && fields.has(other.member) {
                    let hint = "the standard means each of these for its own class only; organism_part goes with all";
                    let remark = ValueIssue::new(Strength::May, of_class(class.member), hint);
                    fields.report(Some(other.member), format!("`{}`", other.member), remark);
                }
            }
        }
        let mut term = |key, ontology| {
            fields.object(Presence::Optional, key, |fields| {
                CheckedTerm::read(fields, &[ontology])
            })
        };
        CheckedSampleType {
            cell_type: term("cell_type", Ontology::Cl),
            abnormal_cell_type: term("abnormal_cell_type", Ontology::Ncit),
            cell_line: term("cell_line", Ontology::Efo),
            organism_part: term("organism_part", Ontology::Uberon),
            details: match fields.generation().is_master() {
                true => fields.text(Presence::Optional, "details", text::plain),
                false => None,
            },
            summary: fields.text(Presence::Augmented, "summary", text::plain),
        }
    }
}

/// Reads `phenotype`, of a sample or as the target of an experiment.
pub(super) fn read_phenotype<'d>(fields: &mut Fields<'d, '_>) -> CheckedTerm<'d> {
    schema::check(fields, "fairtracks_phenotype");
    CheckedTerm::read(fields, &[Ontology::Ncit])
}

fn read_biospecimen_class<'d>(fields: &mut Fields<'d, '_>) -> CheckedTerm<'d> {
    let one_of = |text: &'d str, expected: [&'static str; 4]| {
        if expected.contains(&text) {
            return Reading::good(text);
        }
        let hint = "upper and lower case and blanks count";
        Reading::none(must(format!("one of: {}", expected.join(", ")), hint))
    };
    let ids = BIOSPECIMEN_CLASSES.each_ref().map(|class| class.term_id);
    let labels = BIOSPECIMEN_CLASSES.each_ref().map(|class| class.term_label);
    CheckedTerm::read_with(
        fields,
        |text| one_of(text, ids),
        |text| one_of(text, labels),
    )
}
