//! The lines of the table.

use std::collections::{BTreeMap, BTreeSet};

use crate::galaxy::LONGEST_ELEMENT_IDENTIFIER;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::tool_address::{short_tool_id, tool_in_words};
use crate::ro_crate::crate_index::{CrateIndex, DescribedFile, FileId};
use crate::ro_crate::proof::trace::{Evidence, Hint, Proof};
use crate::ro_crate::proof::{SearchedSources, findings, genome_builds};
use crate::text::unique_names::numbered;
use crate::tools::follow::table::FollowRow;

pub fn rows(
    results: &[DatasetFile],
    traces: &[Proof<'_>],
    crate_index: &CrateIndex<'_>,
    searched: SearchedSources,
) -> Vec<FollowRow> {
    // The same numbers as those of the crates, without private text.
    let names = results.iter().map(|result| &*result.element_identifier);
    let names = numbered(names, LONGEST_ELEMENT_IDENTIFIER).into_iter();
    let pairs = results.iter().zip(traces).zip(names);
    pairs
        .map(|((result, trace), name)| FollowRow {
            result: name,
            ..row(result, trace, crate_index, searched)
        })
        .collect()
}

fn row(
    result: &DatasetFile,
    trace: &Proof<'_>,
    crate_index: &CrateIndex<'_>,
    searched: SearchedSources,
) -> FollowRow {
    let evidence: BTreeSet<String> = trace.proven.values().flat_map(labels).collect();
    let hints = trace.suggested.values().flatten().map(|hint| word(*hint));
    let mut hints: BTreeSet<&str> = hints.collect();
    let mut suggested = names(trace.suggested.keys(), crate_index, |_| true);
    if let Some(same) = trace.doubts.same_bytes.as_ref()
        && trace.proven.is_empty()
    {
        suggested.extend_from_slice(&same.first);
        hints.insert(word(Hint::SameBytes));
    }
    let mut tools: Vec<String> = Vec::new();
    let mut tools_in_words: Vec<String> = Vec::new();
    for job in trace.jobs.iter().rev() {
        let tool = format!("{} {}", short_tool_id(&job.tool_id), job.tool_version);
        let tool = tool.trim_end().to_owned();
        if !tools.contains(&tool) {
            tools.push(tool);
            let (name, id) = (&job.tool_name, short_tool_id(&job.tool_id));
            tools_in_words.push(tool_in_words(name, id, &job.tool_version));
        }
    }
    FollowRow {
        result: result.element_identifier.clone(),
        proven: names(trace.proven.keys(), crate_index, |place| {
            trace.met.contains(&place)
        }),
        evidence: evidence.into_iter().collect(),
        suggested,
        suggested_by: hints.into_iter().collect(),
        steps: trace.jobs.len(),
        tools,
        tools_in_words,
        genome_builds: genome_builds(trace, crate_index)
            .into_keys()
            .filter(|build| !build.is_empty())
            .map(str::to_owned)
            .collect(),
        findings: findings((result, trace), crate_index, searched)
            .into_iter()
            .map(|remark| (remark.strength, remark.text))
            .collect(),
        name: result.name.clone(),
        datatype: result.extension.clone(),
        dbkey: result.dbkey.clone(),
        bytes: result.digests.bytes,
        sha256: result.digests.sha256.hexadecimal(),
    }
}

/// The evidence of a track; of several digests only the strongest.
fn labels(evidence: &BTreeSet<Evidence>) -> impl Iterator<Item = String> {
    let mut strongest: BTreeMap<&str, Evidence> = BTreeMap::new();
    let mut sorted: Vec<Evidence> = evidence.iter().copied().collect();
    sorted.sort_by_key(|evidence| evidence.digest_function());
    for evidence in sorted {
        strongest.entry(evidence.kind()).or_insert(evidence);
    }
    strongest.into_values().map(Evidence::label)
}

fn word(hint: Hint) -> &'static str {
    match hint {
        Hint::ElementIdentifier => "identifier",
        Hint::NameTag => "tag",
        Hint::SameBytes => "same bytes",
        Hint::EqualResult => "bytes of a result",
        Hint::DocumentName => "document name",
    }
}

/// The ids of tracks as their documents have them, of those files alone that count.
fn names<'i>(
    ids: impl Iterator<Item = &'i String>,
    crate_index: &CrateIndex<'_>,
    counts: impl Fn(FileId) -> bool,
) -> Vec<String> {
    let mut names: BTreeMap<&str, ()> = BTreeMap::new();
    let mut nameless: Vec<String> = Vec::new();
    for id in ids {
        let places = crate_index.with_id(id).iter();
        let places = places.copied().filter(|place| counts(*place));
        let described_files: Vec<&DescribedFile> = places
            .map(|place| &crate_index[place])
            .filter(|described_file| described_file.is_source)
            .collect();
        for described_file in &described_files {
            names.insert(
                described_file
                    .identifiers
                    .first()
                    .unwrap_or(&described_file.name),
                (),
            );
        }
        if described_files.is_empty() {
            nameless.push(id.clone());
        }
    }
    names
        .into_keys()
        .map(str::to_owned)
        .chain(nameless)
        .collect()
}
