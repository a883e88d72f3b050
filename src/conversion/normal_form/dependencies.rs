//! Second and third normal form: which columns follow from others, and the tables that they belong to.
//!
//! A column follows from others where rows that are alike in these are alike in it, too. That may be so by accident, so it counts only
//! with at least [`FEWEST_REPEATS`] rows whose values occurred before, and where the column has more than one value. Columns that
//! follow from a part of a key (second normal form) or from a column that is no key (third) become a table with these as its key.

use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows that must repeat the values of earlier rows, so that a dependency is none by accident.
pub const FEWEST_REPEATS: usize = 2;
/// Columns of a table that is looked through.
const MOST_COLUMNS: usize = 500;

/// A table in third normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormalTable {
    /// The columns of its key, by their places in the table that was taken apart; none for the rows that remain of it.
    pub key: Vec<usize>,
    /// All its columns, those of its key first.
    pub columns: Vec<usize>,
    /// Its rows, each once but for those that remain.
    pub rows: Vec<Vec<String>>,
}

/// The columns that have a value of their own in each row, or else the pairs of columns that do.
pub fn candidate_keys(rows: &[Vec<String>]) -> Vec<Vec<usize>> {
    let width = width(rows);
    let is_key = |columns: &[usize]| {
        let mut known = HashSet::new();
        let mut values = rows.iter().map(|row| values(row, columns));
        values.all(|values| values.iter().all(|value| !value.is_empty()) && known.insert(values))
    };
    let singles = (0..width).map(|column| vec![column]);
    let singles: Vec<Vec<usize>> = singles.filter(|columns| is_key(columns)).collect();
    if !singles.is_empty() {
        return singles;
    }
    let pairs = (0..width).flat_map(|one| (one + 1..width).map(move |other| vec![one, other]));
    pairs.filter(|columns| is_key(columns)).collect()
}

/// What each column follows from: the columns with the fewest values that decide it, the leftmost of those alike. `keys` are the
/// candidate keys of the table.
pub fn determinants(rows: &[Vec<String>], keys: &[Vec<usize>]) -> BTreeMap<usize, Vec<usize>> {
    let width = width(rows);
    let mut found = BTreeMap::new();
    if width > MOST_COLUMNS {
        return found;
    }
    let in_keys: HashSet<usize> = keys.iter().flatten().copied().collect();
    let mut candidates: Vec<(usize, Vec<usize>, Groups)> = candidates(width, keys, &in_keys)
        .into_iter()
        .map(|columns| {
            let groups = Groups::of(rows, &columns);
            (groups.count, columns, groups)
        })
        .filter(|(_, _, groups)| groups.repeats >= FEWEST_REPEATS)
        .collect();
    candidates.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    for column in (0..width).filter(|column| !in_keys.contains(column)) {
        let own = Groups::of(rows, &[column]);
        if own.count < 2 {
            continue;
        }
        let decides = |(count, columns, groups): &&(usize, Vec<usize>, Groups)| {
            // Of two columns that decide each other, the left one is the key.
            let is_before = *count > own.count || columns.iter().all(|known| *known < column);
            !columns.contains(&column) && is_before && groups.decide(&own)
        };
        if let Some((_, columns, _)) = candidates.iter().find(decides) {
            found.insert(column, columns.clone());
        }
    }
    found
}

/// The proper parts of keys, and the columns that belong to none.
fn candidates(width: usize, keys: &[Vec<usize>], in_keys: &HashSet<usize>) -> Vec<Vec<usize>> {
    let others = (0..width).filter(|column| !in_keys.contains(column));
    let mut candidates: Vec<Vec<usize>> = others.map(|column| vec![column]).collect();
    for key in keys.iter().filter(|key| key.len() > 1) {
        for left_out in key {
            let part = key.iter().copied().filter(|column| column != left_out);
            let part: Vec<usize> = part.collect();
            candidates.extend(part.iter().map(|column| vec![*column]));
            candidates.push(part);
        }
    }
    candidates.sort();
    candidates.dedup();
    candidates
}

/// Takes a table apart: the rows without the columns that follow from others, and a table for each determinant.
pub fn split(rows: &[Vec<String>], determinants: &BTreeMap<usize, Vec<usize>>) -> Vec<NormalTable> {
    let mut members: BTreeMap<&Vec<usize>, Vec<usize>> = BTreeMap::new();
    for (column, key) in determinants {
        members.entry(key).or_default().push(*column);
    }
    let own = (0..width(rows)).filter(|column| !determinants.contains_key(column));
    let own: Vec<usize> = own.collect();
    let mut tables = vec![NormalTable {
        key: Vec::new(),
        rows: rows.iter().map(|row| texts(row, &own)).collect(),
        columns: own,
    }];
    for (key, members) in members {
        let columns: Vec<usize> = key.iter().chain(&members).copied().collect();
        let mut known = HashSet::new();
        let distinct = rows.iter().map(|row| texts(row, &columns));
        let distinct = distinct.filter(|row| {
            let has_key = row[..key.len()].iter().any(|text| !text.is_empty());
            has_key && known.insert(row.clone())
        });
        tables.push(NormalTable {
            key: key.clone(),
            rows: distinct.collect(),
            columns,
        });
    }
    tables
}

fn width(rows: &[Vec<String>]) -> usize {
    rows.first().map_or(0, Vec::len)
}

fn values<'r>(row: &'r [String], columns: &[usize]) -> Vec<&'r str> {
    columns.iter().map(|column| row[*column].as_str()).collect()
}

fn texts(row: &[String], columns: &[usize]) -> Vec<String> {
    columns.iter().map(|column| row[*column].clone()).collect()
}

/// Rows with the same values in some columns.
struct Groups {
    /// The group of each row; group 0 has no value at all.
    of_rows: Vec<usize>,
    /// How many groups there are, group 0 included.
    count: usize,
    /// How many rows have the values of an earlier row.
    repeats: usize,
}

impl Groups {
    fn of(rows: &[Vec<String>], columns: &[usize]) -> Self {
        let nothing: Vec<&str> = vec![""; columns.len()];
        let mut known: HashMap<Vec<&str>, usize> = HashMap::from([(nothing, 0)]);
        let mut groups = Groups {
            of_rows: Vec::with_capacity(rows.len()),
            count: 1,
            repeats: 0,
        };
        for row in rows {
            let next = known.len();
            let group = *known.entry(values(row, columns)).or_insert(next);
            groups.repeats += usize::from(group > 0 && group < next);
            groups.of_rows.push(group);
        }
        groups.count = known.len();
        if !groups.of_rows.contains(&0) {
            groups.count -= 1;
        }
        groups
    }

    /// Whether rows of one group here are in one group there, and those without a value here have none there.
    fn decide(&self, other: &Groups) -> bool {
        let mut known: Vec<Option<usize>> = vec![None; self.count + 1];
        known[0] = Some(0);
        let mut pairs = self.of_rows.iter().zip(&other.of_rows);
        pairs.all(|(group, theirs)| *known[*group].get_or_insert(*theirs) == *theirs)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(table: &str) -> Vec<Vec<String>> {
        let rows = table.lines();
        rows.map(|row| row.split(' ').map(|cell| cell.replace('-', "")).collect())
            .collect()
    }

    fn found(table: &str) -> BTreeMap<usize, Vec<usize>> {
        let rows = rows(table);
        determinants(&rows, &candidate_keys(&rows))
    }

    #[test]
    fn columns_follow_from_the_nearest_column_that_is_no_key() {
        // Track, sample, cell, organ: the organ follows from the cell, which follows from the sample.
        let table = "t1 s1 B blood\nt2 s1 B blood\nt3 s2 B blood\nt4 s3 liver liver\nt5 s3 liver liver\nt6 s4 T blood";
        assert_eq!(found(table), [(2, vec![1]), (3, vec![2])].into());
        let rows = rows(table);
        let tables = split(&rows, &found(table));
        let shown: Vec<(&[usize], &[usize], usize)> = tables
            .iter()
            .map(|table| (&table.key[..], &table.columns[..], table.rows.len()))
            .collect();
        assert_eq!(
            shown,
            [
                (&[][..], &[0, 1][..], 6),
                (&[1][..], &[1, 2][..], 4),
                (&[2][..], &[2, 3][..], 3)
            ]
        );
    }

    #[test]
    fn columns_follow_from_a_part_of_a_key() {
        let table = "e1 r1 ChIP 3\ne1 r2 ChIP 4\ne2 r1 DNase 5\ne2 r2 DNase 3";
        assert_eq!(candidate_keys(&rows(table)), [[0, 1], [0, 3], [1, 3]]);
        let found = determinants(&rows(table), &[vec![0, 1]]);
        assert_eq!(found, [(2, vec![0])].into());
    }

    #[test]
    fn what_holds_by_accident_is_not_split() {
        // One repeat alone.
        assert_eq!(found("t1 s1 B\nt2 s1 B\nt3 s2 T"), [].into());
        assert_eq!(
            found("t1 s1 B\nt2 s1 B\nt3 s2 T\nt4 s2 T"),
            [(2, vec![1])].into()
        );
        // One value in all rows follows from anything.
        assert_eq!(found("t1 s1 x\nt2 s1 x\nt3 s2 x\nt4 s2 x"), [].into());
        // No value decides nothing.
        assert_eq!(
            found("t1 - B\nt2 - T\nt3 s2 T\nt4 s2 T\nt5 s2 T"),
            [].into()
        );
    }

    #[test]
    fn of_columns_that_decide_each_other_the_left_one_is_the_key() {
        let table = "t1 1 a\nt2 1 a\nt3 2 b\nt4 2 b";
        assert_eq!(found(table), [(2, vec![1])].into());
    }

    /// The rows that tables in third normal form were.
    fn joined(tables: &[NormalTable], width: usize) -> Vec<Vec<String>> {
        let whole = |row: &Vec<String>| {
            let mut cells: Vec<Option<&String>> = vec![None; width];
            for (column, text) in tables[0].columns.iter().zip(row) {
                cells[*column] = Some(text);
            }
            // A table may refer to one that is joined later.
            for table in tables[1..].iter().cycle().take(width * tables.len()) {
                let (keys, length) = (&table.key, table.key.len());
                let wanted: Option<Vec<&String>> = keys.iter().map(|key| cells[*key]).collect();
                let Some(wanted) = wanted else { continue };
                let mut rows = table.rows.iter();
                let found = rows.find(|row| row[..length].iter().eq(wanted.iter().copied()));
                for (place, column) in table.columns.iter().enumerate().skip(length) {
                    cells[*column] = found.map(|row| &row[place]);
                }
            }
            let cells = cells.into_iter();
            cells
                .map(|text| text.cloned().unwrap_or_default())
                .collect()
        };
        tables[0].rows.iter().map(whole).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn laws_joined_again_the_tables_are_the_table(
            rows in prop::collection::vec(prop::collection::vec("[ab]?", 4), 1..8)
        ) {
            let found = determinants(&rows, &candidate_keys(&rows));
            let tables = split(&rows, &found);
            prop_assert_eq!(joined(&tables, 4), rows);
            // What was taken out is in third normal form already, and stays.
            for table in tables.iter().skip(1) {
                prop_assert!(table.rows.len() + FEWEST_REPEATS <= tables[0].rows.len());
            }
        }

        #[test]
        fn laws_split_twice_is_split_once(
            rows in prop::collection::vec(prop::collection::vec("[ab]?", 4), 1..8)
        ) {
            let found = determinants(&rows, &candidate_keys(&rows));
            let rest = &split(&rows, &found)[0];
            let keys = candidate_keys(&rows);
            let place = |column: &usize| rest.columns.iter().position(|known| known == column);
            let keys: Option<Vec<Vec<usize>>> =
                keys.iter().map(|key| key.iter().map(place).collect()).collect();
            // Keys are never taken out.
            let keys = keys.unwrap();
            prop_assert!(determinants(&rest.rows, &keys).is_empty());
        }
    }
}
