//! The paragraph for the methods section of an article: only facts that the provenance graph states, in sentences.

mod actions;
mod results;
mod steps;
mod tracks;
mod words;

use crate::ro_crate::provenance::ProvenanceGraph;

/// The most accessions, tools or publications that the paragraph names; the tables list all.
const MOST_NAMED: usize = 12;
/// What an article calls the crate that holds the tables.
const CRATE: &str = "the published crate";
/// The path of the table of source tracks in a crate for publication.
pub const TRACKS_TABLE: &str = "metadata/tracks.tsv";
/// The path of the table of steps in a crate for publication.
pub const STEPS_TABLE: &str = "metadata/steps.tsv";

/// The paragraph, plain text without line breaks.
pub fn paragraph(provenance: &ProvenanceGraph) -> String {
    sentences(provenance, false)
}

/// The paragraph for a crate that has the tables of tracks and steps.
pub fn paragraph_with_tables(provenance: &ProvenanceGraph) -> String {
    let text = sentences(provenance, true);
    match provenance.processing().jobs.is_empty() {
        false if !text.is_empty() => {
            text + &format!(" The parameters of all jobs are listed in {STEPS_TABLE} of {CRATE}.")
        }
        _ => text,
    }
}

fn sentences(provenance: &ProvenanceGraph, tables: bool) -> String {
    // Without tracks and tools there is nothing to say of a method.
    if provenance.tracks.is_empty() && provenance.processing().jobs.is_empty() {
        return String::new();
    }
    let sentences = [
        tracks::sources(provenance, tables),
        tracks::measured(provenance),
        tracks::builds(provenance),
        actions::found(provenance),
        actions::brought(provenance),
        actions::processed(provenance),
        actions::failed(provenance),
        results::given(provenance),
        results::unproven(provenance),
        results::published(provenance, tables),
        Some(results::software(provenance)),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    let text = sentences.join(" ");
    text.split(|c: char| c.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::Step;
    use crate::ro_crate::provenance::examples::{self, Example};

    #[test]
    fn the_paragraph_reads_as_one_in_an_article() {
        assert_eq!(
            paragraph(&ProvenanceGraph::of(&examples::map_and_merge(9))),
            "Nine genomic tracks were obtained from ENCODE Project Portal (ENCODE) (accessions encode:ENCFF000, encode:ENCFF001, encode:ENCFF002, \
             encode:ENCFF003, encode:ENCFF004, encode:ENCFF005, encode:ENCFF006, encode:ENCFF007, encode:ENCFF008). They were generated from GM12878, H1-hESC \
             and K562 by ChIP-seq (targets: CTCF, H3K27ac and H3K4me3). Coordinates refer to genome build GRCh38. The tracks were downloaded on 24 November 2026 with \
             FAIRtracks import (version 0.1.0). The data were processed in Galaxy (doi:10.1093/nar/gkae410) on 25 November 2026 with 2 tools in 10 jobs: bedtools_sortbed (version 2.31.1+galaxy0; \
             9 jobs) and bedtools_mergebed (version 2.31.1; 1 job), in this order. The analysis produced “Merged peaks of all cells”. The source tracks are described \
             in PubMed 22955616. Metadata and provenance were recorded with the FAIRtracks tools for Galaxy (version 0.1.0), based on the FAIRtracks metadata \
             standard (doi:10.12688/f1000research.28449.1)."
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        assert_eq!(
            paragraph(&ProvenanceGraph::of(&examples::unproven())),
            "The data were processed in Galaxy (doi:10.1093/nar/gkae410) on 25 November 2026 with sort1 (version 1.2.0) in 1 job. The analysis produced “Sort on data 7”. The source tracks of the \
             result could not be confirmed. Metadata and provenance were recorded with the FAIRtracks tools for Galaxy (version 0.1.0)."
        );
        assert_eq!(
            paragraph(&ProvenanceGraph::of(&Example::about("nothing", &[]).0)),
            ""
        );
    }

    #[test]
    fn the_publications_of_tools_are_cited() {
        let mut provenance = ProvenanceGraph::of(&examples::unproven());
        for step in &mut provenance.steps {
            step.citations = vec![
                "https://doi.org/10.1093/sort/1".to_owned(),
                "https://plant.example/x".to_owned(),
            ];
        }
        let text = paragraph(&provenance);
        let sentence = "with sort1 (version 1.2.0; doi:10.1093/sort/1) in 1 job.";
        assert!(text.contains(sentence), "{text}");
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
        assert!(text.starts_with("A total of 10,000 genomic tracks were obtained from ENCODE Project Portal (ENCODE) (encode:ENCFF000, encode:ENCFF001, encode:ENCFF002 and 9,997 accessions more)"), "{text}");
        assert!(text.len() < 1200);
    }

    #[test]
    fn with_tables_the_paragraph_names_their_files() {
        let text = paragraph_with_tables(&ProvenanceGraph::of(&examples::map_and_merge(300)));
        assert!(
            text.starts_with("A total of 300 genomic tracks were obtained from ENCODE Project Portal (ENCODE) (accessions in metadata/tracks.tsv of the published crate)."),
            "{text}"
        );
        assert!(
            text.ends_with("The parameters of all jobs are listed in metadata/steps.tsv of the published crate."),
            "{text}"
        );
    }

    #[test]
    fn a_search_is_told_in_the_words_of_the_user() {
        let conditions = r#"{"version": 2, "join": "and", "conditions": [{"about": ["assay"], "operator": "contains_words", "values": ["ChIP-seq"]}]}"#;
        let mut example = Example::about("Peaks", &["#track-0000000000000001"]);
        example.track(1);
        let search = crate::ro_crate::Entity::new("#search-1", &["SearchAction"])
            .with("query", "experiments.content->'technique' IS NOT NULL")
            .with("endTime", "2026-11-23T08:00:00+00:00")
            .with(
                "description",
                format!("Conditions of the form: {conditions}"),
            )
            .referring("instrument", "#search-tool")
            .referring("object", "https://trackfind.example.org");
        example.0.add(search);
        for (id, name) in [
            ("#search-tool", "fairtracks_search"),
            ("https://trackfind.example.org", "TrackFind server, A / B"),
        ] {
            let entity = crate::ro_crate::Entity::new(id, &["SoftwareApplication"]);
            example.0.add(entity.with("name", name));
        }
        let text = paragraph(&ProvenanceGraph::of(&example.0));
        let sentence = "The track was found on 23 November 2026 with FAIRtracks search by searching for assay “ChIP-seq” \
                        (searched: TrackFind server, A / B, https://trackfind.example.org).";
        assert!(text.contains(sentence), "{text}");
    }

    #[test]
    fn an_order_is_stated_where_there_is_one() {
        let mut lanes = Example::about("Lanes", &["#data-1", "#data-2"]);
        for lane in [1, 2] {
            let track = lanes.track(lane);
            let (sorted, merged) = (format!("#dataset-{lane}"), format!("#data-{lane}"));
            lanes.step("sort1", "1.2.0", &[&track], &[&sorted]);
            lanes.step("merge1", "1.0", &[&sorted], &[&merged]);
            lanes.result(&merged, &merged, &[&track]);
        }
        let text = paragraph(&ProvenanceGraph::of(&lanes.0));
        let sentence = "with 2 tools in 4 jobs: sort1 (version 1.2.0; 2 jobs) and merge1 (version 1.0; 2 jobs), in this order.";
        assert!(text.contains(sentence), "{text}");
        let fork = paragraph(&ProvenanceGraph::of(&examples::diamond()));
        assert!(!fork.contains("in this order"), "{fork}");
    }
}
