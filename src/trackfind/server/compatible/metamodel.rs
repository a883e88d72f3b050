//! Attributes and values as TrackFind lists them.

use std::collections::BTreeMap;

use super::error_answer::AsTrackFind;
use super::{jackson, java};
use crate::fairtracks::flat::SEPARATOR;
use crate::query::pattern::{BACKSLASH, Dialect, Pattern, PatternOptions, Room};
use crate::text::folding;
use crate::trackfind::server::flat::FlatValues;
use crate::trackfind::server::metamodel::values_at;
use crate::trackfind::server::problem::Problem;
use crate::trackfind::server::routes::RouteContext;
use crate::trackfind::server::selection::no_category;
use crate::trackfind::server::store::StoredHub;

/// The initial number of buckets of the map of attributes, and of the set of values of one.
const ATTRIBUTE_BUCKETS: usize = 32;
const VALUE_BUCKETS: usize = 4;

pub(super) fn metamodel(
    mut categories: Vec<(&str, Vec<FlatValues>)>,
    is_flat: bool,
) -> Result<String, Problem> {
    java::sort_grown(&mut categories, |(name, _)| name);
    let mut trees = Vec::new();
    for (name, mut attributes) in categories {
        java::sort_grown_from(ATTRIBUTE_BUCKETS, &mut attributes, |flat| &flat.path);
        let mut tree = Tree::default();
        for attribute in &attributes {
            if is_flat {
                tree.members
                    .push((attribute.path.as_str(), Branch::Values(attribute)));
            } else {
                tree.grow(attribute, &attribute.path)?;
                continue;
            }
        }
        let mut text = String::new();
        tree.write(1, !is_flat, &mut text);
        trees.push((name, text));
    }
    let mut body = String::new();
    jackson::object(trees.into_iter(), 0, &mut body, |text, _, out| {
        out.push_str(&text);
    });
    Ok(body)
}

pub(super) fn values(
    context: &RouteContext<'_>,
    kept: &StoredHub,
    category: &str,
    path: &str,
    filter: &str,
) -> Result<String, Problem> {
    let found = kept.category(category);
    // TrackFind ignores a search without results.
    let objects = match context.parameters.text("query") {
        Some(query) => context.objects_found(kept, found, &query)?,
        None => None,
    };
    // TrackFind fails on a category without remaining values, because it has no entry.
    let found = found.ok_or_else(|| no_category(category, kept, 404))?;
    let attributes = context.attributes_of(found, objects, filter)?;
    if attributes.is_empty() {
        let message = format!("no value of {category} contains {filter}");
        return Err(Problem::new(404, "filter", message, 500));
    }
    let mut values = values_at(&attributes, path);
    java::sort_grown(&mut values, |value| value.as_deref().unwrap_or_default());
    let mut body = String::new();
    write_values(&values, &mut body);
    Ok(body)
}

/// The rest of an attribute's path below `path`, as in TrackFind's statement: a case-insensitive `LIKE` with `_` and `%` as
/// wildcards, and the lower-case prefix removed wherever it occurs.
pub(super) fn below(attribute: &str, path: &str) -> Option<String> {
    let start = folding::lower(path) + SEPARATOR;
    let like = Dialect::Like(BACKSLASH);
    let options = PatternOptions::default();
    let pattern = Pattern::new(&format!("{start}%"), like, options, &Room::default()).ok()?;
    let is_below = pattern.is_match(&folding::lower(attribute)) == Some(true);
    is_below.then(|| attribute.replace(&start, ""))
}

/// Values, as Jackson lays out a list.
fn write_values(values: &[&Option<String>], out: &mut String) {
    jackson::list(values.iter(), out, |value, out| match value {
        Some(value) => jackson::write_text(value, out),
        None => out.push_str("null"),
    });
}

/// A tree of maps as TrackFind builds it.
#[derive(Default)]
struct Tree<'a> {
    members: Vec<(&'a str, Branch<'a>)>,
    places: BTreeMap<&'a str, usize>,
}

enum Branch<'a> {
    Values(&'a FlatValues),
    Tree(Tree<'a>),
}

impl<'a> Tree<'a> {
    /// Inserts an attribute at its path.
    fn grow(&mut self, attribute: &'a FlatValues, path: &'a str) -> Result<(), Problem> {
        // Java's split drops empty parts at the end.
        let (key, below) = path.split_once(SEPARATOR).unwrap_or((path, ""));
        let known = self.places.get(key).copied();
        if below.is_empty() {
            if known.is_some() {
                return Err(both());
            }
            self.places.insert(key, self.members.len());
            self.members.push((key, Branch::Values(attribute)));
            return Ok(());
        }
        let place = known.unwrap_or_else(|| {
            self.places.insert(key, self.members.len());
            self.members.push((key, Branch::Tree(Tree::default())));
            self.members.len() - 1
        });
        match self.members.get_mut(place) {
            Some((_, Branch::Tree(tree))) => tree.grow(attribute, below),
            _ => Err(both()),
        }
    }

    fn write(mut self, nesting: usize, is_grown: bool, out: &mut String) {
        if is_grown {
            java::sort_grown(&mut self.members, |(key, _)| key);
        }
        let members = self.members.into_iter();
        jackson::object(members, nesting, out, |branch, nesting, out| match branch {
            Branch::Tree(tree) => tree.write(nesting, is_grown, out),
            Branch::Values(attribute) => {
                let mut values: Vec<&Option<String>> = attribute.values.iter().collect();
                java::sort_grown_from(VALUE_BUCKETS, &mut values, |value| {
                    value.as_deref().unwrap_or_default()
                });
                write_values(&values, out);
            }
        });
    }
}

/// An attribute has values here and members there.
fn both() -> Problem {
    let said = "class com.google.common.collect.AbstractMapBasedMultimap$WrappedSet cannot be cast to class java.util.Map";
    Problem::new(500, "metamodel", said, 500).trackfind(AsTrackFind::Text(500, said.to_owned()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn next_steps_are_found_as_trackfinds_statement_finds_them() {
        for (attribute, path, below) in [
            ("a_b->c->d", "a_b", Some("c->d")),
            // `_` stands for any character, and what it matched is not cut off.
            ("axb->c", "a_b", Some("axb->c")),
            ("Sex->a", "sex", Some("Sex->a")),
            ("sex->a", "SEX", Some("a")),
            ("sex", "sex", None),
            ("sexes->a", "sex", None),
            ("a->b", "%", Some("a->b")),
            ("a->b", "\\%", None),
        ] {
            let found = super::below(attribute, path);
            assert_eq!(found.as_deref(), below, "{attribute} {path}");
        }
    }
}
