//! Contingency tables and one-sided p-values equal those of LOLA, as gtars makes them: `planemo/test --only overlap` runs
//! gtars and names the folder of its answers.

use super::sweep_only;
use fairtracks::genome::intervals::{Interval, IntervalSet};
use fairtracks::overlap::{Analysis, SuiteTrack, Universe};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The environment variable that names the folder.
const TABLES: &str = "LOLA_TABLES";

fn read(path: &Path) -> IntervalSet {
    let text = fs::read_to_string(path).unwrap();
    let mut by_chromosome: BTreeMap<String, Vec<Interval>> = BTreeMap::new();
    for line in text.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [start, end] = [1, 2].map(|column| columns[column].parse().unwrap());
        let elements = by_chromosome.entry(columns[0].to_owned()).or_default();
        elements.push(Interval { start, end });
    }
    IntervalSet::new(by_chromosome)
}

#[test]
fn tables_over_candidates_are_those_of_lola() {
    let Some(folder) = std::env::var_os(TABLES).map(PathBuf::from) else {
        eprintln!("not compared, since {TABLES} names no folder");
        return;
    };
    let lengths = ["chr1", "chr2", "chr10"].map(|name| (name.to_owned(), 20_000));
    let universe = Universe::new(BTreeMap::from(lengths), &IntervalSet::default());
    let tables = fs::read_to_string(folder.join("tables.tsv")).unwrap();
    for line in tables.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let set = |name: &str| read(&folder.join(format!("{}.{name}.bed", columns[0])));
        let analysis = Analysis::new(
            universe.clone(),
            set("query"),
            Some(set("universe")),
            sweep_only(),
        )
        .unwrap();
        let ranking = analysis.run(vec![SuiteTrack::new(set("track"))]).unwrap();
        let found = ranking.tracks[0].fisher.unwrap();
        let table = [
            found.chosen_inside,
            found.other_inside,
            found.chosen_outside,
            found.other_outside,
        ];
        assert_eq!(
            table.map(|count| count.to_string())[..],
            columns[1..5],
            "set {}",
            columns[0]
        );
        let [p_log, odds_ratio]: [f64; 2] = [5, 6].map(|column| columns[column].parse().unwrap());
        let found_log = -found.p_more.log10();
        assert!(
            (found_log - p_log).abs() <= 1e-6 * p_log.abs() + 1e-9,
            "set {line}: {found_log}"
        );
        if let Some(found) = found.conditional_odds_ratio {
            assert!(
                (found - odds_ratio).abs() <= 1e-3 * found,
                "set {line}: {found}"
            );
        }
    }
    assert!(tables.lines().count() >= 50);
}
