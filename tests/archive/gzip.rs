//! gzip unpacked: what comes out is what was packed, or the fault is named.

use std::io::{self, ErrorKind, Read, Write};

use crate::support::counter::Counter;
use fairtracks::archive::digest::{Digests, Sha256Sum};
use fairtracks::archive::gzip::{FIRST_BYTES, UnpackError, is_gzip, unpack};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc, GzBuilder};
use proptest::collection::vec;
use proptest::prelude::*;

const LIMIT: u64 = 1 << 20;

/// A member with nothing in its header.
fn member(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzBuilder::new().write(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// A member with everything that a header may have, its checksum too.
fn full_member(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x1F, 0x8B, 8, 0b1_1110, 1, 2, 3, 4, 0, 3];
    packed.extend(b"\x08\0xy\x04\0abcdname.bed\0a comment\0");
    let checksum = crc(&packed) as u16;
    packed.extend(checksum.to_le_bytes());
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(bytes).unwrap();
    packed.extend(deflated.finish().unwrap());
    packed.extend(crc(bytes).to_le_bytes());
    packed.extend((bytes.len() as u32).to_le_bytes());
    packed
}

/// A block of BGZF (SAM specification, section 4.1).
fn block(bytes: &[u8]) -> Vec<u8> {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(bytes).unwrap();
    let deflated = deflated.finish().unwrap();
    let mut packed = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0".to_vec();
    packed.extend((deflated.len() as u16 + 25).to_le_bytes());
    packed.extend(deflated);
    packed.extend(crc(bytes).to_le_bytes());
    packed.extend((bytes.len() as u32).to_le_bytes());
    packed
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn bed() -> Vec<u8> {
    (0..400)
        .flat_map(|n| format!("chr1\t{n}\t{}\n", n * n).into_bytes())
        .collect()
}

fn unpacked(packed: &[u8]) -> Result<(Vec<u8>, Digests), UnpackError> {
    let mut bytes = Vec::new();
    let digests = unpack(packed, &mut bytes, LIMIT)?;
    assert_eq!(digests.sha256, Sha256Sum::of(&bytes));
    Ok((bytes, digests))
}

fn refused(packed: &[u8]) -> String {
    unpacked(packed).unwrap_err().to_string()
}

#[test]
fn gzip_is_known_by_its_first_bytes() {
    let bgzf = [block(&bed()), block(b"")].concat();
    for (packed, gzip) in [
        (&member(&bed()), true),
        (&bgzf, true),
        (&full_member(&bed()), true),
        (&b"chr1\t0\t10\n".to_vec(), false),
        (&Vec::new(), false),
    ] {
        assert_eq!(is_gzip(&packed[..packed.len().min(FIRST_BYTES)]), gzip);
    }
}

#[test]
fn members_of_every_kind_come_out_one_after_another() {
    let bed = bed();
    for (packed, bytes) in [
        (member(&bed), bed.clone()),
        (full_member(&bed), bed.clone()),
        (member(b""), Vec::new()),
        (
            [member(b"a"), member(b""), full_member(b"b")].concat(),
            b"ab".to_vec(),
        ),
        (
            [block(&bed), block(&bed), block(b"")].concat(),
            [&bed[..], &bed].concat(),
        ),
        ([member(&bed), vec![0; 1000]].concat(), bed.clone()),
    ] {
        let (found, digests) = unpacked(&packed).unwrap();
        assert_eq!(found, bytes);
        assert_eq!(digests.bytes, bytes.len() as u64);
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_told() {
    let bed = &bed()[..900];
    for whole in [member(bed), full_member(bed)] {
        for end in 1..whole.len() {
            let error = unpacked(&whole[..end]).unwrap_err();
            assert!(
                matches!(error, UnpackError::CutOff { .. }),
                "{end}: {error}"
            );
        }
    }
    let two = [member(b"chr1\n"), full_member(bed)].concat();
    for end in member(b"chr1\n").len() + 1..two.len() {
        let error = unpacked(&two[..end]).unwrap_err();
        assert!(
            matches!(error, UnpackError::CutOff { .. }),
            "{end}: {error}"
        );
    }
}

#[test]
fn what_is_not_gzip_is_told() {
    for bytes in [
        &b""[..],
        b"chr1\t0\t10\n",
        b"\x1f\x8b\x07",
        b"\x1f\x8a\x08",
        b"\0\0\0",
        b"PK\x03\x04",
    ] {
        assert_eq!(
            refused(bytes),
            "found no gzip file, expected the bytes 1f 8b 08 at the start"
        );
    }
}

#[test]
fn damage_is_told_where_it_shows() {
    let whole = full_member(&bed());
    let changed = |place: usize| {
        let mut packed = whole.clone();
        packed[place] ^= 0x40;
        refused(&packed)
    };
    let end = whole.len();
    assert!(changed(end - 6).contains("CRC-32 mismatch"));
    assert!(changed(end - 2).contains("length mismatch"));
    assert!(changed(3).contains("unknown flags in the header"));
    assert!(changed(5).contains("header checksum mismatch"));
    assert!(changed(end - 6).contains(&format!("after {} decompressed bytes", bed().len())));
    let nonsense = [&whole[..43], &[0xFF; 50]].concat();
    assert!(
        refused(&nonsense).contains("invalid deflate data"),
        "{}",
        refused(&nonsense)
    );
}

#[test]
fn other_bytes_behind_the_end_are_told() {
    let behind = |bytes: &[u8]| refused(&[&member(b"chr1\n"), bytes].concat());
    for bytes in [
        &b"chr1\t0\t10\n"[..],
        b"\n",
        b"\0\0x",
        b"\x1f\x8a\x08",
        b"PK",
    ] {
        assert!(
            behind(bytes)
                .starts_with("the gzip file has trailing bytes after 5 decompressed bytes")
        );
    }
    // gzip leaves out what follows zeros, so it must not come out here either.
    assert!(
        behind(&[&[0, 0][..], &member(b"more")].concat())
            .starts_with("the gzip file has trailing bytes")
    );
    assert!(
        refused(&[member(b""), b"\x1f\x8b\x07".to_vec()].concat())
            .starts_with("the gzip file has trailing bytes")
    );
}

#[test]
fn a_bomb_is_cut_off_at_the_limit() {
    let piece = member(&vec![0; 1 << 20]);
    let bomb = piece.repeat(200);
    assert!(bomb.len() < 250_000, "{}", bomb.len());
    let mut counter = Counter(0);
    let error = unpack(&bomb[..], &mut counter, 3 << 20).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the gzip file exceeds the limit of 3145728 decompressed bytes"
    );
    assert!(counter.0 <= 3 << 20, "{}", counter.0);
    let mut counter = Counter(0);
    assert_eq!(
        unpack(&piece.repeat(3)[..], &mut counter, 3 << 20)
            .unwrap()
            .bytes,
        3 << 20
    );
}

/// Gives one byte at a time, interrupted in between, and then an error.
struct Trickle<'b>(&'b [u8], bool);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(ErrorKind::Interrupted.into());
        }
        let Some((first, rest)) = self.0.split_first() else {
            return Err(ErrorKind::ConnectionReset.into());
        };
        (buffer[0], self.0) = (*first, rest);
        Ok(1)
    }
}

/// A full disk.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn readers_and_writers_that_fail_are_told_apart() {
    let packed = member(&bed());
    let mut bytes = Vec::new();
    let error = unpack(Trickle(&packed, false), &mut bytes, LIMIT).unwrap_err();
    assert!(matches!(error, UnpackError::Reading(_)), "{error}");
    assert_eq!(bytes, bed());
    let error = unpack(&packed[..], &mut Full, LIMIT).unwrap_err();
    assert!(matches!(error, UnpackError::Writing(_)), "{error}");
}

proptest! {
    #[test]
    fn what_was_packed_comes_out(parts in vec(vec(any::<u8>(), 0..5000), 1..5), blocks in any::<bool>()) {
        let pack = if blocks { block } else { full_member };
        let packed: Vec<u8> = parts.iter().flat_map(|part| pack(part)).collect();
        prop_assert_eq!(unpacked(&packed).unwrap().0, parts.concat());
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..500), flags in 0..32_u8) {
        let _ = unpacked(&bytes);
        let _ = unpacked(&[&[0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 3], &bytes[..]].concat());
    }

    #[test]
    fn a_changed_byte_of_the_content_never_passes(place in any::<prop::sample::Index>(), change in 1..=255_u8) {
        let mut packed = member(&bed());
        // Time, settings and system in the header say nothing about the content, and a flag is a text that ends at any NUL.
        let place = 10 + place.index(packed.len() - 10);
        packed[place] ^= change;
        if let Ok((bytes, _)) = unpacked(&packed) {
            prop_assert_eq!(bytes, bed());
        }
    }
}
