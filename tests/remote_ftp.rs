//! Files over ftp: resumed where the server still has the same file, from the host that was checked and no other.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/bench_server/mod.rs"]
mod bench_server;
#[path = "support/fetching.rs"]
mod fetching;
mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use bench_server::replies::bytes;
use fetching::{QUICK, fetcher};

const SIZE: usize = 5000;

/// What an ftp server does in its session with this number, from 0.
#[derive(Debug, Clone, Default)]
struct Session {
    /// The file that it has.
    file: Vec<u8>,
    /// Whether it tells the size of files.
    tells_size: bool,
    /// Where a transfer is cut, counted from the start of the file.
    cut: Option<usize>,
    /// Whether it falls silent there instead.
    stalls: bool,
    /// A reply in the place of the usual one, by the command that it answers; empty for the greeting.
    instead: Option<(&'static str, &'static str)>,
}

fn honest(seed: u64) -> Session {
    Session {
        file: bytes(seed, SIZE),
        tells_size: true,
        ..Session::default()
    }
}

/// Starts a server: where it listens, and the commands that it gets.
fn start(
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
    let instead = |command: &str| {
        let (other, reply) = session.instead?;
        (other == command).then_some(reply)
    };
    say(instead("").unwrap_or("220 ready"))?;
    let data = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut offset = 0;
    for line in BufReader::new(stream).lines() {
        let line = line.ok()?;
        seen.lock().unwrap().push(line.clone());
        let (command, argument) = line.split_once(' ').unwrap_or((&line, ""));
        if let Some(reply) = instead(command) {
            say(reply)?;
            continue;
        }
        match command {
            "USER" => say("331 password")?,
            "PASS" => say("230 welcome")?,
            "SIZE" if session.tells_size => say(&format!("213 {}", session.file.len()))?,
            "REST" => {
                offset = argument.parse().unwrap();
                say("350 ok")?;
            }
            "PASV" => {
                let port = data.local_addr().unwrap().port();
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

/// Fetches from such a server: the bytes or the kind of fault, whether it was resumed, and the commands.
fn fetch(
    session: impl Fn(usize) -> Session + Send + 'static,
) -> (Result<Vec<u8>, &'static str>, bool, Vec<String>) {
    let (address, commands) = start(session);
    let folder = support::folder();
    let url = format!("ftp://annuser:s3%20cret@{address}/pub/a%2Bb%20c.bed");
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

#[test]
fn a_file_comes_by_its_name_and_from_the_host_that_was_asked() {
    let (found, resumed, commands) = fetch(|_| honest(1));
    assert_eq!((found, resumed), (Ok(bytes(1, SIZE)), false));
    for command in [
        "USER annuser",
        "PASS s3 cret",
        "TYPE I",
        "RETR /pub/a+b c.bed",
    ] {
        assert!(
            commands.iter().any(|line| line == command),
            "{command}: {commands:?}"
        );
    }
}

#[test]
fn a_mirror_may_be_an_ftp_server_inside_the_site() {
    let (address, _) = start(|_| honest(1));
    let folder = support::folder();
    let settings = format!("[mirrors]\n\"https://tracks.example.org/\" = \"ftp://{address}/\"\n");
    let url = "https://tracks.example.org/pub/a%2Bb%20c.bed";
    let outcome = fetcher(&settings).fetch(url, &folder.join("track"), false);
    let fetched = outcome.unwrap();
    assert_eq!((fetched.from_mirror, &*fetched.retrieved_from), (true, url));
    assert_eq!(fs::read(folder.join("track")).unwrap(), bytes(1, SIZE));
}

#[test]
fn a_transfer_goes_on_where_it_broke_off() {
    for stalls in [false, true] {
        let (found, resumed, commands) = fetch(move |number| match number {
            0 => Session {
                cut: Some(2000),
                stalls,
                ..honest(1)
            },
            1 => Session {
                cut: Some(4999),
                ..honest(1)
            },
            _ => honest(1),
        });
        assert_eq!((found, resumed), (Ok(bytes(1, SIZE)), true));
        let rests: Vec<&String> = commands
            .iter()
            .filter(|line| line.starts_with("REST"))
            .collect();
        assert_eq!(rests, ["REST 2000", "REST 4999"]);
    }
}

#[test]
fn what_is_another_file_is_not_appended() {
    let longer = || Session {
        file: bytes(2, SIZE + 1),
        ..honest(2)
    };
    let (found, _, commands) = fetch(move |number| match number {
        0 => Session {
            cut: Some(2000),
            ..honest(1)
        },
        _ => longer(),
    });
    assert_eq!(found, Ok(longer().file));
    assert!(
        !commands.iter().any(|line| line.starts_with("REST")),
        "{commands:?}"
    );
    // Without a size nothing tells that it is the same.
    let (found, resumed, _) = fetch(|number| match number {
        0 => Session {
            cut: Some(2000),
            tells_size: false,
            ..honest(1)
        },
        _ => Session {
            tells_size: false,
            ..honest(1)
        },
    });
    assert_eq!((found, resumed), (Ok(bytes(1, SIZE)), false));
}

#[test]
fn faults_have_names() {
    for (command, reply, kind) in [
        ("RETR", "550 no such file s3 cret", "not-found"),
        ("PASS", "530 no s3 cret", "denied"),
        ("", "421 too many", "busy"),
        ("RETR", "450 busy", "busy"),
        ("RETR", "553 name", "answer"),
        ("", "what", "garbled"),
        ("PASV", "227 ok (1,2,3)", "garbled"),
    ] {
        let (found, _, _) = fetch(move |_| Session {
            instead: Some((command, reply)),
            ..honest(1)
        });
        assert_eq!(found, Err(kind), "{command} {reply}");
    }
    let (found, _, _) = fetch(|_| Session {
        cut: Some(2000),
        tells_size: false,
        ..honest(1)
    });
    assert!(matches!(found, Err("busy" | "interrupted")), "{found:?}");
    let (found, _, _) = fetch(|_| Session {
        cut: Some(0),
        stalls: true,
        ..honest(1)
    });
    assert_eq!(found, Err("stalled"));
    let (found, _, _) = fetch(|_| Session {
        file: bytes(1, 100_001),
        ..honest(1)
    });
    assert_eq!(found, Err("file-too-large"));
}

#[test]
fn a_resume_that_the_server_does_not_know_starts_again() {
    let (found, _, _) = fetch(|number| match number {
        0 => Session {
            cut: Some(2000),
            ..honest(1)
        },
        _ => Session {
            instead: Some(("REST", "502 what")),
            ..honest(1)
        },
    });
    assert_eq!(found, Ok(bytes(1, SIZE)));
}
