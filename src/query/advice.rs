//! Likely mistakes in a query, judged by the objects of the hub.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use serde_json::Value as Json;

use super::hub::Hub;
use super::jsonb;
use super::nearest::nearest;
use super::syntax::{Expression, ExpressionKind};
use crate::fairtracks::flat::{FlatAttribute, flatten};
use crate::tables::tsv;
use crate::text::folding;

/// The longest quoted value, in characters.
const LONGEST_QUOTED: usize = 60;
/// The most values of a list that are mentioned.
const MOST_VALUES: usize = 5;

/// Sentences about attributes and values that are not in the hub but resemble others, and about objects that `NOT` excludes
/// unexpectedly; in the order of the query, each once.
pub fn advise(expression: &Expression, hub: &Hub<'_>) -> Vec<String> {
    let mut advice = Vec::new();
    collect(expression, hub, &mut advice);
    let mut seen = BTreeSet::new();
    advice.retain(|sentence| seen.insert(sentence.clone()));
    advice
}

fn collect(expression: &Expression, hub: &Hub<'_>, advice: &mut Vec<String>) {
    if let Some(attribute) = Attribute::of(expression, hub) {
        if attribute.values().next().is_none() {
            advice.extend(attribute.other_path());
        }
        return;
    }
    if let Some((path, wanted)) = compared(expression)
        && let Some(attribute) = Attribute::of(path, hub)
    {
        let others = attribute.other_values(&wanted);
        let is_unknown = attribute.values().next().is_none();
        // One hint for an unknown attribute: another one has the value.
        let is_settled = is_unknown && !others.is_empty();
        advice.extend(others);
        if is_settled {
            return;
        }
    }
    if let ExpressionKind::Not(negated) = &expression.kind
        && let ExpressionKind::Operator { sign, sides, .. } = &negated.kind
        && sign.starts_with('?')
        && let Some(attribute) = Attribute::of(&sides[0], hub)
    {
        advice.extend(attribute.lost_by_not());
    }
    expression
        .parts()
        .into_iter()
        .for_each(|part| collect(part, hub, advice));
}

/// An attribute and the texts of its equality tests.
fn compared(expression: &Expression) -> Option<(&Expression, Vec<&str>)> {
    match &expression.kind {
        ExpressionKind::Operator { sign, sides, .. }
            if ["?", "=", "<>"].contains(&sign.as_str()) =>
        {
            Some((&sides[0], text(&sides[1]).into_iter().collect()))
        }
        ExpressionKind::Operator { sign, sides, .. } if ["?|", "?&"].contains(&sign.as_str()) => {
            Some((&sides[0], listed(&sides[1])))
        }
        ExpressionKind::Quantified { sign, sides, .. } if sign == "=" => {
            Some((&sides[0], listed(&sides[1])))
        }
        ExpressionKind::In { value, list, .. } => {
            Some((value, list.iter().filter_map(text).collect()))
        }
        _ => None,
    }
}

fn text(expression: &Expression) -> Option<&str> {
    match &expression.kind {
        ExpressionKind::Text(text) => Some(text),
        _ => None,
    }
}

fn listed(expression: &Expression) -> Vec<&str> {
    match &expression.kind {
        ExpressionKind::Array(items) => items.iter().filter_map(text).collect(),
        _ => Vec::new(),
    }
}

/// An attribute of a query: a category and the keys below it.
struct Attribute<'q, 'd> {
    category: &'q str,
    keys: Vec<&'q str>,
    hub: &'q Hub<'d>,
    /// The place of the category in the hub.
    place: usize,
}

impl<'q, 'd> Attribute<'q, 'd> {
    /// The attribute of a path such as `tracks.content->'a'->>'b'`; `None` for any other expression.
    fn of(expression: &'q Expression, hub: &'q Hub<'d>) -> Option<Self> {
        let ExpressionKind::Operator { sign, sides, .. } = &expression.kind else {
            return None;
        };
        if sign != "->" && sign != "->>" {
            return None;
        }
        let key = text(&sides[1])?;
        if let ExpressionKind::Name(names) = &sides[0].kind {
            let category = names.first()?;
            let place = hub
                .categories()
                .iter()
                .position(|known| known == category)?;
            return Some(Attribute {
                category,
                keys: vec![key],
                hub,
                place,
            });
        }
        let mut attribute = Attribute::of(&sides[0], hub)?;
        attribute.keys.push(key);
        Some(attribute)
    }

    fn path(&self) -> String {
        self.keys.join("->")
    }

    fn objects(&self) -> &'q [&'d Json] {
        self.hub.objects(self.place)
    }

    /// All attributes of the objects, also those that the query does not look at.
    fn attributes(&self) -> impl Iterator<Item = FlatAttribute> {
        let objects = self.hub.whole_objects(self.place);
        objects.flat_map(|object| flatten(&object))
    }

    /// The values of the attribute.
    fn values(&self) -> impl Iterator<Item = &'d Json> {
        self.objects().iter().filter_map(|object| {
            self.keys
                .iter()
                .try_fold(*object, |value, key| jsonb::member(value, key))
        })
    }

    /// "No such attribute", with the one probably meant.
    fn other_path(&self) -> Option<String> {
        let paths: BTreeSet<String> = self
            .attributes()
            .flat_map(|flat| prefixes(&flat.path).map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let (category, path) = (self.category, self.path());
        let meant = nearest(&path, paths.iter().map(String::as_str)).or_else(|| {
            // The key may be right, but at the wrong depth.
            let last = self.keys.last()?;
            let ends = |known: &&str| known.rsplit("->").next() == Some(last);
            paths.iter().map(String::as_str).find(ends)
        });
        let start = format!("No object of {category} has {category}->{path}");
        Some(match meant {
            Some(meant) => format!("{start}: did you mean {category}->{meant}?"),
            None => start,
        })
    }

    /// "No object has this value", with the value or attribute probably meant, for the first few missing values.
    fn other_values(&self, wanted: &[&str]) -> Vec<String> {
        let mut known: HashSet<Cow<'_, str>> = HashSet::new();
        for value in self.values() {
            match value {
                Json::Array(items) => {
                    known.extend(items.iter().filter_map(Json::as_str).map(Cow::from))
                }
                Json::Object(members) => known.extend(members.keys().map(Cow::from)),
                _ => known.extend(jsonb::text(value)),
            }
        }
        let unknown = wanted
            .iter()
            .filter(|value| !known.contains(**value))
            // A value that may be copied from a table is queried in both readings; one of them is enough.
            .filter(|value| {
                let is_reading =
                    |other: &str| tsv::unescape(other) == **value || tsv::unescape(value) == other;
                let found = wanted.iter().filter(|other| known.contains(**other));
                !found.copied().any(is_reading)
            })
            .take(MOST_VALUES);
        unknown
            .filter_map(|value| self.other_value(value, &known))
            .collect()
    }

    fn other_value(&self, wanted: &str, known: &HashSet<Cow<'_, str>>) -> Option<String> {
        let quoted: String = wanted.chars().take(LONGEST_QUOTED).collect();
        let place = format!("{}->{}", self.category, self.path());
        if let Some(meant) = nearest(wanted, known.iter().map(Cow::as_ref)) {
            return Some(format!("No {place} is '{quoted}': did you mean '{meant}'?"));
        }
        // The value may be in a sibling attribute, such as the label of an identifier.
        let elsewhere = self.attributes().find(|flat| {
            flat.texts.iter().any(|text| folding::same(text, wanted)) && flat.path != self.path()
        })?;
        let (category, path) = (self.category, elsewhere.path);
        Some(if self.values().next().is_none() {
            format!("{place} does not exist; {category}->{path} has the value '{quoted}'")
        } else {
            format!("No {place} is '{quoted}', but {category}->{path} has this value")
        })
    }

    /// "NOT excludes objects without the attribute", if there are any.
    fn lost_by_not(&self) -> Option<String> {
        let lacking = self.objects().len() - self.values().count();
        if lacking == 0 || lacking == self.objects().len() {
            return None;
        }
        let keys: String = self
            .keys
            .iter()
            .map(|key| format!("->'{}'", key.replace('\'', "''")))
            .collect();
        let category = self.category;
        Some(format!(
            "{lacking} of {} {category} have no {category}->{} and are excluded by NOT; to include them write ({category}.content{keys} IS NULL OR NOT …)",
            self.objects().len(),
            self.path()
        ))
    }
}

/// The path itself and its ancestors.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices("->")
        .map(|(at, _)| &path[..at])
        .chain([path])
}
