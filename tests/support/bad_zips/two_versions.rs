//! Archives that state one thing of an entry in one place and another thing in another.

use super::Case;
use super::builder::{Entry, Header, Zip, extra, unicode_path};
use super::end_records::{METADATA, file};

/// An entry in two versions.
pub fn cases() -> Vec<Case> {
    let entry = |name, change: fn(Entry) -> Entry| {
        let bytes = Zip::of([file(METADATA), change(file("odd"))]).bytes();
        Case::refused(name, bytes, "HeadersDiffer", "\"odd\"")
    };
    let descriptor = |name, change: fn(&mut Vec<u8>)| {
        let entry = file("odd").streamed(true);
        let bytes = Zip::of([
            file(METADATA),
            entry.with(|entry| change(&mut entry.descriptor)),
        ])
        .bytes();
        Case::refused(name, bytes, "HeadersDiffer", "the data descriptor")
    };
    fn central(entry: Entry, change: impl FnOnce(&mut Header)) -> Entry {
        entry.with(|entry| change(&mut entry.central))
    }
    // Deflated bytes that end, then an entry that only readers of streams see.
    let short = Entry::deflated("odd", b"short").streamed(true);
    let hidden = Zip::of([Entry::stored("evil.sh", b"echo")]).bytes();
    let early = [&short.data[..], &short.descriptor, &hidden[..41]].concat();
    let early = Entry::packed(b"odd", 8, early, b"short").streamed(true);
    let mut stored = b"four".to_vec();
    stored.extend(Entry::stored("odd", b"four").streamed(true).descriptor);
    stored.extend(b"more");
    let stored = Entry::stored("odd", &stored).streamed(true);
    let flagged = file("größe").with(|entry| entry.local.flags = 0);
    let twins = Zip::of([file("a.bed"), file("a.bed;1")]);
    vec![
        descriptor("a descriptor with another checksum", |bytes| bytes[4] ^= 1),
        descriptor("a descriptor with another packed size", |bytes| {
            bytes[8] ^= 1
        }),
        descriptor("a descriptor with another size", |bytes| bytes[12] ^= 1),
        descriptor("no descriptor", Vec::clear),
        descriptor("half a descriptor", |bytes| bytes.truncate(9)),
        Case::refused(
            "an entry in the deflated bytes of a streamed one",
            Zip::of([early]).bytes(),
            "Damaged",
            "end before their stated size",
        ),
        Case::refused(
            "a descriptor in the stored bytes of a streamed entry",
            Zip::of([stored]).bytes(),
            "Damaged",
            "end before their stated size",
        ),
        Case::refused(
            "UTF-8 in one header",
            Zip::of([flagged]).bytes(),
            "HeadersDiffer",
            "flags",
        ),
        entry("a zip64 field with other sizes", |entry| {
            central(entry, |header| header.extra = extra(1, &[9; 16]))
        }),
        entry("a zip64 field that lacks a number", |entry| {
            central(entry, |header| header.size = u32::MAX)
        }),
        entry("two zip64 fields", |entry| {
            let entry = entry.zip64();
            central(entry, |header| header.extra = header.extra.repeat(2))
        }),
        entry(
            "other sizes in the zip64 field of its own header",
            |entry| entry.zip64().with(|entry| entry.local.extra[4] ^= 1),
        ),
        entry("an extra field without end", |entry| {
            central(entry, |header| header.extra = vec![1, 0, 200, 0, 1])
        }),
        Case::refused(
            "second name in its own header",
            Zip::of([file("odd").with(|entry| entry.local.extra = unicode_path(b"odd", "evil"))])
                .bytes(),
            "TwoNames",
            "\"evil\"",
        ),
        Case::refused(
            "masked headers",
            Zip::of([file("odd").both(|header| header.flags |= 1 << 13)]).bytes(),
            "Encrypted",
            "\"odd\"",
        ),
        Case::refused(
            "patch data",
            Zip::of([file("odd").both(|header| header.flags |= 1 << 5)]).bytes(),
            "Encrypted",
            "\"odd\"",
        ),
        Case::refused(
            "a file with the attribute of a folder",
            Zip::of([file("odd").with(|entry| entry.attributes |= 0x10)]).bytes(),
            "Special",
            "\"odd\"",
        ),
        Case::refused(
            "a folder with packed bytes",
            Zip::of([Entry::packed(b"data/", 0, hidden, b"")]).bytes(),
            "FolderWithBytes",
            "\"data/\"",
        ),
        Case::refused(
            "two versions of a file as VMS names them",
            twins.bytes(),
            "Twin",
            "a.bed;1",
        ),
    ]
}
