//! Archives that the packer writes: the same bytes every time, opened by everybody, admitted by the gate, and never half of one.

use std::collections::BTreeMap;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};

use fairtracks::archive::digest::Sha256Sum;
use fairtracks::archive::error::PackError;
use fairtracks::archive::gate::Archive;
use fairtracks::archive::limits::ArchiveLimits;
use fairtracks::archive::packer::{Compression, Packer};
use fairtracks::ro_crate::METADATA_FILE;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

const CRATE: &[u8] = b"{\"@graph\": []}";

fn packer() -> Packer<Cursor<Vec<u8>>> {
    Packer::new(Cursor::new(Vec::new()), CRATE).unwrap()
}

fn packed(files: &BTreeMap<String, Vec<u8>>, compression: Compression) -> Vec<u8> {
    let mut packer = packer();
    for (name, bytes) in files {
        packer.add(name, bytes, compression).unwrap();
    }
    packer.finish().unwrap().into_inner()
}

fn open(bytes: &[u8]) -> Archive<Cursor<&[u8]>> {
    Archive::open(Cursor::new(bytes), &ArchiveLimits::default()).unwrap()
}

/// The two bytes of a number in the archive.
fn word(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

#[test]
fn an_archive_is_these_bytes_whenever_and_wherever_it_is_written() {
    let mut packer = packer();
    packer
        .add(
            "data/größe.bed",
            &b"chr1\t0\t10\n".repeat(9),
            Compression::Deflate,
        )
        .unwrap();
    packer
        .add("data/a.bw", &[7; 100], Compression::Store)
        .unwrap();
    let bytes = packer.finish().unwrap().into_inner();
    let sum = Sha256Sum::of(&bytes).hexadecimal();
    assert_eq!(
        sum,
        "7789005d3ce559efe84908d67398714b9b17118e392bd9200bae43390dea433b"
    );
}

#[test]
fn an_archive_is_classic_with_the_metadata_first() {
    let mut packer = packer();
    packer.add("a", b"abc", Compression::Store).unwrap();
    let bytes = packer.finish().unwrap().into_inner();
    assert_eq!(
        &bytes[30..30 + METADATA_FILE.len()],
        METADATA_FILE.as_bytes()
    );
    let directory = bytes
        .windows(4)
        .position(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    let second = directory + 46 + METADATA_FILE.len();
    for (local, central, method, version) in
        [(0, directory, 8, 20), (second_local(&bytes), second, 0, 10)]
    {
        assert_eq!(
            word(&bytes, local + 4),
            version,
            "any program can unpack it"
        );
        assert_eq!(word(&bytes, local + 6), 0, "no data descriptor");
        assert_eq!(word(&bytes, local + 8), method);
        assert_eq!(
            [word(&bytes, local + 10), word(&bytes, local + 12)],
            [0, 0x21],
            "1980-01-01 00:00"
        );
        assert_eq!(word(&bytes, local + 28), 0, "no extra fields, so no zip64");
        assert_eq!(bytes[central + 5], 3, "made on Unix");
        assert_eq!(word(&bytes, central + 40), 0o100_644);
        assert_eq!(word(&bytes, central + 30), 0, "no extra fields");
    }
}

/// Where the second file begins.
fn second_local(bytes: &[u8]) -> usize {
    1 + bytes[1..]
        .windows(4)
        .position(|bytes| bytes == b"PK\x03\x04")
        .unwrap()
}

#[test]
fn what_was_packed_is_said_and_comes_back() {
    let mut packer = packer();
    let digests = packer
        .add_from("a", &mut &b"abc"[..], 3, Compression::Deflate, true)
        .unwrap();
    assert_eq!(digests.sha256, Sha256Sum::of(b"abc"));
    assert_eq!(
        digests.md5.as_deref(),
        Some("900150983cd24fb0d6963f7d28e17f72")
    );
    let bytes = packer.finish().unwrap().into_inner();
    let mut archive = open(&bytes);
    assert_eq!(archive.read_metadata().unwrap(), CRATE);
    assert_eq!(archive.read("a", 3).unwrap(), b"abc");
}

#[test]
fn names_that_the_gate_would_refuse_are_refused() {
    let mut packer = packer();
    packer.add("data/a.bed", b"", Compression::Store).unwrap();
    for (name, said) in [
        ("../x", "part \"..\""),
        ("/x", "starts with /"),
        ("a\\b", "backslash"),
        ("x/", "part \"\""),
        ("e\u{301}", "NFC"),
        ("data/a.bed", "already has \"data/a.bed\""),
        ("Data/A.bed", "already has \"data/a.bed\""),
        (
            "RO-crate-metadata.json",
            "already has \"ro-crate-metadata.json\"",
        ),
        ("data", "already has \"data/a.bed\""),
        ("data/a.bed/b", "already has \"data/a.bed\""),
    ] {
        let error = packer
            .add(name, b"", Compression::Store)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(said) && error.contains(&format!("{name:?}")),
            "{error}"
        );
    }
    packer.add("data.bed", b"", Compression::Store).unwrap();
    let bytes = packer.finish().unwrap().into_inner();
    assert_eq!(
        open(&bytes).names().collect::<Vec<_>>(),
        [METADATA_FILE, "data/a.bed", "data.bed"]
    );
}

#[test]
fn a_file_that_is_longer_than_was_said_gives_the_archive_up() {
    let mut packer = packer();
    let error = packer
        .add_from("a", &mut &b"abc"[..], 2, Compression::Store, false)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot pack \"a\": found more than 2 bytes, expected exactly as many"
    );
    assert!(matches!(
        packer.add("b", b"", Compression::Store),
        Err(PackError::GivenUp)
    ));
    assert!(matches!(packer.finish(), Err(PackError::GivenUp)));
}

#[test]
fn only_a_file_that_may_be_huge_gets_zip64() {
    let mut packer = packer();
    packer
        .add_from("a", &mut &b"abc"[..], 5 << 30, Compression::Store, false)
        .unwrap();
    let bytes = packer.finish().unwrap().into_inner();
    assert_eq!(word(&bytes, second_local(&bytes) + 4), 45);
    assert_eq!(open(&bytes).read("a", 3).unwrap(), b"abc");
}

/// A disk with room for some bytes, whose content outlives the writer.
struct Disk<'d> {
    bytes: &'d mut Cursor<Vec<u8>>,
    room: u64,
}

impl Write for Disk<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.position() + bytes.len() as u64 > self.room {
            return Err(ErrorKind::StorageFull.into());
        }
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Disk<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// A file that breaks off.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(ErrorKind::ConnectionReset.into())
    }
}

fn is_no_archive(bytes: &[u8]) -> bool {
    Archive::open(Cursor::new(bytes), &ArchiveLimits::default()).is_err()
        && !bytes.windows(4).any(|bytes| bytes == b"PK\x05\x06")
}

#[test]
fn what_is_not_finished_is_no_archive() {
    let mut bytes = Cursor::new(Vec::new());
    let mut packer = Packer::new(
        Disk {
            bytes: &mut bytes,
            room: u64::MAX,
        },
        CRATE,
    )
    .unwrap();
    packer.add("a", b"abc", Compression::Store).unwrap();
    drop(packer);
    assert!(is_no_archive(bytes.get_ref()));

    let mut bytes = Cursor::new(Vec::new());
    let mut packer = Packer::new(
        Disk {
            bytes: &mut bytes,
            room: u64::MAX,
        },
        CRATE,
    )
    .unwrap();
    let error = packer
        .add_from("a", &mut Broken, 9, Compression::Store, false)
        .unwrap_err();
    assert!(
        error.to_string().starts_with("cannot read \"a\": "),
        "{error}"
    );
    drop(packer);
    assert!(is_no_archive(bytes.get_ref()));
}

#[test]
fn a_full_disk_is_told_wherever_it_is_full_and_leaves_no_archive() {
    let whole = packed(
        &BTreeMap::from([("a".to_owned(), vec![7; 500])]),
        Compression::Store,
    );
    for room in 0..whole.len() as u64 {
        let mut bytes = Cursor::new(Vec::new());
        let written = Packer::new(
            Disk {
                bytes: &mut bytes,
                room,
            },
            CRATE,
        )
        .and_then(|mut packer| {
            packer.add("a", &[7; 500], Compression::Store)?;
            packer.finish().map(drop)
        });
        match written {
            Err(PackError::Writing(error)) => {
                assert_eq!(error.kind(), ErrorKind::StorageFull, "{room}")
            }
            other => panic!("{room}: {other:?}"),
        }
        assert!(
            Archive::open(Cursor::new(bytes.get_ref()), &ArchiveLimits::default()).is_err(),
            "{room}"
        );
    }
}

#[test]
fn metadata_that_could_not_be_read_again_is_refused() {
    let error = Packer::new(Cursor::new(Vec::new()), &vec![b' '; (64 << 20) + 1])
        .err()
        .unwrap();
    assert!(
        error.to_string().contains("expected at most 67108864"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn what_is_packed_passes_the_gate_and_comes_back(
        files in btree_map("[a-z]{1,3}(/[A-Za-z é%#.~-]{1,9}){0,3}|\\PC{1,12}", vec(any::<u8>(), 0..3000), 0..8),
        deflated in any::<bool>(),
    ) {
        let compression = if deflated { Compression::Deflate } else { Compression::Store };
        let mut packer = packer();
        let mut kept = BTreeMap::new();
        for (name, bytes) in files {
            if packer.add(&name, &bytes, compression).is_ok() {
                kept.insert(name, bytes);
            }
        }
        let archive = packer.finish().unwrap().into_inner();
        prop_assert_eq!(&packed(&kept, compression), &archive);
        let mut archive = open(&archive);
        prop_assert_eq!(archive.names().count(), kept.len() + 1);
        for (name, bytes) in &kept {
            prop_assert_eq!(&archive.read(name, bytes.len() as u64).unwrap(), bytes);
        }
    }
}

#[test]
fn a_folder_is_an_entry_before_its_files_and_never_a_file() {
    let mut packer = Packer::new(Cursor::new(Vec::new()), b"{}").unwrap();
    packer.add_folder("inputs/a").unwrap();
    packer.add("inputs/a/b", b"x", Compression::Store).unwrap();
    assert!(packer.add("inputs/a", b"x", Compression::Store).is_err());
    assert!(packer.add_folder("inputs/a/b/c").is_err());
    assert!(packer.add_folder("../x").is_err());
    let bytes = packer.finish().unwrap().into_inner();
    let archive = Archive::open(Cursor::new(&bytes), &ArchiveLimits::default()).unwrap();
    assert_eq!(
        archive.names().collect::<Vec<_>>(),
        [METADATA_FILE, "inputs/a/b"]
    );
    assert!(bytes.windows(9).any(|part| part == b"inputs/a/"));
}
