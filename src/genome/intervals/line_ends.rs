//! The ends of lines that are about as long as one another.

const BLOCK: usize = 16;
/// How much a vector search looks at before its first branch, at least.
const VECTOR: usize = 32;

/// Of longer lines, one wrong guess is a small part.
const MOST_BLOCKS: usize = 8;

/// Finds line feeds. Where in its vectors a search meets one differs from line to line, which the processor guesses wrongly
/// as often as not; a search that begins shortly before the usual place meets it in its first vector.
#[derive(Debug, Default)]
pub(super) struct LineEnds {
    /// How many blocks at the start of a line usually have no line feed.
    without: usize,
}

impl LineEnds {
    /// The place of the first line feed of a text.
    #[inline]
    pub fn next(&mut self, text: &[u8]) -> Option<usize> {
        let passed = BLOCK * self.without;
        if let Some((blocks, rest)) = text.split_at_checked(passed)
            && !blocks.as_chunks::<BLOCK>().0.iter().any(has_line_feed)
        {
            let end = memchr::memchr(b'\n', rest)?;
            if end >= VECTOR {
                self.without = MOST_BLOCKS.min(self.without + 1);
            }
            return Some(passed + end);
        }
        let end = memchr::memchr(b'\n', text)?;
        self.without = MOST_BLOCKS.min(end.saturating_sub(BLOCK / 2) / BLOCK);
        Some(end)
    }
}

/// Looks at all bytes, which takes less time than to stop at the first.
#[inline]
fn has_line_feed(block: &[u8; BLOCK]) -> bool {
    let found = block.iter().map(|byte| *byte == b'\n');
    found.fold(false, |some, is| some | is)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::LineEnds;

    proptest! {
        #[test]
        fn laws_lines_of_any_lengths_end_where_they_end(
            lengths in prop::collection::vec(prop_oneof![0..20_usize, 40..90_usize, 0..300_usize], 0..60),
        ) {
            let text: String = lengths.iter().map(|length| "x".repeat(*length) + "\n").collect();
            let (mut ends, mut rest, mut found) = (LineEnds::default(), text.as_bytes(), Vec::new());
            while let Some(end) = ends.next(rest) {
                found.push(end);
                rest = &rest[end + 1..];
            }
            prop_assert_eq!(found, lengths);
        }
    }
}
