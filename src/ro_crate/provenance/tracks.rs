//! The source tracks and their descriptions.

use std::collections::{HashMap, HashSet};

use super::checksums::{self, StepsByFile};
use super::view::{GraphView, address, is_address, name};
use super::{Publication, SourceTrack, StatedChecksum, Step, StepKind};
use crate::ro_crate::common_entities::{TRACK, property_name};
use crate::ro_crate::entities::{BioSample, CreativeWork, Dataset, File, PropertyValue};
use crate::ro_crate::{Entity, ROOT};
use crate::text::first_filled;

/// The start, after a crate's key, of the id of a licence that is not stated.
const NO_LICENCE: &str = "licence-not-stated";

/// Steps by the files that they are about.
pub(super) struct TrackSteps<'s> {
    /// The steps of this suite that made them.
    brought: HashMap<&'s str, Vec<&'s Step>>,
    /// The steps that recognised them.
    recognised: HashMap<&'s str, Vec<&'s Step>>,
    /// All steps.
    all: StepsByFile<'s>,
}

impl<'s> TrackSteps<'s> {
    /// Indexes steps.
    pub fn of(steps: &'s [Step]) -> Self {
        let mut track_steps = TrackSteps {
            brought: HashMap::new(),
            recognised: HashMap::new(),
            all: StepsByFile::of(steps),
        };
        for step in steps {
            let (ids, steps) = match step.kind {
                StepKind::Import | StepKind::Unpack | StepKind::Registration => {
                    (&step.outputs, &mut track_steps.brought)
                }
                StepKind::Recognition => (&step.inputs, &mut track_steps.recognised),
                _ => continue,
            };
            for id in ids {
                steps.entry(id).or_default().push(step);
            }
        }
        track_steps
    }
}

/// The tracks of a graph.
pub fn tracks(view: &GraphView<'_>, steps: &[Step]) -> Vec<SourceTrack> {
    let steps = TrackSteps::of(steps);
    let sources = sources(view);
    let mut tracks: Vec<SourceTrack> = view
        .entities()
        .filter_map(|entity| {
            let file: File<&str> = entity.read();
            let id = entity.id.as_str();
            let is_track = file.additional_type.in_order().any(|kind| kind == TRACK)
                || entity.is("File") && (steps.brought.contains_key(id) || sources.contains(id));
            is_track.then(|| track(entity, view, &steps))
        })
        .collect();
    tracks.sort_by(|one, other| {
        (&one.local_id, &one.label, &one.id).cmp(&(&other.local_id, &other.label, &other.id))
    });
    tracks
}

/// The files that others are based on, and that are based on none: the tracks of crates by other programs. A file that a crate
/// states to be based on itself is a track and a result at once.
fn sources<'c>(view: &GraphView<'c>) -> HashSet<&'c str> {
    let mut sources = HashSet::new();
    let mut derived = HashSet::new();
    for entity in view.entities().filter(|entity| entity.is("File")) {
        let file: File<&str> = entity.read();
        let based_on: Vec<&str> = file.is_based_on.ids().collect();
        if based_on.iter().any(|id| *id != entity.id) {
            derived.insert(entity.id.as_str());
        }
        sources.extend(based_on);
    }
    sources.retain(|id| !derived.contains(id));
    sources
}

/// A file as a track.
pub(super) fn track(entity: &Entity, view: &GraphView<'_>, steps: &TrackSteps<'_>) -> SourceTrack {
    let (id, file): (&str, &File<&str>) = (&entity.id, &entity.read());
    let property = |name| {
        let property = view.crate_.property(file.additional_property.ids(), name);
        property.unwrap_or_default()
    };
    // Names of content and of Galaxy's bytes are no names that people gave.
    let names = file.identifier.texts();
    let names = names.filter(|name| !name.starts_with("ni:") && !name.starts_with("urn:"));
    let identifiers: Vec<String> = names.map(str::to_owned).collect();
    let mut names = identifiers.iter();
    let local_id = names.next().cloned().unwrap_or_default();
    let accession = names
        .map(|name| address(name))
        .find(|found| !found.is_empty());
    let assembly = property(property_name::ASSEMBLY);
    let format = view.referred(file.encoding_format.ids()).next();
    let wholes: Vec<(&Entity, Dataset<&str>)> = view
        .wholes(id)
        .iter()
        .map(|whole| (*whole, whole.read()))
        .collect();
    let (licence, licence_address) = licence(file, &wholes, view);
    let mut track = SourceTrack {
        id: id.to_owned(),
        label: file.name.first(),
        local_id,
        identifiers,
        accession: accession.unwrap_or_default(),
        assembly: assembly.value.first(),
        assembly_accession: assembly.identifier.first(),
        format: format.map_or_else(|| file.encoding_format.first(), name),
        file_name: file.alternate_name.first(),
        source_address: source(id, file, view, &steps.brought),
        licence,
        licence_address,
        checksum: checksum(id, view, steps),
        checksums: steps.all.stated(entity, view),
        sha256: file.sha256.first().to_lowercase(),
        size: file.content_size.first().parse().ok(),
        datatype: property(property_name::DATATYPE).value.first(),
        dbkey: property(property_name::GENOME_BUILD).value.first(),
        element_identifier: property(property_name::ELEMENT_IDENTIFIER).value.first(),
        ..SourceTrack::default()
    };
    let mut wholes = wholes.iter().map(|(_, whole)| whole);
    if let Some(experiment) = wholes.find(|whole| whole.additional_type.text() == Some("assay")) {
        add_experiment(experiment, view, &mut track);
    }
    track
}

/// Adds what the experiment states: assay, target, sample, study, collection.
fn add_experiment(experiment: &Dataset<&str>, view: &GraphView<'_>, track: &mut SourceTrack) {
    let title = experiment.name.first();
    let technique = view.referred(experiment.measurement_technique.ids()).next();
    track.assay = technique.map(name).unwrap_or_default();
    // The name is `assay: target`, by the words of the document's own summaries.
    let rest = title
        .strip_prefix(track.assay.as_str())
        .filter(|_| !track.assay.is_empty());
    match rest.map(|rest| rest.strip_prefix(": ")) {
        Some(target) => track.target = target.unwrap_or_default().to_owned(),
        None => match title.rsplit_once(": ") {
            Some((assay, target)) => {
                track.assay = assay.to_owned();
                track.target = target.to_owned();
            }
            None if track.assay.is_empty() => track.assay = title,
            None => {}
        },
    }
    if track.target.is_empty() {
        let measured = view.referred(experiment.variable_measured.ids());
        let values = measured.map(|measured| measured.read::<PropertyValue<&str>>().value.first());
        track.target = values.take(3).collect::<Vec<_>>().join(", ");
    }
    let mut about = view.referred(experiment.about.ids());
    if let Some(sample) = about.find(|about| about.is("BioSample")) {
        let sample: BioSample<&str> = sample.read();
        track.cell_or_tissue = sample.name.first();
        let taxon = view.referred(sample.taxonomic_range.ids()).next();
        track.species = taxon.map(name).unwrap_or_default();
    }
    let Some(study) = view.referred(experiment.is_part_of.ids()).next() else {
        return;
    };
    let study: Dataset<&str> = study.read();
    track.study = study.name.first();
    track.study_accession = study.same_as.first();
    track.publications = study
        .citation
        .ids()
        .take(8)
        .filter(|id| is_address(id))
        .map(|id| Publication {
            address: id.to_owned(),
            name: view.name(id),
        })
        .collect();
    if let Some(collection) = view.referred(study.is_part_of.ids()).next() {
        let collection: Dataset<&str> = collection.read();
        track.collection = collection.name.first();
        track.collection_short_name = collection.alternate_name.first();
        let addresses = [collection.url.first(), collection.is_based_on.first()];
        let address = addresses.into_iter().find(|address| is_address(address));
        track.collection_address = address.unwrap_or_default();
    }
}

/// The licence that is stated of the track itself, else of the crate that it came in, else of the whole: name and address.
fn licence(
    file: &File<&str>,
    wholes: &[(&Entity, Dataset<&str>)],
    view: &GraphView<'_>,
) -> (String, String) {
    let of = |is_root: bool| {
        let wholes = wholes
            .iter()
            .filter(move |(whole, _)| (whole.id == ROOT) == is_root);
        wholes.map(|(_, whole)| &whole.license)
    };
    let is_inside = of(false).any(|licence| !licence.is_none());
    // What the whole is licensed under says nothing of a track whose own crate states no licence.
    let outer = of(true).filter(|_| !is_inside);
    for stated in std::iter::once(&file.license).chain(of(false)).chain(outer) {
        if let Some(id) = stated.ids().find(|id| !id.contains(NO_LICENCE)) {
            let name = first_filled(&[&view.name(id), id]).to_owned();
            let address = if is_address(id) { id } else { "" };
            return (name, address.to_owned());
        }
        if let Some(text) = stated.text().filter(|text| !text.is_empty()) {
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
fn source(
    id: &str,
    file: &File<&str>,
    view: &GraphView<'_>,
    makers: &HashMap<&str, Vec<&Step>>,
) -> String {
    let own = file.content_url.first();
    if is_address(&own) {
        return own;
    }
    let mut served = view
        .referred(file.is_based_on.ids())
        .map(|served| served.read::<CreativeWork<&str>>().content_url.first());
    if let Some(address) = served.find(|address| is_address(address)) {
        return address;
    }
    let steps = ways(id, makers);
    let inputs = steps.iter().flat_map(|step| &step.inputs);
    let address = inputs.filter(|id| is_address(id)).min();
    address.cloned().unwrap_or_default()
}

/// The checksum that the provider gives, which the step that brought or recognised the track looked at.
fn checksum(id: &str, view: &GraphView<'_>, steps: &TrackSteps<'_>) -> Option<StatedChecksum> {
    let recognised = steps.recognised.get(id).into_iter().flatten().copied();
    let mut own = ways(id, &steps.brought).into_iter().chain(recognised);
    let own = own.find_map(|step| {
        let mut objects = checksums::objects(step, view);
        let property = objects.find(|object| object.is("PropertyValue"))?;
        let checksum = checksums::of_property(property);
        (!checksum.value.is_empty()).then_some(checksum)
    });
    own.or_else(|| steps.all.provided(id, view))
}
