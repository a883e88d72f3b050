//! Samples: cells or tissue.

use super::{ObjectContext, check_schema};
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::finding::{Reading, Strength, ValueIssue};
use crate::fairtracks::values::ontology::{Ontology, Term};
use crate::fairtracks::values::{curie, text};
use crate::fairtracks::vocabulary::{BIOSPECIMEN_CLASSES, BiospecimenClass};

/// The members of `sample_type` that are terms.
const TERMS: [(&str, Ontology); 4] = [
    ("cell_type", Ontology::Cl),
    ("abnormal_cell_type", Ontology::Ncit),
    ("cell_line", Ontology::Efo),
    ("organism_part", Ontology::Uberon),
];

/// Checks an item of `samples`.
pub fn sample<'d>(fields: &mut Fields<'d, '_>, context: &mut ObjectContext<'d, '_>) {
    check_schema(fields, "fairtracks_sample");
    let (required, key) = (Presence::Required, "biospecimen_class");
    let class = fields.object(required, key, biospecimen_class);
    context.pairs.add_term(fields, key, class);
    let term_id = class.and_then(|class| class.term_id);
    let class = BIOSPECIMEN_CLASSES
        .iter()
        .find(|(known, ..)| Some(*known) == term_id);
    fields.optional("global_id", curie::checked(&["biosample"]));
    context.define(fields, required);
    let species = fields.required("species_id", curie::checked(&["taxonomy"]));
    let name = fields.text(Presence::Augmented, "species_name", text::plain);
    if let (Some(species), Some(name)) = (species, name) {
        context.pairs.add_species(fields, species, name);
    }
    let terms = fields.object(required, "sample_type", |fields| sample_type(fields, class));
    let phenotype = fields.object(required, "phenotype", phenotype);
    context.pairs.add_term(fields, "phenotype", phenotype);
    for ((key, _), term) in TERMS.iter().zip(terms.into_iter().flatten()) {
        let place = format!("sample_type/{key}");
        context.pairs.add_term(fields, &place, term);
    }
}

/// Checks `sample_type` of a sample of a class; its terms.
fn sample_type<'d>(
    fields: &mut Fields<'d, '_>,
    class: Option<&BiospecimenClass>,
) -> [Option<Term<'d>>; 4] {
    if let Some((_, label, member)) = class {
        let expected = || format!("`{member}` for the class {label}");
        if !fields.has(member) {
            let hint = "add it, or choose another biospecimen_class";
            fields.report(None, format!("no `{member}`"), must(expected(), hint));
        }
        for (_, _, other) in &BIOSPECIMEN_CLASSES[..3] {
            if other != member && fields.has(other) {
                let hint =
                    "use each member for its own class only; organism_part goes with all classes";
                let remark = ValueIssue::new(Strength::May, expected(), hint);
                fields.report(Some(other), format!("`{other}`"), remark);
            }
        }
    }
    let terms = TERMS.map(|(key, ontology)| {
        fields.object(Presence::Optional, key, |fields| {
            Term::read(fields, &[ontology])
        })
    });
    if fields.generation().is_master() {
        fields.optional("details", text::plain);
    }
    fields.text(Presence::Augmented, "summary", text::plain);
    terms
}

/// Checks `phenotype`, of a sample or as the target of an experiment.
pub(super) fn phenotype<'d>(fields: &mut Fields<'d, '_>) -> Term<'d> {
    check_schema(fields, "fairtracks_phenotype");
    Term::read(fields, &[Ontology::Ncit])
}

fn biospecimen_class<'d>(fields: &mut Fields<'d, '_>) -> Term<'d> {
    let one_of = |text: &'d str, expected: [&'static str; 4]| {
        if expected.contains(&text) {
            return Reading::good(text);
        }
        let hint = match text.strip_prefix("https://") {
            Some(_) => "write http://, as the ontology does",
            None => "write one of the values listed",
        };
        Reading::none(must(format!("one of: {}", expected.join(", ")), hint))
    };
    let id = |text| one_of(text, BIOSPECIMEN_CLASSES.map(|(id, ..)| id));
    let label = |text| one_of(text, BIOSPECIMEN_CLASSES.map(|(_, label, _)| label));
    Term::read_with(fields, id, label)
}
