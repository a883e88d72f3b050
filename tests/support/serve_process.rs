//! A running `fairtracks_serve`, and what it answers, byte by byte.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use super::project;
use super::searching::BLOOD;

/// Longer than anything takes that goes well.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server of its own for one test.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
    said: Arc<Mutex<String>>,
    listener: Option<thread::JoinHandle<()>>,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Names in small letters, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body as JSON.
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Server {
    /// A server with the hub `Example/Blood` and further options.
    pub fn start(options: &[&str]) -> Self {
        let blood = format!("Example/Blood={}", project(BLOOD).display());
        Self::start_with(&[&["--hub", &blood], options].concat())
    }

    /// A server with these options, on a port of its own.
    pub fn start_with(options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fairtracks_serve"))
            .args(options)
            .args(["--listen", "127.0.0.1:0"])
            .env_remove("RUST_BACKTRACE")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut first = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut first).unwrap();
        let address = first
            .strip_prefix("http://")
            .and_then(|rest| rest.strip_suffix("/api/v1\n"))
            .unwrap_or_else(|| panic!("found {first:?} on standard output"))
            .to_owned();
        let said = Arc::new(Mutex::new(String::new()));
        let (heard, stderr) = (Arc::clone(&said), child.stderr.take().unwrap());
        let listener = thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut heard = heard.lock().unwrap();
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        Server {
            child,
            address,
            said,
            listener: Some(listener),
        }
    }

    /// A connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The answer to a request with these header lines.
    pub fn ask(&self, method: &str, target: &str, headers: &[&str]) -> Reply {
        let mut stream = self.connect();
        send(&mut stream, method, target, headers);
        reply(&mut stream, method).expect("an answer")
    }

    /// The answer to `GET`.
    pub fn get(&self, target: &str) -> Reply {
        self.ask("GET", target, &[])
    }

    /// The answer to bytes of any kind; none where the connection was closed without one.
    pub fn send(&self, bytes: &[u8]) -> Option<Reply> {
        let mut stream = self.connect();
        // The server may have heard enough before all is sent.
        let _ = stream.write_all(bytes);
        reply(&mut stream, "GET")
    }

    /// Memory that is in use, in bytes.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kibibytes = line.unwrap().split_whitespace().nth(1).unwrap();
        kibibytes.parse::<u64>().unwrap() << 10
    }

    /// Waits until this is said on standard error.
    pub fn says(&self, expected: &str) {
        let start = Instant::now();
        while !self.said.lock().unwrap().contains(expected) {
            assert!(start.elapsed() < PATIENCE, "never said: {expected}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args(["-s", name, &id]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for the end; the exit status and all that was said on standard error.
    pub fn ended(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap().code();
        self.listener.take().unwrap().join().unwrap();
        let said = self.said.lock().unwrap().clone();
        (status, said)
    }

    /// Ends the server; the exit status and all that was said on standard error.
    pub fn stop(self) -> (Option<i32>, String) {
        self.signal("TERM");
        self.ended()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request without a body.
pub fn send(stream: &mut TcpStream, method: &str, target: &str, headers: &[&str]) {
    let mut request = format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n");
    for header in headers {
        request += header;
        request += "\r\n";
    }
    request += "\r\n";
    stream.write_all(request.as_bytes()).unwrap();
}

/// Reads one answer; none where the connection was closed before one came.
pub fn reply(stream: &mut TcpStream, method: &str) -> Option<Reply> {
    let mut reply = head(stream)?;
    let has_none = method == "HEAD" || matches!(reply.status, 204 | 304);
    let length = reply
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    if !has_none {
        reply.body = vec![0; length];
        stream.read_exact(&mut reply.body).unwrap();
    }
    Some(reply)
}

/// Reads the head of an answer.
pub fn head(stream: &mut TcpStream) -> Option<Reply> {
    let mut bytes = Vec::new();
    let mut next = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match stream.read(&mut next) {
            Ok(1) => bytes.push(next[0]),
            _ if bytes.is_empty() => return None,
            other => panic!("{other:?} after {:?}", String::from_utf8_lossy(&bytes)),
        }
    }
    let text = String::from_utf8(bytes).unwrap();
    let mut lines = text.trim_end().split("\r\n");
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_ascii_lowercase(), value.trim().to_owned())
    });
    Some(Reply {
        status,
        headers: headers.collect(),
        body: Vec::new(),
    })
}

/// A path as an argument.
pub fn argument(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
