//! Experiments: what was measured, how, and on which sample.

use super::sample::read_phenotype;
use super::schema;
use super::technique::Technique;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::finding::{Strength, ValueIssue};
use crate::fairtracks::values::curie::{self, Curie};
use crate::fairtracks::values::ontology::{CheckedTerm, Ontology};
use crate::fairtracks::values::text::{self, LocalId};

/// One item of `experiments`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedExperiment<'d> {
    /// An accession of GEO or EGA.
    pub global_id: Option<Curie>,
    /// Its id in the document.
    pub local_id: Option<LocalId<'d>>,
    /// The study that it belongs to.
    pub study_ref: Option<LocalId<'d>>,
    /// The sample that was looked at.
    pub sample_ref: Option<LocalId<'d>>,
    /// Experiments elsewhere whose results were put together.
    pub aggregated_from: Vec<Curie>,
    /// How it was measured.
    pub technique: Option<CheckedTerm<'d>>,
    /// What was measured.
    pub target: Option<CheckedTarget<'d>>,
    /// How the laboratory worked, as text or URL.
    pub lab_protocol_description: Option<&'d str>,
    /// How the data were computed, as text or URL.
    pub compute_protocol_description: Option<&'d str>,
}

/// The object `target`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedTarget<'d> {
    /// A feature of the sequence, such as a histone modification.
    pub sequence_feature: Option<CheckedTerm<'d>>,
    /// A gene in HGNC.
    pub gene_id: Option<Curie>,
    /// The kind of a gene's product.
    pub gene_product_type: Option<CheckedTerm<'d>>,
    /// A structure such as chromatin.
    pub macromolecular_structure: Option<CheckedTerm<'d>>,
    /// A phenotype.
    pub phenotype: Option<CheckedTerm<'d>>,
    /// More about it; the key is `target_details`, and `details` in the unreleased successor of 1.0.2.
    pub target_details: Option<&'d str>,
    /// All of it in a few words.
    pub summary: Option<&'d str>,
}

impl<'d> CheckedExperiment<'d> {
    /// Reads an experiment.
    pub fn read(fields: &mut Fields<'d, '_>) -> Self {
        schema::check(fields, "fairtracks_experiment");
        if !fields.has("sample_ref") && !fields.has("aggregated_from") {
            let hint = "name the sample, or the experiments elsewhere that it was made from";
            let what = "no `sample_ref` and no `aggregated_from`".to_owned();
            fields.report(
                None,
                what,
                must("the member `sample_ref` or `aggregated_from`", hint),
            );
        }
        let technique = fields.object(Presence::Required, "technique", |fields| {
            CheckedTerm::read(fields, &[Ontology::Obi, Ontology::Edam])
        });
        let rule = technique
            .and_then(|technique| technique.term_id)
            .and_then(Technique::of);
        // The schema's own minItems stands on the wrong level, so that an empty list passes.
        let empty = ValueIssue::new(
            Strength::Should,
            "at least one experiment",
            "name the experiments, or leave the member out and name a sample",
        );
        CheckedExperiment {
            global_id: fields.text(
                Presence::Optional,
                "global_id",
                curie::checked(&["geo", "ega.experiment"]),
            ),
            local_id: fields.text(Presence::Required, "local_id", LocalId::parse),
            study_ref: fields.text(Presence::Required, "study_ref", LocalId::parse),
            sample_ref: fields.text(Presence::Optional, "sample_ref", LocalId::parse),
            aggregated_from: fields.list("aggregated_from", empty, curie::checked(&["geo"])),
            technique,
            target: fields.object(Presence::Required, "target", |fields| {
                CheckedTarget::read(fields, rule)
            }),
            lab_protocol_description: fields.text(
                Presence::Optional,
                "lab_protocol_description",
                text::plain,
            ),
            compute_protocol_description: fields.text(
                Presence::Optional,
                "compute_protocol_description",
                text::plain,
            ),
        }
    }
}

impl<'d> CheckedTarget<'d> {
    /// Reads `target` of an experiment whose technique has this rule.
    fn read(fields: &mut Fields<'d, '_>, rule: Option<&Technique>) -> Self {
        if let Some(rule) = rule {
            rule.check(fields);
        }
        let mut term = |key, ontology| {
            fields.object(Presence::Optional, key, |fields| {
                if let Some(rule) = rule {
                    rule.check_member(fields, key);
                }
                CheckedTerm::read(fields, &[ontology])
            })
        };
        CheckedTarget {
            sequence_feature: term("sequence_feature", Ontology::So),
            gene_product_type: term("gene_product_type", Ontology::Ncit),
            macromolecular_structure: term("macromolecular_structure", Ontology::Ncit),
            gene_id: fields.text(Presence::Optional, "gene_id", curie::unchecked(&["hgnc"])),
            phenotype: fields.object(Presence::Optional, "phenotype", read_phenotype),
            target_details: {
                let key = match fields.generation().is_master() {
                    true => "details",
                    false => "target_details",
                };
                fields.text(Presence::Optional, key, text::plain)
            },
            summary: fields.text(Presence::Augmented, "summary", text::plain),
        }
    }
}
