//! Authors and publisher, as far as the specification defines their description.

use super::report::{At, MetadataReport, called, target};
use super::rules::Rule;
use crate::fairtracks::fields::shown;
use crate::ro_crate::Entity;
use crate::ro_crate::draft::CrateDraft;

/// Checks the publisher of the root and all authors.
pub fn check(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    if let Some(root) = report.root {
        publisher(draft, root, report);
    }
    let entities = draft.read.entities().iter();
    let authors = entities.flat_map(|entity| entity.references("author"));
    let mut authors: Vec<usize> = authors.filter_map(|id| draft.position(id)).collect();
    authors.sort_unstable();
    authors.dedup();
    for position in authors {
        let author = &draft.read.entities()[position];
        if author.is("Person") {
            affiliation(draft, position, author, report);
        }
    }
}

/// Types that are neither people nor organisations. Dozens of other types are kinds of organisations, and those of other
/// vocabularies are not checked.
#[rustfmt::skip]
const THINGS: [&str; 6] = [
    "CreativeWork", "Dataset", "File", "Place", "SoftwareApplication", "Thing",
];

/// Whether an entity cannot be a publisher or an employer.
fn is_no_one(entity: &Entity) -> bool {
    let is_someone = entity.is("Organization") || entity.is("Person");
    !is_someone && THINGS.iter().any(|kind| entity.is(kind))
}

fn publisher(draft: &CrateDraft, root: usize, report: &mut MetadataReport<'_>) {
    const KEY: &str = "publisher";
    let entity = &draft.read.entities()[root];
    for (number, value) in entity.values(KEY).enumerate() {
        let id = value.get("@id").and_then(|id| id.as_str());
        let found = id.and_then(|id| draft.read.get(id));
        if found.is_some_and(|entity| !is_no_one(entity)) {
            continue;
        }
        let what = match (id, found) {
            (None, _) => shown(value),
            (Some(id), found) => target(id, found),
        };
        let expected = "a reference to an Organization or a Person";
        let hint = "describe the publisher in the graph, with its name";
        let at = At::Value(root, KEY, number);
        report.ask(Rule::PublisherType, at, what, expected, hint);
    }
}

fn affiliation(
    draft: &CrateDraft,
    position: usize,
    author: &Entity,
    report: &mut MetadataReport<'_>,
) {
    const KEY: &str = "affiliation";
    if author.values(KEY).next().is_none() {
        let what = format!("no `affiliation` of {}", called(author));
        let expected = "the organisation of the person";
        let hint = "add it if known; it is only recommended";
        let at = At::Entity(position);
        report.ask(Rule::AuthorAffiliation, at, what, expected, hint);
    }
    for (number, value) in author.values(KEY).enumerate() {
        let id = value.get("@id").and_then(|id| id.as_str());
        let found = id.and_then(|id| draft.read.get(id));
        // Dangling references are reported elsewhere.
        if id.is_none() || found.is_some_and(is_no_one) {
            let expected = "a reference to an Organization";
            let at = At::Value(position, KEY, number);
            report.ask(Rule::AffiliationReference, at, shown(value), expected, "");
        }
    }
}
