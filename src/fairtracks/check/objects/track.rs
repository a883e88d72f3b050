//! Tracks: one data file each.

use super::{ObjectContext, check_schema};
use crate::fairtracks::category::Category;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::finding::{Reading, Strength, ValueIssue};
use crate::fairtracks::values::ontology::{Ontology, Term, term_id};
use crate::fairtracks::values::{checksum, curie, text, url};

/// The nineteen words for condensed data.
#[rustfmt::skip]
const CONDENSED_DATA: [&str; 19] = [
    "Sequence-derived regions", "Experimentally-derived regions", "Predicted regions", "Predicted segmentation",
    "Population-derived variants", "Individual variants", "Peaks", "Broad peaks", "Narrow peaks", "Gapped peaks",
    "Signal values (fold change)", "Signal values (p-value)", "Signal values (log likelihood)",
    "Signal values (other)", "Read coverage", "Read counts", "Mapped single-end reads", "Mapped paired-end reads",
    "Other",
];

/// The fifteen geometric track types.
#[rustfmt::skip]
const GEOMETRIC_TRACK_TYPES: [&str; 15] = [
    "Points", "Valued points", "Segments", "Valued segments", "Genome partition", "Step function", "Function",
    "Linked points", "Linked valued points", "Linked segments", "Linked valued segments", "Linked genome partition",
    "Linked step function", "Linked function", "Linked base pairs",
];

/// Checks an item of `tracks`.
pub fn track<'d>(fields: &mut Fields<'d, '_>, context: &mut ObjectContext<'d, '_>) {
    check_schema(fields, "fairtracks_track");
    let short = match fields.generation().is_master() {
        true => 25,
        false => 17,
    };
    let required = Presence::Required;
    fields.optional("global_id", curie::unchecked(&["fairtracks"]));
    context.define(fields, required);
    let assembly = fields.required("assembly_id", curie::checked(&["insdc.gca"]));
    let name = fields.required("assembly_name", text::plain);
    if let Some(assembly) = assembly {
        context.pairs.add_assembly(fields, assembly, name);
    }
    let (key, to) = ("experiment_ref", Category::Experiments);
    context.refer(fields, required, key, to);
    let empty = must("at least one id", "add the raw files, or remove the member");
    fields.list("raw_file_ids", empty, curie::unchecked(&[]));
    fields.required("file_url", url::file);
    fields.text(Presence::Augmented, "file_name", text::plain);
    fields.required("label_short", text::label(short));
    fields.required("label_long", text::label(80));
    let format = fields.object(required, "file_format", |fields| {
        Term::read_with(fields, format_id, text::plain)
    });
    context.pairs.add_term(fields, "file_format", format);
    if let Some(id) = format.and_then(|format| format.term_id) {
        context.pairs.add_format(fields, id);
    }
    fields.required("type_of_condensed_data", text::one_of(&CONDENSED_DATA));
    fields.required("geometric_track_type", text::one_of(&GEOMETRIC_TRACK_TYPES));
    fields.object(required, "checksum", checksum::check);
}

/// Reads the id of a format. The standard takes any term of EDAM, though only formats make sense.
fn format_id(text: &str) -> Reading<&str> {
    let reading = term_id(text, &[Ontology::Edam]);
    let is_other_term =
        reading.remarks.is_empty() && !text.starts_with("http://edamontology.org/format_");
    if !is_other_term {
        return reading;
    }
    reading.with(ValueIssue::new(
        Strength::Should,
        "a format of EDAM, such as http://edamontology.org/format_3004",
        "look up the format in EDAM, and copy its IRI",
    ))
}
