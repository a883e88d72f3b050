//! The assembly of each file compared with the chromosomes and positions in its bytes.

use super::report::{At, MetadataReport};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::fields::{must, shown_text};
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::genome::coordinate_system::{
    ComparedClaim, CoordinateEvidence, CoordinateVerdict, KnownGenome, claimed_genome,
};
use crate::ro_crate::Entity;
use crate::ro_crate::common_entities::property_name;
use crate::ro_crate::crate_contents::CrateContents;
use crate::ro_crate::draft::{CrateDraft, Whereabouts};
use crate::ro_crate::entities::File;
use crate::ro_crate::tracks::payloads;
use serde_json::Value as Json;

/// What to do if the bytes contradict the assembly.
const CHECK_ASSEMBLY: &str =
    "correct the assembly, or convert the file with a tool such as liftOver";
const RENAME: &str = "tools find chromosomes by name";

/// Compares the assemblies that the properties of files state.
pub fn check(draft: &CrateDraft, packed: &CrateContents, report: &mut MetadataReport<'_>) {
    for (_, entity, note) in draft.items() {
        let Whereabouts::Inside { path, .. } = &note.whereabouts else {
            continue;
        };
        let Some((claim, evidence)) = claim(draft, entity).zip(evidence(packed, path)) else {
            continue;
        };
        if let Some((what, remark)) = issue(evidence, claim.genome) {
            let what = format!("{} for {path}: {what}", shown_text(claim.stated));
            report.add(At::Key(claim.position, "value"), what, remark);
        }
    }
}

/// Compares the assemblies that the tracks of the document state.
pub fn document(
    draft: &CrateDraft,
    members: &serde_json::Map<String, Json>,
    packed: &CrateContents,
    findings: &mut Findings,
) {
    let is_any = packed
        .members
        .all()
        .iter()
        .any(|one| one.coordinates.is_some());
    let document = is_any.then(|| Document::from_json(Json::Object(members.clone())));
    let Some(Ok(document)) = document else {
        return;
    };
    let is_there = |path: &str| packed.members.get(path).is_some();
    let payloads = payloads(&draft.read, &document, is_there);
    let tracks = document.objects(Category::Tracks).into_iter();
    for (position, (track, payload)) in tracks.zip(payloads).enumerate() {
        let Some(payload) = payload else { continue };
        let text = |key: &str| track.get(key).and_then(Json::as_str).unwrap_or_default();
        let name = text("assembly_name");
        let Some(genome) = claimed_genome(name, text("assembly_id")) else {
            continue;
        };
        let Some(evidence) = evidence(packed, &payload.path) else {
            continue;
        };
        if let Some((what, remark)) = issue(evidence, genome) {
            let pointer = format!("/tracks/{position}/assembly_name");
            let what = format!("{} for {}: {what}", shown_text(name), payload.path);
            findings.add_at(pointer, what, remark);
        }
    }
}

/// The genome that a file is stated to have coordinates of.
struct StatedGenome<'d> {
    /// The index of the property.
    position: usize,
    stated: &'d str,
    genome: &'static KnownGenome,
}

/// The stated genome of a file, by its first property that names a known one.
fn claim<'d>(draft: &'d CrateDraft, entity: &'d Entity) -> Option<StatedGenome<'d>> {
    let file: File<&str> = entity.is("File").then(|| entity.read())?;
    let names = [property_name::ASSEMBLY, property_name::GENOME_BUILD];
    // The genome build counts where no assembly is stated.
    let mut claims = names.into_iter().filter_map(|name| {
        let property = draft.read.property(file.additional_property.ids(), name)?;
        let stated = property.value.text()?;
        let accession = property.identifier.text().unwrap_or_default();
        let genome = claimed_genome(stated, accession)?;
        let mut ids = file.additional_property.ids();
        let position = ids.find_map(|id| {
            let position = draft.position(id)?;
            let found = draft.read.entities()[position].text("name");
            (found == Some(name)).then_some(position)
        });
        Some(StatedGenome {
            position: position?,
            stated,
            genome,
        })
    });
    claims.next()
}

fn evidence<'d>(packed: &'d CrateContents, path: &str) -> Option<&'d CoordinateEvidence> {
    packed.members.get(path)?.coordinates.as_ref()
}

/// What contradicts the genome in a file, as found and as finding.
fn issue(evidence: &CoordinateEvidence, genome: &KnownGenome) -> Option<(String, ValueIssue)> {
    let compared = ComparedClaim::new(evidence, genome);
    let what = compared.contradiction?;
    let expected = format!("chromosomes and positions of {}", genome.name());
    Some(match compared.judgement.verdict {
        CoordinateVerdict::Contradicted => (what, must(expected, CHECK_ASSEMBLY)),
        _ => (what, ValueIssue::new(Strength::Should, expected, RENAME)),
    })
}
