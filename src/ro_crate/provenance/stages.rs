//! Stages: steps that were the same doing on several things at once, as a tool that is mapped over a collection.

use std::collections::HashMap;

use super::{GraphNode, ProvenanceGraph, Status, Step, StepKind};

/// From how many like steps on they are one stage; two are easier to read side by side.
const FEWEST: usize = 3;

/// One step, or several that did the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The positions of its steps in [`ProvenanceGraph::steps`], in their order; never none.
    pub steps: Vec<usize>,
    /// How many steps lie between it and the sources on the longest way; 0 for what brings the tracks.
    pub level: usize,
}

/// What steps of one stage share: level, kind, address of the tool, parameters, how it went.
type Likeness<'c> = (usize, StepKind, &'c str, &'c [(String, String)], Status);

impl Stage {
    /// The first of its steps, which stands for all.
    pub fn first<'c>(&self, provenance: &'c ProvenanceGraph) -> Option<&'c Step> {
        provenance.steps.get(*self.steps.first()?)
    }

    /// The stages of a chain in the order of their first steps.
    pub fn all(provenance: &ProvenanceGraph) -> Vec<Stage> {
        let levels = levels(provenance);
        let mut places: HashMap<Likeness<'_>, usize> = HashMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (place, step) in provenance.steps.iter().enumerate() {
            let likeness = (
                levels[place],
                step.kind,
                step.tool_address.as_str(),
                step.parameters.as_slice(),
                step.status,
            );
            let group = *places.entry(likeness).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(place);
        }
        let mut stages: Vec<Stage> = Vec::new();
        for steps in groups {
            let level = levels[steps[0]];
            let is_tool = provenance.steps[steps[0]].kind == StepKind::Tool;
            if is_tool && steps.len() < FEWEST {
                let alone = steps.into_iter().map(|step| vec![step]);
                stages.extend(alone.map(|steps| Stage { steps, level }));
            } else {
                stages.push(Stage { steps, level });
            }
        }
        stages.sort_by_key(|stage| stage.steps[0]);
        stages
    }
}

/// How many tools lie before each step on the longest way, the step itself counted.
fn levels(provenance: &ProvenanceGraph) -> Vec<usize> {
    let mut before: Vec<Vec<GraphNode>> = vec![Vec::new(); provenance.steps.len()];
    let mut after: Vec<Vec<GraphNode>> = vec![Vec::new(); provenance.steps.len()];
    for edge in &provenance.edges {
        match (edge.from, edge.to) {
            (data, GraphNode::Step(step)) => before[step].push(data),
            (GraphNode::Step(step), data) => after[step].push(data),
            _ => {}
        }
    }
    let mut of_data: HashMap<GraphNode, usize> = HashMap::new();
    let mut levels = vec![0; provenance.steps.len()];
    for (place, step) in provenance.steps.iter().enumerate() {
        if step.kind != StepKind::Tool {
            continue;
        }
        let deepest = before[place].iter().filter_map(|data| of_data.get(data));
        levels[place] = 1 + deepest.max().copied().unwrap_or_default();
        for data in &after[place] {
            let level = of_data.entry(*data).or_default();
            *level = (*level).max(levels[place]);
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::super::examples;
    use super::*;

    fn counts(crate_: &crate::ro_crate::Crate) -> Vec<(usize, usize)> {
        let stages = Stage::all(&ProvenanceGraph::of(crate_));
        stages
            .iter()
            .map(|stage| (stage.level, stage.steps.len()))
            .collect()
    }

    #[test]
    fn a_tool_that_is_mapped_over_a_collection_is_one_stage() {
        assert_eq!(
            counts(&examples::map_and_merge(9)),
            [(0, 9), (1, 9), (2, 1)]
        );
    }

    #[test]
    fn few_steps_stand_for_themselves() {
        assert_eq!(
            counts(&examples::diamond()),
            [(0, 2), (1, 1), (2, 1), (2, 1), (3, 1)]
        );
    }
}
