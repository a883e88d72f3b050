//! The two trees of a bigBed or bigWig file: its chromosomes, and the index of its blocks.

use std::collections::{BTreeMap, HashSet};
use std::io::{Read, Seek};

use super::bytes::{BbiFields, BbiFile, damaged};
use crate::genome::intervals::IntervalError;

/// The magic numbers of the trees.
const CHROMOSOMES: u32 = 0x78CA_8C91;
const INDEX: u32 = 0x2468_ACE0;
/// The lengths of their headers, and of the header of a node.
const CHROMOSOMES_HEADER: usize = 32;
const INDEX_HEADER: usize = 48;
const NODE: usize = 4;
/// The lengths of what a node of the index holds: a block, or a node below.
const LEAF_ITEM: usize = 32;
const BRANCH_ITEM: usize = 24;
/// Names of chromosomes are never this long.
const LONGEST_NAME: usize = 1 << 16;

/// A chromosome.
#[derive(Debug)]
pub(super) struct BbiChromosome {
    pub name: String,
    pub length: u32,
}

/// Where the data of a block lie in the file.
#[derive(Debug)]
pub(super) struct Block {
    pub offset: u64,
    pub length: usize,
}

/// Walks over the nodes of a tree, the first child first. `node` hands out the nodes below in their order.
fn walk<R: Read + Seek>(
    file: &mut BbiFile<R>,
    root: u64,
    item_length: impl Fn(bool) -> usize,
    mut node: impl FnMut(BbiFields<'_>, bool, usize) -> Result<Vec<u64>, IntervalError>,
) -> Result<(), IntervalError> {
    let mut seen = HashSet::new();
    let mut waiting = vec![root];
    while let Some(offset) = waiting.pop() {
        if !seen.insert(offset) {
            return Err(damaged("a tree that leads back to itself"));
        }
        let header = file.read(offset, NODE, "a node of a tree")?;
        let mut fields = BbiFields::new(&header, file.is_little);
        let is_leaf = fields.u8()? == 1;
        fields.pass(1)?;
        let count = usize::from(fields.u16()?);
        let place = offset + NODE as u64;
        let items = file.read(place, count * item_length(is_leaf), "a node of a tree")?;
        let below = node(BbiFields::new(&items, file.is_little), is_leaf, count)?;
        waiting.extend(below.into_iter().rev());
    }
    Ok(())
}

/// The chromosomes by their numbers in the file.
pub(super) fn chromosomes<R: Read + Seek>(
    file: &mut BbiFile<R>,
    offset: u64,
) -> Result<BTreeMap<u32, BbiChromosome>, IntervalError> {
    let header = file.read(offset, CHROMOSOMES_HEADER, "its chromosome tree")?;
    let mut fields = BbiFields::new(&header, file.is_little);
    if fields.u32()? != CHROMOSOMES {
        return Err(damaged("a chromosome tree with a wrong magic number"));
    }
    fields.pass(4)?;
    let (key, value) = (fields.u32()? as usize, fields.u32()?);
    if value != 8 || key > LONGEST_NAME {
        return Err(damaged("a chromosome tree with items of unknown size"));
    }
    let mut found = BTreeMap::new();
    let root = offset + CHROMOSOMES_HEADER as u64;
    walk(
        file,
        root,
        |_| key + 8,
        |mut items, is_leaf, count| {
            let mut below = Vec::new();
            for _ in 0..count {
                let name = items.bytes(key)?;
                if !is_leaf {
                    below.push(items.u64()?);
                    continue;
                }
                let end = memchr::memchr(0, name).unwrap_or(name.len());
                let name = String::from_utf8_lossy(&name[..end]).into_owned();
                let (number, length) = (items.u32()?, items.u32()?);
                found.insert(number, BbiChromosome { name, length });
            }
            Ok(below)
        },
    )?;
    Ok(found)
}

/// The blocks of data in the order of the genome.
pub(super) fn blocks<R: Read + Seek>(
    file: &mut BbiFile<R>,
    offset: u64,
) -> Result<Vec<Block>, IntervalError> {
    let header = file.read(offset, INDEX_HEADER, "its index")?;
    let mut fields = BbiFields::new(&header, file.is_little);
    if fields.u32()? != INDEX {
        return Err(damaged("an index with a wrong magic number"));
    }
    fields.pass(4)?;
    let mut found = Vec::new();
    if fields.u64()? == 0 {
        return Ok(found);
    }
    let item_length = |is_leaf| if is_leaf { LEAF_ITEM } else { BRANCH_ITEM };
    let root = offset + INDEX_HEADER as u64;
    walk(file, root, item_length, |mut items, is_leaf, count| {
        let mut below = Vec::new();
        for _ in 0..count {
            // First and last chromosome and base.
            items.pass(16)?;
            let offset = items.u64()?;
            if !is_leaf {
                below.push(offset);
                continue;
            }
            let length = usize::try_from(items.u64()?)
                .map_err(|_| damaged("a data block of impossible size"))?;
            found.push(Block { offset, length });
        }
        Ok(below)
    })?;
    Ok(found)
}
