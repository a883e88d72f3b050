//! Texts in the cells of our tables.

/// The original text of a cell; backslashes that start no known escape stay.
pub fn unescape(cell: &str) -> String {
    let cell = cell.strip_prefix('\'').unwrap_or(cell);
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (character, length) = match after.chars().next() {
            Some('t') => ('\t', 1),
            Some('n') => ('\n', 1),
            Some('r') => ('\r', 1),
            Some('\\') => ('\\', 1),
            Some('u') => hidden_character(after).unwrap_or(('\\', 0)),
            _ => ('\\', 0),
        };
        text.push(character);
        rest = &after[length..];
    }
    text.push_str(rest);
    text
}

/// The character of `u{1b}`, and how long its spelling is.
fn hidden_character(text: &str) -> Option<(char, usize)> {
    let (code, _) = text.strip_prefix("u{")?.split_once('}')?;
    let is_code =
        (1..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let character = char::from_u32(u32::from_str_radix(code, 16).ok().filter(|_| is_code)?)?;
    Some((character, "u{}".len() + code.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_as_it_was_written() {
        for (cell, text) in [
            (r"back\\slash", r"back\slash"),
            (r"a\tb", "a\tb"),
            (r"a\\tb", r"a\tb"),
            (r"a\qb\", r"a\qb\"),
            (r"\u{202e}x", "\u{202e}x"),
            ("'=1", "=1"),
        ] {
            assert_eq!(unescape(cell), text);
        }
    }
}
