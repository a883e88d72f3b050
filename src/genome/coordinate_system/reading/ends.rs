//! The largest end on each sequence, from rows in any order.

use std::collections::HashMap;

use super::{EvidenceError, NameBudget, text_of};

/// The largest ends, in the order of the first rows.
#[derive(Debug, Default)]
pub(super) struct Ends {
    all: Vec<(String, u64)>,
    places: HashMap<Vec<u8>, usize>,
    last: Option<usize>,
    budget: NameBudget,
}

impl Ends {
    /// Takes an end on a sequence.
    pub(super) fn add(&mut self, name: &[u8], end: u64) -> Result<(), EvidenceError> {
        // Neighbouring rows mostly have the same name.
        let last = self
            .last
            .filter(|last| self.all[*last].0.as_bytes() == name);
        let place = match last.or_else(|| self.places.get(name).copied()) {
            Some(place) => place,
            None => {
                self.budget.take(name)?;
                self.all.push((text_of(name)?, 0));
                self.places.insert(name.to_owned(), self.all.len() - 1);
                self.all.len() - 1
            }
        };
        self.last = Some(place);
        self.all[place].1 = self.all[place].1.max(end);
        Ok(())
    }

    /// All names and ends.
    pub(super) fn into_all(self) -> Vec<(String, u64)> {
        self.all
    }
}

/// A position without a sign.
pub(super) fn position(cell: &[u8]) -> Option<u64> {
    let cell = cell.trim_ascii();
    if cell.is_empty() || cell.len() > 18 {
        return None;
    }
    cell.iter().try_fold(0, |number: u64, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u64::from(byte - b'0'))
    })
}
