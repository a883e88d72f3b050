//! Rows of a server become a document in which the same query finds the same tracks.

use crate::support::generator;
use std::collections::BTreeSet;

use crate::support::generator::random::Random;
use crate::support::generator::vocabulary::Vocabulary;
use crate::support::generator::{documents, text};
use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use fairtracks::query::search::search;
use fairtracks::query::{Hub, Query};
use fairtracks::tools::search::regroup::Regrouping;
use fairtracks::trackfind::server::{HubOptions, HubSource, Request, Service};
use fairtracks::trackfind::wire::Wire;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value as Json};

/// Documents, and queries for each.
const DOCUMENTS: u64 = 60;
const QUERIES: u64 = 20;

/// The rows of a query, as the service gives them.
fn rows(service: &Service, query: &str) -> Vec<Map<String, Json>> {
    let wire = Wire::new(query).unwrap();
    let asked = format!(
        "query={}&categories=tracks,experiments,samples,studies",
        utf8_percent_encode(wire.text(), NON_ALPHANUMERIC)
    );
    let answer = service.answer(&Request {
        method: "GET",
        path: "/search/R/H",
        query: Some(&asked),
        accept: Some("application/json"),
        goes_on: &|| true,
        reserve: &|_| true,
    });
    assert_eq!(
        answer.status,
        200,
        "{query}: {}",
        String::from_utf8_lossy(&answer.body)
    );
    serde_json::from_slice(&answer.body).unwrap()
}

/// The tracks that a query finds in a document, as text: a server has no position for them.
fn found(document: &Document, query: &str) -> BTreeSet<String> {
    let categories = Hub::of(document).categories().to_vec();
    let answer = search(document, &Query::new(query, &categories).unwrap());
    let tracks = answer
        .hits
        .iter()
        .filter_map(|hit| hit.object(Category::Tracks));
    tracks.map(canonical).collect()
}

/// A value whose members are in the order of their names.
fn canonical(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let members: std::collections::BTreeMap<&String, String> = members
                .iter()
                .map(|(key, value)| (key, canonical(value)))
                .collect();
            format!("{members:?}")
        }
        Json::Array(items) => format!("{:?}", items.iter().map(canonical).collect::<Vec<_>>()),
        other => other.to_string(),
    }
}

#[test]
fn the_tracks_of_a_server_are_those_of_the_document_made_of_its_rows() {
    let (mut asked, mut with_hits) = (0, 0);
    for seed in 0..DOCUMENTS {
        let mut random = Random::new(seed);
        let json = documents::document(&mut random);
        let Ok(document) = Document::from_json(json.clone()) else {
            continue;
        };
        let vocabulary = Vocabulary::of(&json);
        let options = HubOptions {
            faithful: false,
            copy_samples: false,
            epico_alias: false,
            most_rows: 100_000,
            longest_query: 1 << 20,
        };
        let hub = HubSource {
            repository: "R".to_owned(),
            hub: "H".to_owned(),
            document: document.clone(),
        };
        let service = Service::new(vec![hub], options).unwrap();
        let categories = Hub::of(&document).categories().to_vec();
        for _ in 0..QUERIES {
            let query = text(&generator::query(&mut random, &vocabulary));
            if Query::new(&query, &categories).is_err() {
                continue;
            }
            let mut regrouping = Regrouping::default();
            let rows = rows(&service, &query);
            asked += 1;
            with_hits += usize::from(!rows.is_empty());
            rows.into_iter().for_each(|row| regrouping.add(row));
            let regrouped = regrouping.finish().unwrap();
            let local = found(&regrouped.document, &query);
            assert_eq!(local, found(&document, &query), "seed {seed}: {query}");
            let hits = regrouped.hits(&regrouped.document);
            let hits: BTreeSet<String> = hits
                .iter()
                .filter_map(|hit| hit.object(Category::Tracks))
                .map(canonical)
                .collect();
            assert_eq!(hits, local, "seed {seed}: {query}");
        }
    }
    assert!(
        asked > 300 && with_hits > 50,
        "{asked} queries, {with_hits} with hits"
    );
}
