//! Conditions that hold a text against a pattern.

use serde_json::Value as Json;

use super::Writer;
use super::literals;

const MATCHES: [&str; 4] = ["~", "~*", "!~", "!~*"];
const LIKES: [&str; 4] = ["LIKE", "ILIKE", "NOT LIKE", "NOT ILIKE"];

impl Writer<'_> {
    /// A pattern that may match `value`: some characters made wild, the ends left open, the wild ones escaped.
    fn like_pattern(&mut self, value: &Json, escape: &str) -> String {
        let mut pattern = String::new();
        for character in literals::plain(value).chars().take(12) {
            match self.random.below(12) {
                0 => pattern.push('_'),
                1 => pattern.push('%'),
                2 => {}
                3 => pattern.extend([escape, &character.to_string()]),
                _ if matches!(character, '%' | '_') => {
                    pattern.extend([escape, &character.to_string()])
                }
                _ => pattern.push(character),
            }
        }
        match self.random.below(8) {
            0 => format!("{pattern}%"),
            1 => format!("%{pattern}"),
            2 => format!("%{pattern}%"),
            3 => pattern.to_uppercase(),
            4 if self.random.chance(20) => format!("{pattern}{escape}"),
            _ => pattern,
        }
    }

    pub(super) fn like(&mut self) {
        let value = self.text();
        let word = self.random.pick(&LIKES);
        self.words(word);
        self.like_operand(&value, Self::like_pattern);
    }

    pub(super) fn similar(&mut self) {
        let value = self.text();
        let word = self.random.pick(&["SIMILAR TO", "NOT SIMILAR TO"]);
        self.words(word);
        self.like_operand(&value, |w, value, escape| {
            let pattern = w.like_pattern(value, escape);
            w.wild(
                &pattern,
                &[
                    "|a", "*", "+", "?", "{2}", "[a-z]", "[^a]", "(a|b)", "[%_]", "(", "[", ".",
                ],
            )
        });
    }

    /// The pattern, with an escape character of its own at times, rarely something else than a literal.
    fn like_operand(&mut self, value: &Json, pattern: impl Fn(&mut Self, &Json, &str) -> String) {
        let escape = match self.random.below(10) {
            0 => "!",
            1 => "",
            2 => "é",
            _ => "\\",
        };
        match self.random.below(25) {
            0 => self.token("NULL"),
            1 => drop(self.text_in_brackets()),
            2 => self.literal_near(value),
            _ => {
                let pattern = pattern(self, value, escape);
                self.text_literal(&pattern);
            }
        }
        if escape != "\\" || self.random.chance(4) {
            self.words("ESCAPE");
            let escape = self
                .random
                .pick(&[escape, escape, escape, escape, escape, escape, escape, "ab"]);
            self.text_literal(escape);
        }
    }

    /// The pattern with one of `insertions` somewhere, in half of the cases.
    fn wild(&mut self, pattern: &str, insertions: &[&str]) -> String {
        if self.random.chance(50) {
            return pattern.to_owned();
        }
        let mut characters: Vec<char> = pattern.chars().collect();
        let at = self.random.below(characters.len() + 1);
        characters.splice(at..at, self.random.pick(insertions).chars());
        characters.into_iter().collect()
    }

    /// `~` and its kin, on patterns that common regular expressions are made of.
    pub(super) fn matches(&mut self) {
        let value = self.text();
        let sign = self.random.pick(&MATCHES);
        self.token(sign);
        let text = literals::plain(&value);
        let start = self.random.below(text.chars().count() + 1);
        let found: String = text
            .chars()
            .skip(start)
            .take(1 + self.random.below(5))
            .collect();
        let mut pattern = String::new();
        for character in found.chars() {
            match self.random.below(10) {
                0 => pattern.push('.'),
                1 if character.is_ascii_alphanumeric() => {
                    pattern.extend(["[", &character.to_string(), "x]"])
                }
                _ if character.is_ascii_punctuation() && character != '_' => {
                    pattern.extend(['\\', character])
                }
                _ => pattern.push(character),
            }
        }
        let insertions = [
            ".*",
            ".+",
            "?",
            "*",
            "+",
            "|a",
            "^",
            "$",
            "[a-z]+",
            "[^a-z]",
            "[[:digit:]]",
            "[[:alpha:]]*",
            "\\d",
            "\\w+",
            "\\s",
            "\\S",
            "(a|b)",
            "(?:ab)?",
            "{1,2}",
            "{0}",
            "(",
            "[",
            "\\",
            "()",
            "a{2,1}",
            "x*?",
            "\\m",
            "\\M",
            "\\y",
            "\\Y",
            "\\b",
            "\\W",
            "(?=a)",
            "(?!b)",
            "(?<=a)",
            "(?<!é)",
            "\\1",
            "(a)\\1",
            "[[:upper:]]",
            "[[:lower:]]+",
            "[[:alnum:]]",
            "[[:punct:]]",
            "[[:space:]]",
            "[[:word:]]*",
            "[[:print:]]",
            "[[:cntrl:]]",
            "[[:<:]]",
            "[[:>:]]",
            "[^[:alpha:]]",
            "[\\W\\d]",
            "[à-ö]",
            "[A-É]",
            "[é-]",
            "[[.a.]-z]",
            "\\u00e9",
            "\\x41",
            "\\A",
            "\\Z",
            "[ǅK]",
        ];
        let pattern = self.wild(&pattern, &insertions);
        let start = match self.random.below(30) {
            0 => "(?i)",
            1 => "(?n)",
            2 => "(?x)",
            3 => "***=",
            4 => "(?w)",
            5 => "(?p)",
            _ => "",
        };
        self.text_literal(&format!("{start}{pattern}"));
    }
}
