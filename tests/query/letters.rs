//! Letters beyond ASCII, and values as they stand in tables: what a search and a catalog find.

use fairtracks::fairtracks::attribute::Attribute;
use fairtracks::fairtracks::document::Document;
use fairtracks::query::compile::compile;
use fairtracks::query::form_condition::{ConditionJoin, FormCondition, FormConditions, Operator};
use fairtracks::query::search::search;
use fairtracks::query::{Hub, Query};
use fairtracks::tables::tsv::escape;
use fairtracks::text::secrets;
use fairtracks::tools::catalog::entries::CatalogFilter;
use fairtracks::trackfind::hub_name::HubName;
use fairtracks::vocabulary::Vocabulary;
use proptest::prelude::*;
use serde_json::json;

/// A document of one track, whose sample has this summary.
fn document(summary: &str) -> Document {
    let json = json!({
        "doc_info": {},
        "collection_info": {},
        "studies": [{"local_id": "x:study"}],
        "samples": [{"local_id": "x:sample", "sample_type": {"summary": summary}}],
        "experiments": [{"local_id": "x:experiment", "study_ref": "x:study", "sample_ref": "x:sample"}],
        "tracks": [{"local_id": "x:track", "experiment_ref": "x:experiment"}],
    });
    Document::from_json(json).unwrap()
}

fn is_found(summary: &str, query: &str) -> bool {
    let document = document(summary);
    let query = Query::new(query, Hub::of(&document).categories());
    let query = query.unwrap_or_else(|error| panic!("{error}"));
    !search(&document, &query).positions.is_empty()
}

/// A form with one condition, on the summary.
fn asked(operator: Operator, value: &str) -> FormConditions {
    let condition = FormCondition {
        attribute: Attribute::parse("samples->sample_type->summary").unwrap(),
        operator,
        values: vec![value.to_owned()],
    };
    FormConditions {
        join: ConditionJoin::And,
        conditions: vec![condition],
    }
}

fn is_found_by(summary: &str, operator: Operator, value: &str) -> bool {
    is_found(summary, &compile(&asked(operator, value)))
}

const SUMMARY: &str = "samples.content->'sample_type'->>'summary'";

#[test]
fn case_and_words_are_those_of_all_letters() {
    for (summary, condition) in [
        ("Étude pilote", "ILIKE '%étude%'"),
        ("étude", "ILIKE 'ÉTUDE'"),
        ("ÅNGSTRÖM", "ILIKE '%ngström'"),
        ("ΜΥΟΣΙΝ", "ILIKE 'μυοσιν'"),
        ("КЛЕТКА", "~* '^клетка$'"),
        ("Étude", "~* '\\mÉTUDE\\M'"),
        ("für T-Zellen", "~ '\\mT-'"),
        ("naïve", "~ '^[[:alpha:]]+$'"),
        ("naïve", "SIMILAR TO '\\w+'"),
        ("日本", "~ '^\\w\\w$'"),
    ] {
        assert!(
            is_found(summary, &format!("{SUMMARY} {condition}")),
            "{summary}: {condition}"
        );
    }
    for (summary, condition) in [
        ("fürTZellen", "~ '\\mT'"),
        ("naïve", "~ '\\Wve'"),
        ("straße", "ILIKE 'strasse'"),
        ("Étude", "LIKE 'étude'"),
        ("e\u{301}tude", "ILIKE 'Étude'"),
    ] {
        assert!(
            !is_found(summary, &format!("{SUMMARY} {condition}")),
            "{summary}: {condition}"
        );
    }
    for (summary, changed) in [
        ("ÉTUDE", "lower({}) = 'étude'"),
        ("naïve", "upper({}) = 'NAÏVE'"),
        ("ÉTUDE d'œuvre", "initcap({}) = 'Étude D''Œuvre'"),
    ] {
        let query = changed.replace("{}", SUMMARY);
        assert!(is_found(summary, &query), "{query}");
    }
}

#[test]
fn a_form_and_a_catalog_fold_as_a_query_does() {
    for (summary, typed) in [
        ("Étude", "étude"),
        ("étude", "ÉTUDE"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδοσ"),
        ("\u{212a}562", "k562"),
    ] {
        assert!(is_found_by(summary, Operator::Contains, typed), "{typed}");
        assert!(is_found_by(summary, Operator::StartsWith, typed), "{typed}");
        let name = HubName {
            repository: "x".to_owned(),
            hub: "y".to_owned(),
        };
        let catalog = fairtracks::tools::catalog::gather::of_document(name, &document(summary));
        let catalog = fairtracks::tools::catalog::entries::Catalog {
            hubs: vec![catalog],
        };
        let wanted = CatalogFilter {
            value: typed.to_owned(),
            ..CatalogFilter::default()
        };
        assert_eq!(
            catalog.of(&wanted, &Vocabulary::default()).rows(),
            1,
            "{typed}"
        );
    }
    assert!(!is_found_by("straße", Operator::Contains, "STRASSE"));
    assert!(!is_found_by("ς", Operator::Contains, "σ"));
}

#[test]
fn a_value_that_is_found_in_one_reading_needs_no_hint() {
    for (summary, typed) in [(r"back\slash", r"back\\slash"), (r"C:\new", r"C:\new")] {
        let document = document(summary);
        let query = compile(&asked(Operator::Is, typed));
        let hub = Hub::of(&document);
        let query = Query::new(&query, hub.categories()).unwrap();
        let advice = fairtracks::query::advice::advise(query.expression(), &hub);
        assert!(advice.is_empty(), "{advice:?}");
    }
}

#[test]
fn values_with_backslashes_are_found_as_typed_and_as_in_a_table() {
    for (summary, typed) in [
        (r"back\slash", r"back\slash"),
        (r"back\slash", r"back\\slash"),
        (r"C:\new\table", r"C:\new\table"),
        (r"C:\new\table", r"C:\\new\\table"),
        ("two\nlines", r"two\nlines"),
        ("a\tb", r"a\tb"),
        (r"end\", r"end\\"),
    ] {
        for operator in [
            Operator::Is,
            Operator::AnyOf,
            Operator::Contains,
            Operator::StartsWith,
        ] {
            assert!(
                is_found_by(summary, operator, typed),
                "{summary:?} by {typed}"
            );
        }
        assert!(!is_found_by(summary, Operator::IsNot, typed), "{typed}");
    }
    assert!(!is_found_by("back/slash", Operator::Is, r"back\\slash"));
}

proptest! {
    /// Any value finds itself, as it is and as it stands in a table, unless a table leaves a secret in it out.
    #[test]
    fn every_value_finds_itself(summary in r"(\PC|[\\\\tnré%_'\t\n]){1,12}") {
        prop_assume!(secrets::without(&summary) == summary);
        for typed in [summary.clone(), escape(&summary)] {
            for operator in [Operator::Is, Operator::Contains, Operator::StartsWith] {
                prop_assert!(is_found_by(&summary, operator, &typed), "{:?} by {:?}", summary, typed);
            }
        }
    }
}
