//! Placement on the own chromosome without overlaps.

use super::coverage::Placed;
use super::line::ChromosomeLine;
use super::random_stream::{RandomStream, Scratch};
use crate::genome::intervals::Interval;

/// A stretch of the chromosome, on its line.
#[derive(Clone, Copy)]
struct Room {
    offset: u32,
    length: u32,
}

/// The elements of a chromosome and the stretches that they can lie in.
pub(super) struct ChromosomePlacement {
    chromosome: u32,
    rooms: Vec<Room>,
    /// The elements, the longest first, with the stretch where each lies.
    elements: Vec<(u32, usize)>,
}

impl ChromosomePlacement {
    pub(super) fn of(chromosome: usize, units: &[Interval], line: &ChromosomeLine) -> Self {
        let rooms = line.stretches.iter().map(|stretch| Room {
            offset: stretch.offset,
            length: stretch.at.len(),
        });
        let rooms: Vec<Room> = rooms.collect();
        let elements = units.iter().map(|unit| {
            let begun = rooms.partition_point(|room| room.offset <= unit.start);
            (unit.len(), begun.saturating_sub(1))
        });
        let mut elements: Vec<(u32, usize)> = elements.collect();
        elements.sort_by_key(|element| std::cmp::Reverse(element.0));
        ChromosomePlacement {
            chromosome: Placed::of(chromosome, Interval { start: 0, end: 0 }).chromosome,
            rooms,
            elements,
        }
    }

    /// A lower bound of the number of different sets.
    pub(super) fn places(&self) -> u64 {
        let room: u64 = self.rooms.iter().map(|room| u64::from(room.length)).sum();
        let used: u64 = self
            .elements
            .iter()
            .map(|element| u64::from(element.0))
            .sum();
        (room - used).saturating_add(1)
    }

    /// Gives each element a stretch, in proportion to the places left in it. The longest choose first; if one finds no
    /// place, all stay in their own stretch, where they fit.
    fn choose_rooms(&self, random: &mut RandomStream) -> Vec<Vec<u32>> {
        let mut chosen = vec![Vec::new(); self.rooms.len()];
        if self.rooms.len() > 1 {
            let mut left: Vec<u64> = self
                .rooms
                .iter()
                .map(|room| u64::from(room.length))
                .collect();
            let is_done = self.elements.iter().all(|&(length, _)| {
                let places = |left: u64| (left + 1).saturating_sub(u64::from(length));
                let all: u64 = left.iter().copied().map(places).sum();
                if all == 0 {
                    return false;
                }
                let mut place = random.below(all);
                for (room, left) in left.iter_mut().enumerate() {
                    match place.checked_sub(places(*left)) {
                        Some(rest) => place = rest,
                        None => {
                            *left -= u64::from(length);
                            chosen[room].push(length);
                            break;
                        }
                    }
                }
                true
            });
            if is_done {
                return chosen;
            }
            chosen.iter_mut().for_each(Vec::clear);
        }
        for &(length, room) in &self.elements {
            chosen[room].push(length);
        }
        chosen
    }

    /// All orders and all divisions of the free bases of a stretch are equally probable.
    pub(super) fn draw(
        &self,
        random: &mut RandomStream,
        scratch: &mut Scratch,
        set: &mut Vec<Placed>,
    ) {
        let chosen = self.choose_rooms(random);
        for (room, mut lengths) in self.rooms.iter().zip(chosen) {
            random.shuffle(&mut lengths);
            let used: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
            let slots = u64::from(room.length) - used + lengths.len() as u64;
            random.distinct_below(lengths.len(), slots, &mut scratch.numbers);
            let mut shift = u64::from(room.offset);
            for (&length, &slot) in lengths.iter().zip(&scratch.numbers) {
                set.push(Placed {
                    chromosome: self.chromosome,
                    start: slot.wrapping_add(shift) as u32,
                    length,
                });
                // The slot of the element itself is one base; its length takes the place of that.
                shift = shift.wrapping_add(u64::from(length)).wrapping_sub(1);
            }
        }
    }
}
