//! What a reader hands its intervals to: tracks keep coordinates alone, queries their names and lines too.

use std::collections::BTreeMap;

use super::{ChromosomeExtents, Interval, IntervalSet};

/// An element of a query: a region or a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryElement {
    /// The chromosome, as the file names it.
    pub chromosome: String,
    /// Where it lies.
    pub interval: Interval,
    /// Its name in the file, empty if it has none.
    pub name: String,
    /// The line in the file, from 1; the number of the element in a bigBed or bigWig file.
    pub line: u64,
}

/// What takes the intervals of a file, one after the other.
pub(super) trait IntervalSink {
    /// The following intervals lie on this chromosome.
    fn chromosome(&mut self, name: &str);

    /// An interval, and what follows it in its row: a name and, after a tab, more.
    fn interval(&mut self, interval: Interval, rest: &[u8], line: u64);
}

/// Keeps the coordinates.
#[derive(Debug, Default)]
pub(super) struct CoordinateSink {
    by_chromosome: BTreeMap<String, Vec<Interval>>,
    name: String,
    current: Vec<Interval>,
    /// Whether some interval comes after a larger one of its chromosome.
    is_unsorted: bool,
    largest: u32,
    line: u64,
    extents: ChromosomeExtents,
}

impl CoordinateSink {
    /// Puts the intervals of the current chromosome with the others.
    fn put_back(&mut self) {
        if self.current.is_empty() {
            return;
        }
        self.extents
            .reaches(&self.name, self.largest, Some(self.line));
        let current = std::mem::take(&mut self.current);
        self.by_chromosome.insert(self.name.clone(), current);
    }

    pub fn finish(mut self) -> (IntervalSet, ChromosomeExtents) {
        self.put_back();
        let intervals = match self.is_unsorted {
            true => IntervalSet::new(self.by_chromosome),
            false => IntervalSet::of_sorted(self.by_chromosome),
        };
        (intervals, self.extents)
    }
}

impl IntervalSink for CoordinateSink {
    fn chromosome(&mut self, name: &str) {
        self.put_back();
        (self.largest, self.line) = (0, 0);
        name.clone_into(&mut self.name);
        if let Some(known) = self.by_chromosome.get_mut(name) {
            self.current = std::mem::take(known);
        }
    }

    #[inline]
    fn interval(&mut self, interval: Interval, _: &[u8], line: u64) {
        self.is_unsorted |= self.current.last().is_some_and(|last| *last > interval);
        if interval.end > self.largest || self.line == 0 {
            (self.largest, self.line) = (interval.end, line);
        }
        self.current.push(interval);
    }
}

/// Keeps everything, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct ElementSink {
    name: String,
    pub elements: Vec<QueryElement>,
}

impl IntervalSink for ElementSink {
    fn chromosome(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    fn interval(&mut self, interval: Interval, rest: &[u8], line: u64) {
        self.elements.push(QueryElement {
            chromosome: self.name.clone(),
            interval,
            name: String::from_utf8_lossy(name(rest)).into_owned(),
            line,
        });
    }
}

/// The name in what follows the coordinates of a line: the fourth column, `.` being none.
fn name(rest: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'\t', rest).unwrap_or(rest.len());
    match rest[..end].trim_ascii() {
        b"." => b"",
        name => name,
    }
}
