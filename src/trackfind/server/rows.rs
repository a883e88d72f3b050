//! The rows that a search keeps, and their limits.

use super::Request;
use super::problem::Problem;

/// The number of combinations between two checks of the time limit.
const BETWEEN_LOOKS: usize = 16;
/// The initial capacity, in ids.
const FIRST_ROOM: usize = 4096;

/// One object of each category, as positions, and the ids of each category's objects.
type Combination<'r> = (&'r [Option<usize>], &'r [Vec<usize>]);

/// Collects the rows of a response.
pub(super) struct RowCollector<'r> {
    /// The remaining time and memory.
    pub request: &'r Request<'r>,
    pub most: usize,
    pub most_sorted: usize,
    /// The ids of the objects of the kept rows, row after row.
    pub ids: Vec<usize>,
    /// The number of rows.
    pub seen: usize,
    /// The number of evaluated combinations.
    pub looked: usize,
    /// The number of values that the query cannot use.
    pub unusable: usize,
    /// Memory of the search besides the ids of the rows, in bytes.
    pub around: usize,
    /// The rows to keep, as numbers to skip and to take; `None` to keep all for sorting.
    pub keeps: Option<(usize, Option<usize>)>,
}

impl RowCollector<'_> {
    /// Whether this many rows exceed the limit.
    pub fn cannot_hold(&self, all: usize) -> bool {
        match self.keeps {
            None => all > self.most_sorted,
            Some((_, Some(_))) => false,
            Some((from, None)) => all.saturating_sub(from) > self.most,
        }
    }

    /// Whether no further row will be kept.
    pub fn is_full(&self) -> bool {
        match self.keeps {
            Some((from, Some(limit))) => self.seen >= from.saturating_add(limit),
            _ => false,
        }
    }

    /// Ends the search if the time limit is exceeded; checked at intervals.
    pub fn look_at_clock(&mut self) -> Result<(), Problem> {
        self.looked += 1;
        if self.looked.is_multiple_of(BETWEEN_LOOKS) && !(self.request.goes_on)() {
            return Err(Problem::time());
        }
        Ok(())
    }

    /// Counts a combination; `row` is the combination with the ids of each category if it satisfies the query.
    pub fn look(&mut self, row: Option<Combination<'_>>) -> Result<(), Problem> {
        self.look_at_clock()?;
        let Some((row, ids)) = row else {
            return Ok(());
        };
        let most = self.most;
        let width = ids.len().max(1);
        let is_kept = match self.keeps {
            None if self.ids.len() / width >= self.most_sorted => {
                return Err(Problem::rows(most));
            }
            None => true,
            Some((from, limit)) => {
                let place = self.seen.checked_sub(from);
                place.is_some_and(|place| limit.is_none_or(|limit| place < limit))
            }
        };
        self.seen += 1;
        if is_kept {
            if self.keeps.is_some() && self.ids.len() / width >= most {
                return Err(Problem::rows(most));
            }
            self.make_room(width)?;
            let found = row.iter().zip(ids);
            let found = found.filter_map(|(at, ids)| ids.get((*at)?).copied());
            self.ids.extend(found);
        }
        Ok(())
    }

    /// The memory of the rows and their structures, in bytes.
    pub fn bytes(&self) -> usize {
        self.around + self.bytes_of(self.ids.capacity())
    }

    /// Sorted rows take twice the memory in addition, as slices and in their final order.
    fn bytes_of(&self, room: usize) -> usize {
        let copies = if self.keeps.is_none() { 3 } else { 1 };
        room.saturating_mul(copies * size_of::<usize>())
    }

    /// Reserves memory for further ids, within the limit.
    fn make_room(&mut self, further: usize) -> Result<(), Problem> {
        let room = self.ids.capacity();
        if room - self.ids.len() >= further {
            return Ok(());
        }
        let room = room.saturating_mul(2).max(FIRST_ROOM).max(further);
        self.request.hold(self.around + self.bytes_of(room))?;
        self.ids.reserve_exact(room - self.ids.len());
        Ok(())
    }
}
