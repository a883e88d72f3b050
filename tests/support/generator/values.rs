//! Expressions that have a value: attributes, texts, numbers and lists.
//!
//! Each writer gives a value that the expression may well have, for the literal on its other side.

use serde_json::{Value as Json, json};

use super::Writer;
use super::documents::{any_key, any_number, any_text};
use super::literals;
use super::vocabulary::Step;

const NUMBER_TYPES: [&str; 12] = [
    "numeric",
    "numeric",
    "numeric",
    "int",
    "int",
    "float8",
    "integer",
    "bigint",
    "decimal",
    "double precision",
    "real",
    "smallint",
];
const WRONG_NAMES: [&str; 10] = [
    "trackz.content",
    "tracks",
    "content",
    "tracks.id",
    "\"Tracks\".content",
    "nosuch",
    "\"bigWig\"",
    "tracks.content.label",
    "tracks.\"Content\"",
    "samples",
];

impl Writer<'_> {
    /// An attribute as jsonb.
    pub(super) fn jsonb(&mut self) -> Json {
        let place = self.path(false);
        match self.random.below(60) {
            0 => self.token("::jsonb"),
            1 => {
                self.token("||");
                self.json_literal(&place);
            }
            _ => {}
        }
        place
    }

    /// A path into an object, that ends as text or as jsonb.
    fn path(&mut self, as_text: bool) -> Json {
        let mut place = self.vocabulary.place(self.random).clone();
        match self.random.below(40) {
            0 | 1 => drop(place.steps.pop()),
            2 | 3 => place.steps.push(Step::Key(any_key(self.random).to_owned())),
            4 => place.steps.push(Step::Index(self.random.below(3))),
            _ => {}
        }
        self.content(&place.category);
        let arrows = match self.random.below(10) {
            0 => self.random.below(place.steps.len() + 1),
            _ if place.steps.is_empty() && as_text => 0,
            _ => place.steps.len(),
        };
        let (stepwise, rest) = place.steps.split_at(arrows);
        let by_path = !rest.is_empty() || (arrows == 0 && as_text);
        for (position, step) in stepwise.iter().enumerate() {
            let last = position + 1 == arrows && !by_path;
            self.token(if last && as_text { "->>" } else { "->" });
            self.step(step);
        }
        if by_path {
            self.token(if as_text { "#>>" } else { "#>" });
            let rest: Vec<String> = rest.iter().map(|step| self.step_text(step)).collect();
            self.list_of(&rest);
        }
        place.value
    }

    /// The object of a category, or a name that means nothing.
    fn content(&mut self, category: &str) {
        match self.random.below(300) {
            0 => {
                let wrong = self.random.pick(&WRONG_NAMES);
                self.token(wrong);
            }
            1 => self.token(format!("{}.CONTENT", category.to_uppercase())),
            2 => self.token(format!("\"{category}\".\"content\"")),
            3 => self.words(&format!("{category} . content")),
            _ => self.token(format!("{category}.content")),
        }
    }

    /// One step, rarely of a kind that leads nowhere.
    fn step(&mut self, step: &Step) {
        match (self.random.below(150), step) {
            (0, _) => self.token("NULL"),
            (1, _) => self.token("-1"),
            (2, _) => {
                let index = any_number(self.random);
                self.token(index);
            }
            (3, Step::Key(key)) => {
                self.text_literal(key);
                self.token("::text");
            }
            (_, Step::Index(_)) | (4, _) => {
                let index = self.step_text(step);
                self.token(index);
            }
            (_, Step::Key(key)) => self.text_literal(key),
        }
    }

    /// The step as it stands in a path; a list is at times counted from its end.
    fn step_text(&mut self, step: &Step) -> String {
        match step {
            Step::Key(key) => key.clone(),
            Step::Index(_) if self.random.chance(20) => format!("-{}", 1 + self.random.below(3)),
            Step::Index(at) => at.to_string(),
        }
    }

    /// Something of type text.
    pub(super) fn text(&mut self) -> Json {
        if !self.enter() {
            return self.path(true);
        }
        match self.random.weighted(&[60, 6, 6, 4, 5, 4, 4, 3, 2, 1, 25]) {
            0 => self.path(true),
            1 => self.called("LOWER"),
            2 => self.called("UPPER"),
            3 => self.trimmed(),
            4 => self.coalesced(),
            5 => self.split(),
            6 => self.cast_to("text"),
            7 => {
                let content = any_text(self.random);
                self.text_literal(content);
                json!(any_text(self.random))
            }
            8 => {
                let left = self.path(true);
                self.token("||");
                self.path(true);
                left
            }
            10 => self.function(),
            _ => self.called("LENGTH"),
        }
    }

    fn called(&mut self, function: &str) -> Json {
        self.words(function);
        self.token("(");
        let value = match self.random.below(50) {
            0 => self.jsonb(),
            _ => self.text(),
        };
        self.token(")");
        match (function, value) {
            ("LOWER", Json::String(text)) => json!(text.to_lowercase()),
            ("UPPER", Json::String(text)) => json!(text.to_uppercase()),
            (_, value) => value,
        }
    }

    fn trimmed(&mut self) -> Json {
        self.words("BTRIM (");
        let value = self.text();
        if self.random.chance(40) {
            let stripped: String = literals::plain(&value).chars().rev().take(2).collect();
            self.token(",");
            self.text_literal(&stripped);
        }
        self.token(")");
        json!(literals::plain(&value).trim())
    }

    fn coalesced(&mut self) -> Json {
        self.words("COALESCE (");
        let first = self.text();
        self.token(",");
        match self.random.below(10) {
            0 if self.random.chance(20) => drop(self.jsonb()),
            1..=3 => drop(self.text()),
            4 => self.token("NULL"),
            5 if self.random.chance(20) => drop(self.number()),
            _ => {
                let other = any_text(self.random);
                self.text_literal(other);
            }
        }
        self.token(")");
        first
    }

    fn split(&mut self) -> Json {
        self.words("SPLIT_PART (");
        let value = literals::plain(&self.text());
        let delimiter: String = value
            .chars()
            .skip(value.chars().count() / 2)
            .take(1)
            .collect();
        self.token(",");
        self.text_literal(&delimiter);
        self.token(",");
        let field = self.random.pick(&[
            "1", "1", "2", "2", "3", "-1", "-2", "-9", "3", "0", "NULL", "'2'", "1.5", "2", "1",
        ]);
        self.token(field);
        self.token(")");
        json!(value.split(&delimiter).next())
    }

    /// A cast of an attribute or a text, in one of its two spellings, rarely without the brackets that it needs.
    fn cast_to(&mut self, to: &str) -> Json {
        let jsonb = self.random.chance(40);
        let operand = |writer: &mut Self| if jsonb { writer.jsonb() } else { writer.text() };
        let mut value = Json::Null;
        if self.random.chance(20) {
            self.words("CAST (");
            value = operand(self);
            self.words("AS");
            self.words(to);
            self.token(")");
        } else {
            self.bracketed(4, |writer| value = operand(writer));
            self.token("::");
            self.words(to);
        }
        match value {
            Json::String(text) if jsonb && to == "text" => json!(json!(text).to_string()),
            value => value,
        }
    }

    /// Something of a numeric type.
    pub(super) fn number(&mut self) -> Json {
        match self.random.weighted(&[25, 30, 12, 12, 4, 2, 2, 2]) {
            7 => {
                let spelling = self.random.pick(&[".5", "5.", "1.E+3", "007", "42e-1"]);
                self.token(spelling);
                json!(5)
            }
            0 => {
                let number = any_number(self.random);
                self.token(number);
                super::documents::number(number)
            }
            1 => {
                let to = self.random.pick(&NUMBER_TYPES);
                self.cast_to(to)
            }
            2 => match self.called("LENGTH") {
                Json::String(text) => json!(text.chars().count()),
                _ => json!(1),
            },
            3 => {
                self.words("JSONB_ARRAY_LENGTH (");
                let value = self.jsonb();
                self.token(")");
                json!(value.as_array().map_or(0, Vec::len))
            }
            4 => {
                self.token("-");
                self.number()
            }
            5 => {
                let left = self.number();
                let sign = self.random.pick(&["+", "-", "*"]);
                self.token(sign);
                self.token("1");
                left
            }
            _ => {
                let mut value = Json::Null;
                self.bracketed(0, |writer| value = writer.split());
                self.token("::int");
                value
            }
        }
    }

    /// A string literal that says `content`.
    pub(super) fn text_literal(&mut self, content: &str) {
        let literal = literals::text(self.random, content);
        self.token(literal);
    }

    /// A string literal that holds JSON, at times with a cast.
    pub(super) fn json_literal(&mut self, value: &Json) {
        let content = literals::json(self.random, value);
        if self.random.chance(1) {
            self.words("jsonb");
        }
        self.text_literal(&content);
        if self.random.chance(10) {
            self.token("::jsonb");
        }
    }

    /// A list of these texts, as literal or as constructor.
    pub(super) fn list_of(&mut self, items: &[String]) {
        if self.random.chance(50) {
            let content = literals::list(self.random, items);
            self.text_literal(&content);
            if self.random.chance(10) || items.is_empty() {
                self.token("::text[]");
            }
            return;
        }
        self.words("ARRAY [");
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.token(",");
            }
            match self.random.below(30) {
                0 => self.token("NULL"),
                1 => drop(self.text()),
                2 if self.random.chance(20) => self.token("5"),
                _ => self.text_literal(item),
            }
        }
        self.token("]");
        if items.is_empty() && self.random.chance(95) {
            self.token("::text[]");
        }
    }

    /// A literal of the kind that `value` is compared with.
    pub(super) fn literal_near(&mut self, value: &Json) {
        match self.random.below(30) {
            0 => self.token("NULL"),
            1 if self.random.chance(30) => {
                let number = literals::number(self.random, value);
                self.token(number);
            }
            2..=6 => {
                let other = any_text(self.random);
                self.text_literal(other);
            }
            _ => self.text_literal(&literals::plain(value)),
        }
    }
}
