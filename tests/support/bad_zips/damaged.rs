//! Archives whose list is in order, but not the bytes of the file `a.bed`.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::builder::{Entry, Zip};
use super::{Case, Verdict};

/// The file that is not in order.
pub const NAME: &str = "a.bed";
/// How many bytes the bomb has when unpacked.
pub const BOMB: u32 = 200 << 20;

fn damaged(name: &'static str, entry: Entry, said: &'static str) -> Case {
    Case {
        name,
        bytes: Zip::of([entry]).bytes(),
        verdict: Verdict::Damaged("Damaged", said),
    }
}

fn bed() -> Vec<u8> {
    (0..500)
        .flat_map(|n| format!("chr1\t{n}\t{}\n", n * n).into_bytes())
        .collect()
}

/// Zeros, 200 MiB of them in some 200 kB: one piece of a deflate stream again and again.
pub fn bomb(name: &str, size: u32) -> Entry {
    const PIECE: usize = 1 << 20;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; PIECE]).unwrap();
    encoder.flush().unwrap();
    let mut data = encoder.get_ref().repeat(BOMB as usize / PIECE);
    // A last block, with nothing in it.
    data.extend([3, 0]);
    Entry::packed(name.as_bytes(), 8, data, b"").both(|header| header.size = size)
}

/// The archives with a damaged file.
pub fn cases() -> Vec<Case> {
    let deflated = || Entry::deflated(NAME, &bed());
    let shorter = |by: usize| {
        let entry = deflated();
        let data = entry.data[..entry.data.len() - by].to_vec();
        Entry::packed(NAME.as_bytes(), 8, data, &bed())
    };
    vec![
        damaged(
            "stated size smaller than real",
            deflated().both(|header| header.size -= 1),
            "found more than the stated",
        ),
        damaged(
            "stated size larger than real",
            deflated().both(|header| header.size += 1),
            "expected the stated",
        ),
        damaged(
            "a bomb that says it is small",
            bomb(NAME, 1000),
            "found more than the stated 1000 bytes",
        ),
        damaged(
            "wrong CRC",
            deflated().both(|header| header.crc ^= 1),
            "CRC-32",
        ),
        damaged(
            "wrong CRC of a stored file",
            Entry::stored(NAME, &bed()).both(|header| header.crc ^= 1),
            "CRC-32",
        ),
        damaged(
            "packed bytes cut off",
            shorter(20),
            "truncated compressed data",
        ),
        damaged("end mark cut off", shorter(1), "truncated compressed data"),
        damaged(
            "no packed bytes",
            Entry::packed(NAME.as_bytes(), 8, Vec::new(), &bed()),
            "truncated compressed data",
        ),
        damaged(
            "not deflated",
            Entry::packed(NAME.as_bytes(), 8, vec![0xFF; 99], &bed()),
            "invalid deflate data",
        ),
        damaged(
            "bytes behind the end mark",
            Entry::packed(
                NAME.as_bytes(),
                8,
                [deflated().data, vec![0; 5]].concat(),
                &bed(),
            ),
            "5 trailing bytes after",
        ),
        damaged(
            "stored with fewer bytes than stated",
            Entry::packed(NAME.as_bytes(), 0, b"chr1".to_vec(), b"chr1\t"),
            "found 4 bytes, expected the stated 5",
        ),
        damaged(
            "stored with more bytes than stated",
            Entry::packed(NAME.as_bytes(), 0, b"chr1\t".to_vec(), b"chr1"),
            "found more than the stated 4 bytes",
        ),
    ]
}
