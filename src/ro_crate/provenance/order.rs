//! The order of steps: as time went on, and never before what they depend on.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use jiff::SignedDuration;

use super::Step;
use crate::fairtracks::values::date_time;

/// What steps are sorted by where nothing else decides: those of unknown time last, then time, then id.
type Turn<'s> = (bool, SignedDuration, &'s str);

/// Sorts steps. Where they go round in a circle, which no run of tools does, the earliest breaks it.
pub fn sorted(steps: Vec<Step>) -> Vec<Step> {
    let order = order(&steps);
    let mut steps: Vec<Option<Step>> = steps.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|place| steps.get_mut(place)?.take())
        .collect()
}

fn order(steps: &[Step]) -> Vec<usize> {
    let mut makers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, step) in steps.iter().enumerate() {
        for output in &step.outputs {
            makers.entry(output).or_default().push(place);
        }
    }
    // A thing stands between its makers and its readers, so that many of both do not multiply.
    let mut readers: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut open_inputs = vec![0_usize; steps.len()];
    for (place, step) in steps.iter().enumerate() {
        let own: HashSet<&String> = step.outputs.iter().collect();
        for input in &step.inputs {
            if makers.contains_key(input.as_str()) && !own.contains(input) {
                readers.entry(input).or_default().push(place);
                open_inputs[place] += 1;
            }
        }
    }
    let mut open_makers: HashMap<&str, usize> = makers
        .iter()
        .map(|(id, makers)| (*id, makers.len()))
        .collect();
    let turns: Vec<Turn<'_>> = steps.iter().map(turn).collect();
    let mut all: Vec<usize> = (0..steps.len()).collect();
    all.sort_by_key(|place| turns[*place]);
    let mut earliest = all.iter().copied();
    let mut ready: BinaryHeap<Reverse<(Turn<'_>, usize)>> = all
        .iter()
        .filter(|place| open_inputs[**place] == 0)
        .map(|place| Reverse((turns[*place], *place)))
        .collect();
    let mut is_done = vec![false; steps.len()];
    let mut order = Vec::with_capacity(steps.len());
    loop {
        let next = match ready.pop() {
            Some(Reverse((_, place))) => Some(place),
            None => earliest.find(|place| !is_done[*place]),
        };
        let Some(place) = next else {
            return order;
        };
        if std::mem::replace(&mut is_done[place], true) {
            continue;
        }
        order.push(place);
        for output in &steps[place].outputs {
            let Some(open) = open_makers.get_mut(output.as_str()) else {
                continue;
            };
            *open = open.saturating_sub(1);
            if *open > 0 {
                continue;
            }
            for reader in readers.remove(output.as_str()).into_iter().flatten() {
                open_inputs[reader] = open_inputs[reader].saturating_sub(1);
                if open_inputs[reader] == 0 && !is_done[reader] {
                    ready.push(Reverse((turns[reader], reader)));
                }
            }
        }
    }
}

fn turn(step: &Step) -> Turn<'_> {
    let time = instant(&step.end).or_else(|| instant(&step.start));
    (time.is_none(), time.unwrap_or_default(), &step.id)
}

/// How long after 1970 a time is, whatever its offset.
fn instant(text: &str) -> Option<SignedDuration> {
    date_time::parse(text).value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_compared_whatever_their_offset() {
        assert_eq!(
            instant("1970-01-01T00:00:00+00:00"),
            Some(SignedDuration::ZERO)
        );
        assert_eq!(
            instant("2000-03-01T00:00:00Z"),
            Some(SignedDuration::from_secs(951_868_800))
        );
        assert_eq!(
            instant("2026-11-24T09:10:22.25+01:00"),
            instant("2026-11-24T08:10:22.250Z")
        );
        assert!(instant("2024-02-29T23:59:59Z") < instant("2024-03-01T00:00:00Z"));
        assert_eq!(instant("2026-11-24"), None);
    }
}
