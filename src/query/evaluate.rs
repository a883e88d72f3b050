//! A plan and a row → true, false or unknown.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::error::Span;
use super::jsonb;
use super::plan::{Comparison, Plan};
use super::types::Scalar;
use super::value::Value;

/// The objects of a row: one of each category, or none if a left join found no partner.
pub(super) type Row<'a> = [Option<&'a Json>];

/// Values that the query cannot use: PostgreSQL ends the search with an error; here they count as unknown and are reported.
#[derive(Debug, Default)]
pub struct Notes {
    unusable: RefCell<BTreeMap<usize, Unusable>>,
}

/// Values that one place of the query cannot use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// The place in the query, in bytes.
    pub span: Span,
    /// The number of values.
    pub count: usize,
    /// The fault, with the first value as an example.
    pub example: String,
}

impl Notes {
    fn add(&self, span: &Span, example: impl FnOnce() -> String) {
        let mut unusable = self.unusable.borrow_mut();
        let new = || Unusable {
            span: span.clone(),
            count: 0,
            example: example(),
        };
        unusable.entry(span.start).or_insert_with(new).count += 1;
    }

    /// The result of a pattern, unless it took too long.
    fn in_time<T>(&self, at: &Span, found: Option<T>) -> Option<T> {
        if found.is_none() {
            let say = || "matching the pattern takes too long for a text of this length".to_owned();
            self.add(at, say);
        }
        found
    }

    /// The notes, in the order of the query.
    pub fn unusable(&self) -> Vec<Unusable> {
        self.unusable.borrow().values().cloned().collect()
    }
}

impl Comparison {
    fn holds(self, left: &Value<'_>, right: &Value<'_>) -> Option<bool> {
        let ordered = |accepts: fn(Ordering) -> bool| left.compare(right).map(accepts);
        match self {
            Comparison::Equal => left.equals(right),
            Comparison::NotEqual => left.equals(right).map(|equal| !equal),
            Comparison::Less => ordered(Ordering::is_lt),
            Comparison::LessOrEqual => ordered(Ordering::is_le),
            Comparison::Greater => ordered(Ordering::is_gt),
            Comparison::GreaterOrEqual => ordered(Ordering::is_ge),
        }
    }
}

impl Plan {
    /// Whether the row satisfies the condition: `None` is SQL's unknown, which excludes the row.
    pub fn truth(&self, row: &Row<'_>, notes: &Notes) -> Option<bool> {
        match self {
            Plan::And(terms) => all(terms.iter().map(|term| term.truth(row, notes))),
            Plan::Or(terms) => any(terms.iter().map(|term| term.truth(row, notes))),
            Plan::Not(term) => term.truth(row, notes).map(|truth| !truth),
            _ => match self.value(row, notes)? {
                Value::Boolean(truth) => Some(truth),
                _ => None,
            },
        }
    }

    pub fn value<'a>(&'a self, row: &Row<'a>, notes: &Notes) -> Option<Value<'a>> {
        let text = |plan: &'a Plan| plan.text(row, notes);
        Some(match self {
            Plan::Null => return None,
            Plan::Constant(value) => value.borrowed(),
            Plan::Content(place) => Value::Jsonb(Cow::Borrowed(row[*place]?)),
            Plan::Member {
                value,
                key,
                as_text,
            } => {
                let key = text(key)?;
                return value
                    .json(row, notes)?
                    .into_part(*as_text, |json| jsonb::member(json, &key));
            }
            Plan::Element {
                value,
                index,
                as_text,
            } => {
                let index = whole(index.value(row, notes)?)?;
                return value
                    .json(row, notes)?
                    .into_part(*as_text, |json| jsonb::element(json, index));
            }
            Plan::Descend {
                value,
                path,
                as_text,
            } => {
                let path = path.texts(row, notes)?;
                return value
                    .json(row, notes)?
                    .into_part(*as_text, |json| jsonb::descend(json, &path));
            }
            Plan::Exists { value, key } => {
                Value::Boolean(jsonb::exists(value.json(row, notes)?.as_ref(), &text(key)?))
            }
            Plan::ExistsSeveral { value, keys, all } => {
                let (value, keys) = (value.json(row, notes)?, keys.texts(row, notes)?);
                // NULL elements are skipped.
                let mut each = keys.iter().flatten().map(|key| jsonb::exists(&value, key));
                Value::Boolean(if *all {
                    each.all(|found| found)
                } else {
                    each.any(|found| found)
                })
            }
            Plan::ExistsAnyOf { value, keys } => {
                Value::Boolean(jsonb::exists_any(value.json(row, notes)?.as_ref(), keys))
            }
            Plan::Contains(sides) => {
                let (left, right) = (sides[0].json(row, notes)?, sides[1].json(row, notes)?);
                Value::Boolean(jsonb::contains(&left, &right))
            }
            Plan::Compare { sides, comparison } => {
                let (left, right) = (sides[0].value(row, notes)?, sides[1].value(row, notes)?);
                Value::Boolean(comparison.holds(&left, &right)?)
            }
            Plan::IsDistinct(sides) => Value::Boolean(
                match (sides[0].value(row, notes), sides[1].value(row, notes)) {
                    (Some(left), Some(right)) => !left.equals(&right)?,
                    (left, right) => left.is_some() || right.is_some(),
                },
            ),
            Plan::Quantified {
                value,
                comparison,
                list,
                all: every,
            } => {
                let Value::List(list) = list.value(row, notes)? else {
                    return None;
                };
                let value = value.value(row, notes);
                let each = list
                    .iter()
                    .map(|item| comparison.holds(value.as_ref()?, item.as_ref()?));
                Value::Boolean(if *every { all(each)? } else { any(each)? })
            }
            Plan::InTexts {
                value,
                texts,
                has_null,
            } => match texts.contains(text(value)?.as_ref()) {
                false if *has_null => return None,
                found => Value::Boolean(found),
            },
            Plan::Match { value, pattern, at } => {
                let matches = pattern.is_match(&text(value)?);
                Value::Boolean(notes.in_time(at, matches)?)
            }
            Plan::BadPattern {
                value,
                start,
                message,
                at,
            } => {
                let text = text(value)?;
                if let Some(start) = start
                    && start.is_match(&text) == Some(false)
                {
                    return Some(Value::Boolean(false));
                }
                notes.add(at, || message.clone());
                return None;
            }
            Plan::Extract { value, pattern, at } => {
                let part = pattern.extract(&text(value)?);
                Value::Text(Cow::Owned(notes.in_time(at, part)??))
            }
            Plan::Replace { pattern, parts, at } => {
                let [value, replacement, start, occurrence] = parts.as_ref();
                let (value, replacement) = (text(value)?, text(replacement)?);
                let number = |plan: &'a Plan, least: i64| {
                    let number = whole(plan.value(row, notes)?)?;
                    if number < least {
                        let say = || {
                            format!("found {number} in regexp_replace, expected at least {least}")
                        };
                        notes.add(at, say);
                    }
                    usize::try_from(number).ok().filter(|_| number >= least)
                };
                let (start, occurrence) = (number(start, 1)?, number(occurrence, 0)?);
                let replaced = pattern.replace(&value, &replacement, start - 1, occurrence);
                Value::Text(Cow::Owned(notes.in_time(at, replaced)?))
            }
            Plan::Cast { value, target, at } => {
                let value = value.value(row, notes)?;
                let example = value.clone();
                let cast = value.cast(*target);
                if cast.is_none() {
                    notes.add(at, || {
                        format!("{} is not a valid {}", shown(example), target.name())
                    });
                }
                return cast;
            }
            Plan::Call {
                function,
                arguments,
                at,
            } => {
                let values = arguments.iter().map(|argument| argument.value(row, notes));
                return function.call(values, |problem| notes.add(at, || problem.to_owned()));
            }
            Plan::List(items) => Value::List(Arc::new(
                items.iter().map(|item| item.value(row, notes)).collect(),
            )),
            Plan::IsNull(value) => Value::Boolean(value.value(row, notes).is_none()),
            Plan::Is { value, truth } => Value::Boolean(value.truth(row, notes) == *truth),
            Plan::Not(_) | Plan::And(_) | Plan::Or(_) => Value::Boolean(self.truth(row, notes)?),
        })
    }

    fn json<'a>(&'a self, row: &Row<'a>, notes: &Notes) -> Option<Cow<'a, Json>> {
        match self.value(row, notes)? {
            Value::Jsonb(json) => Some(json),
            _ => None,
        }
    }

    fn text<'a>(&'a self, row: &Row<'a>, notes: &Notes) -> Option<Cow<'a, str>> {
        match self.value(row, notes)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn texts<'a>(&'a self, row: &Row<'a>, notes: &Notes) -> Option<Vec<Option<String>>> {
        let Value::List(items) = self.value(row, notes)? else {
            return None;
        };
        let text = |item: &Option<Value<'_>>| match item {
            Some(Value::Text(text)) => Some(text.clone().into_owned()),
            _ => None,
        };
        Some(items.iter().map(text).collect())
    }
}

/// A part of a JSON value that may be borrowed or owned.
trait IntoPart<'a> {
    /// The result of `find`, as JSON or as text.
    fn into_part(self, as_text: bool, find: impl Fn(&Json) -> Option<&Json>) -> Option<Value<'a>>;
}

impl<'a> IntoPart<'a> for Cow<'a, Json> {
    fn into_part(self, as_text: bool, find: impl Fn(&Json) -> Option<&Json>) -> Option<Value<'a>> {
        let part = match self {
            Cow::Borrowed(json) => Cow::Borrowed(find(json)?),
            Cow::Owned(json) => Cow::Owned(find(&json)?.clone()),
        };
        if !as_text {
            return Some(Value::Jsonb(part));
        }
        let text = match part {
            Cow::Borrowed(part) => jsonb::text(part)?,
            Cow::Owned(part) => Cow::Owned(jsonb::text(&part)?.into_owned()),
        };
        Some(Value::Text(text))
    }
}

fn whole(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Number(number) => number.rounded(),
        _ => None,
    }
}

/// A value in a message.
fn shown(value: Value<'_>) -> String {
    match value.cast(Scalar::Text) {
        Some(Value::Text(text)) => format!("`{}`", text.chars().take(60).collect::<String>()),
        _ => "a value".to_owned(),
    }
}

/// SQL's AND: false if any is false, else unknown if any is unknown.
pub(super) fn all(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
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

/// SQL's OR: true if any is true, else unknown if any is unknown.
pub(super) fn any(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    all(truths.map(|truth| truth.map(|truth| !truth))).map(|truth| !truth)
}
