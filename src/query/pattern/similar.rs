//! `SIMILAR TO` patterns.

/// A `SIMILAR TO` pattern as a regular expression. What stands in brackets is taken as it is; PostgreSQL counts a
/// bracket within them as one level deeper, and so does this. Two escaped double quotes set off the middle of three
/// parts, which is what `substring(text similar pattern escape …)` gives: it is captured, and the first part is as
/// short as can be.
///
/// # Errors
/// A sentence: there are more than two escaped double quotes.
pub(super) fn to_posix(pattern: &str, escape: Option<char>) -> Result<String, String> {
    let mut regex = String::from("^(?:");
    let mut depth = 0;
    // How far into the outermost brackets: right behind `[` or `[^` a `]` closes nothing.
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
                            return Err("found a third escaped double quote in the pattern, expected two at most".to_owned());
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
