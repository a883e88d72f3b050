//! Techniques that decide what the target of an experiment has to say.

use crate::fairtracks::fields::{Fields, must, shown};
use crate::fairtracks::vocabulary;

/// A technique for which the schema of experiments has rules of its own.
pub struct Technique {
    /// The id of the technique.
    pub term_id: &'static str,
    /// The members of `target` that it requires.
    required: &'static [&'static str],
    /// The member of `target` whose term it fixes.
    fixed: Option<Fixed>,
}

/// A member of `target` that can hold one term only.
struct Fixed {
    member: &'static str,
    term_id: &'static str,
}

/// The techniques with rules of their own.
pub const TECHNIQUES: [Technique; 8] = [
    Technique {
        term_id: "http://purl.obolibrary.org/obo/OBI_0002017",
        required: &["sequence_feature"],
        fixed: None,
    },
    Technique {
        term_id: "http://purl.obolibrary.org/obo/OBI_0000748",
        required: &["sequence_feature"],
        // Bisulfite sequencing tells of methylation, not of open chromatin; yet this is what the standard asks for.
        fixed: Some(Fixed {
            member: "sequence_feature",
            term_id: "http://purl.obolibrary.org/obo/SO_0001747",
        }),
    },
    Technique {
        term_id: "http://purl.obolibrary.org/obo/OBI_0001853",
        required: &["sequence_feature"],
        fixed: Some(Fixed {
            member: "sequence_feature",
            term_id: "http://purl.obolibrary.org/obo/SO_0000685",
        }),
    },
    Technique {
        term_id: "http://purl.obolibrary.org/obo/OBI_0002019",
        required: &["gene_id", "gene_product_type"],
        fixed: Some(Fixed {
            member: "gene_product_type",
            term_id: "http://purl.obolibrary.org/obo/NCIT_C17207",
        }),
    },
    Technique {
        term_id: "http://purl.obolibrary.org/obo/OBI_0001271",
        required: &["gene_product_type"],
        fixed: Some(Fixed {
            member: "gene_product_type",
            term_id: "http://purl.obolibrary.org/obo/NCIT_C813",
        }),
    },
    Technique {
        term_id: "http://purl.obolibrary.org/obo/OBI_0001922",
        required: &["gene_product_type"],
        fixed: Some(Fixed {
            member: "gene_product_type",
            term_id: "http://purl.obolibrary.org/obo/NCIT_C25966",
        }),
    },
    Technique {
        term_id: "http://purl.obolibrary.org/obo/OBI_0002440",
        required: &["macromolecular_structure"],
        fixed: Some(Fixed {
            member: "macromolecular_structure",
            term_id: "http://purl.obolibrary.org/obo/NCIT_C13402",
        }),
    },
    Technique {
        // A topic, though techniques are to be operations: the standard's own rule.
        term_id: "http://edamontology.org/topic_3517",
        required: &["phenotype"],
        fixed: None,
    },
];

impl Technique {
    /// The technique of this id, if it has rules.
    pub fn of(term_id: &str) -> Option<&'static Technique> {
        TECHNIQUES
            .iter()
            .find(|technique| technique.term_id == term_id)
    }

    /// The technique in words.
    fn label(&self) -> &'static str {
        vocabulary::term_label(self.term_id).unwrap_or(self.term_id)
    }

    /// Checks that `target` has what the technique requires.
    pub fn check(&self, target: &mut Fields<'_, '_>) {
        for member in self.required {
            if !target.has(member) {
                let expected = format!("`{member}` for the technique {}", self.label());
                let hint = "say what the experiment was after, or choose another technique";
                target.report(None, format!("no `{member}`"), must(expected, hint));
            }
        }
    }

    /// Checks that a member of `target` is the term that the technique fixes.
    pub fn check_member(&self, member: &mut Fields<'_, '_>, key: &str) {
        let Some(fixed) = self.fixed.as_ref().filter(|fixed| fixed.member == key) else {
            return;
        };
        if let Some(found) = member.get("term_id")
            && found != fixed.term_id
        {
            let label = vocabulary::term_label(fixed.term_id).unwrap_or_default();
            let technique = self.label();
            let expected = format!("{} ({label}) for the technique {technique}", fixed.term_id);
            let hint =
                "the standard knows no other term here: give this one, or choose another technique";
            member.report(Some("term_id"), shown(found), must(expected, hint));
        }
    }
}
