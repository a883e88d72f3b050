//! How many of the tracks found have which cell type, assay, target and assembly, and the genome build that all agree on.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::fairtracks::hit::Hit;
use crate::fairtracks::objects::filled;
use crate::fairtracks::summary_columns::headline;
use crate::galaxy::genome_build::{UNKNOWN, genome_build};

/// The summary columns that tracks are counted by, and how the values are called.
pub const COUNTED_BY: [(&str, &str); 4] = [
    ("cell_or_tissue", "Cell or tissue type"),
    ("assay", "Assay"),
    ("target", "Target"),
    ("assembly", "Genome assembly"),
];

/// The counts of the tracks found.
#[derive(Debug, Default)]
pub struct HitCounts {
    values: [BTreeMap<String, usize>; COUNTED_BY.len()],
    /// The genome builds of all tracks.
    pub genome_builds: GenomeBuilds,
}

impl HitCounts {
    /// Counts more tracks.
    pub fn add(&mut self, hits: &[Hit<'_>]) {
        for hit in hits {
            for (counts, (column, _)) in self.values.iter_mut().zip(COUNTED_BY) {
                let value = headline(hit, column);
                match counts.get_mut(value) {
                    Some(count) => *count += 1,
                    None => {
                        counts.insert(value.to_owned(), 1);
                    }
                }
            }
        }
        self.genome_builds.add(hits);
    }

    /// What the values are called, and each value with its number of tracks, the most frequent first; an empty value stands for
    /// tracks without one.
    pub fn lists(&self) -> impl Iterator<Item = (&'static str, Vec<(&str, usize)>)> {
        let lists = COUNTED_BY.iter().zip(&self.values);
        lists.map(|((_, title), counts)| {
            let counts = counts.iter().map(|(value, count)| (value.as_str(), *count));
            let mut counts: Vec<(&str, usize)> = counts.collect();
            counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            (*title, counts)
        })
    }
}

/// The genome builds of tracks.
#[derive(Debug, Default)]
pub struct GenomeBuilds {
    found: BTreeSet<String>,
    /// Names and accessions of assemblies, which most tracks share.
    seen: HashSet<(String, String)>,
}

impl GenomeBuilds {
    /// Adds those of more tracks.
    pub fn add(&mut self, hits: &[Hit<'_>]) {
        for hit in hits {
            let track = hit.track();
            let name = filled(track.assembly_name).unwrap_or_default().to_owned();
            let id = filled(track.assembly_id).unwrap_or_default().to_owned();
            let assembly = (name, id);
            if !self.seen.contains(&assembly) {
                let build = genome_build(&assembly.0, &assembly.1);
                self.found.insert(build.dbkey);
                self.seen.insert(assembly);
            }
        }
    }

    /// The genome build that all tracks agree on.
    pub fn common(&self) -> Option<&str> {
        let mut found = self.found.iter();
        match (found.next(), found.next()) {
            (Some(build), None) if build != UNKNOWN => Some(build),
            _ => None,
        }
    }
}
