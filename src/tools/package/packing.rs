//! The crate, with the light crates of data that have none yet.

use std::collections::BTreeSet;

use crate::cli::document_options::SearchedTracks;
use crate::cli::lineage_options::ReadLineage;
use crate::cli::{Failure, LargeOutput};
use crate::fairtracks::finding::Strength;
use crate::galaxy::lineage::Lineage;
use crate::ro_crate::full_crate::CrateHeading;
use crate::ro_crate::known_crates::KnownCrates;
use crate::ro_crate::publication::findings::PublicationFinding;
use crate::ro_crate::publication::{PublicationContext, PublicationPlan};

use super::arguments::{PackageArguments, PayloadChoice};
use super::files::PackageFiles;
use super::following::Following;
use super::inputs::PackageInputs;

/// What packing needs besides data and crates.
pub struct CratePacking<'p> {
    pub arguments: &'p PackageArguments,
    pub heading: &'p CrateHeading,
    /// The documents to search for data without a crate.
    pub documents: &'p SearchedTracks,
    /// The lineage that a Galaxy was asked for.
    pub asked: Option<&'p Lineage>,
    pub output: &'p LargeOutput,
    pub time: &'p str,
}

/// A crate that was written, with all that is reported about it.
pub struct PackedCrate {
    pub plan: PublicationPlan,
    /// The crates that were given, and those of data that had none.
    pub known: KnownCrates,
    /// The numbers of data without a crate and without confirmed source tracks.
    pub unproven: BTreeSet<usize>,
    /// The source and the size of the lineage, in a sentence; empty where it was not needed.
    pub lineage: String,
    /// What was read of history exports; none where no lineage was needed.
    pub exports: Option<ReadLineage>,
    /// How many of the data, and of their ancestors, documents identify.
    pub identified: (usize, usize),
}

impl CratePacking<'_> {
    /// Follows the data that need it, and writes the crate; `unread` is what could not be read before.
    pub fn pack(
        &self,
        mut inputs: PackageInputs,
        mut known: KnownCrates,
        unread: Vec<String>,
    ) -> Result<PackedCrate, Failure> {
        let of_inputs = known.findings().into_iter().chain(unread);
        let of_inputs = of_inputs.chain(self.documents.unreadable().iter().cloned());
        let of_inputs = of_inputs.map(|text| (Strength::Should, text));
        let mut findings: Vec<PublicationFinding> = of_inputs.collect();
        let mut unproven = BTreeSet::new();
        let mut explained = BTreeSet::new();
        let mut lineage = String::new();
        let mut exports = None;
        let mut identified = (0, 0);
        let mut is_followed = vec![false; inputs.data.len()];
        let mut to_follow = self.following(&inputs).candidates(&known)?;
        loop {
            let followed = self.following(&inputs).follow(&to_follow, &mut known)?;
            findings.extend(followed.findings);
            unproven.extend(followed.unproven);
            explained.extend(followed.explained);
            known.add_made(followed.crates);
            let (data, ancestors) = followed.identified;
            // Several of the data may have the same ancestors.
            identified = (identified.0 + data, ancestors.max(identified.1));
            if !followed.lineage.is_empty() {
                lineage = followed.lineage;
            }
            exports = followed.exports.or(exports);
            for (number, sum) in followed.sums {
                inputs.sums[number] = Some(sum);
            }
            for number in &to_follow {
                is_followed[*number] = true;
            }
            let plan = self.publish(&inputs, &known, (&findings, &explained))?;
            // A file may have the name and size of another one, which is known only when it is read.
            let left = |number: &usize| !plan.is_described[*number] && !is_followed[*number];
            to_follow = (0..inputs.data.len()).filter(left).collect();
            if to_follow.is_empty() {
                return Ok(PackedCrate {
                    plan,
                    known,
                    unproven,
                    lineage,
                    exports,
                    identified,
                });
            }
        }
    }

    fn following<'f>(&'f self, inputs: &'f PackageInputs) -> Following<'f> {
        Following {
            arguments: self.arguments,
            inputs,
            asked: self.asked,
            documents: self.documents,
            credits: &self.heading.credits,
            time: self.time,
        }
    }

    fn publish(
        &self,
        inputs: &PackageInputs,
        known: &KnownCrates,
        (findings, explained): (&[PublicationFinding], &BTreeSet<usize>),
    ) -> Result<PublicationPlan, Failure> {
        let publication = PublicationContext {
            data: &inputs.data,
            known,
            crate_index: &known.index(),
            heading: self.heading,
            has_documents: !self.documents.is_empty(),
            findings,
            explained,
            includes_data: self.arguments.payload == PayloadChoice::Include,
            is_bag: self.arguments.bagit,
            tool: (super::NAME, env!("CARGO_PKG_VERSION")),
            time: self.time,
        };
        publication.pack(&PackageFiles {
            inputs,
            output: self.output,
        })
    }
}
