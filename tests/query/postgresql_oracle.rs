//! The query engine against a real PostgreSQL: made-up queries about made-up documents, and the same answers from both.
//!
//! `planemo/test --only postgresql` starts a server and names it in the environment; without one this test says that it was skipped.
//! `ORACLE_QUERIES` settles how many queries are asked, `ORACLE_SEED` which ones.

use crate::support::generator;
use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use crate::support::generator::documents::document;
use crate::support::generator::random::Random;
use crate::support::generator::vocabulary::Vocabulary;
use crate::support::oracle::postgresql::{PROGRAM, Postgresql};
use crate::support::oracle::report::{Tally, shown, signature};
use crate::support::oracle::shrink::shrink;
use crate::support::oracle::verdict::Verdict;
use crate::support::oracle::{Answered, Case, answer};
use fairtracks::text::letters::{self, LetterKind};

/// How many queries are asked about one document.
const QUERIES_OF_A_DOCUMENT: usize = 50;
/// How many queries `psql` gets at a time.
const BATCH: usize = 5000;
/// How many differences are shrunk and shown.
const MOST_SHOWN: usize = 10;

/// A number that the environment may settle.
fn setting(name: &str, otherwise: u64) -> u64 {
    env::var(name).map_or(otherwise, |value| value.parse().expect("a number"))
}

/// Every character of Unicode: its number, its two cases, and of which classes it is.
const LETTERS: &str = r"
SELECT i, ascii(lower(chr(i))), ascii(upper(chr(i))), concat_ws(' ',
  CASE WHEN chr(i) ~ '[[:alpha:]]' THEN 'alpha' END, CASE WHEN chr(i) ~ '[[:upper:]]' THEN 'upper' END,
  CASE WHEN chr(i) ~ '[[:lower:]]' THEN 'lower' END, CASE WHEN chr(i) ~ '[[:digit:]]' THEN 'digit' END,
  CASE WHEN chr(i) ~ '[[:punct:]]' THEN 'punct' END, CASE WHEN chr(i) ~ '[[:space:]]' THEN 'space' END,
  CASE WHEN chr(i) ~ '[[:print:]]' THEN 'print' END, CASE WHEN chr(i) ~ '\w' THEN 'word' END)
FROM generate_series(1, 1114111) i WHERE i NOT BETWEEN 55296 AND 57343;
";

/// The same line as PostgreSQL prints.
fn line(character: char) -> String {
    use LetterKind::{Blank, Break, Digit, Lower, Symbol, Title, Underscore, Upper};
    let kind = LetterKind::of(character);
    let is_punctuation = matches!(kind, Symbol | Underscore);
    let classes = [
        ("alpha", kind.is_letter()),
        ("upper", matches!(kind, Upper | Title)),
        ("lower", matches!(kind, Lower | Title)),
        ("digit", kind == Digit),
        ("punct", is_punctuation),
        ("space", matches!(kind, Blank | Break)),
        (
            "print",
            kind.is_alphanumeric() || is_punctuation || kind == Blank,
        ),
        ("word", kind.is_alphanumeric() || kind == Underscore),
    ];
    let names = classes.into_iter().filter(|(_, is_in)| *is_in);
    let names: Vec<&str> = names.map(|(name, _)| name).collect();
    let numbers = [
        character,
        letters::lower(character),
        letters::upper(character),
    ];
    let [number, lower, upper] = numbers.map(u32::from);
    format!("{number}|{lower}|{upper}|{}", names.join(" "))
}

#[test]
fn every_letter_of_unicode_is_what_postgresql_takes_it_for() {
    let script = format!("letters-{}.sql", std::process::id());
    let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join(script);
    let Some(postgresql) = Postgresql::from_environment(script) else {
        println!("skipped: the variable {PROGRAM} names no psql");
        return;
    };
    let theirs = postgresql.lines(LETTERS);
    assert_eq!(theirs.len(), 1_112_063);
    for theirs in theirs {
        let number = theirs.split('|').next().unwrap().parse().unwrap();
        assert_eq!(line(char::from_u32(number).unwrap()), theirs);
    }
}

fn cases(random: &mut Random, count: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    while cases.len() < count {
        let document = document(random);
        let vocabulary = Vocabulary::of(&document);
        cases.extend((0..QUERIES_OF_A_DOCUMENT).map(|_| Case {
            query: generator::query(random, &vocabulary),
            document: document.clone(),
        }));
    }
    cases.truncate(count);
    cases
}

#[test]
fn the_engine_answers_as_postgresql_does() {
    let script = format!("oracle-{}.sql", std::process::id());
    let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join(script);
    let Some(postgresql) = Postgresql::from_environment(script) else {
        println!("skipped: the variable {PROGRAM} names no psql");
        return;
    };
    let seed = setting("ORACLE_SEED", 1);
    let mut left = usize::try_from(setting("ORACLE_QUERIES", 3000)).unwrap();
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    let mut differing: BTreeMap<String, Answered> = BTreeMap::new();
    while left > 0 {
        let batch = left.min(BATCH);
        left -= batch;
        for answered in answer(&postgresql, cases(&mut random, batch)) {
            tally.count(&answered);
            if matches!(answered.verdict(), Verdict::Differs(_)) {
                differing.entry(signature(&answered)).or_insert(answered);
            }
        }
    }
    println!("seed {seed}, {}", tally.summary());
    let kinds = differing.len();
    // Cases that looked different are often the same when they are small.
    let smallest = differing.into_values().take(MOST_SHOWN).map(|answered| {
        let small = shrink(&postgresql, answered);
        (signature(&small), shown(&small))
    });
    for case in smallest.collect::<BTreeMap<_, _>>().values() {
        println!("{case}");
    }
    assert!(
        kinds == 0,
        "{kinds} kinds of differences with the seed {seed}"
    );
}
