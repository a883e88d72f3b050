//! Answers that are kept, since they never change while the server runs.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::stored::StoredAnswer;

/// Approximate overhead of an entry beyond its texts and its body, in bytes.
const OVERHEAD: usize = 700;
/// The part of the cache that one answer may take.
const LARGEST_PART: usize = 4;

/// Responses by request; the least recently used make room for new ones.
pub struct Cache {
    limit: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    entries: HashMap<Arc<str>, Entry>,
    /// The same entries by when they were asked for.
    by_age: BTreeMap<u64, Arc<str>>,
    moments: u64,
    bytes: usize,
}

struct Entry {
    answer: Arc<StoredAnswer>,
    moment: u64,
    bytes: usize,
}

impl Cache {
    /// A cache of so many bytes.
    pub fn new(limit: usize) -> Self {
        Cache {
            limit,
            kept: Mutex::default(),
        }
    }

    /// The answer to a request, if it is kept.
    pub fn get(&self, asked: &str) -> Option<Arc<StoredAnswer>> {
        let kept = &mut *self.kept();
        let entry = kept.entries.get_mut(asked)?;
        kept.moments += 1;
        if let Some(key) = kept.by_age.remove(&entry.moment) {
            entry.moment = kept.moments;
            kept.by_age.insert(kept.moments, key);
        }
        Some(Arc::clone(&entry.answer))
    }

    /// Keeps an answer, or notes that it has grown.
    pub fn put(&self, asked: &str, answer: &Arc<StoredAnswer>) {
        let bytes = answer.bytes() + 2 * asked.len() + OVERHEAD;
        let kept = &mut *self.kept();
        kept.remove(asked);
        if bytes > self.limit / LARGEST_PART {
            return;
        }
        kept.moments += 1;
        let (key, moment) = (Arc::<str>::from(asked), kept.moments);
        kept.by_age.insert(moment, Arc::clone(&key));
        let answer = Arc::clone(answer);
        kept.entries.insert(
            key,
            Entry {
                answer,
                moment,
                bytes,
            },
        );
        kept.bytes += bytes;
        while kept.bytes > self.limit {
            let Some((_, oldest)) = kept.by_age.first_key_value() else {
                break;
            };
            let oldest = Arc::clone(oldest);
            kept.remove(&oldest);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Whoever panicked while holding it left at most a count that is off.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn remove(&mut self, asked: &str) {
        if let Some(entry) = self.entries.remove(asked) {
            self.by_age.remove(&entry.moment);
            self.bytes -= entry.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Arc<StoredAnswer> {
        Arc::new(StoredAnswer::whole(200, "text/plain", vec![b'a'; bytes]))
    }

    #[test]
    fn what_was_asked_longest_ago_makes_room() {
        let cache = Cache::new(10_000);
        for name in ["a", "b", "c", "d"] {
            cache.put(name, &answer(1_500));
        }
        assert!(cache.get("a").is_some());
        cache.put("e", &answer(1_500));
        let kept: Vec<bool> = ["a", "b", "c", "d", "e"]
            .iter()
            .map(|name| cache.get(name).is_some())
            .collect();
        assert_eq!(kept, [true, false, true, true, true]);
    }

    #[test]
    fn an_answer_that_would_fill_the_cache_is_not_kept() {
        let cache = Cache::new(10_000);
        cache.put("small", &answer(100));
        cache.put("large", &answer(5_000));
        assert!(cache.get("small").is_some());
        assert!(cache.get("large").is_none());
    }

    #[test]
    fn the_same_answer_put_twice_is_counted_once() {
        let cache = Cache::new(10_000);
        for _ in 0..20 {
            cache.put("a", &answer(1_500));
        }
        cache.put("b", &answer(1_500));
        assert!(cache.get("a").is_some() && cache.get("b").is_some());
    }
}
