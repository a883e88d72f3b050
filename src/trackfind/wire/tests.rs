//! What a server sees of a query, and what parts of a query find.

use std::collections::BTreeSet;

use super::*;
use crate::fairtracks::document::Document;
use crate::query::{Hub, Query};
use proptest::prelude::*;
use serde_json::json;

/// A statement as the database gets it: TrackFind doubles each question mark, and its driver undoes that, but not in literals,
/// quoted names and comments.
///
/// Written after the rules of the driver, not with the lexer of this engine.
fn at_the_database(statement: &str) -> String {
    let doubled: Vec<char> = statement.replace('?', "??").chars().collect();
    let mut seen = String::new();
    let mut at = 0;
    while at < doubled.len() {
        let rest: String = doubled[at..].iter().collect();
        let length = untouched(&rest, seen.chars().last());
        if length > 0 {
            seen.extend(&doubled[at..at + length]);
            at += length;
        } else if rest.starts_with("??") {
            seen.push('?');
            at += 2;
        } else {
            assert!(!rest.starts_with('?'), "a parameter: {statement}");
            seen.push(doubled[at]);
            at += 1;
        }
    }
    seen
}

/// How many characters the driver passes over here.
fn untouched(rest: &str, before: Option<char>) -> usize {
    let until = |from: usize, end: &str| {
        let found = rest.get(from..).and_then(|rest| rest.find(end));
        let end = found.map_or(rest.len(), |at| from + at + end.len());
        rest[..end].chars().count()
    };
    let is_escaping = matches!(before, Some('e' | 'E'));
    match rest.chars().next() {
        Some(quote @ ('\'' | '"')) => {
            let mut characters = rest.char_indices().skip(1);
            while let Some((at, character)) = characters.next() {
                if character == '\\' && is_escaping && quote == '\'' {
                    characters.next();
                } else if character == quote {
                    return rest[..=at].chars().count();
                }
            }
            rest.chars().count()
        }
        Some('-') if rest.starts_with("--") => rest
            .find(['\n', '\r'])
            .map_or_else(|| rest.chars().count(), |end| rest[..end].chars().count()),
        Some('/') if rest.starts_with("/*") => {
            let (mut depth, mut at) = (1, 2);
            while depth > 0 && at < rest.len() {
                let here = rest.get(at..).unwrap_or_default();
                if here.starts_with("/*") {
                    (depth, at) = (depth + 1, at + 2);
                } else if here.starts_with("*/") {
                    (depth, at) = (depth - 1, at + 2);
                } else {
                    at += here.chars().next().map_or(1, char::len_utf8);
                }
            }
            rest[..at.min(rest.len())].chars().count()
        }
        Some('$') if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') => {
            let Some(end) = rest[1..].find('$') else {
                return 0;
            };
            let tag = &rest[..end + 2];
            let is_tag = tag[1..=end]
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_');
            if is_tag { until(tag.len(), tag) } else { 0 }
        }
        _ => 0,
    }
}

fn kinds(text: &str) -> Option<Vec<Token>> {
    let lexemes = lexer::tokens(text).ok()?;
    Some(lexemes.into_iter().map(|lexeme| lexeme.token).collect())
}

/// The tokens of a query as the database gets them, without the brackets around them.
fn received(query: &str) -> Option<Vec<Token>> {
    let wire = Wire::new(query).ok()?;
    let mut tokens = kinds(&at_the_database(wire.text())).unwrap_or_else(|| panic!("{wire:?}"));
    assert_eq!(tokens.remove(0), Token::Mark('('));
    assert_eq!(tokens.remove(tokens.len() - 2), Token::Mark(')'));
    Some(tokens)
}

const PIECES: [&str; 46] = [
    "'what?'",
    "'?'",
    "'it''s? \\'",
    "'{\"a\": \"b\\\\?\"}'",
    "'%50\\%?'",
    "'(a|b)?c'",
    "E'a\\?b'",
    "E'\\\\?\\''",
    "e'\\x3f?'",
    "U&'\\003F?\\\\'",
    "$$a?$$",
    "$q$a?'$$?$q$",
    "'a'\n'b?'",
    "'a?' -- why?\n '?'",
    "'é?日'",
    "''",
    "'a'",
    "?",
    "?|",
    "?&",
    "->",
    "->>",
    "@>",
    "LIKE",
    "like",
    "~",
    "!~*",
    "tracks.content",
    "\"a?b\"",
    "samples",
    "array[",
    "]",
    "(",
    ")",
    ",",
    "::text",
    "::",
    "-- why? 'x\n",
    "/* ?' /* ? */ */",
    "IN",
    "AND",
    "or",
    "42",
    "uescape",
    "\n",
    "-",
];

proptest! {
    #[test]
    fn what_a_server_sees_means_what_was_asked(
        picked in prop::collection::vec((prop::sample::select(&PIECES[..]), any::<bool>()), 1..9)
    ) {
        let query: String = picked.iter().map(|(piece, blank)| format!("{piece}{}", if *blank { " " } else { "" })).collect();
        if let Some(received) = received(&query) {
            // A name is the same wherever it stands, and no name of a server has a question mark.
            let plain = |token: Token| match token {
                Token::QuotedName(name) => Token::QuotedName(name.replace("??", "?")),
                token => token,
            };
            let received: Vec<Token> = received.into_iter().map(plain).collect();
            prop_assert_eq!(received, kinds(&query).unwrap(), "{:?}", Wire::new(&query).unwrap().text());
        }
    }

    #[test]
    fn every_place_of_what_is_sent_leads_back_to_its_own(
        picked in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..9)
    ) {
        let query = picked.join(" ");
        if let Ok(wire) = Wire::new(&query) {
            let asked = lexer::tokens(&query).unwrap();
            let sent = lexer::tokens(wire.text()).unwrap();
            // The first is the bracket that was added, the last but one the other.
            for (asked, sent) in asked.iter().zip(&sent[1..]).take(asked.len() - 1) {
                prop_assert_eq!(wire.asked(sent.span.start), asked.span.start);
                prop_assert_eq!(wire.error(Some(sent.span.start), QueryFault::Name, "x").span, asked.span.clone());
            }
            prop_assert_eq!(wire.asked(wire.text().len() - 1), query.len());
        }
    }

    #[test]
    fn no_text_makes_it_stumble(query in ".{0,60}") {
        let _ = Wire::new(&query);
        let _ = aliases(&query);
        let _ = split(&query, &|wire| wire.text().len() < 20);
    }
}

#[test]
fn literals_are_respelled_only_where_a_question_mark_is_in_them() {
    for (query, sent) in [
        ("true", "( true\n)"),
        ("a ? 'b' -- c", "( a ? 'b' -- c\n)"),
        ("a ? 'b?'", "( a ? U&'b\\003F'\n)"),
        ("a LIKE'\\_?'", "( a LIKE U&'\\\\_\\003F'\n)"),
        ("a ~ E'x\\\\?'", "( a ~ U&'x\\\\\\003F'\n)"),
        ("a @> '[\"it''s?\"]'", "( a @> U&'[\"it''s\\003F\"]'\n)"),
        ("a = $$'?$$", "( a = U&'''\\003F'\n)"),
        ("a -- why?\n = 'b'", "( a -- why.\n = 'b'\n)"),
    ] {
        let wire = Wire::new(query).unwrap();
        assert_eq!(wire.text(), sent);
        assert_eq!(wire.is_rewritten(), sent.contains("U&"), "{query}");
    }
}

#[test]
fn what_would_leave_its_brackets_is_refused_with_its_place() {
    for (query, at, expected) in [
        ("true) OR (true", 4, "` without an opening bracket"),
        ("(true", 0, "found an unclosed bracket, expected `)`"),
        ("a ?| array['b')", 14, "expected `]`"),
        ("a ? 'b", 4, "found an unclosed quote, expected `'`"),
        ("a ? $$b", 4, "found an unclosed literal, expected `$$`"),
        ("true /* x", 5, "found an unclosed comment, expected `*/`"),
        ("true; select 1", 4, "expected one condition"),
        (" -- nothing", 0, "the query is empty"),
        ("", 0, "the query is empty"),
        ("a = $1", 4, "found a parameter"),
        ("a = U&'?!0041' UESCAPE '!'", 4, "UESCAPE"),
        ("a = U&'x' UESCAPE '?'", 18, "UESCAPE"),
    ] {
        let error = Wire::new(query).unwrap_err();
        assert_eq!(error.span.start, at, "{query}: {error}");
        assert!(error.to_string().contains(expected), "{query}: {error}");
        assert!(error.to_string().contains('^'));
    }
}

#[test]
fn brackets_and_semicolons_in_literals_are_text() {
    for query in [
        "a ? ');('",
        "a ? E'\\');' AND (true)",
        "a ? $$);$$",
        "true -- );",
    ] {
        assert!(Wire::new(query).is_ok(), "{query}");
    }
}

#[test]
fn an_error_is_shown_in_the_query_as_it_was_asked() {
    let query = "a ? 'é?'\nAND nope.content ? 'b'";
    let wire = Wire::new(query).unwrap();
    let place = wire.text().find("nope").unwrap();
    let error = wire.error(Some(place), QueryFault::Name, "no such table");
    assert_eq!(
        error.to_string(),
        "query (line 2, column 5): no such table\n  AND nope.content ? 'b'\n      ^^^^"
    );
}

#[test]
fn names_before_columns_are_categories() {
    let query = "TRACKS.Content->'a' ? 'x.content' AND \"Sam\".id > 1 OR a.tracks.content = 1 -- c.content\n AND e->>'content' = 'b'";
    let found = aliases(query).unwrap().into_iter();
    let found: Vec<_> = found.map(|alias| alias.name).collect();
    assert_eq!(found, ["tracks", "Sam"]);
    assert!(has_sub_query("EXISTS (SELECT 1)") && !has_sub_query("a ? 'select'"));
}

/// A document of tracks that have a number each.
fn document() -> Document {
    let tracks: Vec<_> = (0..40)
        .map(|n| json!({"n": format!("v{n}"), "m": format!("w{}", n % 7), "experiment_ref": "e"}))
        .collect();
    Document::from_json(json!({
        "doc_info": {}, "collection_info": {}, "tracks": tracks,
        "experiments": [{"local_id": "e", "sample_ref": "s", "study_ref": "t"}],
        "samples": [{"local_id": "s"}], "studies": [{"local_id": "t"}]
    }))
    .unwrap()
}

/// The tracks that a query finds.
fn found(document: &Document, query: &str) -> BTreeSet<usize> {
    let hub = Hub::of(document);
    let query = Query::new(query, hub.categories()).unwrap_or_else(|error| panic!("{error}"));
    let mut asked = crate::query::QueryEvaluation::new(&query, &hub);
    let mut found = BTreeSet::new();
    hub.combinations(crate::query::hub::OuterJoin::Inner, |combination| {
        if (0..query.terms().len()).all(|term| asked.accepts(term, combination)) {
            found.extend(combination[0]);
        }
    });
    found
}

/// Conditions of all kinds that can and that cannot be taken apart.
fn condition() -> impl Strategy<Value = String> {
    let values = prop::collection::vec(0..45_u8, 1..12);
    let leaf = (0..8_u8, values).prop_map(|(kind, values)| {
        let quoted: Vec<_> = values.iter().map(|n| format!("'v{n}'")).collect();
        let list = quoted.join(" , ");
        let path = "tracks.content->'n'";
        match kind {
            0 => format!("{path} ?| array[{list}]"),
            1 => format!("tracks.content->>'n' IN ({list}) -- some\n"),
            2 => format!("tracks.content->>'n' = ANY (array[{list}]::text[])"),
            3 => format!("tracks.content->>'n' NOT IN ({list})"),
            4 => format!("NOT {path} ?| array[{list}]"),
            5 => format!("{path} ?& array[{list}]"),
            6 => format!("(tracks.content->>'n' IN ({list})) IS NOT TRUE"),
            _ => format!("tracks.content->'m' ? 'w{}'", values[0] % 7),
        }
    });
    leaf.prop_recursive(3, 12, 4, |inner| {
        let joined = |word: &'static str| {
            prop::collection::vec(inner.clone(), 2..5)
                .prop_map(move |terms| format!("({})", terms.join(word)))
        };
        prop_oneof![
            joined(" OR "),
            joined(" AND "),
            inner.prop_map(|one| format!("NOT ({one})"))
        ]
    })
}

proptest! {
    #[test]
    fn parts_find_together_what_the_query_finds(query in condition(), most in 30..200_usize) {
        let document = document();
        let bare = |wire: &Wire| wire.text()[2..wire.text().len() - 2].to_owned();
        match split(&query, &|wire| wire.text().len() <= most) {
            Ok(parts) => {
                let together: BTreeSet<usize> = parts.iter().flat_map(|part| found(&document, &bare(part))).collect();
                prop_assert_eq!(together, found(&document, &query));
                prop_assert!(parts.iter().all(|part| part.text().len() <= most));
                prop_assert!(parts.len() == 1 || query.len() + 4 > most);
            }
            Err(error) => prop_assert_eq!(error, NotSplit::TooLong),
        }
    }
}

#[test]
fn a_long_list_is_asked_in_parts_and_a_place_in_one_leads_back() {
    let values: Vec<_> = (0..40).map(|n| format!("'v{n}'")).collect();
    let query = format!(
        "tracks.content->'n' ?| array[{}] AND tracks.content->'m' ? 'w1'",
        values.join(",")
    );
    let parts = split(&query, &|wire| wire.text().len() <= 150).unwrap();
    assert!(parts.len() > 2, "{parts:?}");
    let all: String = parts.iter().map(Wire::text).collect();
    assert!(
        values
            .iter()
            .all(|value| all.matches(&format!("{value}]")).count()
                + all.matches(&format!("{value},")).count()
                == 1)
    );
    let last = parts.last().unwrap();
    let place = last.text().find("'w1'").unwrap();
    let error = last.error(Some(place), QueryFault::Type, "x");
    assert_eq!(error.span.start, query.find("'w1'").unwrap());
    for whole in [
        "NOT a ?| array['b','c','d']",
        "a NOT IN ('b','c','d')",
        "a ?& array['b','c','d']",
        "EXISTS (SELECT 1)",
    ] {
        let parts = split(whole, &|wire| wire.text().len() < 15);
        assert_eq!(parts, Err(NotSplit::TooLong), "{whole}");
    }
}
