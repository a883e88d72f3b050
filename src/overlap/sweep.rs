//! Two sorted sets, walked through once side by side.

use super::universe::touch_span;
use crate::genome::intervals::Interval;

/// The bases that two disjoint sorted lists share.
pub(super) fn shared_base_pairs(left: &[Interval], right: &[Interval]) -> u64 {
    let (mut at_left, mut at_right, mut shared) = (0, 0, 0);
    while let (Some(one), Some(other)) = (left.get(at_left), right.get(at_right)) {
        let (start, end) = (one.start.max(other.start), one.end.min(other.end));
        shared += u64::from(end.saturating_sub(start));
        if one.end <= other.end {
            at_left += 1;
        } else {
            at_right += 1;
        }
    }
    shared
}

/// The bases that a sorted list covers, each once.
pub(super) fn covered_base_pairs(elements: &[Interval]) -> u64 {
    let (mut base_pairs, mut reached) = (0, 0);
    for element in elements {
        base_pairs += u64::from(element.end.saturating_sub(element.start.max(reached)));
        reached = element.end.max(reached);
    }
    base_pairs
}

/// The bases that decide about touching, merged: each element's own, and the two around an insertion site.
pub(super) fn touch_blocks(elements: &[Interval]) -> Vec<Interval> {
    let mut merged: Vec<Interval> = Vec::new();
    for &element in elements {
        let span = touch_span(element);
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// Calls a function with the place of each element that touches one of the blocks.
pub(super) fn visit_touching(
    elements: &[Interval],
    blocks: &[Interval],
    mut visit: impl FnMut(usize),
) {
    let (mut first, mut place) = (0, 0);
    while let Some(&element) = elements.get(place) {
        let span = touch_span(element);
        let passed = |block: &Interval| block.end <= span.start;
        first += count_while(&blocks[first..], passed);
        let Some(block) = blocks.get(first) else {
            return;
        };
        if block.start < span.end {
            visit(place);
            place += 1;
        } else {
            // Starts ascend, so these touch no earlier block either.
            let is_before = |element: &Interval| touch_span(*element).end <= block.start;
            place += count_while(&elements[place..], is_before);
        }
    }
}

/// How many intervals at the start of a list are of a kind.
fn count_while(intervals: &[Interval], is: impl Fn(&Interval) -> bool) -> usize {
    let other = intervals.iter().position(|interval| !is(interval));
    other.unwrap_or(intervals.len())
}

/// The number of elements that touch one of the blocks.
pub(super) fn count_touching(elements: &[Interval], blocks: &[Interval]) -> u64 {
    let mut count = 0;
    visit_touching(elements, blocks, |_| count += 1);
    count
}

/// Calls a function with the places of each pair of elements that touch, by the order of the left ones, then of the right
/// ones. Elements within a list may overlap.
pub(super) fn visit_pairs(
    left: &[Interval],
    right: &[Interval],
    mut visit: impl FnMut(usize, usize),
) {
    // Right elements that began already and may reach further left elements.
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    for (place, &element) in left.iter().enumerate() {
        let span = touch_span(element);
        while next < right.len() && touch_span(right[next]).start < span.end {
            open.push(next);
            next += 1;
        }
        // Starts ascend on the left, so an element that ends before this start touches nothing that follows.
        open.retain(|&other| touch_span(right[other]).end > span.start);
        for &other in &open {
            // A long element on the left opens elements that a short one after it does not reach.
            if touch_span(right[other]).start < span.end {
                visit(place, other);
            }
        }
    }
}
