//! What must hold for any catalog: a count is the number of tracks that a search for the value finds.

use crate::support;
use crate::support::documents::{Ids, document};
use crate::support::searching::{BLOOD, TWIN};
use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use fairtracks::fairtracks::document_json;
use fairtracks::query::Query;
use fairtracks::query::compile::compile;
use fairtracks::query::form_condition::{
    ConditionJoin as And, FormCondition, FormConditions, Operator,
};
use fairtracks::query::hub::OuterJoin;
use fairtracks::query::search::{Scope, search_within};
use fairtracks::tools::catalog::entries::Catalog;
use fairtracks::tools::catalog::form_table;
use fairtracks::tools::catalog::gather::of_document;
use fairtracks::trackfind::hub_name::HubName;
use fairtracks::vocabulary::Vocabulary;
use proptest::prelude::*;

fn read(path: &str) -> Document {
    document_json::read(support::text(path).as_bytes()).unwrap()
}

/// How many tracks a query finds, those without a sample among them.
fn found(document: &Document, query: &str) -> usize {
    let names = Category::ALL.map(|category| category.name().to_owned());
    let scope = Scope::new(&names, OuterJoin::Left).unwrap();
    let query =
        Query::new(query, &scope.names()).unwrap_or_else(|error| panic!("{query}: {error}"));
    search_within(document, &query, &scope).hits.len()
}

/// Compares each value's count with a search; gives how many were compared.
fn counts_are_hits(document: &Document) -> usize {
    let hub = of_document(HubName::of(document, ""), document);
    let mut compared = 0;
    for attribute in &hub.attributes {
        let Some(path) = attribute.as_condition() else {
            continue;
        };
        let condition = |operator, values| {
            let attribute = path.clone();
            let condition = FormCondition {
                attribute,
                operator,
                values,
            };
            compile(&FormConditions {
                join: And::And,
                conditions: vec![condition],
            })
        };
        for value in &attribute.values {
            let query = condition(Operator::Is, vec![value.text.clone()]);
            assert_eq!(value.tracks, Some(found(document, &query)), "{query}");
            compared += 1;
        }
        let query = condition(Operator::Exists, Vec::new());
        assert_eq!(attribute.tracks, Some(found(document, &query)), "{query}");
    }
    compared
}

#[test]
fn each_count_of_a_document_is_the_number_of_hits_of_a_search() {
    // All rows of the table but the six of objects in a list.
    assert_eq!(counts_are_hits(&read(BLOOD)), 644);
    assert_eq!(counts_are_hits(&read(TWIN)), 97);
}

#[test]
fn values_of_objects_in_a_list_count_what_an_expression_finds() {
    let blood = read(BLOOD);
    let hub = of_document(HubName::of(&blood, ""), &blood);
    let places = hub
        .attribute(Category::Samples, "donor->visits->place")
        .unwrap();
    assert_eq!(places.values.len(), 2);
    for place in &places.values {
        let query = format!(
            "samples.content->'donor' @> '{{\"visits\": [{{\"place\": \"{}\"}}]}}'",
            place.text
        );
        assert_eq!(place.tracks, Some(found(&blood, &query)), "{query}");
    }
}

/// A document of so many tracks, each with an experiment and a sample of its own and many different values.
fn large(tracks: usize) -> Document {
    let ids = |kind: &str| {
        (0..tracks)
            .map(move |n| format!("x:{kind}{n}"))
            .collect::<Vec<_>>()
    };
    let [tracks, experiments, samples] = [ids("t"), ids("e"), ids("s")];
    let list =
        |ids: &[String], object: &dyn Fn(usize, &str) -> serde_json::Value| -> serde_json::Value {
            ids.iter()
                .enumerate()
                .map(|(n, id)| object(n, id))
                .collect()
        };
    let json = serde_json::json!({
        "doc_info": {}, "collection_info": {}, "studies": [{"local_id": "x:u"}],
        "tracks": list(&tracks, &|n, id| serde_json::json!({
            "local_id": id, "experiment_ref": experiments[n], "file_url": format!("https://x.example.org/{id}.bed"),
            "assembly_name": (["hg38", "mm10", "hg19"][n % 3])
        })),
        "experiments": list(&experiments, &|n, id| serde_json::json!({
            "local_id": id, "sample_ref": samples[n], "study_ref": "x:u", "technique": {"term_label": format!("Assay {}", n % 40)}
        })),
        "samples": list(&samples, &|n, id| serde_json::json!({
            "local_id": id, "sample_type": {"summary": format!("Cell {}", n % 1500)}
        })),
    });
    Document::from_json(json).unwrap()
}

#[test]
fn a_large_hub_fits_into_what_galaxy_reads_with_what_biologists_ask_for() {
    let document = large(10_000);
    let hub = of_document(HubName::of(&document, "large"), &document);
    let catalog = Catalog { hubs: vec![hub] };
    let table = form_table::write(&catalog, &Vocabulary::default(), form_table::ROOM);
    assert!(table.text.len() < 1_000_000);
    let rows = |name: &str| table.text.matches(&format!("\t{name}\t")).count();
    assert_eq!(rows("samples->sample_type->summary"), 1500);
    assert_eq!(rows("experiments->technique->term_label"), 40);
    assert_eq!(rows("tracks->assembly_name"), 3);
    let ids = rows("tracks->local_id");
    assert!(0 < ids && ids < 10_000);
    let message = &table.left_out[0].cut;
    assert!(
        message.contains(&("tracks->local_id".to_owned(), ids, 10_000)),
        "{message:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_count_of_any_document_is_the_number_of_hits(document in document(Ids::Repeated)) {
        prop_assert!(counts_are_hits(&document) > 0);
    }

    #[test]
    fn a_catalog_does_not_depend_on_the_order_of_a_document(document in document(Ids::Repeated)) {
        let mut json = serde_json::Value::from(document.clone());
        for list in ["tracks", "experiments", "samples", "studies"] {
            json[list].as_array_mut().unwrap().reverse();
        }
        let reversed = Document::from_json(json).unwrap();
        let name = HubName::of(&document, "x");
        prop_assert_eq!(of_document(name.clone(), &document), of_document(name, &reversed));
    }
}
