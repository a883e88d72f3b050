//! Archives that the gate refuses.

use super::Case;
use super::builder::{Entry, Header, Zip, Zip64End, extra, unicode_path};

const METADATA: &str = "ro-crate-metadata.json";
const SYMLINK: u32 = 0o120_777 << 16;

fn file(name: impl AsRef<[u8]>) -> Entry {
    Entry::deflated(name, b"chr1\t0\t10\n")
}

/// A crate with these entries besides its metadata.
fn crate_of(entries: impl IntoIterator<Item = Entry>) -> Vec<u8> {
    Zip::of([file(METADATA)].into_iter().chain(entries)).bytes()
}

/// A name that is refused; messages show it in quotes.
fn named(name: &'static str, bad: &str, said: &str) -> [Case; 2] {
    let bytes = crate_of([file(bad)]);
    let quoted = format!("{bad:?}");
    // Long names are cut off.
    let start = quoted.chars().take(90).collect::<String>();
    [
        Case::refused(name, bytes.clone(), "BadName", &start),
        Case::refused(name, bytes, "BadName", said),
    ]
}

fn names() -> Vec<Case> {
    let deep = "a/".repeat(3000) + "x";
    let cases = [
        named("out of the folder", "../../x", "part \"..\""),
        named("out of the folder, later", "a/../../x", "part \"..\""),
        named("up and down", "a/../x", "part \"..\""),
        named("out of the folder on Windows", "..\\x", "backslash"),
        named("absolute", "/etc/passwd", "starts with /"),
        named("absolute on Windows", "C:\\x", "backslash"),
        named("on another drive", "C:x", "drive letter"),
        named("on another drive, later", "data/c:x", "drive letter"),
        named("NUL", "a\0.bed", "U+0000"),
        named("line break", "a\n.bed", "U+000A"),
        named("C1 control", "a\u{85}.bed", "U+0085"),
        named("from right to left", "a\u{202e}deb.exe", "U+202E"),
        named("isolate", "a\u{2066}.bed", "U+2066"),
        named("letters taken apart", "e\u{301}.bed", "NFC"),
        named("here", "./x", "part \".\""),
        named("two slashes", "a//b", "part \"\""),
        named("no name", "", "empty"),
        named("folder without name", "/", "empty"),
        named(
            "60,000 letters",
            &"x".repeat(60_000),
            "60000 bytes, expected at most 1024",
        ),
        named("3,000 folders deep", &deep, "6001 bytes"),
        named(
            "a long part",
            &("x".repeat(256) + "/a"),
            "256 bytes, expected at most 255",
        ),
    ];
    cases.into_iter().flatten().collect()
}

fn kinds_of_entries() -> Vec<Case> {
    let link =
        |name: &str, to: &[u8]| Entry::stored(name, to).with(|entry| entry.attributes = SYMLINK);
    let mode = |mode: u32| crate_of([file("odd").with(|entry| entry.attributes = mode << 16)]);
    let method = |method: u16| crate_of([file("odd").both(|header| header.method = method)]);
    vec![
        Case::refused(
            "symlink out",
            crate_of([link("x", b"../../etc/passwd")]),
            "Symlink",
            "\"x\"",
        ),
        Case::refused(
            "file through a symlink",
            crate_of([link("d", b".."), file("d/x")]),
            "Symlink",
            "\"d\"",
        ),
        Case::refused(
            "metadata is a symlink",
            Zip::of([link(METADATA, b"/etc/passwd")]).bytes(),
            "Symlink",
            METADATA,
        ),
        Case::refused(
            "symlink made on DOS",
            crate_of([link("x", b"y").with(|entry| entry.system = 0)]),
            "Symlink",
            "\"x\"",
        ),
        Case::refused("device", mode(0o020_644), "Special", "\"odd\""),
        Case::refused("pipe", mode(0o010_644), "Special", "\"odd\""),
        Case::refused("folder by mode only", mode(0o040_755), "Special", "\"odd\""),
        Case::refused(
            "folder with bytes",
            crate_of([file("data/")]),
            "FolderWithBytes",
            "\"data/\"",
        ),
        Case::refused(
            "encrypted",
            crate_of([file("odd").both(|header| header.flags |= 1)]),
            "Encrypted",
            "\"odd\"",
        ),
        Case::refused("Zstandard", method(93), "Method", "\"odd\""),
        Case::refused("bzip2", method(12), "Method", "\"odd\""),
        Case::refused("Deflate64", method(9), "Method", "\"odd\""),
        Case::refused(
            "name in code page 437",
            crate_of([file(b"gr\x94\xE1e").both(|header| header.flags = 0)]),
            "NameNotUtf8",
            "gr",
        ),
        Case::refused(
            "name that says UTF-8 but is not",
            crate_of([file(b"a\xFF.bed")]),
            "NameNotUtf8",
            "a\u{FFFD}.bed",
        ),
    ]
}

fn confusions() -> Vec<Case> {
    let other = file(METADATA).with(|entry| entry.attributes = 0);
    let both = |name: &'static str, names: [&str; 2], kind| {
        let said = names.map(|name| format!("{name:?}"));
        let bytes = crate_of(names.map(file));
        said.map(|said| Case::refused(name, bytes.clone(), kind, &said))
    };
    let several = [
        both("same but for case", ["A.bed", "a.bed"], "Twin"),
        both(
            "same but for case of a folder",
            ["Data/a.bed", "data/a.bed"],
            "Twin",
        ),
        both(
            "same but for case, outside ASCII",
            ["ÄΣ.bed", "äς.bed"],
            "Twin",
        ),
        both("file and folder", ["a", "a/b"], "FileAsFolder"),
        both(
            "file and folder far inside",
            ["a/b", "a/b/c/d"],
            "FileAsFolder",
        ),
        both("file and folder but for case", ["A", "a/b"], "FileAsFolder"),
    ];
    let mut cases: Vec<Case> = several.into_iter().flatten().collect();
    cases.extend([
        Case::refused("metadata twice", crate_of([other]), "Duplicate", METADATA),
        Case::refused(
            "file twice",
            crate_of([file("a"), file("b"), file("a")]),
            "Duplicate",
            "\"a\"",
        ),
        Case::refused(
            "NFC and NFD",
            crate_of([file("é"), file("e\u{301}")]),
            "BadName",
            "NFC",
        ),
        Case::refused(
            "file and folder as an entry",
            crate_of([file("a"), Entry::stored("a/", b"")]),
            "FileAsFolder",
            "\"a/\"",
        ),
    ]);
    cases
}

/// Headers that do not agree, and bytes that belong to more or fewer entries than they should.
fn headers_and_places() -> Vec<Case> {
    let local = |name, change: fn(&mut Header)| {
        let entry = file("odd").with(|entry| change(&mut entry.local));
        Case::refused(name, crate_of([entry]), "HeadersDiffer", "\"odd\"")
    };
    let at = |offset| crate_of([file("odd").with(|entry| entry.offset = Some(offset))]);
    let unlisted = file("odd").with(|entry| entry.listed = false);
    // Its header lies across the pieces in which the bytes between entries are read.
    let spaced = file("a").with(|entry| entry.descriptor = vec![0; (1 << 16) - 6]);
    let shared = file("b").with(|entry| (entry.offset, entry.present) = (Some(0), false));
    let inner = file("inner");
    // The bytes of the first entry are the second one, header and all.
    let around = Entry::stored(
        "around",
        &Zip::of([inner.clone()]).bytes()[..35 + inner.data.len()],
    );
    let within = inner.with(|entry| (entry.offset, entry.present) = (Some(36), false));
    let far = file("odd").both(|header| {
        header.extra = extra(1, &[10_u64, u64::MAX - 5].map(u64::to_le_bytes).concat());
        (header.packed, header.size) = (u32::MAX, u32::MAX);
    });
    let second_name =
        |name| file("gr__e").both(|header| header.extra = unicode_path(b"gr__e", name));
    let two = [crate_of([file("odd")]), crate_of([])].concat();
    let in_comment = Zip::of([file("odd")]).with(|zip| zip.comment = crate_of([]));
    let count = Zip::of([file(METADATA), file("odd")]).with(|zip| zip.claimed = Some(1));
    vec![
        local("two names", |header| header.name = b"abc".to_vec()),
        local("two lengths of a name", |header| {
            header.name = b"other".to_vec()
        }),
        local("two methods", |header| header.method = 0),
        local("two checksums", |header| header.crc ^= 1),
        local("two sizes", |header| header.size += 1),
        local("two packed sizes", |header| header.packed += 1),
        local("encrypted in one header", |header| header.flags |= 1),
        local("descriptor in one header", |header| header.flags |= 8),
        Case::refused(
            "no header where it should be",
            at(5),
            "HeadersDiffer",
            "\"odd\"",
        ),
        Case::refused(
            "header behind the file",
            at(1 << 30),
            "HeadersDiffer",
            "\"odd\"",
        ),
        Case::refused(
            "two entries with one place",
            Zip::of([file("a"), shared]).bytes(),
            "Overlap",
            "\"b\"",
        ),
        Case::refused(
            "an entry in the bytes of another",
            Zip::of([around, within]).bytes(),
            "Overlap",
            "\"around\"",
        ),
        Case::refused(
            "bytes up to the list",
            crate_of([file("odd").both(|header| header.packed += 60)]),
            "OutOfPlace",
            "\"odd\"",
        ),
        Case::refused(
            "packed size without end",
            crate_of([far]),
            "OutOfPlace",
            "\"odd\"",
        ),
        Case::refused(
            "entry left out of the list",
            crate_of([unlisted]),
            "Hidden",
            "\"odd\"",
        ),
        Case::refused(
            "entry left out of the list, far behind the others",
            crate_of([spaced, file("odd").with(|entry| entry.listed = false)]),
            "Hidden",
            "\"odd\"",
        ),
        Case::refused(
            "entry that the count leaves out",
            count.bytes(),
            "EndDisagrees",
            "states 1 entries, the central directory has 2",
        ),
        Case::refused("two archives in a row", two, "Hidden", METADATA),
        Case::refused(
            "an archive in the comment of another",
            in_comment.bytes(),
            "EndDisagrees",
            "a second end record",
        ),
        Case::refused(
            "second name",
            crate_of([second_name("größe")]),
            "TwoNames",
            "\"größe\"",
        ),
        Case::refused(
            "second name for the metadata",
            Zip::of([second_name(METADATA)]).bytes(),
            "TwoNames",
            METADATA,
        ),
    ]
}

fn no_archives() -> Vec<Case> {
    let whole = crate_of([file("a.bed")]);
    let cut = |bytes: usize| whole[..bytes].to_vec();
    let claims = |claimed| {
        Zip::of([file("a")])
            .with(|zip| {
                zip.zip64 = Some(Zip64End {
                    claimed: Some(claimed),
                })
            })
            .bytes()
    };
    let disks = Zip::of([file("a")]).with(|zip| zip.disk = 1).bytes();
    let many = Zip::of((0..100_001).map(|n| Entry::stored(format!("{n}"), b"")));
    let many = many.with(|zip| zip.zip64 = Some(Zip64End { claimed: None }));
    vec![
        Case::refused("empty file", Vec::new(), "NotAZip", "truncated"),
        Case::refused(
            "not a zip",
            b"track type=bed\nchr1\t0\t10\n".to_vec(),
            "NotAZip",
            "another format",
        ),
        Case::refused(
            "gzip",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0".to_vec(),
            "NotAZip",
            "another format",
        ),
        Case::refused("cut off in the bytes", cut(60), "NotAZip", "truncated"),
        Case::refused(
            "cut off in the list",
            cut(whole.len() - 40),
            "NotAZip",
            "truncated",
        ),
        Case::refused(
            "cut off in the end",
            cut(whole.len() - 1),
            "NotAZip",
            "truncated",
        ),
        Case::refused(
            "its start is missing",
            whole[30..].to_vec(),
            "NotAZip",
            "truncated",
        ),
        Case::refused("one disk of several", disks, "NotAZip", "disk"),
        Case::refused(
            "100,001 entries",
            many.bytes(),
            "TooManyEntries",
            "100001 entries, expected at most 100000",
        ),
        Case::refused(
            "2^62 entries claimed",
            claims(1 << 62),
            "TooManyEntries",
            "expected at most 100000",
        ),
        Case::refused(
            "1,000 entries claimed",
            claims(1000),
            "EndDisagrees",
            "states 1000 entries",
        ),
    ]
}

/// The archives that are refused.
pub fn cases() -> Vec<Case> {
    [
        names(),
        kinds_of_entries(),
        confusions(),
        headers_and_places(),
        no_archives(),
    ]
    .concat()
}
