//! The texts in a value of JSON, one by one.

use serde_json::Value as Json;

/// The JSON pointers of all texts in a value.
pub fn texts(value: &Json) -> Vec<String> {
    fn walk(value: &Json, pointer: &str, found: &mut Vec<String>) {
        match value {
            Json::String(_) => found.push(pointer.to_owned()),
            Json::Object(members) => {
                for (key, value) in members {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    walk(value, &format!("{pointer}/{key}"), found);
                }
            }
            Json::Array(items) => {
                for (position, value) in items.iter().enumerate() {
                    walk(value, &format!("{pointer}/{position}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, "", &mut found);
    found
}
