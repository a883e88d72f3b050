//! Connections that are open, and whose they are.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

use super::client_address::ClientAddress;

/// All connections, of which there are at most so many. Where all are taken, who has fewer than another takes the oldest
/// one of who has most.
pub struct ConnectionLimiter {
    most: usize,
    /// Behind these are many clients, so that they lose none.
    proxies: Vec<ClientAddress>,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    count: usize,
    opened: u64,
    clients: HashMap<ClientAddress, BTreeMap<u64, Option<AbortHandle>>>,
}

/// A connection, counted until it is dropped.
pub struct ConnectionPermit {
    connections: Arc<ConnectionLimiter>,
    client: ClientAddress,
    number: u64,
}

impl ConnectionLimiter {
    /// At most so many connections.
    pub fn new(most: usize, proxies: &[IpAddr]) -> Arc<Self> {
        Arc::new(ConnectionLimiter {
            most,
            proxies: proxies.iter().copied().map(Into::into).collect(),
            open: Mutex::default(),
        })
    }

    /// A place for a connection of a client, if there is one for it.
    pub fn place(self: &Arc<Self>, client: ClientAddress) -> Option<ConnectionPermit> {
        let mut open = self.open();
        if open.count >= self.most {
            let has = open.clients.get(&client).map_or(0, BTreeMap::len);
            let others = open.clients.iter();
            let (&greediest, _) = others
                .filter(|(other, _)| !self.proxies.contains(other))
                .max_by_key(|(_, connections)| connections.len())
                .filter(|(_, connections)| connections.len() > has + 1)?;
            let oldest = *open.clients.get(&greediest)?.first_key_value()?.0;
            if let Some(task) = open.forget(greediest, oldest) {
                task.abort();
            }
        }
        open.count += 1;
        open.opened += 1;
        let number = open.opened;
        open.clients.entry(client).or_default().insert(number, None);
        Some(ConnectionPermit {
            connections: Arc::clone(self),
            client,
            number,
        })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Counts a connection no longer; given what serves it, unless it was forgotten before.
    fn forget(&mut self, client: ClientAddress, number: u64) -> Option<AbortHandle> {
        let connections = self.clients.get_mut(&client)?;
        let task = connections.remove(&number)?;
        self.count -= 1;
        if connections.is_empty() {
            self.clients.remove(&client);
        }
        task
    }
}

impl ConnectionPermit {
    /// Serves the connection, until it ends or its place is taken.
    pub fn serve(self, connection: impl Future<Output = ()> + Send + 'static) {
        let (connections, client, number) =
            (Arc::clone(&self.connections), self.client, self.number);
        let mut open = connections.open();
        let task = tokio::spawn(async move {
            let _until_the_end = self;
            connection.await;
        });
        let places = open.clients.get_mut(&client);
        if let Some(place) = places.and_then(|places| places.get_mut(&number)) {
            *place = Some(task.abort_handle());
        }
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.connections.open().forget(self.client, self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(number: u8) -> ClientAddress {
        ClientAddress::from([127, 0, 0, number])
    }

    #[test]
    fn who_has_fewer_takes_a_place_of_who_has_most() {
        let connections = ConnectionLimiter::new(4, &[]);
        let greedy = (0..4).filter_map(|_| connections.place(client(1)));
        let greedy: Vec<ConnectionPermit> = greedy.collect();
        assert!(connections.place(client(1)).is_none());
        let second = (0..3).filter_map(|_| connections.place(client(2)));
        let second: Vec<ConnectionPermit> = second.collect();
        assert_eq!((greedy.len(), second.len()), (4, 2));
        assert_eq!(connections.open().count, 4);
        // Those that lost their places end some time later.
        drop(greedy);
        assert_eq!(connections.open().count, 2);
        drop(second);
        assert!(connections.open().clients.is_empty());
    }

    #[test]
    fn a_proxy_loses_none() {
        let proxy = [127, 0, 0, 1];
        let connections = ConnectionLimiter::new(2, &[proxy.into()]);
        let _of_many = [proxy, proxy].map(|proxy| connections.place(proxy.into()));
        assert!(connections.place(client(2)).is_none());
    }
}
