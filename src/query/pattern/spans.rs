//! The matches of a pattern and of its parts: the longest or the shortest text, as each part prefers (manual section 9.7.3.5).
//!
//! A set of positions moves through the pattern, so the time grows with pattern and text, not with the number of ways to match.

use std::ops::Range;
use std::rc::Rc;

use super::colors::Colors;
use super::node::{Assertion, PatternNode, Preference};
use super::positions::Positions;

mod dissect;

/// The most steps of 64 positions for a match.
const MOST_STEPS: usize = 4_000_000;

/// A text to match.
pub(super) struct Matcher<'p> {
    colors: &'p Colors,
    /// The text in colors.
    text: &'p [u8],
    /// The positions of the characters of each set.
    places: Vec<Option<Rc<Positions>>>,
    /// The positions where each assertion holds.
    held: [Option<Rc<Positions>>; 8],
    steps: usize,
}

/// Start and end of each capture of a match, in characters; the whole match is the first.
pub(super) type Captures = Vec<Option<Range<usize>>>;

impl<'p> Matcher<'p> {
    pub fn new(colors: &'p Colors, sets: usize, text: &'p [u8]) -> Self {
        Matcher {
            colors,
            text,
            places: vec![None; sets],
            held: Default::default(),
            steps: 0,
        }
    }

    fn all(&self) -> Positions {
        Positions::holding(self.text.len(), |_| true)
    }

    /// Whether the pattern matches somewhere; `None` if that takes too long.
    pub fn is_match(&mut self, node: &PatternNode) -> Option<bool> {
        let starts = self.reach(node, self.all(), false)?;
        Some(!starts.is_empty())
    }

    /// The matches of the pattern from the character `from` on; `None` if that takes too long. At most one of them
    /// counts where `only_first`.
    pub fn matches(
        &mut self,
        node: &PatternNode,
        captures: usize,
        from: usize,
        only_first: bool,
    ) -> Option<Vec<Captures>> {
        let length = self.text.len();
        let starts = self.reach(node, self.all(), false)?;
        let mut found = Vec::new();
        let mut from = from;
        while let Some(start) = starts.first(from..length + 1) {
            let mut at_start = Positions::none(length);
            at_start.add(start);
            let ends = self.reach(node, at_start, true)?;
            let end = match node.preference() {
                Some(Preference::Shortest) => ends.first(start..length + 1),
                _ => ends.last(start..length + 1),
            }?;
            let mut parts = vec![None; captures + 1];
            parts[0] = Some(start..end);
            if captures > 0 {
                self.dissect(node, start, end, &mut parts)?;
            }
            found.push(parts);
            // An empty match is skipped.
            from = if end == start { end + 1 } else { end };
            if only_first {
                break;
            }
        }
        Some(found)
    }

    /// Counts steps, and gives up at the limit.
    fn step(&mut self) -> Option<()> {
        self.steps += self.text.len() / 64 + 1;
        (self.steps <= MOST_STEPS).then_some(())
    }

    /// The positions of the characters of a set.
    fn places(&mut self, set: usize) -> Rc<Positions> {
        let (colors, text) = (self.colors, self.text);
        let is_in = |at: usize| text.get(at).is_some_and(|color| colors.is_in(set, *color));
        let places =
            self.places[set].get_or_insert_with(|| Rc::new(Positions::holding(text.len(), is_in)));
        Rc::clone(places)
    }

    /// The possible ends of a match of `node` from `from`, or, backwards, its possible starts.
    fn reach(
        &mut self,
        node: &PatternNode,
        mut from: Positions,
        forward: bool,
    ) -> Option<Positions> {
        self.step()?;
        match node {
            PatternNode::Empty => {}
            PatternNode::Set(set) => {
                let places = self.places(*set);
                if forward {
                    from.merge(&places, |from, place| from & place);
                    from.step_forward();
                } else {
                    from.step_back();
                    from.merge(&places, |from, place| from & place);
                }
            }
            PatternNode::Assert(assertion) => {
                let holds = self.held(*assertion);
                from.merge(&holds, |from, holds| from & holds);
            }
            PatternNode::Look {
                ahead,
                negated,
                node,
            } => {
                let holds = self.reach(node, self.all(), !ahead)?;
                if *negated {
                    from.merge(&holds, |from, holds| from & !holds);
                } else {
                    from.merge(&holds, |from, holds| from & holds);
                }
            }
            PatternNode::Capture(_, node) => return self.reach(node, from, forward),
            PatternNode::Sequence(nodes) => return self.reach_all(nodes, from, forward),
            PatternNode::Choice(nodes) => {
                let mut reached = Positions::none(self.text.len());
                for node in nodes {
                    let by = self.reach(node, from.clone(), forward)?;
                    reached.merge(&by, |one, other| one | other);
                }
                return Some(reached);
            }
            PatternNode::Repeat {
                node, least, most, ..
            } => {
                return self.reach_repeated(node, (*least, *most), from, forward);
            }
        }
        Some(from)
    }

    /// The same for neighbours.
    fn reach_all(
        &mut self,
        nodes: &[PatternNode],
        from: Positions,
        forward: bool,
    ) -> Option<Positions> {
        if forward {
            nodes
                .iter()
                .try_fold(from, |from, node| self.reach(node, from, true))
        } else {
            nodes
                .iter()
                .rev()
                .try_fold(from, |from, node| self.reach(node, from, false))
        }
    }

    /// The same for a number of repetitions, at least and at most.
    fn reach_repeated(
        &mut self,
        node: &PatternNode,
        (least, most): (u32, Option<u32>),
        mut from: Positions,
        forward: bool,
    ) -> Option<Positions> {
        for _ in 0..least {
            from = self.reach(node, from, forward)?;
        }
        let more = most.map(|most| most.saturating_sub(least));
        self.repeated(node, from, more, forward)
    }

    /// The positions after at most so many repetitions.
    fn repeated(
        &mut self,
        node: &PatternNode,
        from: Positions,
        most: Option<u32>,
        forward: bool,
    ) -> Option<Positions> {
        let mut reached = from.clone();
        if let (PatternNode::Set(set), None) = (node, most) {
            let places = self.places(*set);
            self.step()?;
            if forward {
                reached.run_over(&places);
            } else {
                self.steps += self.text.len();
                for at in (0..self.text.len()).rev() {
                    if reached.has(at + 1) && places.has(at) {
                        reached.add(at);
                    }
                }
            }
            return Some(reached);
        }
        let mut new = from;
        let mut left = most.unwrap_or(u32::MAX);
        while left > 0 && !new.is_empty() {
            let mut next = self.reach(node, new, forward)?;
            next.merge(&reached, |next, reached| next & !reached);
            reached.merge(&next, |one, other| one | other);
            new = next;
            left -= 1;
        }
        Some(reached)
    }

    /// The positions where an assertion holds.
    fn held(&mut self, assertion: Assertion) -> Rc<Positions> {
        let slot = assertion as usize;
        if let Some(held) = &self.held[slot] {
            return Rc::clone(held);
        }
        let held = Positions::holding(self.text.len(), |at| self.holds(assertion, at));
        let held = Rc::new(held);
        self.held[slot] = Some(Rc::clone(&held));
        held
    }

    fn holds(&self, assertion: Assertion, at: usize) -> bool {
        let (before, after) = (
            at.checked_sub(1).and_then(|before| self.text.get(before)),
            self.text.get(at),
        );
        let is_word = |color: Option<&u8>| {
            color.is_some_and(|color| color.is_ascii_alphanumeric() || *color == b'_')
        };
        let line_feed = self.colors.of('\n');
        match assertion {
            Assertion::TextStart => before.is_none(),
            Assertion::TextEnd => after.is_none(),
            Assertion::LineStart => before.is_none_or(|color| *color == line_feed),
            Assertion::LineEnd => after.is_none_or(|color| *color == line_feed),
            Assertion::WordStart => !is_word(before) && is_word(after),
            Assertion::WordEnd => is_word(before) && !is_word(after),
            Assertion::WordBoundary => is_word(before) != is_word(after),
            Assertion::NoWordBoundary => is_word(before) == is_word(after),
        }
    }

    fn reach_from(&mut self, node: &PatternNode, start: usize) -> Option<Positions> {
        let mut at = Positions::none(self.text.len());
        at.add(start);
        self.reach(node, at, true)
    }
}
