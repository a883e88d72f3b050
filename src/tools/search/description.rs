//! What Galaxy shows of the outputs: names with the numbers and the question, the info box, and the genome build.

use std::collections::HashMap;

use crate::galaxy::output_metadata::DatasetDescription;
use crate::text::counted;
use crate::text::secrets;

use super::found::{SearchResult, SearchedSource};

/// How the names of outputs begin that Galaxy gives by the labels of the wrapper. Another name is the choice of a user, such as
/// the author of a workflow.
const LABEL: &str = "FAIRtracks search";

/// The descriptions of the outputs of a search.
pub(super) struct OutputDescriptions<'a> {
    found: &'a SearchResult,
    /// The question in a few words.
    question: &'a str,
    /// The names that Galaxy has for the outputs.
    names: &'a HashMap<String, String>,
}

impl<'a> OutputDescriptions<'a> {
    pub(super) fn new(
        found: &'a SearchResult,
        question: &'a str,
        names: &'a HashMap<String, String>,
    ) -> Self {
        OutputDescriptions {
            found,
            question,
            names,
        }
    }

    /// The description of an output, `kind` being what it is: `4 tracks: DNase-seq, hg38 – table of hits`.
    pub(super) fn of(
        &self,
        output: &str,
        kind: &str,
        has_genome_build: bool,
    ) -> DatasetDescription {
        let is_label = |name: &String| name.starts_with(LABEL);
        let counted = count(self.found.hits());
        let name = match self.question {
            "" => format!("{counted} – {kind}"),
            question => format!("{counted}: {question} – {kind}"),
        };
        let builds = &self.found.lists.counts.genome_builds;
        DatasetDescription {
            name: self.names.get(output).is_none_or(is_label).then_some(name),
            info: self.info(),
            genome_build: builds
                .common()
                .filter(|_| has_genome_build)
                .map(str::to_owned),
        }
    }

    /// The answer in one line; without a hit, what to try in the lines after it.
    fn info(&self) -> String {
        let mut lines = vec![verdict(self.found, self.question)];
        if self.found.hits() == 0 {
            lines.extend(self.found.hints.iter().map(|hint| format!("hint: {hint}")));
        }
        secrets::without(&lines.join("\n"))
    }
}

/// `4 tracks`, `No tracks`.
fn count(hits: usize) -> String {
    match hits {
        0 => "No tracks".to_owned(),
        hits => counted(hits, "track"),
    }
}

/// The answer in one line: `4 tracks of 62 in blood.fairtracks.json: DNase-seq, hg38`.
pub(super) fn verdict(found: &SearchResult, question: &str) -> String {
    let (answer, rest) = answer(found, question, str::to_owned);
    answer + &rest
}

/// The count, and the rest of the answer with names written by `name`.
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
