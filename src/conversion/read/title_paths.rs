//! Titles that are paths, such as `cases.0.samples.1.sample_type`, become nested values.

use serde_json::{Map, Value as Json};

/// Parts of a path; a title with more is a name.
const MOST_PARTS: usize = 16;

/// The object of some titles and texts. Numbers in a path are positions in a list; empty texts are left out.
pub(super) fn nested<'t>(cells: impl Iterator<Item = (&'t str, &'t str)>) -> Map<String, Json> {
    let mut object = Map::new();
    for (title, text) in cells.filter(|(_, text)| !text.trim().is_empty()) {
        let parts: Vec<&str> = title.split('.').collect();
        let is_path = parts.len() <= MOST_PARTS && parts.iter().all(|part| !part.is_empty());
        if !is_path || !put(&mut object, &parts, text) {
            object.insert(title.to_owned(), text.into());
        }
    }
    object
        .into_iter()
        .map(|(key, value)| (key, with_lists(value)))
        .collect()
}

/// Sets a member of members; false where a text is on the way.
fn put(object: &mut Map<String, Json>, parts: &[&str], text: &str) -> bool {
    match parts {
        [] => false,
        [last] => {
            let is_free = !object.contains_key(*last);
            if is_free {
                object.insert((*last).to_owned(), text.into());
            }
            is_free
        }
        [first, rest @ ..] => {
            let below = object
                .entry((*first).to_owned())
                .or_insert_with(|| Json::Object(Map::new()));
            below
                .as_object_mut()
                .is_some_and(|below| put(below, rest, text))
        }
    }
}

/// A value whose objects with numbers as keys are lists in the order of these.
fn with_lists(value: Json) -> Json {
    let Json::Object(members) = value else {
        return value;
    };
    let number = |key: &String| key.parse::<u32>().ok();
    let is_list = members.keys().all(|key| number(key).is_some());
    let mut members: Vec<(String, Json)> = members
        .into_iter()
        .map(|(key, value)| (key, with_lists(value)))
        .collect();
    match is_list {
        true => {
            members.sort_by_key(|(key, _)| number(key));
            members.into_iter().map(|(_, value)| value).collect()
        }
        false => Json::Object(members.into_iter().collect()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_positions_and_long_paths_are_names() {
        let long = vec!["a"; 20].join(".");
        let cells = [
            ("file_id", "f"),
            ("cases.0.samples.10.type", "c"),
            ("cases.0.samples.2.type", "b"),
            ("cases.0.id", "1"),
            ("cases.4294967295.id", "2"),
            ("file_id.x", "y"),
            ("empty", " "),
            (&long, "l"),
        ];
        let found = Json::Object(nested(cells.into_iter()));
        let mut expected = json!({"file_id": "f", "file_id.x": "y", "cases": [
            {"samples": [{"type": "b"}, {"type": "c"}], "id": "1"}, {"id": "2"}]});
        expected[&long] = "l".into();
        assert_eq!(found, expected);
    }
}
