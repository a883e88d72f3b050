//! One graph of several that share tracks, steps and data, such as those of the crates of all results of a run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Intermediate, ProvenanceGraph, ResultFile, SourceTrack, Step, data, order};
use crate::archive::digest::Sha256Sum;

/// Joins graphs; holds each track and each step once, without the texts of parameters.
#[derive(Debug, Clone, Default)]
pub struct JoinedProvenance {
    graphs: usize,
    tracks: BTreeMap<String, SourceTrack>,
    steps: HashMap<String, Step>,
    results: BTreeMap<String, ResultFile>,
    intermediates: BTreeMap<String, Intermediate>,
}

impl JoinedProvenance {
    /// Adds a graph. A result with the bytes of an earlier one stays a result of its own.
    pub fn add(&mut self, graph: ProvenanceGraph) {
        self.graphs += 1;
        let mut renamed: HashMap<String, String> = HashMap::new();
        for mut result in graph.results {
            if self.results.contains_key(&result.id) {
                let id = format!("{} of crate {}", result.id, self.graphs);
                renamed.insert(std::mem::replace(&mut result.id, id.clone()), id);
            }
            self.results.insert(result.id.clone(), result);
        }
        for track in graph.tracks {
            self.tracks.entry(track.id.clone()).or_insert(track);
        }
        for data in graph.intermediates {
            let known = self.intermediates.entry(data.id.clone());
            known.or_insert(data);
        }
        for mut step in graph.steps {
            for output in &mut step.outputs {
                if let Some(id) = renamed.get(output) {
                    output.clone_from(id);
                }
            }
            match self.steps.get_mut(&step.id) {
                Some(known) => {
                    join(&mut known.inputs, step.inputs);
                    join(&mut known.outputs, step.outputs);
                }
                None => {
                    // Steps are alike if their parameters are, whatever these are.
                    let text = format!("{:?}", step.parameters);
                    let digest = Sha256Sum::of(text.as_bytes()).hexadecimal();
                    step.parameters = vec![(String::new(), digest)];
                    self.steps.insert(step.id.clone(), step);
                }
            }
        }
    }

    /// The joined graph.
    pub fn graph(self, title: &str) -> ProvenanceGraph {
        let mut tracks: Vec<SourceTrack> = self.tracks.into_values().collect();
        tracks.sort_by(|one, other| {
            (&one.local_id, &one.label, &one.id).cmp(&(&other.local_id, &other.label, &other.id))
        });
        let mut results: Vec<ResultFile> = self.results.into_values().collect();
        results.sort_by(|one, other| {
            (&one.element_identifier, &one.name, &one.id).cmp(&(
                &other.element_identifier,
                &other.name,
                &other.id,
            ))
        });
        let mut steps: Vec<Step> = self.steps.into_values().collect();
        steps.sort_by(|one, other| one.id.cmp(&other.id));
        let steps = order::sorted(steps);
        let made = steps.iter().flat_map(|step| &step.outputs);
        let made: BTreeSet<&String> = made.collect();
        let intermediates = self.intermediates.into_values();
        let intermediates = intermediates.map(|data| Intermediate {
            is_made: data.is_made || made.contains(&data.id),
            ..data
        });
        let mut graph = ProvenanceGraph {
            title: title.to_owned(),
            tracks,
            results,
            intermediates: intermediates.collect(),
            steps,
            edges: Vec::new(),
        };
        graph.edges = data::edges(&graph);
        graph
    }
}

fn join(known: &mut Vec<String>, more: Vec<String>) {
    let all: BTreeSet<String> = known.iter().cloned().collect();
    known.extend(more.into_iter().filter(|id| !all.contains(id)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::examples::{self, Example};

    /// The crate of one result of a tool that is mapped over tracks.
    fn of_one(number: usize, data: &str) -> ProvenanceGraph {
        let mut example = Example::about("one", &[data]);
        let track = example.track(number);
        (0..number).for_each(|_| drop(example.step("earlier", "1", &[], &[])));
        example.step("sort1", "1.2.0", &[&track], &[data]);
        example.result(data, &format!("sorted {number}"), &[&track]);
        let mut graph = ProvenanceGraph::of(&example.0);
        graph.steps.retain(|step| step.tool != "earlier");
        graph
    }

    #[test]
    fn crates_of_one_run_share_tracks_and_steps() {
        let whole = ProvenanceGraph::of(&examples::map_and_merge(4));
        let mut joined = JoinedProvenance::default();
        joined.add(whole.clone());
        joined.add(ProvenanceGraph {
            results: Vec::new(),
            ..whole.clone()
        });
        let graph = joined.graph(&whole.title);
        assert_eq!(
            (&graph.tracks, &graph.results, &graph.edges),
            (&whole.tracks, &whole.results, &whole.edges)
        );
        assert_eq!(graph.steps.len(), whole.steps.len());
    }

    #[test]
    fn results_with_the_same_bytes_stay_apart() {
        let mut joined = JoinedProvenance::default();
        for number in 1..4 {
            joined.add(of_one(number, "#data-empty"));
        }
        let graph = joined.graph("three");
        let names: Vec<&str> = graph.results.iter().map(ResultFile::label).collect();
        assert_eq!(names, ["sorted 1", "sorted 2", "sorted 3"]);
        let made = graph.tool_steps().flat_map(|(_, step)| &step.outputs);
        assert_eq!(made.collect::<BTreeSet<_>>().len(), 3);
    }
}
