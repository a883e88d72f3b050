//! Archives that other programs read differently: their records disagree, or there are more of them than one archive has.

use super::Case;
use super::builder::{Entry, Header, Zip, Zip64End, extra, unicode_path};

const METADATA: &str = "ro-crate-metadata.json";
const END: &[u8] = b"PK\x05\x06";
const CENTRAL: &[u8] = b"PK\x01\x02";
const ZIP64_END: &[u8] = b"PK\x06\x06";
const LOCATOR: &[u8] = b"PK\x06\x07";

fn file(name: &str) -> Entry {
    Entry::deflated(name, format!("the bytes of {name}\n").repeat(5).as_bytes())
}

fn honest() -> Zip {
    Zip::of([file(METADATA), file("a.bed")])
}

fn zip64() -> Zip {
    honest().with(|zip| zip.zip64 = Some(Zip64End { claimed: None }))
}

fn evil() -> Vec<u8> {
    Zip::of([Entry::stored(METADATA, b"{\"evil\": true}")]).bytes()
}

fn last(bytes: &[u8], signature: &[u8]) -> usize {
    let mut places = (0..bytes.len()).rev();
    places
        .find(|at| bytes[*at..].starts_with(signature))
        .unwrap()
}

fn first(bytes: &[u8], signature: &[u8]) -> usize {
    (0..bytes.len())
        .find(|at| bytes[*at..].starts_with(signature))
        .unwrap()
}

/// Adds to a number of four bytes in the last record of a kind.
fn shifted(mut bytes: Vec<u8>, signature: &[u8], field: usize, by: i64) -> Vec<u8> {
    let at = last(&bytes, signature) + field;
    let old = u32::from_le_bytes(*bytes[at..].first_chunk().unwrap());
    let new = (i64::from(old) + by) as u32;
    bytes[at..at + 4].copy_from_slice(&new.to_le_bytes());
    bytes
}

/// Puts bytes before the first record of a kind, with the end record's offset moved along or not.
fn inserted(mut bytes: Vec<u8>, signature: &[u8], new: &[u8], moved: bool) -> Vec<u8> {
    let at = first(&bytes, signature);
    bytes.splice(at..at, new.iter().copied());
    match moved {
        true => shifted(bytes, END, 16, new.len() as i64),
        false => bytes,
    }
}

/// What the end records state.
fn ends() -> Vec<Case> {
    let bytes = honest().bytes();
    let list = last(&bytes, END) - first(&bytes, CENTRAL);
    let refused = |name, bytes, said| Case::refused(name, bytes, "EndDisagrees", said);
    let garbage = [0; 7];
    let narrow = |field, by| shifted(honest().bytes(), END, field, by);
    let wide = |signature, field, by| shifted(zip64().bytes(), signature, field, by);
    // The second of two entries alone, by the size; both of them by the offset.
    let second = bytes.len() - 22 - (46 + "a.bed".len());
    let half = second as i64 - first(&bytes, CENTRAL) as i64;
    let no_offset = |mut bytes: Vec<u8>| {
        let at = last(&bytes, END) + 16;
        bytes[at..at + 4].copy_from_slice(&[0; 4]);
        bytes
    };
    let two_counts = |mut bytes: Vec<u8>| {
        let at = last(&bytes, END) + 8;
        bytes[at..at + 4].copy_from_slice(&[1, 0, 1, 0]);
        bytes
    };
    let wrong_place = "NotAZip";
    vec![
        Case::refused(
            "a list that is longer than stated",
            two_counts(narrow(12, -half)),
            "HeadersDiffer",
            "no header stands",
        ),
        Case::refused(
            "an offset behind the list",
            narrow(16, 1),
            wrong_place,
            "states a wrong place",
        ),
        Case::refused(
            "a size larger than the list",
            narrow(12, list as i64),
            wrong_place,
            "states a wrong place",
        ),
        Case::refused(
            "an offset before the list",
            narrow(16, -5),
            "HeadersDiffer",
            "no header stands",
        ),
        Case::refused(
            "offsets of an archive without its first entry",
            no_offset(bytes),
            "HeadersDiffer",
            "no header stands",
        ),
        refused(
            "bytes between list and end record",
            inserted(honest().bytes(), END, &garbage, false),
            "no header of an entry",
        ),
        refused(
            "a digital signature behind the list",
            inserted(honest().bytes(), END, b"PK\x05\x05\x02\0ab", false),
            "no header of an entry",
        ),
        refused(
            "bytes between list and zip64 end record",
            inserted(zip64().bytes(), ZIP64_END, &garbage, false),
            "no header of an entry",
        ),
        refused(
            "bytes between zip64 end record and locator",
            inserted(zip64().bytes(), LOCATOR, &garbage, false),
            "does not end at its locator",
        ),
        refused(
            "a locator that leads elsewhere",
            wide(LOCATOR, 8, -1),
            "is not where its locator says",
        ),
        refused(
            "a zip64 end record with data of its own",
            wide(ZIP64_END, 4, 8),
            "does not end at its locator",
        ),
        refused(
            "two counts in zip64",
            shifted(wide(ZIP64_END, 24, 1), ZIP64_END, 32, 1),
            "states 3 entries, the list has 2",
        ),
        Case::refused(
            "a count for this disk that is smaller",
            wide(ZIP64_END, 24, -1),
            wrong_place,
            "one disk",
        ),
        refused(
            "two offsets in zip64",
            wide(END, 16, 1),
            "state different numbers",
        ),
        refused(
            "two sizes in zip64",
            wide(END, 12, 1),
            "state different numbers",
        ),
        Case::refused(
            "a list on another disk in zip64",
            wide(ZIP64_END, 20, 1),
            wrong_place,
            "one disk",
        ),
    ]
}

/// Records where none belong.
fn records() -> Vec<Case> {
    let hidden = |name, zip: Zip, said| Case::refused(name, zip.bytes(), "HiddenRecord", said);
    let behind = |bytes: &[u8]| honest().with(|zip| zip.behind = bytes.to_vec());
    let comment = |bytes: &[u8]| honest().with(|zip| zip.comment = bytes.to_vec());
    let before = |bytes: &[u8]| honest().with(|zip| zip.before = bytes.to_vec());
    let between = |bytes: &[u8]| {
        Zip::of([
            file(METADATA).with(|entry| entry.descriptor = bytes.to_vec()),
            file("a.bed"),
        ])
    };
    let evil = evil();
    let list = &evil[first(&evil, CENTRAL)..last(&evil, END)];
    let end = &evil[last(&evil, END)..];
    let local = &evil[..first(&evil, CENTRAL)];
    let in_extra = |bytes: &[u8]| {
        let field = extra(0xCAFE, bytes);
        Zip::of([
            file(METADATA),
            file("a.bed").with(|entry| entry.central.extra = field),
        ])
    };
    let entry_comment = {
        let mut bytes = honest().bytes();
        let at = last(&bytes, CENTRAL) + 32;
        bytes[at] = local.len() as u8;
        let bytes = inserted(bytes, END, local, false);
        shifted(bytes, END, 12, local.len() as i64)
    };
    // A stored archive whose end record has a comment up to the end of the file.
    let mut reaching = evil.clone();
    let outer = 46 + "inner.zip".len() + 22;
    let length = reaching.len();
    reaching[length - 2..].copy_from_slice(&(outer as u16).to_le_bytes());
    let reaching = Zip::of([Entry::stored("inner.zip", &reaching)]);
    let padded = |zip: Zip| {
        zip.with(|zip| {
            zip.entries.push(Entry::stored("inner.zip", &evil));
            zip.behind = b"\n\n".to_vec();
        })
    };
    vec![
        hidden(
            "an archive behind the archive, without its end",
            behind(&[local, list].concat()),
            "the header of an entry",
        ),
        hidden(
            "a list behind the archive",
            behind(list),
            "a header of a list",
        ),
        hidden("a list in the comment", comment(list), "a header of a list"),
        hidden(
            "an entry in the comment",
            comment(local),
            "the header of an entry",
        ),
        hidden(
            "a zip64 locator behind the archive",
            behind(&[LOCATOR, &[0; 16]].concat()),
            "the locator",
        ),
        hidden(
            "a list before the archive",
            before(list),
            "a header of a list",
        ),
        hidden(
            "an end record before the archive",
            before(end),
            "an end record",
        ),
        hidden(
            "a list between entries",
            between(list),
            "a header of a list",
        ),
        hidden(
            "an end record between entries",
            between(end),
            "an end record",
        ),
        hidden(
            "a zip64 end record between entries",
            between(ZIP64_END),
            "a zip64 end record",
        ),
        Case::refused(
            "an entry between entries whose name has no end",
            between(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xFF\xFF\0\0")
                .bytes(),
            "Hidden",
            "leaves out",
        ),
        hidden(
            "an end record in an extra field",
            in_extra(end),
            "an end record",
        ),
        hidden(
            "an entry in an extra field",
            in_extra(&local[..40]),
            "the header of an entry",
        ),
        Case::refused(
            "an entry in the comment of an entry",
            entry_comment,
            "HiddenRecord",
            "the header of an entry",
        ),
        Case::refused(
            "an archive in the archive with a comment up to the end",
            reaching.bytes(),
            "EndDisagrees",
            "a second end record",
        ),
        Case::refused(
            "zip64, an archive in the archive, and bytes behind: Java reads the inner one",
            padded(zip64()).bytes(),
            "EndDisagrees",
            "a second end record",
        ),
    ]
}

/// An entry in two versions.
fn entries() -> Vec<Case> {
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
            "end earlier",
        ),
        Case::refused(
            "a descriptor in the stored bytes of a streamed entry",
            Zip::of([stored]).bytes(),
            "Damaged",
            "end earlier",
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

/// The archives that others read differently.
pub fn cases() -> Vec<Case> {
    [ends(), records(), entries()].concat()
}
