//! Credentials in addresses: they open doors, and are written nowhere.

use serde_json::Value as Json;

/// The address without what stands before `@` in its authority.
pub fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}://{}", &rest[at + 1..]),
        None => url.to_owned(),
    }
}

/// Takes credentials out of every text of a value that is an address; says how many had some.
pub fn take_out(value: &mut Json) -> usize {
    match value {
        Json::String(text) => {
            let without = without_credentials(text);
            let found = usize::from(without != *text && is_address(text));
            if found > 0 {
                *text = without;
            }
            found
        }
        Json::Array(items) => items.iter_mut().map(take_out).sum(),
        Json::Object(members) => members.values_mut().map(take_out).sum(),
        _ => 0,
    }
}

/// Whether a text is one address and not a sentence with one in it.
fn is_address(text: &str) -> bool {
    let scheme = text.trim().split("://").next().unwrap_or_default();
    !scheme.is_empty()
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn credentials_go_and_all_else_stays() {
        for (with, without) in [
            ("https://u:p@x.example/a@b", "https://x.example/a@b"),
            ("ftp://u@x.example:21", "ftp://x.example:21"),
            ("https://u:p@ss@x.example/", "https://x.example/"),
            (
                "https://x.example/files/E/@@download/E.bed?a=b@c#d@e",
                "https://x.example/files/E/@@download/E.bed?a=b@c#d@e",
            ),
            ("https://x.example?user=me@x", "https://x.example?user=me@x"),
            ("desk@x.example", "desk@x.example"),
        ] {
            assert_eq!(without_credentials(with), without);
        }
    }

    #[test]
    fn they_are_found_wherever_a_document_has_addresses() {
        let mut value = json!({"a": ["https://u:p@x.example/"], "b": {"c": "me@x.example", "d": "see https://u:p@x"}});
        assert_eq!(take_out(&mut value), 1);
        assert_eq!(
            value,
            json!({"a": ["https://x.example/"], "b": {"c": "me@x.example", "d": "see https://u:p@x"}})
        );
    }
}
