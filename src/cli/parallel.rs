//! Work on as many threads as there are processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Does a piece of work for each number below `count`, on as many threads as there are processors.
pub fn in_parallel<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(count);
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(count));
    let share = || {
        let mut own = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            own.push((number, work(number)));
        }
        // Poisoned only by a panic, which ends the program anyway.
        done.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(own);
    };
    std::thread::scope(|scope| {
        // This thread works too, so that all is done even where the system has no thread to give.
        for _ in 1..threads {
            let _ = std::thread::Builder::new().spawn_scoped(scope, share);
        }
        share();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, value)| value).collect()
}
