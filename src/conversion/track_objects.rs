//! The objects that tracks refer to, and how the log names them.

use std::collections::HashMap;

use super::normalise::{NormalisedObject, ObjectLists};
use super::references::REFERENCES;
use crate::fairtracks::category::Category;

/// How many tracks refer to an object, by its position.
pub(super) type Users = HashMap<(Category, usize), u64>;

/// The object of a category that a track refers to, directly or through its experiment.
pub(super) fn of_track(lists: &ObjectLists, track: usize, category: Category) -> Option<usize> {
    let referred = |from: Category, position: usize, to: Category| {
        let mut references = REFERENCES.iter();
        let (_, key, _, _) = references.find(|(one, _, other, _)| (*one, *other) == (from, to))?;
        lists.position(to, text(lists.list(from).get(position)?, key)?)
    };
    match category {
        Category::Tracks => Some(track),
        Category::Experiments => referred(Category::Tracks, track, category),
        _ => {
            let experiment = referred(Category::Tracks, track, Category::Experiments)?;
            referred(Category::Experiments, experiment, category)
        }
    }
}

/// The users of all objects that tracks refer to.
pub(super) fn users_of(lists: &ObjectLists) -> Users {
    let mut users = Users::new();
    for track in 0..lists.list(Category::Tracks).len() {
        for (_, _, category, _) in REFERENCES {
            if let Some(position) = of_track(lists, track, category) {
                *users.entry((category, position)).or_default() += 1;
            }
        }
    }
    users
}

/// The word for an object of a category.
pub(super) fn word(category: Category) -> &'static str {
    let mut references = REFERENCES.iter();
    let found = references.find(|(_, _, to, _)| *to == category);
    found.map_or(category.name(), |(_, _, _, word)| word)
}

/// An object as the log names it, with the number of the tracks that share it.
pub(super) fn named_object(
    lists: &ObjectLists,
    category: Category,
    position: usize,
    users: &Users,
) -> String {
    let object = lists.list(category).get(position);
    let id = object.and_then(|object| text(object, "local_id"));
    let named = format!("{} `{}`", word(category), id.unwrap_or_default());
    match users.get(&(category, position)) {
        Some(count) if *count > 1 => format!("{named}, which {count} tracks share"),
        _ => named,
    }
}

fn text<'o>(object: &'o NormalisedObject, key: &str) -> Option<&'o str> {
    object.members.get(key)?.as_str()
}
