//! Where a pattern matches, and what its parts match there: the longest or the shortest text, as each part prefers
//! (manual section 9.7.3.5).
//!
//! Instead of one position, a whole set of positions moves through the pattern, so that the time grows with the
//! pattern and the text, not with the number of ways to match.

use std::ops::Range;
use std::rc::Rc;

use super::colors::Colors;
use super::node::{Assertion, Node, Preference};
use super::positions::Positions;

/// How many steps of 64 positions a match may take.
const MOST_STEPS: usize = 4_000_000;

/// A text that a pattern is matched with.
pub(super) struct Matcher<'p> {
    colors: &'p Colors,
    /// The text in colors.
    text: &'p [u8],
    /// Where the characters of each set stand.
    places: Vec<Option<Rc<Positions>>>,
    /// Where each assertion holds.
    held: [Option<Rc<Positions>>; 8],
    steps: usize,
}

/// Where each capture of a match starts and ends, in characters; the whole match is the first.
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
    pub fn is_match(&mut self, node: &Node) -> Option<bool> {
        let starts = self.reach(node, self.all(), false)?;
        Some(!starts.is_empty())
    }

    /// The matches of the pattern from the character `from` on; `None` if that takes too long. At most one of them
    /// counts where `only_first`.
    pub fn matches(
        &mut self,
        node: &Node,
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
            // An empty match is passed by.
            from = if end == start { end + 1 } else { end };
            if only_first {
                break;
            }
        }
        Some(found)
    }

    /// Counts what is done, and gives up when it is too much.
    fn step(&mut self) -> Option<()> {
        self.steps += self.text.len() / 64 + 1;
        (self.steps <= MOST_STEPS).then_some(())
    }

    /// Where the characters of a set stand.
    fn places(&mut self, set: usize) -> Rc<Positions> {
        let (colors, text) = (self.colors, self.text);
        let is_in = |at: usize| text.get(at).is_some_and(|color| colors.is_in(set, *color));
        let places =
            self.places[set].get_or_insert_with(|| Rc::new(Positions::holding(text.len(), is_in)));
        Rc::clone(places)
    }

    /// Where what `node` matches can end if it starts at `from`; or, backwards, where it can start if it ends there.
    fn reach(&mut self, node: &Node, mut from: Positions, forward: bool) -> Option<Positions> {
        self.step()?;
        match node {
            Node::Empty => {}
            Node::Set(set) => {
                let places = self.places(*set);
                if forward {
                    from.merge(&places, |from, place| from & place);
                    from.to_next();
                } else {
                    from.to_previous();
                    from.merge(&places, |from, place| from & place);
                }
            }
            Node::Assert(assertion) => {
                let holds = self.held(*assertion);
                from.merge(&holds, |from, holds| from & holds);
            }
            Node::Look {
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
            Node::Capture(_, node) => return self.reach(node, from, forward),
            Node::Sequence(nodes) => {
                for place in 0..nodes.len() {
                    let place = if forward {
                        place
                    } else {
                        nodes.len() - 1 - place
                    };
                    from = self.reach(&nodes[place], from, forward)?;
                }
            }
            Node::Choice(nodes) => {
                let mut reached = Positions::none(self.text.len());
                for node in nodes {
                    let by = self.reach(node, from.clone(), forward)?;
                    reached.merge(&by, |one, other| one | other);
                }
                return Some(reached);
            }
            Node::Repeat {
                node, least, most, ..
            } => {
                for _ in 0..*least {
                    from = self.reach(node, from, forward)?;
                }
                let more = most.map(|most| most.saturating_sub(*least));
                return self.repeated(node, from, more, forward);
            }
        }
        Some(from)
    }

    /// Where at most so many repetitions lead.
    fn repeated(
        &mut self,
        node: &Node,
        from: Positions,
        most: Option<u32>,
        forward: bool,
    ) -> Option<Positions> {
        let mut reached = from.clone();
        if let (Node::Set(set), None) = (node, most) {
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

    /// Where an assertion holds.
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

    fn from(&mut self, node: &Node, start: usize) -> Option<Positions> {
        let mut at = Positions::none(self.text.len());
        at.add(start);
        self.reach(node, at, true)
    }

    /// Finds what the captures in `node` match, given that the whole of it matches from `start` to `end`.
    fn dissect(
        &mut self,
        node: &Node,
        start: usize,
        end: usize,
        captures: &mut Captures,
    ) -> Option<()> {
        if !node.captures() {
            return Some(());
        }
        match node {
            Node::Capture(number, node) => {
                captures[*number] = Some(start..end);
                self.dissect(node, start, end, captures)
            }
            Node::Sequence(nodes) => self.dissect_sequence(nodes, start, end, captures),
            Node::Choice(nodes) => {
                for node in nodes {
                    if self.from(node, start)?.has(end) {
                        return self.dissect(node, start, end, captures);
                    }
                }
                Some(())
            }
            Node::Repeat {
                node, least, most, ..
            } => self.dissect_repeat(node, (*least, *most), start, end, captures),
            Node::Empty | Node::Set(_) | Node::Assert(_) | Node::Look { .. } => Some(()),
        }
    }

    fn dissect_sequence(
        &mut self,
        nodes: &[Node],
        mut start: usize,
        end: usize,
        captures: &mut Captures,
    ) -> Option<()> {
        // Neighbours that capture nothing and prefer the same count as one part.
        let mut parts: Vec<(Vec<Node>, Option<Preference>)> = Vec::new();
        for node in nodes {
            let (preference, captures) = (node.preference(), node.captures());
            match parts.last_mut() {
                Some((part, preferred))
                    if !captures
                        && !part.iter().any(Node::captures)
                        && (preference.is_none()
                            || preferred.is_none()
                            || *preferred == preference) =>
                {
                    part.push(node.clone());
                    *preferred = preferred.or(preference);
                }
                _ => parts.push((vec![node.clone()], preference)),
            }
        }
        let parts: Vec<(Node, Option<Preference>)> = parts
            .into_iter()
            .map(|(nodes, preference)| (Node::sequence(nodes), preference))
            .collect();
        // From where each rest can still reach the end.
        let mut rests = vec![Positions::none(self.text.len()); parts.len() + 1];
        rests[parts.len()].add(end);
        for place in (0..parts.len()).rev() {
            rests[place] = self.reach(&parts[place].0, rests[place + 1].clone(), false)?;
        }
        for (place, (node, preference)) in parts.iter().enumerate() {
            let mut ends = self.from(node, start)?;
            ends.merge(&rests[place + 1], |one, other| one & other);
            let middle = match preference {
                Some(Preference::Shortest) => ends.first(start..end + 1),
                _ => ends.last(start..end + 1),
            }?;
            self.dissect(node, start, middle, captures)?;
            start = middle;
        }
        Some(())
    }

    fn dissect_repeat(
        &mut self,
        node: &Node,
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
            // From where what is left of the repetitions can reach the end.
            let rest = Node::Repeat {
                node: Box::new(node.clone()),
                least: least.saturating_sub(1),
                most: most.map(|most| most.saturating_sub(1)),
                preference: None,
            };
            let mut at_end = Positions::none(self.text.len());
            at_end.add(end);
            let mut ends = self.reach(&rest, at_end, false)?;
            let reached = self.from(node, start)?;
            ends.merge(&reached, |one, other| one & other);
            // A repetition of nothing counts only where there is no other.
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

/// Forgets what the captures in `node` matched before.
fn clear(node: &Node, captures: &mut Captures) {
    match node {
        Node::Capture(number, node) => {
            captures[*number] = None;
            clear(node, captures);
        }
        Node::Sequence(nodes) | Node::Choice(nodes) => {
            nodes.iter().for_each(|node| clear(node, captures));
        }
        Node::Repeat { node, .. } => clear(node, captures),
        Node::Empty | Node::Set(_) | Node::Assert(_) | Node::Look { .. } => {}
    }
}
