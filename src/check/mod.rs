//! Check: documents and crates → findings.

use crate::model::augment::Filled;
use crate::model::category::Category;
use crate::model::draft::Draft;
use crate::model::fields::{Fields, Need, must};
use crate::model::finding::{Finding, Findings, Remark, Strength, sorted};
use crate::model::generation::Generation;
use crate::model::objects::collection_info::CollectionInfo;
use crate::model::objects::doc_info::DocInfo;
use crate::model::objects::experiment::Experiment;
use crate::model::objects::sample::Sample;
use crate::model::objects::schema;
use crate::model::objects::study::Study;
use crate::model::objects::track::Track;
use crate::model::pointer::Path;
use crate::model::values::text;

pub mod crates;
mod keys;
mod pairs;
mod unreadable;
mod version;

use crates::CrateSource;
use keys::{Keys, Object};
use pairs::Pairs;

/// What is said of a key that stands more than once.
const TAKEN_LAST: &str = "JSON readers take the last of them: leave one";

/// A document and the name by which its user knows its file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'d> {
    /// The name of the file.
    pub name: &'d str,
    /// What it holds.
    pub draft: &'d Draft,
    /// What it lacks that augmentation would fill in, where that is asked for.
    pub fillable: &'d [Filled],
}

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub enum Input<'d> {
    /// A document.
    Document(Source<'d>),
    /// A crate.
    Crate(CrateSource<'d>),
    /// A file that is neither, or cannot be read: its name, and why.
    Unreadable(&'d str, &'d str),
}

/// Finds all that is wrong in documents that belong together: ids must be unique, and references lead somewhere,
/// across all of them.
pub fn check(sources: &[Source<'_>]) -> Vec<Finding> {
    let inputs: Vec<Input<'_>> = sources.iter().copied().map(Input::Document).collect();
    check_all(&inputs)
}

/// Finds all that is wrong in documents, which belong together as for [`check`], and in crates, each by itself.
pub fn check_all(inputs: &[Input<'_>]) -> Vec<Finding> {
    let mut keys = Keys::default();
    let mut documents: Vec<Findings> = Vec::new();
    let mut crates = Vec::new();
    for input in inputs {
        match input {
            Input::Document(source) => {
                documents.push(findings_of(source, documents.len(), &mut keys));
            }
            Input::Crate(source) => crates.push(crates::check(source)),
            Input::Unreadable(..) => {}
        }
    }
    keys.report(&mut documents);
    let (mut documents, mut crates) = (documents.into_iter(), crates.into_iter());
    let mut files = Vec::new();
    for input in inputs {
        match input {
            Input::Document(_) => files.extend(documents.next()),
            Input::Crate(_) => files.extend(crates.next().into_iter().flatten()),
            Input::Unreadable(name, problem) => files.push(findings_of_unreadable(name, problem)),
        }
    }
    sorted(files)
}

/// The finding of a file that cannot be read.
fn findings_of_unreadable(name: &str, problem: &str) -> Findings {
    let mut findings = Findings::new(name);
    let expected = "a FAIRtracks document or an RO-Crate";
    unreadable::add(
        &mut findings,
        problem,
        expected,
        "nothing of it was checked",
    );
    findings
}

/// What is wrong in one document by itself; its ids and references are noted under its number.
fn findings_of<'d>(source: &Source<'d>, number: usize, keys: &mut Keys<'d>) -> Findings {
    let mut findings = Findings::new(source.name);
    read(source.draft, number, keys, &mut findings);
    source
        .fillable
        .iter()
        .for_each(|value| report_fillable(value, &mut findings));
    findings
}

/// A value that was missing: the standard lets it be, but who searches by it finds nothing.
fn report_fillable(missing: &Filled, findings: &mut Findings) {
    let expected = format!("{:?} ({})", missing.value, missing.origin);
    let hint = "write it into the document, or let it be filled in wherever the document is used";
    let remark = Remark::new(Strength::May, expected, hint);
    findings.add_at(missing.pointer.clone(), "nothing".to_owned(), remark);
}

/// Reads one document from top to bottom.
fn read<'d>(draft: &'d Draft, number: usize, keys: &mut Keys<'d>, findings: &mut Findings) {
    let members = draft.members();
    let generation = Generation::of(members);
    findings.add_repeated(draft.repeated(), TAKEN_LAST);
    version::check(members, findings);
    let mut pairs = Pairs::default();
    let mut fields = Fields::new(members, &Path::ROOT, generation, findings);
    let object = |category, position| Object {
        document: number,
        category,
        position,
    };
    fields.text(
        Need::Required,
        "@schema",
        text::exactly(schema::url("fairtracks")),
    );
    report_generation(&mut fields);

    if let Some(doc_info) = fields.object(Need::Required, "doc_info", DocInfo::read) {
        keys.define(object(Category::DocInfo, 0), doc_info.local_id);
    }
    if let Some(collection_info) =
        fields.object(Need::Required, "collection_info", CollectionInfo::read)
    {
        let this = object(Category::CollectionInfo, 0);
        keys.define(this, collection_info.local_id);
        keys.refer(this, "doc_ref", Category::DocInfo, collection_info.doc_ref);
    }
    let empty = |category| empty(draft, category);
    fields.objects("studies", empty(Category::Studies), |position, fields| {
        let study = Study::read(fields);
        let this = object(Category::Studies, position);
        keys.define(this, study.local_id);
        keys.refer(
            this,
            "collection_ref",
            Category::CollectionInfo,
            study.collection_ref,
        );
    });
    fields.objects(
        "experiments",
        empty(Category::Experiments),
        |position, fields| {
            let experiment = Experiment::read(fields);
            let this = object(Category::Experiments, position);
            keys.define(this, experiment.local_id);
            keys.refer(this, "study_ref", Category::Studies, experiment.study_ref);
            keys.refer(this, "sample_ref", Category::Samples, experiment.sample_ref);
            pairs.add_experiment(position, &experiment);
        },
    );
    fields.objects("samples", empty(Category::Samples), |position, fields| {
        let sample = Sample::read(fields);
        keys.define(object(Category::Samples, position), sample.local_id);
        pairs.add_sample(position, &sample);
    });
    fields.objects("tracks", empty(Category::Tracks), |position, fields| {
        let track = Track::read(fields);
        let this = object(Category::Tracks, position);
        keys.define(this, track.local_id);
        keys.refer(
            this,
            "experiment_ref",
            Category::Experiments,
            track.experiment_ref,
        );
        pairs.add_track(position, &track);
    });
    pairs.report(findings);
}

/// Names a shape that is not that of the released standard.
fn report_generation(fields: &mut Fields<'_, '_>) {
    match fields.generation() {
        Generation::Released => {}
        Generation::Master { .. } => {
            let remark = Remark::new(
                Strength::Should,
                "FAIRtracks 1.0.2",
                "it is checked by the rules of that successor: write a 1.0.2 document for tools of the released standard",
            );
            let what =
                "`doc_info.has_augmented_metadata`, the mark of the unreleased successor of 1.0.2";
            fields.report(Some("doc_info"), what.to_owned(), remark);
        }
    }
}

/// What there is to say of a category without objects. In a document of hits it can be right.
fn empty(draft: &Draft, category: Category) -> Remark {
    let count = |category: Category| {
        let part = draft.members().get(category.name());
        part.and_then(|part| part.as_array()).map_or(0, Vec::len)
    };
    let expected = "at least one object";
    if !draft.members().contains_key("subset_of") {
        return must(
            expected,
            "add what belongs here: the standard knows no empty part",
        );
    }
    if count(Category::Tracks) == 0 {
        let hint =
            "the search found nothing: tools of this suite take such a document, others refuse it";
        return Remark::new(Strength::May, expected, hint);
    }
    if category == Category::Samples {
        let hint = "the experiments of these tracks name no sample: validators refuse the document";
        return Remark::new(Strength::Should, expected, hint);
    }
    must(expected, "the tracks need it: search again")
}
