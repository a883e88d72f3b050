//! Numbers, lists and days in words.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::MOST_NAMED;
use crate::ro_crate::picture::counted;
use crate::ro_crate::provenance::Step;

const WORDS: [&str; 12] = [
    "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
    "Twelve",
];

/// A count at the start of a sentence.
pub(super) fn at_start(count: usize, noun: &str) -> String {
    let text = counted(count, noun);
    let word = count.checked_sub(1).and_then(|place| WORDS.get(place));
    match (word, text.split_once(' ')) {
        (Some(word), Some((_, noun))) => format!("{word} {noun}"),
        _ => format!("A total of {text}"),
    }
}

pub(super) fn was(count: usize, subject: &str) -> String {
    format!("{subject} {}", if count == 1 { "was" } else { "were" })
}

pub(super) fn in_brackets(details: Vec<String>) -> String {
    match details.as_slice() {
        [] => String::new(),
        details => format!(" ({})", details.join("; ")),
    }
}

/// Texts in one enumeration.
pub(super) fn listed(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// The distinct texts; `None` if one of them is empty or there are too many.
pub(super) fn each<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Vec<String>> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for text in texts {
        known.insert(text);
        if known.len() > MOST_NAMED || text.is_empty() {
            return None;
        }
    }
    Some(known.into_iter().map(str::to_owned).collect()).filter(|known: &Vec<_>| !known.is_empty())
}

/// The day or the range of days of some steps; empty if a step has no time.
pub(super) fn when(steps: &[&Step]) -> String {
    let days: Option<Vec<&str>> = steps.iter().map(|step| step.time().get(..10)).collect();
    let days = days.unwrap_or_default();
    let first = days.iter().min().and_then(|day| in_words(day));
    let last = days.iter().max().and_then(|day| in_words(day));
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!(" on {first}"),
        (Some(first), Some(last)) => format!(" between {first} and {last}"),
        _ => String::new(),
    }
}

/// `2026-11-24` as `24 November 2026`.
fn in_words(day: &str) -> Option<String> {
    let day: Date = day.parse().ok()?;
    Some(day.strftime("%-d %B %Y").to_string())
}
