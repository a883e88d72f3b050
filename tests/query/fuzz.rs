//! Text that is no query, or nearly one: the engine says so, and neither breaks down nor hangs.
//!
//! `FUZZ_SECONDS` makes the run longer, `FUZZ_SEED` another one.

use crate::support::generator;
use std::env;
use std::fs;
use std::panic;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::generator::random::Random;
use crate::support::generator::vocabulary::Vocabulary;
use crate::support::generator::{documents, faults, text};
use fairtracks::fairtracks::document::Document;
use fairtracks::query::search::search;
use fairtracks::query::{Hub, Query};

/// How long a run lasts unless the environment says otherwise.
const SECONDS: u64 = 3;
/// No query may take longer, even in a slow build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// As much stack as a program's first thread has on Linux.
const STACK: usize = 8 << 20;
/// Queries for one document.
const QUERIES_OF_A_DOCUMENT: usize = 100;

/// Signs that texts are made of when nothing is known of them.
const ALPHABET: &str =
    "()[]{},.;:'\"\\$?&|@<>=!~*+-/%^#`_ \n\t\r\0\u{b}\u{a0}eEuUxX019aé😀\u{301}\u{feff}\u{202e}";

fn setting(name: &str, otherwise: u64) -> u64 {
    env::var(name).map_or(otherwise, |value| value.parse().expect("a number"))
}

/// A text of one of many kinds: signs alone, a query, a query with faults, one query grown into another or into itself.
fn attempt(random: &mut Random, vocabulary: &Vocabulary) -> String {
    let mut pieces = generator::query(random, vocabulary);
    match random.below(8) {
        0 => signs(random, 200),
        1 => {
            (0..random.below(6)).for_each(|_| {
                if !pieces.is_empty() {
                    faults::add(random, &mut pieces)
                }
            });
            text(&pieces)
        }
        2 => {
            let other = generator::query(random, vocabulary);
            spliced(random, &text(&pieces), &text(&other))
        }
        3 => grown(random, &text(&pieces)),
        _ => {
            let mut characters: Vec<char> = text(&pieces).chars().collect();
            for _ in 0..=random.below(5) {
                scratch(random, &mut characters);
            }
            characters.into_iter().collect()
        }
    }
}

fn signs(random: &mut Random, most: usize) -> String {
    let alphabet: Vec<char> = ALPHABET.chars().collect();
    (0..random.below(most))
        .map(|_| random.pick(&alphabet))
        .collect()
}

/// Removes, doubles or replaces some characters.
fn scratch(random: &mut Random, characters: &mut Vec<char>) {
    let start = random.below(characters.len() + 1);
    let end = characters.len().min(start + random.below(4));
    let by: Vec<char> = match random.below(3) {
        0 => Vec::new(),
        1 => characters[start..end].repeat(2),
        _ => signs(random, 4).chars().collect(),
    };
    characters.splice(start..end, by);
}

/// The beginning of one text and the end of another.
fn spliced(random: &mut Random, first: &str, second: &str) -> String {
    let (from_first, from_second) = (random.below(60), random.below(60));
    first
        .chars()
        .take(from_first)
        .chain(second.chars().skip(from_second))
        .collect()
}

/// A part of the text so often that limits of length and nesting are met.
fn grown(random: &mut Random, text: &str) -> String {
    let (start, length, often) = (random.below(40), 1 + random.below(12), random.below(9000));
    let part: String = text.chars().skip(start).take(length).collect();
    let (before, after): (String, String) = (
        text.chars().take(start).collect(),
        text.chars().skip(start + length).collect(),
    );
    format!("{before}{}{after}", part.repeat(often))
}

/// Asks the engine; what it answers does not matter, only that it does and how it words its errors.
fn ask(document: &Document, text: &str) {
    match Query::new(text, Hub::of(document).categories()) {
        Ok(query) => drop(search(document, &query)),
        Err(error) => {
            assert!(
                text.get(error.span.clone()).is_some(),
                "the place {:?} is not in the text",
                error.span
            );
            assert!(!error.message.is_empty() && !error.to_string().is_empty());
        }
    }
}

#[test]
fn nothing_that_is_asked_breaks_the_engine() {
    let seed = setting("FUZZ_SEED", 1);
    let end = Instant::now() + Duration::from_secs(setting("FUZZ_SECONDS", SECONDS));
    // What is asked stands in a file, as a thread that overflows its stack or never ends says nothing.
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("query_fuzz.txt");
    let (asked, asking) = mpsc::channel();
    let asker = {
        let file = file.clone();
        thread::Builder::new().stack_size(STACK).spawn(move || {
            let mut random = Random::new(seed);
            while Instant::now() < end {
                let json = documents::document(&mut random);
                let vocabulary = Vocabulary::of(&json);
                let document = Document::from_json(json).unwrap();
                for _ in 0..QUERIES_OF_A_DOCUMENT {
                    let text = attempt(&mut random, &vocabulary);
                    fs::write(&file, &text).unwrap();
                    let outcome = panic::catch_unwind(|| ask(&document, &text));
                    assert!(outcome.is_ok(), "seed {seed}, broken by {text:?}");
                    asked.send(()).unwrap();
                }
            }
        })
    };
    loop {
        match asking.recv_timeout(PATIENCE) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => {
                panic!("seed {seed}, no end of the query in {}", file.display())
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    asker
        .unwrap()
        .join()
        .unwrap_or_else(|error| panic::resume_unwind(error));
}
