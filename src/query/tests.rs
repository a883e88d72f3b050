//! What the engine answers, from text to truth.

use super::hub::OuterJoin;
use super::{Hub, Query, QueryError, QueryEvaluation, QueryFault, parser};
use crate::fairtracks::document::Document;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn grouped(text: &str) -> String {
    parser::parse(text).unwrap().to_string()
}

#[test]
fn groups_as_postgresql_does() {
    #[rustfmt::skip]
    let cases = [
        ("a->'b' = 'c' and d = 1", "((a->'b' = 'c') AND (d = 1))"),
        ("a->'b'->>'c' ilike '%x%'", "(a->'b'->>'c' ILIKE '%x%')"),
        ("not a ? 'b' or c = 'd'", "((NOT (a ? 'b')) OR (c = 'd'))"),
        ("not not a is null", "(NOT (NOT (a IS NULL)))"),
        ("a or b and c or not d", "(a OR (b AND c) OR (NOT d))"),
        ("a->'x' <@ b->'y'", "(a->'x' <@ b)->'y'"),
        ("a->-1->>'b'", "a->-1->>'b'"),
        ("a = b is not null", "((a = b) IS NOT NULL)"),
        ("b <@ (a->'x')", "(b <@ (a->'x'))"),
        ("a ~ 'k' ? 'z'", "((a ~ 'k') ? 'z')"),
        ("a = b like c", "(a = (b LIKE c))"),
        ("a like b = c", "((a LIKE b) = c)"),
        ("x not in ('a', 'b') and y notnull", "((x NOT IN ('a', 'b')) AND (y IS NOT NULL))"),
        ("x = not y and z", "((x = (NOT y)) AND z)"),
        ("a?|array['b']", "(a ?| array['b'])"),
        ("a->>'n'::int > 5", "(a->>('n')::int > 5)"),
        ("not a between 1 and 2 and b", "((NOT (a BETWEEN 1 AND 2)) AND b)"),
        ("a is distinct from b and c", "((a IS DISTINCT FROM b) AND c)"),
        ("a = any('{x}') is true", "((a = ANY ('{x}')) IS TRUE)"),
        ("cast(a->>'n' as double precision) < .5", "((a->>'n')::double precision < .5)"),
        ("a similar to 'x#%' escape '#'", "(a SIMILAR TO 'x#%' ESCAPE '#')"),
        ("-1::int < -.5", "((-1)::int < -.5)"),
        ("numeric '1.5' < lower(b)", "(('1.5')::numeric < lower(b))"),
    ];
    for (text, expected) in cases {
        assert_eq!(grouped(text), expected, "{text}");
        assert_eq!(grouped(&grouped(text)), expected, "{text}");
    }
}

#[test]
fn refuses_what_postgresql_refuses() {
    #[rustfmt::skip]
    let cases = [
        "", "a = b = c", "a like b like c", "a and", "(a", "a)", "a b", "a ? ", "array['a'", "a in ()", "a is 5",
        "a; select 1", "true) or (true", "a not b", "array[,]", "= a", "a between not b and c",
    ];
    for text in cases {
        assert_eq!(
            parser::parse(text).unwrap_err().reason,
            QueryFault::Syntax,
            "{text}"
        );
    }
}

#[test]
fn bounds_length_and_nesting() {
    let deep = |count: usize| format!("{}true{}", "(".repeat(count), ")".repeat(count));
    assert!(parser::parse(&deep(190)).is_ok());
    for text in [
        deep(100_000 / 4),
        "not ".repeat(10_000) + "true",
        format!("a{}", "->'b'".repeat(5_000)),
        "x".repeat(parser::LONGEST_TEXT + 1),
    ] {
        assert_eq!(parser::parse(&text).unwrap_err().reason, QueryFault::Limit);
    }
    // Long lists of clauses are no nesting.
    assert!(parser::parse(&vec!["a ? 'b'"; 3000].join(" or ")).is_ok());
}

/// A document of one track with these attributes.
fn document(track: Json) -> Document {
    Document::from_json(json!({
        "doc_info": {}, "collection_info": {}, "studies": [{"local_id": "s"}], "samples": [{"local_id": "p"}],
        "experiments": [{"local_id": "e", "study_ref": "s", "sample_ref": "p"}],
        "tracks": [track],
    }))
    .unwrap()
}

fn asked(text: &str) -> Result<bool, QueryError> {
    let document = document(serde_json::from_str(
        r#"{"local_id": "t", "experiment_ref": "e", "text": "hg38", "list": ["a", "b?", "Crohn's"], "number": 1.50,
            "object": {"key": "v", "none": null}, "flag": true, "empty": {}, "k/ey.:->": "odd", "objects": [{"sex": "F"}]}"#,
    ).unwrap());
    let hub = Hub::of(&document);
    let query = Query::new(text, hub.categories())?;
    let mut asked = QueryEvaluation::new(&query, &hub);
    let mut found = false;
    hub.combinations(OuterJoin::Inner, |combination| {
        found |= (0..query.terms().len()).all(|term| asked.accepts(term, combination));
    });
    Ok(found)
}

#[test]
fn answers_as_postgresql_does() {
    #[rustfmt::skip]
    let cases = [
        ("tracks.content->'text' ? 'hg38'", true),
        ("TRACKS.Content->'text' ? 'hg38'", true),
        ("tracks.content->'Text' ? 'hg38'", false),
        ("tracks.content->'list' ? 'b?'", true),
        ("tracks.content->'list' ?| array['x', 'Crohn''s']", true),
        ("tracks.content->'list' ?| '{x,a}'", true),
        ("tracks.content->'list' ?& array['a', 'x']", false),
        ("tracks.content->'list' ?| array[null, 'a']", true),
        ("tracks.content->'object' ? 'key'", true),
        ("tracks.content->'number' ? '1.50'", false),
        ("tracks.content->'number' = '1.5'", true),
        ("tracks.content->>'number' = '1.50'", true),
        ("tracks.content->>'number' = '1.5'", false),
        ("tracks.content->'flag' = 'true'", true),
        ("tracks.content->'text' = '\"hg38\"'", true),
        ("tracks.content->>'text' <> 'hg19'", true),
        ("tracks.content->>'missing' <> 'hg19'", false),
        ("not tracks.content->'missing' ? 'x'", false),
        ("not tracks.content ? 'missing'", true),
        ("tracks.content->'missing' is null", true),
        ("tracks.content->'object'->'none' is null", false),
        ("tracks.content->'object'->>'none' is null", true),
        ("tracks.content->'text'->'deeper' is null", true),
        ("tracks.content->'list'->-1 ? 'Crohn''s'", true),
        ("tracks.content->'objects'->0->>'sex' = 'F'", true),
        ("tracks.content#>>'{object,key}' = 'v'", true),
        ("tracks.content->>'k/ey.:->' = 'odd'", true),
        ("tracks.content->>'object' = '{\"key\": \"v\", \"none\": null}'", true),
        ("tracks.content->>'text' like 'hg__'", true),
        ("tracks.content->>'text' ilike 'HG%'", true),
        ("tracks.content->>'text' not like 'HG%'", true),
        ("tracks.content->>'text' ~* '^HG[0-9]+$'", true),
        ("tracks.content->>'text' !~ '^HG'", true),
        ("tracks.content->>'text' in ('hg19', 'hg38')", true),
        ("tracks.content->>'text' not in ('hg19', null)", false),
        ("tracks.content->>'text' in (null, 'hg38')", true),
        ("tracks.content @> '{\"object\": {\"key\": \"v\"}}'", true),
        ("tracks.content->'list' @> '\"a\"'", true),
        ("tracks.content->'objects' @> '[{\"sex\": \"F\"}]'", true),
        ("'\"hg38\"' <@ (tracks.content->'text')", true),
        ("(tracks.content->>'number')::numeric > 1.25", true),
        ("(tracks.content->'number')::int = 2", true),
        ("(tracks.content->>'text')::int = 2", false),
        ("tracks.content->'number' < '2' and tracks.content->'number' >= '1.5'", true),
        ("tracks.content->>'text' between 'hg3' and 'hg4'", true),
        ("tracks.content->>'text' not between symmetric 'hg4' and 'hg3'", false),
        ("tracks.content->>'text' = any(array['x', 'hg38'])", true),
        ("tracks.content->>'text' <> all('{x,hg38}')", false),
        ("(tracks.content->>'missing' = 'x') is unknown", true),
        ("tracks.content->>'missing' is distinct from 'x'", true),
        ("tracks.content->>'text' like 'hg#_38' escape '#'", false),
        ("tracks.content->>'text' similar to '(hg|mm)[0-9]+'", true),
        ("tracks.content::text ilike '%crohn%'", true),
        ("split_part(tracks.content->>'text', 'g', 2)::int = 38", true),
        ("length(upper(tracks.content->>'text')) = 4", true),
        ("coalesce(tracks.content->>'missing', btrim(' x ')) = 'x'", true),
        ("jsonb_array_length(tracks.content->'list') = 3", true),
        ("tracks.content->'text'->0 = '\"hg38\"'", true),
        ("null or true", true),
        ("null and true", false),
        ("not (null and false)", true),
        ("not null", false),
        ("'true'", true),
        ("samples.content->>'local_id' = 'p' and studies.content ? 'local_id'", true),
    ];
    for (text, expected) in cases {
        assert_eq!(asked(text), Ok(expected), "{text}");
    }
}

#[test]
fn says_what_is_wrong_with_names_and_types() {
    #[rustfmt::skip]
    let cases = [
        ("tracks.content->'text' = 'hg38'", QueryFault::Type, "->> before the last name"),
        ("tracks.content->>'text' ? 'hg38'", QueryFault::Type, "write `->` before it"),
        ("tracks.content->'text' like 'hg%'", QueryFault::Type, "use ->>"),
        ("tracks.content->'text' ? \"hg38\"", QueryFault::Name, "single quotes: 'hg38'"),
        ("tracks.content->'text' ? ‘hg38’", QueryFault::Name, "straight single quotes"),
        ("track.content->'text' ? 'hg38'", QueryFault::Name, "unknown category `track`"),
        ("tracks->'text' ? 'hg38'", QueryFault::Name, "expected `tracks.content`"),
        ("content->'text' ? 'hg38'", QueryFault::Name, "tracks.content"),
        ("tracks.id = '1'", QueryFault::NotSupported, "the database column `"),
        ("tracks.label = '1'", QueryFault::Name, "no column `label`"),
        ("current_user = 'search'", QueryFault::NotSupported, "`current_user`"),
        ("tracks.content->'text'", QueryFault::Type, "expected a condition"),
        ("1", QueryFault::Type, "found a number, expected a condition"),
        ("tracks.content->'number' = 1.5", QueryFault::Type, "::numeric"),
        ("tracks.content->'list' ?& array[]", QueryFault::Type, "an empty list"),
        ("tracks.content->'list' ? array['a']", QueryFault::Type, "?| array"),
        ("md5(tracks.content->>'text') = 'x'", QueryFault::NotSupported, "function `md5`"),
        ("tracks.content @? '$.a'", QueryFault::NotSupported, "the JSON path operator `"),
        ("tracks.content->*->'a' ? 'b'", QueryFault::NotSupported, "operator `->*->`"),
        ("exists (select 1)", QueryFault::NotSupported, "sub-queries"),
        ("tracks.content->>'a' ~ '(x|y)\\1'", QueryFault::NotSupported, "back-reference"),
        ("tracks.content->>'a' ~ '('", QueryFault::Pattern, "unclosed `(`"),
    ];
    for (text, reason, part) in cases {
        let error = asked(text).unwrap_err();
        assert_eq!(error.reason, reason, "{text}: {error}");
        assert!(error.to_string().contains(part), "{text}: {error}");
    }
}

proptest! {
    /// Any text is answered with a query or an error, and the error's place lies in the text.
    #[test]
    fn any_text_is_a_query_or_an_error(text in r#"([a-z'"$?|>()\[\]{}.,;:\\ \n-]|array|not |tracks\.content|->|'é'| and | in |null){0,40}"#) {
        if let Err(error) = asked(&text) {
            prop_assert!(error.span.end <= text.len());
            prop_assert!(!error.to_string().is_empty());
        }
    }

    /// NOT turns true into false and leaves unknown as it is.
    #[test]
    fn not_not_is_the_same(clause in prop::sample::select(vec!["true", "null", "tracks.content->'list' ? 'a'", "tracks.content->'no' ? 'a'"])) {
        prop_assert_eq!(asked(&format!("not not {clause}")), asked(clause));
        let both = asked(&format!("not {clause}")).unwrap() && asked(clause).unwrap();
        prop_assert!(!both);
    }
}
