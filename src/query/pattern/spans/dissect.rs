//! The parts of a match.

use std::ops::Range;

use super::{Captures, Matcher};
use crate::query::pattern::node::{PatternNode, Preference};
use crate::query::pattern::positions::Positions;

impl Matcher<'_> {
    /// Finds the captures in `node`, which matches from `start` to `end`.
    pub(super) fn dissect(
        &mut self,
        node: &PatternNode,
        start: usize,
        end: usize,
        captures: &mut Captures,
    ) -> Option<()> {
        if !node.captures() {
            return Some(());
        }
        match node {
            PatternNode::Capture(number, node) => {
                captures[*number] = Some(start..end);
                self.dissect(node, start, end, captures)
            }
            PatternNode::Sequence(nodes) => self.dissect_sequence(nodes, start, end, captures),
            PatternNode::Choice(nodes) => {
                for node in nodes {
                    if self.reach_from(node, start)?.has(end) {
                        return self.dissect(node, start, end, captures);
                    }
                }
                Some(())
            }
            PatternNode::Repeat {
                node, least, most, ..
            } => self.dissect_repeat(node, (*least, *most), start, end, captures),
            PatternNode::Empty
            | PatternNode::Set(_)
            | PatternNode::Assert(_)
            | PatternNode::Look { .. } => Some(()),
        }
    }

    fn dissect_sequence(
        &mut self,
        nodes: &[PatternNode],
        mut start: usize,
        end: usize,
        captures: &mut Captures,
    ) -> Option<()> {
        let parts = parts(nodes);
        // The positions from which each rest can reach the end.
        let mut rests = vec![Positions::none(self.text.len()); parts.len() + 1];
        rests[parts.len()].add(end);
        for place in (0..parts.len()).rev() {
            let part = &nodes[parts[place].0.clone()];
            rests[place] = self.reach_all(part, rests[place + 1].clone(), false)?;
        }
        for (place, (range, preference)) in parts.into_iter().enumerate() {
            let part = &nodes[range];
            let mut at_start = Positions::none(self.text.len());
            at_start.add(start);
            let mut ends = self.reach_all(part, at_start, true)?;
            ends.merge(&rests[place + 1], |one, other| one & other);
            let middle = match preference {
                Some(Preference::Shortest) => ends.first(start..end + 1),
                _ => ends.last(start..end + 1),
            }?;
            if let [node] = part {
                self.dissect(node, start, middle, captures)?;
            }
            start = middle;
        }
        Some(())
    }

    fn dissect_repeat(
        &mut self,
        node: &PatternNode,
        (least, most): (u32, Option<u32>),
        mut start: usize,
        end: usize,
        captures: &mut Captures,
    ) -> Option<()> {
        if start == end && least == 0 {
            return Some(());
        }
        let shortest = node.preference() == Some(Preference::Shortest);
        let (mut least, mut most) = (least.max(1), most);
        while start < end || least > 0 {
            // The positions from which the remaining repetitions can reach the end.
            let mut at_end = Positions::none(self.text.len());
            at_end.add(end);
            let rest = (
                least.saturating_sub(1),
                most.map(|most| most.saturating_sub(1)),
            );
            let mut ends = self.reach_repeated(node, rest, at_end, false)?;
            let reached = self.reach_from(node, start)?;
            ends.merge(&reached, |one, other| one & other);
            // An empty repetition counts only if there is no other.
            let middle = if shortest {
                ends.first(start + 1..end + 1)
            } else {
                ends.last(start + 1..end + 1)
            };
            let middle = middle.or_else(|| ends.has(start).then_some(start))?;
            clear(node, captures);
            self.dissect(node, start, middle, captures)?;
            if middle == start {
                return Some(());
            }
            start = middle;
            least = least.saturating_sub(1);
            most = most.map(|most| most.saturating_sub(1));
        }
        Some(())
    }
}

/// The parts of a sequence, each with its preference: neighbours without captures and with the same preference are one part.
fn parts(nodes: &[PatternNode]) -> Vec<(Range<usize>, Option<Preference>)> {
    let mut parts: Vec<(Range<usize>, Option<Preference>)> = Vec::new();
    let mut joins = false;
    for (place, node) in nodes.iter().enumerate() {
        let (preference, captures) = (node.preference(), node.captures());
        match parts.last_mut() {
            Some((range, preferred))
                if joins
                    && !captures
                    && (preference.is_none()
                        || preferred.is_none()
                        || *preferred == preference) =>
            {
                range.end = place + 1;
                *preferred = preferred.or(preference);
            }
            _ => parts.push((place..place + 1, preference)),
        }
        joins = !captures;
    }
    parts
}

/// Clears the captures in `node`.
fn clear(node: &PatternNode, captures: &mut Captures) {
    match node {
        PatternNode::Capture(number, node) => {
            captures[*number] = None;
            clear(node, captures);
        }
        PatternNode::Sequence(nodes) | PatternNode::Choice(nodes) => {
            nodes.iter().for_each(|node| clear(node, captures));
        }
        PatternNode::Repeat { node, .. } => clear(node, captures),
        PatternNode::Empty
        | PatternNode::Set(_)
        | PatternNode::Assert(_)
        | PatternNode::Look { .. } => {}
    }
}
