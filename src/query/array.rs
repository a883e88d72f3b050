//! The text form of PostgreSQL's arrays, `'{a,"b c",NULL}'` (manual section 8.15.6).

/// The elements of an array literal; `None` stands for NULL.
///
/// # Errors
/// A sentence about the fault in the literal.
pub fn parse(literal: &str) -> Result<Vec<Option<String>>, String> {
    let inner = literal
        .trim()
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .ok_or_else(|| format!("found the list `{literal}`, expected braces: '{{a,b}}'"))?;
    if inner.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut elements = Vec::new();
    let mut rest = inner;
    loop {
        let (element, after) = next_element(rest.trim_start())?;
        elements.push(element);
        match after.trim_start().strip_prefix(',') {
            Some(more) => rest = more,
            None if after.trim().is_empty() => return Ok(elements),
            None => {
                return Err(format!(
                    "found `{}` in a list, expected a comma",
                    after.trim()
                ));
            }
        }
    }
}

/// The first element of `text` and the rest.
fn next_element(text: &str) -> Result<(Option<String>, &str), String> {
    let quoted = text.starts_with('"');
    let mut content = String::new();
    let mut escaped_to = 0;
    let mut characters = text.char_indices().skip(usize::from(quoted));
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                content.push(
                    characters
                        .next()
                        .ok_or(
                            "found a backslash at the end of a list, expected a character after it",
                        )?
                        .1,
                );
                escaped_to = content.len();
            }
            '"' if quoted => return Ok((Some(content), &text[at + 1..])),
            '{' | '}' | '"' if !quoted => {
                return Err(format!(
                    "found `{character}` in a list, expected double quotes around it"
                ));
            }
            ',' if !quoted => return Ok((unquoted(&content, escaped_to)?, &text[at..])),
            plain => content.push(plain),
        }
    }
    if quoted {
        Err("found an unclosed double quote in a list, expected `\"`".to_owned())
    } else {
        Ok((unquoted(&content, escaped_to)?, ""))
    }
}

/// An unquoted element: trailing spaces are ignored unless escaped, and `NULL` is not a text.
fn unquoted(content: &str, escaped_to: usize) -> Result<Option<String>, String> {
    let (kept, tail) = content.split_at(escaped_to);
    let element = format!("{kept}{}", tail.trim_end());
    match element.as_str() {
        "" => Err("found an empty element in a list, expected a value or \"\"".to_owned()),
        null if escaped_to == 0 && null.eq_ignore_ascii_case("null") => Ok(None),
        _ => Ok(Some(element)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(elements: &[&str]) -> Vec<Option<String>> {
        elements
            .iter()
            .map(|&element| Some(element.to_owned()))
            .collect()
    }

    #[test]
    fn reads_quoted_plain_and_null_elements() {
        assert_eq!(parse("{}"), Ok(vec![]));
        assert_eq!(parse("{bigWig, bigBed }"), Ok(some(&["bigWig", "bigBed"])));
        assert_eq!(
            parse(r#" {"a, b","q\"\\",c d} "#),
            Ok(some(&["a, b", "q\"\\", "c d"]))
        );
        assert_eq!(
            parse(r#"{null,"null"}"#),
            Ok(vec![None, Some("null".to_owned())])
        );
        assert_eq!(parse(r"{a\ ,\,}"), Ok(some(&["a ", ","])));
    }

    #[test]
    fn refuses_what_is_no_list() {
        for literal in [
            "a,b",
            "{a,,b}",
            "{a",
            r#"{"a}"#,
            "{a{b}",
            r#"{"a"b}"#,
            "{,}",
        ] {
            assert!(parse(literal).is_err(), "{literal}");
        }
    }
}
