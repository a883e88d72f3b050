//! The corpus of TrackFind queries: the engine gives the tracks that PostgreSQL gives.

use crate::support;
use crate::support::corpus::{Gives, TWIN, corpus, letter};
use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document_json;
use fairtracks::query::hub::OuterJoin;
use fairtracks::query::search::search;
use fairtracks::query::{Hub, Query, QueryEvaluation, QueryFault};

fn asked(query: &str) -> Gives {
    let document = document_json::read(support::text(TWIN).as_bytes()).unwrap();
    let query = match Query::new(query, Hub::of(&document).categories()) {
        Ok(query) => query,
        Err(error) if error.reason == QueryFault::NotSupported => return Gives::NotSupported,
        Err(error) => return Gives::Fails(error.reason),
    };
    let names: String = search(&document, &query)
        .hits
        .iter()
        .map(|hit| letter(hit.local_id()))
        .collect();
    // Leaked so that expectations can be written as plain literals; the test process is short.
    Gives::Tracks(names.leak())
}

#[test]
fn every_query_of_the_corpus_has_its_known_outcome() {
    for (entry, query, expected) in corpus() {
        assert_eq!(asked(&query), expected, "entry {entry}: {query}");
    }
}

#[test]
fn categories_choose_the_aliases_and_the_joins() {
    let document = document_json::read(support::text(TWIN).as_bytes()).unwrap();
    let rows = |categories: &[Category], query: &str| -> Result<usize, QueryFault> {
        let hub = Hub::of_categories(&document, categories);
        let query = Query::new(query, hub.categories()).map_err(|error| error.reason)?;
        let mut asked = QueryEvaluation::new(&query, &hub);
        let mut rows = 0;
        hub.combinations(OuterJoin::Inner, |row| {
            rows += usize::from((0..query.terms().len()).all(|term| asked.accepts(term, row)));
        });
        Ok(rows)
    };
    // Entries 30, 31 and 32.
    let tracks = [Category::Tracks];
    assert_eq!(
        rows(&tracks, "tracks.content->'assembly_name' ? 'hg38'"),
        Ok(4)
    );
    assert_eq!(
        rows(&tracks, "samples.content->'species_id' ? 'taxonomy:9606'"),
        Err(QueryFault::Name)
    );
    assert_eq!(rows(&[Category::Samples], "true"), Ok(1));
}
