//! Functions that join, cut and replace texts.

use serde_json::{Value as Json, json};

use super::literals;
use super::{Form, Writer};

const PATTERNS: [&str; 34] = [
    "[0-9]+",
    "[aeiou]",
    "a|ab",
    "(a|ab)(c|b)*",
    "(.)(.*)",
    "(.*?)b",
    ".*?",
    "b*",
    "",
    "\\w+",
    "\\m.",
    "[[:upper:]]",
    "[^[:alpha:]]+",
    "(\\w)(\\d)?",
    "^(.)|(.)$",
    "((a)|(b))+",
    "(a*)(a*)",
    "(a*?)(a*)",
    "(?:x|(é))",
    "(.+)[- ](.+)",
    "t+?|e+",
    "(a{1,2}?)(a*)",
    "([a-z]+?){2}",
    "(ab?)*(b)?",
    "(?=b)",
    "(?<=a).",
    "É",
    "$",
    "^",
    "(o|d)*?s",
    "(?:(a)|b)*",
    "(a|b|ab)*(c|$)",
    "x?(é|tu)+",
    "[^:]*$",
];

impl Writer<'_> {
    /// Any of them.
    pub(super) fn function(&mut self) -> Json {
        const FORMS: [Form; 12] = [
            (3, |w| w.cut("LEFT")),
            (3, |w| w.cut("RIGHT")),
            (3, |w| w.replaced()),
            (8, |w| w.replaced_by_pattern()),
            (4, |w| w.concatenated()),
            (4, |w| w.substring_by_place()),
            (8, |w| w.substring_by_pattern()),
            (3, |w| w.substring_by_similar()),
            (2, |w| w.type_of()),
            (2, |w| w.simple("INITCAP")),
            (1, |w| w.simple("REVERSE")),
            (2, |w| w.trimmed_by_words()),
        ];
        let weights: Vec<usize> = FORMS.iter().map(|(weight, _)| *weight).collect();
        let form = self.random.weighted(&weights);
        (FORMS[form].1)(self);
        json!("ab")
    }

    fn simple(&mut self, name: &str) {
        self.words(name);
        self.token("(");
        self.text();
        self.token(")");
    }

    fn place(&mut self) {
        let place = self.random.pick(&[
            "0",
            "1",
            "2",
            "3",
            "5",
            "-1",
            "-2",
            "NULL",
            "2::smallint",
            "100",
        ]);
        self.token(place);
    }

    fn cut(&mut self, name: &str) {
        self.words(name);
        self.token("(");
        self.text();
        self.token(",");
        self.place();
        self.token(")");
    }

    fn some_text(&mut self, value: &Json) {
        let text = literals::plain(value);
        let start = self.random.below(text.chars().count() + 1);
        let length = self.random.below(3);
        let part: String = text.chars().skip(start).take(length).collect();
        self.text_literal(&part);
    }

    fn replaced(&mut self) {
        self.words("REPLACE");
        self.token("(");
        let value = self.text();
        self.token(",");
        self.some_text(&value);
        self.token(",");
        self.some_text(&value);
        self.token(")");
    }

    fn pattern(&mut self) {
        let pattern = self.random.pick(&PATTERNS);
        self.text_literal(pattern);
    }

    fn replaced_by_pattern(&mut self) {
        self.words("REGEXP_REPLACE");
        self.token("(");
        self.text();
        self.token(",");
        self.pattern();
        self.token(",");
        let by = self
            .random
            .pick(&["", "x", r"[\1]", r"<\&>", r"\2\1", r"\\", r"a\q", "\\"]);
        self.text_literal(by);
        let flags = self
            .random
            .pick(&["", "g", "i", "gi", "n", "gw", "x", "q", "gp", "s", "cg"]);
        match self.random.below(6) {
            0 | 1 => {
                self.token(",");
                self.text_literal(flags);
            }
            2 => {
                self.token(",");
                self.place();
            }
            3 => {
                self.token(",");
                self.place();
                self.token(",");
                self.place();
            }
            4 => {
                self.token(",");
                self.place();
                self.token(",");
                self.place();
                self.token(",");
                self.text_literal(flags);
            }
            _ => {}
        }
        self.token(")");
    }

    fn concatenated(&mut self) {
        if self.random.chance(30) {
            self.words("CONCAT_WS");
            self.token("(");
            self.text();
        } else {
            self.words("CONCAT");
            self.token("(");
            self.text();
        }
        for _ in 0..=self.random.below(2) {
            self.token(",");
            match self.random.below(8) {
                0 => self.token("NULL"),
                1 => self.token("TRUE"),
                2 => drop(self.number()),
                3 => drop(self.jsonb()),
                4 => {
                    self.text();
                    self.words("IS NULL");
                }
                _ => drop(self.text()),
            }
        }
        self.token(")");
    }

    fn substring_by_place(&mut self) {
        self.words("SUBSTRING");
        self.token("(");
        self.text();
        match self.random.below(5) {
            0 => {
                self.token(",");
                self.place();
                self.token(",");
                self.place();
            }
            1 => {
                self.words("FROM");
                self.place();
            }
            2 => {
                self.words("FOR");
                self.place();
            }
            3 => {
                self.words("FOR");
                self.place();
                self.words("FROM");
                self.place();
            }
            _ => {
                self.words("FROM");
                self.place();
                self.words("FOR");
                self.place();
            }
        }
        self.token(")");
    }

    fn substring_by_pattern(&mut self) {
        self.words("SUBSTRING");
        self.token("(");
        self.text();
        if self.random.chance(50) {
            self.words("FROM");
        } else {
            self.token(",");
        }
        self.pattern();
        self.token(")");
    }

    fn substring_by_similar(&mut self) {
        let pattern = self.random.pick(&[
            "%#\"a_#\"%",
            "#\"%#\"b%",
            "%#\"[a-z]+#\"%",
            "%b",
            "_#\"%#\"",
            "%#\"(a|é)%#\"_%",
            "a#\"b",
            "%#\"#\"%",
            "[^#\"]#\"%#\"",
        ]);
        self.words("SUBSTRING");
        self.token("(");
        self.text();
        match self.random.below(3) {
            0 => {
                self.words("FROM");
                self.text_literal(pattern);
                self.words("FOR");
            }
            _ => {
                self.words("SIMILAR");
                self.text_literal(pattern);
                self.words("ESCAPE");
            }
        }
        self.text_literal("#");
        self.token(")");
    }

    fn type_of(&mut self) {
        self.words("JSONB_TYPEOF");
        self.token("(");
        self.jsonb();
        self.token(")");
    }

    fn trimmed_by_words(&mut self) {
        self.words("TRIM");
        self.token("(");
        let words = self
            .random
            .pick(&["BOTH", "LEADING", "TRAILING", "LEADING FROM", "FROM", ""]);
        if !words.is_empty() {
            self.words(words);
        }
        if !words.is_empty() && !words.ends_with("FROM") {
            self.text_literal("ab é");
            self.words("FROM");
        }
        self.text();
        self.token(")");
    }
}
