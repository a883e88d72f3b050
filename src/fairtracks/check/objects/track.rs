//! Tracks: one data file each.

use super::schema;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::finding::{Reading, Strength, ValueIssue};
use crate::fairtracks::values::checksum::CheckedChecksum;
use crate::fairtracks::values::curie::{self, Curie};
use crate::fairtracks::values::ontology::{CheckedTerm, Ontology, term_id};
use crate::fairtracks::values::text::{self, LocalId};
use crate::fairtracks::values::url::{self, Url};

/// One item of `tracks`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedTrack<'d> {
    /// An id of FAIRtracks itself; nobody has registered its prefix yet.
    pub global_id: Option<Curie>,
    /// Its id in the document.
    pub local_id: Option<LocalId<'d>>,
    /// The genome that its coordinates are on.
    pub assembly: CheckedAssembly<'d>,
    /// The experiment that it comes from.
    pub experiment_ref: Option<LocalId<'d>>,
    /// The raw files that it was computed from.
    pub raw_file_ids: Vec<Curie>,
    /// Where the file is.
    pub file_url: Option<Url<'d>>,
    /// The name of the file.
    pub file_name: Option<&'d str>,
    /// A label for narrow places.
    pub label_short: Option<&'d str>,
    /// The label.
    pub label_long: Option<&'d str>,
    /// The format of the file, a term of EDAM.
    pub file_format: Option<CheckedTerm<'d>>,
    /// What the data were condensed to.
    pub type_of_condensed_data: Option<&'static str>,
    /// What kind of track it is by its geometry.
    pub geometric_track_type: Option<&'static str>,
    /// The checksum of the file.
    pub checksum: Option<CheckedChecksum>,
}

/// A genome assembly as a track names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedAssembly<'d> {
    /// Its accession, of RefSeq (GCF) or GenBank (GCA).
    pub assembly_id: Option<Curie>,
    /// Its name, that of UCSC where chromosomes are called like `chr1`.
    pub assembly_name: Option<&'d str>,
}

/// The nineteen words for condensed data.
const CONDENSED_DATA: [&str; 19] = [
    "Sequence-derived regions",
    "Experimentally-derived regions",
    "Predicted regions",
    "Predicted segmentation",
    "Population-derived variants",
    "Individual variants",
    "Peaks",
    "Broad peaks",
    "Narrow peaks",
    "Gapped peaks",
    "Signal values (fold change)",
    "Signal values (p-value)",
    "Signal values (log likelihood)",
    "Signal values (other)",
    "Read coverage",
    "Read counts",
    "Mapped single-end reads",
    "Mapped paired-end reads",
    "Other",
];

/// The fifteen geometric track types.
const GEOMETRIC_TRACK_TYPES: [&str; 15] = [
    "Points",
    "Valued points",
    "Segments",
    "Valued segments",
    "Genome partition",
    "Step function",
    "Function",
    "Linked points",
    "Linked valued points",
    "Linked segments",
    "Linked valued segments",
    "Linked genome partition",
    "Linked step function",
    "Linked function",
    "Linked base pairs",
];

impl<'d> CheckedTrack<'d> {
    /// Reads a track.
    pub fn read(fields: &mut Fields<'d, '_>) -> Self {
        schema::check(fields, "fairtracks_track");
        let short = if fields.generation().is_master() {
            25
        } else {
            17
        };
        let empty = must(
            "at least one id",
            "name the raw files, or leave the member out",
        );
        CheckedTrack {
            global_id: fields.text(
                Presence::Optional,
                "global_id",
                curie::unchecked(&["fairtracks"]),
            ),
            local_id: fields.text(Presence::Required, "local_id", LocalId::parse),
            assembly: CheckedAssembly::read(fields),
            experiment_ref: fields.text(Presence::Required, "experiment_ref", LocalId::parse),
            raw_file_ids: fields.list("raw_file_ids", empty, curie::unchecked(&[])),
            file_url: fields.text(Presence::Required, "file_url", url::file),
            file_name: fields.text(Presence::Augmented, "file_name", text::plain),
            label_short: fields.text(Presence::Required, "label_short", text::label(short)),
            label_long: fields.text(Presence::Required, "label_long", text::label(80)),
            file_format: fields.object(Presence::Required, "file_format", |fields| {
                CheckedTerm::read_with(fields, format_id, text::plain)
            }),
            type_of_condensed_data: fields.text(
                Presence::Required,
                "type_of_condensed_data",
                text::one_of(&CONDENSED_DATA),
            ),
            geometric_track_type: fields.text(
                Presence::Required,
                "geometric_track_type",
                text::one_of(&GEOMETRIC_TRACK_TYPES),
            ),
            checksum: fields.object(Presence::Required, "checksum", CheckedChecksum::read),
        }
    }
}

impl<'d> CheckedAssembly<'d> {
    /// Reads `assembly_id` and `assembly_name`.
    pub fn read(fields: &mut Fields<'d, '_>) -> Self {
        CheckedAssembly {
            assembly_id: fields.text(
                Presence::Required,
                "assembly_id",
                curie::checked(&["insdc.gca"]),
            ),
            assembly_name: fields.text(Presence::Required, "assembly_name", text::plain),
        }
    }
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
        "look the format up in EDAM, and copy its IRI",
    ))
}
