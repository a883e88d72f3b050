//! A server on loopback that does what a script says, also what no server should do.

pub mod replies;

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// How many requests for this path came before it.
    pub number: usize,
    /// The method.
    pub method: String,
    /// Path and query, as they were sent.
    pub target: String,
    /// The body.
    pub body: String,
    /// Values by names in small letters.
    pub headers: HashMap<String, String>,
}

/// One thing that the server does.
#[derive(Debug, Clone)]
pub enum Act {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes one after the other.
    Trickle(Vec<u8>),
    /// Sends nothing more, but keeps the connection until the client ends it.
    Stall,
    /// Ends the connection in order.
    Close,
    /// Breaks the connection off.
    Reset,
}

/// What the server does when a request comes. After the last act it waits for the next request.
pub type Script = dyn Fn(&Request) -> Vec<Act> + Send + Sync;

/// A server that runs until it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    connections: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    /// Starts a server.
    pub fn start(script: impl Fn(&Request) -> Vec<Act> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
            connections: Arc::default(),
            is_over: Arc::default(),
        };
        let script: Arc<Script> = Arc::new(script);
        let (seen, connections) = (server.seen.clone(), server.connections.clone());
        let is_over = server.is_over.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                connections.fetch_add(1, Ordering::Relaxed);
                let (script, seen) = (script.clone(), seen.clone());
                thread::spawn(move || serve(stream.unwrap(), &*script, &seen));
            }
        });
        server
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The requests so far.
    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

impl Request {
    /// A header; empty if it did not come.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The path without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// The first byte that is asked for.
    pub fn offset(&self) -> Option<usize> {
        let range = self.header("range").strip_prefix("bytes=")?;
        range.strip_suffix('-')?.parse().ok()
    }
}

fn serve(mut stream: TcpStream, script: &Script, seen: &Mutex<Vec<Request>>) {
    let _ = stream.set_nodelay(true);
    while let Some((mut request, length)) = read(&stream) {
        {
            let mut seen = seen.lock().unwrap();
            let same = |other: &&Request| other.path() == request.path();
            request.number = seen.iter().filter(same).count();
            seen.push(request.clone());
        }
        let acts = script(&request);
        if !matches!(acts.last(), Some(Act::Reset)) {
            let mut head = vec![0; length];
            if stream.read_exact(&mut head).is_err() {
                return;
            }
        }
        for act in acts {
            let sent = match act {
                Act::Send(bytes) => stream.write_all(&bytes),
                Act::Trickle(bytes) => bytes.iter().try_for_each(|byte| stream.write_all(&[*byte])),
                Act::Stall => {
                    let mut rest = [0; 64];
                    while stream.read(&mut rest).is_ok_and(|length| length > 0) {}
                    return;
                }
                Act::Close => return,
                // What was received and not read makes the system break the connection off.
                Act::Reset => return,
            };
            if sent.is_err() {
                return;
            }
        }
    }
}

/// Looks at the head of the next request without taking it: the request and the length of its head.
fn read(stream: &TcpStream) -> Option<(Request, usize)> {
    let mut bytes = vec![0; 16 << 10];
    let mut known = 0;
    let (head, length) = loop {
        let length = stream.peek(&mut bytes).ok()?;
        if let Some(end) = bytes[..length]
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            && end + 4 + body_length(&bytes[..end]) <= length
        {
            break (end + 4, end + 4 + body_length(&bytes[..end]));
        }
        // The client is gone, or sends no request.
        if length == 0 || length == bytes.len() {
            return None;
        }
        if length == known {
            thread::yield_now();
        }
        known = length;
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let body = String::from_utf8_lossy(&bytes[head..length]).into_owned();
    let mut lines = text.lines();
    let mut first = lines.next()?.split(' ');
    let method = first.next()?.to_owned();
    let target = first.next()?.to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let request = Request {
        number: 0,
        method,
        target,
        body,
        headers,
    };
    Some((request, length))
}

/// The length of the body that a head states.
fn body_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    length.map_or(0, |length| length.trim().parse().unwrap())
}
