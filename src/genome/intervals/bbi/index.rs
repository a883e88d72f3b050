//! The index of a bigBed or bigWig file: where its blocks of data lie.

use std::collections::HashSet;
use std::io::{Read, Seek};

use super::bytes::{BbiFields, BbiFile, damaged};
use crate::genome::intervals::IntervalError;

const MAGIC: u32 = 0x2468_ACE0;
/// The lengths of its header, and of the header of a node.
const HEADER: usize = 48;
const NODE: usize = 4;
/// The lengths of what a node holds: a block, or a node below.
const LEAF_ITEM: usize = 32;
const BRANCH_ITEM: usize = 24;

/// Where the data of a block lie in the file.
#[derive(Debug)]
pub(super) struct Block {
    pub offset: u64,
    pub length: usize,
}

/// The blocks of data in the order of the genome.
pub(super) fn blocks<R: Read + Seek>(
    file: &mut BbiFile<R>,
    offset: u64,
) -> Result<Vec<Block>, IntervalError> {
    let header = file.read(offset, HEADER, "its index")?;
    let mut fields = BbiFields::new(&header, file.is_little);
    if fields.u32()? != MAGIC {
        return Err(damaged("an index with a wrong magic number"));
    }
    fields.pass(4)?;
    let mut found = Vec::new();
    if fields.u64()? == 0 {
        return Ok(found);
    }
    let mut seen = HashSet::new();
    let mut waiting = vec![offset + HEADER as u64];
    while let Some(offset) = waiting.pop() {
        if !seen.insert(offset) {
            return Err(damaged("an index that leads back to itself"));
        }
        let header = file.read(offset, NODE, "a node of its index")?;
        let mut fields = BbiFields::new(&header, file.is_little);
        let is_leaf = fields.u8()? == 1;
        fields.pass(1)?;
        let count = usize::from(fields.u16()?);
        let length = count * if is_leaf { LEAF_ITEM } else { BRANCH_ITEM };
        let items = file.read(offset + NODE as u64, length, "a node of its index")?;
        let mut items = BbiFields::new(&items, file.is_little);
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
        // The first child comes first.
        waiting.extend(below.into_iter().rev());
    }
    Ok(found)
}
