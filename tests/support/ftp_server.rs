//! An ftp server on loopback that does what a script says.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::fetching::{self, QUICK, fetcher};
use super::scripted_server::replies::bytes;
use crate::support;

/// Bytes of a file.
pub const SIZE: usize = 5000;

/// What an ftp server does in its session with this number, from 0.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The file that it has.
    pub file: Vec<u8>,
    /// Whether it tells the size of files.
    pub tells_size: bool,
    /// Where a transfer is cut, counted from the start of the file.
    pub cut: Option<usize>,
    /// Whether it falls silent there instead.
    pub stalls: bool,
    /// Replies in the place of the usual ones, by the command that they answer; empty for the greeting. `PORT`, `HIGH` and
    /// `LOW` stand for the port for data and its two bytes.
    pub instead: Vec<(&'static str, &'static str)>,
    /// Whether it begins at the beginning whatever it is told.
    pub ignores_offset: bool,
}

/// A server that has this file and nothing to hide.
pub fn honest(seed: u64) -> Session {
    Session {
        file: bytes(seed, SIZE),
        tells_size: true,
        ..Session::default()
    }
}

/// Starts a server: where it listens, and the commands that it gets.
pub fn start(
    session: impl Fn(usize) -> Session + Send + 'static,
) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let commands: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = commands.clone();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let (session, seen) = (session(number), seen.clone());
            thread::spawn(move || serve(&stream.unwrap(), &session, &seen));
        }
    });
    (address, commands)
}

/// One session, until the client leaves.
fn serve(stream: &TcpStream, session: &Session, seen: &Mutex<Vec<String>>) -> Option<()> {
    let say = |line: &str| {
        let mut stream = stream;
        stream.write_all(format!("{line}\r\n").as_bytes()).ok()
    };
    let data = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = data.local_addr().unwrap().port();
    let instead = |command: &str| {
        let mut all = session.instead.iter();
        let (_, reply) = all.find(|(other, _)| *other == command)?;
        let reply = reply.replace("PORT", &port.to_string());
        let reply = reply.replace("HIGH", &(port / 256).to_string());
        Some(reply.replace("LOW", &(port % 256).to_string()))
    };
    say(instead("").as_deref().unwrap_or("220 ready"))?;
    let mut offset = 0;
    for line in BufReader::new(stream).lines() {
        let line = line.ok()?;
        seen.lock().unwrap().push(line.clone());
        let (command, argument) = line.split_once(' ').unwrap_or((&line, ""));
        if let Some(reply) = instead(command) {
            say(&reply)?;
            continue;
        }
        match command {
            "USER" => say("331 password")?,
            "PASS" => say("230 welcome")?,
            "SIZE" if session.tells_size => say(&format!("213 {}", session.file.len()))?,
            "REST" => {
                offset = argument.parse().unwrap();
                say("350 ok")?;
                if session.ignores_offset {
                    offset = 0;
                }
            }
            "EPSV" => say(&format!("229 ok (|||{port}|)"))?,
            "PASV" => {
                // The address is a lie; only the port counts.
                say(&format!("227 ok (10,0,0,1,{},{})", port / 256, port % 256))?;
            }
            "RETR" => {
                say("150 here it comes")?;
                let (mut stream, _) = data.accept().unwrap();
                let end = session.cut.unwrap_or(session.file.len());
                stream.write_all(&session.file[offset.min(end)..end]).ok()?;
                if session.stalls {
                    // Ends when the client has given up and leaves.
                    let mut rest = String::new();
                    let _ = BufReader::new(&stream).read_line(&mut rest);
                }
                drop(stream);
                say(if session.cut.is_some() {
                    "426 cut"
                } else {
                    "226 done"
                })?;
            }
            "TYPE" | "NOOP" | "QUIT" => say("200 ok")?,
            _ => say("502 what")?,
        }
    }
    None
}

/// What became of a file, whether it was resumed, and the commands.
pub type Seen = (Result<Vec<u8>, &'static str>, bool, Vec<String>);

/// Fetches from such a server: the bytes or the kind of fault, whether it was resumed, and the commands.
pub fn fetch(session: impl Fn(usize) -> Session + Send + 'static) -> Seen {
    fetch_path("pub/a%2Bb%20c.bed", session)
}

/// The same for a path.
pub fn fetch_path(path: &str, session: impl Fn(usize) -> Session + Send + 'static) -> Seen {
    let (address, commands) = start(session);
    let folder = support::folder();
    let url = format!("ftp://annuser:s3%20cret@{address}/{path}");
    let outcome = fetcher(QUICK).fetch(&url, &folder.join("track"), false);
    fetching::shows_no_secret(&outcome).unwrap();
    let resumed = outcome.as_ref().is_ok_and(|fetched| fetched.resumed);
    let found = match outcome {
        Ok(_) => Ok(fs::read(folder.join("track")).unwrap()),
        Err(fault) => {
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "{fault}");
            Err(fault.kind())
        }
    };
    let commands = commands.lock().unwrap().clone();
    (found, resumed, commands)
}
