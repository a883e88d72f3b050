//! Archives with records that belong to no entry and to no list, which other programs find.

use super::Case;
use super::builder::{Entry, Zip, extra};
use super::end_records::{
    CENTRAL, END, LOCATOR, METADATA, ZIP64_END, evil, file, first, honest, inserted, last, shifted,
    zip64,
};

/// Records where none belong.
pub fn cases() -> Vec<Case> {
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
            "a local header",
        ),
        hidden(
            "a list behind the archive",
            behind(list),
            "a central directory header",
        ),
        hidden(
            "a list in the comment",
            comment(list),
            "a central directory header",
        ),
        hidden("an entry in the comment", comment(local), "a local header"),
        hidden(
            "a zip64 locator behind the archive",
            behind(&[LOCATOR, &[0; 16]].concat()),
            "a zip64 end record locator",
        ),
        hidden(
            "a list before the archive",
            before(list),
            "a central directory header",
        ),
        hidden(
            "an end record before the archive",
            before(end),
            "an end record",
        ),
        hidden(
            "a list between entries",
            between(list),
            "a central directory header",
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
            "that is not in the central directory",
        ),
        hidden(
            "an end record in an extra field",
            in_extra(end),
            "an end record",
        ),
        hidden(
            "an entry in an extra field",
            in_extra(&local[..40]),
            "a local header",
        ),
        Case::refused(
            "an entry in the comment of an entry",
            entry_comment,
            "HiddenRecord",
            "a local header",
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
