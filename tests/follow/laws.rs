//! What holds for every lineage: the order of crates does not matter, nor how often one is given, and whoever follows after each
//! step knows in the end what one knows who follows once.

use crate::support;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::support::Outcome;
use crate::support::following::{Galaxy, actions, crates, row};
use crate::support::importing::{nine, sha256};
use proptest::prelude::*;

/// One import for all cases.
fn imported() -> &'static Outcome {
    static CAME: OnceLock<Outcome> = OnceLock::new();
    CAME.get_or_init(|| nine(&[]))
}

/// A made-up analysis: each step reads some of the tracks and of the results before it.
fn analysis() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let step = |number: usize| prop::collection::btree_set(0..9 + number, 1..4);
    (2..6usize).prop_flat_map(move |steps| {
        let steps: Vec<_> = (0..steps).map(step).collect();
        steps.prop_map(|steps| {
            steps
                .into_iter()
                .map(|inputs| inputs.into_iter().collect())
                .collect()
        })
    })
}

/// The analysis done, and the ids of its results.
fn done(steps: &[Vec<usize>]) -> (Galaxy, Vec<String>) {
    let mut galaxy = Galaxy::default();
    let mut ids = galaxy.imported(imported());
    let tracks = ids.len();
    for (number, inputs) in steps.iter().enumerate() {
        let inputs: Vec<&str> = inputs.iter().map(|input| ids[*input].as_str()).collect();
        let bytes = format!(
            "a result of step {number} with so many bytes that they are equal to none by chance"
        );
        let id = galaxy.run("tool", &inputs, bytes);
        ids.push(id);
    }
    let results = ids.split_off(tracks);
    (galaxy, results)
}

fn name(galaxy: &Galaxy, id: &str) -> String {
    galaxy.dataset(id)["name"].as_str().unwrap().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn following_after_each_step_is_following_once(steps in analysis()) {
        let (galaxy, results) = done(&steps);
        let last = results.last().unwrap();
        let tracks = crates(imported());
        let once = galaxy.follow(&[last], &tracks, &[]);
        let mut known: Vec<PathBuf> = tracks.clone();
        let mut stepwise = None;
        for id in &results {
            // Of the lineage only this step is known; what came before is known by the crates alone.
            let mut lineage = galaxy.lineage(&[id]);
            let job = galaxy.dataset(id)["created_by"].clone();
            lineage["jobs"].as_array_mut().unwrap().retain(|known| known["id"] == job);
            let followed = galaxy.follow_by(Some(&lineage), &[id], &known, &[]);
            prop_assert_eq!(followed.status, 0, "{}", followed.stderr);
            known.extend(crates(&followed));
            stepwise = Some(followed);
        }
        let stepwise = stepwise.unwrap();
        let name = name(&galaxy, last);
        prop_assert!(!row(&once, &name)["proven_tracks"].is_empty());
        prop_assert_eq!(&row(&stepwise, &name)["proven_tracks"], &row(&once, &name)["proven_tracks"]);
        prop_assert_eq!(actions(&stepwise, &name), actions(&once, &name));
    }

    #[test]
    fn neither_the_order_of_crates_nor_giving_one_twice_matters(steps in analysis(), turned in 0..9usize) {
        let (galaxy, results) = done(&steps);
        let ids: Vec<&str> = results.iter().map(String::as_str).collect();
        let mut tracks = crates(imported());
        let first = galaxy.follow(&ids, &tracks, &[]);
        tracks.rotate_left(turned);
        tracks.push(tracks[0].clone());
        let again = galaxy.follow(&ids, &tracks, &[]);
        for id in &ids {
            let name = name(&galaxy, id);
            let bytes = |came: &Outcome| came.bytes(&came.element("output_crates", &name));
            prop_assert!(bytes(&first) == bytes(&again), "the crates of {} differ", name);
        }
    }

    #[test]
    fn the_crates_of_all_ancestors_come_out_as_they_went_in(steps in analysis()) {
        let (galaxy, results) = done(&steps);
        let ids: Vec<&str> = results.iter().map(String::as_str).collect();
        let tracks = crates(imported());
        let first = galaxy.follow(&ids, &tracks, &[]);
        let all: Vec<PathBuf> = [tracks, crates(&first)].concat();
        let again = galaxy.follow(&ids[ids.len() - 1..], &all, &[]);
        let given: Vec<Vec<u8>> = all
            .iter()
            .map(|path| support::importing::Opened::new(&std::fs::read(path).unwrap()).files["ro-crate-metadata.json"].clone())
            .collect();
        let crate_ = again.crate_of(&name(&galaxy, results.last().unwrap()));
        for (path, bytes) in crate_.files.iter().filter(|(path, _)| path.starts_with("inputs/")) {
            prop_assert!(given.contains(bytes), "{} is the metadata of no crate that was given", path);
            let key = path.split('/').nth(1).unwrap();
            prop_assert_eq!(key, &sha256(bytes)[..16]);
        }
    }
}
