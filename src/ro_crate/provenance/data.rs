//! Results, what is between them and the tracks, and how all hang together.

use std::collections::{HashMap, HashSet};

use super::view::GraphView;
use super::{
    Edge, GraphNode, Intermediate, ProvenanceGraph, ResultFile, SourceTrack, Step, StepKind,
};
use crate::ro_crate::{Entity, METADATA_FILE, PREVIEW_FILE};

/// The results, and what tools read or made on the way to them.
pub fn data(
    look: &GraphView<'_>,
    tracks: &[SourceTrack],
    steps: &[Step],
) -> (Vec<ResultFile>, Vec<Intermediate>) {
    let tracks: HashSet<&str> = tracks.iter().map(|track| track.id.as_str()).collect();
    let tool_steps = || steps.iter().filter(|step| step.kind == StepKind::Tool);
    let made: HashSet<&str> = tool_steps()
        .flat_map(|step| step.outputs.iter().map(String::as_str))
        .collect();
    let root = look.crate_.root();
    let about: HashSet<&str> = root
        .into_iter()
        .flat_map(|root| look.references(root, "about"))
        .filter(|id| !tracks.contains(id))
        .collect();
    let is_result = |entity: &&Entity| {
        let id = entity.id.as_str();
        if !entity.is("File") || tracks.contains(id) || is_of_the_crate(entity) {
            return false;
        }
        if about.is_empty() {
            made.contains(id)
                || id.starts_with("#data-")
                || is_based_on_tracks(entity, look, &tracks)
        } else {
            about.contains(id)
        }
    };
    let mut results: Vec<ResultFile> = look
        .entities()
        .filter(is_result)
        .map(|entity| product(entity, look, &tracks))
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
        .filter_map(|id| look.crate_.get(id))
        .map(|entity| Intermediate {
            id: entity.id.clone(),
            name: look.text(entity, "name"),
            is_made: made.contains(entity.id.as_str()),
        })
        .collect();
    (results, intermediates)
}

/// Whether a file is the crate's own description, or that of a crate in it.
fn is_of_the_crate(file: &Entity) -> bool {
    let name = file.id.rsplit('/').next().unwrap_or_default();
    name == METADATA_FILE || name == PREVIEW_FILE || file.properties.contains_key("conformsTo")
}

fn is_based_on_tracks<'c>(
    entity: &'c Entity,
    look: &GraphView<'c>,
    tracks: &HashSet<&str>,
) -> bool {
    look.references(entity, "isBasedOn")
        .any(|id| tracks.contains(id))
}

fn product<'c>(entity: &'c Entity, look: &GraphView<'c>, tracks: &HashSet<&str>) -> ResultFile {
    let of = |key| look.text(entity, key);
    let property = |name| look.property_text(entity, name);
    let mut based_on: Vec<String> = look
        .references(entity, "isBasedOn")
        .filter(|id| tracks.contains(id))
        .map(str::to_owned)
        .collect();
    based_on.sort_unstable();
    based_on.dedup();
    ResultFile {
        id: entity.id.clone(),
        name: of("name"),
        element_identifier: property("Galaxy element identifier"),
        sha256: of("sha256").to_lowercase(),
        size: of("contentSize").parse().ok(),
        datatype: property("Galaxy datatype"),
        dbkey: property("Galaxy genome build"),
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
