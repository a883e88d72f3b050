//! Answers that are kept, since they never change while the server runs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

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

struct Kept {
    /// The answers, each with what it takes.
    answers: LruCache<String, (Arc<StoredAnswer>, usize)>,
    bytes: usize,
}

impl Cache {
    pub fn new(limit: usize) -> Self {
        let (answers, bytes) = (LruCache::unbounded(), 0);
        Cache {
            limit,
            kept: Mutex::new(Kept { answers, bytes }),
        }
    }

    /// The answer to a request, if it is kept.
    pub fn get(&self, asked: &str) -> Option<Arc<StoredAnswer>> {
        let mut kept = self.kept();
        let (answer, _) = kept.answers.get(asked)?;
        Some(Arc::clone(answer))
    }

    /// Keeps an answer, or notes that it has grown.
    pub fn put(&self, asked: &str, answer: &Arc<StoredAnswer>) {
        let bytes = answer.bytes() + 2 * asked.len() + OVERHEAD;
        let kept = &mut *self.kept();
        if let Some((_, before)) = kept.answers.pop(asked) {
            kept.bytes -= before;
        }
        if bytes > self.limit / LARGEST_PART {
            return;
        }
        kept.answers
            .put(asked.to_owned(), (Arc::clone(answer), bytes));
        kept.bytes += bytes;
        while kept.bytes > self.limit
            && let Some((_, (_, oldest))) = kept.answers.pop_lru()
        {
            kept.bytes -= oldest;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // A thread that panicked while holding it left at most a wrong count.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
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
