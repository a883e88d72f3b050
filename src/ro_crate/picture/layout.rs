//! The layout of boxes and arrows: columns from left to right, few crossings, straight arrows.
//!
//! Coordinates are whole pixels, so a picture is the same on every machine.

use std::collections::{BTreeMap, BTreeSet};

use super::sketch::Sketch;
use super::tile::{INSET, LINE, TITLE, Tile};
use crate::drawing::words::width;

/// The padding of a box above and below its lines.
const PADDING: i64 = 8;
/// The height of a line of the title.
pub const TITLE_HEIGHT: i64 = 18;
/// The height of every other line.
pub const LINE_HEIGHT: i64 = 16;
/// The top of the first box, below the headings.
pub const TOP: i64 = 46;
/// The margin of the picture.
pub const MARGIN: i64 = 16;

/// The gap between columns, which holds the arrows.
const GAP_ACROSS: i64 = 44;
const GAP_BELOW: i64 = 12;
const GAP_OF_ARROWS: i64 = 8;
const NARROWEST: i64 = 100;
/// The number of passes over the columns; positions settle after a few.
const ROUNDS: usize = 8;

/// A box or the passage of an arrow through a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The left edge.
    pub x: i64,
    /// The upper edge.
    pub y: i64,
    /// The width.
    pub width: i64,
    /// The height; 0 for the passage of an arrow.
    pub height: i64,
    column: usize,
    lane: Option<usize>,
}

/// A picture, laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The position of each box of the sketch.
    pub spots: Vec<Spot>,
    /// The points of each arrow of the sketch, in pairs: straight from the first to the second of each, curved to the next pair.
    pub ways: Vec<Vec<(i64, i64)>>,
    /// The left edge of each column.
    pub columns: Vec<i64>,
    /// The width of all.
    pub width: i64,
    /// The height of all.
    pub height: i64,
}

/// Lays a sketch out.
pub fn layout(sketch: &Sketch) -> Layout {
    let (columns, widths) = across(sketch);
    let heights = lane_heights(&sketch.boxes);
    let mut spots: Vec<Spot> = sketch
        .boxes
        .iter()
        .zip(heights)
        .map(|(tile, height)| Spot {
            x: columns[tile.column],
            y: 0,
            width: widths[tile.column],
            height,
            column: tile.column,
            lane: tile.lane,
        })
        .collect();
    // An arrow across columns has a spot in each.
    let mut chains: Vec<Vec<usize>> = Vec::new();
    for arrow in &sketch.arrows {
        let mut provenance = vec![arrow.from];
        let lane = sketch.boxes[arrow.from].lane;
        let lane = lane.filter(|_| lane == sketch.boxes[arrow.to].lane);
        for column in sketch.boxes[arrow.from].column + 1..sketch.boxes[arrow.to].column {
            provenance.push(spots.len());
            spots.push(Spot {
                x: columns[column],
                y: 0,
                width: widths[column],
                height: 0,
                column,
                lane,
            });
        }
        provenance.push(arrow.to);
        chains.push(provenance);
    }
    let (mut before, mut after) = (vec![Vec::new(); spots.len()], vec![Vec::new(); spots.len()]);
    for pair in chains.iter().flat_map(|provenance| provenance.windows(2)) {
        after[pair[0]].push(pair[1]);
        before[pair[1]].push(pair[0]);
    }
    let mut orders = in_order(&spots, sketch.columns, &before, &after);
    below(&mut spots, &mut orders, &before, &after);
    for (spot, tile) in spots.iter_mut().zip(&sketch.boxes) {
        let own = height(tile);
        spot.y += (spot.height - own) / 2;
        spot.height = own;
    }
    let ways = ways(&spots, &chains, &before, &after);
    let edge =
        columns.last().copied().unwrap_or(MARGIN) + widths.last().copied().unwrap_or_default();
    let bottom = spots.iter().map(|spot| spot.y + spot.height).max();
    spots.truncate(sketch.boxes.len());
    Layout {
        spots,
        ways,
        columns,
        width: edge + MARGIN,
        height: bottom.unwrap_or(TOP) + MARGIN,
    }
}

/// The room of each box: all boxes of a lane have the same, so that lanes are straight rows.
fn lane_heights(tiles: &[Tile]) -> Vec<i64> {
    let mut columns: BTreeMap<(usize, usize), (i64, i64)> = BTreeMap::new();
    for tile in tiles {
        if let Some(lane) = tile.lane {
            let (count, all) = columns.entry((lane, tile.column)).or_default();
            *all += height(tile) + if *count > 0 { GAP_BELOW } else { 0 };
            *count += 1;
        }
    }
    let mut highest: BTreeMap<usize, i64> = BTreeMap::new();
    for ((lane, _), (_, height)) in &columns {
        let known = highest.entry(*lane).or_default();
        *known = (*known).max(*height);
    }
    let room = |tile: &Tile| {
        let lane = tile.lane?;
        let (count, all) = columns.get(&(lane, tile.column))?;
        // What is left of the height of the lane is shared by its boxes in the column.
        Some(height(tile) + (highest.get(&lane)? - all) / count)
    };
    let rooms = tiles.iter().map(|tile| room(tile).unwrap_or(height(tile)));
    rooms.collect()
}

/// The height of a box.
pub fn height(tile: &Tile) -> i64 {
    let lines = |lines: &[String]| i64::try_from(lines.len()).unwrap_or(0);
    2 * PADDING + lines(&tile.title) * TITLE_HEIGHT + lines(&tile.lines) * LINE_HEIGHT
}

/// The baselines of the lines of a box, from its upper edge: of the title, then of the others.
pub fn baselines(tile: &Tile) -> impl Iterator<Item = i64> {
    let title = tile.title.iter().map(|_| TITLE_HEIGHT);
    let heights = title.chain(tile.lines.iter().map(|_| LINE_HEIGHT));
    heights.scan(PADDING, |y, height| {
        *y += height;
        Some(*y - 4)
    })
}

/// The left edges and widths of the columns.
fn across(sketch: &Sketch) -> (Vec<i64>, Vec<i64>) {
    let mut widths = vec![NARROWEST; sketch.columns];
    for tile in &sketch.boxes {
        let lines = tile.lines.iter().map(|line| width(line, LINE));
        let title = tile.title.iter().map(|line| width(line, TITLE));
        let widest = lines.chain(title).max().unwrap_or_default() + 2 * INSET + 4;
        let column = &mut widths[tile.column];
        *column = (*column).max(widest);
    }
    let mut edges = Vec::with_capacity(widths.len());
    let mut x = MARGIN;
    for width in &widths {
        edges.push(x);
        x += width + GAP_ACROSS;
    }
    (edges, widths)
}

/// The spots of each column from top to bottom, with few crossings: each moves to the mean of its neighbours.
fn in_order(
    spots: &[Spot],
    count: usize,
    before: &[Vec<usize>],
    after: &[Vec<usize>],
) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (place, spot) in spots.iter().enumerate() {
        orders[spot.column].push(place);
    }
    let mut rank = vec![0_i64; spots.len()];
    let note = |order: &[usize], rank: &mut [i64]| {
        for (position, place) in order.iter().enumerate() {
            rank[*place] = i64::try_from(position).unwrap_or(i64::MAX) * 1000;
        }
    };
    orders.iter().for_each(|order| note(order, &mut rank));
    for (column, is_rightwards) in passes(count) {
        let neighbours = if is_rightwards { before } else { after };
        let order = &mut orders[column];
        let wish = |place: usize| {
            mean(neighbours[place].iter().map(|other| rank[*other])).unwrap_or(rank[place])
        };
        order.sort_by_key(|place| (wish(*place), rank[*place]));
        in_lanes(order, spots);
        note(order, &mut rank);
    }
    orders
}

/// Gives the places of lanes to the lanes in their order, which is the same in all columns.
fn in_lanes(order: &mut [usize], spots: &[Spot]) {
    let of_lane = |place: &usize| spots[*place].lane;
    let mut sorted: Vec<usize> = order
        .iter()
        .copied()
        .filter(|place| of_lane(place).is_some())
        .collect();
    sorted.sort_by_key(of_lane);
    let places = order.iter_mut().filter(|place| of_lane(place).is_some());
    for (place, lane) in places.zip(sorted) {
        *place = lane;
    }
}

/// The columns of all rounds, each with the direction of its round: rightwards and leftwards in turn.
fn passes(count: usize) -> impl Iterator<Item = (usize, bool)> {
    (0..ROUNDS).flat_map(move |round| {
        let is_rightwards = round % 2 == 0;
        (0..count).map(move |column| match is_rightwards {
            true => (column, true),
            false => (count - 1 - column, false),
        })
    })
}

fn mean(values: impl Iterator<Item = i64>) -> Option<i64> {
    let (mut sum, mut count) = (0_i64, 0_i64);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum.div_euclid(count))
}

/// Sets the vertical position of each spot: as close as possible to the middle of its neighbours.
fn below(
    spots: &mut [Spot],
    orders: &mut [Vec<usize>],
    before: &[Vec<usize>],
    after: &[Vec<usize>],
) {
    for order in orders.iter() {
        let wishes = vec![0; order.len()];
        place(spots, order, &wishes);
    }
    let end = |order: &[usize], spots: &[Spot]| {
        let last = order.last().map(|last| &spots[*last]);
        last.map_or(0, |last| last.y + last.height)
    };
    let middle = |order: &Vec<usize>| {
        let first = order.first().map_or(0, |first| spots[*first].y);
        let last = end(order, spots);
        (last - first, (first + last) / 2)
    };
    let centre = orders.iter().map(middle).max().unwrap_or_default().1;
    for order in orders.iter() {
        let last = end(order, spots);
        order
            .iter()
            .for_each(|place| spots[*place].y += centre - last / 2);
    }
    for (column, is_rightwards) in passes(orders.len()) {
        let neighbours = if is_rightwards { before } else { after };
        let order = &orders[column];
        let middle = |place: &usize| spots[*place].y + spots[*place].height / 2;
        let wish = |place: &usize| {
            let found = mean(neighbours[*place].iter().map(middle));
            found.unwrap_or(middle(place)) - spots[*place].height / 2
        };
        let wishes: Vec<i64> = order.iter().map(wish).collect();
        place(spots, order, &wishes);
    }
    let top = spots.iter().map(|spot| spot.y).min().unwrap_or_default();
    spots.iter_mut().for_each(|spot| spot.y += TOP - top);
}

/// Places the spots of a column as close to their preferred positions as order and gaps allow: spots that would overlap
/// share the mean of their preferences.
fn place(spots: &mut [Spot], order: &[usize], wishes: &[i64]) {
    let mut offsets = Vec::with_capacity(order.len());
    let mut offset = 0;
    for (position, place) in order.iter().enumerate() {
        offsets.push(offset);
        let next = order
            .get(position + 1)
            .map_or(1, |next| spots[*next].height);
        let is_box = spots[*place].height > 0 || next > 0;
        offset += spots[*place].height + if is_box { GAP_BELOW } else { GAP_OF_ARROWS };
    }
    // Blocks of touching spots: the sum of their preferences less the offsets, and their number.
    let mut blocks: Vec<(i64, i64)> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        blocks.push((wish - offset, 1));
        while let [.., (before, many), (sum, count)] = blocks.as_mut_slice() {
            if before.div_euclid(*many) <= sum.div_euclid(*count) {
                break;
            }
            *before += *sum;
            *many += *count;
            blocks.pop();
        }
    }
    let starts = blocks
        .iter()
        .flat_map(|(sum, count)| (0..*count).map(move |_| sum.div_euclid(*count)));
    for ((place, offset), start) in order.iter().zip(&offsets).zip(starts) {
        spots[*place].y = start + offset;
    }
}

/// The points of each arrow; arrows at one box are spread along its edge.
fn ways(
    spots: &[Spot],
    chains: &[Vec<usize>],
    before: &[Vec<usize>],
    after: &[Vec<usize>],
) -> Vec<Vec<(i64, i64)>> {
    let port = |at: usize, other: usize, neighbours: &[Vec<usize>]| {
        let spot = &spots[at];
        let middle = spot.y + spot.height / 2;
        let height = |place: usize| (spots[place].y * 2 + spots[place].height, place);
        let others: BTreeSet<(i64, usize)> =
            neighbours[at].iter().map(|place| height(*place)).collect();
        let count = i64::try_from(others.len()).unwrap_or(1);
        let position = others.iter().position(|known| *known == height(other));
        let position = position
            .and_then(|position| i64::try_from(position).ok())
            .unwrap_or_default();
        let room = (spot.height - 16).max(0);
        let step = (room * 10 / count.max(1)).min(120);
        // Arrowheads that would overlap are drawn as one.
        let step = if step < 90 { 0 } else { step };
        middle + (2 * position - (count - 1)) * step / 20
    };
    let way = |provenance: &Vec<usize>| {
        let mut points = Vec::new();
        for pair in provenance.windows(2) {
            let (from, to) = (&spots[pair[0]], &spots[pair[1]]);
            points.push((from.x + from.width, port(pair[0], pair[1], after)));
            points.push((to.x, port(pair[1], pair[0], before)));
        }
        points
    };
    chains.iter().map(way).collect()
}
