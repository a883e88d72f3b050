//! Techniques with rules for the target of an experiment.

use crate::fairtracks::fields::{Fields, must, shown};
use crate::fairtracks::vocabulary;

/// A technique for which the schema of experiments has rules.
pub struct Technique<'d> {
    term_id: &'d str,
    /// The members of `target` that it requires.
    required: &'static [&'static str],
    /// The term that the last of them must be.
    fixed: Option<&'static str>,
}

/// What the ids of OBO's terms start with.
const OBO: &str = "http://purl.obolibrary.org/obo/";

/// The techniques with rules: id, required members of `target`, and the term that the last of them must be.
#[rustfmt::skip]
const TECHNIQUES: [(&str, &[&str], Option<&str>); 8] = [
    ("OBI_0002017", &["sequence_feature"], None),
    // Bisulfite sequencing shows methylation, not open chromatin; yet the standard requires this term.
    ("OBI_0000748", &["sequence_feature"], Some("SO_0001747")),
    ("OBI_0001853", &["sequence_feature"], Some("SO_0000685")),
    ("OBI_0002019", &["gene_id", "gene_product_type"], Some("NCIT_C17207")),
    ("OBI_0001271", &["gene_product_type"], Some("NCIT_C813")),
    ("OBI_0001922", &["gene_product_type"], Some("NCIT_C25966")),
    ("OBI_0002440", &["macromolecular_structure"], Some("NCIT_C13402")),
    // A topic, though techniques should be operations; the rule is the standard's.
    ("http://edamontology.org/topic_3517", &["phenotype"], None),
];

impl<'d> Technique<'d> {
    /// The technique of this id, if it has rules.
    pub fn of(term_id: &'d str) -> Option<Self> {
        let name = term_id.strip_prefix(OBO).unwrap_or(term_id);
        let (known, required, fixed) = TECHNIQUES.into_iter().find(|(id, ..)| *id == name)?;
        let is_whole = known.contains(':') == (name == term_id);
        is_whole.then_some(Technique {
            term_id,
            required,
            fixed,
        })
    }

    /// The technique in words.
    fn label(&self) -> &'d str {
        vocabulary::term_label(self.term_id).unwrap_or(self.term_id)
    }

    /// Checks that `target` has what the technique requires.
    pub fn check(&self, target: &mut Fields<'_, '_>) {
        for member in self.required {
            if !target.has(member) {
                let expected = format!("`{member}` for the technique {}", self.label());
                let hint = "add it, or choose another technique";
                target.report(None, format!("no `{member}`"), must(expected, hint));
            }
        }
    }

    /// Checks that a member of `target` is the term that the technique fixes.
    pub fn check_member(&self, member: &mut Fields<'_, '_>, key: &str) {
        let is_fixed = self.required.last() == Some(&key);
        let Some(fixed) = self.fixed.filter(|_| is_fixed) else {
            return;
        };
        let fixed = format!("{OBO}{fixed}");
        if let Some(found) = member.get("term_id")
            && found != fixed.as_str()
        {
            let label = vocabulary::term_label(&fixed).unwrap_or_default();
            let expected = format!("{fixed} ({label}) for the technique {}", self.label());
            let hint = "write this term, the only one that the standard allows here, or choose another technique";
            member.report(Some("term_id"), shown(found), must(expected, hint));
        }
    }
}
