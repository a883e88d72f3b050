//! The full crate: data with their full provenance, for publication.
//!
//! RO-Crate 1.1 with the profile Process Run Crate. The graphs of the crates that describe the data are merged into one; files
//! that these identify by content have a path if their bytes are in the crate. Each of these crates is at `inputs/<k>/`.

pub mod hash_predictor;
mod names;

use std::collections::{BTreeSet, HashSet};

use crate::archive::content_id;
use crate::archive::digest::Digests;
use crate::fairtracks::document::Document;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::common_entities::{
    self, Ancestor, COMPLETED, DOCUMENT_FILE, short_hash, tool,
};
use crate::ro_crate::crate_index::{CrateId, CrateIndex, FileId};
use crate::ro_crate::credits::{Credit, Credited};
use crate::ro_crate::data_file::data_file;
use crate::ro_crate::entities::{CreateAction, Dataset, EntityId, File, Model as _, References};
use crate::ro_crate::full_crate::hash_predictor::met;
use crate::ro_crate::merge::{self, SplitEntity};
use crate::ro_crate::{Crate, Entity, ROOT};
use names::Renaming;

/// What people say of the crate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrateHeading {
    /// What it is called.
    pub title: String,
    /// What it is about; empty for a sentence that is true of every crate.
    pub description: String,
    /// Words to find it by, with commas between them.
    pub keywords: String,
    /// Who made it, for whom, under which licence.
    pub credits: Credited,
    /// Who paid for it.
    pub funders: Vec<Credit>,
}

/// All that a full crate is made of.
pub struct PublicationInput<'s> {
    /// The data.
    pub files: &'s [DatasetFile],
    /// Their paths in the crate; none where the crate only refers to them.
    pub paths: Option<&'s [String]>,
    /// The description of each in the crates.
    pub matches: &'s [Option<FileId>],
    /// The crates.
    pub crate_index: &'s CrateIndex<'s>,
    /// The keys of the crates that are carried on whole.
    pub whole: &'s BTreeSet<&'s str>,
    /// What people say.
    pub heading: &'s CrateHeading,
    /// The merged document with the digests of its file, if there is one.
    pub document: Option<(&'s Document, &'s Digests)>,
    /// The tool and its version.
    pub tool: (&'s str, &'s str),
    /// When it ran, RFC 3339.
    pub time: &'s str,
}

/// A crate, and what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct BuiltPublication {
    /// The crate.
    pub crate_: Crate,
    /// The id of each of the data in it.
    pub ids: Vec<String>,
    /// The crates that go along at `inputs/<k>/`.
    pub ancestors: Vec<CrateId>,
    /// Things of which two crates say what cannot both be so.
    pub split: Vec<SplitEntity>,
    packaging: String,
}

/// A file about the data that is made when they are packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFile {
    /// Its path.
    pub path: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its digests.
    pub digests: Digests,
}

/// Builds the crate, without the files that are generated from it.
pub fn build_crate(input: &PublicationInput<'_>) -> BuiltPublication {
    let crate_index = input.crate_index;
    let ancestors = crate_index.needed(&met(input.matches, crate_index));
    let licence = crate_index.agreed_licence(&ancestors);
    let credits = &input.heading.credits.clone().or_licence(licence.as_ref());
    let names = Renaming::new(input);
    let mut own = Crate::new();
    common_entities::add_credits(credits, &mut own);
    for funder in &input.heading.funders {
        own.add(common_entities::organization(funder));
    }
    for number in names.undescribed(input) {
        let file = data_file(&names.ids[number], &input.files[number], &mut own);
        own.add(file.set(&File {
            description: "No crate describes this file; its provenance is unknown.".into(),
            ..File::default()
        }));
    }
    let keys = crate_index.ancestors(&ancestors);
    let packaging = add_packaging(input, &names, &keys, credits, &mut own);
    if let Some((document, file)) = input.document {
        let name = "FAIRtracks document of the source tracks";
        common_entities::add_document(name, document, file, &names.each_id(), &mut own);
    }
    if !ancestors.is_empty() {
        own.add(common_entities::any_crate());
    }
    let parts = crate_index.parts(&ancestors, input.whole);
    let merged = merge::merge_graphs::<Entity>(own.into_entities(), &parts);
    let root = root(input, credits, &keys, &names, &merged.report);
    let (split, contexts) = (merged.split.clone(), merged.contexts.clone());
    let entities: Vec<Entity> = merged.into_entities().collect();
    let there: HashSet<String> = entities.iter().map(|entity| entity.id.clone()).collect();
    let mut rest = Crate::new();
    for entity in entities {
        rest.add(names.renamed(entity, input, &there));
    }
    names.add_copies(input, &mut rest);
    let mut crate_ = common_entities::assemble(root, rest);
    crate_.join_contexts(&contexts);
    BuiltPublication {
        crate_,
        ids: names.ids,
        ancestors,
        split,
        packaging,
    }
}

/// Adds the files made during packing to the crate that describes them.
pub fn with_files(built: BuiltPublication, files: &[MadeFile]) -> Crate {
    let BuiltPublication {
        crate_, packaging, ..
    } = built;
    let joined = |known: References<&str>| -> References {
        let ids: Vec<&str> = known
            .ids()
            .chain(files.iter().map(|file| file.path))
            .collect();
        (&ids).into()
    };
    let (context, further) = (crate_.context.clone(), crate_.further.clone());
    let entities = crate_
        .into_entities()
        .into_iter()
        .map(|entity| match &*entity.id {
            ROOT => {
                let has_part = joined(entity.read::<Dataset<&str>>().has_part);
                entity.set(&Dataset {
                    has_part,
                    ..Dataset::default()
                })
            }
            id if id == packaging => {
                let result = joined(entity.read::<CreateAction<&str>>().result);
                entity.set(&CreateAction {
                    result,
                    ..CreateAction::default()
                })
            }
            _ => entity,
        });
    let mut all: Vec<Entity> = entities.collect();
    all.extend(files.iter().map(|file| {
        File {
            name: file.name.into(),
            encoding_format: file.media_type.into(),
            content_size: file.digests.bytes.to_string().into(),
            sha256: file.digests.sha256.hexadecimal().into(),
            // It describes the crate, and is none of the data.
            about: ROOT.into(),
            ..File::default()
        }
        .entity(file.path)
    }));
    Crate::from_parts(context, further, all)
}

/// Adds the packaging; returns its id.
fn add_packaging(
    input: &PublicationInput<'_>,
    names: &Renaming,
    ancestors: &[Ancestor],
    credits: &Credited,
    crate_: &mut Crate,
) -> String {
    let mut objects = names.each_id();
    objects.extend(ancestors.iter().map(Ancestor::id));
    let sums: Vec<String> = input
        .files
        .iter()
        .map(|file| file.digests.sha256.hexadecimal())
        .collect();
    let mut texts: Vec<&str> = objects.iter().chain(&sums).map(String::as_str).collect();
    texts.extend([input.heading.title.as_str(), input.time]);
    let id = short_hash(&texts);
    let instrument = crate_.add(tool(input.tool.0, input.tool.1));
    crate_.add(
        CreateAction {
            name: format!("Packaging of {}", input.heading.title).into(),
            description: "Data and the crates that describe them were packaged; tables, document and texts were generated from the crates".into(),
            end_time: input.time.into(),
            action_status: COMPLETED.into(),
            agent: credits.agent().into(),
            instrument: instrument.into(),
            object: objects.into(),
            result: input.document.map(|_| DOCUMENT_FILE).into(),
            ..CreateAction::default()
        }
        .entity(EntityId::Package(&id)),
    )
}

fn root(
    input: &PublicationInput<'_>,
    credits: &Credited,
    ancestors: &[Ancestor],
    names: &Renaming,
    report: &merge::MergeReport,
) -> Entity {
    let data = names.each_id();
    let mut reached: Vec<String> = data.clone();
    reached.extend(names.described_files.iter().flatten().cloned());
    reached.extend(ancestors.iter().map(Ancestor::id));
    reached.extend(input.document.map(|_| DOCUMENT_FILE.to_owned()));
    let mut parts = data.clone();
    parts.extend(input.document.map(|_| DOCUMENT_FILE.to_owned()));
    parts.extend(ancestors.iter().map(Ancestor::id));
    parts.extend(
        report
            .unreached(&reached)
            .into_iter()
            .map(|id| names.name(id)),
    );
    let heading = input.heading;
    let description = match (heading.description.as_str(), input.paths) {
        ("", Some(_)) => {
            "Genomic data with their provenance: source tracks, processing steps with tools, and the metadata of each."
        }
        ("", None) => {
            "The provenance of genomic data: source tracks, processing steps with tools, and the metadata of each. The data files are not included; they are identified by their SHA-256."
        }
        (description, _) => description,
    };
    let content: Vec<String> = input
        .files
        .iter()
        .map(|file| content_id::of_file(&file.digests.sha256))
        .collect();
    common_entities::root(&heading.title, description, input.time, credits).set(&Dataset {
        identifier: content_id::of_collection(content.iter().map(String::as_str)).into(),
        keywords: (&heading.keywords).into(),
        funder: common_entities::ids(&heading.funders).into(),
        about: data.into(),
        has_part: parts.into(),
        mentions: (&report.actions()).into(),
        ..Dataset::default()
    })
}
