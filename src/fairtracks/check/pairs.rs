//! Values that stand side by side and do not seem to go together: a term and its label, a genome and its name.
//!
//! Each pair is reported once, where it is met first, with the number of places that have it.

use std::collections::HashMap;

use crate::fairtracks::check::objects::experiment::CheckedExperiment;
use crate::fairtracks::check::objects::sample::CheckedSample;
use crate::fairtracks::check::objects::track::CheckedTrack;
use crate::fairtracks::fields::shown_text;
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::fairtracks::values::ontology::CheckedTerm;
use crate::fairtracks::vocabulary;
use crate::genome::assembly::{self, Named};

/// The pairs of one document.
#[derive(Default)]
pub struct Pairs<'d> {
    seen: HashMap<Pair<'d>, Seen>,
}

/// Two values, and what they are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Pair<'d> {
    kind: Kind,
    id: String,
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
    /// Notes the pairs of an experiment.
    pub fn add_experiment(&mut self, position: usize, experiment: &CheckedExperiment<'d>) {
        let place = |rest: &str| format!("/experiments/{position}/{rest}");
        self.add_term(experiment.technique, || place("technique"));
        let Some(target) = &experiment.target else {
            return;
        };
        for (term, key) in [
            (target.sequence_feature, "sequence_feature"),
            (target.gene_product_type, "gene_product_type"),
            (target.macromolecular_structure, "macromolecular_structure"),
            (target.phenotype, "phenotype"),
        ] {
            self.add_term(term, || place(&format!("target/{key}")));
        }
    }

    /// Notes the pairs of a sample.
    pub fn add_sample(&mut self, position: usize, sample: &CheckedSample<'d>) {
        let place = |rest: &str| format!("/samples/{position}/{rest}");
        self.add_term(sample.biospecimen_class, || place("biospecimen_class"));
        self.add_term(sample.phenotype, || place("phenotype"));
        if let Some(sample_type) = &sample.sample_type {
            for (term, key) in [
                (sample_type.cell_type, "cell_type"),
                (sample_type.abnormal_cell_type, "abnormal_cell_type"),
                (sample_type.cell_line, "cell_line"),
                (sample_type.organism_part, "organism_part"),
            ] {
                self.add_term(term, || place(&format!("sample_type/{key}")));
            }
        }
        if let (Some(id), Some(name)) = (&sample.species_id, sample.species_name) {
            self.add(Kind::Species, id.to_string(), name, || {
                place("species_name")
            });
        }
    }

    /// Notes the pairs of a track.
    pub fn add_track(&mut self, position: usize, track: &CheckedTrack<'d>) {
        let place = |rest: &str| format!("/tracks/{position}/{rest}");
        self.add_term(track.file_format, || place("file_format"));
        let format = track.file_format.and_then(|format| format.term_id);
        if let Some(id) = format.filter(|id| id.starts_with(FORMATS)) {
            self.add(Kind::Format, id.to_owned(), "", || {
                place("file_format/term_id")
            });
        }
        let Some(id) = &track.assembly.assembly_id else {
            return;
        };
        if id.accession().starts_with("GCF_") {
            self.add(Kind::RefSeq, id.to_string(), "", || place("assembly_id"));
        }
        if let Some(name) = track.assembly.assembly_name {
            self.add(Kind::Assembly, id.to_string(), name, || {
                place("assembly_name")
            });
        }
    }

    fn add_term(&mut self, term: Option<CheckedTerm<'d>>, pointer: impl Fn() -> String) {
        if let Some(CheckedTerm {
            term_id: Some(id),
            term_label: Some(label),
        }) = term
        {
            self.add(Kind::Term, id.to_owned(), label, || {
                format!("{}/term_label", pointer())
            });
        }
    }

    fn add(&mut self, kind: Kind, id: String, name: &'d str, pointer: impl FnOnce() -> String) {
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
            let id = pair.id.as_str();
            let mut say = |pointer: &str, what: String, expected: String, hint: &'static str| {
                let places = match seen.count {
                    1 => String::new(),
                    count => format!(" (in {count} places)"),
                };
                let remark = ValueIssue::new(Strength::May, expected, hint);
                findings.add_at(pointer.to_owned(), format!("{what}{places}"), remark);
            };
            let named = |what: &str| format!("{} for {what}", shown_text(pair.name));
            let name_of = |name: &str| format!("\"{name}\", by which it is known");
            match pair.kind {
                Kind::Term => {
                    let first = *labels.entry(id).or_insert(pair.name);
                    let known = vocabulary::term_label(id).unwrap_or(first);
                    if known != pair.name {
                        let hint = "make sure that id and label mean the same";
                        say(&seen.pointer, named(id), name_of(known), hint);
                    }
                }
                Kind::Species => {
                    if let Some(known) = vocabulary::species_name(id)
                        && known != pair.name
                    {
                        let hint = "make sure that species_id and species_name mean the same";
                        say(&seen.pointer, named(id), name_of(known), hint);
                    }
                }
                Kind::Format => {
                    if vocabulary::term_label(id).is_none() {
                        let hint = "look it up in EDAM; if it is right, tools may still not know what to do with the file";
                        let expected = "a format of genomic tracks that this tool knows";
                        say(
                            &seen.pointer,
                            format!("\"{id}\""),
                            expected.to_owned(),
                            hint,
                        );
                    }
                }
                Kind::Assembly => {
                    if let Some(expected) = unlikely_assembly(id, pair.name) {
                        let hint =
                            "make sure that assembly_id and assembly_name mean the same genome";
                        say(&seen.pointer, named(id), expected, hint);
                    }
                }
                Kind::RefSeq => {
                    let expected = format!(
                        "{} in today's registry",
                        id.replace("insdc.gca", "refseq.gcf")
                    );
                    let hint = "leave it, as FAIRtracks 1.0.2 writes it so; validators that ask today's identifiers.org refuse it";
                    say(&seen.pointer, format!("\"{id}\""), expected, hint);
                }
            }
        }
    }
}

/// How the ids of EDAM's formats start.
const FORMATS: &str = "http://edamontology.org/format_";

/// What was expected of an assembly whose id and name do not seem to go together.
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
