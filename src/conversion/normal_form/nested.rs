//! First normal form: nested values become tables of their own, and back.
//!
//! The value of a key `k` of the table `t` is the table `t.k`, one row for each item. A row has an id, `_omnipy_id`: the table and its
//! position, from 0; rows of nested values refer to the row that they are from by `_omnipy_ref`. Items that are scalars or lists
//! are the value of a key `__root__`. An id that a row has already stays.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value as Json};

/// The key of the id of a row.
pub const ID: &str = "_omnipy_id";
/// The key of the id of the row that a row belongs to.
pub const REFERENCE: &str = "_omnipy_ref";
/// The key of an item that is no object.
pub const ITEM: &str = "__root__";

/// A row of a table: members by key.
pub type FlatRow = Map<String, Json>;

/// A table of scalars.
#[derive(Debug, Clone, PartialEq)]
pub struct FlatTable {
    /// Its name; that of a table of nested values is the name of the table that they are from, `.` and their key.
    pub name: String,
    /// The rows.
    pub rows: Vec<FlatRow>,
}

/// What tables hold as records.
#[derive(Debug, Default, PartialEq)]
pub struct NestedTables {
    /// The tables that belong to no other one, with nested values.
    pub tables: Vec<FlatTable>,
    /// Rows that refer to no row: the table, and the position of the row in it.
    pub orphans: Vec<(String, usize)>,
}

/// Records in first normal form: their table first, then those of nested values, level by level.
pub fn flatten(name: &str, records: Vec<FlatRow>) -> Vec<FlatTable> {
    let mut tables = Vec::new();
    let mut level: Vec<FlatTable> = vec![FlatTable {
        name: name.to_owned(),
        rows: records,
    }];
    while !level.is_empty() {
        let mut next: Vec<FlatTable> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for FlatTable { name, rows } in level {
            let mut flat = Vec::with_capacity(rows.len());
            for (position, row) in rows.into_iter().enumerate() {
                let known = row.get(ID).and_then(Json::as_str);
                let id = known.map_or_else(|| format!("{name}.{position}"), str::to_owned);
                let mut scalars = Map::new();
                scalars.insert(ID.to_owned(), id.clone().into());
                for (key, value) in row {
                    let items = match value {
                        _ if key == ID => continue,
                        Json::Array(items) => items,
                        object @ Json::Object(_) => vec![object],
                        scalar => {
                            scalars.insert(key, scalar);
                            continue;
                        }
                    };
                    let child = format!("{name}.{key}");
                    let place = *places.entry(child.clone()).or_insert_with(|| {
                        next.push(FlatTable {
                            name: child,
                            rows: Vec::new(),
                        });
                        next.len() - 1
                    });
                    let items = items.into_iter().map(|item| referring(item, &id));
                    next[place].rows.extend(items);
                }
                flat.push(scalars);
            }
            tables.push(FlatTable { name, rows: flat });
        }
        level = next;
    }
    tables
}

/// An item as a row that refers to another one.
fn referring(item: Json, id: &str) -> FlatRow {
    let mut row = Map::new();
    row.insert(REFERENCE.to_owned(), id.into());
    match item {
        Json::Object(members) => row.extend(members),
        item => {
            row.insert(ITEM.to_owned(), item);
        }
    }
    row
}

/// The records of tables: rows that refer to a row become items of a list at the key that the name of their table ends with. Ids
/// stay, references go.
pub fn nest(tables: Vec<FlatTable>) -> NestedTables {
    let mut nested = NestedTables::default();
    let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
    let mut by_name: BTreeMap<String, FlatTable> = BTreeMap::new();
    for table in tables {
        by_name.insert(table.name.clone(), table);
    }
    // Nested values of nested values come first: their tables have longer names.
    let mut order = names.clone();
    order.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in order {
        let Some((parent, key)) = parent_of(&name, &names) else {
            continue;
        };
        let Some(table) = by_name.remove(&name) else {
            continue;
        };
        let Some(holder) = by_name.get_mut(parent) else {
            by_name.insert(name, table);
            continue;
        };
        let ids = holder.rows.iter().enumerate();
        let ids: HashMap<String, usize> = ids
            .filter_map(|(place, row)| Some((row.get(ID)?.as_str()?.to_owned(), place)))
            .collect();
        for (position, mut row) in table.rows.into_iter().enumerate() {
            let reference = row.shift_remove(REFERENCE);
            let place = reference.as_ref().and_then(Json::as_str);
            let Some(place) = place.and_then(|id| ids.get(id)) else {
                nested.orphans.push((name.clone(), position));
                continue;
            };
            let list = holder.rows[*place]
                .entry(key)
                .or_insert_with(|| Json::Array(Vec::new()));
            if let Json::Array(items) = list {
                items.push(item(row));
            }
        }
    }
    nested.tables = names
        .iter()
        .filter_map(|name| by_name.remove(name))
        .collect();
    nested
}

/// The table that a table of nested values belongs to, and the key of the values.
fn parent_of<'n>(name: &'n str, names: &[String]) -> Option<(&'n str, &'n str)> {
    let mut cuts = name.rmatch_indices('.');
    cuts.find_map(|(at, _)| {
        let (parent, key) = (&name[..at], &name[at + 1..]);
        names
            .iter()
            .any(|known| known == parent)
            .then_some((parent, key))
    })
}

/// A row as an item of a list.
fn item(mut row: FlatRow) -> Json {
    match row.shift_remove(ITEM) {
        Some(item) => item,
        None => Json::Object(row),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn records(json: Json) -> Vec<FlatRow> {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn tables_are_those_of_omnipy() {
        let nested = json!([
            {"name": "a", "marks": ["H3K4me3", "H3K27ac"], "donor": {"sex": "male", "ages": [{"from": 1}]}},
            {"name": "b", "_omnipy_id": "mine", "marks": ["H3K9me3"]},
        ]);
        let tables = flatten("t", records(nested));
        let shown = json!(
            tables
                .iter()
                .map(|table| (table.name.clone(), table.rows.clone()))
                .collect::<BTreeMap<_, _>>()
        );
        assert_eq!(
            shown,
            json!({
                "t": [{"_omnipy_id": "t.0", "name": "a"}, {"_omnipy_id": "mine", "name": "b"}],
                "t.marks": [
                    {"_omnipy_id": "t.marks.0", "_omnipy_ref": "t.0", "__root__": "H3K4me3"},
                    {"_omnipy_id": "t.marks.1", "_omnipy_ref": "t.0", "__root__": "H3K27ac"},
                    {"_omnipy_id": "t.marks.2", "_omnipy_ref": "mine", "__root__": "H3K9me3"},
                ],
                "t.donor": [{"_omnipy_id": "t.donor.0", "_omnipy_ref": "t.0", "sex": "male"}],
                "t.donor.ages": [{"_omnipy_id": "t.donor.ages.0", "_omnipy_ref": "t.donor.0", "from": 1}],
            })
        );
        let first: Vec<&String> = tables[1].rows[0].keys().collect();
        assert_eq!(first, [ID, REFERENCE, ITEM]);
    }

    #[test]
    fn rows_that_refer_to_no_row_are_named() {
        let table = |name: &str, rows: Json| FlatTable {
            name: name.to_owned(),
            rows: records(rows),
        };
        let nested = nest(vec![
            table("t", json!([{"_omnipy_id": "t.0"}])),
            table("t.k", json!([{"_omnipy_ref": "t.9", "x": 1}, {"x": 2}])),
            table("u.k", json!([{"_omnipy_ref": "u.0", "x": 3}])),
        ]);
        assert_eq!(
            nested.orphans,
            [("t.k".to_owned(), 0), ("t.k".to_owned(), 1)]
        );
        let names: Vec<&str> = nested.tables.iter().map(|table| &table.name[..]).collect();
        assert_eq!(names, ["t", "u.k"]);
    }

    /// Records whose nested values are lists with items, which is what tables can tell.
    fn nested_records() -> impl Strategy<Value = Vec<FlatRow>> {
        let scalar = prop_oneof![
            Just(Json::Null),
            any::<i8>().prop_map(Json::from),
            "[a-c.]{0,3}".prop_map(Json::from),
        ];
        let value = scalar.prop_recursive(3, 16, 3, |inner| {
            let object = prop::collection::btree_map("[a-c]", inner.clone(), 0..3)
                .prop_map(|members| members.into_iter().collect::<Json>());
            prop::collection::vec(prop_oneof![inner, object], 1..3).prop_map(Json::from)
        });
        let record = prop::collection::btree_map("[a-d]", value, 0..4);
        prop::collection::vec(
            record.prop_map(|members| members.into_iter().collect()),
            0..4,
        )
    }

    /// A value without the ids of rows.
    fn without_ids(value: &Json) -> Json {
        match value {
            Json::Object(members) => members
                .iter()
                .filter(|(key, _)| *key != ID)
                .map(|(key, value)| (key.clone(), without_ids(value)))
                .collect(),
            Json::Array(items) => items.iter().map(without_ids).collect(),
            scalar => scalar.clone(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn laws_nested_again_records_are_the_same_but_for_ids(records in nested_records()) {
            let tables = flatten("t", records.clone());
            for row in tables.iter().flat_map(|table| &table.rows) {
                prop_assert!(row.values().all(|value| !value.is_array() && !value.is_object()));
            }
            let nested = nest(tables.clone());
            prop_assert!(nested.orphans.is_empty());
            let again: Vec<Json> = nested.tables[0].rows.iter().map(|row| without_ids(&json!(row))).collect();
            prop_assert_eq!(json!(again), json!(records));
            // With ids they give the same tables.
            prop_assert_eq!(flatten("t", nested.tables[0].rows.clone()), tables);
        }

        #[test]
        fn laws_tables_of_scalars_are_in_first_normal_form(records in nested_records()) {
            for table in flatten("t", records) {
                let again = flatten(&table.name, table.rows.clone());
                prop_assert_eq!(again, vec![table]);
            }
        }
    }
}
