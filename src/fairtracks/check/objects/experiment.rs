//! Experiments: what was measured, how, and on which sample.

use super::sample::phenotype;
use super::technique::Technique;
use super::{ObjectContext, check_schema};
use crate::fairtracks::category::Category;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::finding::{Strength, ValueIssue};
use crate::fairtracks::values::ontology::{Ontology, Term};
use crate::fairtracks::values::{curie, text};

/// Checks an item of `experiments`.
pub fn experiment<'d>(fields: &mut Fields<'d, '_>, context: &mut ObjectContext<'d, '_>) {
    check_schema(fields, "fairtracks_experiment");
    if !fields.has("sample_ref") && !fields.has("aggregated_from") {
        let hint = "add the sample, or the experiments elsewhere that it aggregates";
        let remark = must("the member `sample_ref` or `aggregated_from`", hint);
        let what = "no `sample_ref` and no `aggregated_from`".to_owned();
        fields.report(None, what, remark);
    }
    let technique = fields.object(Presence::Required, "technique", |fields| {
        Term::read(fields, &[Ontology::Obi, Ontology::Edam])
    });
    context.pairs.add_term(fields, "technique", technique);
    let technique = technique
        .and_then(|technique| technique.term_id)
        .and_then(Technique::of);
    fields.optional("global_id", curie::checked(&["geo", "ega.experiment"]));
    let (required, optional) = (Presence::Required, Presence::Optional);
    context.define(fields, required);
    context.refer(fields, required, "study_ref", Category::Studies);
    context.refer(fields, optional, "sample_ref", Category::Samples);
    // The schema has its minItems on the wrong level, so that an empty list is valid.
    let empty = ValueIssue::new(
        Strength::Should,
        "at least one experiment",
        "add the experiments, or remove the member and add a sample",
    );
    fields.list("aggregated_from", empty, curie::checked(&["geo"]));
    fields.object(required, "target", |fields| {
        target(fields, technique, context)
    });
    fields.optional("lab_protocol_description", text::plain);
    fields.optional("compute_protocol_description", text::plain);
}

/// Checks `target` of an experiment with a technique that may have rules.
fn target<'d>(
    fields: &mut Fields<'d, '_>,
    technique: Option<Technique<'_>>,
    context: &mut ObjectContext<'d, '_>,
) {
    if let Some(technique) = &technique {
        technique.check(fields);
    }
    for (key, ontology) in [
        ("sequence_feature", Ontology::So),
        ("gene_product_type", Ontology::Ncit),
        ("macromolecular_structure", Ontology::Ncit),
    ] {
        let term = fields.object(Presence::Optional, key, |fields| {
            if let Some(technique) = &technique {
                technique.check_member(fields, key);
            }
            Term::read(fields, &[ontology])
        });
        context.pairs.add_term(fields, key, term);
    }
    fields.optional("gene_id", curie::unchecked(&["hgnc"]));
    let phenotype = fields.object(Presence::Optional, "phenotype", phenotype);
    context.pairs.add_term(fields, "phenotype", phenotype);
    let details = match fields.generation().is_master() {
        true => "details",
        false => "target_details",
    };
    fields.optional(details, text::plain);
    fields.text(Presence::Augmented, "summary", text::plain);
}
