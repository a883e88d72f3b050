//! Random numbers: `ChaCha8` with one stream for each permutation, so that the order of work does not matter.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// The random numbers of one permutation.
pub(super) struct RandomStream(ChaCha8Rng);

impl RandomStream {
    /// The stream of a permutation. Sets that are randomised each by itself have a number each; otherwise it is 0.
    pub(super) fn new(seed: u64, set: u64, permutation: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&set.to_le_bytes());
        let mut random = ChaCha8Rng::from_seed(key);
        random.set_stream(permutation);
        RandomStream(random)
    }

    /// A number below a bound, all equally probable: Lemire's method. The bound is not 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let threshold = bound.wrapping_neg() % bound.max(1);
        loop {
            let product = u128::from(self.0.next_u64()) * u128::from(bound);
            if product as u64 >= threshold {
                return (product >> 64) as u64;
            }
        }
    }

    /// All orders equally probable.
    pub(super) fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            let other = self.below(last as u64 + 1) as usize;
            values.swap(last, other);
        }
    }

    /// As many different numbers below a bound as asked for, sorted; all choices equally probable.
    pub(super) fn distinct_below(&mut self, count: usize, bound: u64, chosen: &mut Vec<u64>) {
        chosen.clear();
        if count as u64 > bound / 2 {
            // The numbers that are left out are fewer.
            let mut left_out = Vec::new();
            self.distinct_below((bound as usize).saturating_sub(count), bound, &mut left_out);
            let mut left_out = left_out.into_iter().peekable();
            chosen.extend((0..bound).filter(|number| left_out.next_if_eq(number).is_none()));
            return;
        }
        // Numbers drawn twice count once, and new ones are drawn in their place: no choice is preferred.
        while chosen.len() < count {
            let missing = count - chosen.len();
            chosen.extend((0..missing).map(|_| self.below(bound)));
            chosen.sort_unstable();
            chosen.dedup();
        }
    }
}

/// Room that draws use again.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) numbers: Vec<u64>,
    pub(super) lengths: Vec<u32>,
    pub(super) gaps: Vec<u32>,
}
