use std::time::Instant;

use proptest::prelude::*;

use super::examples::{self, Example};
use super::*;
use crate::ro_crate::Entity;

#[test]
fn all_that_people_ask_of_a_track_has_its_place() {
    let provenance = ProvenanceGraph::of(&examples::one_step());
    let [track] = provenance.tracks.as_slice() else {
        panic!("{:?}", provenance.tracks);
    };
    let example = [
        (&track.label, "K562, CTCF: peaks"),
        (&track.local_id, "encode:ENCFF717"),
        (&track.assembly, "GRCh38"),
        (&track.assay, "ChIP-seq"),
        (&track.target, "CTCF"),
        (&track.cell_or_tissue, "K562"),
        (&track.format, "bigBed"),
        (
            &track.source_address,
            "https://www.encodeproject.org/files/ENCFF717/ENCFF717.bigBed",
        ),
        (&track.collection_short_name, "ENCODE"),
        (&track.study, "ENCODE phase 3"),
        (&track.dbkey, "hg38"),
        (&track.licence, ""),
    ];
    for (found, expected) in example {
        assert_eq!(found, expected);
    }
    assert_eq!(track.checksum.as_ref().unwrap().method, "MD5");
    assert_eq!(track.publications[0].name, "pubmed:22955616");
    assert_eq!(track.size, Some(807));
}

#[test]
fn steps_lead_from_tracks_to_results() {
    let provenance = ProvenanceGraph::of(&examples::one_step());
    let kinds: Vec<StepKind> = provenance.steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [StepKind::Import, StepKind::Tool]);
    assert_eq!(provenance.steps[1].tool, "sort1");
    assert_eq!(provenance.steps[1].tool_version, "1.2.0");
    assert_eq!(provenance.steps[1].status, Status::Completed);
    let edge = |from, to| Edge { from, to };
    assert_eq!(
        provenance.edges,
        [
            edge(GraphNode::Track(0), GraphNode::Step(1)),
            edge(GraphNode::Step(0), GraphNode::Track(0)),
            edge(GraphNode::Step(1), GraphNode::Result(0)),
        ]
    );
    assert_eq!(
        provenance.results[0].based_on,
        [provenance.tracks[0].id.as_str()]
    );
}

#[test]
fn a_dataset_that_nothing_is_known_of_is_told_apart() {
    let provenance = ProvenanceGraph::of(&examples::unproven());
    assert!(provenance.tracks.is_empty() && provenance.results[0].based_on.is_empty());
    assert_eq!(provenance.intermediates.len(), 1);
    assert!(!provenance.intermediates[0].is_made);
}

#[test]
fn a_step_comes_after_what_it_reads_even_where_clocks_disagree() {
    let mut example = Example::about("x", &[]);
    example.step("last", "1", &["#dataset-a"], &["#dataset-b"]);
    example.step("first", "1", &[], &["#dataset-a"]);
    let provenance = ProvenanceGraph::of(&example.0);
    let tools: Vec<&str> = provenance
        .steps
        .iter()
        .map(|step| step.tool.as_str())
        .collect();
    assert_eq!(tools, ["first", "last"]);
}

#[test]
fn a_licence_is_that_of_the_crate_that_the_track_came_in() {
    let mut example = Example::about("x", &[]);
    let track = example.track(1);
    let licence = "https://spdx.org/licenses/CC0-1.0";
    let inner = Entity::new("inputs/0123456789abcdef/", &["Dataset"]);
    example.0.add(
        inner
            .referring("license", licence)
            .referring("hasPart", &track),
    );
    example
        .0
        .add(Entity::new(licence, &["CreativeWork"]).with("name", "CC0-1.0"));
    let provenance = ProvenanceGraph::of(&example.0);
    assert_eq!(provenance.tracks[0].licence, "CC0-1.0");
    assert_eq!(provenance.tracks[0].licence_address, licence);
}

#[test]
fn ten_thousand_tracks_and_twenty_steps_are_read_in_time() {
    let mut example = Example::about("Many", &["#data-1"]);
    let tracks: Vec<String> = (0..10_000).map(|number| example.track(number)).collect();
    let tracks: Vec<&str> = tracks.iter().map(String::as_str).collect();
    for _ in 0..20 {
        example.step("cat", "1", &tracks, &["#data-1"]);
    }
    example.result("#data-1", "All", &tracks);
    let start = Instant::now();
    let provenance = ProvenanceGraph::of(&example.0);
    let took = start.elapsed();
    assert_eq!(provenance.edges.len(), 10_000 * 21 + 20);
    assert_eq!(provenance.steps.len(), 10_020);
    // A slow machine and a build without optimisation are allowed for; what grows with the square takes minutes.
    assert!(took.as_secs() < 120, "{took:?}");
}

/// One of some words, which are separated by `|`.
fn one_of(words: &'static str) -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(words.split('|').collect::<Vec<_>>())
}

/// Any graph: few ids, so that things meet, refer to themselves and go in circles.
fn any_graph() -> impl Strategy<Value = Vec<Entity>> {
    let id = one_of(
        "./|#step-1|#step-2|#import-3|#follow-4|#search-5|#data-6|#track-7|#dataset-8|#x|inputs/1/|\
         a/b.bed|",
    );
    let kind =
        one_of("File|CreateAction|SearchAction|PropertyValue|Dataset|CreativeWork|BioSample");
    let key = one_of(
        "object|result|instrument|isBasedOn|hasPart|about|additionalProperty|isPartOf|citation|\
         license|encodingFormat|additionalType|identifier|name|endTime|value|contentUrl|\
         actionStatus",
    );
    let texts = one_of(
        "|assay|http://edamontology.org/data_3002|genome assembly|x:y|a: b|\
         2026-11-24T08:10:22+00:00|2026-99-99|é",
    );
    let value = prop_oneof![
        id.clone().prop_map(|id| serde_json::json!({"@id": id})),
        prop::collection::vec(id.clone(), 0..4).prop_map(|ids| ids
            .into_iter()
            .map(|id| serde_json::json!({"@id": id}))
            .collect()),
        texts.prop_map(serde_json::Value::from),
        Just(serde_json::json!([null, 1, {"@id": 3}, [{"@id": "#x"}]])),
    ];
    let properties = prop::collection::vec((key, value), 0..6);
    let entity = (id, kind, properties).prop_map(|(id, kind, properties)| {
        let start = Entity::new(id, &[kind]);
        properties
            .into_iter()
            .fold(start, |entity, (key, value)| entity.with(key, value))
    });
    prop::collection::vec(entity, 0..14).prop_map(|mut entities| {
        let mut seen = std::collections::HashSet::new();
        entities.retain(|entity| seen.insert(entity.id.clone()));
        entities
    })
}

fn provenance(entities: Vec<Entity>) -> ProvenanceGraph {
    ProvenanceGraph::of(&Crate::from_parts(
        serde_json::Value::Null,
        serde_json::Map::new(),
        entities,
    ))
}

proptest! {
    #[test]
    fn laws_any_graph_has_a_chain_and_its_order_does_not_matter(entities in any_graph(), turn in 0_usize..14) {
        let example = provenance(entities.clone());
        prop_assert_eq!(example.steps.len(), entities.iter().filter(|entity| entity.types[0].ends_with("Action")).count());
        let mut others = entities;
        let turn = turn.min(others.len());
        others.rotate_left(turn);
        others.reverse();
        prop_assert_eq!(example, provenance(others));
    }
}
