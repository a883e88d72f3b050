//! Counts the values of a JSON text without reading them.

use memchr::memchr2;

/// The line and column, from 1, at which a text has more than `most` values; none where it has not.
///
/// A value follows each `[`, `{` and `,` outside of strings; an empty list or object counts one extra.
pub(super) fn too_many(bytes: &[u8], most: u64) -> Option<(usize, usize)> {
    // A value takes a byte, and a comma before the next one.
    if bytes.len() as u64 / 2 < most {
        return None;
    }
    let mut values = 1;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = behind_text(bytes, at + 1),
            b'[' | b'{' | b',' => values += 1,
            _ => {}
        }
        if values > most {
            let before = bytes.get(..at).unwrap_or_default();
            let begin = before.iter().rposition(|byte| *byte == b'\n');
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            return Some((line, at - begin.map_or(0, |begin| begin + 1) + 1));
        }
        at += 1;
    }
    None
}

/// The closing quote of the string at a place.
fn behind_text(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes[at] == b'"' {
            return at;
        }
        at += 2;
    }
    bytes.len()
}
