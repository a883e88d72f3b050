//! The rules for documents: documents → findings.

use crate::fairtracks::augment::Filled;
use crate::fairtracks::category::Category;
use crate::fairtracks::draft::Draft;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::fairtracks::generation::Generation;
use crate::fairtracks::objects::schema;
use crate::fairtracks::values::text;
use crate::text::pointer::Path;

mod keys;
mod objects;
mod pairs;
pub mod unreadable;
mod version;

pub use pairs::is_contradiction;

use keys::{ObjectKeys, ObjectPlace};
use objects::ObjectContext;
use pairs::Pairs;

/// The hint for a duplicate key.
pub(crate) const TAKEN_LAST: &str = "JSON parsers keep the last value: remove the others";

/// A document and the file name known to its user.
#[derive(Debug, Clone, Copy)]
pub struct CheckedDocument<'d> {
    /// The name of the file.
    pub name: &'d str,
    /// What it holds.
    pub draft: &'d Draft,
    /// The values that augmentation would fill in, if requested.
    pub fillable: &'d [Filled],
}

/// Checks documents that belong together; returns the findings of each, in order. Ids must be unique and references must
/// resolve across all of them.
pub fn check(sources: &[CheckedDocument<'_>]) -> Vec<Findings> {
    let mut keys = ObjectKeys::default();
    let pairs = sources.iter().enumerate();
    let mut findings: Vec<Findings> = pairs
        .map(|(number, source)| findings_of(source, number, &mut keys))
        .collect();
    keys.report(&mut findings);
    findings
}

/// The findings of one document by itself; its ids and references are recorded under its number.
fn findings_of<'d>(
    source: &CheckedDocument<'d>,
    number: usize,
    keys: &mut ObjectKeys<'d>,
) -> Findings {
    let mut findings = Findings::new(source.name);
    read(source.draft, number, keys, &mut findings);
    source
        .fillable
        .iter()
        .for_each(|value| report_fillable(value, &mut findings));
    findings
}

/// A missing value: the standard allows that, but a search by it finds nothing.
fn report_fillable(missing: &Filled, findings: &mut Findings) {
    let expected = format!("{:?} ({})", missing.value, missing.origin);
    let hint = "add it to the document, or augment the document wherever it is used";
    let remark = ValueIssue::new(Strength::May, expected, hint);
    findings.add_at(missing.pointer.clone(), "nothing".to_owned(), remark);
}

/// Reads one document from top to bottom.
fn read<'d>(draft: &'d Draft, number: usize, keys: &mut ObjectKeys<'d>, findings: &mut Findings) {
    let members = draft.members();
    let generation = Generation::of(members);
    findings.add_repeated(draft.repeated(), TAKEN_LAST);
    if !draft.has_signature() {
        version::check(members, findings);
    }
    let mut fields = Fields::new(members, &Path::ROOT, generation, findings);
    fields.required("@schema", text::exactly(schema::url("fairtracks")));
    report_generation(&mut fields);
    let mut context = ObjectContext {
        keys,
        pairs: Pairs::default(),
        place: ObjectPlace {
            document: number,
            category: Category::DocInfo,
            position: 0,
        },
    };
    let checks: [(Category, CheckObject<'d>); 6] = [
        (Category::DocInfo, objects::doc_info),
        (Category::CollectionInfo, objects::collection_info),
        (Category::Studies, objects::study),
        (Category::Experiments, objects::experiment),
        (Category::Samples, objects::sample),
        (Category::Tracks, objects::track),
    ];
    for (category, check) in checks {
        let mut check = |position, fields: &mut Fields<'d, '_>| {
            context.place.category = category;
            context.place.position = position;
            check(fields, &mut context);
        };
        if category.is_single() {
            let check = |fields: &mut Fields<'d, '_>| check(0, fields);
            fields.object(Presence::Required, category.name(), check);
        } else {
            fields.objects(category.name(), empty(draft, category), check);
        }
    }
    context.pairs.report(findings);
}

/// Checks an object of a category.
type CheckObject<'d> = fn(&mut Fields<'d, '_>, &mut ObjectContext<'d, '_>);

/// Reports a generation other than the released standard.
fn report_generation(fields: &mut Fields<'_, '_>) {
    match fields.generation() {
        Generation::Released => {}
        Generation::Master { .. } => {
            let remark = ValueIssue::new(
                Strength::Should,
                "FAIRtracks 1.0.2",
                "the document is checked by the rules of the successor; write a 1.0.2 document for tools of the released standard",
            );
            let what =
                "`doc_info.has_augmented_metadata`, the mark of the unreleased successor of 1.0.2";
            fields.report(Some("doc_info"), what.to_owned(), remark);
        }
    }
}

/// The issue with a category without objects; in a document of hits there may be none.
fn empty(draft: &Draft, category: Category) -> ValueIssue {
    let count = |category: Category| {
        let part = draft.members().get(category.name());
        part.and_then(|part| part.as_array()).map_or(0, Vec::len)
    };
    let expected = "at least one object";
    if !draft.members().contains_key("subset_of") {
        return must(
            expected,
            "add the objects: the standard allows no empty list here",
        );
    }
    if count(Category::Tracks) == 0 {
        let hint = "the search found no tracks: tools of this suite accept such a document, validators reject it";
        return ValueIssue::new(Strength::May, expected, hint);
    }
    if category == Category::Samples {
        let hint =
            "the experiments of these tracks have no `sample_ref`: validators reject the document";
        return ValueIssue::new(Strength::Should, expected, hint);
    }
    must(expected, "the tracks need it: search again")
}
