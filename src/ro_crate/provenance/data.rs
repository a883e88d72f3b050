//! Results, what is between them and the tracks, and how all hang together.

use std::collections::{HashMap, HashSet};

use super::view::{GraphView, name};
use super::{
    Edge, GraphNode, Intermediate, ProvenanceGraph, ResultFile, SourceTrack, Step, StepKind,
};
use crate::ro_crate::common_entities::property_name;
use crate::ro_crate::entities::{Dataset, EntityId, File};
use crate::ro_crate::{Entity, METADATA_FILE, PREVIEW_FILE};

/// The results, and what tools read or made on the way to them.
pub fn data(
    view: &GraphView<'_>,
    tracks: &[SourceTrack],
    steps: &[Step],
) -> (Vec<ResultFile>, Vec<Intermediate>) {
    let tracks: HashSet<&str> = tracks.iter().map(|track| track.id.as_str()).collect();
    let tool_steps = || steps.iter().filter(|step| step.kind == StepKind::Tool);
    let made: HashSet<&str> = tool_steps()
        .flat_map(|step| step.outputs.iter().map(String::as_str))
        .collect();
    let root: Option<Dataset<&str>> = view.crate_.root().map(Entity::read);
    let about = root.iter().flat_map(|root| root.about.ids());
    let is_based_on_itself = |id: &str| {
        let file = view.crate_.get(id).map(Entity::read::<File<&str>>);
        file.is_some_and(|file| file.is_based_on.ids().any(|known| known == id))
    };
    let about: HashSet<&str> = about
        .filter(|id| !tracks.contains(id) || is_based_on_itself(id))
        .collect();
    // A publication is about all its data.
    let is_stated = !about.is_empty() || is_publication(view);
    let is_result = |id: &str, file: &File<&str>| match is_stated {
        false => {
            made.contains(id)
                || matches!(EntityId::of(id), Some(EntityId::Data(_)))
                || file.is_based_on.ids().any(|id| tracks.contains(id))
        }
        true => about.contains(id),
    };
    let mut results: Vec<ResultFile> = view
        .entities()
        .filter(|entity| entity.is("File"))
        .filter_map(|entity| {
            let file: File<&str> = entity.read();
            if tracks.contains(entity.id.as_str()) && !is_based_on_itself(&entity.id) {
                return None;
            }
            let is_result = !is_of_the_crate(&entity.id, &file) && is_result(&entity.id, &file);
            is_result.then(|| result(entity, view, &tracks))
        })
        .collect();
    results.sort_by(|one, other| {
        (&one.element_identifier, &one.name, &one.id).cmp(&(
            &other.element_identifier,
            &other.name,
            &other.id,
        ))
    });
    let known: HashSet<&str> = results.iter().map(|result| result.id.as_str()).collect();
    let passed = tool_steps().flat_map(|step| step.inputs.iter().chain(&step.outputs));
    let mut passed: Vec<&str> = passed
        .map(String::as_str)
        .filter(|id| !known.contains(id) && !tracks.contains(id))
        .collect();
    passed.sort_unstable();
    passed.dedup();
    let intermediates = passed
        .into_iter()
        .filter_map(|id| view.crate_.get(id))
        .map(|entity| Intermediate {
            id: entity.id.clone(),
            name: name(entity),
            is_made: made.contains(entity.id.as_str()),
        })
        .collect();
    (results, intermediates)
}

/// Whether a file is the crate's own description, or that of a crate in it.
fn is_of_the_crate(id: &str, file: &File<&str>) -> bool {
    let name = id.rsplit('/').next().unwrap_or_default();
    name == METADATA_FILE || name == PREVIEW_FILE || !file.conforms_to.is_none()
}

/// Whether data were packed for publication in a crate.
pub(super) fn is_publication(view: &GraphView<'_>) -> bool {
    let is_packaging =
        |entity: &Entity| matches!(EntityId::of(&entity.id), Some(EntityId::Package(_)));
    view.entities().any(is_packaging)
}

/// A file as a result.
pub(super) fn result(entity: &Entity, view: &GraphView<'_>, tracks: &HashSet<&str>) -> ResultFile {
    let file: File<&str> = entity.read();
    let property = |name| {
        let property = view.crate_.property(file.additional_property.ids(), name);
        property
            .map(|property| property.value.first())
            .unwrap_or_default()
    };
    let based_on = file.is_based_on.ids().filter(|id| tracks.contains(id));
    let mut based_on: Vec<String> = based_on.map(str::to_owned).collect();
    based_on.sort_unstable();
    based_on.dedup();
    ResultFile {
        id: entity.id.clone(),
        name: file.name.first(),
        element_identifier: property(property_name::ELEMENT_IDENTIFIER),
        sha256: file.sha256.first().to_lowercase(),
        size: file.content_size.first().parse().ok(),
        datatype: property(property_name::DATATYPE),
        dbkey: property(property_name::GENOME_BUILD),
        based_on,
    }
}

/// What goes into steps and comes out of them.
pub fn edges(provenance: &ProvenanceGraph) -> Vec<Edge> {
    let mut nodes: HashMap<&str, GraphNode> = HashMap::new();
    let tracks = provenance.tracks.iter().enumerate();
    nodes.extend(tracks.map(|(place, track)| (track.id.as_str(), GraphNode::Track(place))));
    let results = provenance.results.iter().enumerate();
    nodes.extend(results.map(|(place, result)| (result.id.as_str(), GraphNode::Result(place))));
    let between = provenance.intermediates.iter().enumerate();
    nodes.extend(between.map(|(place, data)| (data.id.as_str(), GraphNode::Intermediate(place))));
    let mut edges = Vec::new();
    for (place, step) in provenance.steps.iter().enumerate() {
        let step_node = GraphNode::Step(place);
        let node = |id: &String| nodes.get(id.as_str()).copied();
        edges.extend(step.inputs.iter().filter_map(node).map(|from| Edge {
            from,
            to: step_node,
        }));
        edges.extend(step.outputs.iter().filter_map(node).map(|to| Edge {
            from: step_node,
            to,
        }));
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}
