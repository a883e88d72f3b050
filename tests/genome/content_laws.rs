//! What bytes are: no bytes make the recogniser fail, and it reads little of a large file.

use std::io::{self, Read, Seek, SeekFrom};

use crate::support::recognising::{CLAIMS, DELIVERY, content, passes};
use fairtracks::genome::content::{
    Claim, Delivery, FileBytes, Format, Packing, Verdict, identify, judge, packing,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// A file of a terabyte, which begins in some way and goes on with lines of BED; it counts what is read of it.
struct Endless {
    start: &'static [u8],
    place: u64,
    read: u64,
}

const TERABYTE: u64 = 1 << 40;

impl Read for &mut Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let line = b"chr1\t10\t20\n";
        for byte in buffer.iter_mut() {
            let at = usize::try_from(self.place).unwrap();
            *byte = self.start.get(at).copied().unwrap_or(line[at % line.len()]);
            self.place += 1;
        }
        self.read += buffer.len() as u64;
        Ok(buffer.len())
    }
}

impl Seek for &mut Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.place = match to {
            SeekFrom::Start(place) => place,
            SeekFrom::End(back) => TERABYTE.checked_add_signed(back).unwrap(),
            SeekFrom::Current(by) => self.place.checked_add_signed(by).unwrap(),
        };
        Ok(self.place)
    }
}

#[test]
fn no_more_than_a_few_bytes_of_a_large_file_are_read() {
    for start in [
        &b""[..],
        b"<html>",
        b"\x26\xfc\x8f\x88\x04\0\x05\0",
        b"\x43\x27\x41\x1a\0\0\0\0\xff\xff\xff\xff\0\0\0\0",
        b"CRAM\x03\0",
        b"PK\x03\x04",
        b"\xfd7zXZ\0",
        b"%PDF-1.4\n",
        b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0\xff\xff",
    ] {
        let mut file = Endless {
            start,
            place: 0,
            read: 0,
        };
        let content = identify(&mut FileBytes::new(&mut file).unwrap()).unwrap();
        let _ = judge(Claim::Format(Format::Bed), &content, &DELIVERY);
        assert!(file.read < 200 << 10, "{start:?}: {}", file.read);
    }
}

/// Judges bytes in every way.
fn judged(bytes: &[u8]) {
    let content = content(bytes);
    for claim in CLAIMS {
        for is_verified in [false, true] {
            let delivery = Delivery {
                media_type: Some("text/html"),
                content_encoding: Some("deflate"),
                is_verified,
                ..DELIVERY
            };
            let _: Option<Packing> = packing(claim, &content, &delivery);
            let shown = match judge(claim, &content, &delivery) {
                Verdict::Refused(text) | Verdict::Doubtful(text) | Verdict::Empty(text) => text,
                _ => String::new(),
            };
            assert!(!shown.chars().any(char::is_control), "{shown:?}");
            assert!(shown.len() < 1200, "{shown}");
        }
    }
}

/// The beginnings of all formats, and what text is made of.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&'static [u8]> = vec![
        b"\x26\xfc\x8f\x88\x04\0\x02\0",
        b"\x87\x89\xf2\xeb",
        b"\x43\x27\x41\x1a\0\0\0\0\x01\0\0\0",
        b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0\x1b\0\x03\0\0\0\0\0\0\0\0\0",
        b"\x1f\x8b\x08\0",
        b"\x89HDF\r\n\x1a\n\x02\x08",
        b"PK\x03\x04",
        b"SQLite format 3\0",
        b"CRAM\x03\0",
        b"7z\xbc\xaf\x27\x1c",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"<!--",
        b"-->",
        b"<!DOCTYPE x [",
        b"<?xml",
        b"<title>",
        b"</title>",
        b"<script",
        b"{\"error\": ",
        b"[{",
        b"}",
        b"chr1\t1\t2",
        b"\n",
        b"\r",
        b"\t",
        b" ",
        b"track type=bedGraph",
        b"##gff-version 3\n",
        b"fixedStep chrom=c\n",
        b"##fileformat=VCF",
        b"@HD\tVN:1",
        b">s\nACGT\n",
        b"\x78\x9c",
        b"\xc3\xa9",
        b"\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\0\0\0\0\0\0\0\0",
    ];
    prop_oneof![
        3 => proptest::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => vec(any::<u8>(), 0..40),
    ]
}

proptest! {
    #[test]
    fn laws_no_bytes_make_it_fail(bytes in vec(any::<u8>(), 0..300)) {
        judged(&bytes);
    }

    #[test]
    fn laws_no_mixture_of_formats_makes_it_fail(pieces in vec(piece(), 0..12)) {
        judged(&pieces.concat());
    }

    #[test]
    fn laws_rows_of_bed_pass(
        rows in vec(("[!-\"$-;=?-~][!-~]{0,20}", 0..1_000_000_u32, 0..1_000_000_u32, "[ -~]{0,12}"), 1..40),
        columns in 3..5_usize,
    ) {
        let lines = rows.iter().map(|(name, start, length, more)| {
            let cells = [name.clone(), start.to_string(), (start + length).to_string(), more.clone()];
            cells[..columns].join("\t") + "\n"
        });
        let text: String = lines.collect();
        // Letters that a binary format begins with may be followed by anything else.
        prop_assume!(!["%!PS", "%PDF-", "{\\rtf", "GIF8"].iter().any(|start| text.starts_with(start)));
        passes(Format::Bed, text);
    }
}
