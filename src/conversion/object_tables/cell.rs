//! Values of JSON as the texts of cells, so that each text is one value.
//!
//! | cell | value |
//! |---|---|
//! | empty | none |
//! | begins with `{`, `[` or `"` | the value in JSON |
//! | begins with `json:` | the number, `true`, `false` or `null` behind it |
//! | `a;b` in a column of lists | a list of texts |
//! | anything else | the text itself |

use serde_json::Value as Json;

use crate::text::json;

/// What stands before a number, a truth value or null.
const JSON: &str = "json:";
/// Between the texts of a list.
const BETWEEN: char = ';';

/// The cell of a value; `is_list` for columns whose values are lists of texts.
pub fn written(value: &Json, is_list: bool) -> String {
    match value {
        Json::String(text) if is_plain(text) && !is_list => text.clone(),
        Json::String(_) | Json::Object(_) => in_json(value),
        Json::Array(items) => {
            let texts = items.iter().map(|item| match item {
                Json::String(text) if is_plain(text) && !text.contains(BETWEEN) => {
                    Some(text.as_str())
                }
                _ => None,
            });
            match texts.collect::<Option<Vec<&str>>>() {
                Some(texts) if is_list && !texts.is_empty() => texts.join(";"),
                _ => in_json(value),
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => format!("{JSON} {value}"),
    }
}

/// The value of a cell that is not empty.
///
/// # Errors
/// What is wrong with its JSON.
pub fn read(text: &str, is_list: bool) -> Result<Json, String> {
    if let Some(value) = text.strip_prefix(JSON) {
        return of_json(value);
    }
    if text.starts_with(['{', '[', '"']) {
        return of_json(text);
    }
    if !is_list {
        return Ok(text.into());
    }
    let items = text.split(BETWEEN).map(str::trim);
    Ok(items.filter(|item| !item.is_empty()).collect())
}

fn of_json(text: &str) -> Result<Json, String> {
    json::parse(text).map_err(|error| {
        format!(
            "expected JSON after `{{`, `[`, `\"` or `json:` at the beginning of a cell: {}",
            json::problem(&error)
        )
    })
}

/// Whether a text stays the same in every kind of table, and begins as no value of JSON does.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(['{', '[', '"'])
        && !text.starts_with(JSON)
        && !text.chars().any(is_unsafe)
}

/// Characters that a table or XML cannot hold, or that a reader of it drops.
fn is_unsafe(character: char) -> bool {
    character.is_control() && character != '\n'
        || matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// JSON in one line, without characters that a table cannot hold.
fn in_json(value: &Json) -> String {
    let mut text = String::new();
    for character in value.to_string().chars() {
        match is_unsafe(character) || character == '\n' {
            // Beyond texts, JSON has none of them.
            true => text += &format!("\\u{:04x}", u32::from(character)),
            false => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn usual_values_are_cells_that_a_user_can_read() {
        for (value, is_list, cell) in [
            (json!("B cell"), false, "B cell"),
            (json!("=1+1"), false, "=1+1"),
            (json!("a;b"), false, "a;b"),
            (json!(["a", "b"]), true, "a;b"),
            (json!(["a"]), true, "a"),
            (json!(["a;b"]), true, r#"["a;b"]"#),
            (json!("a"), true, r#""a""#),
            (json!(["a"]), false, r#"["a"]"#),
            (json!([]), true, "[]"),
            (json!({}), false, "{}"),
            (json!(""), false, r#""""#),
            (json!(" a"), false, r#"" a""#),
            (json!("a\u{85}"), false, r#""a\u0085""#),
            (json!(5), false, "json: 5"),
            (json!(null), false, "json: null"),
            (json!("json: 5"), false, r#""json: 5""#),
        ] {
            assert_eq!(written(&value, is_list), cell);
            assert_eq!(read(cell, is_list), Ok(value));
        }
        assert!(read("[1", false).unwrap_err().starts_with("expected JSON"));
    }

    fn values() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i32>().prop_map(Json::from),
            "[ a;,\"{\\[\n\r\t\u{85}\u{feff}\u{ffff}é_x0041]{0,6}".prop_map(Json::from),
            any::<String>().prop_map(Json::from),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
                prop::collection::hash_map("[a-c]", inner, 0..3)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn laws_a_cell_is_read_as_it_is_written(value in values(), is_list: bool) {
            let cell = written(&value, is_list);
            prop_assert!(!cell.is_empty());
            prop_assert_eq!(cell.trim(), cell.as_str());
            prop_assert_eq!(read(&cell, is_list), Ok(value));
        }
    }
}
