//! Why a filter leaves nothing, and what comes nearest.

use crate::query::nearest::nearest;
use crate::query::words::{ExistingValues, nearest_values};
use crate::tools::catalog::entries::{Catalog, CatalogAttribute, CatalogFilter};
use crate::vocabulary::{Vocabulary, WordSequence};

/// Why the table is empty although there are hubs; `categories` are those of the hubs.
pub(super) fn reason(
    catalog: &Catalog,
    wanted: &CatalogFilter,
    categories: &[&str],
    vocabulary: Vocabulary,
) -> String {
    if wanted.is_everything() {
        return "the hubs have no attribute with a value".to_owned();
    }
    let mut text = format!(
        "none of the {} values matches: use a shorter text, or none; the categories are {}",
        catalog.rows(),
        categories.join(", ")
    );
    if let Some(meant) = nearest_attribute(catalog, wanted) {
        let asked = &wanted.attribute;
        text += &format!("; no attribute has `{asked}` in its name: did you mean `{meant}`?");
    }
    if !WordSequence::of(&wanted.value).is_empty() {
        let nearest = nearest_values(&wanted.value, &values(catalog, vocabulary));
        text += &format!("; {nearest}");
    }
    text
}

/// The attribute name that comes nearest to one that no attribute has.
fn nearest_attribute(catalog: &Catalog, wanted: &CatalogFilter) -> Option<String> {
    let named = CatalogFilter {
        attribute: wanted.attribute.clone(),
        ..CatalogFilter::default()
    };
    let is_there = catalog.of(&named, &Vocabulary::default()).rows() > 0;
    if wanted.attribute.is_empty() || is_there {
        return None;
    }
    let attributes = catalog.hubs.iter().flat_map(|hub| &hub.attributes);
    let names = attributes.flat_map(|attribute: &CatalogAttribute| {
        let last = attribute.path.rsplit("->").next().unwrap_or_default();
        let names = [attribute.name(), attribute.path.clone(), last.to_owned()];
        names
            .into_iter()
            .chain(attribute.plain_name().map(str::to_owned))
    });
    let names: Vec<String> = names.collect();
    nearest(&wanted.attribute, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The values of all hubs that conditions can ask for.
fn values(catalog: &Catalog, vocabulary: Vocabulary) -> ExistingValues {
    let mut lists = Vec::new();
    for attribute in catalog.hubs.iter().flat_map(|hub| &hub.attributes) {
        if let Some(named) = attribute.as_condition() {
            let texts = attribute.values.iter().map(|value| value.text.clone());
            lists.push((named, texts.collect()));
        }
    }
    ExistingValues::of_lists(lists, vocabulary)
}
