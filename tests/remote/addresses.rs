//! Where a stranger's document may make this machine connect to, and what is said of the addresses in it.

use crate::support;
use crate::support::fetching;
use std::fs;
use std::sync::Arc;

use crate::support::fetching::{QUICK, Table, fetcher};
use crate::support::scripted_server::Server;
use crate::support::scripted_server::replies::{Content, redirect};
use fairtracks::remote::{Fetcher, HostNames, Settings, private_name, refusal};
use fairtracks::text::secrets::redacted;

const REFUSED: [&str; 62] = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "168.63.129.16",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::2",
    "::7f00:1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::8.8.8.8",
    "64:ff9b:0:0:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:a9fe:a9fe::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fdff::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "2606:4700::5efe:10.0.0.1",
    "2606:4700::200:5efe:127.0.0.1",
    "8000::1",
];
const ALLOWED: [&str; 20] = [
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
];
/// Spellings of this machine that readers of addresses understand.
const SPELLINGS: [&str; 26] = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0x7f.1",
    "0x7f000001",
    "2130706433",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0x1",
    "127.0.0.1.",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "%31%32%37.0.0.1",
    "169.254.169.254",
    "0xA9FEA9FE",
    "2852039166",
    "[fd00:ec2::254]",
];

fn kind(fetcher: &Fetcher, address: &str) -> &'static str {
    let folder = support::folder();
    let outcome = fetcher.fetch(address, &folder.join("track"), false);
    fetching::shows_no_secret(&outcome).unwrap();
    let left = fs::read_dir(&folder).unwrap().count();
    assert_eq!(left, usize::from(outcome.is_ok()), "{address}");
    outcome.map_or_else(|fault| fault.kind(), |_| "came")
}

fn resolving(settings: &str, names: Arc<dyn HostNames>) -> Fetcher {
    Fetcher::with_names(Settings::parse(settings).unwrap(), names).unwrap()
}

#[test]
fn addresses_of_no_public_host_are_refused_and_their_neighbours_are_not() {
    for text in REFUSED {
        assert!(refusal(text.parse().unwrap()).is_some(), "{text}");
    }
    for text in ALLOWED {
        assert_eq!(refusal(text.parse().unwrap()), None, "{text}");
    }
}

#[test]
fn every_spelling_of_this_machine_is_refused() {
    let server = Server::start(|request| Content::new(1, 100).answer(request).acts());
    let fetcher = fetcher("");
    for host in SPELLINGS {
        for scheme in ["http", "https", "ftp"] {
            let url = format!(
                "{scheme}://annuser:s3cret@{host}:{}/x?sig=t0ken",
                server.address.port()
            );
            assert_eq!(kind(&fetcher, &url), "private-host", "{url}");
        }
    }
    assert_eq!(server.connections(), 0);
}

/// A fetcher whose site trusts one server, as its mirror of tracks.example.org, and nothing else.
fn mirroring(server: &Server, names: Arc<dyn HostNames>) -> Fetcher {
    let limits = &QUICK[QUICK.find("[limits]").unwrap()..];
    let row = format!("\"https://tracks.example.org/\" = \"{}\"", server.url("/"));
    resolving(&format!("[mirrors]\n{row}\n{limits}"), names)
}

#[test]
fn a_redirect_leads_to_no_private_host() {
    let other = Server::start(|request| Content::new(1, 100).answer(request).acts());
    let port = other.address.port();
    let near = SPELLINGS.map(|host| format!("http://{host}:{port}/x?X-Amz-Signature=t0ken"));
    let named = [
        "http://localhost:1/x",
        "//10.0.0.1/x",
        "http://inside.example.org/x",
    ];
    let targets: Vec<String> = near.into_iter().chain(named.map(str::to_owned)).collect();
    let leads = targets.clone();
    // The path says how many redirects come before the one that is not followed, and which that is.
    let server = Server::start(move |request| {
        let (hops, target) = request.path()[1..].split_once('/').unwrap();
        match hops.parse::<usize>().unwrap() {
            0 => redirect(&leads[target.parse::<usize>().unwrap()]).acts(),
            hops => redirect(&format!("/{}/{target}", hops - 1)).acts(),
        }
    });
    let names = [
        ("localhost", &["::1", "127.0.0.1"] as &[_]),
        ("inside.example.org", &["10.0.0.1"]),
    ];
    let fetcher = mirroring(&server, Table::of(&names));
    for (number, target) in targets.iter().enumerate() {
        for hops in [0, 1, 2] {
            let address = format!("https://tracks.example.org/{hops}/{number}");
            assert_eq!(kind(&fetcher, &address), "private-host", "{target}");
        }
    }
    assert_eq!(other.connections(), 0);
    for target in [
        "file:///etc/passwd",
        "ftp://8.8.8.8/x",
        "http://",
        "gopher://8.8.8.8/",
    ] {
        let server = Server::start(move |_| redirect(target).acts());
        let fetcher = mirroring(&server, Table::of(&[]));
        assert_eq!(
            kind(&fetcher, "https://tracks.example.org/x"),
            "redirect",
            "{target}"
        );
    }
    let server = Server::start(|request| match request.path() {
        "/x" => redirect("/y").acts(),
        _ => Content::new(1, 100).answer(request).acts(),
    });
    let fetcher = mirroring(&server, Table::of(&[]));
    assert_eq!(kind(&fetcher, "https://tracks.example.org/x"), "came");
}

#[test]
fn a_name_is_checked_by_what_it_stands_for() {
    let server = Server::start(|request| Content::new(1, 100).answer(request).acts());
    let names = Table::of(&[
        ("inside.example.org", &["10.0.0.1"]),
        (
            "mixed.example.org",
            &["10.0.0.1", "169.254.169.254", "::1", "127.0.0.1"],
        ),
        ("metadata.google.internal", &["169.254.169.254"]),
        ("localhost", &["::1", "127.0.0.2"]),
        ("none.example.org", &[]),
        ("good.example.org", &["127.0.0.1"]),
    ]);
    let port = server.address.port();
    let fetcher = resolving(QUICK, names.clone());
    for (host, expected) in [
        ("inside.example.org", "private-host"),
        ("metadata.google.internal", "private-host"),
        ("localhost", "private-host"),
        ("LOCALHOST", "private-host"),
        ("none.example.org", "unknown-host"),
        ("missing.example.org", "unknown-host"),
        ("good.example.org", "came"),
        // Only the address that may be connected to is connected to.
        ("mixed.example.org", "came"),
    ] {
        let schemes: &[&str] = match expected {
            // What answers there speaks no ftp.
            "came" => &["http"],
            _ => &["http", "ftp"],
        };
        for scheme in schemes {
            let url = format!("{scheme}://{host}:{port}/x");
            assert_eq!(kind(&fetcher, &url), expected, "{url}");
        }
    }
    let by_name = QUICK.replace("127.0.0.1", "good.example.org");
    let fetcher = resolving(&by_name, names);
    assert_eq!(
        kind(&fetcher, &format!("http://good.example.org:{port}/x")),
        "came"
    );
    assert_eq!(kind(&fetcher, &server.url("/x")), "private-host");
}

#[test]
fn behind_a_proxy_names_are_its_duty_and_what_can_be_seen_is_refused() {
    // The server is the proxy: it answers whatever it is asked for.
    let server = Server::start(|request| Content::new(1, 100).answer(request).acts());
    let settings = format!(
        "proxy = \"http://annuser:s3cret@{}\"\n{}",
        server.address,
        QUICK.replace("127.0.0.1", "10.9.9.9")
    );
    let fetcher = resolving(&settings, Table::of(&[]));
    assert_eq!(kind(&fetcher, "http://tracks.example.org/x?y=%2B"), "came");
    assert_eq!(server.seen()[0].target, "http://tracks.example.org/x?y=%2B");
    for url in [
        "http://localhost/x",
        "http://a.localhost./x",
        "http://127.0.0.1/x",
        "http://[::1]/x",
        "http://metadata.google.internal/x",
        "http://intranet/x",
        "http://nas.local/x",
    ] {
        assert_eq!(kind(&fetcher, url), "private-host", "{url}");
    }
    assert_eq!(server.seen().len(), 1);
    let notes = fetcher.notes().join("\n");
    assert!(
        notes.contains(&server.address.to_string()) && notes.contains("resolves host names"),
        "{notes}"
    );
    assert!(!notes.contains("s3cret"), "{notes}");
    assert_eq!(private_name("tracks.example.org"), None);
}

#[test]
fn addresses_that_are_no_files_are_explained() {
    let fetcher = fetcher("");
    for (address, expected, words) in [
        ("rsync://hgdownload.soe.ucsc.edu/x.bb", "scheme", "https"),
        (
            "s3://bucket/x.bb",
            "scheme",
            "use the https URL of the file in the store",
        ),
        (
            "gs://bucket/x.bb",
            "scheme",
            "use the https URL of the file in the store",
        ),
        ("file:///etc/passwd", "scheme", "mirror"),
        ("sftp://annuser:s3cret@example.org/x", "scheme", "account"),
        ("drs://example.org/x", "scheme", "resolver"),
        ("data:,x", "scheme", "not the URL of a file"),
        ("C:\\data\\x.bed", "scheme", "https:"),
        ("", "address", "empty"),
        ("x.bed", "address", "no scheme such as https://"),
        ("https://", "address", "empty host"),
        ("http://annuser:s3cret@[/x", "address", "IPv6"),
        ("http://annuser:s3cret@h.org:99999/x", "address", "port"),
        ("http://a.org/x\r\nHost: b", "address", "control"),
        ("ftp://8.8.8.8/a%0D%0ADELE%20b", "address", "characters"),
        ("ftp://8.8.8.8/", "address", "folder"),
    ] {
        let outcome = fetcher.fetch(address, &support::folder().join("track"), false);
        fetching::shows_no_secret(&outcome).unwrap();
        let fault = outcome.unwrap_err();
        assert_eq!(fault.kind(), expected, "{address}");
        assert!(fault.to_string().contains(words), "{fault}");
    }
}

#[test]
fn addresses_go_over_the_wire_as_they_were_given_and_secrets_only_to_their_host() {
    let other = Server::start(|request| Content::new(1, 100).answer(request).acts());
    let signed = other.url("/signed?X-Amz-Signature=t0ken&x=%2F%2B");
    let server = Server::start(move |request| match request.path() {
        "/files/ENCFF625ZYB/@@download/ENCFF625ZYB.bed.gz" => redirect(&signed).acts(),
        _ => Content::new(1, 100).answer(request).acts(),
    });
    let fetcher = fetcher(QUICK);
    let at = server.address;
    for path in [
        "/a%2Bb/c+d%20e.bb",
        "/x?file=a%2Fb&c=d+e;f,g",
        "/a//b/%7Ec/@@download/(x)'!*",
    ] {
        let url = format!("http://annuser:s3cret@{at}{path}");
        let fetched = fetcher
            .fetch(&url, &support::folder().join("track"), false)
            .unwrap();
        let last = server.seen().pop().unwrap();
        assert_eq!(last.target, path);
        assert!(last.header("authorization").starts_with("Basic "));
        assert_eq!(fetched.retrieved_from, format!("http://{at}{path}"));
        assert_eq!(fetched.served_by, at.to_string());
    }
    let path = "/files/ENCFF625ZYB/@@download/ENCFF625ZYB.bed.gz";
    let url = format!("http://annuser:s3cret@{at}{path}");
    let outcome = fetcher.fetch(&url, &support::folder().join("track"), false);
    fetching::shows_no_secret(&outcome).unwrap();
    let fetched = outcome.unwrap();
    assert_eq!(fetched.retrieved_from, redacted(&url));
    assert_eq!(fetched.served_by, other.address.to_string());
    let last = other.seen().pop().unwrap();
    assert_eq!(last.target, "/signed?X-Amz-Signature=t0ken&x=%2F%2B");
    assert_eq!(last.header("authorization"), "");
}
