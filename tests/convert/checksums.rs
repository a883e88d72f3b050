//! Checksums that are computed from the files of tracks.

use std::fs;

use fairtracks::archive::digest::Sha256Sum;
use serde_json::Value as Json;

use super::online_pages::SITE;
use crate::support::converting::COLLECTION;
use crate::support::folder;
use crate::support::running::{CONVERT, names, run_at};
use crate::support::scripted_server::Server;
use crate::support::scripted_server::replies::{Content, redirect, status};

#[test]
fn missing_checksums_are_computed_on_request_alone() {
    let bytes = Content::new(7, 300_000).bytes;
    let server = Server::start(|request| match request.path() {
        "/a.bed" => Content::new(7, 300_000).answer(request).acts(),
        "/cut.bed" => {
            let reply = Content::new(8, 2000).answer(request);
            reply.broken(
                reply.head.len() + 100,
                crate::support::scripted_server::Act::Close,
            )
        }
        "/away.bed" => redirect("http://10.1.2.3/x.bed").acts(),
        "/huge.bed" => Content::new(9, 500_000).answer(request).acts(),
        _ => status("404 Not Found", &[]).acts(),
    });
    let place = folder();
    let site = place.join("site.toml");
    fs::write(&site, format!("{SITE}bytes_per_file = 400000\n")).unwrap();
    let row = |id: &str, path: &str, md5: &str| format!("{id},{},{md5}\n", server.url(path));
    let md5 = "0123456789abcdef0123456789abcdef";
    let table = [
        "track_id,file_url,md5\n".to_owned(),
        row("a", "/a.bed", ""),
        row("b", "/a.bed", ""),
        row("c", "/known.bed", md5),
        row("d", "/none.bed", ""),
        row("e", "/cut.bed", ""),
        row("f", "/away.bed", ""),
        row("g", "/huge.bed", ""),
        "h,rsync://h.example.org/x.bed,\n".to_owned(),
    ];
    fs::write(place.join("t.csv"), table.concat()).unwrap();
    let own = [
        "t.csv",
        "--output-document",
        "out.json",
        "--output-table",
        "out.tsv",
    ];
    let run = |more: &[&str]| {
        let outcome = run_at(
            &site,
            CONVERT,
            &place,
            &[&own[..], more, &COLLECTION].concat(),
        );
        assert_eq!(outcome.status, 0, "{outcome:?}");
        let document: Json =
            serde_json::from_slice(&fs::read(place.join("out.json")).unwrap()).unwrap();
        (document, fs::read_to_string(place.join("out.tsv")).unwrap())
    };
    let (document, _) = run(&[]);
    assert!(document["tracks"][0].get("checksum").is_none());
    assert!(server.seen().is_empty());

    let (document, rows) = run(&["--checksums", "fetch"]);
    let checksum = |place: usize| document["tracks"][place]["checksum"].clone();
    let sha256 = Sha256Sum::of(&bytes).hexadecimal();
    for place in [0, 1] {
        assert_eq!(checksum(place)["cs_method"], "SHA-256");
        assert_eq!(checksum(place)["cs_hash"], sha256.as_str());
    }
    assert_eq!(checksum(2)["cs_hash"], md5);
    for place in 3..8 {
        assert!(checksum(place).is_null(), "{place}");
    }
    let asked = |path: &str| {
        server
            .seen()
            .iter()
            .filter(|request| request.path() == path)
            .count()
    };
    assert_eq!((asked("/a.bed"), asked("/known.bed")), (1, 0));
    let computed = format!("computed from the bytes at {}", server.url("/a.bed"));
    let of = |outcome: &str| {
        let lines = rows
            .lines()
            .filter(|line| line.starts_with(outcome) && line.contains("checksums fetch"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(
        of("derived")
            .iter()
            .all(|line| line.contains(&computed) && line.contains(&sha256)),
        "{rows}"
    );
    let refused = of("not taken over");
    for (path, said) in [
        ("/none.bed", "status 404"),
        ("/cut.bed", "closed the connection"),
        ("/away.bed", "10.1.2.3 is"),
        ("/huge.bed", "larger than 400000 bytes"),
        ("rsync://h.example.org/x.bed", "`rsync:` are not supported"),
    ] {
        assert!(
            refused
                .iter()
                .any(|line| line.contains(path) && line.contains(said)),
            "{path}: {refused:?}"
        );
    }
    assert_eq!(document["converted_from"]["options"]["checksums"], "fetch");
    // No file of a track is left.
    assert_eq!(names(&place), ["out.json", "out.tsv", "site.toml", "t.csv"]);
}
