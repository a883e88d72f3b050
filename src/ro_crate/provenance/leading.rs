//! The part of a graph that leads to its results: a crate of several results describes more than one of them is made of.

use std::collections::{HashMap, HashSet};

use super::{ProvenanceGraph, SourceTrack, StepKind};

impl ProvenanceGraph {
    /// The graph with these source tracks of all its results, without what leads to none of them. Searches and matches stay,
    /// since their data are no nodes.
    #[must_use]
    pub fn leading_from(mut self, tracks: impl Iterator<Item = SourceTrack>) -> Self {
        let known: HashSet<String> = self.tracks.iter().map(|track| track.id.clone()).collect();
        let results: HashSet<String> = self
            .results
            .iter()
            .map(|result| result.id.clone())
            .collect();
        for mut track in tracks {
            // The bytes of a result may be those of its source.
            if results.contains(&track.id) {
                track.id += " as a source";
            }
            for result in &mut self.results {
                if !result.based_on.contains(&track.id) {
                    result.based_on.push(track.id.clone());
                }
            }
            if !known.contains(&track.id) {
                self.tracks.push(track);
            }
        }
        let reached = self.reached();
        self.tracks.retain(|track| reached.contains(&track.id));
        self.intermediates.retain(|data| reached.contains(&data.id));
        self.steps.retain(|step| match step.kind {
            StepKind::Search | StepKind::Match => true,
            // It made nothing but the document of its track.
            StepKind::Recognition => step.inputs.iter().any(|input| reached.contains(input)),
            _ => reached.contains(&step.id),
        });
        self.with_edges()
    }

    /// The ids of results, of their source tracks, and of all steps and data before them.
    fn reached(&self) -> HashSet<String> {
        let mut makers: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, step) in self.steps.iter().enumerate() {
            for output in &step.outputs {
                makers.entry(output).or_default().push(place);
            }
        }
        let based_on = self.results.iter().flat_map(|result| &result.based_on);
        let results = self.results.iter().map(|result| &result.id);
        let mut next: Vec<&str> = results.chain(based_on).map(String::as_str).collect();
        let mut reached: HashSet<String> = HashSet::new();
        while let Some(id) = next.pop() {
            if !reached.insert(id.to_owned()) {
                continue;
            }
            for place in makers.remove(id).into_iter().flatten() {
                let step = &self.steps[place];
                reached.insert(step.id.clone());
                next.extend(step.inputs.iter().map(String::as_str));
            }
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::examples::{self, Example};

    #[test]
    fn what_leads_to_another_result_is_left_out() {
        let mut example = Example::about("one of two", &["#data-1"]);
        let (one, other) = (example.track(1), example.track(2));
        example.step("sort1", "1", &[&one], &["#data-1"]);
        example.between("#dataset-2", "another result");
        example.step("merge1", "1", &[&other], &["#dataset-2"]);
        example.result("#data-1", "sorted", &[&one]);
        let graph = ProvenanceGraph::of(&example.0).leading_from(std::iter::empty());
        let tracks: Vec<&str> = graph.tracks.iter().map(|track| track.id.as_str()).collect();
        let tools: Vec<&str> = graph
            .tool_steps()
            .map(|(_, step)| step.tool.as_str())
            .collect();
        assert_eq!((tracks, tools), (vec![one.as_str()], vec!["sort1"]));
        assert_eq!(
            graph.steps.len(),
            2,
            "the import of the track, and the tool"
        );
    }

    #[test]
    fn a_graph_of_one_analysis_stays_as_it_is() {
        for crate_ in [
            examples::one_step(),
            examples::diamond(),
            examples::map_and_merge(5),
        ] {
            let graph = ProvenanceGraph::of(&crate_);
            assert_eq!(graph.clone().leading_from(std::iter::empty()), graph);
        }
    }

    #[test]
    fn a_result_that_is_a_copy_of_its_source_has_that_source() {
        let mut example = Example::about("copy", &["#data-1"]);
        example.result("#data-1", "a copy", &[]);
        let track = SourceTrack {
            id: "#data-1".to_owned(),
            label: "the original".to_owned(),
            ..SourceTrack::default()
        };
        let graph = ProvenanceGraph::of(&example.0).leading_from([track].into_iter());
        assert_eq!(graph.tracks.len(), 1);
        assert_eq!(graph.results[0].based_on, [graph.tracks[0].id.clone()]);
    }
}
