//! The names in use of values, beside the values themselves: `DNase-seq` beside the label of OBI.

use crate::genome::assembly;
use crate::query::words::subject_of;
use crate::text::folding;
use crate::tools::catalog::entries::CatalogAttribute;
use crate::vocabulary::{Subject, TermTable, Vocabulary, WordSequence};

/// How many names of a value are shown.
const MOST_NAMES: usize = 5;
/// The longest name that is shown, in characters.
const LONGEST_NAME: usize = 60;

/// The names of the values of an attribute.
pub(super) struct CommonNames<'v> {
    subject: Option<Subject>,
    tables: Vec<&'v TermTable>,
}

impl<'v> CommonNames<'v> {
    /// The names for an attribute; none for one that is about no subject with terms.
    pub fn of(attribute: &CatalogAttribute, vocabulary: &'v Vocabulary) -> Self {
        let subject = attribute
            .as_condition()
            .and_then(|named| subject_of(&named));
        let built_in = subject.and_then(Subject::table);
        let ontologies = vocabulary.ontologies().filter(|_| built_in.is_some());
        CommonNames {
            subject,
            tables: built_in.into_iter().chain(ontologies).collect(),
        }
    }

    /// The names of a value that differ from it by more than spelling, the usual ones first.
    pub fn names(&self, value: &str) -> Vec<String> {
        if self.subject == Some(Subject::Assembly) {
            return assembly::common_names(value);
        }
        if self.tables.is_empty() {
            return Vec::new();
        }
        let words = WordSequence::of(value);
        let terms = self.tables.iter().filter_map(|table| table.named(&words));
        let names = terms.flat_map(|term| term.synonyms.iter().chain([&term.label]));
        let value = letters(value);
        let mut known = vec![value.clone()];
        let mut chosen: Vec<String> = Vec::new();
        for name in names.filter(|name| name.chars().count() <= LONGEST_NAME) {
            let of_name = WordSequence::of(name);
            let spelled = letters(name);
            // A part of the value, or the value or a name with more words, makes it no easier to find.
            let is_longer = of_name.contains(&words) && of_name.joined() != words.joined();
            let has_shorter = known.iter().any(|shorter| spelled.contains(shorter));
            let says_more = !is_longer && !has_shorter && !value.contains(&spelled);
            if chosen.len() < MOST_NAMES && says_more {
                known.push(spelled);
                chosen.push(name.clone());
            }
        }
        chosen
    }
}

impl CommonNames<'_> {
    /// The usual name of a value whose label is seldom used: that of an assay, a target, an assembly or a format.
    pub fn usual(&self, value: &str) -> Option<String> {
        use Subject::{Assay, Assembly, Format, Target};
        let has_labels = |subject| [Assay, Target, Assembly, Format].contains(&subject);
        self.subject.filter(|subject| has_labels(*subject))?;
        self.names(value).into_iter().next()
    }
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|character| character.is_alphanumeric());
    folding::lower(&letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_names_that_people_type() {
        let vocabulary = Vocabulary::default();
        let names = |attribute: &str, value: &str| {
            let (category, path) = attribute.split_once("->").unwrap();
            let attribute = CatalogAttribute {
                category: category.to_owned(),
                path: path.to_owned(),
                tracks: None,
                is_reachable: true,
                values: Vec::new(),
            };
            CommonNames::of(&attribute, &vocabulary).names(value)
        };
        let assay = "experiments->technique->term_label";
        let dnase = names(assay, "DNase I hypersensitive sites sequencing assay");
        assert_eq!(dnase[..2], ["DNase-seq", "DNaseI-seq"]);
        assert_eq!(
            names("experiments->target->summary", "H3K4_trimethylation")[0],
            "H3K4me3"
        );
        assert_eq!(names("tracks->assembly_name", "hg38"), ["GRCh38"]);
        assert_eq!(names("samples->species_name", "Homo sapiens")[0], "human");
        let none = Vec::<String>::new();
        assert_eq!(names("samples->sample_type->summary", "K562"), none);
        assert_eq!(
            names("tracks->file_format->term_label", "BED"),
            ["browser extensible data"]
        );
        assert_eq!(names("samples->sample_type->summary", "my own cells"), none);
        assert_eq!(names("tracks->label_long", "H3K4_trimethylation"), none);
    }
}
