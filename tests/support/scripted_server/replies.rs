//! Answers of an honest server, and the same answers broken off at some place.

use super::{Act, Request};

/// A file as a server has it.
#[derive(Debug, Clone)]
pub struct Content {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The lines of the head that tell which version of the file it is.
    pub version: Vec<(&'static str, String)>,
    /// Whether parts of it can be had.
    pub has_parts: bool,
    /// How the end of the body is told.
    pub framing: Framing,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// By its length, in the head.
    Length,
    /// By chunks.
    Chunks,
    /// By the end of the connection.
    Connection,
}

/// An answer: its head with the empty line, and its body as it goes over the wire.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Status line and headers.
    pub head: Vec<u8>,
    /// The body with its framing.
    pub body: Vec<u8>,
    /// Whether the connection ends after it.
    pub ends: bool,
}

/// Bytes that look like nothing else, the same for the same seed.
pub fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}

impl Content {
    /// A file with a strong entity tag.
    pub fn new(seed: u64, length: usize) -> Self {
        Content {
            bytes: bytes(seed, length),
            version: vec![("ETag", format!("\"{seed}\""))],
            has_parts: true,
            framing: Framing::Length,
        }
    }

    /// The honest answer to a request.
    pub fn answer(&self, request: &Request) -> Reply {
        let names_this = |name: &str| {
            self.version
                .iter()
                .any(|(header, value)| *header == name && value == request.header("if-range"))
        };
        let is_same = request.header("if-range").is_empty()
            || names_this("ETag")
            || names_this("Last-Modified");
        match request.offset().filter(|_| self.has_parts && is_same) {
            None => self.reply("200 OK", &self.bytes, &[]),
            Some(offset) if offset >= self.bytes.len() => {
                let range = format!("bytes */{}", self.bytes.len());
                self.reply(
                    "416 Range Not Satisfiable",
                    b"",
                    &[("Content-Range", range)],
                )
            }
            Some(offset) => {
                let size = self.bytes.len();
                let range = format!("bytes {offset}-{}/{size}", size - 1);
                self.reply(
                    "206 Partial Content",
                    &self.bytes[offset..],
                    &[("Content-Range", range)],
                )
            }
        }
    }

    /// An answer with the version of this file.
    pub fn reply(&self, status: &str, body: &[u8], headers: &[(&'static str, String)]) -> Reply {
        let mut all = self.version.clone();
        all.extend_from_slice(headers);
        framed(status, body, &all, self.framing)
    }
}

/// An answer.
pub fn framed(
    status: &str,
    body: &[u8],
    headers: &[(&'static str, String)],
    framing: Framing,
) -> Reply {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut wire = Vec::new();
    match framing {
        Framing::Length => {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
            wire.extend_from_slice(body);
        }
        Framing::Chunks => {
            head.push_str("Transfer-Encoding: chunked\r\n");
            for chunk in body.chunks(1000) {
                wire.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                wire.extend_from_slice(chunk);
                wire.extend_from_slice(b"\r\n");
            }
            wire.extend_from_slice(b"0\r\n\r\n");
        }
        Framing::Connection => {
            head.push_str("Connection: close\r\n");
            wire.extend_from_slice(body);
        }
    }
    head.push_str("\r\n");
    Reply {
        head: head.into_bytes(),
        body: wire,
        ends: framing == Framing::Connection,
    }
}

/// An answer without a file.
pub fn status(status: &str, headers: &[(&'static str, String)]) -> Reply {
    framed(
        status,
        b"<html>secret words of a server</html>",
        headers,
        Framing::Length,
    )
}

/// An answer that sends on.
pub fn redirect(to: &str) -> Reply {
    status("302 Found", &[("Location", to.to_owned())])
}

impl Reply {
    /// The whole answer.
    pub fn acts(&self) -> Vec<Act> {
        let mut acts = vec![Act::Send(self.wire())];
        acts.extend(self.ends.then_some(Act::Close));
        acts
    }

    /// The first bytes of the answer, and then something else.
    pub fn broken(&self, after: usize, act: Act) -> Vec<Act> {
        vec![Act::Send(self.wire()[..after].to_vec()), act]
    }

    /// Head and body.
    pub fn wire(&self) -> Vec<u8> {
        [self.head.as_slice(), &self.body].concat()
    }
}
