//! The tree of chromosomes of bigBed and bigWig (Kent et al. 2010, supplement, tables 8 to 11).

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};

use super::{EvidenceError, Parsed, Progress, count_of, limited, text_of};
use crate::genome::coordinate_system::{Extent, SeenSequence};

const TREE_MAGIC: u32 = 0x78CA_8C91;
const PART: &str = "chromosome tree";
/// The header of the tree; trees are never as deep as this.
const TREE_HEADER: usize = 32;
const DEEPEST: usize = 32;
/// How many bytes are read at first; the tree of a genome with scaffolds fits.
const PIECE: u64 = 1 << 14;

/// A chromosome of a bigBed or bigWig file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::genome) struct BbiChromosome {
    /// What the records of the file call it.
    pub number: u32,
    pub name: String,
    /// The length in base pairs.
    pub length: u32,
}

/// Where the tree is, and in which byte order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::genome) struct TreePlace {
    pub offset: u64,
    pub is_little: bool,
}

/// The place of the tree by the first bytes of the file.
pub(in crate::genome) fn place(head: &[u8]) -> Result<TreePlace, EvidenceError> {
    let is_little = matches!(head.first(), Some(0x26 | 0xeb));
    match number(head, 8, 8, is_little) {
        Some(offset) if offset >= 64 => Ok(TreePlace { offset, is_little }),
        Some(offset) => Err(EvidenceError::Damaged {
            found: format!("the chromosome tree at byte {offset}"),
            expected: "a place after the 64 bytes of the header",
        }),
        None => Err(EvidenceError::CutOff {
            part: "header",
            length: head.len() as u64,
        }),
    }
}

/// The chromosomes of a file, of which no more is read than the tree takes.
pub(in crate::genome) fn chromosomes(
    reader: &mut (impl Read + Seek),
    place: &TreePlace,
) -> io::Result<Result<Vec<BbiChromosome>, EvidenceError>> {
    reader.seek(SeekFrom::Start(place.offset))?;
    let mut bytes = Vec::new();
    let mut piece = PIECE;
    loop {
        let read = reader.take(piece).read_to_end(&mut bytes)? as u64;
        let parsed = tree(place, &bytes);
        let length = place.offset + bytes.len() as u64;
        return Ok(match parsed {
            Ok(Progress::More(part)) if read < piece => Err(EvidenceError::CutOff { part, length }),
            Ok(Progress::More(_)) if bytes.len() <= super::MOST_HEADER => {
                piece = bytes.len() as u64;
                continue;
            }
            parsed => limited(parsed, PART),
        });
    }
}

/// The sequences of a tree, whose bytes are those of the file from its place on.
pub(super) fn sequences(place: &TreePlace, bytes: &[u8]) -> Parsed {
    let sequence = |one: BbiChromosome| SeenSequence {
        name: one.name,
        extent: Extent::Length(one.length.into()),
        md5: None,
    };
    Ok(match tree(place, bytes)? {
        Progress::More(part) => Progress::More(part),
        Progress::Found(found) => Progress::Found(found.into_iter().map(sequence).collect()),
    })
}

fn tree(place: &TreePlace, bytes: &[u8]) -> Parsed<Vec<BbiChromosome>> {
    let field = |at, width| number(bytes, at, width, place.is_little);
    if bytes.len() < TREE_HEADER {
        return Ok(Progress::More(PART));
    }
    let (magic, key, value, count) = (field(0, 4), field(8, 4), field(12, 4), field(16, 8));
    if magic != Some(u64::from(TREE_MAGIC)) {
        return Err(damaged("a chromosome tree without its magic number"));
    }
    let count = count_of(count.unwrap_or_default())?;
    let key = usize::try_from(key.unwrap_or_default()).unwrap_or(usize::MAX);
    if key == 0 || key > super::LONGEST_NAME || value != Some(8) {
        return Err(damaged("a chromosome tree with invalid sizes of its items"));
    }
    let mut found = Vec::new();
    let mut nodes = vec![(TREE_HEADER, 0)];
    let mut visited = HashSet::new();
    while let Some((at, depth)) = nodes.pop() {
        if depth > DEEPEST || !visited.insert(at) {
            return Err(damaged("a chromosome tree whose nodes form a circle"));
        }
        let (Some(kind), Some(items)) = (field(at, 1), field(at + 2, 2)) else {
            return Ok(Progress::More(PART));
        };
        let items = usize::try_from(items).unwrap_or_default();
        let width = key + 8;
        let first = at + 4;
        let Some(node) = bytes.get(first..first + items * width) else {
            return Ok(Progress::More(PART));
        };
        let mut children = Vec::new();
        for item in node.chunks_exact(width) {
            let (name, value) = item.split_at(key);
            if kind == 1 {
                let field = |at| number(value, at, 4, place.is_little).unwrap_or_default() as u32;
                let end = name.iter().position(|byte| *byte == 0).unwrap_or(key);
                found.push(BbiChromosome {
                    number: field(0),
                    name: text_of(&name[..end])?,
                    length: field(4),
                });
            } else {
                let child = number(value, 0, 8, place.is_little).unwrap_or_default();
                let child = child.checked_sub(place.offset);
                let child = child.and_then(|child| usize::try_from(child).ok());
                let child = child.filter(|child| *child >= TREE_HEADER);
                let child = child.ok_or_else(|| damaged("a node before its chromosome tree"))?;
                children.push((child, depth + 1));
            }
        }
        nodes.extend(children.into_iter().rev());
        if found.len() > count || nodes.len() > count {
            return Err(damaged("more chromosomes than the tree states"));
        }
    }
    Ok(Progress::Found(found))
}

fn damaged(found: &str) -> EvidenceError {
    EvidenceError::Damaged {
        found: found.to_owned(),
        expected: "the tree of a bigBed or bigWig file",
    }
}

/// A whole number of up to 8 bytes at a place.
pub(super) fn number(bytes: &[u8], at: usize, width: usize, is_little: bool) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
    Some(if is_little {
        bytes.iter().rev().fold(0, join)
    } else {
        bytes.iter().fold(0, join)
    })
}
