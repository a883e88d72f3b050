//! Regular expressions as PostgreSQL reads them (manual section 9.7.3) → [`PatternNode`].

use std::collections::{HashMap, HashSet};

use super::node::{Assertion, PatternNode};
use super::options::PatternOptions;
use super::set::Set;
use super::{ENDS_IN_ESCAPE, not_supported};

mod bracket;
mod escape;
mod quantifier;

/// How deeply groups may nest.
const DEEPEST: usize = 100;

const BAD_QUANTIFIER: &str = "found a quantifier such as `*` without an operand";

/// A replacement can refer to `\1` to `\9` only.
const MOST_CAPTURES: usize = 9;
/// The most nodes that back-references may copy in total.
const MOST_COPIED: usize = 4096;

/// A capturing group.
enum Group {
    /// It is not closed yet.
    Open,
    /// It matches several texts, or a long one.
    Closed,
    /// It matches one text only, in any case.
    Fixed(PatternNode),
}

/// The parser of a pattern.
pub(super) struct Reader {
    characters: Vec<char>,
    at: usize,
    options: PatternOptions,
    /// The sets of characters found so far, each once.
    pub sets: Vec<Set>,
    places: HashMap<Set, usize>,
    /// The sets for a single character of the pattern, in any case.
    literal: HashSet<usize>,
    /// The capturing groups, from 1.
    groups: Vec<Group>,
    /// The number of nodes copied by back-references.
    copied: usize,
    depth: usize,
    /// Whether the parser is within a lookaround, which captures nothing.
    looks: bool,
}

impl Reader {
    pub fn new(pattern: &str, options: PatternOptions) -> Self {
        Reader {
            characters: pattern.chars().collect(),
            at: 0,
            options,
            sets: Vec::new(),
            places: HashMap::new(),
            literal: HashSet::new(),
            groups: Vec::new(),
            copied: 0,
            depth: 0,
            looks: false,
        }
    }

    /// The number of groups that can be referred to.
    pub fn captures(&self) -> usize {
        self.groups.len().min(MOST_CAPTURES)
    }

    /// Reads the whole pattern.
    pub fn pattern(&mut self) -> Result<PatternNode, String> {
        self.prefix()?;
        if self.options.quoted {
            let rest = self.characters.split_off(self.at);
            let nodes = rest.into_iter().map(|c| self.character(c)).collect();
            return Ok(PatternNode::sequence(nodes));
        }
        if self.options.anchors_at_line {
            self.set(Set::one('\n'));
        }
        let node = self.choice()?;
        match self.peek() {
            None => Ok(node),
            Some(_) => Err("found `)` without a `(` before it".to_owned()),
        }
    }

    /// The index of a set of the pattern.
    pub fn set(&mut self, set: Set) -> usize {
        let set = set.normalized();
        let next = self.sets.len();
        let place = *self.places.entry(set.clone()).or_insert(next);
        if place == next {
            self.sets.push(set);
        }
        place
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += 1;
        Some(character)
    }

    fn eat(&mut self, expected: &str) -> bool {
        let rest = &self.characters[self.at..];
        let found = rest
            .iter()
            .take(expected.len())
            .copied()
            .eq(expected.chars());
        if found {
            self.at += expected.len();
        }
        found
    }

    /// `***:`, `***=` and `(?letters)` at the start of the pattern.
    fn prefix(&mut self) -> Result<(), String> {
        if self.options.quoted {
            return Ok(());
        }
        if self.eat("***") {
            match self.next() {
                Some(':') => {}
                Some('=') => self.options.quoted = true,
                _ => return Err(BAD_QUANTIFIER.to_owned()),
            }
        }
        let is_letter = |character: Option<&char>| character.is_some_and(char::is_ascii_alphabetic);
        if !self.options.quoted && is_letter(self.characters.get(self.at + 2)) && self.eat("(?") {
            while let Some(letter) = self.peek().filter(char::is_ascii_alphabetic) {
                if letter == 'g' {
                    return Err("found the unknown option `g`".to_owned());
                }
                self.options.set(letter)?;
                self.at += 1;
            }
            if !self.eat(")") {
                return Err("found unclosed options `(?…`, expected `)`".to_owned());
            }
        }
        Ok(())
    }

    /// Skips comments, and whitespace if it is ignored.
    fn skip(&mut self) {
        loop {
            let start = self.at;
            if self.options.expanded {
                while self.peek().is_some_and(char::is_whitespace) {
                    self.at += 1;
                }
                if self.peek() == Some('#') {
                    while self.peek().is_some_and(|character| character != '\n') {
                        self.at += 1;
                    }
                }
            }
            if self.eat("(?#") {
                while self.next().is_some_and(|character| character != ')') {}
            }
            if self.at == start {
                return;
            }
        }
    }

    /// Branches with `|` between them.
    fn choice(&mut self) -> Result<PatternNode, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!(
                "the pattern is too large: its groups nest more than {DEEPEST} levels deep"
            ));
        }
        let mut branches = vec![self.branch()?];
        while self.eat("|") {
            branches.push(self.branch()?);
        }
        self.depth -= 1;
        Ok(if branches.len() == 1 {
            branches.remove(0)
        } else {
            PatternNode::Choice(branches)
        })
    }

    fn branch(&mut self) -> Result<PatternNode, String> {
        let mut nodes = Vec::new();
        loop {
            self.skip();
            if matches!(self.peek(), None | Some('|' | ')')) {
                return Ok(PatternNode::sequence(nodes));
            }
            let (atom, repeats) = self.atom()?;
            self.skip();
            let node = match self.quantifier()? {
                None => atom,
                Some(_) if !repeats => return Err(BAD_QUANTIFIER.to_owned()),
                Some((0, Some(0), _)) => PatternNode::Empty,
                Some((least, most, preference)) => PatternNode::Repeat {
                    node: Box::new(atom),
                    least,
                    most,
                    preference,
                },
            };
            nodes.push(node);
        }
    }

    /// An atom, and whether a quantifier may follow it.
    fn atom(&mut self) -> Result<(PatternNode, bool), String> {
        let assert = |assertion| Ok((PatternNode::Assert(assertion), false));
        let anchors_at_line = self.options.anchors_at_line;
        let Some(character) = self.next() else {
            return Ok((PatternNode::Empty, true));
        };
        match character {
            '\\' => self.escaped(),
            '[' if self.eat("[:<:]]") => assert(Assertion::WordStart),
            '[' if self.eat("[:>:]]") => assert(Assertion::WordEnd),
            '[' => {
                let set = self.bracket()?;
                Ok((PatternNode::Set(self.set(set)), true))
            }
            '(' => self.group(),
            '.' => {
                let any = Set::any();
                let any = if self.options.stops_at_line {
                    any.without_line_feed()
                } else {
                    any
                };
                Ok((PatternNode::Set(self.set(any)), true))
            }
            '^' if anchors_at_line => assert(Assertion::LineStart),
            '$' if anchors_at_line => assert(Assertion::LineEnd),
            '^' => assert(Assertion::TextStart),
            '$' => assert(Assertion::TextEnd),
            '*' | '+' | '?' => Err(BAD_QUANTIFIER.to_owned()),
            '{' if self.peek().is_some_and(|next| next.is_ascii_digit()) => {
                Err(BAD_QUANTIFIER.to_owned())
            }
            character => Ok((self.character(character), true)),
        }
    }

    /// A literal character.
    fn character(&mut self, character: char) -> PatternNode {
        let set = if self.options.ignore_case {
            Set::in_any_case(character)
        } else {
            Set::one(character)
        };
        let set = self.set(set);
        self.literal.insert(set);
        PatternNode::Set(set)
    }

    fn group(&mut self) -> Result<(PatternNode, bool), String> {
        if !self.eat("?") {
            if self.looks {
                let node = self.choice()?;
                self.close()?;
                return Ok((node, true));
            }
            self.groups.push(Group::Open);
            let number = self.groups.len();
            let node = self.choice()?;
            self.close()?;
            self.groups[number - 1] = if node.size() <= MOST_COPIED && self.is_fixed(&node) {
                Group::Fixed(node.clone().without_captures())
            } else {
                Group::Closed
            };
            let node = if number > MOST_CAPTURES {
                node
            } else {
                PatternNode::Capture(number, Box::new(node))
            };
            return Ok((node, true));
        }
        if self.eat(":") {
            let node = self.choice()?;
            self.close()?;
            // A separate branch keeps its own preference.
            return Ok((node, true));
        }
        let behind = self.eat("<");
        let negated = match self.next() {
            Some('=') => false,
            Some('!') => true,
            _ => return Err(BAD_QUANTIFIER.to_owned()),
        };
        let outside = self.looks;
        self.looks = true;
        let node = self.choice()?;
        self.looks = outside;
        self.close()?;
        let look = PatternNode::Look {
            ahead: !behind,
            negated,
            node: Box::new(node),
        };
        Ok((look, false))
    }

    fn close(&mut self) -> Result<(), String> {
        if self.eat(")") {
            return Ok(());
        }
        Err("found an unclosed `(`, expected `)`: write `\\(` for a literal parenthesis".to_owned())
    }
}
