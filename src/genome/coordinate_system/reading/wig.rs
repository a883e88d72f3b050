//! The ends of wiggle data, which follow from its declarations (UCSC, wiggle format); positions in the file are 1-based.

use super::EvidenceError;
use super::ends::{Ends, position};

/// The declaration that counts for the next lines.
#[derive(Debug, Default)]
pub(super) struct Wiggle {
    name: Vec<u8>,
    /// The next position of a fixed step, 1-based; none where each line has its own.
    next: Option<u64>,
    step: u64,
    span: u64,
}

impl Wiggle {
    /// Reads a line.
    pub(super) fn read(&mut self, line: &[u8], ends: &mut Ends) -> Result<(), EvidenceError> {
        let mut words = line
            .split(|byte| byte.is_ascii_whitespace())
            .filter(|word| !word.is_empty());
        let Some(first) = words.next() else {
            return Ok(());
        };
        let is_fixed = first == b"fixedStep";
        if is_fixed || first == b"variableStep" {
            let value = |key: &[u8]| {
                let mut words = line.split(|byte| byte.is_ascii_whitespace());
                words.find_map(|word| word.strip_prefix(key))
            };
            self.name = value(b"chrom=").unwrap_or_default().to_owned();
            self.span = value(b"span=").and_then(position).unwrap_or(1);
            self.step = value(b"step=").and_then(position).unwrap_or(1);
            self.next = is_fixed.then(|| value(b"start=").and_then(position).unwrap_or(1));
            return Ok(());
        }
        if self.name.is_empty() || matches!(first, b"track" | b"browser") || first[0] == b'#' {
            return Ok(());
        }
        let start = match &mut self.next {
            Some(next) => {
                let start = *next;
                *next = start.saturating_add(self.step);
                Some(start)
            }
            None => position(first),
        };
        match start.and_then(|start| start.checked_sub(1)) {
            Some(start) => ends.add(&self.name, start.saturating_add(self.span)),
            None => Ok(()),
        }
    }
}
