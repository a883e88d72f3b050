//! What ftp servers say in their own ways: crowds, connections for data, paths, and what is no reply.

use crate::support;
use std::io::Write as _;
use std::net::TcpListener;
use std::thread;

use crate::support::fetching::{QUICK, fetcher};
use crate::support::ftp_server::{SIZE, Session, fetch, fetch_path, honest};
use crate::support::scripted_server::replies::bytes;

#[test]
fn a_crowd_passes_whatever_it_is_called() {
    for (command, reply) in [
        (
            "",
            "421 There are too many connected users, please try later.",
        ),
        (
            "",
            "530 Sorry, the maximum number of clients (50) are already connected.",
        ),
        ("USER", "530 Sorry, max 5 users -- try again later"),
        (
            "PASS",
            "530 Too many connections from your internet address.",
        ),
        (
            "PASS",
            "530-Welcome\r\n530 User limit reached, come back soon",
        ),
        ("PASS", "500 Server is full"),
        ("RETR", "450 File busy"),
        ("RETR", "425 Cannot open the data connection"),
    ] {
        let (found, _, _) = fetch(move |number| Session {
            instead: match number {
                0 => vec![(command, reply)],
                _ => vec![],
            },
            ..honest(1)
        });
        assert_eq!(found, Ok(bytes(1, SIZE)), "{command} {reply}");
        let (found, _, _) = fetch(move |_| Session {
            instead: vec![(command, reply)],
            ..honest(1)
        });
        assert_eq!(found, Err("busy"), "always {command} {reply}");
    }
    for (command, reply, kind) in [
        (
            "PASS",
            "530 Access is limited to registered users",
            "denied",
        ),
        (
            "PASS",
            "530 This server does not allow connections from you",
            "denied",
        ),
        // The name of the file is no word of the server.
        ("RETR", "550 too many cooks.bed: no such file", "not-found"),
    ] {
        let (found, _, _) = fetch(move |_| Session {
            instead: vec![(command, reply)],
            ..honest(1)
        });
        assert_eq!(found, Err(kind), "{command} {reply}");
    }
}

#[test]
fn data_come_by_either_way_in_any_form_from_the_host_of_the_control_connection() {
    let refused = ("EPSV", "500 what");
    for replies in [
        vec![("EPSV", "229 Entering Extended Passive Mode (|||PORT|)")],
        vec![("EPSV", "229 ok |||PORT|")],
        vec![("EPSV", "229 ok (!!!PORT!)")],
        vec![("EPSV", "229 what"), ("PASV", "227 (10,0,0,1,HIGH,LOW)")],
        vec![
            ("EPSV", "229 ok (|||1|)"),
            ("PASV", "227 (10,0,0,1,HIGH,LOW)"),
        ],
        vec![
            refused,
            ("PASV", "227 Entering Passive Mode (127,0,0,1,HIGH,LOW)"),
        ],
        vec![
            refused,
            ("PASV", "227 Entering Passive Mode 192,168,1,7,HIGH,LOW"),
        ],
        vec![
            refused,
            (
                "PASV",
                "227 Entering Passive Mode. 169,254,169,254,HIGH,LOW.",
            ),
        ],
        vec![refused, ("PASV", "227 =0,0,0,0,HIGH,LOW")],
        vec![refused, ("PASV", "227 ok ( 8, 8, 8, 8, HIGH, LOW )")],
        vec![("EPSV", "522 use 2"), ("PASV", "227 (999,0,0,1,HIGH,LOW)")],
        vec![("EPSV", "425 not now")],
    ] {
        let name = format!("{replies:?}");
        let (found, _, _) = fetch(move |_| Session {
            instead: replies.clone(),
            ..honest(1)
        });
        assert_eq!(found, Ok(bytes(1, SIZE)), "{name}");
    }
    for reply in ["227 ok", "227 ok (1,2,3)", "227 ok (1,2,3,4,999,1)"] {
        let (found, _, _) = fetch(move |_| Session {
            instead: vec![("EPSV", "229 what"), ("PASV", reply)],
            ..honest(1)
        });
        assert_eq!(found, Err("garbled"), "{reply}");
    }
}

#[test]
fn paths_are_relative_to_the_folder_of_the_login() {
    for (path, retrieved) in [
        ("pub/a.bed", "RETR pub/a.bed"),
        ("a.bed", "RETR a.bed"),
        ("%2Fetc/a.bed", "RETR /etc/a.bed"),
        ("%2fetc%2Fa.bed", "RETR /etc/a.bed"),
        ("/etc/a.bed", "RETR /etc/a.bed"),
        ("a.bed;type=i", "RETR a.bed"),
        ("pub/a.bed;TYPE=A", "RETR pub/a.bed"),
        ("pub/a%3Btype=i", "RETR pub/a;type=i"),
        ("pub/a;b.bed", "RETR pub/a;b.bed"),
    ] {
        let (found, _, commands) = fetch_path(path, |_| honest(1));
        assert_eq!(found, Ok(bytes(1, SIZE)), "{path}");
        assert!(
            commands.iter().any(|line| line == retrieved),
            "{path}: {commands:?}"
        );
        assert!(commands.iter().any(|line| line == "TYPE I"), "{path}");
    }
    for path in ["", "pub/", "pub;type=d", "pub/a%0D%0ADELE%20b", "pub/%2F"] {
        let (found, _, commands) = fetch_path(path, |_| honest(1));
        assert_eq!(found, Err("address"), "{path}");
        assert!(commands.is_empty(), "{path}: {commands:?}");
    }
}

#[test]
fn a_server_that_begins_at_the_beginning_all_the_same_is_found_out() {
    // What it sends on the resume ends at the right length by chance: 2,000 and the first 3,000 bytes.
    let (found, _, _) = fetch(|number| match number {
        0 => Session {
            cut: Some(2000),
            ..honest(1)
        },
        1 => Session {
            cut: Some(3000),
            ignores_offset: true,
            ..honest(1)
        },
        _ => honest(1),
    });
    assert_eq!(found, Ok(bytes(1, SIZE)));
    // Always: it is asked for the whole file then.
    let (found, _, commands) = fetch(|number| Session {
        cut: Some(2000).filter(|_| number == 0),
        ignores_offset: true,
        ..honest(1)
    });
    assert_eq!(found, Ok(bytes(1, SIZE)));
    let rests = commands.iter().filter(|line| line.starts_with("REST"));
    assert_eq!(rests.count(), 1, "{commands:?}");
}

#[test]
fn a_reply_without_an_end_has_a_name() {
    let endless = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = endless.local_addr().unwrap();
    thread::spawn(move || {
        for stream in endless.incoming() {
            let mut stream = stream.unwrap();
            let line = format!("220-{}\r\n", "welcome ".repeat(100));
            while stream.write_all(line.as_bytes()).is_ok() {}
        }
    });
    let place = support::folder().join("track");
    let outcome = fetcher(QUICK).fetch(&format!("ftp://{address}/x"), &place, false);
    assert_eq!(outcome.unwrap_err().kind(), "garbled");
}
