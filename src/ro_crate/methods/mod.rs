//! The paragraph for the methods section of an article: what the chain tells, in sentences, and nothing that it does not tell.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::picture::counted;
use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack, Status, Step, StepKind};
use words::{at_start, each, in_brackets, listed, was, when};

/// How many accessions, tools or publications are named; of more the tables have all.
const MOST_NAMED: usize = 12;
/// The paragraph, plain text without line breaks.
pub fn paragraph(provenance: &ProvenanceGraph) -> String {
    let sentences = [
        sources(provenance),
        measured(provenance),
        builds(provenance),
        found(provenance),
        brought(provenance),
        processed(provenance),
        failed(provenance),
        given(provenance),
        unproven(provenance),
        published(provenance),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    let text = sentences.join(" ");
    text.split(|c: char| c.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How many tracks from whom, with their accessions.
fn sources(provenance: &ProvenanceGraph) -> Option<String> {
    if provenance.tracks.is_empty() {
        return None;
    }
    let mut by_provider: BTreeMap<String, Vec<&SourceTrack>> = BTreeMap::new();
    for track in &provenance.tracks {
        let name = match (&*track.collection, &*track.collection_short_name) {
            (long, "") => long.to_owned(),
            (long, short) => format!("{long} ({short})"),
        };
        by_provider.entry(name).or_default().push(track);
    }
    let unknown = by_provider.remove("");
    let mut known: Vec<(String, Vec<&SourceTrack>)> = by_provider.into_iter().collect();
    known.sort_by_key(|(_, tracks)| std::cmp::Reverse(tracks.len()));
    let is_only = known.len() + unknown.iter().count() == 1;
    let mut parts: Vec<String> = known
        .iter()
        .map(|(name, tracks)| {
            let count = Some(counted(tracks.len(), "track")).filter(|_| !is_only);
            let details = [count, accessions(tracks)];
            format!(
                "{name}{}",
                in_brackets(details.into_iter().flatten().collect())
            )
        })
        .collect();
    if let Some(tracks) = &unknown {
        if is_only {
            let details = accessions(tracks).into_iter().collect();
            let count = at_start(tracks.len(), "genomic track");
            return Some(format!(
                "{} used{}.",
                was(tracks.len(), &count),
                in_brackets(details)
            ));
        }
        let details = accessions(tracks).into_iter().collect();
        parts.push(format!(
            "providers that are not stated ({}){}",
            counted(tracks.len(), "track"),
            in_brackets(details)
        ));
    }
    let count = at_start(provenance.tracks.len(), "genomic track");
    Some(format!(
        "{} obtained from {}.",
        was(provenance.tracks.len(), &count),
        listed(&parts)
    ))
}

fn accessions(tracks: &[&SourceTrack]) -> Option<String> {
    let named: Vec<&str> = tracks
        .iter()
        .map(|track| track.local_id.as_str())
        .filter(|id| !id.is_empty())
        .collect();
    match named.len() {
        0 => None,
        count if count > MOST_NAMED => Some("accessions in the table of source tracks".to_owned()),
        count if count < tracks.len() => Some(format!("among them {}", named.join(", "))),
        1 => Some(format!("accession {}", named[0])),
        _ => Some(format!("accessions {}", named.join(", "))),
    }
}

/// What was measured in which cells, where all tracks tell it.
fn measured(provenance: &ProvenanceGraph) -> Option<String> {
    let assays = each(provenance.tracks.iter().map(|track| track.assay.as_str()))?;
    let of_assay = |assay: &String| {
        let tracks: Vec<&SourceTrack> = provenance
            .tracks
            .iter()
            .filter(|track| track.assay == *assay)
            .collect();
        let targets = each(tracks.iter().map(|track| track.target.as_str()));
        let targets = targets.map(|targets| format!(" of {}", listed(&targets)));
        let count = (assays.len() > 1).then(|| counted(tracks.len(), "track"));
        format!(
            "{assay}{}{}",
            targets.unwrap_or_default(),
            in_brackets(count.into_iter().collect())
        )
    };
    let parts: Vec<String> = assays.iter().map(of_assay).collect();
    let mut text = match provenance.tracks.len() {
        1 => format!("It was made by {}", listed(&parts)),
        _ => format!("They were made by {}", listed(&parts)),
    };
    if let Some(cells) = each(
        provenance
            .tracks
            .iter()
            .map(|track| track.cell_or_tissue.as_str()),
    ) {
        text.push_str(&format!(
            "{} in {}",
            if parts.len() > 1 { "," } else { "" },
            listed(&cells)
        ));
    }
    Some(format!("{text}."))
}

fn builds(provenance: &ProvenanceGraph) -> Option<String> {
    let builds = each(
        provenance
            .tracks
            .iter()
            .map(|track| track.assembly.as_str()),
    )?;
    Some(match builds.as_slice() {
        [build] => format!("The genome build is {build}."),
        builds => format!("The genome builds are {}.", listed(builds)),
    })
}

/// How the tracks were found.
fn found(provenance: &ProvenanceGraph) -> Option<String> {
    let searches: Vec<&Step> = of_kind(provenance, StepKind::Search).collect();
    let tools = tools(&searches);
    let queries: BTreeSet<&str> = searches
        .iter()
        .flat_map(|step| &step.parameters)
        .filter(|(name, value)| name == "query" && value.len() < 300)
        .map(|(_, query)| query.as_str())
        .collect();
    let by = match queries.len() {
        1..=3 => {
            let queries: Vec<String> = queries.iter().map(|query| format!("“{query}”")).collect();
            let noun = if queries.len() == 1 {
                "query"
            } else {
                "queries"
            };
            format!(" by the {noun} {}", listed(&queries))
        }
        _ => String::new(),
    };
    (!tools.is_empty()).then(|| {
        let described_file = was(provenance.tracks.len(), noun(provenance));
        format!(
            "{described_file} found with {}{by}{}.",
            listed(&tools),
            when(&searches)
        )
    })
}

fn noun(provenance: &ProvenanceGraph) -> &'static str {
    if provenance.tracks.len() == 1 {
        "The track"
    } else {
        "The tracks"
    }
}

/// How the tracks came into Galaxy.
fn brought(provenance: &ProvenanceGraph) -> Option<String> {
    let imports: Vec<&Step> = of_kind(provenance, StepKind::Import).collect();
    let registrations: Vec<&Step> = of_kind(provenance, StepKind::Registration).collect();
    let mut sentences = Vec::new();
    for (steps, word) in [
        (imports, "imported into Galaxy"),
        (registrations, "registered in Galaxy by address"),
    ] {
        let tools = tools(&steps);
        if !tools.is_empty() {
            let described_file = match steps.len() {
                count if count == provenance.tracks.len() => was(count, noun(provenance)),
                count => was(count, &counted(count, "track")),
            };
            sentences.push(format!(
                "{described_file} {word}{} with {}.",
                when(&steps),
                listed(&tools)
            ));
        }
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// What was done with them.
fn processed(provenance: &ProvenanceGraph) -> Option<String> {
    let steps: Vec<&Step> = of_kind(provenance, StepKind::Tool).collect();
    let mut tools = tools(&steps);
    if tools.is_empty() {
        return None;
    }
    if tools.len() > 3 * MOST_NAMED {
        let more = tools.len() - 3 * MOST_NAMED;
        tools.truncate(3 * MOST_NAMED);
        tools.push(format!("{} more", counted(more, "tool")));
    }
    let times = when(&steps);
    Some(match tools.len() {
        1 => format!("The data were processed{times} with {}.", tools[0]),
        _ => format!(
            "The data were processed{times} with {}, in this order.",
            listed(&tools)
        ),
    })
}

fn failed(provenance: &ProvenanceGraph) -> Option<String> {
    let failed = of_kind(provenance, StepKind::Tool).filter(|step| step.status == Status::Failed);
    match failed.count() {
        0 => None,
        count => Some(format!("{} of tools failed.", counted(count, "run"))),
    }
}

/// What came of it.
fn given(provenance: &ProvenanceGraph) -> Option<String> {
    let names: Vec<String> = provenance
        .results
        .iter()
        .map(|result| format!("“{}”", result.label()))
        .collect();
    if provenance.tracks.is_empty() && provenance.tool_steps().next().is_none() {
        return None;
    }
    match names.len() {
        0 => None,
        1 => Some(format!("The result is {}.", names[0])),
        count if count <= MOST_NAMED => Some(format!("The results are {}.", listed(&names))),
        count => Some(format!("There are {}.", counted(count, "result"))),
    }
}

fn unproven(provenance: &ProvenanceGraph) -> Option<String> {
    let unproven = provenance
        .results
        .iter()
        .filter(|result| result.based_on.is_empty());
    match (unproven.count(), provenance.results.len()) {
        (0, _) => None,
        (1, 1) => Some("From which tracks the result was made is not proven.".to_owned()),
        (count, all) => Some(format!(
            "From which tracks they were made is not proven for {count} of {}.",
            counted(all, "result")
        )),
    }
}

/// What was published about the data.
fn published(provenance: &ProvenanceGraph) -> Option<String> {
    let publications: BTreeSet<&str> = provenance
        .tracks
        .iter()
        .flat_map(|track| &track.publications)
        .map(|publication| match publication.name.as_str() {
            "" => publication.address.as_str(),
            name => name,
        })
        .collect();
    let names: Vec<String> = publications
        .iter()
        .take(MOST_NAMED + 1)
        .map(|name| (*name).to_owned())
        .collect();
    match names.len() {
        0 => None,
        1 => Some(format!("The data are described in {}.", names[0])),
        count if count <= MOST_NAMED => {
            Some(format!("The data are described in {}.", listed(&names)))
        }
        _ => Some(format!(
            "The data are described in {}, which the table of source tracks names.",
            counted(publications.len(), "publication")
        )),
    }
}

fn of_kind(provenance: &ProvenanceGraph, kind: StepKind) -> impl Iterator<Item = &Step> {
    provenance
        .steps
        .iter()
        .filter(move |step| step.kind == kind)
}

/// The tools of some steps with their versions, each once, in the order of first use; how often those of Galaxy ran.
fn tools(steps: &[&Step]) -> Vec<String> {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for (place, step) in steps.iter().enumerate() {
        let name = if step.tool.is_empty() {
            &step.tool_address
        } else {
            &step.tool
        };
        if !name.is_empty() {
            counts
                .entry((name, &step.tool_version))
                .or_insert((place, 0))
                .1 += 1;
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, (place, _))| *place);
    sorted
        .into_iter()
        .map(|((name, version), (_, runs))| {
            let version = (!version.is_empty()).then(|| format!("version {version}"));
            let is_tool = steps
                .first()
                .is_some_and(|step| step.kind == StepKind::Tool);
            let runs = (is_tool && runs > 1).then(|| counted(runs, "run"));
            format!(
                "{name}{}",
                in_brackets(version.into_iter().chain(runs).collect())
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::examples::{self, Example};

    #[test]
    fn the_paragraph_reads_as_one_in_an_article() {
        assert_eq!(
            paragraph(&ProvenanceGraph::of(&examples::map_and_merge(9))),
            "Nine genomic tracks were obtained from ENCODE Project Portal (ENCODE) (accessions encode:ENCFF000, encode:ENCFF001, encode:ENCFF002, \
             encode:ENCFF003, encode:ENCFF004, encode:ENCFF005, encode:ENCFF006, encode:ENCFF007, encode:ENCFF008). They were made by ChIP-seq of CTCF, \
             H3K27ac and H3K4me3 in GM12878, H1-hESC and K562. The genome build is GRCh38. The tracks were imported into Galaxy on 24 November 2026 with \
             fairtracks_import (version 0.1.0). The data were processed on 25 November 2026 with bedtools_sortbed (version 2.31.1+galaxy0; 9 runs) and bedtools_mergebed \
             (version 2.31.1), in this order. The result is “Merged peaks of all cells”. The data are described in pubmed:22955616."
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        assert_eq!(
            paragraph(&ProvenanceGraph::of(&examples::unproven())),
            "The data were processed on 25 November 2026 with sort1 (version 1.2.0). The result is “Sort on data 7”. From which tracks the result was \
             made is not proven."
        );
        assert_eq!(
            paragraph(&ProvenanceGraph::of(&Example::about("nothing", &[]).0)),
            ""
        );
    }

    #[test]
    fn of_many_tracks_the_table_has_the_accessions() {
        let text = paragraph(&ProvenanceGraph::of(&examples::map_and_merge(10_000)));
        assert!(text.starts_with("A total of 10,000 genomic tracks were obtained from ENCODE Project Portal (ENCODE) (accessions in the table"), "{text}");
        assert!(text.len() < 1000);
    }
}
