//! The source tracks, and what is told of each.

use std::collections::{HashMap, HashSet};

use super::view::{GraphView, address, is_address};
use super::{Publication, SourceTrack, StatedChecksum, Step, StepKind};
use crate::ro_crate::{Entity, ROOT};

/// EDAM's word for what a track is.
const ANNOTATION_TRACK: &str = "http://edamontology.org/data_3002";
/// How the id begins, after a crate's key, of a licence that nobody states.
const NO_LICENCE: &str = "licence-not-stated";

/// The tracks of a graph.
pub fn tracks(look: &GraphView<'_>, steps: &[Step]) -> Vec<SourceTrack> {
    let brought: Vec<&Step> = steps
        .iter()
        .filter(|step| {
            matches!(
                step.kind,
                StepKind::Import | StepKind::Unpack | StepKind::Registration
            )
        })
        .collect();
    let mut makers: HashMap<&str, Vec<&Step>> = HashMap::new();
    for step in &brought {
        for output in &step.outputs {
            makers.entry(output).or_default().push(step);
        }
    }
    let is_track = |entity: &&Entity| {
        let types = entity.texts("additionalType");
        types.contains(&ANNOTATION_TRACK)
            || entity
                .references("additionalType")
                .contains(&ANNOTATION_TRACK)
            || entity.is("File") && makers.contains_key(entity.id.as_str())
    };
    let mut tracks: Vec<SourceTrack> = look
        .entities()
        .filter(is_track)
        .map(|entity| track(entity, look, &makers))
        .collect();
    tracks.sort_by(|one, other| {
        (&one.local_id, &one.label, &one.id).cmp(&(&other.local_id, &other.label, &other.id))
    });
    tracks
}

fn track<'c>(
    entity: &'c Entity,
    look: &GraphView<'c>,
    makers: &HashMap<&str, Vec<&Step>>,
) -> SourceTrack {
    let of = |key| look.text(entity, key);
    let property = |name| look.property_text(entity, name);
    // Names of content and of Galaxy's bytes are no names that people gave.
    let mut names = entity
        .texts("identifier")
        .into_iter()
        .filter(|name| !name.starts_with("ni:") && !name.starts_with("urn:"));
    let local_id = names.next().unwrap_or_default().to_owned();
    let accession = names.map(address).find(|found| !found.is_empty());
    let assembly = look.property(entity, "genome assembly");
    let formats: Vec<&Entity> = look.referred(entity, "encodingFormat").collect();
    let (licence, licence_address) = licence(entity, look);
    let mut track = SourceTrack {
        id: entity.id.clone(),
        label: of("name"),
        local_id,
        accession: accession.unwrap_or_default(),
        assembly: property("genome assembly"),
        assembly_accession: assembly
            .map(|assembly| look.text(assembly, "identifier"))
            .unwrap_or_default(),
        format: match formats.first() {
            Some(format) => look.text(format, "name"),
            None => of("encodingFormat"),
        },
        file_name: of("alternateName"),
        source_address: source(entity, look, makers),
        licence,
        licence_address,
        checksum: checksum(entity, look, makers),
        sha256: of("sha256").to_lowercase(),
        size: of("contentSize").parse().ok(),
        datatype: property("Galaxy datatype"),
        dbkey: property("Galaxy genome build"),
        element_identifier: property("Galaxy element identifier"),
        ..SourceTrack::default()
    };
    let wholes = look.wholes(&entity.id).iter();
    let experiment = wholes
        .copied()
        .find(|whole| whole.text("additionalType") == Some("assay"));
    if let Some(experiment) = experiment {
        tell_experiment(experiment, look, &mut track);
    }
    track
}

/// What the experiment tells: assay, target, sample, study, collection.
fn tell_experiment<'c>(experiment: &'c Entity, look: &GraphView<'c>, track: &mut SourceTrack) {
    let name = look.text(experiment, "name");
    let technique = look.referred(experiment, "measurementTechnique").next();
    track.assay = technique
        .map(|technique| look.text(technique, "name"))
        .unwrap_or_default();
    // The name is `assay: target`, by the words of the document's own summaries.
    let rest = name
        .strip_prefix(track.assay.as_str())
        .filter(|_| !track.assay.is_empty());
    match rest.map(|rest| rest.strip_prefix(": ")) {
        Some(target) => track.target = target.unwrap_or_default().to_owned(),
        None => match name.rsplit_once(": ") {
            Some((assay, target)) => {
                track.assay = assay.to_owned();
                track.target = target.to_owned();
            }
            None if track.assay.is_empty() => track.assay = name,
            None => {}
        },
    }
    if track.target.is_empty() {
        let measured = look.referred(experiment, "variableMeasured");
        let measured = measured.map(|measured| look.text(measured, "value"));
        track.target = measured.take(3).collect::<Vec<_>>().join(", ");
    }
    if let Some(sample) = look
        .referred(experiment, "about")
        .find(|about| about.is("BioSample"))
    {
        track.cell_or_tissue = look.text(sample, "name");
        let taxon = look.referred(sample, "taxonomicRange").next();
        track.species = taxon
            .map(|taxon| look.text(taxon, "name"))
            .unwrap_or_default();
    }
    let Some(study) = look.referred(experiment, "isPartOf").next() else {
        return;
    };
    track.study = look.text(study, "name");
    track.study_accession = look.text(study, "sameAs");
    track.publications = look
        .references(study, "citation")
        .take(8)
        .filter(|id| is_address(id))
        .map(|id| Publication {
            address: id.to_owned(),
            name: look
                .crate_
                .get(id)
                .map(|article| look.text(article, "name"))
                .unwrap_or_default(),
        })
        .collect();
    if let Some(collection) = look.referred(study, "isPartOf").next() {
        let of = |key| look.text(collection, key);
        track.collection = of("name");
        track.collection_short_name = of("alternateName");
        let addresses = [of("url"), of("isBasedOn")];
        let address = addresses.into_iter().find(|address| is_address(address));
        track.collection_address = address.unwrap_or_default();
    }
}

/// The licence that is stated of the track itself, else of the crate that it came in, else of the whole: name and address.
fn licence<'c>(entity: &'c Entity, look: &GraphView<'c>) -> (String, String) {
    let (mut inner, mut outer) = (Vec::new(), Vec::new());
    for whole in look.wholes(&entity.id) {
        if whole.id == ROOT {
            outer.push(*whole);
        } else {
            inner.push(*whole);
        }
    }
    let is_inside = inner
        .iter()
        .any(|whole| whole.properties.contains_key("license"));
    // What the whole is licensed under says nothing of a track whose own crate states no licence.
    let outer = outer.into_iter().filter(|_| !is_inside);
    for holder in std::iter::once(entity)
        .chain(inner.iter().copied())
        .chain(outer)
    {
        let referred = look
            .references(holder, "license")
            .find(|id| !id.contains(NO_LICENCE));
        if let Some(id) = referred {
            let name = look
                .crate_
                .get(id)
                .map(|licence| look.text(licence, "name"));
            let name = name.filter(|name| !name.is_empty());
            let address = if is_address(id) { id } else { "" };
            return (name.unwrap_or_else(|| id.to_owned()), address.to_owned());
        }
        if let Some(text) = holder.text("license").filter(|text| !text.is_empty()) {
            let address = if is_address(text) { text } else { "" };
            return (text.to_owned(), address.to_owned());
        }
    }
    (String::new(), String::new())
}

/// The steps that brought a track: the last one, and those before it.
fn ways<'s>(id: &str, makers: &HashMap<&str, Vec<&'s Step>>) -> Vec<&'s Step> {
    let mut ways: Vec<&Step> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut next: Vec<&'s Step> = makers.get(id).cloned().unwrap_or_default();
    // A track is imported and unpacked; whatever goes on longer was not made by an import.
    while let Some(step) = next.pop().filter(|_| ways.len() < 8) {
        if seen.insert(&step.id) {
            ways.push(step);
            let before = step.inputs.iter().take(8);
            next.extend(before.filter_map(|input| makers.get(input.as_str())?.first()));
        }
    }
    ways
}

/// The address that a track was served at.
fn source<'c>(
    entity: &'c Entity,
    look: &GraphView<'c>,
    makers: &HashMap<&str, Vec<&Step>>,
) -> String {
    let own = look.text(entity, "contentUrl");
    if is_address(&own) {
        return own;
    }
    let served = look
        .referred(entity, "isBasedOn")
        .map(|served| look.text(served, "contentUrl"));
    if let Some(address) = served.into_iter().find(|address| is_address(address)) {
        return address;
    }
    let steps = ways(&entity.id, makers);
    let inputs = steps.iter().flat_map(|step| &step.inputs);
    let address = inputs.filter(|id| is_address(id)).min();
    address.cloned().unwrap_or_default()
}

/// The checksum that the provider gives, which the step that brought the track looked at.
fn checksum<'c>(
    entity: &'c Entity,
    look: &GraphView<'c>,
    makers: &HashMap<&str, Vec<&Step>>,
) -> Option<StatedChecksum> {
    ways(&entity.id, makers).iter().find_map(|step| {
        let run = look.crate_.get(&step.id)?;
        let property = look
            .referred(run, "object")
            .find(|object| object.is("PropertyValue"))?;
        let of = |key| look.text(property, key);
        let checksum = StatedChecksum {
            method: of("propertyID"),
            value: of("value"),
            remark: of("name"),
        };
        (!checksum.value.is_empty()).then_some(checksum)
    })
}
