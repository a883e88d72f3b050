//! The light crate of a result: its steps and all that its source tracks' crates tell, without any data.
//!
//! RO-Crate 1.1 with the profile Process Run Crate 0.5. The result is the root's `about`, a File whose id is made of its
//! content; the crates that it was found in are at `inputs/<k>/`, each once, and their graphs are merged.

mod evidence;
mod steps;

use std::collections::BTreeSet;

use super::proof::trace::{Ancestry, Proof};
use crate::archive::digest::Digests;
use crate::fairtracks::document::Document;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::common_entities::{self, Ancestor, DOCUMENT_FILE, short_hash};
use crate::ro_crate::crate_index::{CrateId, CrateIndex, DescribedFile};
use crate::ro_crate::credits::Credited;
use crate::ro_crate::data_file::data_file;
use crate::ro_crate::entities::{Dataset, File, References};
use crate::ro_crate::merge::{self, Line, MergeReport, MergedGraph, SplitEntity};
use crate::ro_crate::{Crate, Entity};

/// The input of the crate of a result.
pub struct ResultCrateInput<'s> {
    /// The result.
    pub result: &'s DatasetFile,
    /// What is known of where it comes from.
    pub trace: &'s Proof<'s>,
    /// The crates.
    pub crate_index: &'s CrateIndex<'s>,
    /// The lineage, if there is any.
    pub ancestry: Option<&'s Ancestry<'s>>,
    /// The merged document with the digests of its file, if there is one.
    pub document: Option<(&'s Document, &'s Digests)>,
    /// What is to be said of people and licence.
    pub credits: &'s Credited,
    /// The tool and its version.
    pub tool: (&'s str, &'s str),
    /// When it ran, RFC 3339.
    pub time: &'s str,
}

impl ResultCrateInput<'_> {
    /// The id of the result. Where the crate of a source track gives that the id of the same bytes, the result has another one,
    /// so that it is not derived from itself.
    fn result_id(&self) -> String {
        let id = self.result.entity_id();
        match self.trace.proven.contains_key(&id) {
            true => format!("{id}-{}", short_hash(&[&id, "result"])),
            false => id,
        }
    }

    /// The ids of results of earlier crates with the same bytes, which have another id as their crates state no SHA-256.
    fn same_files(&self) -> Vec<String> {
        let own = [self.result.entity_id(), self.result_id()];
        let digests = &self.result.digests;
        let met = self.trace.met.iter().map(|place| &self.crate_index[*place]);
        let has_bytes = |file: &&DescribedFile| match file.content {
            Some(sum) => sum == digests.sha256,
            None => file
                .checksums
                .iter()
                .any(|(function, sum)| digests.of(*function).as_ref() == Some(sum)),
        };
        let same = met.filter(|file| !file.is_source).filter(has_bytes);
        let ids: BTreeSet<&String> = same.map(|file| &file.id).collect();
        let ids = ids.into_iter().filter(|id| !own.contains(id));
        ids.cloned().collect()
    }
}

/// A crate, and what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct BuiltResultCrate {
    /// The crate; of very many crates only what is not in `lines`.
    pub crate_: Crate,
    /// Entities described in only one of very many crates, as JSON.
    pub lines: Vec<Line>,
    /// The crates that go along at `inputs/<k>/`.
    pub ancestors: Vec<CrateId>,
    /// Things of which two crates say what cannot both be so.
    pub split: Vec<SplitEntity>,
}

/// From how many crates on their entities are not kept in memory one by one.
const VERY_MANY: usize = 500;

/// Builds the crate of a result.
pub fn build_crate(input: &ResultCrateInput<'_>) -> BuiltResultCrate {
    let ancestors = input.crate_index.needed(&input.trace.met);
    let licence = input.crate_index.agreed_licence(&ancestors);
    let credits = &input.credits.clone().or_licence(licence.as_ref());
    let mut own = Crate::new();
    common_entities::add_credits(credits, &mut own);
    let sources: Vec<&String> = input.trace.proven.keys().collect();
    let unproven = sources
        .is_empty()
        .then_some("The source tracks of this file could not be confirmed.");
    let result = data_file(&input.result_id(), input.result, &mut own);
    own.add(result.set(&File {
        is_based_on: References::from(&sources).into(),
        description: unproven.into(),
        subject_of: input.document.map(|_| DOCUMENT_FILE).into(),
        same_as: References::from(&input.same_files()).into(),
        ..File::default()
    }));
    steps::add(input, credits, &mut own);
    let keys = input.crate_index.ancestors(&ancestors);
    evidence::add(input, &keys, credits, &mut own);
    if let Some((document, file)) = input.document {
        let about = [input.result_id()];
        common_entities::add_document(
            "FAIRtracks document of the source tracks",
            document,
            file,
            &about,
            &mut own,
        );
    }
    if !ancestors.is_empty() {
        own.add(common_entities::any_crate());
    }
    let parts = input.crate_index.parts(&ancestors, &BTreeSet::new());
    let own = own.into_entities();
    let (merged, lines) = if parts.len() < VERY_MANY {
        (merge::merge_graphs::<Entity>(own, &parts), Vec::new())
    } else {
        let merged = merge::merge_graphs::<Line>(own, &parts);
        let few = MergedGraph {
            shared: merged.shared,
            inner: Vec::new(),
            split: merged.split,
            contexts: merged.contexts,
            report: merged.report,
        };
        (few, merged.inner)
    };
    let root = root(input, credits, &keys, &merged.report);
    let split = merged.split.clone();
    let contexts = merged.contexts.clone();
    let mut rest = Crate::new();
    for entity in merged.into_entities() {
        rest.add(entity);
    }
    let mut crate_ = common_entities::assemble(root, rest);
    crate_.join_contexts(&contexts);
    BuiltResultCrate {
        crate_,
        lines,
        ancestors,
        split,
    }
}

fn root(
    input: &ResultCrateInput<'_>,
    credits: &Credited,
    ancestors: &[Ancestor],
    report: &MergeReport,
) -> Entity {
    let about = input.result_id();
    let mut parts = vec![about.clone()];
    parts.extend(input.document.map(|_| DOCUMENT_FILE.to_owned()));
    parts.extend(ancestors.iter().map(Ancestor::id));
    let unreached: Vec<String> = report
        .unreached(&parts)
        .into_iter()
        .map(str::to_owned)
        .collect();
    parts.extend(unreached);
    let description = match input.trace.proven.len() {
        0 => "A result of an analysis in Galaxy whose source tracks could not be confirmed. The data file itself is not included; it is identified by its SHA-256.".to_owned(),
        1 => "A result of an analysis in Galaxy with the provenance of its source track. The data file itself is not included; it is identified by its SHA-256.".to_owned(),
        tracks => format!("A result of an analysis in Galaxy with the provenance of its {tracks} source tracks. The data file itself is not included; it is identified by its SHA-256."),
    };
    common_entities::root(input.result.label(), &description, input.time, credits).set(&Dataset {
        about: about.into(),
        has_part: parts.into(),
        mentions: (&report.actions()).into(),
        ..Dataset::default()
    })
}
