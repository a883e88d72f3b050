//! The values of an object: TrackFind's flattening, and which of them a condition on their path finds.

use serde_json::Value as Json;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WalkedValue<'p> {
    /// The keys that lead to it, joined by `->`; lists add nothing.
    pub path: &'p str,
    /// The value as text.
    pub text: String,
    /// Whether a condition that names the path and the text finds it.
    pub is_reachable: bool,
}

/// Where in an object a value is.
#[derive(Clone, Copy)]
struct Place {
    /// Whether a path of keys alone leads here.
    by_keys: bool,
    in_list: bool,
}

/// Shows `visit` all values of an object, in its own order. A list shows its members under its own path, objects in a
/// list those of theirs; JSON's null is no value.
pub(super) fn walk(object: &Json, visit: &mut dyn FnMut(WalkedValue<'_>)) {
    let place = Place {
        by_keys: true,
        in_list: false,
    };
    step(object, &mut String::new(), place, visit);
}

fn step(value: &Json, path: &mut String, place: Place, visit: &mut dyn FnMut(WalkedValue<'_>)) {
    match value {
        Json::Null => {}
        Json::Object(members) => {
            let length = path.len();
            for (key, member) in members {
                if length > 0 {
                    path.push_str("->");
                }
                path.push_str(key);
                let by_keys = place.by_keys && !place.in_list && can_be_named(key);
                let below = Place {
                    by_keys,
                    in_list: false,
                };
                step(member, path, below, visit);
                path.truncate(length);
            }
        }
        Json::Array(items) => {
            let below = Place {
                by_keys: place.by_keys && !place.in_list,
                in_list: true,
            };
            for item in items {
                step(item, path, below, visit);
            }
        }
        Json::String(text) => visit(WalkedValue {
            path,
            text: text.clone(),
            is_reachable: place.by_keys,
        }),
        // `?` finds texts among the members of a list, and nothing else.
        Json::Bool(truth) => visit(WalkedValue {
            path,
            text: truth.to_string(),
            is_reachable: place.by_keys && !place.in_list,
        }),
        Json::Number(number) => visit(WalkedValue {
            path,
            text: plain_number(&number.to_string()),
            is_reachable: place.by_keys && !place.in_list,
        }),
    }
}

/// Whether a key can stand in the name of an attribute.
fn can_be_named(key: &str) -> bool {
    key.trim() == key && !key.is_empty() && !key.contains("->") && !key.starts_with(['>', '\''])
}

/// A number without zeros at its end that say nothing: 1.50 and 1.5 are one value, as are 42.0 and 42.
pub(super) fn plain_number(text: &str) -> String {
    if !text.contains('.') || text.contains(['e', 'E']) {
        return text.to_owned();
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tells_what_a_condition_on_the_path_finds() {
        let object: Json = serde_json::from_str(
            r#"{"a": {"b": "x"}, "l": ["p", "", 3], "n": 1.50, "t": true, "o": [{"k": "1"}],
                "ll": [["q"]], "a->b": {"c": "z"}, "none": null, "empty": [{}]}"#,
        )
        .unwrap();
        let mut found = Vec::new();
        walk(&object, &mut |value| {
            found.push((value.path.to_owned(), value.text, value.is_reachable));
        });
        let expected = json!([
            ["a->b", "x", true],
            ["l", "p", true],
            ["l", "", true],
            ["l", "3", false],
            ["n", "1.5", true],
            ["t", "true", true],
            ["o->k", "1", false],
            ["ll", "q", false],
            ["a->b->c", "z", false]
        ]);
        assert_eq!(json!(found), expected);
    }

    #[test]
    fn zeros_at_the_end_of_a_number_say_nothing() {
        for (written, plain) in [
            ("1.50", "1.5"),
            ("42.0", "42"),
            ("100", "100"),
            ("1.0e5", "1.0e5"),
            ("-0.0", "-0"),
        ] {
            assert_eq!(plain_number(written), plain);
        }
    }
}
