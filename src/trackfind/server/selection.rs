//! The categories of a search and their aliases.

use std::collections::HashSet;
use std::ops::Range;

use super::java;
use super::problem::{AsTrackFind, Problem};
use super::store::StoredHub;

/// The categories that TrackFind adds to every search.
const ALWAYS: [&str; 2] = ["doc_info", "collection_info"];
/// Words that SQL keeps for itself, so that no category can be named like them.
const RESERVED: &str = " all analyse analyze and any array as asc asymmetric both case cast check collate column \
    constraint create current_catalog current_date current_role current_time current_timestamp current_user default \
    deferrable desc distinct do else end except false fetch for foreign from grant group having in initially \
    intersect into lateral leading limit localtime localtimestamp not null offset on only or order placing primary \
    references returning select session_user some symmetric table then to trailing true union unique user using \
    variadic when where window with ";

/// A category in a search.
#[derive(Debug, Clone)]
pub(super) struct SelectedCategory {
    /// The name in the answer.
    pub name: String,
    /// The name in the query.
    pub folded: String,
    /// The ids of its objects; `None` for all objects of all hubs, which is TrackFind's meaning of an unknown category.
    pub objects: Option<Range<usize>>,
    /// Its number in a generated statement.
    pub number: Option<usize>,
}

/// The categories of a search.
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
        self.aliases
            .iter()
            .map(|alias| alias.folded.clone())
            .collect()
    }

    /// The categories that the text of a parameter names; all of the hub if it names none.
    pub fn new(kept: &StoredHub, categories: &str, faithful: bool) -> Result<Self, Problem> {
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
        let known = || {
            kept.categories
                .iter()
                .map(|category| category.name.as_str())
        };
        if faithful {
            if is_plain {
                names.extend(known());
            } else {
                java::sort_grown(&mut names, |name| name);
                let mut folded = HashSet::new();
                for name in &names {
                    identifier(name, &mut folded)?;
                }
            }
        } else {
            for &name in &names {
                if kept.category(name).is_none() {
                    return Err(no_category(name, kept, 400));
                }
            }
            names = known()
                .filter(|known| is_plain || names.contains(known))
                .collect();
        }
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
        // Naming all categories means a plain search; clients do so because a hub may have categories unknown to them.
        let is_plain = is_plain || (!faithful && aliases.len() == kept.categories.len());
        let shown = if faithful {
            java::places(aliases.iter().map(|alias| alias.name.as_str()))
        } else {
            (0..aliases.len()).collect()
        };
        Ok(Selection {
            aliases,
            shown,
            is_plain,
        })
    }
}

/// The error for an unknown category.
pub(super) fn no_category(name: &str, kept: &StoredHub, status: u16) -> Problem {
    let message = format!(
        "found the unknown category `{name}` in {}/{}",
        kept.repository, kept.hub
    );
    let known = kept
        .categories
        .iter()
        .map(|category| category.name.as_str());
    Problem::new(status, "category", message, 500).known(name, known)
}

/// Rejects invalid SQL names and duplicate ones.
fn identifier(name: &str, taken: &mut HashSet<String>) -> Result<(), Problem> {
    let folded = name.to_ascii_lowercase();
    let is_letter =
        |letter: char| letter.is_ascii_alphabetic() || letter == '_' || !letter.is_ascii();
    let is_name = name.starts_with(is_letter)
        && name
            .chars()
            .all(|letter| is_letter(letter) || letter.is_ascii_digit() || letter == '$')
        && !RESERVED.contains(&format!(" {folded} "));
    let said = if !is_name {
        format!("ERROR: syntax error at or near \"{name}\"")
    } else if !taken.insert(folded) {
        format!("ERROR: table name \"{name}\" specified more than once")
    } else {
        return Ok(());
    };
    Err(Problem::new(400, "category", said.clone(), 400).trackfind(AsTrackFind::Sql(said)))
}
