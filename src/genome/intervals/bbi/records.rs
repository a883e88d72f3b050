//! The records in a block of a bigBed or bigWig file.

use super::bytes::{BbiFields, damaged};
use crate::genome::intervals::{Interval, IntervalError};

/// The kinds of a block of bigWig.
const BED_GRAPH: u8 = 1;
const VARIABLE_STEP: u8 = 2;
const FIXED_STEP: u8 = 3;

/// A record on a chromosome, by its number.
#[derive(Debug)]
pub(super) struct BbiRecord<'b> {
    pub chromosome: u32,
    pub interval: Interval,
    /// What follows the coordinates, as in a line of BED.
    pub rest: &'b [u8],
}

type Take<'t> = dyn FnMut(BbiRecord<'_>) -> Result<(), IntervalError> + 't;

fn interval(start: u32, end: u32) -> Result<Interval, IntervalError> {
    match start <= end {
        true => Ok(Interval { start, end }),
        false => Err(damaged(&format!(
            "a record with the end {end} before the start {start}"
        ))),
    }
}

/// The records of bigBed.
pub(super) fn bed(mut block: BbiFields<'_>, take: &mut Take<'_>) -> Result<(), IntervalError> {
    while !block.is_empty() {
        let chromosome = block.u32()?;
        let interval = interval(block.u32()?, block.u32()?)?;
        let rest = block.text()?;
        take(BbiRecord {
            chromosome,
            interval,
            rest,
        })?;
    }
    Ok(())
}

/// The records of bigWig with values above a threshold.
pub(super) fn wig(
    mut block: BbiFields<'_>,
    threshold: f64,
    take: &mut Take<'_>,
) -> Result<(), IntervalError> {
    let (chromosome, first, _, step, span) = (
        block.u32()?,
        block.u32()?,
        block.u32()?,
        block.u32()?,
        block.u32()?,
    );
    let kind = block.u8()?;
    block.pass(1)?;
    let beyond = || damaged("a record beyond 4 Gb");
    for index in 0..u32::from(block.u16()?) {
        let (start, end) = match kind {
            BED_GRAPH => (block.u32()?, block.u32()?),
            VARIABLE_STEP => {
                let start = block.u32()?;
                (start, start.checked_add(span).ok_or_else(beyond)?)
            }
            FIXED_STEP => {
                let start = step
                    .checked_mul(index)
                    .and_then(|offset| first.checked_add(offset))
                    .ok_or_else(beyond)?;
                (start, start.checked_add(span).ok_or_else(beyond)?)
            }
            _ => return Err(damaged("a data block of an unknown kind")),
        };
        if f64::from(block.f32()?) > threshold {
            take(BbiRecord {
                chromosome,
                interval: interval(start, end)?,
                rest: b"",
            })?;
        }
    }
    Ok(())
}
