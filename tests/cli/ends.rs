//! How runs end: nobody listens, the disk is full, few files may be open, a signal comes, a time is none.

use crate::support::scripted_server;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crate::support::running::{CHECK, IMPORT, RUNS, SEARCH, command, names, place, run_in};
use crate::support::scripted_server::Server;
use crate::support::scripted_server::replies::Content;

fn end(child: &mut Child, signal: &str) -> ExitStatus {
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([signal, &id])
            .status()
            .unwrap()
            .success()
    );
    child.wait().unwrap()
}

/// What nobody reads: a full device, and a pipe whose reader has gone.
fn unread() -> [Stdio; 2] {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let full = File::options().write(true).open("/dev/full").unwrap();
    [full.into(), writer.into()]
}

#[test]
fn a_tool_to_which_nobody_listens_does_its_work() {
    for (tool, arguments, output) in RUNS {
        for stderr in unread() {
            let place = place();
            let all = [arguments, &[output, "table"]].concat();
            let status = command(tool, &place, &all).stderr(stderr).status().unwrap();
            assert_eq!(status.code(), Some(0), "{tool}");
            assert!(place.join("table").is_file(), "{tool}");
            assert!(fs::read_to_string(place.join("result.bed")).is_ok());
        }
        for stderr in unread() {
            let status = command(tool, &place(), &["--document", "none", "none"])
                .stderr(stderr)
                .stdout(Stdio::null())
                .status();
            assert!(matches!(status.unwrap().code(), Some(1 | 2)), "{tool}");
        }
        let closed = [&["-c", "exec \"$0\" \"$@\" <&- >&- 2>&-", tool], arguments].concat();
        let closed = [&closed[..], &[output, "table"]].concat();
        assert_eq!(run_in("/bin/sh", &place(), &closed).status, 0, "{tool}");
    }
}

#[test]
fn a_result_that_cannot_be_printed_is_a_failure_unless_its_reader_has_seen_enough() {
    for (tool, arguments, _) in &RUNS[..8] {
        let statuses = unread().map(|stdout| {
            let child = command(tool, &place(), arguments)
                .stdout(stdout)
                .stderr(Stdio::piped())
                .spawn();
            let output = child.unwrap().wait_with_output().unwrap();
            let stderr = String::from_utf8(output.stderr).unwrap();
            assert!(!stderr.contains("panicked"), "{tool}: {stderr}");
            output.status.code()
        });
        assert_eq!(statuses, [Some(1), Some(0)], "{tool}");
    }
}

#[test]
fn a_server_to_which_nobody_listens_answers() {
    for stderr in unread() {
        let mut server = command(
            env!("CARGO_BIN_EXE_fairtracks_serve"),
            &place(),
            &["--document", "input.json", "--listen", "127.0.0.1:0"],
        )
        .stdout(Stdio::piped())
        .stderr(stderr)
        .spawn()
        .unwrap();
        let mut stdout = BufReader::new(server.stdout.take().unwrap());
        let mut address = String::new();
        stdout.read_line(&mut address).unwrap();
        let host = address.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host.split('/').next().unwrap()).unwrap();
        let request =
            b"GET /api/v1/repositories HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let status = end(&mut server, "-TERM");
        assert_eq!(status.code(), Some(0));
    }
}

/// Waits until a run has something under way in a folder.
fn wait_for_partial(folder: &Path) {
    for _ in 0..6000 {
        if names(folder).iter().any(|name| name.ends_with(".partial")) {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("nothing is under way: {:?}", names(folder));
}

fn has_partial(folder: &Path) -> bool {
    names(folder).iter().any(|name| name.ends_with(".partial"))
}

/// A run that waits for a document that never comes, with a table under way.
fn waiting(place: &Path) -> Child {
    let made = Command::new("mkfifo").arg(place.join("pipe")).status();
    assert!(made.unwrap().success());
    let child = command(CHECK, place, &["pipe", "--output-table", "table"]).spawn();
    wait_for_partial(place);
    child.unwrap()
}

#[test]
fn a_signal_leaves_nothing_behind() {
    for signal in ["-TERM", "-INT"] {
        let place = place();
        end(&mut waiting(&place), signal);
        assert!(!has_partial(&place), "{signal}: {:?}", names(&place));
    }
}

#[test]
fn what_a_dead_run_left_behind_is_removed_by_the_next_and_what_is_under_way_is_not() {
    let place = place();
    end(&mut waiting(&place), "-KILL");
    assert!(has_partial(&place));
    let dead = names(&place)
        .into_iter()
        .find(|name| name.ends_with(".partial"));
    let dead = place.join(dead.unwrap());
    fs::remove_file(place.join("pipe")).unwrap();
    let mut other = waiting(&place);
    while dead.exists() {
        thread::sleep(Duration::from_millis(10));
    }
    wait_for_partial(&place);
    let under_way = names(&place);
    let under_way: Vec<_> = under_way
        .iter()
        .filter(|name| name.ends_with(".partial"))
        .collect();
    assert_eq!(
        under_way.len(),
        1,
        "the next run has removed it: {under_way:?}"
    );
    fs::write(place.join(".table.4711.partial"), "of an older version").unwrap();
    fs::write(place.join(".notes.4711.partial"), "the user's").unwrap();
    assert_eq!(
        run_in(CHECK, &place, &["input.json", "--output-table", "table"]).status,
        0
    );
    let left = names(&place);
    assert!(left.contains(under_way[0]), "{left:?}");
    assert!(left.contains(&".notes.4711.partial".to_owned()), "{left:?}");
    assert!(
        !left.contains(&".table.4711.partial".to_owned()),
        "{left:?}"
    );
    end(&mut other, "-TERM");
}

/// A list of tracks at a server, and the settings that let it be reached.
fn list(place: &Path, server: &Server, count: usize) {
    let lines = (0..count).map(|number| {
        format!(
            "{}\ttrack {number}\n",
            server.url(&format!("/{number}.bed"))
        )
    });
    let list = "##location: remote\n##genome: hg38\n###uri\ttitle\n".to_owned()
        + &lines.collect::<String>();
    fs::write(place.join("list.gsuite"), list).unwrap();
    let settings = "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nparallel = 8\nparallel_per_host = 8\nretry_seconds = 0.01\n";
    fs::write(place.join("site.toml"), settings).unwrap();
}

const LIST: [&str; 5] = [
    "list.gsuite",
    "--output-folder",
    "out",
    "--output-table",
    "table",
];

fn import(place: &Path, limit: &str) -> (i32, String) {
    // What runs the tests may have files open that its children inherit.
    let script = format!(
        "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- ; ulimit {limit} && FAIRTRACKS_CONFIG=site.toml exec \"$0\" \"$@\""
    );
    let arguments = [&["-c", &script, IMPORT][..], &LIST].concat();
    let outcome = run_in("/bin/sh", place, &arguments);
    (outcome.status, outcome.stderr)
}

/// Lines of a BED file.
fn bed(lines: usize) -> Content {
    Content {
        bytes: "chr1\t1\t2\n".repeat(lines).into_bytes(),
        ..Content::new(1, 0)
    }
}

#[test]
fn a_folder_under_way_goes_the_same_ways() {
    for signal in ["-TERM", "-KILL"] {
        let place = place();
        let stalling = Server::start(|_| vec![scripted_server::Act::Stall]);
        list(&place, &stalling, 3);
        let mut child = command(IMPORT, &place, &LIST)
            .env("FAIRTRACKS_CONFIG", "site.toml")
            .spawn()
            .unwrap();
        let out = place.join("out");
        while !out.is_dir() {
            thread::sleep(Duration::from_millis(10));
        }
        wait_for_partial(&out);
        end(&mut child, signal);
        assert_eq!(has_partial(&out), signal == "-KILL", "{signal}");
        let server = Server::start(|request| bed(10).answer(request).acts());
        list(&place, &server, 3);
        let (status, stderr) = import(&place, "-c 0");
        assert_eq!(status, 0, "{stderr}");
        assert!(!has_partial(&out) && !has_partial(&place), "{signal}");
    }
}

#[test]
fn few_open_files_mean_fewer_downloads_at_a_time() {
    let server = Server::start(|request| bed(1000).answer(request).acts());
    // The last one may be raised by the tool itself.
    for limit in ["-n 30", "-n 20", "-Sn 10"] {
        let place = place();
        list(&place, &server, 30);
        let (status, stderr) = import(&place, limit);
        assert_eq!(status, 0, "{limit}: {stderr}");
        assert_eq!(
            names(&place.join("out/tracks")).len(),
            30,
            "{limit}: {stderr}"
        );
    }
}

#[test]
fn too_few_open_files_are_named_as_the_cause() {
    let server = Server::start(|request| bed(1000).answer(request).acts());
    for limit in [7, 9, 11] {
        let place = place();
        list(&place, &server, 3);
        let (status, stderr) = import(&place, &format!("-n {limit}"));
        assert_eq!(status, 1, "{limit}: {stderr}");
        assert!(
            stderr.contains("ulimit -n") || stderr.contains("Too many open files"),
            "{limit}: {stderr}"
        );
    }
}

#[test]
fn a_full_disk_fails_the_job_with_its_cause() {
    let server = Server::start(|request| match request.path() {
        "/5.bed" => bed(100_000).answer(request).acts(),
        _ => bed(10).answer(request).acts(),
    });
    let place = place();
    list(&place, &server, 12);
    // Whether in blocks of 512 or 1,024 bytes, less than the one large file.
    let (status, stderr) = import(&place, "-f 400");
    assert_eq!(status, 1, "{stderr}");
    assert!(stderr.contains("the disk of this job is full"), "{stderr}");
    assert!(
        !place.join("table").exists(),
        "no table of a job that failed"
    );
    assert!(
        names(&place.join("out/tracks")).is_empty(),
        "no track without its metadata"
    );
    assert!(!has_partial(&place.join("out")));
}

#[test]
fn times_that_no_archive_can_hold_are_refused() {
    let place = place();
    let search = |date: &[&str], epoch: Option<&str>| {
        let all = [&["--document", "input.json", "--query", "TRUE"], date].concat();
        let mut command = command(SEARCH, &place, &all);
        command.env("SOURCE_DATE_EPOCH", epoch.unwrap_or("0"));
        let output = command.output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    for date in [
        "1969-12-31",
        "1969-12-31T23:59:59+00:00",
        "1970-01-01T00:30:00+01:00",
        "0000-01-01",
        "-000001-01-01T00:00:00Z",
        "10000-01-01",
        "99999-01-01T00:00:00+00:00",
        "now",
        "",
    ] {
        let given = format!("--date={date}");
        let (status, stderr) = search(&[&given], None);
        assert_eq!(status, Some(2), "{date}: {stderr}");
        assert!(
            stderr.contains(&format!("--date: found `{date}`, expected a time")),
            "{stderr}"
        );
        assert!(stderr.contains("from 1970-01-01 to 9999-12-30"), "{stderr}");
    }
    for seconds in [
        "-1",
        "-62135596801",
        "253402300800",
        "99999999999999999999",
        "1.5",
        "soon",
        "",
    ] {
        let (status, stderr) = search(&[], Some(seconds));
        assert_eq!(status, Some(2), "{seconds}: {stderr}");
        let expected = format!("SOURCE_DATE_EPOCH: found `{seconds}`, expected whole seconds");
        assert!(stderr.contains(&expected), "{stderr}");
    }
    for date in ["1970-01-01", "1970-01-01T00:00:00Z", "9999-12-30"] {
        assert_eq!(search(&["--date", date], None).0, Some(0), "{date}");
    }
}
