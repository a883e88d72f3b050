//! Related values that seem inconsistent: a term and its label, a genome and its name.
//!
//! Each pair is reported once, at its first place, with the number of its places.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::fairtracks::fields::{Fields, shown_text};
use crate::fairtracks::finding::{Finding, Findings, Strength, ValueIssue};
use crate::fairtracks::values::ontology::Term;
use crate::fairtracks::vocabulary;
use crate::genome::assembly::{self, Named};

const OTHER_LABEL: &str = "make sure that id and label mean the same";
const OTHER_SPECIES: &str = "make sure that species_id and species_name mean the same";
const OTHER_GENOME: &str = "make sure that assembly_id and assembly_name mean the same genome";

/// Whether a finding is about two values that contradict each other.
pub fn is_contradiction(finding: &Finding) -> bool {
    [OTHER_LABEL, OTHER_SPECIES, OTHER_GENOME].contains(&&*finding.hint)
}

/// The pairs of one document.
#[derive(Default)]
pub struct Pairs<'d> {
    seen: HashMap<Pair<'d>, Seen>,
}

/// Two values, and what they are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Pair<'d> {
    kind: Kind,
    id: Cow<'d, str>,
    name: &'d str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Term,
    Format,
    Assembly,
    RefSeq,
    Species,
}

/// Where a pair was met first, and how often.
struct Seen {
    order: usize,
    pointer: String,
    count: usize,
}

impl<'d> Pairs<'d> {
    /// Notes the id and label of a term below an object.
    pub fn add_term(&mut self, fields: &Fields<'_, '_>, below: &str, term: Option<Term<'d>>) {
        if let Some(term) = term
            && let (Some(id), Some(label)) = (term.term_id, term.term_label)
        {
            let pointer = || fields.pointer(below) + "/term_label";
            self.add(Kind::Term, id.into(), label, pointer);
        }
    }

    /// Notes the id and name of a species.
    pub fn add_species(&mut self, fields: &Fields<'_, '_>, id: String, name: &'d str) {
        self.add(Kind::Species, id.into(), name, || {
            fields.pointer("species_name")
        });
    }

    /// Notes the id of a format.
    pub fn add_format(&mut self, fields: &Fields<'_, '_>, id: &'d str) {
        if id.starts_with(FORMATS) {
            let pointer = || fields.pointer("file_format/term_id");
            self.add(Kind::Format, id.into(), "", pointer);
        }
    }

    /// Notes the id and name of a genome assembly.
    pub fn add_assembly(&mut self, fields: &Fields<'_, '_>, id: String, name: Option<&'d str>) {
        if id.contains(":GCF_") {
            let pointer = || fields.pointer("assembly_id");
            self.add(Kind::RefSeq, id.clone().into(), "", pointer);
        }
        if let Some(name) = name {
            let pointer = || fields.pointer("assembly_name");
            self.add(Kind::Assembly, id.into(), name, pointer);
        }
    }

    fn add(
        &mut self,
        kind: Kind,
        id: Cow<'d, str>,
        name: &'d str,
        pointer: impl FnOnce() -> String,
    ) {
        let order = self.seen.len();
        let seen = self.seen.entry(Pair { kind, id, name });
        let new = || Seen {
            order,
            pointer: pointer(),
            count: 0,
        };
        seen.or_insert_with(new).count += 1;
    }

    /// Reports the pairs that do not seem right.
    pub fn report(self, findings: &mut Findings) {
        let mut pairs: Vec<(Pair<'d>, Seen)> = self.seen.into_iter().collect();
        pairs.sort_by_key(|(_, seen)| seen.order);
        let mut labels: HashMap<&str, &str> = HashMap::new();
        for (pair, seen) in &pairs {
            let id = &*pair.id;
            let named = || format!("{} for {id}", shown_text(pair.name));
            let known_name = |known: Option<&str>| {
                let known = known.filter(|known| *known != pair.name)?;
                Some((named(), format!("\"{known}\", its known name")))
            };
            let (found, hint) = match pair.kind {
                Kind::Term => {
                    let first = *labels.entry(id).or_insert(pair.name);
                    let known = vocabulary::term_label(id).unwrap_or(first);
                    (known_name(Some(known)), OTHER_LABEL)
                }
                Kind::Species => (known_name(vocabulary::species_name(id)), OTHER_SPECIES),
                Kind::Format => {
                    let hint =
                        "look it up in EDAM; if it is right, tools may still not support the file";
                    let expected = "a format of genomic tracks that this tool knows".to_owned();
                    let is_unknown = vocabulary::term_label(id).is_none();
                    (is_unknown.then(|| (format!("\"{id}\""), expected)), hint)
                }
                Kind::Assembly => {
                    let expected = unlikely_assembly(id, pair.name);
                    (expected.map(|expected| (named(), expected)), OTHER_GENOME)
                }
                Kind::RefSeq => {
                    let today = id.replace("insdc.gca", "refseq.gcf");
                    let what = format!(
                        "\"{id}\", a prefix that FAIRtracks 1.0.2 requires and identifiers.org no longer knows"
                    );
                    let expected = format!("{today} in identifiers.org");
                    (Some((what, expected)), "no action needed")
                }
            };
            if let Some((what, expected)) = found {
                let places = match seen.count {
                    1 => String::new(),
                    count => format!(" (in {count} places)"),
                };
                let remark = ValueIssue::new(Strength::May, expected, hint);
                findings.add_at(seen.pointer.clone(), what + &places, remark);
            }
        }
    }
}

/// How the ids of EDAM's formats start.
const FORMATS: &str = "http://edamontology.org/format_";

/// The expectation for an assembly whose id and name seem inconsistent.
fn unlikely_assembly(id: &str, name: &str) -> Option<String> {
    let accession = id.rsplit(':').next().unwrap_or_default();
    let of_id = assembly::by_accession(accession);
    let of_name = match assembly::by_name(name) {
        Named::One(key, _) => Some(key),
        _ => None,
    };
    match (of_id, of_name) {
        (Some(of_id), of_name) if of_name != Some(of_id) => Some(format!("\"{of_id}\" for {id}")),
        (None, Some(of_name)) if assembly::knows_accession(of_name, accession) => {
            Some(format!("an accession of {of_name}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genomes_are_known_by_all_their_names() {
        for (id, name, is_likely) in [
            ("insdc.gca:GCF_000001405.26", "hg38", true),
            ("insdc.gca:GCA_000001405.29", "GRCh38.p14", true),
            ("insdc.gca:GCF_000001405.13", "hg38", false),
            ("insdc.gca:GCF_000001405.26", "hg88", false),
            ("insdc.gca:GCF_000001405.12", "hg38", false),
            ("insdc.gca:GCF_000001405.12", "hg18", true),
            ("insdc.gca:GCF_123456789.1", "axolotl", true),
        ] {
            assert_eq!(
                unlikely_assembly(id, name).is_none(),
                is_likely,
                "{id} {name}"
            );
        }
    }
}
