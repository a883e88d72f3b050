//! Groups of steps that a picture draws as one, and how data connect them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::lanes::Lanes;
use crate::ro_crate::provenance::{GraphNode, ProvenanceGraph, Stage, StepKind};

/// The most groups of one level; further ones are one group.
const MOST_OF_LEVEL: usize = 18;
/// The most producers and consumers of one dataset that count.
const MOST_SHARED: usize = 64;

/// Steps of one stage in one lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunGroup {
    /// The index of the stage.
    pub stage: usize,
    /// The number of runs.
    pub runs: usize,
}

/// Steps that are drawn as one: of one stage and one lane, or all without room of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepGroup {
    /// The runs by stage.
    pub runs: Vec<RunGroup>,
    /// The level of the stages.
    pub level: usize,
    /// The lane; none for steps outside of lanes, or of several lanes.
    pub lane: Option<usize>,
}

/// The groups of a picture, by level.
pub struct Groups {
    /// The groups.
    pub all: Vec<StepGroup>,
    /// The group of each step of the graph.
    of_step: HashMap<usize, usize>,
}

impl Groups {
    /// The tool steps of a graph by lane and stage; the excess of a level is one group.
    pub fn of(provenance: &ProvenanceGraph, stages: &[Stage], lanes: &Lanes) -> Self {
        // Steps outside of lanes come last.
        let mut by_level: BTreeMap<usize, BTreeMap<(usize, usize), Vec<usize>>> = BTreeMap::new();
        for (place, stage) in stages.iter().enumerate() {
            for step in &stage.steps {
                if provenance.steps[*step].kind == StepKind::Tool {
                    let lane = lanes.lane(GraphNode::Step(*step)).unwrap_or(usize::MAX);
                    let of_level = by_level.entry(stage.level).or_default();
                    of_level.entry((lane, place)).or_default().push(*step);
                }
            }
        }
        let mut groups = Groups {
            all: Vec::new(),
            of_step: HashMap::new(),
        };
        for (level, of_level) in by_level {
            let room = match of_level.len() > MOST_OF_LEVEL {
                true => MOST_OF_LEVEL - 1,
                false => MOST_OF_LEVEL,
            };
            for (number, ((lane, stage), steps)) in of_level.into_iter().enumerate() {
                let runs = RunGroup {
                    stage,
                    runs: steps.len(),
                };
                match groups.all.last_mut().filter(|_| number > room) {
                    Some(last) => last.add(runs),
                    None => groups.all.push(StepGroup {
                        runs: vec![runs],
                        level,
                        lane: Some(lane).filter(|lane| number < room && *lane != usize::MAX),
                    }),
                }
                let group = groups.all.len() - 1;
                groups
                    .of_step
                    .extend(steps.into_iter().map(|step| (step, group)));
            }
        }
        groups
    }
}

impl StepGroup {
    fn add(&mut self, more: RunGroup) {
        match self.runs.iter_mut().find(|known| known.stage == more.stage) {
            Some(known) => known.runs += more.runs,
            None => self.runs.push(more),
        }
    }
}

/// How groups of steps are connected by data.
pub struct Ways {
    /// The groups that read each datum.
    pub readers: HashMap<GraphNode, BTreeSet<usize>>,
    /// The groups that make each datum.
    pub makers: HashMap<GraphNode, BTreeSet<usize>>,
    /// Pairs of groups, the second of which reads what the first makes.
    pub between: BTreeSet<(usize, usize)>,
    /// The number of different external inputs of each group.
    from_outside: HashMap<usize, usize>,
    /// The groups that produce results.
    to_outside: HashSet<usize>,
}

impl Ways {
    /// The connections of the groups of a graph.
    pub fn of(provenance: &ProvenanceGraph, groups: &Groups) -> Self {
        let mut ways = Ways {
            readers: HashMap::new(),
            makers: HashMap::new(),
            between: BTreeSet::new(),
            from_outside: HashMap::new(),
            to_outside: HashSet::new(),
        };
        for edge in &provenance.edges {
            let (known, data, step) = match (edge.from, edge.to) {
                (data, GraphNode::Step(step)) => (&mut ways.readers, data, step),
                (GraphNode::Step(step), data) => (&mut ways.makers, data, step),
                _ => continue,
            };
            if let Some(group) = groups.of_step.get(&step) {
                known.entry(data).or_default().insert(*group);
            }
        }
        for (data, readers) in &ways.readers {
            let makers = ways.makers.get(data);
            for maker in makers.into_iter().flatten().take(MOST_SHARED) {
                let later = readers.iter().take(MOST_SHARED);
                let later =
                    later.filter(|reader| groups.all[*maker].level < groups.all[**reader].level);
                ways.between.extend(later.map(|reader| (*maker, *reader)));
            }
            if makers.is_none() || matches!(data, GraphNode::Track(_)) {
                readers
                    .iter()
                    .for_each(|reader| *ways.from_outside.entry(*reader).or_default() += 1);
            }
        }
        for (data, makers) in &ways.makers {
            if matches!(data, GraphNode::Result(_)) {
                ways.to_outside.extend(makers);
            }
        }
        ways
    }
}

/// Puts consecutive groups without a fork on one card, line by line; returns the cards and the card of each group.
pub fn cards(groups: &Groups, ways: &Ways) -> (Vec<Vec<usize>>, Vec<usize>) {
    let count = groups.all.len();
    let (mut before, mut after) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for (from, to) in &ways.between {
        before[*to].push(*from);
        after[*from].push(*to);
    }
    let mut cards: Vec<Vec<usize>> = Vec::new();
    let mut card_of = vec![0; count];
    // Groups are ordered by level, so predecessors are on a card already.
    for group in 0..count {
        let only = match before[group].as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let goes_on = only.filter(|only| {
            after[*only].len() == 1
                && !ways.to_outside.contains(only)
                && !ways.from_outside.contains_key(&group)
        });
        card_of[group] = match goes_on {
            Some(only) => card_of[only],
            None => {
                cards.push(Vec::new());
                cards.len() - 1
            }
        };
        cards[card_of[group]].push(group);
    }
    (cards, card_of)
}

/// The column of each card: right of all its predecessors.
pub fn columns(cards: &[Vec<usize>], card_of: &[usize], ways: &Ways) -> Vec<usize> {
    let mut arrows: Vec<(usize, usize)> = ways
        .between
        .iter()
        .map(|(from, to)| (card_of[*from], card_of[*to]))
        .filter(|(from, to)| from != to)
        .collect();
    arrows.sort_unstable();
    arrows.dedup();
    let mut columns = vec![1; cards.len()];
    // Each card comes after its predecessors, so one pass in this order is enough.
    for (from, to) in arrows {
        columns[to] = columns[to].max(columns[from] + 1);
    }
    columns
}
