//! Sharing the server's resources fairly among clients.
//!
//! A client may hold at most as much of a resource as it leaves free, so that the next client finds some, however much the
//! others want ("dynamic threshold"). A waiting client is served before clients that already hold more, and does not hold
//! up clients whose request can be met.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::client_address::ClientAddress;
use super::resources::Resources;

/// The total, the shares in use, and the clients that wait.
pub struct Pool {
    total: Resources,
    /// The most that one client may hold, however much is free.
    most: Resources,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Resources,
    clients: HashMap<ClientAddress, Resources>,
    /// In the order of arrival.
    waiting: Vec<Waiting>,
}

struct Waiting {
    client: ClientAddress,
    needs: Resources,
    sender: oneshot::Sender<Share>,
}

/// The share of one request, until it is dropped.
pub struct Share {
    pool: Arc<Pool>,
    client: ClientAddress,
    held: Mutex<Resources>,
}

impl Pool {
    /// A pool of which each client may hold half, and no more than `most`.
    pub fn new(total: Resources, most: Resources) -> Arc<Self> {
        Arc::new(Pool {
            total,
            most,
            state: Mutex::default(),
        })
    }

    /// The most bytes that one client can ever hold.
    pub fn most_bytes(&self) -> usize {
        (self.total.bytes / 2).min(self.most.bytes)
    }

    /// Takes what a request needs, once the client may hold it. Nothing is taken if the caller stops waiting.
    pub async fn acquire(
        self: &Arc<Self>,
        client: ClientAddress,
        needs: Resources,
    ) -> Option<Share> {
        let receiver = {
            let mut state = self.state();
            if state.grant(self, client, needs) {
                drop(state);
                return Some(self.share(client, needs));
            }
            state.forget_who_left();
            let (sender, receiver) = oneshot::channel();
            state.waiting.push(Waiting {
                client,
                needs,
                sender,
            });
            receiver
        };
        receiver.await.ok()
    }

    fn share(self: &Arc<Self>, client: ClientAddress, held: Resources) -> Share {
        Share {
            pool: Arc::clone(self),
            client,
            held: Mutex::new(held),
        }
    }

    /// Gives back what a client held, and serves those who waited for it.
    fn release(self: &Arc<Self>, client: ClientAddress, given_back: Resources) {
        let mut served = Vec::new();
        {
            let mut state = self.state();
            state.give_back(client, given_back);
            state.forget_who_left();
            while let Some(next) = state.next(self) {
                let waiting = state.waiting.remove(next);
                state.grant(self, waiting.client, waiting.needs);
                served.push(waiting);
            }
        }
        for waiting in served {
            // Who no longer waits drops its share here, with the state unlocked.
            let _ = waiting
                .sender
                .send(self.share(waiting.client, waiting.needs));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn of(&self, client: ClientAddress) -> Resources {
        self.clients.get(&client).copied().unwrap_or_default()
    }

    /// Whether a client that holds something may hold this much more.
    fn may_have(&self, pool: &Pool, holds: Resources, needs: Resources) -> bool {
        let free = pool.total.minus(self.held);
        let holds = holds.plus(needs);
        // Only what is asked for counts: who holds many bytes may still search.
        let asked = |needed: usize, amount: usize| if needed == 0 { 0 } else { amount };
        needs.fits(free)
            && needs.each(holds, asked).fits(pool.most)
            && needs.each(holds, asked).fits(free.minus(needs))
    }

    fn grant(&mut self, pool: &Pool, client: ClientAddress, needs: Resources) -> bool {
        let holds = self.of(client);
        let may_have = self.may_have(pool, holds, needs);
        if may_have {
            self.held = self.held.plus(needs);
            self.set(client, holds.plus(needs));
        }
        may_have
    }

    fn give_back(&mut self, client: ClientAddress, given_back: Resources) {
        self.held = self.held.minus(given_back);
        self.set(client, self.of(client).minus(given_back));
    }

    fn forget_who_left(&mut self) {
        self.waiting.retain(|waiting| !waiting.sender.is_closed());
    }

    /// Notes what a client holds, as long as it holds anything.
    fn set(&mut self, client: ClientAddress, holds: Resources) {
        if holds == Resources::default() {
            self.clients.remove(&client);
        } else {
            self.clients.insert(client, holds);
        }
    }

    /// The place of whom to serve: of those who may have what they need, the client that runs least, then holds least,
    /// then waits longest.
    fn next(&self, pool: &Pool) -> Option<usize> {
        // Many requests in a row are often one client's.
        let mut last = None;
        let mut held_by = |client| match last {
            Some((known, holds)) if known == client => holds,
            _ => last.insert((client, self.of(client))).1,
        };
        let waiting = self.waiting.iter().enumerate();
        let candidates = waiting.filter_map(|(place, waiting)| {
            let holds = held_by(waiting.client);
            let order = (holds.searches + holds.lookups, holds.bytes, place);
            self.may_have(pool, holds, waiting.needs).then_some(order)
        });
        candidates.min().map(|(_, _, place)| place)
    }
}

impl Share {
    /// Holds at least this many bytes, if the client may. Never waits.
    pub fn grow(&self, bytes: usize) -> bool {
        let mut held = self.held();
        let needs = Resources::of_bytes(bytes.saturating_sub(held.bytes));
        let may_have = needs.bytes == 0 || self.pool.state().grant(&self.pool, self.client, needs);
        if may_have {
            *held = held.plus(needs);
        }
        may_have
    }

    /// Gives back all but so many bytes: the work is done, and its answer is on its way.
    pub fn end_work(&self, bytes: usize) {
        let mut held = self.held();
        let kept = Resources::of_bytes(bytes.min(held.bytes));
        let given_back = held.minus(kept);
        *held = kept;
        drop(held);
        self.give_back(given_back);
    }

    fn give_back(&self, given_back: Resources) {
        if given_back != Resources::default() {
            self.pool.release(self.client, given_back);
        }
    }

    fn held(&self) -> MutexGuard<'_, Resources> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let held = *self.held();
        self.give_back(held);
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use proptest::prelude::*;

    use super::*;

    const SEARCH: Resources = Resources {
        searches: 1,
        lookups: 0,
        bytes: 1,
    };

    fn client(number: u8) -> ClientAddress {
        ClientAddress::from([127, 0, 0, number])
    }

    fn pool() -> Arc<Pool> {
        let total = Resources {
            searches: 8,
            lookups: 8,
            bytes: 1024,
        };
        Pool::new(total, total)
    }

    /// The share that a client gets without waiting.
    fn at_once(pool: &Arc<Pool>, number: u8, needs: Resources) -> Option<Share> {
        match pin!(pool.acquire(client(number), needs))
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(share) => share,
            Poll::Pending => None,
        }
    }

    #[test]
    fn one_client_holds_at_most_half() {
        let pool = pool();
        let _half = at_once(&pool, 1, Resources::of_bytes(512)).unwrap();
        assert!(at_once(&pool, 1, Resources::of_bytes(1)).is_none());
        assert_eq!(pool.most_bytes(), 512);
        let _searches: Vec<_> = (0..4).map(|_| at_once(&pool, 2, SEARCH).unwrap()).collect();
        assert!(at_once(&pool, 2, SEARCH).is_none());
    }

    #[test]
    fn a_newcomer_finds_something_free_however_many_were_greedy() {
        let pool = pool();
        let mut greedy = Vec::new();
        for number in 1..=6 {
            while let Some(share) = at_once(&pool, number, Resources::of_bytes(4)) {
                greedy.push(share);
            }
        }
        assert!(at_once(&pool, 7, Resources::of_bytes(4)).is_some());
    }

    #[test]
    fn who_waits_for_memory_is_passed_by_who_needs_none() {
        let pool = pool();
        let held = at_once(&pool, 1, Resources::of_bytes(512)).unwrap();
        let mut context = Context::from_waker(Waker::noop());
        let mut waiting = pin!(pool.acquire(client(1), SEARCH));
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        assert!(at_once(&pool, 2, SEARCH).is_some());
        let lookup = Resources {
            lookups: 1,
            ..Resources::default()
        };
        assert!(at_once(&pool, 1, lookup).is_some());
        drop(held);
        assert!(waiting.as_mut().poll(&mut context).is_ready());
    }

    #[test]
    fn who_runs_less_is_served_first() {
        let pool = pool();
        let mut running: Vec<_> = (0..4).map(|_| at_once(&pool, 1, SEARCH).unwrap()).collect();
        running.extend((0..2).map(|_| at_once(&pool, 2, SEARCH).unwrap()));
        let _third = at_once(&pool, 3, SEARCH).unwrap();
        let mut context = Context::from_waker(Waker::noop());
        let mut earlier = pin!(pool.acquire(client(2), SEARCH));
        let mut later = pin!(pool.acquire(client(4), SEARCH));
        assert!(earlier.as_mut().poll(&mut context).is_pending());
        assert!(later.as_mut().poll(&mut context).is_pending());
        running.remove(0);
        assert!(earlier.as_mut().poll(&mut context).is_pending());
        assert!(later.as_mut().poll(&mut context).is_ready());
    }

    #[test]
    fn who_stops_waiting_takes_nothing() {
        let pool = pool();
        let held = at_once(&pool, 1, Resources::of_bytes(512)).unwrap();
        assert!(at_once(&pool, 1, Resources::of_bytes(512)).is_none());
        drop(held);
        assert!(at_once(&pool, 1, Resources::of_bytes(512)).is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_given_that_is_not_there_and_all_comes_back(
            steps in prop::collection::vec((1_u8..5, 0_usize..3, 0_usize..600, any::<bool>()), 1..60)
        ) {
            let pool = pool();
            let mut shares = Vec::new();
            for (number, searches, bytes, ends) in steps {
                if ends && !shares.is_empty() {
                    let share: Share = shares.remove(bytes % shares.len());
                    if searches == 0 {
                        share.end_work(bytes);
                        share.grow(bytes);
                        shares.push(share);
                    }
                } else {
                    let needs = Resources { searches, lookups: 0, bytes };
                    shares.extend(at_once(&pool, number, needs));
                }
                let state = pool.state();
                prop_assert!(state.held.fits(pool.total));
                let sum = state.clients.values().fold(Resources::default(), |sum, held| sum.plus(*held));
                prop_assert_eq!(sum, state.held);
                drop(state);
            }
            drop(shares);
            prop_assert_eq!(pool.state().held, Resources::default());
            prop_assert!(pool.state().clients.is_empty());
        }
    }
}
