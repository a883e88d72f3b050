//! Connections, from the first to the last.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::cli::{self, Failure};
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{sleep, timeout};
use tower::Service;

use super::client::Client;
use super::connections::{ConnectionLimiter, ConnectionPermit};
use super::site::{Peer, Site, router, service};

const LONGEST_HEAD: usize = 64 << 10;
/// How long to wait until this machine may have connections to give again.
const OUT_OF_CONNECTIONS: Duration = Duration::from_millis(50);
/// An end that takes no longer needs no word.
const UNNOTICED: Duration = Duration::from_secs(1);

pub struct ServerLimits {
    /// Connections at a time.
    pub connections: usize,
    /// How long a client may take.
    pub client: Duration,
    /// How long what is under way may take at the end.
    pub ending: Duration,
}

pub struct ShutdownSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl ShutdownSignals {
    /// Handles signals from here on, since a client may stop the server as soon as it is announced.
    ///
    /// # Errors
    /// Signals cannot be waited for.
    pub fn new() -> Result<Self, Failure> {
        Ok(ShutdownSignals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let is_over = self.terminate.poll_recv(context).is_ready()
            || self.interrupt.poll_recv(context).is_ready();
        if is_over {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }

    /// The result of a future, unless a signal comes first.
    async fn or<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        poll_fn(|context| match self.poll(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => future.as_mut().poll(context).map(Some),
        })
        .await
    }
}

/// Listens at an address. Returns the listener and its address, with the port that the system chose for port 0.
///
/// # Errors
/// The address cannot be listened at.
pub async fn listen(address: &str) -> Result<(TcpListener, SocketAddr), Failure> {
    let failed = |error: io::Error| {
        let advice = match error.kind() {
            io::ErrorKind::AddrInUse => {
                ": the port is in use; choose another one, or 0 for a free one"
            }
            io::ErrorKind::InvalidInput => {
                ", expected an address and a port such as 127.0.0.1:8080"
            }
            _ => "",
        };
        Failure::at("--listen", format!("{address}: {error}{advice}"))
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let local = listener.local_addr().map_err(failed)?;
    Ok((listener, local))
}

pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    limits: ServerLimits,
    mut signals: ShutdownSignals,
) {
    let places = ConnectionLimiter::new(limits.connections, &site.proxies);
    let connections = GracefulShutdown::new();
    let routes = router(&site);
    while let Some(accepted) = signals.or(listener.accept()).await {
        let Ok((stream, peer)) = accepted else {
            // A client that has gone already, or no file handle left: neither is a reason to end.
            sleep(OUT_OF_CONNECTIONS).await;
            continue;
        };
        let peer = peer.ip();
        match places.place(peer.into()) {
            Some(place) => {
                let client = Client::new(stream, limits.client, Arc::clone(&site));
                let service = service(Arc::clone(&site), routes.clone(), Peer(peer));
                connect(client, service, place, &limits, &connections);
            }
            None => turn_away(&stream, &site),
        }
    }
    drop(listener);
    drop(routes);
    drop(site);
    let mut last = pin!(connections.shutdown());
    // Idle connections are closed at once, without a message.
    if let Some(Err(_)) = signals.or(timeout(UNNOTICED, last.as_mut())).await {
        cli::say("shutting down: finishing requests in progress");
        let _ = signals.or(timeout(limits.ending, last)).await;
    }
}

fn connect<S>(
    client: Client,
    service: S,
    place: ConnectionPermit,
    limits: &ServerLimits,
    connections: &GracefulShutdown,
) where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send>
        + Clone
        + Send
        + 'static,
{
    let half = client.half();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.client)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(
            client,
            service_fn(move |request| {
                half.set(false);
                service.clone().call(request)
            }),
        );
    let connection = connections.watch(connection);
    place.serve(async {
        // How a connection breaks is its client's matter.
        let _ = connection.await;
    });
}

/// Asks a client to retry, if that does not block.
fn turn_away(stream: &TcpStream, site: &Site) {
    let _ = stream.try_write(&site.turned_away());
}
