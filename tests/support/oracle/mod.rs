//! The same question to this engine and to PostgreSQL, and what to make of two answers that differ.

pub mod differences;
pub mod postgresql;
pub mod report;
pub mod shrink;
pub mod verdict;

use std::panic;

use fairtracks::fairtracks::document::Document;
use fairtracks::query::lexer;
use fairtracks::query::search::search;
use fairtracks::query::{Hub, Query, QueryError, QueryFault};
use serde_json::Value as Json;

use postgresql::{Postgresql, Reply};
use verdict::{Verdict, judge};

use crate::support::generator::{self, Pieces};

/// A query about a document.
#[derive(Clone)]
pub struct Case {
    /// The document.
    pub document: Json,
    /// The tokens of the query and the gaps between them.
    pub query: Pieces,
}

impl Case {
    /// The text of the query.
    pub fn text(&self) -> String {
        generator::text(&self.query)
    }

    /// How many tracks the document has.
    pub fn tracks(&self) -> usize {
        self.document["tracks"].as_array().unwrap().len()
    }
}

/// What this engine says.
#[derive(Debug)]
pub enum Ours {
    /// The positions of the tracks found.
    Tracks(Vec<usize>),
    /// Why there is no answer.
    Fails(Box<QueryError>),
    /// The engine broke down.
    Panics,
}

/// What both say of a case.
pub struct Answered {
    /// What was asked.
    pub case: Case,
    /// What this engine says.
    pub ours: Ours,
    /// What PostgreSQL says.
    pub reply: Reply,
    /// Whether PostgreSQL refuses the pattern that this engine refuses, once it has a text to match.
    pub bad_pattern: bool,
}

impl Answered {
    /// Whether the two agree.
    pub fn verdict(&self) -> Verdict {
        judge(self)
    }
}

/// The SQLSTATEs of an invalid regular expression, of an escape character that is wrong or escapes nothing, and of a separator too many.
const FAULTY_PATTERN: [&str; 3] = ["2201B", "22025", "2200C"];

/// Asks both.
pub fn answer(postgresql: &Postgresql, cases: Vec<Case>) -> Vec<Answered> {
    let replies = postgresql.ask(&cases);
    let answered = cases.into_iter().zip(replies);
    let answered = answered.map(|(case, reply)| Answered {
        ours: ours(&case),
        case,
        reply,
        bad_pattern: false,
    });
    let mut answered: Vec<Answered> = answered.collect();
    let (places, probes): (Vec<usize>, Vec<Case>) = answered
        .iter()
        .enumerate()
        .filter_map(|(place, answered)| Some((place, pattern_alone(answered)?)))
        .unzip();
    for (place, reply) in places.into_iter().zip(postgresql.ask(&probes)) {
        answered[place].bad_pattern =
            matches!(reply, Reply::BreaksOff(state, _) if FAULTY_PATTERN.contains(&state.as_str()));
    }
    answered
}

fn ours(case: &Case) -> Ours {
    let document = Document::from_json(case.document.clone()).unwrap();
    let text = case.text();
    let answer = panic::catch_unwind(|| {
        let query = Query::new(&text, Hub::of(&document).categories())?;
        Ok(search(&document, &query).positions)
    });
    match answer {
        Ok(Ok(positions)) => Ours::Tracks(positions),
        Ok(Err(error)) => Ours::Fails(Box::new(error)),
        Err(_) => Ours::Panics,
    }
}

/// The pattern that this engine refuses, on a text to match: PostgreSQL refuses a pattern only when it meets one.
fn pattern_alone(answered: &Answered) -> Option<Case> {
    let Ours::Fails(error) = &answered.ours else {
        return None;
    };
    if error.reason != QueryFault::Pattern {
        return None;
    }
    let case = &answered.case;
    let text = case.text();
    let (before, after) = (
        words(&text[..error.span.start]),
        words(&text[error.span.end..]),
    );
    let pattern = &text[error.span.clone()];
    let escape = match after.as_slice() {
        [word, escape, ..] if word.eq_ignore_ascii_case("ESCAPE") => escape,
        _ => r"'\'",
    };
    let query = match before.last()?.to_uppercase().as_str() {
        "ESCAPE" => format!("'' LIKE '' ESCAPE {pattern}"),
        // The escape characters at the end of the pattern, of which the last has nothing to escape if their number is odd.
        "LIKE" | "ILIKE" => {
            let end =
                format!(r"substring({pattern} FROM '[' || replace({escape}, '\', '\\') || ']*$')");
            format!("{end} || 'x' LIKE '%' || {end} ESCAPE {escape}")
        }
        "SIMILAR" => format!("substring('' SIMILAR {pattern} ESCAPE {escape}) = ''"),
        "TO" => format!("'' SIMILAR TO {pattern} ESCAPE {escape}"),
        _ => format!("'' ~ {pattern}"),
    };
    Some(Case {
        query: vec![query],
        ..case.clone()
    })
}

/// The tokens of a piece of a query, as they are written.
fn words(text: &str) -> Vec<String> {
    let lexemes = lexer::tokens(text).unwrap_or_default();
    let words = lexemes
        .into_iter()
        .map(|lexeme| text[lexeme.span].to_owned());
    words.filter(|word| !word.is_empty()).collect()
}
