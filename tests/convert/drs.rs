//! Objects of GA4GH DRS: saved ones, and URIs that the tool resolves.

use std::fs;

use serde_json::{Value as Json, json};

use super::online_pages::{SITE, answer};
use super::portals::{converted, converted_json, file};
use crate::support::converting::{COLLECTION, Converted, convert_files};
use crate::support::folder;
use crate::support::running::{CONVERT, run_at};
use crate::support::scripted_server::{Act, Request, Server};

fn objects() -> Json {
    serde_json::from_str(&file("drs_objects.json")).unwrap()
}

#[test]
fn an_object_gives_url_checksum_and_name() {
    let converted = converted_json("drs", &objects());
    let document = converted.document();
    let track = &document["tracks"][0];
    assert_eq!(
        track["file_url"],
        "https://data.example.org/B_cells.narrowPeak.gz"
    );
    assert_eq!(track["checksum"]["cs_method"], "MD5");
    assert_eq!(track["label_short"], "B_cells.narrowPeak.gz");
    assert_eq!(document["tracks"][1]["checksum"]["cs_method"], "SHA-256");
    // What it does not give is missing, and what is not used is reported.
    assert!(
        converted
            .rows_of("missing")
            .iter()
            .any(|row| row[2] == "tracks.assembly_name"),
        "{:?}",
        converted.rows
    );
    let not_taken: Vec<&str> = converted
        .rows_of("not taken over")
        .iter()
        .map(|row| &row[3][..])
        .collect();
    assert!(not_taken.contains(&"crc32c: 0a1b2c3d"), "{not_taken:?}");
    assert!(
        not_taken.contains(&"s3://bucket/B_cells.narrowPeak.gz"),
        "{not_taken:?}"
    );
    let unread: Vec<&str> = converted
        .rows_of("not read")
        .iter()
        .map(|row| &row[2][..])
        .collect();
    assert_eq!(
        unread,
        [
            "drs.self_uri",
            "drs.size",
            "drs.created_time",
            "drs.mime_type",
            "drs.access_methods.type"
        ]
    );
}

#[test]
fn a_table_that_names_objects_gets_their_files() {
    let (objects, table) = (file("drs_objects.json"), file("drs_table.csv"));
    let files = [("objects.json", &objects[..]), ("drs_table.csv", &table)];
    let of_uri = converted("drs", &files);
    assert_eq!(
        of_uri.outcome.stderr,
        "converted to 2 tracks, 2 experiments, 2 samples, 1 study; the document conforms to FAIRtracks\n"
    );
    let document = of_uri.document();
    assert_eq!(document["tracks"][0]["local_id"], "lab:T1");
    assert_eq!(
        document["tracks"][1]["file_url"],
        "ftp://data.example.org/B_cells.bw"
    );
    // What the objects say besides is reported, as without a table.
    let reported = |outcome: &str, field: &str| {
        let mut rows = of_uri.rows.iter();
        rows.any(|row| row[0] == outcome && row[2] == field)
    };
    for title in ["drs.size", "drs.created_time", "drs.mime_type"] {
        assert!(reported("not read", title), "{title}: {:?}", of_uri.rows);
    }
    assert!(reported("not taken over", "drs.name"), "{:?}", of_uri.rows);
    assert!(
        reported("not taken over", "drs.checksums"),
        "{:?}",
        of_uri.rows
    );
    // By the id of the track, in a table without URLs.
    let by_id = "track_id,assembly\nt1,hg38\nt3,hg38\n";
    let by_id = converted("drs", &[("objects.json", &objects), ("t.csv", by_id)]);
    let document = by_id.document();
    let tracks = document["tracks"].as_array().unwrap();
    assert_eq!(tracks.len(), 3);
    assert_eq!(
        tracks[0]["file_url"],
        "https://data.example.org/B_cells.narrowPeak.gz"
    );
    assert_eq!(tracks[0]["assembly_name"], "hg38");
    assert!(tracks[1].get("file_url").is_none());
}

#[test]
fn a_bundle_is_no_track_and_another_checksum_is_reported() {
    let mut all = objects();
    let bundle = json!({"id": "b", "contents": [{"name": "one"}, {"name": "two"}]});
    all["resolved_drs_object"]
        .as_array_mut()
        .unwrap()
        .push(bundle);
    let table =
        "track_id,file_url,md5\nx,drs://drs.example.org/t1,ffffffffffffffffffffffffffffffff\n";
    let converted = converted("drs", &[("o.json", &all.to_string()), ("t.csv", table)]);
    let rows = converted.rows_of("not taken over");
    let reason = |value: &str| {
        let row = rows.iter().find(|row| row[3] == value);
        row.unwrap_or_else(|| panic!("{value}: {rows:?}"))[5].clone()
    };
    assert_eq!(
        reason("b"),
        "found a bundle of 2 objects (one, two), expected the object of one file: add the objects in the bundle"
    );
    assert_eq!(
        reason("0123456789abcdef0123456789abcdef"),
        "the row has another checksum: `ffffffffffffffffffffffffffffffff`"
    );
    assert_eq!(converted.document()["tracks"].as_array().unwrap().len(), 2);
}

#[test]
fn a_uri_in_a_table_is_resolved_only_on_request() {
    let table = file("drs_table.csv");
    let converted = convert_files(&[("drs_table.csv", table.as_bytes())], &COLLECTION);
    let rows = converted.rows_of("not taken over");
    let row = rows.iter().find(|row| row[3] == "drs://drs.example.org/t1");
    assert!(row.unwrap()[5].contains("--resolve-drs"), "{rows:?}");
}

/// Resolves the URIs of a table at a server that is the mirror of all hosts of DRS.
fn resolved(
    table: &str,
    script: impl Fn(&Request) -> Vec<Act> + Send + Sync + 'static,
) -> (Converted, Vec<String>) {
    let server = Server::start(script);
    let place = folder();
    let site = place.join("site.toml");
    let mirrors = [
        "drs.example.org",
        "resolver.api.identifiers.org",
        "other.example.org",
    ]
    .map(|host| {
        format!(
            "\"https://{host}/\" = \"{}\"\n",
            server.url(&format!("/{host}/"))
        )
    });
    fs::write(&site, format!("{SITE}[mirrors]\n{}", mirrors.concat())).unwrap();
    fs::write(place.join("t.csv"), table).unwrap();
    let own = [
        "t.csv",
        "--resolve-drs",
        "--output-document",
        "out.json",
        "--output-table",
        "out.tsv",
    ];
    let outcome = run_at(&site, CONVERT, &place, &[&own[..], &COLLECTION].concat());
    let rows = fs::read_to_string(place.join("out.tsv")).unwrap_or_default();
    let rows = rows.lines().skip(1);
    let converted = Converted {
        rows: rows
            .map(|row| row.split('\t').map(str::to_owned).collect())
            .collect(),
        document_bytes: fs::read(place.join("out.json")).unwrap_or_default(),
        outcome,
    };
    let seen = server.seen().into_iter().map(|request| request.target);
    (converted, seen.collect())
}

#[test]
fn objects_are_asked_for_until_they_are_ready() {
    let table = "track_id,file_url\na,drs://drs.example.org/t1\nb,drs://drs.example.org/t2\nc,drs://drs.example.org/t1\nd,drs://px:77/x\n";
    let (converted, seen) = resolved(table, |request| {
        let objects = objects();
        let object = |place: usize| objects["resolved_drs_object"][place].to_string();
        match request.target.as_str() {
            "/drs.example.org/ga4gh/drs/v1/objects/t1" if request.number == 0 => {
                vec![Act::Send(
                    b"HTTP/1.1 202 Accepted\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
                        .to_vec(),
                )]
            }
            "/drs.example.org/ga4gh/drs/v1/objects/t1" => answer("200 OK", &object(0)),
            "/drs.example.org/ga4gh/drs/v1/objects/t2" => {
                let object = json!({"id": "t2", "checksums": [], "access_methods": [{"type": "https", "access_id": "a/1"}]});
                answer("200 OK", &object.to_string())
            }
            "/drs.example.org/ga4gh/drs/v1/objects/t2/access/a%2F1" => answer(
                "200 OK",
                &json!({"url": "https://data.example.org/signed.bw"}).to_string(),
            ),
            "/resolver.api.identifiers.org/px:77%2Fx" => {
                let resource = json!({"compactIdentifierResolvedUrl": "https://other.example.org/ga4gh/drs/v1/objects/77"});
                answer(
                    "200 OK",
                    &json!({"payload": {"resolvedResources": [resource]}}).to_string(),
                )
            }
            "/other.example.org/ga4gh/drs/v1/objects/77" => answer("200 OK", &object(1)),
            _ => answer(
                "404 Not Found",
                "{\"msg\": \"no such object\", \"status_code\": 404}",
            ),
        }
    });
    let document = converted.document();
    let urls: Vec<&str> = document["tracks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|track| track["file_url"].as_str().unwrap_or("-"))
        .collect();
    assert_eq!(
        urls,
        [
            "https://data.example.org/B_cells.narrowPeak.gz",
            "https://data.example.org/signed.bw",
            "https://data.example.org/B_cells.narrowPeak.gz",
            "ftp://data.example.org/B_cells.bw"
        ]
    );
    assert_eq!(document["tracks"][0]["checksum"]["cs_method"], "MD5");
    let first = seen.iter().filter(|target| target.ends_with("/t1"));
    assert_eq!(first.count(), 2, "{seen:?}");
    assert_eq!(document["converted_from"]["options"]["resolve_drs"], "true");
}

#[test]
fn what_cannot_be_resolved_is_reported() {
    let table = "track_id,file_url\na,drs://drs.example.org/none\nb,drs://drs.example.org/bundle\nc,drs://10.1.2.3/x\nd,drs://nothing\ne,drs://drs.example.org/html\nf,drs://drs.example.org/s3\n";
    let (converted, _) = resolved(table, |request| {
        match request.path().rsplit('/').next() {
        Some("bundle") => answer("200 OK", &json!({"id": "bundle", "contents": [{"name": "x"}]}).to_string()),
        Some("html") => answer("200 OK", "<html>"),
        Some("s3") => answer("200 OK", &json!({"id": "s3", "access_methods": [{"type": "s3", "access_url": {"url": "s3://b/x"}}]}).to_string()),
        _ => answer("404 Not Found", "{\"msg\": \"no such object\", \"status_code\": 404}"),
    }
    });
    assert_eq!(converted.outcome.status, 0);
    let rows = converted.rows_of("not taken over");
    for (uri, said) in [
        ("drs://drs.example.org/none", "status 404: no such object"),
        (
            "drs://drs.example.org/bundle",
            "found a bundle of 1 objects (x)",
        ),
        ("drs://10.1.2.3/x", "was not contacted"),
        ("drs://nothing", "expected drs://host/id"),
        (
            "drs://drs.example.org/html",
            "found a web page (HTML), expected an object of DRS",
        ),
        (
            "drs://drs.example.org/s3",
            "found no URL of https, http or ftp (s3://b/x)",
        ),
    ] {
        let found = rows.iter().any(|row| {
            row[3] == uri && row[5].starts_with("not resolved: ") && row[5].contains(said)
        });
        assert!(found, "{uri}: {rows:?}");
    }
}
