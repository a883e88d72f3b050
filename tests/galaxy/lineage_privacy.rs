//! What is private is nowhere in lineage, whoever gave it.

use fairtracks::galaxy::lineage::{
    DatasetSource, HistoryDataset, Job, KnownHash, Lineage, Port, Producer, Stop, StopReason,
};
use serde_json::{Value as Json, json};

/// Lineage of one job with these parameters.
pub fn with_job(tool_id: &str, parameters: Json) -> Lineage {
    let mut lineage = Lineage::empty(Producer::Api);
    lineage.jobs.push(Job {
        id: "j1".to_owned(),
        tool_id: tool_id.to_owned(),
        parameters: serde_json::from_value(parameters).unwrap(),
        ..Job::default()
    });
    lineage
}

fn parameters(tool_id: &str, given: Json) -> Json {
    let lineage = with_job(tool_id, given).cleaned();
    serde_json::to_value(&lineage.jobs[0].parameters).unwrap()
}

fn named(name: &str) -> String {
    let mut lineage = Lineage::empty(Producer::Walk);
    lineage.datasets.push(HistoryDataset {
        id: "d1".to_owned(),
        name: name.to_owned(),
        element_identifier: name.to_owned(),
        tags: vec![name.to_owned()],
        ..HistoryDataset::default()
    });
    let dataset = lineage.cleaned().datasets.remove(0);
    assert_eq!(dataset.element_identifier, dataset.name);
    assert_eq!(dataset.tags.concat(), dataset.name);
    dataset.name
}

#[test]
fn what_a_user_chose_is_kept_by_the_names_of_the_form() {
    let given = json!({
        "count": 3, "ratio": 0.25, "merge": true, "columns": ["1", "2"], "text": "first 3 of / a/b",
        "packed": "\"abc\"", "choice": "{\"how\": \"other\", \"__current_case__\": 1, \"inner\": {\"deep\": 7}}",
        "many": [{"column": 1}, {"column": 2}], "from": "see https://ann:pw@h.example/x?token=1&a=2 there"
    });
    let kept = json!({
        "choice|how": "other", "choice|inner|deep": 7, "columns": ["1", "2"], "count": 3,
        "from": "see https://h.example/x?a=2 there", "many_0|column": 1, "many_1|column": 2, "merge": true,
        "packed": "abc", "ratio": 0.25, "text": "first 3 of / a/b"
    });
    assert_eq!(parameters("cat1", given), kept);
}

#[test]
fn names_of_galaxy_and_of_secrets_are_dropped() {
    for name in [
        "__input_ext",
        "chromInfo",
        "request_json",
        "password",
        "DB_Passwd",
        "access-token",
        "client_secret",
        "apiKey",
        "api_key",
        "credentials",
        "session",
        "cookie",
        "auth",
        "authorization",
        "conditional|token",
        "pass",
        "ann@h.example",
    ] {
        assert_eq!(parameters("cat1", json!({ name: 1 })), json!({}), "{name}");
        assert_eq!(
            parameters("cat1", json!({ "c": {name: 1} })),
            json!({}),
            "{name}"
        );
    }
    for name in ["author", "passes", "key", "sort_key"] {
        assert_eq!(parameters("cat1", json!({ name: 1 })), json!({ name: 1 }));
    }
}

#[test]
fn what_people_type_in_prose_or_on_a_command_line_is_dropped_and_a_program_is_kept() {
    for name in [
        "note",
        "comment",
        "cmd",
        "command_line",
        "header",
        "http_headers",
        "user_email",
        "login",
        "b64",
    ] {
        assert_eq!(
            parameters("cat1", json!({ name: "abc" })),
            json!({}),
            "{name}"
        );
        assert_eq!(
            parameters("cat1", json!({ "c": {name: ["abc"]} })),
            json!({}),
            "{name}"
        );
        assert_eq!(
            parameters("cat1", json!({ name: true })),
            json!({ name: true }),
            "{name}"
        );
    }
    for (name, text) in [
        ("code", "c1 > 0 && c2 == \"x\""),
        ("key", "column 2"),
        ("sort_key", "chr1"),
        ("header_lines", "two"),
        ("text", "the password of the portal is not needed"),
        ("sequence", "GATTACAGATTACAGATTACAGATTACAGATTACA"),
        ("accession", "ENCFF625ZYB"),
        ("doi", "doi:10.1038/nature11247"),
    ] {
        assert_eq!(
            parameters("cat1", json!({ name: text })),
            json!({ name: text }),
            "{name}"
        );
    }
    let packed = json!({"json": "{\"password\": \"abc\", \"kept\": 7}"});
    assert_eq!(parameters("cat1", packed), json!({"json|kept": 7}));
}

#[test]
fn texts_with_something_private_are_dropped() {
    for text in [
        "ann@h.example",
        "mailto:ann.b+c@mail.h.example!",
        "ann%40h.example",
        "/srv/galaxy/x.dat",
        "read /srv/galaxy/x.dat",
        "db=/srv/x/y",
        "C:\\Users\\ann",
        "F:/data/x",
        "\\\\server\\share",
        "file:///srv/x",
        "FILE:x",
        "~/x",
        "~ann/x",
        "0123456789abcdef0123456789abcdef",
        "key Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab",
        "ghp_0123456789abcd",
        "Zm9vYmFy/Zm9vYmFy1Zm9v+mFyZm9vYmFyZm9v/mE=",
        "a token=abc",
        "Authorization: Bearer abc",
        "Bearer BearerZZZ111222333",
        "password: abc",
        "X-Api: KEY",
        "curl -H \"X-Api: KEY\" -u ann:abc",
        "get --token abc",
        "Cookie: a=b; c=d",
        "say {\"password\": \"a b\"}",
        "pw is Hunter2SecretPw",
        "SiGnAtUrE99887766",
        "ann (at) h.example",
        "ann [at] h.example",
        "two\nlines",
        &"x".repeat(501),
    ] {
        assert_eq!(
            parameters("cat1", json!({ "p": text })),
            json!({}),
            "{text}"
        );
        assert_eq!(
            parameters("cat1", json!({ "p": ["a", text] })),
            json!({}),
            "{text}"
        );
    }
    for text in [
        "s/foo/bar/",
        "a/b/c",
        "c1>0 && c2=='x'",
        "https://www.encodeproject.org/files/ENCFF625ZYB/@@download/x.bed.gz",
        "12/24",
        &"x".repeat(500),
    ] {
        assert_eq!(
            parameters("cat1", json!({ "p": text })),
            json!({ "p": text })
        );
    }
}

#[test]
fn datasets_and_what_is_no_value_are_dropped() {
    for value in [
        json!({"values": [{"id": 7, "src": "hda"}]}),
        json!({"id": "a1", "src": "hdca"}),
        json!("{\"values\": [{\"id\": 7, \"src\": \"hda\"}]}"),
        json!([{"id": 7, "src": "hda"}]),
        json!({"__class__": "RuntimeValue"}),
        json!(null),
        json!([]),
        json!([["a"]]),
    ] {
        assert_eq!(
            parameters("cat1", json!({ "p": value })),
            json!({}),
            "{value}"
        );
    }
}

#[test]
fn uploads_tell_nothing_of_their_parameters() {
    for tool in [
        "upload1",
        "__DATA_FETCH__",
        "data_fetch",
        "shed.example/repos/a/b/data_fetch/0.1.0",
    ] {
        assert_eq!(
            parameters(tool, json!({ "dbkey": "hg38" })),
            json!({}),
            "{tool}"
        );
    }
}

#[test]
fn names_keep_what_is_not_private() {
    for (given, expected) in [
        ("/srv/galaxy/ann/peaks.bed", "peaks.bed"),
        ("/srv/My Data/peaks.bed", "peaks.bed"),
        (
            "Cut on /srv/galaxy/peaks.bed, column 1",
            "Cut on peaks.bed, column 1",
        ),
        ("C:\\Users\\ann\\peaks.bed", "peaks.bed"),
        ("file:///srv/ann/peaks.bed", "peaks.bed"),
        (
            "peaks of ann.b@h.example (2)",
            "peaks of (e-mail address) (2)",
        ),
        (
            "https://ann:pw@h.example/peaks.bed?sig=1",
            "https://h.example/peaks.bed",
        ),
        (
            "Fetch (https://ann:pw@h.example/x)",
            "Fetch (https://h.example/x)",
        ),
        ("api_key=0xc0ffee peaks", "api_key=… peaks"),
        ("of 0123456789abcdef0123456789abcdef.bed", "of ….bed"),
        ("Cut on data 3", "Cut on data 3"),
        ("password: Hunter2SecretPw", "password: …"),
        ("pw is Hunter2SecretPw", "pw is …"),
        (
            "Authorization: Bearer BearerZZZ111222333",
            "Authorization: …",
        ),
        ("of ann.b (at) h.example there", "of (e-mail address) there"),
        (
            "see https://ann:pw@h.example/x, rlkey=abc",
            "see https://h.example/x, rlkey=…",
        ),
        ("H3K4me3/GM12878 50% (a@b)", "H3K4me3/GM12878 50% (a@b)"),
        ("name:H3K4me3", "name:H3K4me3"),
        (
            "wgEncodeBroadHistoneGm12878H3k27acStdSig",
            "wgEncodeBroadHistoneGm12878H3k27acStdSig",
        ),
    ] {
        assert_eq!(named(given), expected);
    }
}

#[test]
fn sources_and_hashes_are_those_that_others_know() {
    let mut lineage = Lineage::empty(Producer::Api);
    let source = |url: &str| DatasetSource {
        url: url.to_owned(),
        ..DatasetSource::default()
    };
    let hash = |function: &str, value: &str| KnownHash {
        function: function.to_owned(),
        value: value.to_owned(),
    };
    lineage.datasets.push(HistoryDataset {
        id: "d1".to_owned(),
        uuid: "no uuid".to_owned(),
        sources: vec![
            source("https://ann:pw@h.example/x?sig=1&a=2"),
            source("file:///srv/x"),
            source("/srv/x/y"),
            source("gxfiles://ann/x"),
            source("https://h.example/ann@h.example/x"),
            source("ftp://h.example/y"),
            source("https://ann:pw@h.example/y?a=2#part"),
        ],
        hashes: vec![
            hash("MD5", &"AB".repeat(16)),
            hash("MD5", "/srv/x"),
            hash("CRC", "00"),
        ],
        ..HistoryDataset::default()
    });
    let dataset = lineage.cleaned().datasets.remove(0);
    // A password distinguishes no files, a signature may.
    let sources = dataset.sources.iter();
    let sources: Vec<_> = sources.map(|it| (it.url.as_str(), it.shortened)).collect();
    assert_eq!(
        sources,
        [
            ("https://h.example/x?a=2", true),
            ("ftp://h.example/y", false),
            ("https://h.example/y?a=2", false)
        ]
    );
    assert_eq!(dataset.hashes, [hash("MD5", &"ab".repeat(16))]);
    assert_eq!(dataset.uuid, "");
}

#[test]
fn what_was_said_and_times_are_cleaned() {
    let mut lineage = with_job("cat1", json!({}));
    lineage.jobs[0].start = Some("2026-11-24T08:10:22.123456".to_owned());
    lineage.jobs[0].end = Some("at /srv/x".to_owned());
    lineage.stopped.push(Stop {
        at: "/srv/x".to_owned(),
        why: StopReason::Error,
        said: "KeyError of ann@h.example".to_owned(),
    });
    let cleaned = lineage.cleaned();
    assert_eq!(
        cleaned.jobs[0].start.as_deref(),
        Some("2026-11-24T08:10:22+00:00")
    );
    assert_eq!(cleaned.jobs[0].end, None);
    assert_eq!(cleaned.stopped[0].at, "");
    assert_eq!(cleaned.stopped[0].said, "KeyError of (e-mail address)");
    assert!(!cleaned.complete);
}

#[test]
fn what_has_no_usable_id_is_gone_and_is_missed() {
    let mut lineage = with_job("cat1", json!({}));
    lineage.jobs[0].inputs.push(Port {
        name: "input".to_owned(),
        dataset: "/srv/x".to_owned(),
    });
    lineage.datasets.push(HistoryDataset {
        id: "/srv/x".to_owned(),
        ..HistoryDataset::default()
    });
    let cleaned = lineage.cleaned();
    assert!(cleaned.datasets.is_empty() && cleaned.jobs[0].inputs.is_empty());
    assert!(!cleaned.complete);
}
