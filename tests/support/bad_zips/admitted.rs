//! Archives that only look odd: any honest writer may have written them.

use super::builder::{Entry, Zip, Zip64End, extra, unicode_path};
use super::{Case, Verdict};

const METADATA: &str = "ro-crate-metadata.json";

fn file(name: &str) -> Entry {
    Entry::deflated(name, format!("the bytes of {name}\n").repeat(20).as_bytes())
}

fn passes(name: &'static str, zip: Zip) -> Case {
    let names = zip.entries.iter().map(|entry| entry.central.name.clone());
    let names = names.map(|name| String::from_utf8(name).unwrap());
    let verdict = Verdict::Passes(names.filter(|name| !name.ends_with('/')).collect());
    Case {
        name,
        bytes: zip.bytes(),
        verdict,
    }
}

/// Two files with a change of the second.
fn pair(change: impl FnOnce(Entry) -> Entry) -> Zip {
    Zip::of([file(METADATA), change(file("data/a.bed"))])
}

/// Deflated without making it smaller, so that the bytes can be seen.
fn as_it_is(bytes: &[u8]) -> Vec<u8> {
    let length = (bytes.len() as u16).to_le_bytes();
    let inverse = (!(bytes.len() as u16)).to_le_bytes();
    [&[1], &length[..], &inverse, bytes].concat()
}

/// The archives that pass.
pub fn cases() -> Vec<Case> {
    let long = format!("{}/b.bed", "x".repeat(255));
    let longest = format!("{}{}", "four/".repeat(200), "x".repeat(24));
    vec![
        passes("as usual", pair(|entry| entry)),
        passes(
            "stored",
            Zip::of([Entry::stored(METADATA, b"{}"), Entry::stored("empty", b"")]),
        ),
        passes("data descriptors", pair(|entry| entry.streamed(true))),
        passes(
            "data descriptors without signature",
            pair(|entry| entry.streamed(false)),
        ),
        passes("zip64 for a small file", pair(Entry::zip64)),
        passes(
            "zip64 at the end",
            pair(|entry| entry).with(|zip| zip.zip64 = Some(Zip64End { claimed: None })),
        ),
        passes(
            "bytes before the archive",
            pair(|entry| entry).with(|zip| zip.before = b"#!/bin/sh\nexit\n".repeat(9)),
        ),
        passes(
            "bytes behind the archive",
            pair(|entry| entry).with(|zip| zip.behind = b"\n\n".to_vec()),
        ),
        passes(
            "a comment",
            pair(|entry| entry).with(|zip| zip.comment = b"made by hand".to_vec()),
        ),
        passes(
            "a comment and bytes behind the archive",
            pair(|entry| entry).with(|zip| {
                (zip.comment, zip.behind) = (b"made by hand".to_vec(), vec![0; 512]);
            }),
        ),
        passes(
            "stored and streamed",
            Zip::of([Entry::stored(METADATA, b"{}").streamed(true)]),
        ),
        passes(
            "a streamed zip in a streamed zip",
            pair(|entry| {
                let inner = Zip::of([entry.streamed(true)]).bytes();
                Entry::stored("inner.zip", &inner).streamed(true)
            }),
        ),
        passes(
            "a deflated zip in a streamed zip",
            pair(|entry| {
                let inner = Zip::of([entry]).bytes();
                Entry::packed(b"inner.zip", 8, as_it_is(&inner), &inner).streamed(true)
            }),
        ),
        passes(
            "a zip64 field with all numbers",
            pair(|entry| {
                let sizes = [entry.central.size, entry.central.packed].map(u64::from);
                let field = extra(1, &sizes.map(u64::to_le_bytes).concat());
                entry.with(|entry| entry.central.extra = field)
            }),
        ),
        passes(
            "extra fields with padding, as of zipalign",
            pair(|entry| entry.with(|entry| entry.local.extra = vec![0; 3])),
        ),
        passes(
            "a folder that is deflated",
            Zip::of([file(METADATA), Entry::deflated("data/", b"")]),
        ),
        passes("a semicolon in a name", Zip::of([file("a;1")])),
        passes("no entries", Zip::of([])),
        passes(
            "folders as entries",
            Zip::of([
                file(METADATA),
                Entry::stored("data/", b"").with(|entry| entry.attributes = 0o040_755 << 16 | 0x10),
                file("data/a.bed"),
            ]),
        ),
        passes(
            "a folder behind its files",
            Zip::of([file("data/a.bed"), Entry::stored("data/", b"")]),
        ),
        passes(
            "metadata not first",
            Zip::of([file("data/a.bed"), file(METADATA)]),
        ),
        passes(
            "made on DOS",
            pair(|entry| entry.with(|entry| (entry.system, entry.attributes) = (0, 0x20))),
        ),
        passes(
            "no attributes",
            pair(|entry| entry.with(|entry| entry.attributes = 0)),
        ),
        passes("UTF-8 name", Zip::of([file("größe.bed")])),
        passes(
            "UTF-8 name without its flag, as Info-ZIP writes it",
            Zip::of([file("größe.bed").both(|header| header.flags = 0)]),
        ),
        passes(
            "a colon and blanks in a name",
            Zip::of([file("chr1:1-10 (copy).bed")]),
        ),
        passes(
            "names as long as they may be",
            Zip::of([file(&long), file(&longest)]),
        ),
        passes(
            "names with the same beginning",
            Zip::of(["a", "a.b", "a-b", "ab/c", "b"].map(file)),
        ),
        passes(
            "times of Unix in extra fields",
            pair(|entry| {
                entry.both(|header| header.extra = extra(0x5455, &[3, 0, 0, 0, 0, 0, 0, 0, 0]))
            }),
        ),
        passes(
            "the same name in an extra field",
            Zip::of([file("größe")
                .both(|header| header.extra = unicode_path("größe".as_bytes(), "größe"))]),
        ),
        passes(
            "a zip in the zip",
            pair(|_| Entry::stored("inner.zip", &pair(|entry| entry).bytes())),
        ),
        passes(
            "unlisted bytes between entries",
            pair(|entry| entry.with(|entry| entry.descriptor = vec![7; 99])),
        ),
        passes(
            "70,001 entries",
            Zip::of((0..70_001).map(|n| Entry::stored(format!("{n}"), b"")))
                .with(|zip| zip.zip64 = Some(Zip64End { claimed: None })),
        ),
    ]
}
