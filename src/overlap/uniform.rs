//! Uniform placement: each element by itself, anywhere in the universe where it fits whole into a stretch.

use super::coverage::Placed;
use super::line::UniverseLine;
use super::random_stream::RandomStream;

/// A stretch of a chromosome, on its line.
struct Room {
    chromosome: u32,
    offset: u32,
    length: u32,
}

/// All stretches, the longest first, so that those with room for an element are the first ones.
pub(super) struct UniformPlacement {
    rooms: Vec<Room>,
    /// The lengths of the stretches before each one, summed up; one more at the end.
    before: Vec<u64>,
    /// The length of each element and how many stretches it fits into.
    elements: Vec<(u32, usize)>,
}

impl UniformPlacement {
    pub(super) fn of(units: &[Placed], line: &UniverseLine) -> Self {
        let mut rooms = Vec::new();
        for (chromosome, line) in (0..).zip(&line.chromosomes) {
            let stretches = line.stretches.iter();
            rooms.extend(stretches.map(|stretch| Room {
                chromosome,
                offset: stretch.offset,
                length: stretch.at.len(),
            }));
        }
        rooms.sort_by_key(|room| (std::cmp::Reverse(room.length), room.chromosome, room.offset));
        let mut before = vec![0];
        let mut sum = 0;
        for room in &rooms {
            sum += u64::from(room.length);
            before.push(sum);
        }
        let fitting = |length: u32| rooms.partition_point(|room| room.length >= length);
        let elements = units.iter().map(|unit| (unit.length, fitting(unit.length)));
        UniformPlacement {
            elements: elements.collect(),
            rooms,
            before,
        }
    }

    /// The number of places for an element of a length in the first stretches.
    fn places_in(&self, rooms: usize, length: u32) -> u64 {
        self.before[rooms] + rooms as u64 - rooms as u64 * u64::from(length)
    }

    /// The number of places of each element.
    pub(super) fn places(&self) -> impl Iterator<Item = u64> {
        let elements = self.elements.iter();
        elements.map(|&(length, rooms)| self.places_in(rooms, length))
    }

    pub(super) fn draw(&self, random: &mut RandomStream, set: &mut Vec<Placed>) {
        for &(length, fitting) in &self.elements {
            let place = random.below(self.places_in(fitting, length));
            // The last stretch whose places begin at this one or before.
            let (mut first, mut last) = (0, fitting);
            while last - first > 1 {
                let middle = usize::midpoint(first, last);
                if self.places_in(middle, length) <= place {
                    first = middle;
                } else {
                    last = middle;
                }
            }
            let room = &self.rooms[first];
            let within = place - self.places_in(first, length);
            set.push(Placed {
                chromosome: room.chromosome,
                start: room.offset + within as u32,
                length,
            });
        }
    }
}
