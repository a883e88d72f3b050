//! A query ready to be answered: every name found, every literal read, every pattern compiled.

use std::borrow::Cow;

use regex::Regex;
use serde_json::Value as Json;

use super::decimal::Decimal;
use super::jsonb;

/// One step of the answer.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    Null,
    Boolean(bool),
    Text(String),
    Number(Decimal),
    Jsonb(Json),
    /// A list that is known before any row is seen; `None` stands for NULL.
    Texts(Vec<Option<String>>),
    /// A list whose elements depend on the row.
    Array(Vec<Plan>),
    /// The object of the category at this place of the row.
    Content(usize),
    Member {
        value: Box<Plan>,
        key: Box<Plan>,
        as_text: bool,
    },
    Element {
        value: Box<Plan>,
        index: i64,
        as_text: bool,
    },
    Descend {
        value: Box<Plan>,
        path: Box<Plan>,
        as_text: bool,
    },
    Exists {
        value: Box<Plan>,
        key: Box<Plan>,
    },
    ExistsSeveral {
        value: Box<Plan>,
        keys: Box<Plan>,
        all: bool,
    },
    Equal(Box<[Plan; 2]>),
    Match {
        value: Box<Plan>,
        pattern: Regex,
    },
    IsNull(Box<Plan>),
    Not(Box<Plan>),
    And(Vec<Plan>),
    Or(Vec<Plan>),
}

/// What a step gives; SQL's NULL is `None`.
#[derive(Debug, Clone, PartialEq)]
enum Value<'a> {
    Boolean(bool),
    Text(Cow<'a, str>),
    Number(&'a Decimal),
    Jsonb(&'a Json),
    Texts(Cow<'a, [Option<String>]>),
}

impl Plan {
    /// Whether the row satisfies the condition: `None` is SQL's unknown, which keeps no row.
    ///
    /// `row` holds the object of each category, in the order the plan was made with.
    pub(super) fn truth(&self, row: &[&Json]) -> Option<bool> {
        match self {
            Plan::And(terms) => all(terms.iter().map(|term| term.truth(row))),
            Plan::Or(terms) => all(terms.iter().map(|term| term.truth(row).map(|truth| !truth)))
                .map(|truth| !truth),
            Plan::Not(term) => term.truth(row).map(|truth| !truth),
            _ => match self.value(row)? {
                Value::Boolean(truth) => Some(truth),
                _ => None,
            },
        }
    }

    fn value<'a>(&'a self, row: &[&'a Json]) -> Option<Value<'a>> {
        Some(match self {
            Plan::Null => return None,
            Plan::Boolean(flag) => Value::Boolean(*flag),
            Plan::Text(text) => Value::Text(Cow::Borrowed(text)),
            Plan::Number(number) => Value::Number(number),
            Plan::Jsonb(json) => Value::Jsonb(json),
            Plan::Texts(texts) => Value::Texts(Cow::Borrowed(texts)),
            Plan::Array(items) => Value::Texts(
                items
                    .iter()
                    .map(|item| item.text(row).map(Cow::into_owned))
                    .collect(),
            ),
            Plan::Content(place) => Value::Jsonb(row[*place]),
            Plan::Member {
                value,
                key,
                as_text,
            } => {
                return found(jsonb::member(value.json(row)?, &key.text(row)?), *as_text);
            }
            Plan::Element {
                value,
                index,
                as_text,
            } => {
                return found(jsonb::element(value.json(row)?, *index), *as_text);
            }
            Plan::Descend {
                value,
                path,
                as_text,
            } => {
                return found(
                    jsonb::descend(value.json(row)?, &path.texts(row)?),
                    *as_text,
                );
            }
            Plan::Exists { value, key } => {
                Value::Boolean(jsonb::exists(value.json(row)?, &key.text(row)?))
            }
            Plan::ExistsSeveral { value, keys, all } => {
                let (value, keys) = (value.json(row)?, keys.texts(row)?);
                // A NULL in the list is passed over.
                let mut each = keys.iter().flatten().map(|key| jsonb::exists(value, key));
                Value::Boolean(if *all {
                    each.all(|found| found)
                } else {
                    each.any(|found| found)
                })
            }
            Plan::Equal(sides) => {
                Value::Boolean(match (sides[0].value(row)?, sides[1].value(row)?) {
                    (Value::Jsonb(left), Value::Jsonb(right)) => jsonb::equal(left, right),
                    (left, right) => left == right,
                })
            }
            Plan::Match { value, pattern } => Value::Boolean(pattern.is_match(&value.text(row)?)),
            Plan::IsNull(value) => Value::Boolean(value.value(row).is_none()),
            Plan::Not(_) | Plan::And(_) | Plan::Or(_) => Value::Boolean(self.truth(row)?),
        })
    }

    fn json<'a>(&'a self, row: &[&'a Json]) -> Option<&'a Json> {
        match self.value(row)? {
            Value::Jsonb(json) => Some(json),
            _ => None,
        }
    }

    fn text<'a>(&'a self, row: &[&'a Json]) -> Option<Cow<'a, str>> {
        match self.value(row)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn texts<'a>(&'a self, row: &[&'a Json]) -> Option<Cow<'a, [Option<String>]>> {
        match self.value(row)? {
            Value::Texts(texts) => Some(texts),
            _ => None,
        }
    }
}

fn found(json: Option<&Json>, as_text: bool) -> Option<Value<'_>> {
    if as_text {
        jsonb::text(json?).map(Value::Text)
    } else {
        json.map(Value::Jsonb)
    }
}

/// SQL's AND: false if any is false, else unknown if any is unknown.
fn all(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for truth in truths {
        match truth {
            Some(true) => {}
            Some(false) => return Some(false),
            None => result = None,
        }
    }
    result
}
