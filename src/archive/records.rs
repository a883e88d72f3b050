//! The records of a zip archive as bytes: signatures, the list's headers, an entry's own header, extra fields and their numbers of
//! 64 bits. Positions of fields are those of PKWARE's APPNOTE 6.3, sections 4.3 and 4.5.

use std::io::{self, Read, Seek, SeekFrom};

/// The signature of an entry's own header (4.3.7).
pub(super) const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
pub(super) const LOCAL_HEADER_BYTES: usize = 30;
/// The signature of a header in the list, the central directory (4.3.12).
pub(super) const CENTRAL_HEADER: &[u8] = b"PK\x01\x02";
const CENTRAL_HEADER_BYTES: usize = 46;
/// The signature of the end record (4.3.16).
pub(super) const END: &[u8] = b"PK\x05\x06";
pub(super) const END_BYTES: usize = 22;
/// The signature of the end record with numbers of 64 bits (4.3.14).
pub(super) const ZIP64_END: &[u8] = b"PK\x06\x06";
pub(super) const ZIP64_END_BYTES: usize = 56;
/// The signature of its locator (4.3.15).
pub(super) const ZIP64_LOCATOR: &[u8] = b"PK\x06\x07";
pub(super) const ZIP64_LOCATOR_BYTES: usize = 20;
/// The signature that a data descriptor may begin with (4.3.9).
pub(super) const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// General purpose bit flags (4.4.4).
pub(super) const ENCRYPTED: u16 = 1;
pub(super) const HAS_DESCRIPTOR: u16 = 1 << 3;
pub(super) const UTF8_NAME: u16 = 1 << 11;
/// Strong encryption, compressed patched data, and a masked central directory.
const SECRET: u16 = 1 << 5 | 1 << 6 | 1 << 13;
/// The flags that affect decoding.
const READING_FLAGS: u16 = ENCRYPTED | HAS_DESCRIPTOR | SECRET;

/// The extra fields that matter to the gate: numbers of 64 bits (4.5.3) and a second name (4.6.9).
const ZIP64_FIELD: u16 = 0x0001;
const UNICODE_PATH_FIELD: u16 = 0x7075;

/// A name as text, with U+FFFD where it is none.
pub(super) fn text(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// The number in two bytes.
pub(super) fn two_bytes(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |number| u16::from_le_bytes(*number))
}

/// The number in four bytes.
pub(super) fn four_bytes(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |number| u32::from_le_bytes(*number))
}

/// The number in eight bytes.
pub(super) fn eight_bytes(bytes: &[u8], at: usize) -> u64 {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |number| u64::from_le_bytes(*number))
}

/// Reads `bytes` bytes from a position on; fewer where the reader ends before.
pub(super) fn read_at(
    reader: &mut (impl Read + Seek),
    position: u64,
    bytes: usize,
) -> io::Result<Vec<u8>> {
    let mut read = Vec::with_capacity(bytes);
    reader.seek(SeekFrom::Start(position))?;
    reader.take(bytes as u64).read_to_end(&mut read)?;
    Ok(read)
}

/// A central directory header.
#[derive(Debug)]
pub(super) struct ListedEntry<'d> {
    /// The raw name.
    pub(super) name: &'d [u8],
    pub(super) flags: u16,
    /// The compression method: 0 stored, 8 deflate.
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed_bytes: u64,
    pub(super) bytes: u64,
    /// The offset of its local header from the start of the archive.
    pub(super) offset: u64,
    pub(super) attributes: u32,
    /// The parts of the header in which other records could be put: its extra fields and its comment.
    pub(super) free: [&'d [u8]; 2],
    extra: &'d [u8],
}

impl<'d> ListedEntry<'d> {
    /// Takes the next header; `None` if there is no complete header.
    pub(super) fn take(list: &mut &'d [u8]) -> Option<Result<Self, (&'d [u8], String)>> {
        let (fixed, rest) = list.split_at_checked(CENTRAL_HEADER_BYTES)?;
        if !fixed.starts_with(CENTRAL_HEADER) {
            return None;
        }
        let length = |at| usize::from(two_bytes(fixed, at));
        let (name, rest) = rest.split_at_checked(length(28))?;
        let (extra, rest) = rest.split_at_checked(length(30))?;
        let (comment, rest) = rest.split_at_checked(length(32))?;
        *list = rest;
        let numbers = Numbers {
            bytes: four_bytes(fixed, 24),
            packed_bytes: four_bytes(fixed, 20),
            offset: Some(four_bytes(fixed, 42)),
            disk: two_bytes(fixed, 34),
        };
        let [bytes, packed_bytes, offset] = match numbers.widened(extra) {
            Ok(numbers) => numbers,
            Err(fault) => return Some(Err((name, fault))),
        };
        Some(Ok(ListedEntry {
            name,
            flags: two_bytes(fixed, 8),
            method: two_bytes(fixed, 10),
            crc: four_bytes(fixed, 16),
            packed_bytes,
            bytes,
            offset,
            attributes: four_bytes(fixed, 38),
            free: [extra, comment],
            extra,
        }))
    }

    /// Whether it is encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.flags & (ENCRYPTED | SECRET) != 0
    }

    /// Another name in an extra field of the list.
    pub(super) fn second_name(&self) -> Option<&'d [u8]> {
        second_name(self.extra, self.name)
    }
}

/// An entry's own header.
#[derive(Debug)]
pub(super) struct LocalHeader {
    fixed: Vec<u8>,
    name: Vec<u8>,
    extra: Vec<u8>,
}

impl LocalHeader {
    /// Reads the header at an offset; `None` if there is no complete header.
    pub(super) fn read(reader: &mut (impl Read + Seek), position: u64) -> io::Result<Option<Self>> {
        let fixed = read_at(reader, position, LOCAL_HEADER_BYTES)?;
        if fixed.len() < LOCAL_HEADER_BYTES || !fixed.starts_with(LOCAL_HEADER) {
            return Ok(None);
        }
        let lengths = [26, 28].map(|at| usize::from(two_bytes(&fixed, at)));
        let mut name = vec![0; lengths[0]];
        let mut extra = vec![0; lengths[1]];
        for part in [&mut name, &mut extra] {
            match reader.read_exact(part) {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                read => read?,
            }
        }
        Ok(Some(LocalHeader { fixed, name, extra }))
    }

    /// The size in bytes.
    pub(super) fn length(&self) -> u64 {
        (LOCAL_HEADER_BYTES + self.name.len() + self.extra.len()) as u64
    }

    /// Its extra fields.
    pub(super) fn extra(&self) -> &[u8] {
        &self.extra
    }

    /// Another name in an extra field of this header.
    pub(super) fn second_name(&self) -> Option<&[u8]> {
        second_name(&self.extra, &self.name)
    }

    /// Compares it with the central directory.
    ///
    /// # Errors
    /// Where they differ.
    pub(super) fn agrees(&self, listed: &ListedEntry<'_>) -> Result<(), String> {
        if self.name != listed.name {
            return Err(format!(
                "the name in the local header is {:?}",
                String::from_utf8_lossy(&self.name)
            ));
        }
        let (flags, method) = (two_bytes(&self.fixed, 6), two_bytes(&self.fixed, 8));
        // The UTF-8 flag is irrelevant for an ASCII name.
        let compared = match self.name.is_ascii() {
            true => READING_FLAGS,
            false => READING_FLAGS | UTF8_NAME,
        };
        if (flags ^ listed.flags) & compared != 0 {
            let (own, other) = (flags, listed.flags);
            return Err(format!("the flags are {own:#06x} and {other:#06x}"));
        }
        let numbers = Numbers {
            bytes: four_bytes(&self.fixed, 22),
            packed_bytes: four_bytes(&self.fixed, 18),
            offset: None,
            disk: 0,
        };
        let [bytes, packed_bytes, _] = numbers.widened(&self.extra)?;
        let streamed = flags & HAS_DESCRIPTOR != 0;
        let differ = |own: u64, other: u64, may_be_missing: bool| {
            own != other && !(may_be_missing && own == 0)
        };
        let crc = u64::from(four_bytes(&self.fixed, 14));
        for (what, own, other, may_be_missing) in [
            ("method", method.into(), listed.method.into(), false),
            ("CRC-32", crc, listed.crc.into(), streamed),
            ("size", bytes, listed.bytes, streamed),
            (
                "compressed size",
                packed_bytes,
                listed.packed_bytes,
                streamed,
            ),
        ] {
            if differ(own, other, may_be_missing) {
                return Err(format!("the {what} is {own} and {other}"));
            }
        }
        Ok(())
    }
}

/// The size of the data descriptor at the start of `bytes` (4.3.9), with or without signature, with 64-bit or 32-bit sizes.
/// `None` if no descriptor agrees with the central directory.
pub(super) fn descriptor_length(bytes: &[u8], listed: &ListedEntry<'_>) -> Option<u64> {
    let sizes = [listed.packed_bytes, listed.bytes];
    let crc = listed.crc.to_le_bytes();
    let wide = [&crc[..], &sizes.map(u64::to_le_bytes).concat()].concat();
    let narrow = sizes.map(|size| u32::try_from(size).ok());
    let narrow = match narrow {
        [Some(packed), Some(size)] => {
            Some([crc, packed.to_le_bytes(), size.to_le_bytes()].concat())
        }
        _ => None,
    };
    let signed = |form: &[u8]| [DESCRIPTOR, form].concat();
    let forms = [
        Some(signed(&wide)),
        narrow.as_deref().map(signed),
        Some(wide.clone()),
        narrow.clone(),
    ];
    let mut found = forms.into_iter().flatten();
    found
        .find(|form| bytes.starts_with(form))
        .map(|form| form.len() as u64)
}

/// The numbers of a header that an extra field may widen.
struct Numbers {
    bytes: u32,
    packed_bytes: u32,
    /// None in an entry's own header.
    offset: Option<u32>,
    disk: u16,
}

impl Numbers {
    /// The size, the packed size and the offset, read from the zip64 field where the header refers to it (4.5.3).
    ///
    /// Some writers give all numbers there, wanted or not; these must then be the same, since some readers go by their position.
    fn widened(&self, extra: &[u8]) -> Result<[u64; 3], String> {
        let mut fields = extra_fields(extra)?
            .into_iter()
            .filter(|(id, _)| *id == ZIP64_FIELD);
        let field = fields.next().map(|(_, data)| data);
        if fields.next().is_some() {
            return Err("two zip64 fields".to_owned());
        }
        let narrow = [self.bytes, self.packed_bytes, self.offset.unwrap_or(0)];
        let missing = || "the zip64 field lacks a value".to_owned();
        let mut rest = field.unwrap_or_default();
        let mut wide = narrow.map(u64::from);
        for (wide, narrow) in wide.iter_mut().zip(narrow) {
            if narrow == u32::MAX {
                let (number, others) = rest.split_first_chunk().ok_or_else(missing)?;
                *wide = u64::from_le_bytes(*number);
                rest = others;
            }
        }
        let mut disk = u32::from(self.disk);
        if self.disk == u16::MAX {
            let (number, others) = rest.split_first_chunk().ok_or_else(missing)?;
            disk = u32::from_le_bytes(*number);
            rest = others;
        }
        if disk != 0 {
            return Err(format!("it is on disk {disk} of a multi-disk archive"));
        }
        let all = field.filter(|_| !rest.is_empty()).unwrap_or_default();
        let positions = 0..if self.offset.is_some() { 3 } else { 2 };
        for place in positions.filter(|place| all.len() >= (place + 1) * 8) {
            if eight_bytes(all, place * 8) != wide[place] {
                return Err("zip64 field and header differ".to_owned());
            }
        }
        Ok(wide)
    }
}

/// The extra fields with their ids (4.5.1). Up to three bytes at the end are padding, as of Android's `zipalign`.
fn extra_fields(mut extra: &[u8]) -> Result<Vec<(u16, &[u8])>, String> {
    let mut fields = Vec::new();
    while let Some((head, rest)) = extra.split_at_checked(4) {
        let length = usize::from(two_bytes(head, 2));
        let Some((data, rest)) = rest.split_at_checked(length) else {
            return Err("an extra field exceeds the header".to_owned());
        };
        fields.push((two_bytes(head, 0), data));
        extra = rest;
    }
    Ok(fields)
}

/// Another name in an extra field (Info-ZIP Unicode Path: a version, a checksum of the header's name, and the name).
fn second_name<'e>(extra: &'e [u8], name: &[u8]) -> Option<&'e [u8]> {
    let fields = extra_fields(extra).unwrap_or_default();
    let mut names = fields
        .into_iter()
        .filter(|(id, _)| *id == UNICODE_PATH_FIELD)
        .map(|(_, data)| data.get(5..).unwrap_or_default());
    names.find(|second| *second != name)
}
