//! Light crates of the data that no crate describes, made as those of `fairtracks_follow` are.

use std::collections::BTreeSet;
use std::io::Cursor;

use crate::archive::digest::Sha256Sum;
use crate::cli::{Failure, dataset_files, lineage_options};
use crate::fairtracks::finding::Strength;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::crate_archive::{CrateArchive, CrateDetail};
use crate::ro_crate::crate_index::CrateIndex;
use crate::ro_crate::credits::Credited;
use crate::ro_crate::full_crate::hash_predictor::{HashPredictor, Unread, matches};
use crate::ro_crate::known_crates::KnownCrates;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::proof::trace::{Ancestry, Proof, trace_all};
use crate::ro_crate::proof::{findings, genome_builds};
use crate::ro_crate::publication::findings::PublicationFinding;
use crate::ro_crate::result_crate_zip::{ResultCrates, ResultToDescribe};

use super::arguments::PackageArguments;
use super::inputs::PackageInputs;

/// What the search for source tracks needs.
pub struct Following<'f> {
    pub arguments: &'f PackageArguments,
    pub inputs: &'f PackageInputs,
    pub credits: &'f Credited,
    pub time: &'f str,
}

/// What was found about data without a crate.
#[derive(Default)]
pub struct Followed {
    /// The new crates, each with the name of its data.
    pub crates: Vec<(String, CrateArchive)>,
    /// The SHA-256 of the data that were hashed, by their numbers.
    pub sums: Vec<(usize, Sha256Sum)>,
    /// The numbers of data without confirmed source tracks.
    pub unproven: BTreeSet<usize>,
    pub findings: Vec<PublicationFinding>,
    /// The source and the size of the lineage, in a sentence.
    pub lineage: String,
}

/// The numbers of the data whose content the crates do not predict.
pub fn unpredicted(inputs: &PackageInputs, crate_index: &CrateIndex<'_>) -> Vec<usize> {
    let predictor = HashPredictor::new(crate_index);
    let is_predicted = |number: &usize| {
        let data = &inputs.data[*number];
        let unread = Unread {
            element_identifier: &data.described.element_identifier,
            uuid: &data.described.uuid,
            bytes: data.bytes,
        };
        predictor.predict(&unread).is_some()
    };
    let mut numbers: Vec<usize> = (0..inputs.data.len()).collect();
    numbers.retain(|number| !is_predicted(number));
    numbers
}

impl Following<'_> {
    /// Looks for the source tracks of the data with these numbers, and describes in a crate what it finds. Data that the crates
    /// describe by content need no further crate, and data without any trace get none.
    pub fn follow(&self, numbers: &[usize], known: &KnownCrates) -> Result<Followed, Failure> {
        let mut followed = Followed::default();
        if numbers.is_empty() {
            return Ok(followed);
        }
        let crate_index = known.index();
        let all = numbers.iter().map(|number| &self.inputs.data[*number]);
        let described = all.map(|data| data.described.clone()).collect();
        let paths = numbers
            .iter()
            .map(|number| self.inputs.paths[*number].clone());
        let paths: Vec<_> = paths.collect();
        let files =
            dataset_files::hashed_files(described, &paths, &crate_index.digest_functions())?;
        let hashed = numbers.iter().zip(&files);
        followed.sums = hashed
            .map(|(number, file)| (*number, file.digests.sha256))
            .collect();
        let places = matches(&files, &crate_index);
        let undescribed = |position: &usize| places[*position].is_none();
        let positions: Vec<usize> = (0..files.len()).filter(undescribed).collect();
        if positions.is_empty() {
            return Ok(followed);
        }
        let files: Vec<DatasetFile> = positions.iter().map(|at| files[*at].clone()).collect();
        let paths: Vec<_> = positions.iter().map(|at| paths[*at].clone()).collect();
        let numbers: Vec<usize> = positions.iter().map(|at| numbers[*at]).collect();

        let mut remarks = Vec::new();
        let lineage = self.arguments.lineage.read(&files, &mut remarks)?;
        let remarks = remarks.into_iter().map(|text| (Strength::Should, text));
        followed.findings.extend(remarks);
        followed.lineage = lineage_options::summary(lineage.as_ref());
        let ancestry = lineage.as_ref().map(Ancestry::of);
        let accepts = self.arguments.accept_identifiers;
        let proofs = trace_all(&files, ancestry.as_ref(), &crate_index, accepts);
        let contradictions = dataset_files::contradicted_builds(&paths, &files)?;
        let crates = ResultCrates {
            crate_index: &crate_index,
            to_nest: known.to_nest(),
            ancestry: ancestry.as_ref(),
            credits: self.credits,
            tool: (super::NAME, env!("CARGO_PKG_VERSION")),
            time: self.time,
            templates: PageTemplates::new()?,
        };
        let producer = lineage.as_ref().map(|lineage| lineage.producer);
        for (at, (file, proof)) in files.iter().zip(&proofs).enumerate() {
            let name = &file.element_identifier;
            if proof.proven.is_empty() {
                followed.unproven.insert(numbers[at]);
            }
            if has_no_trace(proof) {
                continue;
            }
            let found = findings(proof, &crate_index, producer).into_iter();
            let mut found: Vec<_> = found.map(|one| (one.strength, one.text)).collect();
            let contradiction = contradictions[at].clone();
            found.extend(contradiction.map(|text| (Strength::Should, text)));
            // The package itself reports tracks on different genome builds.
            let reported = found.iter().filter(|(how, _)| *how != Strength::Must);
            let reported = reported.map(|(how, text)| (*how, format!("{name}: {text}")));
            followed.findings.extend(reported);
            let builds = genome_builds(proof, &crate_index).into_keys();
            let builds: Vec<String> = builds
                .filter(|build| !build.is_empty())
                .map(str::to_owned)
                .collect();
            let mut result = ResultToDescribe {
                file,
                proof,
                source_tracks: proof.proven.len(),
                genome_builds: &builds,
                findings: found,
            };
            let zip = Cursor::new(crates.zip(&mut result)?);
            let read = CrateArchive::read(zip, CrateDetail::Page);
            let read = read.map_err(|error| Failure::at(name, error))?;
            followed.crates.push((name.clone(), read));
        }
        Ok(followed)
    }
}

/// Whether neither content nor lineage nor a name leads anywhere.
fn has_no_trace(proof: &Proof<'_>) -> bool {
    proof.proven.is_empty() && proof.suggested.is_empty() && !proof.is_in_lineage
}
