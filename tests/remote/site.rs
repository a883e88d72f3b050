//! What a site decides: its mirrors, its limits, how its mistakes are told; and many downloads at a time.

use crate::support;
use crate::support::fetching;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::fetching::QUICK;
use crate::support::scripted_server::replies::{Content, bytes, status};
use crate::support::scripted_server::{Act, Server};
use fairtracks::remote::{Download, Fault, Fetched, Fetcher, Settings};

fn mirroring(rows: &[(&str, &str)]) -> Fetcher {
    let rows: String = rows
        .iter()
        .map(|(start, target)| format!("\"{start}\" = \"{target}\"\n"))
        .collect();
    let limits = &QUICK[QUICK.find("[limits]").unwrap()..];
    fetching::fetcher(&format!("[mirrors]\n{rows}{limits}"))
}

fn fetch(fetcher: &Fetcher, address: &str) -> Result<(Fetched, Vec<u8>), Fault> {
    let folder = support::folder();
    let outcome = fetcher.fetch(address, &folder.join("track"), false);
    fetching::shows_no_secret(&outcome).unwrap();
    let left = fs::read_dir(&folder).unwrap().count();
    assert_eq!(left, usize::from(outcome.is_ok()), "{address}");
    outcome.map(|fetched| (fetched, fs::read(folder.join("track")).unwrap()))
}

#[test]
fn the_mirror_with_the_longest_start_is_asked_without_the_users_password() {
    let server = Server::start(|request| Content::new(1, 100).answer(request).acts());
    let fetcher = mirroring(&[
        ("https://tracks.example.org/", &server.url("/all/")),
        (
            "https://tracks.example.org/deep/er/",
            &server.url("/deeper/"),
        ),
        ("https://tracks.example.org/deep/", &server.url("/deep/")),
        ("ftp://ftp.example.org/pub/", &server.url("/ftp/")),
        ("rsync://rsync.example.org/", &server.url("/rsync/")),
    ]);
    for (address, asked) in [
        (
            "https://tracks.example.org/a%2Bb/@@download/c?x=%2F#y",
            "/all/a%2Bb/@@download/c?x=%2F",
        ),
        ("HTTPS://annuser:s3cret@Tracks.Example.ORG:443/a", "/all/a"),
        ("https://tracks.example.org/deep/er/a", "/deeper/a"),
        ("https://tracks.example.org/deep/era", "/deep/era"),
        ("ftp://annuser@ftp.example.org/pub/a", "/ftp/a"),
        ("rsync://rsync.example.org/a", "/rsync/a"),
        ("https://tracks.example.org/deep/../a", "/all/a"),
    ] {
        let (fetched, _) = fetch(&fetcher, address).unwrap();
        let last = server.seen().pop().unwrap();
        assert_eq!(last.target, asked, "{address}");
        assert_eq!(last.header("authorization"), "");
        assert!(fetched.from_mirror);
        assert_eq!(fetched.served_by, server.address.to_string());
        assert!(!fetched.retrieved_from.contains("127.0.0.1"), "{fetched:?}");
    }
    // The name as the start of another one, and another scheme, have no mirror.
    for address in [
        "rsync://rsync.example.org.evil.example/a",
        "rsync://tracks.example.org/a",
    ] {
        assert_eq!(fetch(&fetcher, address).unwrap_err().kind(), "scheme");
    }
}

#[cfg(unix)]
fn folder_with_ways_out() -> std::path::PathBuf {
    use std::os::unix::fs::symlink;
    let folder = support::folder();
    let mirror = folder.join("mirror");
    fs::create_dir_all(mirror.join("sub")).unwrap();
    fs::create_dir_all(folder.join("mirror2")).unwrap();
    for (place, text) in [
        ("secret", "outside"),
        ("mirror2/secret", "outside"),
        ("mirror/a b.bed", "inside"),
        ("mirror/sub/+@", "inside"),
        ("mirror/..c", "inside"),
    ] {
        fs::write(folder.join(place), text).unwrap();
    }
    symlink("../secret", mirror.join("link")).unwrap();
    symlink(folder.join("secret"), mirror.join("absolute")).unwrap();
    symlink("..", mirror.join("up")).unwrap();
    symlink("/dev/zero", mirror.join("endless")).unwrap();
    symlink("sub/+@", mirror.join("good")).unwrap();
    mirror
}

#[test]
#[cfg(unix)]
fn a_folder_as_a_mirror_gives_its_files_and_no_others() {
    let mirror = folder_with_ways_out();
    let start = "https://tracks.example.org/t/";
    let fetcher = mirroring(&[(start, &format!("file://{}/", mirror.display()))]);
    for path in [
        "a%20b.bed",
        "sub/+@",
        "sub/%2B@?download=1",
        "good",
        "..c",
        "%2e%2ec",
    ] {
        let (fetched, bytes) = fetch(&fetcher, &format!("{start}{path}")).unwrap();
        assert_eq!(bytes, b"inside", "{path}");
        assert_eq!(
            (fetched.served_by.as_str(), fetched.digests.bytes),
            ("file", 6)
        );
        assert!(fetched.retrieved_from.starts_with(start));
    }
    for path in [
        "link",
        "absolute",
        "up/secret",
        "..%2fsecret",
        "%2e%2e%2fsecret",
        "..%5csecret",
        "sub/..%2f..%2fsecret",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "//etc/passwd",
        "sub//+@",
        "sub",
        "sub/",
        "",
        "endless",
        "missing",
        "a%00b",
        "%ff",
        "..%2fmirror2%2fsecret",
        "good/x",
    ] {
        let fault = fetch(&fetcher, &format!("{start}{path}")).unwrap_err();
        assert_eq!(fault.kind(), "mirror", "{path}: {fault}");
        assert!(
            !fault.to_string().contains(&*mirror.to_string_lossy()),
            "{fault}"
        );
    }
}

#[test]
fn an_address_does_not_climb_out_of_a_mirror() {
    let server = Server::start(|request| Content::new(1, 100).answer(request).acts());
    let target = server.url("/tracks/");
    let fetcher = mirroring(&[("rsync://r.example.org/", &target), ("s3://b/", &target)]);
    for address in [
        "s3://b/..%2fadmin",
        "s3://b/%2e%2e%2fadmin",
        "s3://b/a/%2E.%2F..%2Fadmin",
        "s3://b/%252e%252e%252fadmin",
        "s3://b/..;/admin",
        "s3://b/%c0%ae%c0%ae%c0%afadmin",
        "s3://b/%u002e%u002e%u2215admin",
        "s3://b/%ef%bc%8e%ef%bc%8e%ef%bc%8fadmin",
        "rsync://r.example.org/a/..%5c..%5cadmin",
        "rsync://r.example.org/..\\admin",
    ] {
        let fault = fetch(&fetcher, address).expect_err(address);
        assert_eq!(fault.kind(), "mirror", "{address}");
    }
    assert!(server.seen().is_empty(), "{:?}", server.seen());
    // What is resolved within the address stays in the mirror, and an encoded slash is a part of a name.
    for (address, asked) in [
        ("s3://b/%2e%2e/admin", "/tracks/admin"),
        (
            "s3://b/a%2Fb..c.bed?x=%2e%2e%2f",
            "/tracks/a%2Fb..c.bed?x=%2e%2e%2f",
        ),
    ] {
        fetch(&fetcher, address).unwrap();
        assert_eq!(server.seen().pop().unwrap().target, asked);
    }
}

#[test]
fn mistakes_in_the_settings_are_told_with_their_line() {
    for (text, message) in [
        (
            "mirors = {}",
            "line 1: found the unknown setting `mirors`: did you mean `mirrors`?",
        ),
        (
            "\n[limits]\nparalel = 4",
            "line 3: found the unknown setting `paralel`: did you mean `parallel`?",
        ),
        (
            "colour = 1",
            "line 1: found the unknown setting `colour`: expected one of mirrors, allow_private_hosts, limits, user_agent, proxy, extra_ca, ontologies, crate_datatype",
        ),
        (
            "ontologies = \"cl.obo\"",
            "line 1: found \"cl.obo\", expected a list of files such as [\"/data/ontologies/cl.obo\"]",
        ),
        (
            "ontologies = [\" \"]",
            "line 1: found \" \", expected a string in quotes",
        ),
        (
            "[limits]\nparallel = 0",
            "line 2: found 0, expected a whole number from 1 to 64",
        ),
        (
            "[limits]\nparallel = \"4\"",
            "line 2: found \"4\", expected a whole number from 1 to 64",
        ),
        (
            "[limits]\nbytes_per_file = -1",
            "line 2: found -1, expected a whole number of at least 1",
        ),
        (
            "[limits]\nstall_seconds = 0",
            "line 2: found 0, expected seconds, from 0.001 to 604800 (a week)",
        ),
        (
            "[limits]\nstall_seconds = nan",
            "line 2: found nan, expected seconds, from 0.001 to 604800 (a week)",
        ),
        ("limits = 3", "line 1: found 3, expected a table, [limits]"),
        (
            "user_agent = \"a\\nb\"",
            "line 1: found \"a\\nb\", expected printable ASCII text",
        ),
        (
            "extra_ca = true",
            "line 1: found true, expected a string in quotes",
        ),
        (
            "crate_datatype = \"crate zip\"",
            "line 1: found \"crate zip\", expected a datatype of Galaxy such as \"rocrate.zip\"",
        ),
        (
            "proxy = \"socks5://annuser:s3cret@p\"",
            "line 1: expected the URL of a proxy such as \"http://proxy.example.org:3128\"",
        ),
        (
            "allow_private_hosts = [\"10.0.0.0/8\",\n\"10.0.0.0/33\"]",
            "line 2: found \"10.0.0.0/33\", expected a host name, an IP address or a network such as 10.20.0.0/16",
        ),
        (
            "allow_private_hosts = [\"*\"]",
            "line 1: found \"*\", expected a host name, an IP address or a network such as 10.20.0.0/16",
        ),
        (
            "[mirrors]\n\"https://a.org\" = \"http://b/\"\n\"https://a.org/x\" = \"http://b/\"",
            "line 3: found `https://a.org/x`, expected a URL prefix that ends in `/`, such as https://example.org/tracks/",
        ),
        (
            "[mirrors]\n\"https://a.org/\" = \"/data\"",
            "line 2: found `/data`, expected the URL of a mirror that ends in `/`, such as http://10.20.0.5/tracks/ or file:///data/tracks/",
        ),
        (
            "[mirrors]\n\"https://a.org/\" = \"sftp://annuser:s3cret@b.org/\"",
            "line 2: found `sftp://b.org/`, expected the URL of a mirror that ends in `/`, such as http://10.20.0.5/tracks/ or file:///data/tracks/",
        ),
        (
            "[mirrors]\n\"https://a.org/\" = \"http://b/\"\n\"https://A.org/\" = \"http://c/\"",
            "line 3: found two mirrors for `https://a.org/`, expected one",
        ),
    ] {
        assert_eq!(
            Settings::parse(text).unwrap_err().to_string(),
            message,
            "{text}"
        );
    }
    for text in ["[limits", "a = ", "\u{0}", "x = 1\nx = 2"] {
        let error = Settings::parse(text).unwrap_err();
        assert!(error.line >= 1 && !error.problem.is_empty(), "{text}");
    }
    for (path, words) in [
        ("/nonexistent.pem", "No such file"),
        ("Cargo.toml", "no certificate in the file"),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let settings = Settings::parse(&format!("extra_ca = {path:?}")).unwrap();
        let message = Fetcher::new(settings).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn many_files_come_in_the_order_they_were_asked_for_and_one_that_fails_stops_none() {
    let now = AtomicUsize::new(0);
    let most = AtomicUsize::new(0);
    let counts = std::sync::Arc::new((now, most));
    let counted = counts.clone();
    let server = Server::start(move |request| {
        let busy = counted.0.fetch_add(1, Ordering::SeqCst) + 1;
        counted.1.fetch_max(busy, Ordering::SeqCst);
        let number: u64 = request.path()[1..].parse().unwrap();
        // While this answer goes out, others ask; the count goes down before the client can have all of it.
        let reply = Content::new(number, 3000).answer(request);
        std::thread::yield_now();
        counted.0.fetch_sub(1, Ordering::SeqCst);
        match number % 10 {
            3 => status("404 Not Found", &[]).acts(),
            7 => vec![Act::Close],
            _ => reply.acts(),
        }
    });
    let folder = support::folder();
    let downloads: Vec<Download> = (0..100)
        .map(|number| Download {
            address: server.url(&format!("/{number}")),
            to: Some(folder.join(format!("{number}.bed"))),
            with_md5: false,
        })
        .collect();
    let fetcher = fetching::fetcher(&format!("{QUICK}parallel = 8\nparallel_per_host = 3\n"));
    let message = Mutex::new(Vec::new());
    let outcomes = fetcher.fetch_all(&downloads, &mut |position, outcome, _| {
        message.lock().unwrap().push((position, outcome.is_ok()));
    });
    assert_eq!(outcomes.len(), 100);
    for (number, outcome) in outcomes.iter().enumerate() {
        let place = downloads[number].to.as_ref().unwrap();
        match (number % 10, outcome) {
            (3, Err(fault)) => assert_eq!(fault.kind(), "not-found"),
            (7, Err(fault)) => assert_eq!(fault.kind(), "interrupted"),
            (_, Ok(_)) => assert_eq!(fs::read(place).unwrap(), bytes(number as u64, 3000)),
            (_, Err(fault)) => panic!("{number}: {fault}"),
        }
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 80);
    let mut message = message.into_inner().unwrap();
    message.sort_unstable();
    let expected: Vec<_> = outcomes.iter().map(Result::is_ok).enumerate().collect();
    assert_eq!(message, expected);
    assert!(counts.1.load(Ordering::SeqCst) <= 3);
    assert!(fetcher.fetch_all(&[], &mut |_, _, _| {}).is_empty());
}
