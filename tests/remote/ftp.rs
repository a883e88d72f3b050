//! Files over ftp: resumed where the server still has the same file, from the host that was checked and no other.

use crate::support;
use std::fs;

use crate::support::fetching::fetcher;
use crate::support::ftp_server::{SIZE, Session, fetch, honest, start};
use crate::support::scripted_server::replies::bytes;

#[test]
fn a_file_comes_by_its_name_and_from_the_host_that_was_asked() {
    let (found, resumed, commands) = fetch(|_| honest(1));
    assert_eq!((found, resumed), (Ok(bytes(1, SIZE)), false));
    for command in [
        "USER annuser",
        "PASS s3 cret",
        "TYPE I",
        "RETR pub/a+b c.bed",
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
        ("", "120 in ten minutes", "busy"),
        ("EPSV", "421 timeout", "busy"),
    ] {
        let (found, _, _) = fetch(move |_| Session {
            instead: vec![(command, reply), ("PASV", "421 timeout")],
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
            instead: vec![("REST", "502 what")],
            ..honest(1)
        },
    });
    assert_eq!(found, Ok(bytes(1, SIZE)));
}
