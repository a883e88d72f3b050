//! Secrets in JSON values: in texts, in keys, and in members that are named as secrets.

use serde_json::{Map, Value as Json};

use super::names::is_secret_name;
use super::{LEFT_OUT, is_clean, without};

/// Removes secrets from a value; returns the number of affected texts.
pub fn take_out(value: &mut Json) -> usize {
    match value {
        Json::String(text) => {
            let clean = without(text);
            let had_some = clean != *text;
            if had_some {
                *text = clean;
            }
            usize::from(had_some)
        }
        Json::Array(items) => items.iter_mut().map(take_out).sum(),
        Json::Object(members) => {
            let mut count = take_out_of_members(members);
            if members.keys().any(|key| !is_clean(key)) {
                let taken = std::mem::take(members);
                for (key, value) in taken {
                    let clean = without(&key);
                    count += usize::from(clean != key);
                    members.entry(clean).or_insert(value);
                }
            }
            count
        }
        _ => 0,
    }
}

fn take_out_of_members(members: &mut Map<String, Json>) -> usize {
    let mut count = 0;
    let is_named = is_pair(members);
    for (key, value) in members.iter_mut() {
        if is_secret_member(key, value) || is_named && key == "value" && is_secret(value) {
            *value = LEFT_OUT.into();
            count += 1;
        } else {
            count += take_out(value);
        }
    }
    count
}

/// Whether a value holds secrets.
pub fn are_in(value: &Json) -> bool {
    match value {
        Json::String(text) => !is_clean(text),
        Json::Array(items) => items.iter().any(are_in),
        Json::Object(members) => are_in_members(members),
        _ => false,
    }
}

/// Whether the members of an object hold secrets.
pub fn are_in_members(members: &Map<String, Json>) -> bool {
    let is_named = is_pair(members);
    members.iter().any(|(key, value)| {
        !is_clean(key)
            || is_secret_member(key, value)
            || is_named && key == "value" && is_secret(value)
            || are_in(value)
    })
}

/// Whether an object is a named value, `{"name": "password", "value": …}`, whose name is that of a secret.
fn is_pair(members: &Map<String, Json>) -> bool {
    members.contains_key("value")
        && members
            .get("name")
            .and_then(Json::as_str)
            .is_some_and(is_secret_name)
}

/// Whether a member is named as a secret and has the value of one; a sentence about it is none.
fn is_secret_member(name: &str, value: &Json) -> bool {
    is_secret_name(name) && is_secret(value)
}

fn is_secret(value: &Json) -> bool {
    match value {
        Json::String(text) => {
            !text.is_empty()
                && text != LEFT_OUT
                && without(&format!("password: {text}")) != format!("password: {text}")
        }
        Json::Number(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn they_are_found_wherever_a_document_has_them() {
        for (mut given, clean) in [
            (
                json!({"file_url": "https://u:p@x.example/my file.bed"}),
                json!({"file_url": "https://x.example/my file.bed"}),
            ),
            (
                json!({"file_url": "https:u:p@x.example/x"}),
                json!({"file_url": "https:x.example/x"}),
            ),
            (
                json!(["see https://u:p@x.example/."]),
                json!(["see https://x.example/."]),
            ),
            (
                json!({"https://u:p@x.example/": 1, "a": 2}),
                json!({"https://x.example/": 1, "a": 2}),
            ),
            (
                json!({"db_password": "hunter", "a": "b"}),
                json!({"db_password": "…", "a": "b"}),
            ),
            (
                json!([{"name": "api_key", "value": "x"}]),
                json!([{"name": "api_key", "value": "…"}]),
            ),
        ] {
            assert!(are_in(&given), "{given}");
            assert_eq!(take_out(&mut given), 1, "{given}");
            assert_eq!(given, clean);
            assert!(!are_in(&given), "{given}");
        }
        let whole = json!({
            "e-mail": "me@x.example", "password": "not needed", "token": null, "pass": true,
            "doc_ontology_versions": {"http://edamontology.org/EDAM.owl": "http://edamontology.org/EDAM_1.25.owl#x"}
        });
        let mut same = whole.clone();
        assert_eq!(take_out(&mut same), 0);
        assert_eq!(same, whole);
    }
}
