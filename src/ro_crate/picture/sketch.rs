//! Boxes of tracks, steps and results, few enough for one screen, and the arrows between them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::boxes;
use super::tile::Tile;
use crate::ro_crate::provenance::{GraphNode, ProvenanceGraph, Stage, StepKind};

/// The most boxes in a column.
pub const MOST_BELOW: usize = 12;
/// The most producers and consumers of one dataset that count.
const MOST_SHARED: usize = 64;

/// An arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    /// The index of the box at its start.
    pub from: usize,
    /// The index of the box at its end.
    pub to: usize,
    /// Whether it stands for equal content rather than a known step.
    pub is_by_content: bool,
}

/// Boxes and arrows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// The boxes: tracks, unknown data, steps, results.
    pub boxes: Vec<Tile>,
    /// The arrows, each from a column to one further right, sorted.
    pub arrows: Vec<Arrow>,
    /// The number of columns.
    pub columns: usize,
}

/// The steps of the picture: groups of stages with their level.
struct Groups {
    /// The stages of each group, by index: one, or all that exceed the room.
    stages: Vec<Vec<usize>>,
    levels: Vec<usize>,
    /// The group of each step of the graph.
    of_step: HashMap<usize, usize>,
}

/// Sketches a provenance graph.
pub fn sketch(provenance: &ProvenanceGraph) -> Sketch {
    let stages = Stage::all(provenance);
    let groups = groups(provenance, &stages);
    let ways = Ways::of(provenance, &groups);
    let (cards, card_of) = cards(&groups, &ways);
    let columns = columns(&cards, &card_of, &ways);
    let last = columns.iter().max().map_or(1, |deepest| deepest + 1);

    let mut sketch = Sketch {
        columns: last + 1,
        ..Sketch::default()
    };
    let to_cards = |found: &BTreeSet<usize>| -> BTreeSet<usize> {
        found.iter().map(|group| card_of[*group]).collect()
    };
    let mut arrows: Vec<(usize, BTreeSet<usize>)> = Vec::new();
    let mut box_of_track: HashMap<usize, usize> = HashMap::new();
    let cards_of = |groups: &HashMap<GraphNode, BTreeSet<usize>>, data: GraphNode| {
        groups.get(&data).map(&to_cards).unwrap_or_default()
    };
    let arrow = |from: usize, to: usize| Arrow {
        from,
        to,
        is_by_content: false,
    };
    let reads = |place| cards_of(&ways.readers, GraphNode::Track(place));
    for (tracks, cards) in gathered(provenance.tracks.len(), reads) {
        box_of_track.extend(tracks.iter().map(|track| (*track, sketch.boxes.len())));
        arrows.push((sketch.boxes.len(), cards));
        sketch.boxes.push(boxes::of_tracks(provenance, &tracks));
    }
    let unknown: Vec<usize> = (0..provenance.intermediates.len())
        .filter(|place| !provenance.intermediates[*place].is_made)
        .collect();
    let reads = |place: usize| cards_of(&ways.readers, GraphNode::Intermediate(unknown[place]));
    for (places, cards) in gathered(unknown.len(), reads) {
        arrows.push((sketch.boxes.len(), cards));
        let places: Vec<usize> = places.into_iter().map(|place| unknown[place]).collect();
        sketch.boxes.push(boxes::of_unknown(provenance, &places));
    }
    let first_card = sketch.boxes.len();
    for (card, column) in cards.iter().zip(&columns) {
        let stages: Vec<(usize, &Stage)> = card
            .iter()
            .flat_map(|group| &groups.stages[*group])
            .map(|stage| (*stage, &stages[*stage]))
            .collect();
        sketch
            .boxes
            .push(boxes::of_steps(provenance, &stages, *column));
    }
    let first_result = sketch.boxes.len();
    let makers = |place| cards_of(&ways.makers, GraphNode::Result(place));
    let mut results = Vec::new();
    for (places, cards) in gathered(provenance.results.len(), makers) {
        results.push((sketch.boxes.len(), places.clone()));
        let to = sketch.boxes.len();
        let arrows = cards.iter().map(|card| arrow(first_card + card, to));
        sketch.arrows.extend(arrows);
        sketch
            .boxes
            .push(boxes::of_results(provenance, &places, last));
    }
    for (from, cards) in arrows {
        let arrows = cards.iter().map(|card| arrow(from, first_card + card));
        sketch.arrows.extend(arrows);
    }
    for (from, to) in &ways.between {
        let (from, to) = (card_of[*from], card_of[*to]);
        if from != to {
            let arrow = arrow(first_card + from, first_card + to);
            sketch.arrows.push(arrow);
        }
    }
    sketch.arrows.sort_unstable();
    sketch.arrows.dedup();
    add_proofs(
        provenance,
        &mut sketch,
        &box_of_track,
        &results,
        first_result,
    );
    let is_right = |arrow: &Arrow| sketch.boxes[arrow.from].column < sketch.boxes[arrow.to].column;
    sketch.arrows.retain(is_right);
    sketch
}

/// Tool steps by stage; the excess of a level is one group.
fn groups(provenance: &ProvenanceGraph, stages: &[Stage]) -> Groups {
    let mut by_level: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, stage) in stages.iter().enumerate() {
        if stage
            .first(provenance)
            .is_some_and(|step| step.kind == StepKind::Tool)
        {
            by_level.entry(stage.level).or_default().push(place);
        }
    }
    let mut groups = Groups {
        stages: Vec::new(),
        levels: Vec::new(),
        of_step: HashMap::new(),
    };
    for (level, mut places) in by_level {
        let rest = if places.len() > MOST_BELOW {
            places.split_off(MOST_BELOW - 1)
        } else {
            Vec::new()
        };
        let alone = places.into_iter().map(|place| vec![place]);
        for group in alone.chain(Some(rest).filter(|rest| !rest.is_empty())) {
            for stage in &group {
                let steps = stages[*stage].steps.iter();
                groups
                    .of_step
                    .extend(steps.map(|step| (*step, groups.stages.len())));
            }
            groups.stages.push(group);
            groups.levels.push(level);
        }
    }
    groups
}

/// How groups of steps are connected by data.
struct Ways {
    readers: HashMap<GraphNode, BTreeSet<usize>>,
    makers: HashMap<GraphNode, BTreeSet<usize>>,
    between: BTreeSet<(usize, usize)>,
    /// The number of different external inputs of each group.
    from_outside: HashMap<usize, usize>,
    /// The groups that produce results.
    to_outside: HashSet<usize>,
}

impl Ways {
    fn of(provenance: &ProvenanceGraph, groups: &Groups) -> Self {
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
                let later = later.filter(|reader| groups.levels[*maker] < groups.levels[**reader]);
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
fn cards(groups: &Groups, ways: &Ways) -> (Vec<Vec<usize>>, Vec<usize>) {
    let count = groups.stages.len();
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
fn columns(cards: &[Vec<usize>], card_of: &[usize], ways: &Ways) -> Vec<usize> {
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

/// At most [`MOST_BELOW`] boxes: one an item if there are few, else one for all items with the same path.
fn gathered(
    count: usize,
    ways: impl Fn(usize) -> BTreeSet<usize>,
) -> Vec<(Vec<usize>, BTreeSet<usize>)> {
    if count <= MOST_BELOW {
        return (0..count).map(|place| (vec![place], ways(place))).collect();
    }
    let mut by_way: BTreeMap<BTreeSet<usize>, Vec<usize>> = BTreeMap::new();
    for place in 0..count {
        by_way.entry(ways(place)).or_default().push(place);
    }
    let mut gathered: Vec<(Vec<usize>, BTreeSet<usize>)> = by_way
        .into_iter()
        .map(|(way, places)| (places, way))
        .collect();
    gathered.sort_by_key(|(places, _)| (std::cmp::Reverse(places.len()), places[0]));
    if gathered.len() > MOST_BELOW {
        let rest = gathered.split_off(MOST_BELOW - 1);
        let mut places: Vec<usize> = rest.iter().flat_map(|(places, _)| places.clone()).collect();
        places.sort_unstable();
        gathered.push((places, rest.into_iter().flat_map(|(_, way)| way).collect()));
    }
    gathered.sort_by_key(|(places, _)| places[0]);
    gathered
}

/// Adds arrows from tracks to confirmed results that no steps lead to.
fn add_proofs(
    provenance: &ProvenanceGraph,
    sketch: &mut Sketch,
    box_of_track: &HashMap<usize, usize>,
    results: &[(usize, Vec<usize>)],
    first_result: usize,
) {
    let tracks: HashMap<&str, usize> = provenance
        .tracks
        .iter()
        .map(|track| track.id.as_str())
        .zip(0..)
        .collect();
    let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
    for arrow in &sketch.arrows {
        before.entry(arrow.to).or_default().push(arrow.from);
    }
    let mut proofs = Vec::new();
    for (to, places) in results {
        let mut reached: HashSet<usize> = HashSet::new();
        let mut next = vec![*to];
        while let Some(place) = next.pop() {
            if reached.insert(place) {
                next.extend(before.get(&place).into_iter().flatten());
            }
        }
        let based_on = places
            .iter()
            .flat_map(|place| &provenance.results[*place].based_on);
        let sources: BTreeSet<usize> = based_on
            .filter_map(|id| box_of_track.get(tracks.get(id.as_str())?))
            .copied()
            .filter(|source| *source < first_result && !reached.contains(source))
            .collect();
        proofs.extend(sources.into_iter().map(|from| Arrow {
            from,
            to: *to,
            is_by_content: true,
        }));
    }
    sketch.arrows.extend(proofs);
}
