//! The gate for archives: each kind of bad or odd zip gets its verdict, and no bytes of whatever kind do harm.

use crate::support::bad_zips;
use crate::support::counter::Counter;
use std::fmt::Debug;
use std::io::Cursor;

use crate::support::bad_zips::builder::{Entry, Zip};
use crate::support::bad_zips::{
    Case, Verdict, admitted, damaged, end_records, hidden_records, refused, two_versions,
};
use fairtracks::archive::digest::Sha256Sum;
use fairtracks::archive::error::ArchiveError;
use fairtracks::archive::gate::Archive;
use fairtracks::archive::limits::ArchiveLimits;
use fairtracks::archive::packer::{Compression, Packer};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

const CAP: u64 = 1 << 20;

fn open(bytes: &[u8]) -> Result<Archive<Cursor<&[u8]>>, ArchiveError> {
    Archive::open(Cursor::new(bytes), &ArchiveLimits::default())
}

/// The kind of a refusal: its name in the code.
fn kind(refusal: &impl Debug) -> String {
    let text = format!("{refusal:?}");
    text.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap()
        .to_owned()
}

fn judge(case: &Case) {
    let opened = open(&case.bytes);
    match &case.verdict {
        Verdict::Passes(names) => {
            let mut archive = opened.unwrap_or_else(|refusal| panic!("{}: {refusal}", case.name));
            let found: Vec<String> = archive.names().map(str::to_owned).collect();
            assert_eq!(&found, names, "{}", case.name);
            for name in names {
                let bytes = archive
                    .read(name, CAP)
                    .unwrap_or_else(|refusal| panic!("{}: {refusal}", case.name));
                assert_eq!(
                    archive.size(name),
                    Some(bytes.len() as u64),
                    "{}",
                    case.name
                );
            }
        }
        Verdict::Refused(expected, said) => {
            let refusal = opened.expect_err(case.name);
            assert_eq!(&kind(&refusal), expected, "{}: {refusal}", case.name);
            let message = refusal.to_string();
            assert!(message.contains(said), "{}: {message}", case.name);
            assert!(message.len() < 700, "{}: {message}", case.name);
        }
        Verdict::Damaged(expected, said) => {
            let mut archive = opened.unwrap_or_else(|refusal| panic!("{}: {refusal}", case.name));
            let refusal = archive.read(damaged::NAME, CAP).expect_err(case.name);
            assert_eq!(&kind(&refusal), expected, "{}: {refusal}", case.name);
            let message = refusal.to_string();
            assert!(message.contains(said), "{}: {message}", case.name);
            assert!(message.contains("\"a.bed\""), "{}: {message}", case.name);
        }
    }
}

#[test]
fn archives_that_only_look_odd_pass() {
    admitted::cases().iter().for_each(judge);
}

#[test]
fn archives_that_lie_or_do_harm_are_refused_by_name() {
    refused::cases().iter().for_each(judge);
}

#[test]
fn archives_that_other_programs_read_differently_are_refused() {
    end_records::cases().iter().for_each(judge);
    hidden_records::cases().iter().for_each(judge);
    two_versions::cases().iter().for_each(judge);
}

#[test]
fn files_that_are_not_what_the_archive_says_are_not_handed_out() {
    damaged::cases().iter().for_each(judge);
}

#[test]
fn names_are_kept_whole_and_files_found_by_them() {
    let bytes = Zip::of([
        Entry::stored("data/", b""),
        Entry::deflated("größe/a b.bed", b"chr1"),
    ])
    .bytes();
    let mut archive = open(&bytes).unwrap();
    assert!(archive.contains("größe/a b.bed"));
    assert!(!archive.contains("data/"));
    assert_eq!(archive.size("data/"), None);
    assert_eq!(archive.read("größe/a b.bed", 4).unwrap(), b"chr1");
    let refusal = archive.read("a b.bed", 4).unwrap_err();
    assert_eq!(refusal.to_string(), "the archive has no file \"a b.bed\"");
}

#[test]
fn copies_say_what_passed() {
    let bytes = Zip::of([Entry::deflated("a", b"abc")]).bytes();
    let mut copy = Vec::new();
    let digests = open(&bytes).unwrap().copy("a", &mut copy, 3, true).unwrap();
    assert_eq!(copy, b"abc");
    assert_eq!(digests.bytes, 3);
    assert_eq!(digests.sha256, Sha256Sum::of(b"abc"));
    assert_eq!(
        digests.md5.as_deref(),
        Some("900150983cd24fb0d6963f7d28e17f72")
    );
}

#[test]
fn a_bomb_is_cut_off_at_the_limit() {
    let entry = damaged::bomb("bomb.bed", damaged::BOMB);
    assert!(entry.data.len() < 250_000, "{}", entry.data.len());
    let bytes = Zip::of([entry]).bytes();
    let mut archive = open(&bytes).unwrap();
    assert_eq!(archive.size("bomb.bed"), Some(200 << 20));
    let mut counter = Counter::default();
    let refusal = archive
        .copy("bomb.bed", &mut counter, CAP, false)
        .unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "entry \"bomb.bed\" exceeds the limit of 1048576 decompressed bytes; a site sets limits under [limits] in its settings (FAIRTRACKS_CONFIG)"
    );
    assert!(counter.0 <= CAP, "{}", counter.0);
}

#[test]
fn all_files_together_have_a_limit_and_count_once() {
    let bytes = Zip::of(["a", "b", "c"].map(|name| Entry::deflated(name, &[7; 1000]))).bytes();
    let limits = ArchiveLimits {
        total_bytes: 2000,
        ..ArchiveLimits::default()
    };
    let mut archive = Archive::open(Cursor::new(&bytes), &limits).unwrap();
    for name in ["a", "b", "a", "b"] {
        assert_eq!(archive.read(name, CAP).unwrap().len(), 1000);
    }
    let refusal = archive.read("c", CAP).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "at entry \"c\" the files exceed the limit of 2000 decompressed bytes in total"
    );
}

#[test]
fn the_archive_and_its_list_have_a_limit() {
    let bytes = Zip::of(["a", "b", "c"].map(|name| Entry::stored(name, b""))).bytes();
    let few = |change: fn(&mut ArchiveLimits)| {
        let mut limits = ArchiveLimits::default();
        change(&mut limits);
        Archive::open(Cursor::new(&bytes), &limits)
            .unwrap_err()
            .to_string()
    };
    assert!(few(|limits| limits.file_bytes = 200).contains("expected at most 200"));
    assert!(few(|limits| limits.entries = 2).contains("3 entries, expected at most 2"));
    assert!(few(|limits| limits.directory_bytes = 100).contains("exceeds 100 bytes"));
}

#[test]
fn the_metadata_is_found_at_the_root_only() {
    let of =
        |names: &[&str]| Zip::of(names.iter().map(|name| Entry::deflated(name, b"{}"))).bytes();
    let nested = ["inputs/1/ro-crate-metadata.json", "ro-crate-metadata.json"];
    assert_eq!(open(&of(&nested)).unwrap().read_metadata().unwrap(), b"{}");
    let refusal = open(&of(&[
        "b/c/ro-crate-metadata.json",
        "x/ro-crate-metadata.json",
    ]))
    .unwrap()
    .metadata_entry()
    .unwrap_err();
    assert!(
        refusal
            .to_string()
            .contains("found the metadata in \"x/ro-crate-metadata.json\""),
        "{refusal}"
    );
    let refusal = open(&of(&["a-ro-crate-metadata.json"]))
        .unwrap()
        .metadata_entry()
        .unwrap_err();
    assert_eq!(kind(&refusal), "NoMetadata");

    let bytes = Zip::of([damaged::bomb("ro-crate-metadata.json", damaged::BOMB)]).bytes();
    let limits = ArchiveLimits {
        metadata_bytes: CAP,
        ..ArchiveLimits::default()
    };
    let refusal = Archive::open(Cursor::new(bytes), &limits)
        .unwrap()
        .read_metadata()
        .unwrap_err();
    assert_eq!(kind(&refusal), "TooLarge");
}

/// Opens and reads whatever it can.
fn try_all(bytes: &[u8]) {
    let Ok(mut archive) = open(bytes) else { return };
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    for name in names {
        if let Ok(read) = archive.read(&name, CAP) {
            assert_eq!(archive.size(&name), Some(read.len() as u64));
        }
    }
}

fn valid() -> Vec<u8> {
    let mut packer = Packer::new(Cursor::new(Vec::new()), b"{\"@graph\": []}").unwrap();
    packer
        .add(
            "data/a.bed",
            &b"chr1\t0\t10\n".repeat(50),
            Compression::Deflate,
        )
        .unwrap();
    packer
        .add("data/b.bw", &[9; 300], Compression::Store)
        .unwrap();
    packer.finish().unwrap().into_inner()
}

proptest! {
    #[test]
    fn any_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..2000)) {
        try_all(&bytes);
        // With an end that an archive could have.
        let end = [&bytes[..], b"PK\x05\x06\0\0\0\0", &bytes[..bytes.len().min(4)], &[0; 14]].concat();
        try_all(&end);
    }

    #[test]
    fn changed_archives_do_no_harm(changes in vec((any::<Index>(), any::<u8>()), 1..6), cut in any::<Option<Index>>()) {
        let mut bytes = valid();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            let cut = cut.index(bytes.len());
            bytes.drain(..cut);
        }
        try_all(&bytes);
    }

    #[test]
    fn changed_odd_archives_do_no_harm(case in any::<Index>(), place in any::<Index>(), byte in any::<u8>()) {
        let zip = Zip::of([
            Entry::deflated("a", &[1; 99]).streamed(true),
            Entry::deflated("b", &[2; 99]).zip64(),
            Entry::stored("c/", b""),
        ]);
        let zip = match case.index(3) {
            0 => zip,
            1 => zip.with(|zip| zip.before = vec![0; 50]),
            _ => zip.with(|zip| zip.zip64 = Some(bad_zips::builder::Zip64End { claimed: None })),
        };
        let mut bytes = zip.bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        try_all(&bytes);
    }
}
