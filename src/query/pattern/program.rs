//! A pattern as a regular expression of the `regex` crate, over the colors of a text.

use std::fmt::Write;

use super::colors::Colors;
use super::node::{Assertion, PatternNode};

/// The regular expression equivalent to `node`; `None` for a pattern with lookaround.
pub(super) fn regex(node: &PatternNode, colors: &Colors) -> Option<String> {
    let mut written = String::from("(?s-u)");
    write(node, colors, &mut written)?;
    Some(written)
}

fn write(node: &PatternNode, colors: &Colors, regex: &mut String) -> Option<()> {
    match node {
        PatternNode::Empty => regex.push_str("(?:)"),
        PatternNode::Set(set) => class(*set, colors, regex),
        PatternNode::Assert(assertion) => regex.push_str(match assertion {
            Assertion::TextStart => r"\A",
            Assertion::TextEnd => r"\z",
            Assertion::LineStart => "(?m:^)",
            Assertion::LineEnd => "(?m:$)",
            Assertion::WordStart => r"\b{start}",
            Assertion::WordEnd => r"\b{end}",
            Assertion::WordBoundary => r"\b",
            Assertion::NoWordBoundary => r"\B",
        }),
        PatternNode::Look { .. } => return None,
        PatternNode::Capture(_, node) => write(node, colors, regex)?,
        PatternNode::Sequence(nodes) => {
            for node in nodes {
                write(node, colors, regex)?;
            }
        }
        PatternNode::Choice(nodes) => {
            for (place, node) in nodes.iter().enumerate() {
                regex.push_str(if place == 0 { "(?:" } else { "|" });
                write(node, colors, regex)?;
            }
            regex.push(')');
        }
        PatternNode::Repeat {
            node, least, most, ..
        } => {
            regex.push_str("(?:");
            write(node, colors, regex)?;
            regex.push(')');
            // Writing to a String cannot fail.
            let _ = match (least, most) {
                (0, None) => write!(regex, "*"),
                (1, None) => write!(regex, "+"),
                (least, None) => write!(regex, "{{{least},}}"),
                (least, Some(most)) => write!(regex, "{{{least},{most}}}"),
            };
        }
    }
    Some(())
}

fn class(set: usize, colors: &Colors, regex: &mut String) {
    let within: Vec<u8> = (0..=u8::MAX)
        .filter(|color| colors.is_in(set, *color))
        .collect();
    if within.is_empty() {
        regex.push_str(r"[^\x00-\xff]");
        return;
    }
    regex.push('[');
    for run in within.chunk_by(|color, next| *color + 1 == *next) {
        let _ = write!(regex, r"\x{:02x}-\x{:02x}", run[0], run[run.len() - 1]);
    }
    regex.push(']');
}
