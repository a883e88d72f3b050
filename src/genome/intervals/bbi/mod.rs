//! bigBed and bigWig (Kent et al. 2010, supplement): header, chromosomes, index and blocks of data.

mod bytes;
mod index;
mod records;

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::sinks::IntervalSink;
use super::{ChromosomeExtents, IntervalError};
use crate::genome::coordinate_system::reading::bbi::{chromosomes, place};
use bytes::{BbiFields, BbiFile};

/// The magic numbers.
const BIG_WIG: u32 = 0x888F_FC26;
const BIG_BED: u32 = 0x8789_F2EB;
/// The header has 64 bytes.
const HEADER: usize = 64;

/// Which of the two formats a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BbiKind {
    BigBed,
    BigWig,
}

impl BbiKind {
    /// The format of a file with these first four bytes, in either byte order.
    pub fn of(first: &[u8]) -> Option<Self> {
        let first: [u8; 4] = first.try_into().ok()?;
        [u32::from_le_bytes(first), u32::from_be_bytes(first)]
            .iter()
            .find_map(|magic| match *magic {
                BIG_BED => Some(BbiKind::BigBed),
                BIG_WIG => Some(BbiKind::BigWig),
                _ => None,
            })
    }
}

/// Hands all intervals to the sink, of bigWig those with a value above the threshold, and returns the chromosomes with their
/// lengths.
pub(super) fn read(
    reader: impl Read + Seek,
    threshold: Option<f64>,
    sink: &mut impl IntervalSink,
) -> Result<ChromosomeExtents, IntervalError> {
    let mut file = BbiFile::new(reader)?;
    let header = file.read(0, HEADER, "its header")?;
    let tree = place(&header)?;
    file.is_little = tree.is_little;
    let mut fields = BbiFields::new(&header[24..], file.is_little);
    let index_at = fields.u64()?;
    // Counts of fields, place of autoSql and of the summary.
    fields.pass(2 + 2 + 8 + 8)?;
    let unpacked = fields.u32()? as usize;

    let mut extents = ChromosomeExtents::default();
    let mut names = BTreeMap::new();
    for chromosome in chromosomes(&mut file.reader, &tree)?? {
        extents.set_length(&chromosome.name, chromosome.length.into());
        names.insert(chromosome.number, chromosome.name);
    }
    let (mut current, mut number) = (None, 0);
    for block in index::blocks(&mut file, index_at)? {
        let packed = file.read(block.offset, block.length, "a data block")?;
        let data = match unpacked {
            0 => packed,
            most => bytes::inflated(&packed, most, block.offset)?,
        };
        let is_little = file.is_little;
        let mut take = |record: records::BbiRecord<'_>| {
            if current != Some(record.chromosome) {
                let name = names.get(&record.chromosome).ok_or_else(|| {
                    bytes::damaged("a record on a chromosome that the file does not list")
                })?;
                sink.chromosome(name);
                current = Some(record.chromosome);
            }
            number += 1;
            sink.interval(record.interval, record.rest, number);
            Ok(())
        };
        match threshold {
            None => records::bed(BbiFields::new(&data, is_little), &mut take)?,
            Some(threshold) => {
                records::wig(BbiFields::new(&data, is_little), threshold, &mut take)?;
            }
        }
    }
    Ok(extents)
}
