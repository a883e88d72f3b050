//! Lists of attributes, read as far as they can be: a value that cannot be read is a finding, the others go on.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::text::json::{self, JsonKind};

/// How many unreadable values of a file are named; the others are counted.
const MOST_NAMED: usize = 20;

/// Reads a list of objects. Most exports are read in one pass; only where that fails each value is looked at by itself.
///
/// Python writes `NaN`, `Infinity` and `-Infinity`, which JSON does not have; they become texts.
///
/// # Errors
/// The file is not a JSON list.
pub(super) fn list<T: DeserializeOwned>(
    file: &str,
    bytes: &[u8],
    findings: &mut Vec<String>,
) -> Result<Vec<T>, serde_json::Error> {
    let error = match serde_json::from_slice(bytes) {
        Ok(items) => return Ok(items),
        Err(error) => error,
    };
    let (bytes, quoted) = with_quoted_numbers(bytes);
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    let Ok(Json::Array(items)) = json::read(text, JsonKind::Export).map(|text| text.value) else {
        return Err(error);
    };
    if quoted > 0 {
        let values = if quoted == 1 { "value" } else { "values" };
        findings.push(format!(
            "`{file}`: found {quoted} {values} NaN or Infinity, which is not valid JSON; read as text"
        ));
    }
    let mut unreadable = Vec::new();
    let read = items
        .into_iter()
        .zip(1..)
        .filter_map(|(item, number)| object(item, number, &mut unreadable))
        .collect();
    let more = unreadable.len().saturating_sub(MOST_NAMED);
    unreadable.truncate(MOST_NAMED);
    if more > 0 {
        unreadable.push(format!("{more} more values of unexpected types; skipped"));
    }
    let named = unreadable.into_iter();
    findings.extend(named.map(|problem| format!("`{file}`, {problem}")));
    Ok(read)
}

/// One item, without those of its members that have another shape than Galaxy gives them.
fn object<T: DeserializeOwned>(
    item: Json,
    number: usize,
    unreadable: &mut Vec<String>,
) -> Option<T> {
    let Json::Object(members) = item else {
        unreadable.push(format!("item {number}: not an object; skipped"));
        return None;
    };
    let is_readable = |(name, value): (&String, &Json)| {
        let alone = Map::from_iter([(name.clone(), value.clone())]);
        T::deserialize(Json::Object(alone)).is_ok()
    };
    let (readable, other): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|(name, value)| is_readable((name, value)));
    for (name, _) in other {
        unreadable.push(format!(
            "item {number}: unexpected type of `{name}`; skipped"
        ));
    }
    T::deserialize(Json::Object(readable.into_iter().collect())).ok()
}

/// The bytes with quotation marks around `NaN`, `Infinity` and `-Infinity` outside of texts, and how many there are.
fn with_quoted_numbers(bytes: &[u8]) -> (Cow<'_, [u8]>, usize) {
    const NUMBERS: [&[u8]; 3] = [b"NaN", b"Infinity", b"-Infinity"];
    let mut quoted = Vec::new();
    let mut count = 0;
    let mut copied = 0;
    let mut place = 0;
    let mut is_text = false;
    while let Some(byte) = bytes.get(place) {
        let found = match byte {
            b'\\' if is_text => {
                place += 2;
                continue;
            }
            b'"' => {
                is_text = !is_text;
                None
            }
            b'N' | b'I' | b'-' if !is_text => NUMBERS
                .iter()
                .find(|number| bytes[place..].starts_with(number)),
            _ => None,
        };
        let Some(number) = found else {
            place += 1;
            continue;
        };
        quoted.extend_from_slice(&bytes[copied..place]);
        quoted.push(b'"');
        quoted.extend_from_slice(number);
        quoted.push(b'"');
        place += number.len();
        copied = place;
        count += 1;
    }
    if count == 0 {
        return (Cow::Borrowed(bytes), 0);
    }
    quoted.extend_from_slice(&bytes[copied..]);
    (Cow::Owned(quoted), count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default)]
    struct Item {
        name: Option<String>,
        exit_code: Option<i64>,
        params: Option<BTreeMap<String, Json>>,
    }

    fn read(text: &str) -> (Vec<Item>, Vec<String>) {
        let mut findings = Vec::new();
        let items = list("jobs_attrs.txt", text.as_bytes(), &mut findings).unwrap();
        (items, findings)
    }

    #[test]
    fn numbers_that_json_does_not_have_are_read_as_texts() {
        let (items, findings) = read(
            r#"[{"params": {"a": NaN, "b": [-Infinity, Infinity], "c": "NaN \" NaN"}, "exit_code": 0}]"#,
        );
        let params = items[0].params.as_ref().unwrap();
        assert_eq!(params["a"], "NaN");
        assert_eq!(params["b"][0], "-Infinity");
        assert_eq!(params["b"][1], "Infinity");
        assert_eq!(params["c"], "NaN \" NaN");
        assert_eq!(items[0].exit_code, Some(0));
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0].contains("found 3 values NaN or Infinity"),
            "{findings:?}"
        );
    }

    #[test]
    fn one_unreadable_value_is_one_finding() {
        let (items, findings) = read(
            r#"[{"name": "a", "exit_code": NaN}, 7, {"name": ["b"], "exit_code": 1}, {"name": "c"}]"#,
        );
        let names: Vec<_> = items.iter().map(|item| item.name.as_deref()).collect();
        assert_eq!(names, [Some("a"), None, Some("c")]);
        assert_eq!(items[1].exit_code, Some(1));
        assert_eq!(findings.len(), 4, "{findings:?}");
        assert!(
            findings[1].contains("item 1: unexpected type of `exit_code`"),
            "{findings:?}"
        );
        assert!(
            findings[2].contains("item 2: not an object"),
            "{findings:?}"
        );
        assert!(
            findings[3].contains("item 3: unexpected type of `name`"),
            "{findings:?}"
        );
    }

    #[test]
    fn many_unreadable_values_are_counted() {
        let text = format!("[{}]", vec!["1"; 5000].join(","));
        let (items, findings) = read(&text);
        assert!(items.is_empty());
        assert_eq!(findings.len(), MOST_NAMED + 1);
        assert!(findings[MOST_NAMED].contains("4980 more"), "{findings:?}");
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["{}", "[", "[{\"name\": \"a\"}", "", "null", "[NaN"] {
            let read = list::<Item>("jobs_attrs.txt", text.as_bytes(), &mut Vec::new());
            assert!(read.is_err(), "{text}");
        }
    }
}
