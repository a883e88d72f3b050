//! What Galaxy shows of the outputs: names with the numbers and the question, the info box, and the genome build.

use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::text::{counted, secrets, shortened};

use super::found::{SearchResult, SearchedSource};

/// The most characters that Galaxy keeps of a name and of an info text.
const LONGEST_TEXT: usize = 255;

/// The descriptions of the outputs of a search.
pub(super) struct OutputDescriptions<'a> {
    found: &'a SearchResult,
    /// The question in a few words.
    question: &'a str,
}

impl<'a> OutputDescriptions<'a> {
    pub(super) fn new(found: &'a SearchResult, question: &'a str) -> Self {
        OutputDescriptions { found, question }
    }

    /// Describes an output, `kind` being what it is: `4 tracks: DNase-seq, hg38 – table of hits`.
    pub(super) fn describe(
        &self,
        metadata: GalaxyMetadata,
        output: &str,
        kind: &str,
    ) -> GalaxyMetadata {
        metadata.with_name(output, &self.name(kind), &self.info())
    }

    /// The same of an output whose positions are those of a genome, where all hits agree on one.
    pub(super) fn describe_tracks(
        &self,
        metadata: GalaxyMetadata,
        output: &str,
        kind: &str,
    ) -> GalaxyMetadata {
        let metadata = self.describe(metadata, output, kind);
        match self.found.lists.counts.genome_builds.common() {
            Some(dbkey) => metadata.with_genome_build(output, dbkey),
            None => metadata,
        }
    }

    fn name(&self, kind: &str) -> String {
        let counted = count(self.found.hits());
        match self.question {
            "" => format!("{counted} – {kind}"),
            question => format!("{counted}: {question} – {kind}"),
        }
    }

    /// The answer in one line; without a hit, with what to try.
    fn info(&self) -> String {
        let (answer, rest) = answer(self.found, self.question, str::to_owned);
        let mut text = answer + &rest;
        if self.found.hits() == 0 {
            for hint in &self.found.hints {
                text = format!("{text}. Hint: {hint}");
            }
        }
        shortened(&secrets::without(&text), LONGEST_TEXT)
    }
}

/// `4 tracks`, `No tracks`.
fn count(hits: usize) -> String {
    match hits {
        0 => "No tracks".to_owned(),
        hits => counted(hits, "track"),
    }
}

/// The answer: the count, and the rest of the sentence with names written by `name`: `4 tracks`,
/// ` of 62 in blood.fairtracks.json: DNase-seq, hg38`.
pub(super) fn answer(
    found: &SearchResult,
    question: &str,
    name: impl Fn(&str) -> String,
) -> (String, String) {
    let place = match found.sources.as_slice() {
        [
            SearchedSource {
                name: hub,
                tracks: None,
                ..
            },
        ] => format!(" in the hub {}", name(hub)),
        [source] => format!(" in {}", name(&source.name)),
        several => format!(" in {}", counted(several.len(), "document")),
    };
    let of_all = found
        .tracks()
        .map_or(String::new(), |tracks| format!(" of {tracks}"));
    let question = match question {
        "" => String::new(),
        question => format!(": {question}"),
    };
    (count(found.hits()), format!("{of_all}{place}{question}"))
}
