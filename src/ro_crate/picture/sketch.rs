//! Boxes of tracks, steps and results, few enough for one screen, and the arrows between them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::PictureWords;
use super::boxes::Boxes;
use super::groups::{Groups, RunGroup, Ways, cards, columns};
use super::lanes::Lanes;
use super::tile::{Tile, text_width};
use crate::ro_crate::provenance::{GraphNode, ProvenanceGraph, Stage};

/// The most boxes in a column.
const MOST_BELOW: usize = 12;

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

/// Sketches a provenance graph.
pub fn sketch(provenance: &ProvenanceGraph, words: &PictureWords) -> Sketch {
    let stages = Stage::all(provenance);
    let lanes = Lanes::of(provenance, &stages);
    let groups = Groups::of(provenance, &stages, &lanes);
    let ways = Ways::of(provenance, &groups);
    let (cards, card_of) = cards(&groups, &ways);
    let columns = columns(&cards, &card_of, &ways);
    let last = columns.iter().max().map_or(1, |deepest| deepest + 1);
    let boxes = Boxes {
        provenance,
        stages: &stages,
        words,
        room: text_width(last + 1),
    };
    let mut sketch = Sketch {
        columns: last + 1,
        ..Sketch::default()
    };
    let cards_of = |groups: &HashMap<GraphNode, BTreeSet<usize>>, data: GraphNode| {
        let cards = groups.get(&data).into_iter().flatten();
        cards
            .map(|group| card_of[*group])
            .collect::<BTreeSet<usize>>()
    };
    let reads = |data| cards_of(&ways.readers, data);
    let mut arrows: Vec<(usize, BTreeSet<usize>)> = Vec::new();
    let mut box_of_track: HashMap<usize, usize> = HashMap::new();
    let tracks: Vec<usize> = (0..provenance.tracks.len()).collect();
    for row in rows(&tracks, GraphNode::Track, &lanes, reads) {
        let places = row.places.iter();
        box_of_track.extend(places.map(|track| (*track, sketch.boxes.len())));
        arrows.push((sketch.boxes.len(), row.cards));
        sketch.boxes.push(Tile {
            lane: row.lane,
            is_stack: row.is_stack,
            ..boxes.of_tracks(&row.places)
        });
    }
    let unknown: Vec<usize> = (0..provenance.intermediates.len())
        .filter(|place| !provenance.intermediates[*place].is_made)
        .collect();
    for row in rows(&unknown, GraphNode::Intermediate, &lanes, reads) {
        arrows.push((sketch.boxes.len(), row.cards));
        sketch.boxes.push(Tile {
            lane: row.lane,
            is_stack: row.is_stack,
            ..boxes.of_unknown(&row.places)
        });
    }
    let first_card = sketch.boxes.len();
    for (card, column) in cards.iter().zip(&columns) {
        let runs = card.iter().flat_map(|group| &groups.all[*group].runs);
        let runs: Vec<&RunGroup> = runs.collect();
        let lane = card.first().and_then(|group| groups.all[*group].lane);
        let remark = lane.map(|lane| lanes.remark(lane)).unwrap_or_default();
        sketch.boxes.push(Tile {
            lane,
            is_stack: !remark.is_empty(),
            ..boxes.of_steps(&runs, &remark, *column)
        });
    }
    let arrow = |from: usize, to: usize| Arrow {
        from,
        to,
        is_by_content: false,
    };
    let first_result = sketch.boxes.len();
    let makers = |data| cards_of(&ways.makers, data);
    let mut results = Vec::new();
    let all: Vec<usize> = (0..provenance.results.len()).collect();
    for row in rows(&all, GraphNode::Result, &lanes, makers) {
        let to = sketch.boxes.len();
        let arrows = row.cards.iter().map(|card| arrow(first_card + card, to));
        sketch.arrows.extend(arrows);
        sketch.boxes.push(Tile {
            lane: row.lane,
            is_stack: row.is_stack,
            ..boxes.of_results(&row.places, last)
        });
        results.push((to, row.places));
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

/// Data that are one box.
struct DataRow {
    /// The data.
    places: Vec<usize>,
    /// The cards that read or make them.
    cards: BTreeSet<usize>,
    /// Their lane.
    lane: Option<usize>,
    /// Whether they are of several lanes.
    is_stack: bool,
}

/// The boxes of data, lane by lane, then of those outside of lanes.
fn rows(
    places: &[usize],
    node: impl Fn(usize) -> GraphNode,
    lanes: &Lanes,
    ways: impl Fn(GraphNode) -> BTreeSet<usize>,
) -> Vec<DataRow> {
    let mut by_lane: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in places {
        let lane = lanes.lane(node(*place)).unwrap_or(usize::MAX);
        by_lane.entry(lane).or_default().push(*place);
    }
    let mut rows = Vec::new();
    for (lane, places) in by_lane {
        let is_stack = lanes.count(lane) > 1;
        let boxes = match is_stack {
            true => {
                let cards = places.iter().flat_map(|place| ways(node(*place))).collect();
                vec![(places, cards)]
            }
            false => gathered(&places, |place| ways(node(place))),
        };
        rows.extend(boxes.into_iter().map(|(places, cards)| DataRow {
            places,
            cards,
            lane: Some(lane).filter(|lane| *lane != usize::MAX),
            is_stack,
        }));
    }
    rows
}

/// At most [`MOST_BELOW`] boxes: one an item if there are few, else one for all items with the same path.
fn gathered(
    places: &[usize],
    ways: impl Fn(usize) -> BTreeSet<usize>,
) -> Vec<(Vec<usize>, BTreeSet<usize>)> {
    if places.len() <= MOST_BELOW {
        let alone = places.iter().map(|place| (vec![*place], ways(*place)));
        return alone.collect();
    }
    let mut by_way: BTreeMap<BTreeSet<usize>, Vec<usize>> = BTreeMap::new();
    for place in places {
        by_way.entry(ways(*place)).or_default().push(*place);
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
