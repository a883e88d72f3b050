//! What is not as it should be with a result: genome builds that do not go together, and proof that is missing.

use std::collections::{BTreeMap, HashSet};

use super::trace::Proof;
use crate::fairtracks::finding::Strength;
use crate::galaxy::lineage::{Producer, StopReason};
use crate::ro_crate::crate_index::{CrateIndex, DescribedFile, FileId};

/// Something to say of a result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResultFinding {
    /// How much it weighs.
    pub strength: Strength,
    /// What was found, what was expected, and what to do: one or two sentences without a full stop at the end.
    pub text: String,
}

/// How many names a sentence lists.
const MOST_NAMED: usize = 3;

/// The names of the proven sources by their genome build; the build is empty where no crate tells it.
pub fn genome_builds<'s>(
    trace: &Proof<'_>,
    crate_index: &'s CrateIndex<'_>,
) -> BTreeMap<&'s str, Vec<&'s str>> {
    let mut builds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut known = HashSet::new();
    for described_file in sources(trace, crate_index) {
        let (build, name) = (
            described_file.genome_build.as_deref().unwrap_or_default(),
            described_file.name.as_str(),
        );
        let names = builds.entry(build).or_default();
        if known.insert((build, name)) {
            names.push(name);
        }
    }
    builds
}

/// The sources that were met.
pub fn sources<'s>(
    trace: &Proof<'_>,
    crate_index: &'s CrateIndex<'_>,
) -> impl Iterator<Item = &'s DescribedFile> {
    let met: Vec<FileId> = trace.met.iter().copied().collect();
    let described_files = met.into_iter().map(|place| &crate_index[place]);
    described_files.filter(|described_file| described_file.is_source)
}

/// All that is to be said of a result, the worst first.
pub fn findings(
    trace: &Proof<'_>,
    crate_index: &CrateIndex<'_>,
    producer: Option<Producer>,
) -> Vec<ResultFinding> {
    let mut remarks = Vec::new();
    let mut add = |strength, text: String| remarks.push(ResultFinding { strength, text });
    let mut builds = genome_builds(trace, crate_index);
    builds.remove("");
    if builds.len() > 1 {
        let listed: Vec<String> = builds
            .iter()
            .map(|(build, names)| format!("{build} ({})", some(names)))
            .collect();
        add(
            Strength::Must,
            format!(
                "source tracks of different genome builds: {}; positions of one mean nothing in another, so lift them over to one build before they meet",
                listed.join(", ")
            ),
        );
    }
    let mut by_job: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for missing in &trace.missing {
        let names = by_job.entry(missing.job.as_str()).or_default();
        names.push(missing.dataset.as_str());
    }
    for (job, names) in by_job {
        add(
            Strength::Should,
            format!(
                "no crate given tells of what job {job} of FAIRtracks import brought ({}): add the collection of crates that this job made",
                some(&names)
            ),
        );
    }
    for reason in &trace.stopped {
        add(Strength::Should, stopped(*reason, producer));
    }
    if trace.proven.is_empty() {
        add(Strength::Should, unproven(trace, producer));
    }
    if !trace.suggested.is_empty() && !trace.proven.is_empty() {
        add(
            Strength::May,
            "further tracks are suggested by a name, a tag or equal bytes alone, which proves nothing".to_owned(),
        );
    }
    if !trace.others.is_empty() && !trace.proven.is_empty() {
        let names: Vec<&str> = trace.others.iter().copied().collect();
        add(
            Strength::May,
            format!(
                "also made of what came into Galaxy otherwise, with no metadata: {}",
                some(&names)
            ),
        );
    }
    remarks.sort();
    remarks
}

/// Why lineage ends early, and what helps.
fn stopped(reason: StopReason, producer: Option<Producer>) -> String {
    let other = match producer {
        Some(Producer::HistoryExport) => {
            "export the history with all its datasets, deleted and hidden ones too"
        }
        _ => {
            "export the history (History options, Export History to File), and give the file as history export"
        }
    };
    match reason {
        StopReason::Limit => format!("the lineage is longer than what is looked at: {other}"),
        StopReason::Access => "the lineage passes a dataset that you may not see, and ends there: its owner can share it, or follow the results before they are shared".to_owned(),
        StopReason::Error => format!("Galaxy gave no lineage: {other}, or run the tool from a command line with --galaxy"),
    }
}

/// Why nothing is proven.
fn unproven(trace: &Proof<'_>, producer: Option<Producer>) -> String {
    let why = match (producer, trace.is_in_lineage) {
        (None, _) => "no crate tells of these bytes, and there is no lineage to go by",
        (Some(_), false) => {
            "no crate tells of these bytes, and the lineage given does not know the result"
        }
        (Some(_), true) => {
            "neither its bytes nor its lineage lead to anything that the crates tell of"
        }
    };
    let hint = if trace.suggested.is_empty() {
        "add the crates of the tracks that it was made of"
    } else {
        "if the suggested tracks are right, tick that matches by identifier are accepted"
    };
    format!("source tracks are not proven: {why}; {hint}")
}

/// Names, so many that a sentence can hold them.
fn some(names: &[&str]) -> String {
    let shown: Vec<&str> = names.iter().take(MOST_NAMED).copied().collect();
    let more = names.len() - shown.len();
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
