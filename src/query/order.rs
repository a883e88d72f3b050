//! The order of `jsonb` values.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json};

use super::decimal::Decimal;
use super::jsonb::sorted;

/// The order of two values (manual section 8.14.4): objects, lists, booleans, numbers, strings, null, in descending order;
/// lists and objects with more members are greater; keys are compared shorter first.
///
/// As in PostgreSQL, an empty list at the top level is the least of all values.
pub fn order(left: &Json, right: &Json) -> Ordering {
    let is_empty_list = |value: &Json| value.as_array().is_some_and(Vec::is_empty);
    let is_scalar = |value: &Json| !value.is_array() && !value.is_object();
    match (left, right) {
        (left, right) if is_empty_list(left) && is_scalar(right) => Ordering::Less,
        (left, right) if is_scalar(left) && is_empty_list(right) => Ordering::Greater,
        _ => order_within(left, right),
    }
}

fn order_within(left: &Json, right: &Json) -> Ordering {
    match (left, right) {
        (Json::Bool(left), Json::Bool(right)) => left.cmp(right),
        (Json::String(left), Json::String(right)) => left.as_bytes().cmp(right.as_bytes()),
        (Json::Number(left), Json::Number(right)) => {
            Decimal::parse(left.as_str()).cmp(&Decimal::parse(right.as_str()))
        }
        (Json::Array(left), Json::Array(right)) => left.len().cmp(&right.len()).then_with(|| {
            let pairs = left.iter().zip(right);
            pairs
                .map(|(left, right)| order_within(left, right))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        }),
        (Json::Object(left), Json::Object(right)) => left.len().cmp(&right.len()).then_with(|| {
            // Sorting both dominates the time, and objects that are compared often are already sorted.
            if is_sorted(left) && is_sorted(right) {
                order_of_members(left.iter(), right.iter())
            } else {
                order_of_members(sorted(left).into_iter(), sorted(right).into_iter())
            }
        }),
        _ => rank(left).cmp(&rank(right)),
    }
}

/// Whether the members are in the order of `jsonb`.
fn is_sorted(members: &Map<String, Json>) -> bool {
    members.keys().is_sorted_by_key(|key| (key.len(), key))
}

fn order_of_members<'d>(
    left: impl Iterator<Item = (&'d String, &'d Json)>,
    right: impl Iterator<Item = (&'d String, &'d Json)>,
) -> Ordering {
    left.zip(right)
        .map(|(left, right)| {
            let by_key = left.0.as_bytes().cmp(right.0.as_bytes());
            by_key.then_with(|| order_within(left.1, right.1))
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// The rank of a value's kind.
fn rank(value: &Json) -> u8 {
    match value {
        Json::Null => 0,
        Json::String(_) => 1,
        Json::Number(_) => 2,
        Json::Bool(_) => 3,
        Json::Array(_) => 4,
        Json::Object(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_as_postgresql_does() {
        let upwards = [
            "[]",
            "null",
            "\"aa\"",
            "\"b\"",
            "-1e3",
            "0.5",
            "10",
            "false",
            "true",
            "[null]",
            "[1]",
            "[true]",
            "[[]]",
            "[[0]]",
            "[{}]",
            "[1, 0]",
            "{}",
            "{\"aa\": 1}",
            "{\"b\": 0}",
            "{\"b\": 1}",
            "{\"a\": 0, \"b\": 0}",
        ];
        let values: Vec<Json> = upwards
            .iter()
            .map(|text| serde_json::from_str(text).unwrap())
            .collect();
        for (place, left) in values.iter().enumerate() {
            for (other, right) in values.iter().enumerate() {
                assert_eq!(order(left, right), place.cmp(&other), "{left} and {right}");
            }
        }
    }
}
