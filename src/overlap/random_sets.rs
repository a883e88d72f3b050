//! The null models: random sets that keep of a set what the model promises.

use super::coverage::Placed;
use super::line::{LineSet, UniverseLine};
use super::options::NullModel;
use super::per_chromosome::ChromosomePlacement;
use super::random_stream::{RandomStream, Scratch};
use super::uniform::UniformPlacement;
use crate::genome::intervals::Interval;

/// A set and what its null model needs.
pub(super) struct RandomSets {
    observed: Vec<Placed>,
    model: PreparedModel,
}

enum PreparedModel {
    Uniform(UniformPlacement),
    PerChromosome(Vec<ChromosomePlacement>),
    PermutedGaps(Vec<Alternation>),
    CircularShift(Vec<Ring>),
    Candidates(Vec<Placed>),
}

/// The lengths of elements and gaps of one chromosome: a gap before each element and one after the last.
struct Alternation {
    chromosome: u32,
    elements: Vec<u32>,
    gaps: Vec<u32>,
}

/// The elements of one chromosome and the length of its line.
struct Ring {
    chromosome: u32,
    length: u32,
    elements: Vec<Interval>,
}

impl RandomSets {
    /// A set on the lines, for all null models but that of candidates.
    pub(super) fn of(set: &LineSet, line: &UniverseLine, model: NullModel) -> Self {
        let chromosomes =
            (0..line.chromosomes.len()).map(|chromosome| (chromosome, set.units(chromosome)));
        let occupied: Vec<(usize, Vec<Interval>)> =
            chromosomes.filter(|(_, units)| !units.is_empty()).collect();
        let whole = |occupied: &[(usize, Vec<Interval>)]| {
            let units = occupied.iter();
            let units = units.flat_map(|(chromosome, units)| {
                units.iter().map(|unit| Placed::of(*chromosome, *unit))
            });
            units.collect::<Vec<Placed>>()
        };
        match model {
            NullModel::Uniform => {
                // Elements as they are: merged ones would never overlap in the set itself, but in random sets.
                let elements = (0..).zip(set.elements.iter().flatten());
                let elements = elements.flat_map(|(chromosome, elements)| {
                    elements
                        .iter()
                        .map(move |element| Placed::of(chromosome, *element))
                });
                let observed: Vec<Placed> = elements.collect();
                let model = PreparedModel::Uniform(UniformPlacement::of(&observed, line));
                RandomSets { observed, model }
            }
            NullModel::PerChromosome => {
                // A block that goes on behind a masked part is placed in pieces, each of them whole.
                let cut = occupied.iter().map(|(chromosome, units)| {
                    (*chromosome, cut_at_stretches(units, line, *chromosome))
                });
                let cut: Vec<(usize, Vec<Interval>)> = cut.collect();
                let placements = cut.iter().map(|(chromosome, units)| {
                    ChromosomePlacement::of(*chromosome, units, &line.chromosomes[*chromosome])
                });
                RandomSets {
                    observed: whole(&cut),
                    model: PreparedModel::PerChromosome(placements.collect()),
                }
            }
            NullModel::PermutedGaps => {
                let alternations = occupied.iter().map(|(chromosome, units)| {
                    let length = line.chromosomes[*chromosome].length;
                    Alternation::of(Placed::of(*chromosome, units[0]).chromosome, units, length)
                });
                RandomSets {
                    observed: whole(&occupied),
                    model: PreparedModel::PermutedGaps(alternations.collect()),
                }
            }
            NullModel::CircularShift | NullModel::Candidates => RandomSets {
                observed: whole(&occupied),
                model: PreparedModel::CircularShift(
                    occupied
                        .into_iter()
                        .map(|(chromosome, elements)| Ring {
                            chromosome: Placed::of(chromosome, elements[0]).chromosome,
                            length: line.chromosomes[chromosome].length,
                            elements,
                        })
                        .collect(),
                ),
            },
        }
    }

    /// Candidates, and those among them that are chosen.
    pub(super) fn of_candidates(candidates: Vec<Placed>, chosen: Vec<Placed>) -> Self {
        RandomSets {
            observed: chosen,
            model: PreparedModel::Candidates(candidates),
        }
    }

    /// The set itself, in the units that a random set has.
    pub(super) fn observed(&self) -> &[Placed] {
        &self.observed
    }

    /// Whether the elements of a random set can overlap.
    pub(super) fn may_overlap(&self) -> bool {
        matches!(
            self.model,
            PreparedModel::Uniform(_) | PreparedModel::Candidates(_)
        )
    }

    /// Makes a random set.
    pub(super) fn draw(
        &self,
        random: &mut RandomStream,
        scratch: &mut Scratch,
        set: &mut Vec<Placed>,
    ) {
        set.clear();
        match &self.model {
            PreparedModel::Uniform(placement) => placement.draw(random, set),
            PreparedModel::PerChromosome(placements) => {
                for placement in placements {
                    placement.draw(random, scratch, set);
                }
            }
            PreparedModel::PermutedGaps(alternations) => {
                for alternation in alternations {
                    alternation.draw(random, scratch, set);
                }
            }
            PreparedModel::CircularShift(rings) => {
                for ring in rings {
                    let distance = random.below(u64::from(ring.length));
                    ring.shift(distance as u32, set);
                }
            }
            PreparedModel::Candidates(candidates) => {
                let count = self.observed.len();
                random.distinct_below(count, candidates.len() as u64, &mut scratch.numbers);
                let chosen = scratch.numbers.iter();
                set.extend(chosen.map(|&number| candidates[number as usize]));
            }
        }
    }

    /// How many different random sets there are, about; the largest number if there are more.
    pub(super) fn distinct(&self) -> u64 {
        let product = |factors: &mut dyn Iterator<Item = u64>| factors.fold(1, u64::saturating_mul);
        match &self.model {
            PreparedModel::Uniform(placement) => product(&mut placement.places()),
            PreparedModel::PerChromosome(placements) => {
                product(&mut placements.iter().map(ChromosomePlacement::places))
            }
            PreparedModel::PermutedGaps(alternations) => {
                let orders = alternations.iter().map(|alternation| {
                    orders(&alternation.elements).saturating_mul(orders(&alternation.gaps))
                });
                product(&mut orders.into_iter())
            }
            PreparedModel::CircularShift(rings) => {
                product(&mut rings.iter().map(|ring| u64::from(ring.length)))
            }
            PreparedModel::Candidates(candidates) => {
                choices(candidates.len() as u64, self.observed.len() as u64)
            }
        }
    }
}

impl Alternation {
    fn of(chromosome: u32, units: &[Interval], length: u32) -> Self {
        let mut end = 0;
        let mut gaps = Vec::with_capacity(units.len() + 1);
        for unit in units {
            gaps.push(unit.start - end);
            end = unit.end;
        }
        gaps.push(length - end);
        Alternation {
            chromosome,
            elements: units.iter().map(|unit| unit.len()).collect(),
            gaps,
        }
    }

    fn draw(&self, random: &mut RandomStream, scratch: &mut Scratch, set: &mut Vec<Placed>) {
        let Scratch { lengths, gaps, .. } = scratch;
        lengths.clone_from(&self.elements);
        gaps.clone_from(&self.gaps);
        random.shuffle(lengths);
        random.shuffle(gaps);
        let mut start = 0;
        for (&length, gap) in lengths.iter().zip(&*gaps) {
            start += gap;
            set.push(Placed {
                chromosome: self.chromosome,
                start,
                length,
            });
            start += length;
        }
    }
}

impl Ring {
    fn shift(&self, distance: u32, set: &mut Vec<Placed>) {
        for element in &self.elements {
            let start = u64::from(element.start) + u64::from(distance);
            set.push(Placed {
                chromosome: self.chromosome,
                start: (start % u64::from(self.length)) as u32,
                length: element.len(),
            });
        }
    }
}

/// Cuts elements where masked bases lie between two bases of the line.
fn cut_at_stretches(units: &[Interval], line: &UniverseLine, chromosome: usize) -> Vec<Interval> {
    let stretches = &line.chromosomes[chromosome].stretches;
    let mut cut = Vec::with_capacity(units.len());
    let mut next = 0;
    for &unit in units {
        let mut rest = unit;
        while let Some(stretch) = stretches.get(next) {
            let end = stretch.offset + stretch.at.len();
            if end < rest.start || end == rest.start && !rest.is_empty() {
                next += 1;
            } else if end < rest.end {
                cut.push(Interval {
                    start: rest.start,
                    end,
                });
                rest.start = end;
            } else {
                break;
            }
        }
        cut.push(rest);
    }
    cut
}

/// In how many different orders lengths can stand.
fn orders(lengths: &[u32]) -> u64 {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    let (mut orders, mut run) = (1_u128, 0_u128);
    for (place, length) in sorted.iter().enumerate() {
        run = if place > 0 && sorted[place - 1] == *length {
            run + 1
        } else {
            1
        };
        orders = orders * (place as u128 + 1) / run;
        if orders > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    orders as u64
}

/// How many ways there are to choose some of all.
fn choices(all: u64, some: u64) -> u64 {
    let mut choices = 1_u128;
    for taken in 0..some.min(all.saturating_sub(some)) {
        choices = choices * u128::from(all - taken) / u128::from(taken + 1);
        if choices > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    choices as u64
}
