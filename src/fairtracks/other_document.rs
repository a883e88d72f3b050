//! Files other than FAIRtracks documents: what each is, and what to do with it.

use std::borrow::Cow;
use std::fmt;

use crate::text::json::parse;

mod json;

pub use json::of_json;

/// How many bytes at the start of a file identify it.
const FIRST_BYTES: usize = 1 << 16;
/// How much of the first words of a text is shown.
const FIRST_WORDS: usize = 60;

/// The kind of a file other than a FAIRtracks document, as a phrase: `an HTML page`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherDocument {
    what: Cow<'static, str>,
    advice: &'static str,
}

impl OtherDocument {
    /// The same inside a gzip file.
    #[must_use]
    pub fn packed(self) -> Self {
        let what = format!("a gzip file with {} in it", self.what);
        OtherDocument {
            what: what.into(),
            advice: UNPACK,
        }
    }

    /// Whether it is a table or list that may name tracks by their URLs.
    pub fn may_list_tracks(&self) -> bool {
        self.what.starts_with("a table of") || self.what == "a list of addresses"
    }

    /// What to do: a sentence without capital and full stop.
    pub fn advice(&self) -> &'static str {
        self.advice
    }
}

impl fmt::Display for OtherDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

fn other(what: impl Into<Cow<'static, str>>, advice: &'static str) -> Option<OtherDocument> {
    let what = what.into();
    Some(OtherDocument { what, advice })
}

const GET_AGAIN: &str = "download the document again, from the URL of the file, not of a page";
const UNPACK: &str = "decompress it, and give the document in it";
const WRITE_1_0: &str = "get the document as FAIRtracks 1.0.2, the version that this suite reads";

/// The first bytes of files of other kinds.
const MAGIC: [(&[u8], &str, &str); 11] = [
    (
        b"PK\x03\x04",
        "a zip archive",
        "if it is an RO-Crate, give the FAIRtracks document in it (metadata/fairtracks.json), or give the crate to a tool that reads crates (import, follow, package, check)",
    ),
    (b"PK\x05\x06", "an empty zip archive", GET_AGAIN),
    (b"BZh", "a bzip2 file", UNPACK),
    (b"\xfd7zXZ\x00", "an xz file", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"%PDF-", "a PDF", GET_AGAIN),
    (b"SQLite format 3\x00", "an SQLite database", GET_AGAIN),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file", GET_AGAIN),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", GET_AGAIN),
    (
        b"version https://git-lfs.github.com/spec/",
        "a Git LFS pointer, not the file itself",
        "get the file itself (git lfs pull)",
    ),
];

/// The kind of a file by its first bytes, if they cannot begin a JSON text.
pub fn of_bytes(bytes: &[u8]) -> Option<OtherDocument> {
    let known = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic));
    if let Some((_, what, advice)) = known {
        return other(*what, advice);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return other("a tar archive", UNPACK);
    }
    let start = &bytes[..bytes.len().min(FIRST_BYTES)];
    of_text(&String::from_utf8_lossy(start))
}

/// The kind of a file that was given as a crate; none for a zip archive and for unknown files.
pub fn in_place_of_crate(bytes: &[u8]) -> Option<OtherDocument> {
    if bytes.starts_with(b"PK") {
        return None;
    }
    if bytes.is_empty() {
        return other("an empty file", GET_AGAIN);
    }
    if bytes.starts_with(b"\x1f\x8b") {
        return other("a gzip file", UNPACK);
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    match parse(text) {
        Ok(value) => of_json(&value).or_else(|| match value.get("tracks") {
            Some(_) => other("a FAIRtracks document", WRITE_1_0),
            None => other("a JSON file", GET_AGAIN),
        }),
        Err(_) => of_bytes(bytes),
    }
}

/// The kind of a text other than JSON; none for a text that may be faulty JSON.
pub fn of_text(text: &str) -> Option<OtherDocument> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return markup(text);
    }
    if text.starts_with(['{', '[', '"']) {
        return json_lines(text);
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let is_gsuite = |line: &str| {
        let line = line.to_ascii_lowercase();
        let keys = [
            "##gsuite",
            "##location",
            "##file format",
            "##file type",
            "##track type",
        ];
        keys.iter().any(|key| line.starts_with(key)) || line.starts_with("###uri")
    };
    if text
        .lines()
        .take_while(|line| line.starts_with('#'))
        .any(is_gsuite)
    {
        let advice = "give it to FAIRtracks import, or give a FAIRtracks document";
        return other("a GSuite list of tracks", advice);
    }
    if first.starts_with("#local_id\t") {
        let advice = "give the document of hits of the same search";
        return other("a table of hits", advice);
    }
    if first.contains('\t') {
        let count = first.split('\t').count();
        let advice = "give the FAIRtracks document that describes the tracks";
        return other(format!("a table of {count} columns"), advice);
    }
    if first.starts_with("http://") || first.starts_with("https://") || first.starts_with("ftp://")
    {
        let advice = "give the document itself, not its address";
        return other("a list of addresses", advice);
    }
    let words: String = first.chars().take(FIRST_WORDS).collect();
    let is_word = words.chars().all(|character| !character.is_control());
    let is_plain = is_word && !words.contains('\u{fffd}');
    is_plain.then(|| other(format!("plain text (\"{words}\")"), GET_AGAIN))?
}

/// HTML, or XML of another kind, such as the errors of S3.
fn markup(text: &str) -> Option<OtherDocument> {
    let start: String = text.chars().take(4096).collect();
    let start = start.to_ascii_lowercase();
    #[rustfmt::skip]
    let tags = [
        "<!doctype html", "<html", "<head", "<body", "<title", "<script", "<meta", "<div",
    ];
    if tags.iter().any(|tag| start.contains(tag)) {
        return other("an HTML page", GET_AGAIN);
    }
    if start.contains("<error>") || start.contains("<error ") {
        return other("an error message of a server (XML)", GET_AGAIN);
    }
    other("an XML file", GET_AGAIN)
}

/// One JSON value on each line.
fn json_lines(text: &str) -> Option<OtherDocument> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_object = |line: &str| parse(line).is_ok_and(|value| value.is_object());
    let are_objects = lines.next().is_some_and(is_object) && lines.next().is_some_and(is_object);
    let advice =
        "give one JSON object; if each line is a FAIRtracks document, give each as a separate file";
    are_objects.then(|| other("JSON Lines, one JSON object a line", advice))?
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(bytes: &[u8]) -> String {
        let kind = match serde_json::from_slice(bytes) {
            Ok(value) => of_json(&value),
            Err(_) => of_bytes(bytes),
        };
        kind.map(|kind| kind.to_string()).unwrap_or_default()
    }

    #[test]
    fn files_of_other_kinds_are_named() {
        #[rustfmt::skip]
        let cases = [
            (b"PK\x03\x04x".as_slice(), "a zip archive"),
            (b"BZh91AY", "a bzip2 file"),
            (b"%PDF-1.7", "a PDF"),
            (b"\n<!DOCTYPE html>\n<p>", "an HTML page"),
            (b"<?xml version=\"1.0\"?><html>", "an HTML page"),
            (b"<!-- x --><body>", "an HTML page"),
            (b"<?xml?><Error><Code>NoSuchKey", "an error message of a server (XML)"),
            (b"<?xml?><RDF/>", "an XML file"),
            (b"##location: remote\n", "a GSuite list of tracks"),
            (b"# x\n##file format: primary\n", "a GSuite list of tracks"),
            (b"###uri\ttitle\nhttps://a\tb\n", "a GSuite list of tracks"),
            (b"#local_id\tlabel\n", "a table of hits"),
            (b"chr1\t1\t2\n", "a table of 3 columns"),
            (b"https://example.org/a.bed\n", "a list of addresses"),
            (b"Not Found", "plain text (\"Not Found\")"),
            (b"{\"a\": 1}\n{\"a\": 2}\n", "JSON Lines, one JSON object a line"),
            (b"[{\"doc_info\": {}}]", "a JSON array of 1 FAIRtracks document"),
            (b"[{\"tracks\": {}}]", "1 hit in the response of a TrackFind server"),
            (b"[]", "a JSON array of 0 values"),
            (b"\"x\"", "a JSON text"),
            (b"{\"error\": \"no such file\"}", "an error message of a server (\"no such file\")"),
        ];
        for (bytes, name) in cases {
            assert_eq!(named(bytes), name, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn documents_of_other_standards_are_named() {
        #[rustfmt::skip]
        let cases = [
            (json!({"bundle_metadata": {}, "files": []}), "a bundle of the FGA-WG"),
            (json!({"files": [], "experiments": []}), "a bundle of the FGA-WG"),
            (json!({"document": {}, "tracks": []}), "a document of the draft of FAIRtracks 2"),
            (json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": []}), "the metadata file of an RO-Crate"),
            (json!({"@context": [], "@graph": []}), "JSON-LD of another kind"),
            (json!({"$schema": "x", "properties": {}}), "a JSON Schema"),
            (json!({"a_galaxy_workflow": "true"}), "a Galaxy workflow"),
            (json!({"producer": "api", "datasets": [], "jobs": []}), "the lineage of a Galaxy"),
        ];
        for (value, name) in cases {
            let kind = of_json(&value).unwrap().to_string();
            assert!(kind.starts_with(name), "{kind}");
        }
    }

    #[test]
    fn what_may_be_a_document_of_version_1_is_left_to_its_reader() {
        for value in [
            json!({"doc_info": {}, "files": [], "document": {}}),
            json!({"collection_info": {}, "tracks": [], "files": []}),
            json!({"tracks": []}),
            json!({"experiments": [], "samples": []}),
            json!({}),
        ] {
            assert_eq!(of_json(&value), None, "{value}");
        }
        for text in ["{\"tracks\": ", "{\"a\": 1,}", "{\n\"a\": 1\n}\n{", ""] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }
}
