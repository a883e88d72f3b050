//! JSON in TrackFind's layout: Jackson's pretty printing.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::java;

/// Appends a value at the depth `nesting`.
pub(super) fn write(value: &Json, nesting: usize, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Json::Number(number) => {
            let double = number.as_str().parse().ok().and_then(java::double);
            out.push_str(double.as_deref().unwrap_or(number.as_str()));
        }
        Json::String(text) => write_text(text, out),
        Json::Array(items) => list(items.iter(), out, |item, out| write(item, nesting, out)),
        Json::Object(members) => object(members.iter(), nesting, out, |value, nesting, out| {
            write(value, nesting, out);
        }),
    }
}

/// Appends a list, on one line except for the objects in it.
pub(super) fn list<T>(
    items: impl Iterator<Item = T>,
    out: &mut String,
    mut write: impl FnMut(T, &mut String),
) {
    out.push('[');
    for (position, item) in items.enumerate() {
        out.push_str(if position == 0 { " " } else { ", " });
        write(item, out);
    }
    out.push_str(" ]");
}

/// Appends an object at the depth `nesting`, each member on a line.
pub(super) fn object<K: AsRef<str>, V>(
    members: impl Iterator<Item = (K, V)>,
    nesting: usize,
    out: &mut String,
    mut write: impl FnMut(V, usize, &mut String),
) {
    let mut is_empty = true;
    out.push('{');
    for (key, value) in members {
        out.push_str(if is_empty { "\n" } else { ",\n" });
        is_empty = false;
        out.push_str(&"  ".repeat(nesting + 1));
        write_text(key.as_ref(), out);
        out.push_str(" : ");
        write(value, nesting + 1, out);
    }
    if is_empty {
        out.push_str(" }");
    } else {
        out.push('\n');
        out.push_str(&"  ".repeat(nesting));
        out.push('}');
    }
}

pub(super) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lays_out_as_jackson_does() {
        let value = json!([{"a": "x\u{1f}\"é", "b": [], "c": {}, "d": ["p", {"e": 1e10}], "f": {"g": true}}, {}]);
        let mut out = String::new();
        write(&value, 0, &mut out);
        let expected = "[ {\n  \"a\" : \"x\\u001F\\\"é\",\n  \"b\" : [ ],\n  \"c\" : { },\n  \"d\" : [ \"p\", {\n    \
                        \"e\" : 1.0E10\n  } ],\n  \"f\" : {\n    \"g\" : true\n  }\n}, { } ]";
        assert_eq!(out, expected);
    }
}
