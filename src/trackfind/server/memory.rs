//! A cache of clause results per object across searches, because users change one clause at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use crate::query::KnownAnswers;

/// Most bytes of the results of a hub, its clauses included.
const MOST_BYTES: usize = 32 << 20;
/// Longest clause that is remembered, in bytes.
const LONGEST_CLAUSE: usize = 4096;

/// The results of single-category clauses by text, and their bytes. Those that were not used longest are evicted first.
#[derive(Debug)]
pub(super) struct Memory(Mutex<(LruCache<String, Arc<KnownAnswers>>, usize)>);

impl Default for Memory {
    fn default() -> Self {
        Memory(Mutex::new((LruCache::unbounded(), 0)))
    }
}

impl Memory {
    /// The known results of a clause.
    pub fn known(&self, clause: &str) -> Option<Arc<KnownAnswers>> {
        self.lock().0.get(clause).cloned()
    }

    /// Stores new results of a clause.
    pub fn learn(&self, clause: &str, known: KnownAnswers) {
        if clause.len() > LONGEST_CLAUSE || known.len() > MOST_BYTES / 2 {
            return;
        }
        let (results, bytes) = &mut *self.lock();
        *bytes += clause.len() + known.len();
        let replaced = results.push(clause.to_owned(), Arc::new(known));
        *bytes -= replaced.map_or(0, |(clause, known)| clause.len() + known.len());
        while *bytes > MOST_BYTES
            && let Some((clause, known)) = results.pop_lru()
        {
            *bytes -= clause.len() + known.len();
        }
    }

    fn lock(&self) -> MutexGuard<'_, (LruCache<String, Arc<KnownAnswers>>, usize)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
            memory.learn(&number.to_string(), vec![None; MOST_BYTES / 50]);
            assert!(memory.known("asked again").is_some());
        }
        assert_eq!(memory.known("forgotten"), None);
        let (results, bytes) = &*memory.lock();
        let kept: usize = results
            .iter()
            .map(|(clause, known)| clause.len() + known.len())
            .sum();
        assert_eq!((kept, kept <= MOST_BYTES), (*bytes, true));
    }
}
