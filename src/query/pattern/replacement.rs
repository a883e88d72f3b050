//! `regexp_replace`: replacements of matches.

use std::ops::Range;

use super::Pattern;

impl Pattern {
    /// The text with the match of this number, from 1, replaced, or all of them if the number is 0, starting at the character
    /// `from`. `None` if it takes too long.
    pub fn replace(
        &self,
        text: &str,
        replacement: &str,
        from: usize,
        occurrence: usize,
    ) -> Option<String> {
        let matches = self.matches(text, from, occurrence == 1)?;
        let characters: Vec<char> = text.chars().collect();
        let mut replaced = String::new();
        let mut done = 0;
        for (place, captures) in matches.iter().enumerate() {
            let Some(Some(whole)) = captures.first() else {
                continue;
            };
            if occurrence > 0 && place + 1 != occurrence {
                continue;
            }
            replaced.extend(&characters[done..whole.start]);
            write(replacement, captures, &characters, &mut replaced);
            done = whole.end;
        }
        replaced.extend(&characters[done..]);
        Some(replaced)
    }
}

/// Writes a replacement: `\1` to `\9` are captures, `\&` is the whole match, `\\` a backslash.
fn write(
    replacement: &str,
    captures: &[Option<Range<usize>>],
    text: &[char],
    written: &mut String,
) {
    let mut characters = replacement.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' {
            written.push(character);
            continue;
        }
        let number = match characters.peek() {
            Some('&') => 0,
            Some(digit @ '1'..='9') => *digit as usize - '0' as usize,
            Some('\\') => {
                characters.next();
                written.push('\\');
                continue;
            }
            _ => {
                written.push('\\');
                continue;
            }
        };
        characters.next();
        if let Some(Some(part)) = captures.get(number) {
            written.extend(&text[part.clone()]);
        }
    }
}
