//! `[…]`: sets of characters (manual section 9.7.3.2).

use super::escape::Escape;
use super::{Reader, Set, not_supported};
use crate::text::letters::KINDS;

const OPEN: &str = "found an unclosed `[`, expected `]`";
const BAD_RANGE: &str = "found an invalid range in brackets";

/// An item in brackets.
enum Item {
    Character(char),
    /// A class or its complement.
    Class(Set, bool),
    /// The `-` of a range.
    Dash,
    End,
}

impl Reader {
    /// Reads a set after its `[`.
    pub(super) fn bracket(&mut self) -> Result<Set, String> {
        let ignore_case = self.options.ignore_case;
        let negated = self.eat("^");
        let mut set = Set::default();
        let mut is_first = true;
        loop {
            let item = self.item(is_first)?;
            is_first = false;
            let start = match item {
                Item::End => break,
                Item::Dash => return Err(BAD_RANGE.to_owned()),
                Item::Class(class, false) => {
                    set.add(&class);
                    continue;
                }
                Item::Class(class, true) => {
                    set.add(&all_but(&class));
                    continue;
                }
                Item::Character(character) => character,
            };
            // A `-` directly before the end of the set is literal.
            let is_range = self.peek() == Some('-')
                && self
                    .characters
                    .get(self.at + 1)
                    .is_some_and(|next| *next != ']');
            if !is_range {
                if ignore_case {
                    set.add(&Set::in_any_case(start));
                } else {
                    set.add(&Set::one(start));
                }
                continue;
            }
            self.at += 1;
            let end = match self.item(false)? {
                Item::Character(character) => character,
                Item::Dash => '-',
                Item::Class(..) | Item::End => return Err(BAD_RANGE.to_owned()),
            };
            if end < start {
                return Err("found a range in brackets that ends before it starts".to_owned());
            }
            set.add_range(start, end, ignore_case);
        }
        set.negated = negated;
        Ok(if self.options.stops_at_line {
            set.without_line_feed()
        } else {
            set
        })
    }

    fn item(&mut self, is_first: bool) -> Result<Item, String> {
        let character = self.next().ok_or(OPEN)?;
        Ok(match character {
            ']' if !is_first => Item::End,
            '-' if !is_first && self.peek() != Some(']') => Item::Dash,
            '\\' => match self.escape()? {
                Escape::Character(character) => Item::Character(character),
                Escape::Class(class, negated) => Item::Class(class, negated),
                Escape::Assertion(_) | Escape::BackReference(_) => {
                    return Err("found an invalid escape in brackets".to_owned());
                }
            },
            '[' => match self.peek() {
                Some(sign @ (':' | '.' | '=')) => {
                    self.at += 1;
                    self.named(sign)?
                }
                _ => Item::Character('['),
            },
            character => Item::Character(character),
        })
    }

    /// `[:class:]`, `[.x.]` and `[=x=]`, after the `[`.
    fn named(&mut self, sign: char) -> Result<Item, String> {
        let end: String = [sign, ']'].into_iter().collect();
        let mut name = String::new();
        while !self.eat(&end) {
            name.push(self.next().ok_or(OPEN)?);
        }
        if sign == ':' {
            let name = match name.as_str() {
                "upper" | "lower" if self.options.ignore_case => "alpha",
                name => name,
            };
            return Set::class(name)
                .map(|class| Item::Class(class, false))
                .ok_or_else(|| format!("found the unknown class [:{name}:]"));
        }
        let mut characters = name.chars();
        match (characters.next(), characters.next(), sign) {
            (Some(character), None, '.') => Ok(Item::Character(character)),
            (Some(character), None, _) if self.options.ignore_case => {
                Ok(Item::Class(Set::in_any_case(character), false))
            }
            (Some(character), None, _) => Ok(Item::Class(Set::one(character), false)),
            _ => Err(not_supported("a character by name, such as `[.hyphen.]`,")),
        }
    }
}

/// The complement of a class, as a set that is not negated.
fn all_but(class: &Set) -> Set {
    let all: u16 = (1 << KINDS.len()) - 1;
    Set {
        kinds: all & !class.kinds,
        ..Set::default()
    }
}
