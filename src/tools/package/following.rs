//! Light crates of the data that no crate describes, made as those of `fairtracks_follow` are.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Cursor;

use crate::archive::digest::{Digests, Sha256Sum};
use crate::cli::document_options::SearchedTracks;
use crate::cli::lineage_options::ReadLineage;
use crate::cli::{Failure, dataset_files, lineage_options};
use crate::fairtracks::finding::Strength;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::{Lineage, is_transfer_tool};
use crate::ro_crate::crate_archive::{CrateArchive, CrateDetail};
use crate::ro_crate::crate_index::CrateIndex;
use crate::ro_crate::credits::Credited;
use crate::ro_crate::full_crate::hash_predictor::{HashPredictor, Unread, matches};
use crate::ro_crate::known_crates::KnownCrates;
use crate::ro_crate::light_crate_zip::LightCrates;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::proof::trace::{Ancestry, TraceOptions, trace_all};
use crate::ro_crate::proof::{SearchedSources, findings, genome_builds, without_proof};
use crate::ro_crate::publication::findings::PublicationFinding;
use crate::ro_crate::result_crate_zip::{ResultCrates, ResultToDescribe};

use super::arguments::PackageArguments;
use super::inputs::PackageInputs;

/// What the search for source tracks needs.
pub struct Following<'f> {
    pub arguments: &'f PackageArguments,
    pub inputs: &'f PackageInputs,
    /// The lineage that a Galaxy was asked for.
    pub asked: Option<&'f Lineage>,
    /// The documents to search.
    pub documents: &'f SearchedTracks,
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
    /// The numbers of data without any trace for which a finding says so.
    pub explained: BTreeSet<usize>,
    pub findings: Vec<PublicationFinding>,
    /// The source and the size of the lineage, in a sentence.
    pub lineage: String,
    /// What was read of history exports, if a lineage was needed.
    pub exports: Option<ReadLineage>,
    /// How many of the data, and of their ancestors, documents identify.
    pub identified: (usize, usize),
}

impl Following<'_> {
    /// The lineage that was asked for, or that of a file, and what was read for it.
    fn lineage(
        &self,
        files: &mut [DatasetFile],
        remarks: &mut Vec<String>,
    ) -> Result<(Option<Cow<'_, Lineage>>, ReadLineage), Failure> {
        if let Some(asked) = self.asked {
            return Ok((Some(Cow::Borrowed(asked)), ReadLineage::default()));
        }
        let mut read = self.arguments.lineage.read(files, remarks)?;
        Ok((read.lineage.take().map(Cow::Owned), read))
    }

    /// The numbers of the data that may need a crate: those whose content the crates do not predict, and those that a tool made
    /// by the lineage, even if their bytes are those of a track.
    pub fn candidates(&self, known: &KnownCrates) -> Result<Vec<usize>, Failure> {
        let crate_index = known.index();
        let predictor = HashPredictor::new(&crate_index);
        let data = self.inputs.data.iter();
        let predicted = data.map(|data| {
            let sum = predictor.predict(&Unread {
                element_identifier: &data.described.element_identifier,
                uuid: &data.described.uuid,
                bytes: data.bytes,
            })?;
            let digests = Digests::of_sha256(data.bytes, sum);
            Some(data.described.clone().file(digests, None))
        });
        let predicted: Vec<Option<DatasetFile>> = predicted.collect();
        let mut files: Vec<DatasetFile> = predicted.iter().flatten().cloned().collect();
        let lineage = match files.is_empty() {
            true => None,
            // What cannot be read of it is found again when the data are followed.
            false => self.lineage(&mut files, &mut Vec::new())?.0,
        };
        let is_made = |file: &DatasetFile| {
            let lineage = lineage.as_deref();
            lineage.is_some_and(|lineage| is_made_by_a_tool(lineage, file))
        };
        let candidates = predicted.iter().enumerate();
        let candidates = candidates.filter(|(_, file)| file.as_ref().is_none_or(is_made));
        Ok(candidates.map(|(number, _)| number).collect())
    }

    /// Looks for the source tracks of the data with these numbers, and describes in a crate what it finds. The light crates of
    /// tracks that documents identify become known. Results that the crates describe by content need no further crate, and data
    /// without any trace get none.
    pub fn follow(&self, numbers: &[usize], known: &mut KnownCrates) -> Result<Followed, Failure> {
        let mut followed = Followed::default();
        if numbers.is_empty() {
            return Ok(followed);
        }
        let mut functions = known.index().digest_functions();
        functions.extend(self.documents.digest_functions());
        let all = numbers.iter().map(|number| &self.inputs.data[*number]);
        let described = all.map(|data| data.described.clone()).collect();
        let paths = numbers
            .iter()
            .map(|number| self.inputs.paths[*number].clone());
        let paths: Vec<_> = paths.collect();
        let files = dataset_files::hashed_files(described, &paths, &functions)?;
        let hashed = numbers.iter().zip(&files);
        followed.sums = hashed
            .map(|(number, file)| (*number, file.digests.sha256))
            .collect();
        let (positions, mut is_track) = open(&files, &known.index());
        if positions.is_empty() {
            return Ok(followed);
        }
        let mut files: Vec<DatasetFile> = positions.iter().map(|at| files[*at].clone()).collect();
        let paths: Vec<_> = positions.iter().map(|at| paths[*at].clone()).collect();
        let numbers: Vec<usize> = positions.iter().map(|at| numbers[*at]).collect();

        let mut remarks = Vec::new();
        let (lineage, exports) = self.lineage(&mut files, &mut remarks)?;
        followed.exports = Some(exports);
        let remarks = remarks.into_iter().map(|text| (Strength::Should, text));
        followed.findings.extend(remarks);
        followed.lineage = lineage_options::summary(lineage.as_deref());
        let templates = PageTemplates::new()?;
        let light_crates = LightCrates {
            credits: self.credits,
            tool: (super::NAME, env!("CARGO_PKG_VERSION")),
            time: self.time,
            templates: Some(&templates),
        };
        let documents = self.documents;
        let recognitions = documents.recognise(&files, lineage.as_deref(), known, light_crates)?;
        followed.identified = recognitions.counts();
        let crate_index = known.index();
        // An identified track has a light crate by now, and needs no other.
        for (is_track, place) in is_track.iter_mut().zip(matches(&files, &crate_index)) {
            *is_track |= place.is_some_and(|place| crate_index[place].is_source);
        }
        let ancestry = lineage.as_deref().map(Ancestry::of);
        let options = TraceOptions {
            accept_identifiers: self.arguments.accept_identifiers,
            recognitions: &recognitions,
        };
        let proofs = trace_all(&files, ancestry.as_ref(), &crate_index, options);
        let contradictions = dataset_files::contradicted_builds(&paths, &files)?;
        let crates = ResultCrates {
            crate_index: &crate_index,
            to_nest: known.to_nest(),
            ancestry: ancestry.as_ref(),
            credits: self.credits,
            tool: (super::NAME, env!("CARGO_PKG_VERSION")),
            time: self.time,
            templates,
        };
        let searched = SearchedSources {
            producer: lineage.as_deref().map(|lineage| lineage.producer),
            has_documents: !documents.is_empty(),
        };
        for (at, (file, proof)) in files.iter().zip(&proofs).enumerate() {
            let name = &file.element_identifier;
            let is_described = is_track[at] && proof.jobs.is_empty();
            if !is_described && proof.proven.is_empty() {
                followed.unproven.insert(numbers[at]);
            }
            // A name alone is no trace.
            let has_trace = !proof.proven.is_empty() || proof.is_in_lineage;
            if is_described || (!has_trace && recognitions.of_result(at).is_empty()) {
                let mismatches = proof.doubts.other_checksums.iter();
                let mismatches =
                    mismatches.map(|other| (Strength::Should, format!("{name}: {other}")));
                followed.findings.extend(mismatches);
                continue;
            }
            if !has_trace {
                followed.explained.insert(numbers[at]);
            }
            let unproven = without_proof((file, proof), &crate_index, searched);
            let found = findings((file, proof), &crate_index, searched).into_iter();
            let mut found: Vec<_> = found.map(|one| (one.strength, one.text)).collect();
            let contradiction = contradictions[at].clone();
            found.extend(contradiction.map(|text| (Strength::Should, text)));
            // The package itself reports tracks on different genome builds.
            let reported = found.iter().filter(|(how, _)| *how != Strength::Must);
            let reported = reported.map(|(how, text)| {
                let is_reason = !has_trace && unproven.as_ref() == Some(text);
                let packed = if is_reason {
                    ". Packed without provenance"
                } else {
                    ""
                };
                (*how, format!("{name}: {text}{packed}"))
            });
            followed.findings.extend(reported);
            if !has_trace {
                continue;
            }
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
            let zip = Cursor::new(crates.zip(&mut result)?.bytes);
            let read = CrateArchive::read(zip, CrateDetail::Page);
            let read = read.map_err(|error| Failure::at(name, error))?;
            followed.crates.push((name.clone(), read));
        }
        Ok(followed)
    }
}

/// The positions of the files that no crate describes as a result, and whether a crate describes each of these as a track.
fn open(files: &[DatasetFile], crate_index: &CrateIndex<'_>) -> (Vec<usize>, Vec<bool>) {
    let places = matches(files, crate_index).into_iter().enumerate();
    let open = places.filter(|(_, place)| place.is_none_or(|place| crate_index[place].is_source));
    open.map(|(at, place)| (at, place.is_some())).unzip()
}

/// Whether a tool made a dataset, rather than an import, an upload or a copy.
fn is_made_by_a_tool(lineage: &Lineage, file: &DatasetFile) -> bool {
    let id = lineage.dataset_of(file);
    let mut datasets = lineage.datasets.iter();
    let dataset = id.and_then(|id| datasets.find(|dataset| dataset.id == id));
    let maker = dataset
        .filter(|dataset| dataset.copied_from.is_none())
        .and_then(|dataset| dataset.created_by.as_ref());
    let mut jobs = lineage.jobs.iter();
    let maker = maker.and_then(|id| jobs.find(|job| job.id == *id));
    maker.is_some_and(|job| !job.is_import() && !is_transfer_tool(&job.tool_id))
}
