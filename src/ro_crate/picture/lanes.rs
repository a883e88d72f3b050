//! Lanes: parts of a provenance graph in which the same steps run beside each other, usually one lane per track.
//!
//! A step of a stage with several runs belongs to the lane of its data. A step of its own, such as a merge, belongs to no
//! lane: lanes meet there. Data read by several runs of one stage, such as a blacklist, connect no lanes either.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::drawing::words::count;
use crate::ro_crate::provenance::{Edge, GraphNode, ProvenanceGraph, Stage, StepKind};

/// The most lanes that are drawn one by one; further lanes of the same shape are one.
pub const MOST_LANES: usize = 12;
/// The most shapes of lanes that are kept apart once not all lanes can be drawn.
const MOST_SHAPES: usize = 4;

/// The lanes of a picture, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lanes {
    of_node: HashMap<GraphNode, usize>,
    /// The number of lanes of the graph that each lane of the picture stands for.
    counts: Vec<usize>,
    /// The lane of the picture that stands for lanes of several shapes.
    mixed: Option<usize>,
}

/// The shape of a lane. Lanes of the same shape are drawn alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct LaneShape {
    /// The number of runs of each stage.
    runs: BTreeMap<usize, usize>,
    /// The numbers of tracks, results and other data.
    data: [usize; 3],
    /// The stages outside of lanes that read (`true`) or make its data.
    outside: BTreeSet<(bool, usize)>,
}

impl Lanes {
    /// The lanes of a graph with these stages.
    pub fn of(provenance: &ProvenanceGraph, stages: &[Stage]) -> Self {
        let numbered = stages.iter().enumerate();
        let stage_of: HashMap<usize, usize> = numbered
            .flat_map(|(place, stage)| stage.steps.iter().map(move |step| (*step, place)))
            .collect();
        let is_mapped = |step: usize| {
            provenance.steps[step].kind == StepKind::Tool && stages[stage_of[&step]].steps.len() > 1
        };
        let shared = shared_data(provenance, &stage_of, is_mapped);
        let mut components = Components::default();
        let ends = provenance.edges.iter().filter_map(ends);
        for (data, step, _) in ends.clone() {
            if is_mapped(step) && !shared.contains(&data) {
                components.join(data, GraphNode::Step(step));
            }
        }
        // A run without data of its own is a lane all the same.
        for (step, _) in provenance.tool_steps() {
            if is_mapped(step) {
                components.add(GraphNode::Step(step));
            }
        }
        let members = components.members();
        let mut shapes: HashMap<usize, LaneShape> = HashMap::new();
        for (lane, nodes) in &members {
            shapes.insert(*lane, shape(nodes, provenance, &stage_of));
        }
        for (data, step, reads) in ends {
            // How a track was imported has no box.
            let is_outside = provenance.steps[step].kind == StepKind::Tool && !is_mapped(step);
            if let Some(lane) = components.known(data).filter(|_| is_outside)
                && let Some(shape) = shapes.get_mut(&lane)
            {
                shape.outside.insert((reads, stage_of[&step]));
            }
        }
        folded(&members, &shapes, stages)
    }

    /// The lane of a node; none outside of lanes.
    pub fn lane(&self, node: GraphNode) -> Option<usize> {
        self.of_node.get(&node).copied()
    }

    /// The number of lanes of the graph that a lane stands for; 1 where it stands for itself.
    pub fn count(&self, lane: usize) -> usize {
        self.counts.get(lane).copied().unwrap_or(1)
    }

    /// The remark on the steps of a lane that stands for several; empty for others.
    pub fn remark(&self, lane: usize) -> String {
        let lanes = count(self.count(lane));
        match self.count(lane) {
            1 => String::new(),
            _ if self.mixed == Some(lane) => format!("and {lanes} more with other steps"),
            _ => format!("and {lanes} more of the same steps"),
        }
    }
}

/// The data and the step of an edge, and whether the step reads the data.
fn ends(edge: &Edge) -> Option<(GraphNode, usize, bool)> {
    match (edge.from, edge.to) {
        (data, GraphNode::Step(step)) => Some((data, step, true)),
        (GraphNode::Step(step), data) => Some((data, step, false)),
        _ => None,
    }
}

/// The data that several runs of one stage read or make.
fn shared_data(
    provenance: &ProvenanceGraph,
    stage_of: &HashMap<usize, usize>,
    is_mapped: impl Fn(usize) -> bool,
) -> BTreeSet<GraphNode> {
    let mut runs: HashMap<(GraphNode, usize, bool), usize> = HashMap::new();
    for (data, step, reads) in provenance.edges.iter().filter_map(ends) {
        if is_mapped(step) {
            *runs.entry((data, stage_of[&step], reads)).or_default() += 1;
        }
    }
    let several = runs.into_iter().filter(|(_, runs)| *runs > 1);
    several.map(|((data, ..), _)| data).collect()
}

fn shape(
    nodes: &[GraphNode],
    provenance: &ProvenanceGraph,
    stage_of: &HashMap<usize, usize>,
) -> LaneShape {
    let mut shape = LaneShape::default();
    for node in nodes {
        match node {
            GraphNode::Step(step) => *shape.runs.entry(stage_of[step]).or_default() += 1,
            GraphNode::Track(_) => shape.data[0] += 1,
            GraphNode::Result(_) => shape.data[1] += 1,
            GraphNode::Intermediate(place) => {
                shape.data[2] += usize::from(!provenance.intermediates[*place].is_made);
            }
        }
    }
    shape
}

impl LaneShape {
    /// The number of boxes that a lane of this shape has below each other.
    fn rows(&self, stages: &[Stage]) -> usize {
        let mut levels: HashMap<usize, usize> = HashMap::new();
        for stage in self.runs.keys() {
            *levels.entry(stages[*stage].level).or_default() += 1;
        }
        let [tracks, results, other] = self.data;
        let steps = levels.into_values().max().unwrap_or(1);
        steps.max(tracks + other).max(results)
    }
}

/// The lanes in the order of their first nodes, alike ones together; those without room are one at the end of their shape.
fn folded(
    members: &BTreeMap<usize, Vec<GraphNode>>,
    shapes: &HashMap<usize, LaneShape>,
    stages: &[Stage],
) -> Lanes {
    let mut by_shape: HashMap<&LaneShape, Vec<&[GraphNode]>> = HashMap::new();
    for (lane, nodes) in members {
        by_shape.entry(&shapes[lane]).or_default().push(nodes);
    }
    for lanes in by_shape.values_mut() {
        lanes.sort_unstable_by_key(|nodes| nodes.first());
    }
    let mut groups: Vec<(usize, Vec<&[GraphNode]>)> = by_shape
        .into_iter()
        .map(|(shape, lanes)| (shape.rows(stages), lanes))
        .collect();
    groups.sort_by_key(|(_, lanes)| lanes[0].first().copied());
    let all: usize = groups.iter().map(|(rows, lanes)| rows * lanes.len()).sum();
    let mut lanes = Lanes::default();
    if all <= MOST_LANES + 1 {
        let drawn = groups.iter().flat_map(|(_, lanes)| lanes);
        drawn.for_each(|lane| lanes.push(&[lane]));
        return lanes;
    }
    let rest: Vec<&[GraphNode]> = match groups.len() > MOST_SHAPES {
        true => groups.split_off(MOST_SHAPES - 1),
        false => Vec::new(),
    }
    .into_iter()
    .flat_map(|(_, lanes)| lanes)
    .collect();
    let rooms = rooms(&groups);
    for ((rows, all), room) in groups.iter().zip(rooms) {
        let mut drawn = (room / rows).max(1);
        // One lane takes no more room than the remark that there is one more.
        if drawn + 1 >= all.len() {
            drawn = all.len();
        }
        let (drawn, others) = all.split_at(drawn);
        drawn.iter().for_each(|lane| lanes.push(&[lane]));
        lanes.push(others);
    }
    lanes.mixed = (!rest.is_empty()).then_some(lanes.counts.len());
    lanes.push(&rest);
    lanes
}

/// The rows of each shape: what the small ones leave is for the others.
fn rooms(groups: &[(usize, Vec<&[GraphNode]>)]) -> Vec<usize> {
    let mut rooms = vec![0; groups.len()];
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let wish = |place: usize| groups[place].0 * groups[place].1.len();
    order.sort_by_key(|place| wish(*place));
    let mut left = MOST_LANES;
    for (done, place) in order.iter().enumerate() {
        rooms[*place] = wish(*place).min(left / (groups.len() - done));
        left -= rooms[*place];
    }
    rooms
}

impl Lanes {
    /// Adds a lane of the picture for lanes of the graph; nothing for none.
    fn push(&mut self, lanes: &[&[GraphNode]]) {
        if lanes.is_empty() {
            return;
        }
        let number = self.counts.len();
        let nodes = lanes.iter().flat_map(|nodes| nodes.iter());
        self.of_node.extend(nodes.map(|node| (*node, number)));
        self.counts.push(lanes.len());
    }
}

/// Nodes that are connected: each has the number of its component, which others may have joined.
#[derive(Debug, Default)]
struct Components {
    of_node: HashMap<GraphNode, usize>,
    /// The number that each number was joined to; itself where it was not.
    joined: Vec<usize>,
}

impl Components {
    fn add(&mut self, node: GraphNode) -> usize {
        let next = self.joined.len();
        let number = *self.of_node.entry(node).or_insert(next);
        if number == next {
            self.joined.push(next);
        }
        self.root(number)
    }

    fn join(&mut self, one: GraphNode, other: GraphNode) {
        let (one, other) = (self.add(one), self.add(other));
        self.joined[one.max(other)] = one.min(other);
    }

    fn root(&mut self, mut number: usize) -> usize {
        while self.joined[number] != number {
            // Each second number on the way is skipped the next time.
            self.joined[number] = self.joined[self.joined[number]];
            number = self.joined[number];
        }
        number
    }

    fn known(&mut self, node: GraphNode) -> Option<usize> {
        let number = *self.of_node.get(&node)?;
        Some(self.root(number))
    }

    /// The nodes of each component in their order, tracks first.
    fn members(&mut self) -> BTreeMap<usize, Vec<GraphNode>> {
        let mut nodes: Vec<(GraphNode, usize)> = self
            .of_node
            .iter()
            .map(|(node, number)| (*node, *number))
            .collect();
        nodes.sort_unstable();
        let mut members: BTreeMap<usize, Vec<GraphNode>> = BTreeMap::new();
        for (node, number) in nodes {
            members.entry(self.root(number)).or_default().push(node);
        }
        members
    }
}
