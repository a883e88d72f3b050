use super::*;
use serde_json::json;

fn hub<'d>(tracks: &'d [Json], experiments: &'d [Json], document: &'d [Json]) -> Hub<'d> {
    let all = |objects: &'d [Json]| objects.iter().collect();
    Hub::new(
        vec![
            ("tracks".to_owned(), all(tracks)),
            ("experiments".to_owned(), all(experiments)),
            ("doc_info".to_owned(), all(document)),
        ],
        vec![ObjectReference::new(
            "tracks",
            "experiment_ref",
            "experiments",
            "local_id",
        )],
    )
}

fn joined(hub: &Hub<'_>, join: OuterJoin) -> Vec<Vec<Option<usize>>> {
    let mut all = Vec::new();
    hub.combinations(join, |combination| all.push(combination.to_vec()));
    all
}

#[test]
fn joins_by_value_and_type_and_drops_what_has_no_partner() {
    let tracks = [
        json!({"experiment_ref": "1"}),
        json!({"experiment_ref": 1}),
        json!({"experiment_ref": ["1"]}),
        json!({}),
    ];
    let experiments = [json!({"local_id": "1"})];
    let document = [json!({})];
    assert_eq!(
        joined(&hub(&tracks, &experiments, &document), OuterJoin::Inner),
        [[Some(0); 3]]
    );
}

#[test]
fn what_has_seen_enough_is_shown_no_more() {
    let tracks = [
        json!({"experiment_ref": "1"}),
        json!({"experiment_ref": "1"}),
    ];
    let (experiments, document) = ([json!({"local_id": "1"})], [json!({}), json!({})]);
    let hub = hub(&tracks, &experiments, &document);
    let mut seen = 0;
    let all = hub.combinations_while(OuterJoin::Inner, |_| {
        seen += 1;
        seen < 3
    });
    assert_eq!((seen, all), (3, false));
    assert!(hub.combinations_while(OuterJoin::Inner, |_| true));
}

#[test]
fn duplicate_ids_multiply_rows() {
    let tracks = [json!({"experiment_ref": "1"})];
    let experiments = [json!({"local_id": "1"}), json!({"local_id": "1"})];
    let document = [json!({})];
    assert_eq!(
        joined(&hub(&tracks, &experiments, &document), OuterJoin::Inner).len(),
        2
    );
}

#[test]
fn a_category_without_objects_leaves_no_row() {
    let tracks = [json!({"experiment_ref": "1"})];
    let experiments = [json!({"local_id": "1"})];
    assert!(joined(&hub(&tracks, &experiments, &[]), OuterJoin::Inner).is_empty());
}

#[test]
fn a_left_join_keeps_what_has_no_partner() {
    let tracks = [json!({"experiment_ref": "1"}), json!({})];
    let experiments = [json!({"local_id": "1"}), json!({"local_id": "2"})];
    let document = [json!({})];
    let rows = joined(&hub(&tracks, &experiments, &document), OuterJoin::Left);
    assert_eq!(rows, [[Some(0); 3], [Some(1), None, Some(0)]]);
}

#[test]
fn joins_whichever_side_comes_first() {
    let (studies, experiments) = (
        [json!({"local_id": "s"})],
        [json!({"study_ref": "s"}), json!({"study_ref": "t"})],
    );
    let categories = vec![
        ("studies".to_owned(), studies.iter().collect()),
        ("experiments".to_owned(), experiments.iter().collect()),
    ];
    let references = vec![ObjectReference::new(
        "experiments",
        "study_ref",
        "studies",
        "local_id",
    )];
    assert_eq!(
        joined(&Hub::new(categories, references), OuterJoin::Inner),
        [[Some(0); 2]]
    );
}
