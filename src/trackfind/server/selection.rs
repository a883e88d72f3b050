//! The categories of a search and their aliases.

use std::ops::Range;

use super::problem::Problem;
use super::store::StoredHub;
use super::{Dialect, Selected};

/// The categories that TrackFind adds to every search.
const ALWAYS: [&str; 2] = ["doc_info", "collection_info"];

#[derive(Debug, Clone)]
pub(super) struct SelectedCategory {
    pub name: String,
    /// The name in the query.
    pub folded: String,
    /// The ids of its objects; `None` for all objects of all hubs, which is TrackFind's meaning of an unknown category.
    pub objects: Option<Range<usize>>,
    /// Its number in a generated statement.
    pub number: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Selection {
    /// The categories, in the order in which they are joined.
    pub aliases: Vec<SelectedCategory>,
    /// Their places in the order of an answer.
    pub shown: Vec<usize>,
    /// Whether these are the categories of a plain search, whose rows are known.
    pub is_plain: bool,
}

impl Selection {
    /// The names in the query.
    pub fn names(&self) -> Vec<String> {
        let aliases = self.aliases.iter();
        aliases.map(|alias| alias.folded.clone()).collect()
    }

    /// The categories that the text of a parameter names; all of the hub if it names none.
    pub fn new(kept: &StoredHub, categories: &str, dialect: &Dialect) -> Result<Self, Problem> {
        let mut names: Vec<&str> = Vec::new();
        for name in categories.split(',').map(str::trim) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        let is_plain = names.is_empty();
        if !is_plain {
            let missing = ALWAYS.iter().filter(|name| !names.contains(name));
            let missing: Vec<&str> = missing.copied().collect();
            names.extend(missing);
        }
        let (names, is_plain) = (dialect.select)(kept, names, is_plain)?;
        let aliases: Vec<SelectedCategory> = names
            .into_iter()
            .map(|name| {
                let category = kept.category(name);
                SelectedCategory {
                    name: name.to_owned(),
                    folded: name.to_ascii_lowercase(),
                    objects: category.map(|category| category.objects.clone()),
                    number: category.map(|category| category.number),
                }
            })
            .collect();
        let shown = (dialect.shown)(&aliases);
        Ok(Selection {
            aliases,
            shown,
            is_plain,
        })
    }
}

/// The categories of the hub that are named, or all for a plain search, and whether the search is a plain one.
pub(super) fn select<'n>(kept: &'n StoredHub, names: Vec<&'n str>, is_plain: bool) -> Selected<'n> {
    if let Some(unknown) = names.iter().find(|name| kept.category(name).is_none()) {
        return Err(no_category(unknown, kept, 400));
    }
    let known = kept.categories.iter().map(|known| known.name.as_str());
    let names: Vec<&str> = known
        .filter(|known| is_plain || names.contains(known))
        .collect();
    // Naming all categories means a plain search; clients do so because a hub may have categories unknown to them.
    let is_plain = is_plain || names.len() == kept.categories.len();
    Ok((names, is_plain))
}

/// The error for an unknown category.
pub(super) fn no_category(name: &str, kept: &StoredHub, status: u16) -> Problem {
    let hub = format!("{}/{}", kept.repository, kept.hub);
    let message = format!("found the unknown category `{name}` in {hub}");
    let known = kept.categories.iter();
    let known = known.map(|category| category.name.as_str());
    Problem::new(status, "category", message, 500).known(name, known)
}
