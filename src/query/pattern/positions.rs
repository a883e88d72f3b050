//! Sets of positions in a text.

use std::ops::Range;

/// Positions between the characters of a text, one bit for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Positions(Vec<u64>);

impl Positions {
    pub fn none(characters: usize) -> Self {
        Positions(vec![0; characters / 64 + 1])
    }

    pub fn holding(characters: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut positions = Positions::none(characters);
        (0..=characters)
            .filter(|at| holds(*at))
            .for_each(|at| positions.add(at));
        positions
    }

    pub fn add(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    pub fn has(&self, at: usize) -> bool {
        self.0[at / 64] & (1 << (at % 64)) != 0
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn merge(&mut self, other: &Positions, merged: impl Fn(u64, u64) -> u64) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word = merged(*word, *other);
        }
    }

    /// Adds all that can be reached over neighbouring `places` (`MatchStar` of Parabix: a carry runs through them).
    pub fn run_over(&mut self, places: &Positions) {
        let mut carried = false;
        for (word, places) in self.0.iter_mut().zip(&places.0) {
            let (sum, first) = (*word & places).overflowing_add(*places);
            let (sum, second) = sum.overflowing_add(u64::from(carried));
            carried = first || second;
            *word |= sum ^ places;
        }
    }

    pub fn step_forward(&mut self) {
        let mut carried = 0;
        for word in &mut self.0 {
            (*word, carried) = (*word << 1 | carried, *word >> 63);
        }
    }

    pub fn step_back(&mut self) {
        let mut carried = 0;
        for word in self.0.iter_mut().rev() {
            (*word, carried) = (*word >> 1 | carried, *word << 63);
        }
    }

    /// The first position in a range, or the last.
    pub fn first(&self, mut range: Range<usize>) -> Option<usize> {
        range.find(|at| self.has(*at))
    }

    pub fn last(&self, range: Range<usize>) -> Option<usize> {
        range.rev().find(|at| self.has(*at))
    }
}
