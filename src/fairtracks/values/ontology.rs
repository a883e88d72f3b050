//! The ontologies that FAIRtracks takes its terms from, and terms.

use regex::Regex;

use super::text;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::finding::{Reading, Strength, ValueIssue};
use crate::fairtracks::generation::Generation;

/// One of the seven ontologies of `doc_ontology_versions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ontology {
    /// Formats, data and operations of bioinformatics.
    Edam,
    /// Cell types.
    Cl,
    /// Cell lines among other things; also takes up terms of other ontologies.
    Efo,
    /// Phenotypes, diseases, kinds of molecules.
    Ncit,
    /// Techniques of investigation.
    Obi,
    /// Features of sequences.
    So,
    /// Anatomy.
    Uberon,
}

impl Ontology {
    /// All of them, in the order of the schema.
    #[rustfmt::skip]
    pub const ALL: [Ontology; 7] = [
        Ontology::Edam, Ontology::Cl, Ontology::Efo, Ontology::Ncit, Ontology::Obi, Ontology::So, Ontology::Uberon,
    ];

    /// Its IRI, which is its key in `doc_ontology_versions`.
    pub fn iri(self) -> &'static str {
        match self {
            Ontology::Edam => "http://edamontology.org/EDAM.owl",
            Ontology::Cl => "http://purl.obolibrary.org/obo/cl.owl",
            Ontology::Efo => "http://www.ebi.ac.uk/efo/efo.owl",
            Ontology::Ncit => "http://purl.obolibrary.org/obo/ncit.owl",
            Ontology::Obi => "http://purl.obolibrary.org/obo/obi.owl",
            Ontology::So => "http://purl.obolibrary.org/obo/so.owl",
            Ontology::Uberon => "http://purl.obolibrary.org/obo/uberon.owl",
        }
    }

    /// How the ids of its terms start.
    fn start_of_terms(self) -> &'static str {
        match self {
            Ontology::Edam => "http://edamontology.org/",
            Ontology::Cl => "http://purl.obolibrary.org/obo/CL_",
            Ontology::Efo => "http://www.ebi.ac.uk/efo/EFO_",
            Ontology::Ncit => "http://purl.obolibrary.org/obo/NCIT_",
            Ontology::Obi => "http://purl.obolibrary.org/obo/OBI_",
            Ontology::So => "http://purl.obolibrary.org/obo/SO_",
            Ontology::Uberon => "http://purl.obolibrary.org/obo/UBERON_",
        }
    }

    /// The form of a version's URL, as a regular expression, and one that has it. EFO and SO have moved since
    /// version 1.0.2, and each generation's schema knows one of their two forms.
    fn version(self, generation: Generation) -> (&'static str, &'static str) {
        match (self, generation.is_master()) {
            (Ontology::Edam, _) => (
                r"^http://edamontology.org/EDAM_[0-9]+\.[0-9]+.owl$",
                "http://edamontology.org/EDAM_1.21.owl",
            ),
            (Ontology::Cl, _) => (
                r"^http://purl.obolibrary.org/obo/cl/releases/[0-9]+-[0-9]+-[0-9]+/cl.owl$",
                "http://purl.obolibrary.org/obo/cl/releases/2019-08-12/cl.owl",
            ),
            (Ontology::Efo, false) => (
                r"^https://github.com/EBISPOT/efo/releases/download/v[0-9]+.[0-9]+.[0-9]+/efo.owl$",
                "https://github.com/EBISPOT/efo/releases/download/v3.12.0/efo.owl",
            ),
            (Ontology::Efo, true) => (
                r"^http://www.ebi.ac.uk/efo/releases/v[0-9]+.[0-9]+.[0-9]+/efo.owl$",
                "http://www.ebi.ac.uk/efo/releases/v3.20.0/efo.owl",
            ),
            (Ontology::Ncit, _) => (
                r"^http://purl.obolibrary.org/obo/ncit/releases/[0-9]+-[0-9]+-[0-9]+/ncit.owl$",
                "http://purl.obolibrary.org/obo/ncit/releases/2019-09-09/ncit.owl",
            ),
            (Ontology::Obi, _) => (
                r"^http://purl.obolibrary.org/obo/obi/[0-9]+-[0-9]+-[0-9]+/obi.owl$",
                "http://purl.obolibrary.org/obo/obi/2019-11-12/obi.owl",
            ),
            (Ontology::So, false) => (
                r"^https://raw.githubusercontent.com/The-Sequence-Ontology/SO-Ontologies/v[0-9]+\.[0-9]+/releases/so-xp.owl/so.owl$",
                "https://raw.githubusercontent.com/The-Sequence-Ontology/SO-Ontologies/v3.1/releases/so-xp.owl/so.owl",
            ),
            (Ontology::So, true) => (
                r"^http://purl.obolibrary.org/obo/so/[0-9]+-[0-9]+-[0-9]+/so.owl$",
                "http://purl.obolibrary.org/obo/so/2020-08-05/so.owl",
            ),
            (Ontology::Uberon, _) => (
                r"^http://purl.obolibrary.org/obo/uberon/releases/[0-9]+-[0-9]+-[0-9]+/uberon.owl$",
                "http://purl.obolibrary.org/obo/uberon/releases/2019-06-27/uberon.owl",
            ),
        }
    }

    /// Reads the URL of a version of the ontology, by the form that the document's generation has for it.
    pub fn read_version(self, text: &str, generation: Generation) -> Reading<&str> {
        let (form, example) = self.version(generation);
        let has_form = |form: &str| Regex::new(form).is_ok_and(|form| form.is_match(text));
        if has_form(form) {
            return Reading::good(text);
        }
        let other = match generation {
            Generation::Master { .. } => Generation::Released,
            _ => Generation::Master { augmented: false },
        };
        let hint = if !has_form(self.version(other).0) {
            "give the URL of the version that the terms were taken from"
        } else if generation.is_master() {
            "this is the form of FAIRtracks 1.0.2, which its successor does not accept"
        } else {
            "this is the form of the unreleased successor of FAIRtracks 1.0.2, which 1.0.2 does not accept"
        };
        let reading = Reading::good(text);
        reading.with(must(format!("a version's URL such as {example}"), hint))
    }
}

/// A term of an ontology: its id, and the label that people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'d> {
    /// The IRI of the term.
    pub term_id: Option<&'d str>,
    /// Its name in the ontology.
    pub term_label: Option<&'d str>,
}

impl<'d> Term<'d> {
    /// Reads a term that is expected to be of one of these ontologies.
    pub fn read(fields: &mut Fields<'d, '_>, ontologies: &[Ontology]) -> Self {
        Self::read_with(fields, |id| term_id(id, ontologies), text::plain)
    }

    /// Reads a term whose id and label have rules of their own.
    pub fn read_with(
        fields: &mut Fields<'d, '_>,
        id: impl FnOnce(&'d str) -> Reading<&'d str>,
        label: impl FnOnce(&'d str) -> Reading<&'d str>,
    ) -> Self {
        Term {
            term_id: fields.text(Presence::Required, "term_id", id),
            term_label: fields.text(Presence::Augmented, "term_label", label),
        }
    }
}

/// Reads the id of a term of one of these ontologies. Whether it is there is not known: that takes the ontology itself.
pub fn term_id<'d>(text: &'d str, ontologies: &[Ontology]) -> Reading<&'d str> {
    let starts: Vec<&str> = ontologies
        .iter()
        .map(|ontology| ontology.start_of_terms())
        .collect();
    let expected = format!("the IRI of a term that starts with {}", starts.join(" or "));
    let should = |hint: &'static str| ValueIssue::new(Strength::Should, expected.clone(), hint);
    let reading = Reading::good(text);
    if !["http://", "https://", "ftp://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
    {
        let hint = "write the complete IRI, as the ontology does";
        return reading.with(must(expected, hint));
    }
    if text != text.trim() {
        return reading.with(should(
            "remove the whitespace: the ontology has no such IRI",
        ));
    }
    if starts.iter().any(|start| text.starts_with(start)) {
        return reading;
    }
    if text.starts_with("https://") {
        return reading.with(should(
            "ontologies identify their terms by http://, not https://",
        ));
    }
    let is_term_of_another = Ontology::ALL
        .iter()
        .any(|ontology| text.starts_with(ontology.start_of_terms()))
        || text.starts_with("http://purl.obolibrary.org/obo/");
    if is_term_of_another {
        let hint = "make sure that the expected ontology imports this term";
        return reading.with(ValueIssue::new(Strength::May, expected, hint));
    }
    reading.with(should("look up the term in the ontology, and copy its IRI"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_versions_have_their_forms() {
        for generation in [Generation::Released, Generation::Master { augmented: true }] {
            for ontology in Ontology::ALL {
                let (_, example) = ontology.version(generation);
                assert_eq!(
                    ontology.read_version(example, generation),
                    Reading::good(example)
                );
            }
        }
    }

    #[test]
    fn the_forms_of_two_generations_exclude_each_other() {
        let master = Generation::Master { augmented: true };
        for ontology in [Ontology::Efo, Ontology::So] {
            let (_, example) = ontology.version(master);
            let reading = ontology.read_version(example, Generation::Released);
            assert_eq!(reading.remarks[0].strength, Strength::Must);
            assert!(reading.remarks[0].hint.contains("successor"));
        }
    }

    #[test]
    fn ids_are_told_by_how_they_start() {
        let strength = |text| {
            let remarks = term_id(text, &[Ontology::Obi, Ontology::Edam]).remarks;
            remarks.first().map(|remark| remark.strength)
        };
        assert_eq!(strength("http://purl.obolibrary.org/obo/OBI_0002017"), None);
        assert_eq!(strength("http://edamontology.org/topic_3517"), None);
        assert_eq!(strength("OBI:0002017"), Some(Strength::Must));
        assert_eq!(
            strength("https://purl.obolibrary.org/obo/OBI_0002017"),
            Some(Strength::Should)
        );
        assert_eq!(
            strength("http://www.ebi.ac.uk/efo/EFO_0002692"),
            Some(Strength::May)
        );
        assert_eq!(
            strength("http://example.org/OBI_0002017"),
            Some(Strength::Should)
        );
    }
}
