//! Zip archives byte by byte (APPNOTE, section 4.3): what is not said otherwise is as an honest writer writes it.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// What a header says of an entry.
#[derive(Debug, Clone)]
pub struct Header {
    pub name: Vec<u8>,
    pub flags: u16,
    pub method: u16,
    pub crc: u32,
    pub packed: u32,
    pub size: u32,
    pub extra: Vec<u8>,
}

/// One entry: its own header, that of the list, and its packed bytes.
#[derive(Debug, Clone)]
pub struct Entry {
    pub local: Header,
    pub central: Header,
    pub data: Vec<u8>,
    /// What stands behind the packed bytes.
    pub descriptor: Vec<u8>,
    /// The system in "version made by": 3 is Unix, 0 is DOS.
    pub system: u8,
    pub attributes: u32,
    /// Where the list says that the entry begins, when not where it does.
    pub offset: Option<u32>,
    /// Whether the list has it.
    pub listed: bool,
    /// Whether it has a header and bytes of its own.
    pub present: bool,
}

impl Entry {
    /// A file as it is.
    pub fn stored(name: impl AsRef<[u8]>, bytes: &[u8]) -> Self {
        Entry::packed(name.as_ref(), 0, bytes.to_vec(), bytes)
    }

    /// A deflated file.
    pub fn deflated(name: impl AsRef<[u8]>, bytes: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        Entry::packed(name.as_ref(), 8, encoder.finish().unwrap(), bytes)
    }

    /// A file with packed bytes of any kind.
    pub fn packed(name: &[u8], method: u16, data: Vec<u8>, bytes: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(bytes);
        let header = Header {
            name: name.to_vec(),
            flags: if name.is_ascii() { 0 } else { 1 << 11 },
            method,
            crc: crc.sum(),
            packed: data.len() as u32,
            size: bytes.len() as u32,
            extra: Vec::new(),
        };
        Entry {
            local: header.clone(),
            central: header,
            data,
            descriptor: Vec::new(),
            system: 3,
            attributes: 0o100_644 << 16,
            offset: None,
            listed: true,
            present: true,
        }
    }

    /// The same change in both headers.
    pub fn both(mut self, change: impl Fn(&mut Header)) -> Self {
        change(&mut self.local);
        change(&mut self.central);
        self
    }

    /// A change.
    pub fn with(mut self, change: impl FnOnce(&mut Entry)) -> Self {
        change(&mut self);
        self
    }

    /// As a writer to a pipe writes it: sizes and checksum behind the bytes.
    pub fn streamed(mut self, signature: bool) -> Self {
        let of = self.central.clone();
        let words = [of.crc, of.packed, of.size];
        if signature {
            self.descriptor.extend(b"PK\x07\x08");
        }
        self.descriptor
            .extend(words.iter().flat_map(|word| word.to_le_bytes()));
        (self.local.crc, self.local.packed, self.local.size) = (0, 0, 0);
        self.both(|header| header.flags |= 1 << 3)
    }

    /// With both sizes in fields of zip64.
    pub fn zip64(self) -> Self {
        self.both(|header| {
            let sizes = [u64::from(header.size), u64::from(header.packed)];
            header.extra = extra(1, &sizes.map(u64::to_le_bytes).concat());
            (header.packed, header.size) = (u32::MAX, u32::MAX);
        })
    }
}

/// An extra field.
pub fn extra(id: u16, data: &[u8]) -> Vec<u8> {
    let length = data.len() as u16;
    [&id.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// The extra field that gives an entry a second name.
pub fn unicode_path(header_name: &[u8], name: &str) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(header_name);
    extra(
        0x7075,
        &[&[1], &crc.sum().to_le_bytes()[..], name.as_bytes()].concat(),
    )
}

/// The end of an archive of the zip64 kind.
#[derive(Debug, Clone, Copy)]
pub struct Zip64End {
    /// How many entries it claims, when not as many as there are.
    pub claimed: Option<u64>,
}

/// An archive.
#[derive(Debug, Clone, Default)]
pub struct Zip {
    pub before: Vec<u8>,
    pub entries: Vec<Entry>,
    pub behind: Vec<u8>,
    pub comment: Vec<u8>,
    /// How many entries the end claims, when not as many as there are.
    pub claimed: Option<u16>,
    /// The number of the disk with the list.
    pub disk: u16,
    pub zip64: Option<Zip64End>,
}

impl Zip {
    /// An archive of these entries.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let entries = entries.into_iter().collect();
        Zip {
            entries,
            ..Zip::default()
        }
    }

    /// A change.
    pub fn with(mut self, change: impl FnOnce(&mut Zip)) -> Self {
        change(&mut self);
        self
    }

    /// Its bytes. Offsets are counted from the first entry, as when bytes were put before a finished archive.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut offsets = Vec::new();
        for entry in &self.entries {
            offsets.push(entry.offset.unwrap_or(bytes.len() as u32));
            if entry.present {
                bytes.extend(b"PK\x03\x04");
                header(&mut bytes, &entry.local);
                bytes.extend(&entry.local.name);
                bytes.extend(&entry.local.extra);
                bytes.extend(&entry.data);
                bytes.extend(&entry.descriptor);
            }
        }
        let begin = bytes.len() as u32;
        let listed = self.entries.iter().zip(offsets);
        let mut count = 0_u64;
        for (entry, offset) in listed.filter(|(entry, _)| entry.listed) {
            count += 1;
            bytes.extend(b"PK\x01\x02");
            bytes.extend([20, entry.system]);
            header(&mut bytes, &entry.central);
            bytes.extend([0; 6]);
            bytes.extend(entry.attributes.to_le_bytes());
            bytes.extend(offset.to_le_bytes());
            bytes.extend(&entry.central.name);
            bytes.extend(&entry.central.extra);
        }
        let size = bytes.len() as u32 - begin;
        let count16 = self.claimed.unwrap_or(count.min(0xFFFF) as u16);
        if let Some(end) = self.zip64 {
            let at = bytes.len() as u64;
            let count = end.claimed.unwrap_or(count);
            bytes.extend(b"PK\x06\x06");
            bytes.extend(44_u64.to_le_bytes());
            bytes.extend([45, 3, 45, 0]);
            bytes.extend([0; 8]);
            let words = [count, count, size.into(), begin.into()];
            bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
            bytes.extend(b"PK\x06\x07\0\0\0\0");
            bytes.extend(at.to_le_bytes());
            bytes.extend(1_u32.to_le_bytes());
        }
        bytes.extend(b"PK\x05\x06");
        // A reader looks for the end of zip64 where a number of the old end is full.
        let count16 = if self.zip64.is_some() {
            0xFFFF
        } else {
            count16
        };
        for word in [self.disk, self.disk, count16, count16] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(size.to_le_bytes());
        bytes.extend(begin.to_le_bytes());
        bytes.extend((self.comment.len() as u16).to_le_bytes());
        bytes.extend(&self.comment);
        [&self.before[..], &bytes, &self.behind].concat()
    }
}

/// The fields that both headers have, from the version needed to the length of the extra fields.
fn header(bytes: &mut Vec<u8>, of: &Header) {
    // The time 1980-01-01 00:00.
    for word in [20, of.flags, of.method, 0, 0x21] {
        bytes.extend(word.to_le_bytes());
    }
    for word in [of.crc, of.packed, of.size] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend((of.name.len() as u16).to_le_bytes());
    bytes.extend((of.extra.len() as u16).to_le_bytes());
}
