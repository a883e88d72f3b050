//! Texts in the cells of our tables.

/// A cell as it was before it was written: `\t`, `\n`, `\r` and `\\` are one character each.
pub fn unescape(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut characters = cell.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('\\') => text.push('\\'),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
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
        ] {
            assert_eq!(unescape(cell), text);
        }
    }
}
