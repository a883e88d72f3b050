//! A cache of clause results per object across searches, because users change one clause at a time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::query::KnownAnswers;

/// Most bytes of a hub's memory that are kept after a generation has ended.
const GENERATION: usize = 16 << 20;
/// Longest clause that is remembered, in bytes.
const LONGEST_CLAUSE: usize = 4096;

/// The results of single-category clauses, by text. The size is bounded: entries that are not used while the younger half fills are
/// evicted with the older half.
#[derive(Debug, Default)]
pub(super) struct Memory {
    halves: Mutex<Halves>,
}

#[derive(Debug, Default)]
struct Halves {
    younger: HashMap<String, Arc<KnownAnswers>>,
    older: HashMap<String, Arc<KnownAnswers>>,
    /// Bytes of the younger half.
    bytes: usize,
}

impl Memory {
    /// The known results of a clause.
    pub fn known(&self, clause: &str) -> Option<Arc<KnownAnswers>> {
        let mut halves = self.halves();
        if let Some(known) = halves.younger.get(clause) {
            return Some(Arc::clone(known));
        }
        let (clause, known) = halves.older.remove_entry(clause)?;
        halves.keep(clause, Arc::clone(&known));
        Some(known)
    }

    /// Stores new results of a clause.
    pub fn learn(&self, clause: &str, known: KnownAnswers) {
        if clause.len() <= LONGEST_CLAUSE && known.len() <= GENERATION {
            self.halves().keep(clause.to_owned(), Arc::new(known));
        }
    }

    fn halves(&self) -> MutexGuard<'_, Halves> {
        self.halves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Halves {
    fn keep(&mut self, clause: String, known: Arc<KnownAnswers>) {
        self.bytes += clause.len() + known.len();
        if let Some(before) = self.younger.insert(clause, known) {
            self.bytes -= before.len();
        }
        if self.bytes > GENERATION {
            self.older = std::mem::take(&mut self.younger);
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_again_stays_and_what_is_not_goes() {
        let memory = Memory::default();
        memory.learn("asked again", vec![Some(Some(true))]);
        memory.learn("forgotten", vec![Some(Some(false))]);
        for number in 0..200 {
            memory.learn(&number.to_string(), vec![None; GENERATION / 50]);
            assert!(memory.known("asked again").is_some());
        }
        assert_eq!(memory.known("forgotten"), None);
        let halves = memory.halves();
        let kept: usize = [&halves.younger, &halves.older]
            .into_iter()
            .flat_map(HashMap::values)
            .map(|known| known.len())
            .sum();
        assert!(kept <= 2 * GENERATION + GENERATION / 50, "{kept} bytes");
    }
}
