//! Escapes (manual, tables 9.20 to 9.24).

use super::{
    Assertion, ENDS_IN_ESCAPE, Group, MOST_COPIED, PatternNode, Reader, Set, not_supported,
};

/// An escape.
pub(super) enum Escape {
    Character(char),
    /// A class or its complement.
    Class(Set, bool),
    Assertion(Assertion),
    BackReference(usize),
}

impl Reader {
    /// Reads an escape outside of brackets, after its backslash.
    pub(super) fn escaped(&mut self) -> Result<(PatternNode, bool), String> {
        Ok(match self.escape()? {
            Escape::Character(character) => (self.character(character), true),
            Escape::Class(class, negated) => {
                let class = Set { negated, ..class };
                (PatternNode::Set(self.set(class)), true)
            }
            Escape::Assertion(assertion) => (PatternNode::Assert(assertion), false),
            Escape::BackReference(number) => {
                let copy = match self.groups.get(number - 1) {
                    Some(Group::Fixed(group)) if !self.looks => group.clone(),
                    Some(Group::Closed) if !self.looks => {
                        return Err(not_supported(
                            "a back-reference such as `\\1` to a group of more than one text",
                        ));
                    }
                    _ => {
                        let problem =
                            "found a back-reference to a group that is not closed before it";
                        return Err(problem.to_owned());
                    }
                };
                self.copied += copy.size();
                if self.copied > MOST_COPIED {
                    return Err(
                        "the pattern is too large: its back-references repeat too much".to_owned(),
                    );
                }
                (copy, true)
            }
        })
    }

    /// Whether the pattern matches one text only, in any case.
    pub(super) fn is_fixed(&self, node: &PatternNode) -> bool {
        match node {
            PatternNode::Empty => true,
            PatternNode::Set(set) => self.literal.contains(set),
            PatternNode::Capture(_, node) => self.is_fixed(node),
            PatternNode::Sequence(nodes) => nodes.iter().all(|node| self.is_fixed(node)),
            PatternNode::Repeat {
                node, least, most, ..
            } => *most == Some(*least) && self.is_fixed(node),
            PatternNode::Choice(_) | PatternNode::Assert(_) | PatternNode::Look { .. } => false,
        }
    }

    /// Reads an escape after its backslash.
    pub(super) fn escape(&mut self) -> Result<Escape, String> {
        let letter = self.next().ok_or(ENDS_IN_ESCAPE)?;
        let class =
            |name: &str, negated| Ok(Escape::Class(Set::class(name).unwrap_or_default(), negated));
        let character = |character| Ok(Escape::Character(character));
        match letter {
            'd' => class("digit", false),
            's' => class("space", false),
            'w' => class("word", false),
            'D' => class("digit", true),
            'S' => class("space", true),
            'W' => class("word", true),
            'A' => Ok(Escape::Assertion(Assertion::TextStart)),
            'Z' => Ok(Escape::Assertion(Assertion::TextEnd)),
            'm' => Ok(Escape::Assertion(Assertion::WordStart)),
            'M' => Ok(Escape::Assertion(Assertion::WordEnd)),
            'y' => Ok(Escape::Assertion(Assertion::WordBoundary)),
            'Y' => Ok(Escape::Assertion(Assertion::NoWordBoundary)),
            'a' => character('\x07'),
            'b' => character('\x08'),
            'B' => character('\\'),
            'c' => {
                let letter = self.next().ok_or(ENDS_IN_ESCAPE)?;
                self.numbered(u32::from(letter) & 0x1f)
            }
            'e' => character('\x1b'),
            'f' => character('\x0c'),
            'n' => character('\n'),
            'r' => character('\r'),
            't' => character('\t'),
            'v' => character('\x0b'),
            'u' => self.digits(16, 4, 4),
            'U' => self.digits(16, 8, 8),
            'x' => self.digits(16, 1, usize::MAX),
            '0' => {
                self.at -= 1;
                self.octal()
            }
            '1'..='9' => self.back_reference(),
            other if other.is_ascii_alphabetic() => {
                Err(format!("found the unknown escape `\\{other}`"))
            }
            other => character(other),
        }
    }

    /// `\1`, or a character by its octal number, depending on the number of groups.
    fn back_reference(&mut self) -> Result<Escape, String> {
        self.at -= 1;
        let start = self.at;
        let mut number = 0_usize;
        while let Some(digit) = self.peek().and_then(|digit| digit.to_digit(10)) {
            number = number.saturating_mul(10).saturating_add(digit as usize);
            self.at += 1;
        }
        if self.at == start + 1 || number <= self.groups.len() {
            return Ok(Escape::BackReference(number));
        }
        self.at = start;
        self.octal()
    }

    fn octal(&mut self) -> Result<Escape, String> {
        let mut number = 0;
        for _ in 0..3 {
            let Some(digit) = self.peek().and_then(|digit| digit.to_digit(8)) else {
                break;
            };
            if number * 8 + digit > 0xff {
                break;
            }
            number = number * 8 + digit;
            self.at += 1;
        }
        self.numbered(number)
    }

    fn digits(&mut self, radix: u32, least: usize, most: usize) -> Result<Escape, String> {
        let mut number = 0_u32;
        let mut count = 0;
        while count < most
            && let Some(digit) = self.peek().and_then(|digit| digit.to_digit(radix))
        {
            number = number.saturating_mul(radix).saturating_add(digit);
            count += 1;
            self.at += 1;
        }
        if count < least {
            return Err(
                "found a character number with too few digits, expected more digits".to_owned(),
            );
        }
        self.numbered(number)
    }

    fn numbered(&self, number: u32) -> Result<Escape, String> {
        let character = char::from_u32(number)
            .ok_or_else(|| format!("found the invalid character number {number:X}"))?;
        Ok(Escape::Character(character))
    }
}
