//! Conditions: what a query says of a row.

use serde_json::Value as Json;

use super::literals;
use super::{Form, Writer};

const COMPARISONS: [&str; 9] = ["=", "=", "=", "<>", "!=", "<", ">", "<=", ">="];
const TESTS: [&str; 12] = [
    "IS NULL",
    "IS NOT NULL",
    "IS NULL",
    "IS NOT NULL",
    "ISNULL",
    "NOTNULL",
    "IS TRUE",
    "IS NOT TRUE",
    "IS FALSE",
    "IS NOT FALSE",
    "IS UNKNOWN",
    "IS NOT UNKNOWN",
];

impl Writer<'_> {
    /// Any condition.
    pub fn condition(&mut self) {
        const FORMS: [Form; 17] = [
            (22, |w| w.joined()),
            (6, |w| w.negated()),
            (14, |w| w.exists()),
            (10, |w| w.exists_several()),
            (7, |w| w.contains()),
            (9, |w| w.compares_jsonb()),
            (9, |w| w.compares_texts()),
            (8, |w| w.compares_numbers()),
            (9, |w| w.like()),
            (5, |w| w.similar()),
            (9, |w| w.matches()),
            (7, |w| w.is_in()),
            (6, |w| w.any_or_all()),
            (5, |w| w.between()),
            (6, |w| w.tested()),
            (5, |w| w.distinct()),
            (5, |w| w.constant()),
        ];
        let weights: Vec<usize> = FORMS.iter().map(|(weight, _)| *weight).collect();
        let nests = self.enter();
        let mut form = self.random.weighted(&weights);
        if !nests && form < 2 {
            form = 2;
        }
        (FORMS[form].1)(self);
    }

    /// `… AND …`, `… OR …`, with and without brackets.
    fn joined(&mut self) {
        self.bracketed(60, Self::condition);
        for _ in 0..=self.random.below(2) {
            let word = self.random.pick(&["AND", "AND", "OR"]);
            self.words(word);
            self.bracketed(60, Self::condition);
        }
    }

    fn negated(&mut self) {
        self.words("NOT");
        self.bracketed(60, Self::condition);
    }

    /// `?`
    fn exists(&mut self) {
        let value = self.jsonb();
        self.token("?");
        if self.random.chance(8) {
            drop(self.text_in_brackets());
        } else if self.random.chance(3) {
            self.literal_near(&value);
        } else {
            let text = literals::findable(self.random, &value);
            self.text_literal(&text);
        }
    }

    pub(super) fn text_in_brackets(&mut self) -> Json {
        let mut value = Json::Null;
        self.bracketed(15, |w| value = w.text());
        value
    }

    /// `?|` and `?&`
    fn exists_several(&mut self) {
        let value = self.jsonb();
        let sign = self.random.pick(&["?|", "?&"]);
        self.token(sign);
        let texts: Vec<String> = (0..self.random.below(4))
            .map(|_| literals::findable(self.random, &value))
            .collect();
        self.list_of(&texts);
    }

    /// `@>` and `<@`
    fn contains(&mut self) {
        if self.random.chance(70) {
            let value = self.jsonb();
            self.token("@>");
            if self.random.chance(10) {
                self.bracketed(30, |w| drop(w.jsonb()));
                return;
            }
            let part = literals::part(self.random, &value);
            self.json_literal(&part);
        } else {
            let value = self.jsonb();
            self.token("<@");
            let whole = match self.random.below(4) {
                0 => Json::Array(vec![value]),
                1 => Json::Array(vec![Json::Null, Json::Array(vec![value])]),
                _ => value,
            };
            self.json_literal(&whole);
        }
    }

    fn sign(&mut self) {
        let sign = self.random.pick(&COMPARISONS);
        self.token(sign);
    }

    fn compares_jsonb(&mut self) {
        let value = self.jsonb();
        self.sign();
        match self.random.below(10) {
            0 | 1 => drop(self.jsonb()),
            2 => self.literal_near(&value),
            3 | 4 => {
                let other = self.vocabulary.place(self.random).value.clone();
                self.json_literal(&other);
            }
            _ => self.json_literal(&value),
        }
    }

    fn compares_texts(&mut self) {
        let value = self.text();
        self.sign();
        match self.random.below(10) {
            0 | 1 => drop(self.text()),
            2 => drop(self.number()),
            _ => self.literal_near(&value),
        }
    }

    fn compares_numbers(&mut self) {
        let value = self.number();
        self.sign();
        match self.random.below(10) {
            0 | 1 => drop(self.number()),
            2 => drop(self.text()),
            3 | 4 => self.literal_near(&value),
            _ => self.number_literal(&value),
        }
    }

    /// A value of any kind; gives how to write a literal of its kind.
    fn any_value(&mut self) -> (Json, fn(&mut Self, &Json)) {
        match self.random.below(10) {
            0..=3 => (self.jsonb(), Self::json_literal),
            4 => (self.number(), Self::number_literal),
            _ => (self.text(), Self::literal_near),
        }
    }

    fn number_literal(&mut self, value: &Json) {
        let number = literals::number(self.random, value);
        self.token(number);
    }

    fn is_in(&mut self) {
        let (value, literal) = self.any_value();
        let word = self.random.pick(&["IN", "IN", "NOT IN"]);
        self.words(word);
        self.token("(");
        self.listed(4, |w| literal(w, &value));
        self.token(")");
    }

    /// `= ANY (…)`, `<> ALL (…)` and the like.
    fn any_or_all(&mut self) {
        let value = self.text();
        match self.random.below(12) {
            0 => self.words("LIKE"),
            1 => self.token("~"),
            _ => self.sign(),
        }
        let word = self.random.pick(&["ANY", "ANY", "ALL", "SOME"]);
        self.words(word);
        self.token("(");
        let texts: Vec<String> = (0..self.random.below(4))
            .map(|_| literals::findable(self.random, &value))
            .collect();
        self.list_of(&texts);
        self.token(")");
    }

    fn between(&mut self) {
        let (value, literal) = self.any_value();
        let word = self.random.pick(&[
            "BETWEEN",
            "BETWEEN",
            "NOT BETWEEN",
            "BETWEEN SYMMETRIC",
            "BETWEEN ASYMMETRIC",
        ]);
        self.words(word);
        literal(self, &value);
        self.words("AND");
        let other = self.vocabulary.place(self.random).value.clone();
        literal(self, &other);
    }

    /// `IS NULL`, `IS TRUE` and the like.
    fn tested(&mut self) {
        let test = self.random.below(TESTS.len());
        if test < 6 && self.random.chance(80) {
            self.any_value();
        } else {
            self.bracketed(20, Self::condition);
        }
        self.words(TESTS[test]);
    }

    fn distinct(&mut self) {
        let (value, literal) = self.any_value();
        let words = self
            .random
            .pick(&["IS DISTINCT FROM", "IS NOT DISTINCT FROM"]);
        self.words(words);
        match self.random.below(4) {
            0 => drop(self.any_value()),
            1 => self.token("NULL"),
            _ => literal(self, &value),
        }
    }

    /// What is a condition by itself, or should be.
    fn constant(&mut self) {
        match self.random.below(12) {
            0 | 1 => self.words("TRUE"),
            2 => self.words("FALSE"),
            3 => self.words("NULL"),
            4 => self.text_literal("true"),
            5 => drop(self.jsonb()),
            6 => drop(self.text()),
            7 | 8 => {
                self.bracketed(0, |w| drop(w.jsonb()));
                self.token("::boolean");
            }
            9 | 10 => {
                self.bracketed(0, |w| drop(w.text()));
                self.token("::bool");
            }
            _ => {
                self.bracketed(10, Self::condition);
                self.sign();
                self.bracketed(10, Self::condition);
            }
        }
    }
}
