//! The paragraph for the methods section of an article: only facts that the provenance graph states, in sentences.

mod steps;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::picture::counted;
use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack, Status, Step, StepKind};
use crate::text::first_filled;
use steps::{is_one_path, of_kind, tool_steps, tools};
use words::{at_start, each, in_brackets, listed, was, when};

/// The most accessions, tools or publications that the paragraph names; the tables list all.
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
    // Without tracks and tools there is nothing to say of a method.
    if provenance.tracks.is_empty() && tool_steps(provenance).is_empty() {
        return String::new();
    }
    let text = sentences.join(" ");
    text.split(|c: char| c.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The paragraph for a crate that has the tables of tracks and steps.
pub fn paragraph_with_tables(provenance: &ProvenanceGraph) -> String {
    let text = paragraph(provenance);
    match provenance.tool_steps().next() {
        Some(_) if !text.is_empty() => text + " Parameters are listed in metadata/steps.tsv.",
        _ => text,
    }
}

/// The number of tracks from each provider, with their accessions.
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
            let details = [count, accessions(tracks)].into_iter().flatten();
            format!("{name}{}", in_brackets(details.collect()))
        })
        .collect();
    let all = provenance.tracks.len();
    let subject = was(all, &at_start(all, "genomic track"));
    if let Some(tracks) = &unknown {
        let details = in_brackets(accessions(tracks).into_iter().collect());
        if is_only {
            return Some(format!("{subject} used{details}."));
        }
        let count = counted(tracks.len(), "track");
        parts.push(format!("unstated providers ({count}){details}"));
    }
    Some(format!("{subject} obtained from {}.", listed(&parts)))
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

/// Cells, assays and targets, if all tracks state them.
fn measured(provenance: &ProvenanceGraph) -> Option<String> {
    let assays = each_of(provenance, |track| &track.assay)?;
    let letters = |text: &str| {
        text.to_lowercase()
            .replace(|c: char| !c.is_alphanumeric(), "")
    };
    let of_assay = |assay: &String| {
        let tracks: Vec<&SourceTrack> = provenance
            .tracks
            .iter()
            .filter(|track| track.assay == *assay)
            .collect();
        let targets = each(tracks.iter().map(|track| track.target.as_str()));
        let mut targets = targets.unwrap_or_default();
        // A target that repeats the assay says nothing more.
        targets.retain(|target| !letters(assay).contains(&letters(target)));
        let noun = if targets.len() == 1 {
            "target"
        } else {
            "targets"
        };
        let targets = (!targets.is_empty())
            .then(|| format!("{noun}: {}", listed(&targets).replace('_', " ")));
        let count = (assays.len() > 1).then(|| counted(tracks.len(), "track"));
        let article = if assay.ends_with("assay") { "the " } else { "" };
        let details = in_brackets(count.into_iter().chain(targets).collect());
        format!("{article}{assay}{details}")
    };
    let parts: Vec<String> = assays.iter().map(of_assay).collect();
    let subject = match provenance.tracks.len() {
        1 => "It was",
        _ => "They were",
    };
    let cells = each_of(provenance, |track| &track.cell_or_tissue);
    let cells = cells.map(|cells| format!(" from {}", listed(&cells)));
    let (cells, assays) = (cells.unwrap_or_default(), listed(&parts));
    Some(format!("{subject} generated{cells} by {assays}."))
}

/// The distinct texts of all tracks; `None` if one of them is empty or there are too many.
fn each_of(provenance: &ProvenanceGraph, text: fn(&SourceTrack) -> &String) -> Option<Vec<String>> {
    each(provenance.tracks.iter().map(|track| text(track).as_str()))
}

fn builds(provenance: &ProvenanceGraph) -> Option<String> {
    let builds = each_of(provenance, |track| &track.assembly)?;
    Some(match builds.as_slice() {
        [build] => format!("Coordinates refer to genome build {build}."),
        builds => {
            let with_count = |build: &String| {
                let tracks = provenance.tracks.iter();
                let count = tracks.filter(|track| track.assembly == *build).count();
                format!("{build} ({})", counted(count, "track"))
            };
            let builds = listed(&builds.iter().map(with_count).collect::<Vec<_>>());
            format!("Coordinates refer to the genome builds {builds}.")
        }
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
            format!(" using the {noun} {}", listed(&queries))
        }
        _ => String::new(),
    };
    (!tools.is_empty()).then(|| {
        let subject = was(provenance.tracks.len(), noun(provenance));
        format!(
            "{subject} found with {}{by}{}.",
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

/// How the tracks were imported.
fn brought(provenance: &ProvenanceGraph) -> Option<String> {
    let imports: Vec<&Step> = of_kind(provenance, StepKind::Import).collect();
    let registrations: Vec<&Step> = of_kind(provenance, StepKind::Registration).collect();
    let mut sentences = Vec::new();
    for (steps, word) in [
        (imports, "downloaded"),
        (registrations, "registered in Galaxy by URL"),
    ] {
        let tools = tools(&steps);
        if !tools.is_empty() {
            // Several crates may describe an import of one track.
            let outputs = steps.iter().flat_map(|step| &step.outputs);
            let ids: BTreeSet<&str> = outputs.map(String::as_str).collect();
            let is_here = |track: &&SourceTrack| ids.contains(track.id.as_str());
            let subject = match provenance.tracks.iter().filter(is_here).count() {
                0 => was(steps.len(), &counted(steps.len(), "track")),
                count if count == provenance.tracks.len() => was(count, noun(provenance)),
                count => was(count, &counted(count, "track")),
            };
            sentences.push(format!(
                "{subject} {word}{} with {}.",
                when(&steps),
                listed(&tools)
            ));
        }
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The tools that processed the tracks.
fn processed(provenance: &ProvenanceGraph) -> Option<String> {
    let steps = tool_steps(provenance);
    let mut tools = tools(&steps);
    if tools.is_empty() {
        return None;
    }
    if tools.len() > 3 * MOST_NAMED {
        let more = tools.len() - 3 * MOST_NAMED;
        tools.truncate(3 * MOST_NAMED);
        tools.push(counted(more, "more tool"));
    }
    let times = when(&steps);
    Some(match tools.len() {
        1 => format!("The data were processed{times} with {}.", tools[0]),
        _ => {
            let order = if is_one_path(&steps) {
                ", in this order"
            } else {
                ""
            };
            format!(
                "The data were processed{times} with {}{order}.",
                listed(&tools)
            )
        }
    })
}

fn failed(provenance: &ProvenanceGraph) -> Option<String> {
    let failed = of_kind(provenance, StepKind::Tool).filter(|step| step.status == Status::Failed);
    match failed.count() {
        0 => None,
        count => Some(format!("{} failed.", counted(count, "tool run"))),
    }
}

/// The results.
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
        count if count <= MOST_NAMED => Some(format!("The analysis produced {}.", listed(&names))),
        count => Some(format!(
            "The analysis produced {}.",
            counted(count, "result")
        )),
    }
}

fn unproven(provenance: &ProvenanceGraph) -> Option<String> {
    let unproven = provenance
        .results
        .iter()
        .filter(|result| result.based_on.is_empty());
    match (unproven.count(), provenance.results.len()) {
        (0, _) => None,
        (1, 1) => Some("The source tracks of the result could not be confirmed.".to_owned()),
        (count, all) => Some(format!(
            "The source tracks could not be confirmed for {count} of {}.",
            counted(all, "result")
        )),
    }
}

/// The publications of the data.
fn published(provenance: &ProvenanceGraph) -> Option<String> {
    let publications: BTreeSet<&str> = provenance
        .tracks
        .iter()
        .flat_map(|track| &track.publications)
        .map(|publication| first_filled(&[&publication.name, &publication.address]))
        .collect();
    let names: Vec<String> = publications
        .iter()
        .take(MOST_NAMED + 1)
        .map(|name| match name.strip_prefix("pubmed:") {
            Some(number) => format!("PubMed {number}"),
            None => (*name).to_owned(),
        })
        .collect();
    let named = match names.len() {
        0 => return None,
        count if count <= MOST_NAMED => listed(&names),
        _ => {
            let count = counted(publications.len(), "publication");
            format!("{count}, listed in the table of source tracks")
        }
    };
    Some(format!("The source tracks are described in {named}."))
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
             encode:ENCFF003, encode:ENCFF004, encode:ENCFF005, encode:ENCFF006, encode:ENCFF007, encode:ENCFF008). They were generated from GM12878, H1-hESC \
             and K562 by ChIP-seq (targets: CTCF, H3K27ac and H3K4me3). Coordinates refer to genome build GRCh38. The tracks were downloaded on 24 November 2026 with \
             fairtracks_import (version 0.1.0). The data were processed on 25 November 2026 with bedtools_sortbed (version 2.31.1+galaxy0; 9 runs) and bedtools_mergebed \
             (version 2.31.1), in this order. The analysis produced “Merged peaks of all cells”. The source tracks are described in PubMed 22955616."
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        assert_eq!(
            paragraph(&ProvenanceGraph::of(&examples::unproven())),
            "The data were processed on 25 November 2026 with sort1 (version 1.2.0). The analysis produced “Sort on data 7”. The source tracks of the result could not be confirmed."
        );
        assert_eq!(
            paragraph(&ProvenanceGraph::of(&Example::about("nothing", &[]).0)),
            ""
        );
    }

    #[test]
    fn an_upload_is_no_processing() {
        let mut provenance = ProvenanceGraph::of(&examples::unproven());
        let before = paragraph(&provenance);
        let mut steps = provenance.steps.iter();
        let sort = steps.find(|step| step.tool_label() == "sort1").unwrap();
        let upload = Step {
            tool: "__DATA_FETCH__".to_owned(),
            ..sort.clone()
        };
        provenance.steps.insert(0, upload);
        assert_eq!(paragraph(&provenance), before);
    }

    #[test]
    fn of_many_tracks_the_table_has_the_accessions() {
        let text = paragraph(&ProvenanceGraph::of(&examples::map_and_merge(10_000)));
        assert!(text.starts_with("A total of 10,000 genomic tracks were obtained from ENCODE Project Portal (ENCODE) (accessions in the table"), "{text}");
        assert!(text.len() < 1000);
    }
}
