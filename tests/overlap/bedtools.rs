//! Counts and base pairs equal those of bedtools, where it is installed: 500 random pairs of sets.

use super::calibration::Numbers;
use super::{Pairs, ranking_of, set_of, sweep_only};
use crate::support;
use fairtracks::overlap::{Analysis, Universe};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const SETS: usize = 500;
const LENGTH: u32 = 3_000;

/// The environment variable that makes a test fail instead of passing over a machine without bedtools.
const REQUIRED: &str = "BEDTOOLS_REQUIRED";

fn is_installed() -> bool {
    let output = Command::new("bedtools").arg("--version").output();
    let is_installed = output.is_ok_and(|output| output.status.success());
    assert!(
        is_installed || std::env::var_os(REQUIRED).is_none(),
        "bedtools is not installed, and {REQUIRED} is set"
    );
    if !is_installed {
        eprintln!("not asked, since not installed: bedtools");
    }
    is_installed
}

fn bedtools(arguments: &[&str]) -> String {
    let output = Command::new("bedtools").args(arguments).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "bedtools {arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// A set on up to three chromosomes, sparse or dense, with duplicates and overlaps; some with insertion sites.
fn random_set(numbers: &mut Numbers, has_sites: bool) -> Pairs {
    let longest = [1, 20, 400][numbers.below(3) as usize];
    let mut set = Pairs::new();
    for _ in 0..1 + numbers.below(40) {
        let start = 2 + numbers.below(LENGTH - 500);
        let length = if has_sites && numbers.below(4) == 0 {
            0
        } else {
            1 + numbers.below(longest)
        };
        let chromosome = ["chr1", "chr2", "chr10"][numbers.below(3) as usize];
        let elements: &mut Vec<(u32, u32)> = set.entry(chromosome.to_owned()).or_default();
        elements.push((start, start + length));
        if numbers.below(8) == 0 {
            elements.push((start, start + length));
        }
    }
    set
}

/// The file of a set, sorted as bedtools expects.
fn write(path: &Path, set: &Pairs, prefix: &str) -> String {
    let mut text = String::new();
    for (chromosome, elements) in set {
        let mut elements = elements.clone();
        elements.sort_unstable();
        for (start, end) in elements {
            text.push_str(&format!("{prefix}{chromosome}\t{start}\t{end}\n"));
        }
    }
    fs::write(path, &text).unwrap();
    text
}

fn universe() -> Universe {
    let lengths = ["chr1", "chr2", "chr10"].map(|name| (name.to_owned(), LENGTH));
    Universe::new(BTreeMap::from(lengths), &Default::default())
}

/// The counts in the last column, by the number of the set that the first column begins with.
fn counts(printed: &str) -> BTreeMap<usize, Vec<u64>> {
    let mut counts: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for line in printed.lines() {
        let set = line.split('_').next().unwrap().parse().unwrap();
        let count = line.rsplit('\t').next().unwrap().parse().unwrap();
        counts.entry(set).or_default().push(count);
    }
    counts
}

#[test]
fn touching_elements_are_those_of_intersect() {
    if !is_installed() {
        return;
    }
    let folder = support::folder();
    let mut numbers = Numbers(31);
    let (mut pairs, mut queries, mut tracks) = (Vec::new(), String::new(), String::new());
    for number in 0..SETS {
        let has_sites = number % 3 == 0;
        let pair = (
            random_set(&mut numbers, has_sites),
            random_set(&mut numbers, has_sites),
        );
        queries += &write(&folder.join("one"), &pair.0, &format!("{number}_"));
        tracks += &write(&folder.join("one"), &pair.1, &format!("{number}_"));
        pairs.push(pair);
    }
    let [query, track] =
        ["query.bed", "track.bed"].map(|name| folder.join(name).display().to_string());
    fs::write(&query, queries).unwrap();
    fs::write(&track, tracks).unwrap();
    let of_queries = counts(&bedtools(&["intersect", "-c", "-a", &query, "-b", &track]));
    let of_tracks = counts(&bedtools(&["intersect", "-c", "-a", &track, "-b", &query]));
    for (number, (query, track)) in pairs.iter().enumerate() {
        let (query, track) = (set_of(query), set_of(track));
        let analysis = Analysis::new(universe(), query.clone(), None, sweep_only()).unwrap();
        let mut found: Vec<u64> = vec![0; query.count()];
        let starts: BTreeMap<&str, usize> = query
            .chromosomes()
            .scan(0, |start, (name, elements)| {
                let first = *start;
                *start += elements.len();
                Some((name, first))
            })
            .collect();
        analysis.contacts(&track, |contact| {
            found[starts[contact.chromosome] + contact.query] += 1
        });
        assert_eq!(
            found, of_queries[&number],
            "set {number}: {query:?} {track:?}"
        );
        let ranking = ranking_of(universe(), query, vec![track], sweep_only());
        let touching = |counts: &[u64]| counts.iter().filter(|count| **count > 0).count() as u64;
        assert_eq!(
            ranking.tracks[0].query_hits,
            touching(&of_queries[&number]),
            "set {number}"
        );
        assert_eq!(
            ranking.tracks[0].track_hits,
            touching(&of_tracks[&number]),
            "set {number}"
        );
    }
}

#[test]
fn base_pairs_are_those_of_jaccard() {
    if !is_installed() {
        return;
    }
    let folder = support::folder();
    let mut numbers = Numbers(37);
    let [query_file, track_file] = ["query.bed", "track.bed"].map(|name| folder.join(name));
    let [query_path, track_path] =
        [&query_file, &track_file].map(|path| path.display().to_string());
    for number in 0..SETS {
        let query = random_set(&mut numbers, false);
        let track = random_set(&mut numbers, false);
        write(&query_file, &query, "");
        write(&track_file, &track, "");
        let printed = bedtools(&["jaccard", "-a", &query_path, "-b", &track_path]);
        let values: Vec<&str> = printed.lines().nth(1).unwrap().split('\t').collect();
        let ranking = ranking_of(
            universe(),
            set_of(&query),
            vec![set_of(&track)],
            sweep_only(),
        );
        let found = &ranking.tracks[0];
        let union = ranking.query.base_pairs + found.size.base_pairs - found.overlap_base_pairs;
        assert_eq!(
            found.overlap_base_pairs.to_string(),
            values[0],
            "set {number}"
        );
        assert_eq!(union.to_string(), values[1], "set {number}");
        let jaccard: f64 = values[2].parse().unwrap();
        assert!(
            (found.measures.jaccard.unwrap() - jaccard).abs() <= 1e-5 * jaccard,
            "set {number}"
        );
    }
}
