//! `fairtracks_import` from servers whose answers say more, or other things, than their bytes.

use std::fs;

use crate::support::Outcome;
use crate::support::folder;
use crate::support::importing::{gzip, import_from, import_into, sha256};
use crate::support::scripted_server::Server;
use crate::support::scripted_server::replies::{Framing, framed};
use crate::support::wrong_bytes::Expected;
use crate::support::wrong_bytes::importing::{BED, differs, document};
use crate::support::wrong_bytes::makers::{bed, deflate, zlib};

/// An answer of a server: media type, content coding, body, and what becomes of it as BED.
type Answer = (&'static str, &'static str, Vec<u8>, Expected);

/// Imports what a server answers.
fn import_answers(answers: &[Answer]) -> Outcome {
    import_verified(answers, None)
}

/// The same where the document gives the SHA-256 of these bytes for each file.
fn import_verified(answers: &[Answer], bytes: Option<&[u8]>) -> Outcome {
    let replies: Vec<_> = answers
        .iter()
        .map(|(media_type, coding, body, _)| {
            let headers = [("Content-Type", media_type), ("Content-Encoding", coding)]
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name, (*value).to_owned()));
            framed(
                "200 OK",
                body,
                &headers.collect::<Vec<_>>(),
                Framing::Length,
            )
        })
        .collect();
    let server = Server::start(move |request| {
        let number: usize = request.path().trim_start_matches('/').parse().unwrap();
        replies[number].acts()
    });
    let tracks: Vec<_> = (0..answers.len())
        .map(|number| {
            (
                format!("n{number}"),
                server.url(&format!("/{number}")),
                BED,
                bytes,
            )
        })
        .collect();
    let site = "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nretries = 0\n";
    import_into(&folder(), site, &[&document(&tracks)], &[])
}

#[test]
fn headers_of_an_answer_count_where_the_bytes_prove_nothing() {
    use Expected::{Fails, Taken};
    let bed = bed().into_bytes();
    let headed = [b"chrom\tstart\tend\n", &bed[..]].concat();
    let brotli = b"\x0b\x02\x80hello\x03".to_vec();
    let answers: Vec<Answer> = vec![
        ("text/html", "", bed.clone(), Taken("bed", "")),
        (
            "text/plain",
            "",
            headed.clone(),
            Taken("bed", "line 1 is a header"),
        ),
        (
            "Text/HTML; charset=utf-8",
            "",
            headed.clone(),
            Fails("a web page"),
        ),
        (
            "application/xhtml+xml",
            "",
            b"one\ttwo\nthree\n".to_vec(),
            Fails("a web page"),
        ),
        ("", "gzip", gzip(&bed), Taken("bed", "")),
        ("", "x-gzip", bed.clone(), Taken("bed", "")),
        (
            "",
            "gzip, gzip",
            gzip(&gzip(&bed)),
            Taken("bed", "decompressed 2 times"),
        ),
        (
            "",
            "deflate",
            zlib(&bed),
            Taken("bed", "compressed with deflate"),
        ),
        (
            "",
            "deflate",
            deflate(&bed),
            Taken("bed", "compressed with deflate"),
        ),
        ("", "", zlib(&bed), Taken("bed", "compressed with deflate")),
        (
            "",
            "deflate",
            zlib(&headed),
            Taken("bed", "line 1 is a header"),
        ),
        ("", "deflate", zlib(&bed)[..40].to_vec(), Fails("zlib")),
        (
            "",
            "deflate",
            [&deflate(&bed)[..], b"more"].concat(),
            Fails("Content-Encoding `deflate`"),
        ),
        ("", "br", brotli, Fails("Content-Encoding `br`")),
        ("", "br", bed.clone(), Taken("bed", "")),
        (
            "",
            "zstd",
            b"\x28\xb5\x2f\xfd\x24\0\x01\0\0".to_vec(),
            Fails("Content-Encoding `zstd`"),
        ),
        (
            "",
            "compress",
            b"\x1f\x9d\x90\x63".to_vec(),
            Fails("Content-Encoding `compress`"),
        ),
        ("", "identity", bed.clone(), Taken("bed", "")),
        ("", "utf-8", bed.clone(), Taken("bed", "")),
        (
            "application/json",
            "",
            b"{\"ok\": false}".to_vec(),
            Fails("an error message"),
        ),
    ];
    let came = import_answers(&answers);
    let problems: Vec<String> = answers
        .iter()
        .enumerate()
        .filter_map(|(number, (_, _, _, expected))| {
            differs(&came.row(&format!("n{number}")), *expected, "bed")
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    for number in [4, 6, 7, 8, 9] {
        assert_eq!(
            came.row(&format!("n{number}"))["sha256"],
            sha256(&bed),
            "{number}"
        );
    }
}

#[test]
fn a_file_of_no_known_format_is_what_it_was_before_its_server_compressed_it() {
    let noise: Vec<u8> = [7, 129, 0, 200, 3, 9, 254, 31].repeat(40);
    let server = {
        let noise = noise.clone();
        Server::start(move |request| {
            let (coding, body) = match request.path() {
                "/zlib" => ("deflate", zlib(&noise)),
                "/br" => ("br", noise.clone()),
                _ => ("gzip", gzip(&noise)),
            };
            let headers = [("Content-Encoding", coding.to_owned())];
            framed("200 OK", &body, &headers, Framing::Length).acts()
        })
    };
    let format = ("", "Noise", "");
    let names = ["gzip", "zlib", "name.gz", "br"];
    let tracks: Vec<_> = names
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                server.url(&format!("/{name}")),
                format,
                None,
            )
        })
        .collect();
    let site = "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nretries = 0\n";
    let came = import_into(&folder(), site, &[&document(&tracks)], &[]);
    for (name, bytes) in [
        ("gzip", noise.clone()),
        ("zlib", noise.clone()),
        ("name.gz", gzip(&noise)),
    ] {
        assert_eq!(came.row(name)["sha256"], sha256(&bytes), "{name}");
        assert_eq!(came.row(name)["datatype"], "data");
    }
    assert!(
        came.row("br")["reason"].contains("`br`"),
        "{:?}",
        came.row("br")
    );
}

#[test]
fn a_checksum_of_the_file_before_its_server_compressed_it_counts() {
    use Expected::{Fails, Taken};
    let bed = bed().into_bytes();
    let answers: Vec<Answer> = vec![
        ("", "", bed.clone(), Taken("bed", "")),
        (
            "",
            "gzip",
            gzip(&bed),
            Taken("bed", "Content-Encoding `gzip`"),
        ),
        (
            "",
            "deflate",
            zlib(&bed),
            Taken("bed", "Content-Encoding `deflate`"),
        ),
        (
            "",
            "deflate",
            deflate(&bed),
            Taken("bed", "Content-Encoding `deflate`"),
        ),
        ("", "", gzip(&bed), Fails("found the SHA-256")),
        (
            "",
            "gzip",
            gzip(b"chr1\t1\t2\n"),
            Fails("found the SHA-256"),
        ),
        ("", "", b"<title>gone</title>".to_vec(), Fails("a web page")),
        ("", "", b"Not Found".to_vec(), Fails("an error message")),
    ];
    let came = import_verified(&answers, Some(&bed));
    for (number, (_, _, _, expected)) in answers.iter().enumerate() {
        let row = came.row(&format!("n{number}"));
        assert_eq!(differs(&row, *expected, "bed"), None);
        if row["status"] == "imported" {
            assert_eq!(row["sha256"], sha256(&bed));
            assert_eq!(row["checksum_found"], row["checksum_wanted"]);
        } else {
            assert!(row["reason"].contains("expected"), "{row:?}");
        }
    }
}

#[test]
fn the_crate_of_a_file_says_how_it_was_packed() {
    let bed = bed().into_bytes();
    let twice = gzip(&gzip(&bed));
    let answers: Vec<Answer> = vec![
        ("", "deflate", zlib(&bed), Expected::Taken("bed", "")),
        ("", "", twice.clone(), Expected::Taken("bed", "")),
    ];
    let came = import_answers(&answers);
    for (name, media_type, said, served) in [
        (
            "n0",
            "application/zlib",
            "deflate was decompressed",
            zlib(&bed),
        ),
        (
            "n1",
            "application/gzip",
            "nested gzip was decompressed",
            twice,
        ),
    ] {
        let crate_ = came.crate_of(name);
        let track = crate_.track();
        assert_eq!(track["sha256"], sha256(&bed));
        let original = crate_.follow(track, "isBasedOn")[0];
        assert_eq!(original["encodingFormat"], media_type);
        assert_eq!(original["sha256"], sha256(&served));
        assert!(crate_.metadata.to_string().contains(said), "{said}");
    }
}

#[test]
fn a_body_that_unpacks_to_more_than_the_site_allows_is_refused_however_it_is_packed() {
    let bomb = vec![b'0'; 3_000_000];
    let odd = folder();
    let files = [("gzip", gzip(&gzip(&bomb))), ("zlib", zlib(&bomb))];
    let mut tracks = Vec::new();
    for (name, bytes) in &files {
        fs::write(odd.join(name), bytes).unwrap();
        let url = format!("https://odd.example.org/{name}");
        tracks.push(((*name).to_owned(), url, BED, None));
    }
    let limit = "[limits]\nbytes_per_file = 100000\n";
    let came = import_from(&odd, limit, &[&document(&tracks)], &[]);
    for row in came.rows() {
        assert_eq!(row["status"], "failed", "{row:?}");
        assert!(row["reason"].contains("100000"), "{row:?}");
    }
}
