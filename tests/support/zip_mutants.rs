//! Valid zip archives changed in their structure: two archives in one file whose records point at one another, fields that state
//! other numbers, records in places where none belong. All of it follows from a seed.

use super::bad_zips::builder::{Entry, Header, Zip, Zip64End, extra, unicode_path};

/// Random numbers (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}

const METADATA: &str = "ro-crate-metadata.json";
const RECORDS: [&[u8]; 6] = [
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"PK\x07\x08",
];

fn entry(dice: &mut Dice, name: &str) -> Entry {
    let bytes = format!("{name} {}\n", dice.next()).repeat(1 + dice.below(4));
    let entry = match dice.one_in(2) {
        true => Entry::stored(name, bytes.as_bytes()),
        false => Entry::deflated(name, bytes.as_bytes()),
    };
    match dice.below(8) {
        0 | 1 => entry.streamed(true),
        2 => entry.streamed(false),
        3 => entry.zip64(),
        4 => entry.both(|header| header.extra = extra(0x5455, &[1, 0, 0, 0, 0])),
        _ => entry,
    }
}

/// A valid archive, mostly small and plain.
fn valid(dice: &mut Dice, names: &[&str]) -> Zip {
    let mut zip = Zip::of(names.iter().map(|name| entry(dice, name)));
    if dice.one_in(6) {
        zip.zip64 = Some(Zip64End { claimed: None });
    }
    if dice.one_in(6) {
        zip.before = b"#!/bin/sh\nexit 1\n".repeat(1 + dice.below(9));
    }
    if dice.one_in(6) {
        zip.behind = vec![dice.of(&[0, 10, b'P']); 1 + dice.below(60)];
    }
    if dice.one_in(6) {
        zip.comment = b"made by hand ".repeat(1 + dice.below(5));
    }
    zip
}

/// Where records begin, by their kind.
fn records(bytes: &[u8]) -> Vec<(usize, usize)> {
    let kind = |at: usize| {
        let mut kinds = RECORDS.iter();
        kinds.position(|signature| bytes[at..].starts_with(signature))
    };
    (0..bytes.len())
        .filter_map(|at| Some((at, kind(at)?)))
        .collect()
}

/// The fields with their widths, by the kind of the record.
const FIELDS: [&[(usize, usize)]; 6] = [
    &[
        (4, 2),
        (6, 2),
        (8, 2),
        (14, 4),
        (18, 4),
        (22, 4),
        (26, 2),
        (28, 2),
    ],
    &[
        (4, 2),
        (8, 2),
        (10, 2),
        (16, 4),
        (20, 4),
        (24, 4),
        (28, 2),
        (30, 2),
        (32, 2),
        (34, 2),
        (36, 2),
        (38, 4),
        (42, 4),
    ],
    &[(4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)],
    &[(4, 8), (16, 4), (20, 4), (24, 8), (32, 8), (40, 8), (48, 8)],
    &[(4, 4), (8, 8), (16, 4)],
    &[(4, 4), (8, 4), (12, 4)],
];

fn number(bytes: &[u8], at: usize, width: usize) -> u64 {
    let mut wide = [0; 8];
    let end = (at + width).min(bytes.len());
    if at < end {
        wide[..end - at].copy_from_slice(&bytes[at..end]);
    }
    u64::from_le_bytes(wide)
}

fn set(bytes: &mut [u8], at: usize, width: usize, value: u64) {
    for (place, byte) in value.to_le_bytes()[..width].iter().enumerate() {
        if let Some(old) = bytes.get_mut(at + place) {
            *old = *byte;
        }
    }
}

/// Gives one field another number: one of those that lead somewhere.
fn change_field(dice: &mut Dice, bytes: &mut [u8]) {
    let places = records(bytes);
    if places.is_empty() {
        return;
    }
    // The end matters most.
    let (at, kind) = match dice.one_in(2) {
        true => dice.of(&places),
        false => *places
            .iter()
            .rev()
            .find(|(_, kind)| *kind == 2)
            .unwrap_or(&places[0]),
    };
    let (field, width) = dice.of(FIELDS[kind]);
    let old = number(bytes, at + field, width);
    let (target, _) = dice.of(&places);
    let (other, _) = dice.of(&places);
    let apart = target.abs_diff(other) as u64;
    let value = match dice.below(10) {
        0 => 0,
        1 => u64::MAX,
        2 => old + 1,
        3 => old.wrapping_sub(1),
        4 => target as u64,
        5 => apart,
        6 => old.wrapping_add(apart),
        7 => old.wrapping_sub(apart),
        8 => old ^ (1 << dice.below(width * 8)),
        _ => (bytes.len() - at) as u64,
    };
    set(bytes, at + field, width, value);
}

/// Moves what lies behind a place, with the offsets that point there or without.
fn insert(dice: &mut Dice, bytes: &mut Vec<u8>, new: &[u8]) {
    let places = records(bytes);
    let at = match dice.below(4) {
        0 => 0,
        1 => bytes.len(),
        _ if places.is_empty() => 0,
        _ => dice.of(&places).0,
    };
    let mended = dice.one_in(2);
    bytes.splice(at..at, new.iter().copied());
    if !mended {
        return;
    }
    let moved = new.len() as u64;
    for (place, kind) in records(bytes) {
        if place >= at && place < at + new.len() {
            continue;
        }
        let (field, width) = match kind {
            1 => (42, 4),
            2 => (16, 4),
            3 => (48, 8),
            4 => (8, 8),
            _ => continue,
        };
        let old = number(bytes, place + field, width);
        if old >= at as u64 && old < u64::from(u32::MAX) {
            set(bytes, place + field, width, old + moved);
        }
    }
}

/// Bytes that no honest archive has in odd places.
fn decoy(dice: &mut Dice) -> Vec<u8> {
    let names = dice.of(&[
        [METADATA, "evil.sh"],
        ["a.bed", "b.bed"],
        ["b.bed", METADATA],
    ]);
    let count = 1 + dice.below(2);
    let zip = valid(dice, &names[..count]);
    let bytes = zip.bytes();
    let places = records(&bytes);
    match dice.below(5) {
        0 | 1 => bytes,
        2 => dice.of(&RECORDS).to_vec(),
        // From one record up to another one: a lone entry, a lone list, a lone end.
        _ => {
            let (first, second) = (dice.of(&places).0, dice.of(&places).0);
            let (from, to) = (first.min(second), first.max(second));
            match from == to {
                true => bytes[from..].to_vec(),
                false => bytes[from..to].to_vec(),
            }
        }
    }
}

/// An archive with something in one of the places that the builder knows.
fn hidden(dice: &mut Dice, mut zip: Zip) -> Zip {
    let bytes = decoy(dice);
    let at = dice.below(zip.entries.len());
    match dice.below(9) {
        0 => zip.before.extend(bytes),
        1 => zip.behind.splice(0..0, bytes).for_each(drop),
        2 => zip.comment.extend(bytes),
        3 => zip.entries[at].descriptor.extend(bytes),
        4 => zip.entries.push(Entry::stored("notes.bin", &bytes)),
        5 => {
            let mut data = zip.entries[at].data.clone();
            data.extend(bytes);
            zip.entries[at].data = data;
            let packed = zip.entries[at].data.len() as u32;
            if dice.one_in(2) {
                zip.entries[at].local.packed = packed;
            }
            zip.entries[at].central.packed = packed;
        }
        6 => {
            let id = dice.of(&[0x0001, 0x5455, 0x7075, 0xCAFE]);
            let field = extra(id, &bytes[..bytes.len().min(60)]);
            one_header(dice, &mut zip.entries[at], |header| {
                header.extra.extend(field)
            });
        }
        7 => zip.entries[at].listed = false,
        _ => zip.entries[at].offset = Some(dice.below(200) as u32),
    }
    zip
}

fn one_header(dice: &mut Dice, entry: &mut Entry, change: impl FnOnce(&mut Header)) {
    match dice.one_in(2) {
        true => change(&mut entry.local),
        false => change(&mut entry.central),
    }
}

/// An archive whose headers say odd things.
fn odd_header(dice: &mut Dice, mut zip: Zip) -> Zip {
    let at = dice.below(zip.entries.len());
    let kind = dice.below(9);
    let number = dice.next() as u32 % 90;
    let both = dice.one_in(2);
    let change = move |header: &mut Header| match kind {
        0 => header.name = b"other.bed".to_vec(),
        1 => header.flags ^= 1 << (number % 16),
        2 => header.method ^= 8,
        3 => header.size = number,
        4 => header.packed = number,
        5 => header.extra = extra(1, &u64::from(number).to_le_bytes().repeat(3)),
        6 => {
            header.extra = extra(1, &u64::from(number).to_le_bytes().repeat(2));
            (header.size, header.packed) = (u32::MAX, u32::MAX);
        }
        7 => header.extra = unicode_path(&header.name.clone(), "evil.sh"),
        _ => header.extra = vec![7, 7, number as u8, 0, 1],
    };
    let entry = &mut zip.entries[at];
    match both {
        true => [&mut entry.local, &mut entry.central].map(change),
        false => {
            one_header(dice, entry, change);
            [(), ()]
        }
    };
    zip
}

/// A changed archive.
pub fn mutant(seed: u64) -> Vec<u8> {
    let dice = &mut Dice(seed);
    let names = [METADATA, "a.bed", "data/b.bed", "data/"];
    let count = 1 + dice.below(names.len());
    let mut zip = valid(dice, &names[..count]);
    if count == names.len() {
        *zip.entries.last_mut().unwrap() = Entry::stored("data/", b"");
    }
    let kind = dice.below(5);
    if kind < 3 {
        zip = hidden(dice, zip);
    }
    if kind == 3 || dice.one_in(4) {
        zip = odd_header(dice, zip);
    }
    let mut bytes = zip.bytes();
    let raw = match kind {
        4 => 1 + dice.below(2),
        _ => dice.below(8).saturating_sub(5),
    };
    for _ in 0..raw {
        match dice.below(8) {
            0 | 1 => {
                let decoy = decoy(dice);
                insert(dice, &mut bytes, &decoy);
            }
            2 => {
                let at = dice.below(bytes.len());
                let length = dice.below(40).min(bytes.len() - at);
                bytes.drain(at..at + length);
            }
            3 => {
                let at = dice.below(bytes.len());
                bytes[at] = dice.next() as u8;
            }
            _ => change_field(dice, &mut bytes),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}
