//! `SIMILAR TO` patterns.

/// A `SIMILAR TO` pattern as a regular expression. The content of brackets is unchanged; a bracket within them is one level
/// deeper, as in PostgreSQL. Two escaped double quotes delimit the middle of three parts, the result of
/// `substring(text similar pattern escape …)`: it is captured, and the first part is as short as possible.
///
/// # Errors
/// A sentence: more than two escaped double quotes.
pub(super) fn to_posix(pattern: &str, escape: Option<char>) -> Result<String, String> {
    let mut regex = String::from("^(?:");
    let mut depth = 0;
    // The position in the outermost brackets: directly after `[` or `[^` a `]` is literal.
    let mut place = 0;
    let mut separators = 0;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if Some(character) == escape {
            match characters.next() {
                Some('"') if depth == 0 => {
                    regex.push_str(match separators {
                        0 => "){1,1}?(",
                        1 => "){1,1}(?:",
                        _ => {
                            return Err("found a third escaped double quote in the pattern, expected at most two".to_owned());
                        }
                    });
                    separators += 1;
                }
                Some(escaped) => {
                    regex.extend(['\\', escaped]);
                    place = 3;
                }
                // An escape at the very end escapes nothing.
                None => {}
            }
            continue;
        }
        match character {
            '\\' => regex.push_str(r"\\"),
            _ if depth > 0 => {
                regex.push(character);
                match character {
                    ']' if place > 2 => depth -= 1,
                    '[' => depth += 1,
                    _ => {}
                }
                place = if character == '^' { place + 1 } else { 3 };
            }
            '[' => {
                (depth, place) = (1, 1);
                regex.push('[');
            }
            '%' => regex.push_str(".*"),
            '_' => regex.push('.'),
            '(' => regex.push_str("(?:"),
            '.' | '^' | '$' => regex.extend(['\\', character]),
            other => regex.push(other),
        }
    }
    regex.push_str(")$");
    Ok(regex)
}
