//! A case that differs, made as small as it can be while it still differs in the same way.

use serde_json::{Map, Value as Json};

use super::postgresql::Postgresql;
use super::verdict::Verdict;
use super::{Answered, Case, answer};

/// How many smaller cases are tried at once.
const TRIED_AT_ONCE: usize = 40;
/// How often a smaller case is sought at most.
const ROUNDS: usize = 200;

/// The smallest case that is found.
pub fn shrink(postgresql: &Postgresql, mut answered: Answered) -> Answered {
    let verdict = answered.verdict();
    for _ in 0..ROUNDS {
        match smaller(postgresql, &answered.case, &verdict) {
            Some(found) => answered = found,
            None => break,
        }
    }
    answered
}

/// The boldest of the smaller cases that differs in the same way.
fn smaller(postgresql: &Postgresql, case: &Case, verdict: &Verdict) -> Option<Answered> {
    let queries = smaller_queries(&case.query).into_iter().map(|query| Case {
        query,
        ..case.clone()
    });
    let documents = smaller_documents(&case.document)
        .into_iter()
        .map(|document| Case {
            document,
            ..case.clone()
        });
    let candidates: Vec<Case> = documents.chain(queries).collect();
    candidates.chunks(TRIED_AT_ONCE).find_map(|chunk| {
        answer(postgresql, chunk.to_vec())
            .into_iter()
            .find(|found| found.verdict() == *verdict)
    })
}

/// The query without a run of its pieces, the longest runs first; without a pair of brackets; with a plain value in the place of
/// a bracket; with shorter gaps and literals.
fn smaller_queries(query: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut replace = |range: std::ops::Range<usize>, by: &[&str]| {
        let mut smaller = query.to_vec();
        smaller.splice(range, by.iter().map(ToString::to_string));
        found.push(smaller);
    };
    let mut length = query.len() / 2;
    while length > 0 {
        (0..=query.len() - length)
            .step_by((length / 4).max(1))
            .for_each(|start| replace(start..start + length, &[]));
        length /= 2;
    }
    for (start, end) in brackets(query) {
        for value in ["true", "null", "1", "'a'"] {
            if end > start + 2 {
                replace(start..end + 1, &[value]);
            }
        }
        let inner: Vec<&str> = query[start + 1..end].iter().map(String::as_str).collect();
        replace(start..end + 1, &inner);
    }
    for (at, piece) in query.iter().enumerate() {
        if piece.trim().is_empty() && piece.len() > 1
            || piece.contains("/*")
            || piece.contains("--")
        {
            replace(at..at + 1, &[" "]);
        }
        let characters: Vec<char> = piece.chars().collect();
        if piece.contains('\'') && characters.len() > 3 {
            for left_out in 1..characters.len() - 1 {
                let shorter: String = characters[..left_out]
                    .iter()
                    .chain(&characters[left_out + 1..])
                    .collect();
                replace(at..at + 1, &[&shorter]);
            }
        }
    }
    found
}

/// The positions of each bracket and the one that closes it.
fn brackets(query: &[String]) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, piece) in query.iter().enumerate() {
        match piece.as_str() {
            "(" => open.push(at),
            ")" => pairs.extend(open.pop().map(|start| (start, at))),
            _ => {}
        }
    }
    pairs
}

/// The document without one of its objects, members or elements, or with a plainer value somewhere.
fn smaller_documents(document: &Json) -> Vec<Json> {
    let mut found = Vec::new();
    for (category, part) in document.as_object().unwrap() {
        for smaller in smaller_values(part) {
            // The parts themselves have to stay.
            if smaller.is_array() == part.is_array() && smaller.is_object() == part.is_object() {
                let mut document = document.clone();
                document[category] = smaller;
                found.push(document);
            }
        }
    }
    found.retain(|document| {
        document["tracks"]
            .as_array()
            .unwrap()
            .iter()
            .all(Json::is_object)
    });
    found.retain(|document| {
        fairtracks::fairtracks::document::Document::from_json(document.clone()).is_ok()
    });
    found
}

fn smaller_values(value: &Json) -> Vec<Json> {
    let mut found = Vec::new();
    match value {
        Json::Array(items) => {
            if items.len() > 1 {
                found.push(Json::Array(Vec::new()));
            }
            for (at, item) in items.iter().enumerate() {
                let with = |by: Option<Json>| {
                    let mut items = items.clone();
                    items.splice(at..=at, by);
                    Json::Array(items)
                };
                found.push(with(None));
                found.extend(
                    smaller_values(item)
                        .into_iter()
                        .map(|smaller| with(Some(smaller))),
                );
            }
        }
        Json::Object(members) => {
            if members.len() > 1 {
                found.push(Json::Object(Map::new()));
            }
            for (key, member) in members {
                let mut without = members.clone();
                without.shift_remove(key);
                found.push(Json::Object(without));
                for smaller in smaller_values(member) {
                    let mut with = members.clone();
                    with.insert(key.clone(), smaller);
                    found.push(Json::Object(with));
                }
            }
        }
        Json::String(text) if text.chars().count() > 1 => {
            found.extend([0, 1].map(|first| {
                text.chars()
                    .skip(first)
                    .step_by(2)
                    .collect::<String>()
                    .into()
            }));
        }
        _ => {}
    }
    found
}
