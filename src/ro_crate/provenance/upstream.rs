//! What one result of a graph was derived from.

use std::collections::{HashMap, HashSet};

use super::{ProvenanceGraph, ResultFile, SourceTrack, Step, StepKind};

/// The steps and tracks of a graph by their ids, to find what results were derived from.
pub struct UpstreamIndex<'p> {
    tracks: HashMap<&'p str, &'p SourceTrack>,
    makers: HashMap<&'p str, Vec<&'p Step>>,
}

/// The source tracks and the steps that lead to a result, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream<'p> {
    /// The tracks that it is stated to be based on, and those that steps lead to, by id.
    pub tracks: Vec<&'p SourceTrack>,
    /// The steps before it, by id; without matches, which make no data.
    pub steps: Vec<&'p Step>,
}

impl<'p> UpstreamIndex<'p> {
    /// Indexes a graph.
    pub fn of(provenance: &'p ProvenanceGraph) -> Self {
        let mut makers: HashMap<&str, Vec<&Step>> = HashMap::new();
        for step in &provenance.steps {
            for output in step.outputs.iter().filter(|_| step.kind != StepKind::Match) {
                makers.entry(output).or_default().push(step);
            }
        }
        let tracks = provenance.tracks.iter();
        UpstreamIndex {
            tracks: tracks.map(|track| (track.id.as_str(), track)).collect(),
            makers,
        }
    }

    /// What a result was derived from, in time that grows with it.
    pub fn upstream(&self, result: &'p ResultFile) -> Upstream<'p> {
        let mut next: Vec<&str> = vec![&result.id];
        next.extend(result.based_on.iter().map(String::as_str));
        let mut seen: HashSet<&str> = HashSet::new();
        let mut run: HashSet<&str> = HashSet::new();
        let mut tracks: Vec<&SourceTrack> = Vec::new();
        let mut steps: Vec<&Step> = Vec::new();
        while let Some(id) = next.pop() {
            if !seen.insert(id) {
                continue;
            }
            tracks.extend(self.tracks.get(id));
            for step in self.makers.get(id).into_iter().flatten() {
                if run.insert(&step.id) {
                    steps.push(*step);
                    next.extend(step.inputs.iter().map(String::as_str));
                }
            }
        }
        tracks.sort_by(|one, other| one.id.cmp(&other.id));
        steps.sort_by(|one, other| one.id.cmp(&other.id));
        Upstream { tracks, steps }
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{self, Example};
    use super::*;

    #[test]
    fn a_result_has_its_own_tracks_and_steps_only() {
        let mut example = Example::about("two", &["#data-1", "#data-2"]);
        let (one, other) = (example.track(1), example.track(2));
        example.step("sort1", "1", &[&one], &["#data-1"]);
        example.step("Cut1", "2", &[&other], &["#data-2"]);
        example.result("#data-1", "first", &[&one]);
        example.result("#data-2", "second", &[&other]);
        let provenance = ProvenanceGraph::of(&example.0);
        let index = UpstreamIndex::of(&provenance);
        for (result, track, tool) in [(0, &one, "sort1"), (1, &other, "Cut1")] {
            let upstream = index.upstream(&provenance.results[result]);
            let tracks: Vec<&String> = upstream.tracks.iter().map(|track| &track.id).collect();
            assert_eq!(tracks, [track]);
            let tools: Vec<&str> = upstream.steps.iter().map(|step| &*step.tool).collect();
            assert_eq!(tools, ["fairtracks_import", tool]);
        }
    }

    #[test]
    fn all_tracks_lead_to_what_was_merged_of_them() {
        let provenance = ProvenanceGraph::of(&examples::map_and_merge(9));
        let index = UpstreamIndex::of(&provenance);
        let upstream = index.upstream(&provenance.results[0]);
        assert_eq!(upstream.tracks.len(), 9);
        assert_eq!(upstream.steps.len(), 9 + 9 + 1);
    }
}
