//! Findings about a result: incompatible genome builds and missing proof.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::evidence::Hint;
use super::trace::{FEWEST_BYTES, Proof};
use crate::drawing::words::counted;
use crate::fairtracks::finding::Strength;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::{Producer, StopReason};
use crate::ro_crate::crate_index::{CrateIndex, DescribedFile, FileId};

/// A finding about a result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResultFinding {
    /// The strength.
    pub strength: Strength,
    /// Found, expected, what to do: one or two sentences without a full stop at the end.
    pub text: String,
}

/// What was searched for the sources of results.
#[derive(Debug, Clone, Copy, Default)]
pub struct SearchedSources {
    /// Where the lineage is from; none without a lineage.
    pub producer: Option<Producer>,
    /// Whether FAIRtracks documents were searched.
    pub has_documents: bool,
}

/// The most names in a sentence.
const MOST_NAMED: usize = 3;

/// The names of the proven sources by genome build; the build is empty if no crate states it.
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

/// The sources in the lineage.
pub fn sources<'s>(
    trace: &Proof<'_>,
    crate_index: &'s CrateIndex<'_>,
) -> impl Iterator<Item = &'s DescribedFile> {
    let met: Vec<FileId> = trace.met.iter().copied().collect();
    let described_files = met.into_iter().map(|place| &crate_index[place]);
    described_files.filter(|described_file| described_file.is_source)
}

/// All findings about a result, the worst first.
pub fn findings(
    (result, trace): (&DatasetFile, &Proof<'_>),
    crate_index: &CrateIndex<'_>,
    searched: SearchedSources,
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
                "source tracks have different genome builds: {}; coordinates are not comparable, lift over to one build first",
                listed.join(", ")
            ),
        );
    }
    let mut by_job: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for missing in &trace.missing {
        let names = by_job.entry(missing.job.as_str()).or_default();
        let name = &missing.dataset;
        let number = missing.number.map(|number| format!("{number}: {name}"));
        names.push(number.unwrap_or_else(|| name.clone()));
    }
    for names in by_job.into_values() {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        add(
            Strength::Should,
            format!(
                "no crate describes datasets that FAIRtracks import made, in the history {}: add the collection of crates of that import",
                some(&names)
            ),
        );
    }
    for reason in &trace.stopped {
        add(Strength::Should, stopped(*reason, searched.producer));
    }
    for other in &trace.doubts.other_checksums {
        add(Strength::Should, other.to_string());
    }
    if let Some(text) = without_proof((result, trace), crate_index, searched) {
        add(Strength::Should, text);
    }
    if !trace.suggested.is_empty() && !trace.proven.is_empty() {
        add(
            Strength::May,
            "further tracks match only by name, tag or equal bytes, which is no proof".to_owned(),
        );
    }
    if !trace.others.is_empty() && !trace.proven.is_empty() {
        let names: Vec<&str> = trace.others.iter().copied().collect();
        add(
            Strength::May,
            format!("also derived from data without metadata: {}", some(&names)),
        );
    }
    remarks.sort();
    remarks
}

/// Why no source track of a result is proven, and what to do; nothing where one is.
pub fn without_proof(
    (result, trace): (&DatasetFile, &Proof<'_>),
    crate_index: &CrateIndex<'_>,
    searched: SearchedSources,
) -> Option<String> {
    if !trace.proven.is_empty() {
        return None;
    }
    let same = trace.doubts.same_bytes.as_ref();
    Some(same.map_or_else(
        || {
            let is_unpacked = result.unpacked.is_none() && is_packed_track(trace, crate_index);
            let equal = equal_result((result, trace), crate_index);
            unproven(trace, searched, is_unpacked, equal)
        },
        ToString::to_string,
    ))
}

/// Why the lineage ends early, and what to do.
fn stopped(reason: StopReason, producer: Option<Producer>) -> String {
    let other = match producer {
        Some(Producer::HistoryExport) => {
            "export the history with all its datasets, including deleted and hidden ones"
        }
        _ => {
            "export the history (History options, Export History to File) and add the file as history export"
        }
    };
    match reason {
        StopReason::Limit => format!("the lineage exceeds the limit of the search: {other}"),
        StopReason::Access => "the lineage ends at a dataset that you have no permission to view: ask its owner to share it, or to run FAIRtracks follow before sharing the results".to_owned(),
        StopReason::Error => format!("Galaxy did not provide the whole lineage: {other}, or run the tool on the command line with --galaxy"),
    }
}

/// Whether a track that the name of a result suggests is a gzip file at its URL, whose checksum no decompressed file has.
fn is_packed_track(trace: &Proof<'_>, crate_index: &CrateIndex<'_>) -> bool {
    let named = trace.suggested.iter();
    let named = named.filter(|(_, hints)| hints.contains(&Hint::DocumentName));
    let mut files = named.flat_map(|(id, _)| crate_index.with_id(id));
    files.any(|file| {
        let addresses = crate_index[*file].addresses.iter();
        let mut paths = addresses.filter_map(|address| address.split(['?', '#']).next());
        paths.any(|path| path.to_ascii_lowercase().ends_with(".gz"))
    })
}

/// Which crate describes a result with the bytes of a result, and why that confirms no source track.
fn equal_result(
    (result, trace): (&DatasetFile, &Proof<'_>),
    crate_index: &CrateIndex<'_>,
) -> Option<String> {
    let described = &crate_index[*trace.equal_results.first()?];
    let crate_ = crate_index[described.indexed].known_as;
    let tracks = described.tracks().iter();
    let files = tracks.flat_map(|id| crate_index.with_id(id));
    let files = files.map(|file| &crate_index[*file]);
    let sources: BTreeSet<&str> = files
        .filter(|file| file.is_source)
        .map(|file| file.identifiers.first().unwrap_or(&file.name).as_str())
        .collect();
    let sources: Vec<&str> = sources.into_iter().collect();
    let bytes = result.digests.bytes;
    Some(match sources.is_empty() {
        true => {
            format!(
                "the crate {crate_} describes this file as a result, but states no source of it"
            )
        }
        false if bytes < FEWEST_BYTES => format!(
            "the crate {crate_} describes this file as a result of {}, but a file of {} may equal it by chance",
            some(&sources),
            counted(bytes as usize, "byte"),
        ),
        false => format!(
            "the crate {crate_} describes this file as a result of {}, but the lineage leads elsewhere",
            some(&sources)
        ),
    })
}

/// Why no source track is proven. `is_unpacked`: whether it may be the decompressed file of a suggested track; `equal`: which
/// crate describes it as a result.
fn unproven(
    trace: &Proof<'_>,
    searched: SearchedSources,
    is_unpacked: bool,
    equal: Option<String>,
) -> String {
    let is_described = equal.is_some();
    let known = equal.unwrap_or_else(|| match searched.has_documents {
        true => "no crate or document has the checksum of this file".to_owned(),
        false => "no crate describes this file".to_owned(),
    });
    let why = match (searched.producer, trace.is_in_lineage) {
        (Some(_), true) if is_described => known,
        (None, _) => format!("{known}, and there is no lineage"),
        (Some(_), false) => format!("{known}, and the lineage does not contain it"),
        (Some(_), true) if searched.has_documents => {
            "no crate or document has the checksum of this file or of its ancestors".to_owned()
        }
        (Some(_), true) => {
            "neither its bytes nor its lineage lead to data that the crates describe".to_owned()
        }
    };
    let hint = match (trace.suggested.is_empty(), searched.has_documents) {
        (false, _) if is_unpacked => {
            "the suggested track is a gzip file, and the document has the checksum of that: upload the file as served, or by its URL"
        }
        (false, _) if trace.doubts.contradict_the_name() => {
            "compare this file with the suggested track before you accept matches by identifier"
        }
        (false, _) => {
            "if the suggested tracks are right, tick the option to accept matches by identifier"
        }
        (true, true) => "add the crates of its source tracks, or a document that describes them",
        (true, false) => "add the crates of its source tracks",
    };
    format!("source tracks could not be confirmed: {why}; {hint}")
}

/// The first [`MOST_NAMED`] names and the number of the rest.
fn some(names: &[&str]) -> String {
    let shown: Vec<&str> = names.iter().take(MOST_NAMED).copied().collect();
    let more = names.len() - shown.len();
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
