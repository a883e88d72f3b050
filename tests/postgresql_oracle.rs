//! The query engine against a real PostgreSQL: made-up queries about made-up documents, and the same answers from both.
//!
//! `planemo/test --only postgresql` starts a server and names it in the environment; without one this test says that it was skipped.
//! `ORACLE_QUERIES` settles how many queries are asked, `ORACLE_SEED` which ones.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

#[path = "support/generator/mod.rs"]
mod generator;
#[path = "support/oracle/mod.rs"]
mod oracle;

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use generator::documents::document;
use generator::random::Random;
use generator::vocabulary::Vocabulary;
use oracle::postgresql::{PROGRAM, Postgresql};
use oracle::report::{Tally, shown, signature};
use oracle::shrink::shrink;
use oracle::verdict::Verdict;
use oracle::{Answered, Case, answer};

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
