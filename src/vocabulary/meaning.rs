//! The meaning of words that a user typed, as a test of values.

use super::subject::Subject;
use super::term_table::TermTable;
use super::word_sequence::WordSequence;
use crate::genome::assembly::{self, Named};

/// The longest synonym, in letters, that is compared with whole values only: `AML` within a text may be another word.
const LONGEST_ABBREVIATION: usize = 3;

/// The builds of the human genome as people say them, behind `human` and `genome` or alone.
const HUMAN_BUILDS: [(&str, &str); 3] = [
    ("build36", "hg18"),
    ("build37", "hg19"),
    ("build38", "hg38"),
];

/// What words mean: the words themselves, their synonyms and narrower terms, or an assembly.
#[derive(Debug, Clone)]
pub struct Meaning {
    asked: WordSequence,
    synonyms: Vec<WordSequence>,
    narrower: Vec<WordSequence>,
    assembly: Option<&'static str>,
    is_known: bool,
    /// The tables that have the term, and the labels of the term and of those below it.
    tables: Vec<(&'static TermTable, Vec<&'static str>)>,
}

impl Meaning {
    /// The meaning of `asked` for a subject, or for any subject. `pairs` are names of one thing that stand side by side in a
    /// document, such as the id and the symbol of a gene.
    pub fn of(subject: Option<Subject>, asked: &str, pairs: &[(String, String)]) -> Self {
        let words = WordSequence::of(asked);
        let mut meaning = Meaning {
            asked: words.clone(),
            synonyms: Vec::new(),
            narrower: Vec::new(),
            assembly: None,
            is_known: false,
            tables: Vec::new(),
        };
        let is_of_subject = |one: Subject| subject.is_none_or(|subject| subject == one);
        for one in Subject::ALL.into_iter().filter(|one| is_of_subject(*one)) {
            let Some(table) = one.table() else { continue };
            let Some(term) = table.named(&words) else {
                continue;
            };
            meaning.is_known = true;
            meaning.synonyms.extend(term.names.iter().cloned());
            let below = table.narrower(term);
            let labels = below.iter().map(|term| term.label.as_str());
            let labels = labels.chain([term.label.as_str()]).collect();
            meaning.tables.push((table, labels));
            let names = below.into_iter().flat_map(|term| &term.names);
            meaning.narrower.extend(names.cloned());
        }
        if is_of_subject(Subject::Assembly)
            && let Some(key) = assembly_key(asked)
        {
            meaning.is_known = true;
            meaning.assembly = Some(key);
        }
        let joined = words.joined();
        for (one, other) in pairs {
            let (one, other) = (WordSequence::of(one), WordSequence::of(other));
            if one.joined() == joined {
                meaning.synonyms.push(other);
            } else if other.joined() == joined {
                meaning.synonyms.push(one);
            }
        }
        meaning
    }

    /// Whether a table has a term of this name.
    pub fn is_known(&self) -> bool {
        self.is_known
    }

    /// Whether a value has this meaning.
    pub fn matches(&self, value: &str) -> bool {
        self.matches_words(value, &WordSequence::of(value))
    }

    /// The same for a value whose words are known.
    pub fn matches_words(&self, text: &str, value: &WordSequence) -> bool {
        if self.assembly.is_some() && self.assembly == assembly_key(text) {
            return true;
        }
        // A value that is a term itself has the place that the table gives it: `Cell Line` is no `Cell`.
        let terms = self.tables.iter();
        let mut terms = terms.filter_map(|(table, labels)| Some((table.named(value)?, labels)));
        if let Some((term, labels)) = terms.next() {
            return labels.contains(&term.label.as_str());
        }
        if value.contains(&self.asked) {
            return true;
        }
        let mut names = self.synonyms.iter().chain(&self.narrower);
        names.any(|name| {
            if name.joined().len() <= LONGEST_ABBREVIATION {
                value.joined() == name.joined()
            } else {
                value.contains(name)
            }
        })
    }
}

/// UCSC's name of the assembly that a name, or an accession with a prefix, means.
fn assembly_key(text: &str) -> Option<&'static str> {
    let accession = text
        .split_once(':')
        .map_or(text, |(_, accession)| accession);
    if let Named::One(key, _) = assembly::by_name(accession) {
        return Some(key);
    }
    let words = WordSequence::of(text).joined();
    let build = words.strip_prefix("human").unwrap_or(&words);
    let build = build.strip_prefix("genome").unwrap_or(build);
    let mut builds = HUMAN_BUILDS.into_iter();
    builds.find_map(|(name, key)| (build == name).then_some(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_use_mean_the_terms_of_documents() {
        for (subject, asked, value) in [
            (
                Subject::Assay,
                "DNase-seq",
                "DNase I hypersensitive sites sequencing assay",
            ),
            (
                Subject::Assay,
                "ChIP-seq",
                "histone modification identification by ChIP-Seq assay",
            ),
            (
                Subject::Assay,
                "open chromatin",
                "DNase I hypersensitive sites sequencing assay",
            ),
            (
                Subject::Assay,
                "OBI:0002440",
                "http://purl.obolibrary.org/obo/OBI_0002440",
            ),
            (
                Subject::Assay,
                "WGBS",
                "whole genome bisulfite sequencing assay",
            ),
            (Subject::Target, "h3k4me3", "H3K4_trimethylation"),
            (
                Subject::Target,
                "H3K27 acetylation",
                "H3K27_acetylation_site",
            ),
            (Subject::Assembly, "GRCh38", "hg38"),
            (Subject::Assembly, "human genome build 37", "hg19"),
            (Subject::Assembly, "hg38", "insdc.gca:GCF_000001405.26"),
            (Subject::Species, "human", "Homo sapiens"),
            (Subject::Species, "mice", "taxonomy:10090"),
            (Subject::Cell, "T cell", "CD8-positive, alpha-beta T cell"),
            (Subject::Cell, "lymphocytes", "natural killer cell"),
            (Subject::Class, "primary cells", "Cell"),
            (Subject::Phenotype, "AML", "Acute Myeloid Leukemia"),
        ] {
            assert!(
                Meaning::of(Some(subject), asked, &[]).matches(value),
                "{asked}: {value}"
            );
            assert!(
                Meaning::of(None, asked, &[]).matches(value),
                "{asked}: {value}"
            );
        }
    }

    #[test]
    fn false_friends_are_not_found() {
        for (asked, value) in [
            ("H3K4me1", "H3K4_trimethylation"),
            ("H3K27me3", "H3K27_acetylation_site"),
            ("T cell", "mast cell"),
            ("CD4", "CD14-positive monocyte"),
            ("CD14", "CD4-positive, alpha-beta T cell"),
            (
                "RNA-seq",
                "microRNA profiling by high throughput sequencing assay",
            ),
            ("DNase-seq", "RNA-seq assay"),
            ("hg38", "hg19"),
            ("mouse", "Homo sapiens"),
            ("primary cell", "Cell Line"),
            ("acute lymphoblastic leukemia", "not all values"),
        ] {
            assert!(
                !Meaning::of(None, asked, &[]).matches(value),
                "{asked}: {value}"
            );
        }
    }

    #[test]
    fn pairs_of_a_document_are_synonyms() {
        let pairs = [("hgnc:4170".to_owned(), "GATA1".to_owned())];
        let asked = Meaning::of(Some(Subject::Target), "gata1", &pairs);
        assert!(asked.matches("hgnc:4170") && !asked.matches("hgnc:13723"));
    }
}
