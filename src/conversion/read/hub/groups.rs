//! Sub-groups of composites, and tables of metadata beside a hub.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::stanzas::{Stanza, words};

/// A sub-group that a composite defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SubGroup {
    pub title: String,
    /// The labels of its members.
    pub labels: HashMap<String, String>,
}

/// The sub-groups of a stanza by their ids: `subGroup1 cell Cell_type B_cell=B_cell`. Labels have `_` in place of blanks.
pub(super) fn sub_groups(stanza: &Stanza) -> HashMap<String, SubGroup> {
    let is_group = |name: &str| {
        name.strip_prefix("subGroup").is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let mut groups = HashMap::new();
    for setting in stanza
        .settings
        .iter()
        .filter(|setting| is_group(&setting.name))
    {
        let mut words = words(&setting.value).into_iter();
        let (Some(id), Some(title)) = (words.next(), words.next()) else {
            continue;
        };
        let labels = words.map(|word| {
            let label = word.value.unwrap_or_else(|| word.key.clone());
            (word.key, label.replace('_', " "))
        });
        let group = SubGroup {
            title: title.key.replace('_', " "),
            labels: labels.collect(),
        };
        groups.insert(id.key, group);
    }
    groups
}

/// A tab-separated table with a key in each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyedTable {
    pub titles: Vec<String>,
    rows: HashMap<String, Vec<String>>,
    /// Keys of several rows, the first of which counts, with their lines.
    pub repeated: Vec<(String, usize)>,
}

impl KeyedTable {
    /// Reads a table, in UTF-8 or with characters replaced that are not.
    ///
    /// # Errors
    /// No title is the name of the key.
    pub fn read(bytes: &[u8], key: &str) -> Result<Self, String> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut lines = (1..).zip(text.lines());
        let cells = |line: &str| -> Vec<String> {
            line.split('\t')
                .map(|cell| cell.trim().to_owned())
                .collect()
        };
        let titles = lines.find(|(_, line)| !line.trim().is_empty());
        let mut titles = titles.map(|(_, line)| cells(line)).unwrap_or_default();
        if let Some(first) = titles.first_mut()
            && let Some(bare) = first.strip_prefix('#')
        {
            *first = bare.trim().to_owned();
        }
        let found = || titles.join("`, `");
        let key_column = titles.iter().position(|title| title == key);
        let key_column = key_column.ok_or_else(|| {
            format!(
                "found the titles `{}`, expected `{key}` among them",
                found()
            )
        })?;
        let mut table = KeyedTable {
            titles,
            rows: HashMap::new(),
            repeated: Vec::new(),
        };
        for (number, line) in lines {
            let mut cells = cells(line);
            cells.resize(table.titles.len(), String::new());
            let key = cells[key_column].clone();
            if key.is_empty() {
                continue;
            }
            match table.rows.entry(key) {
                Entry::Occupied(known) => table.repeated.push((known.key().clone(), number)),
                Entry::Vacant(place) => {
                    place.insert(cells);
                }
            }
        }
        Ok(table)
    }

    /// The row of a key.
    pub fn row(&self, key: &str) -> Option<&[String]> {
        self.rows.get(key).map(Vec::as_slice)
    }
}

/// A text that may have a label: `b_cell|"B cell"`. The label is what browsers show.
pub(super) fn with_label(text: &str) -> (&str, Option<&str>) {
    let labelled = text
        .strip_suffix('"')
        .and_then(|text| text.split_once("|\""));
    match labelled {
        Some((text, label)) => (text, Some(label)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_groups_have_titles_and_labels() {
        let text = b"track x\nsubGroup1 cell Cell_type B_cell=naive_B_cell T\nsubGroups a=b\nsubGroup2 broken\n";
        let stanzas = super::super::stanzas::parse(text);
        let groups = sub_groups(&stanzas[0]);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups["cell"].title, "Cell type");
        assert_eq!(groups["cell"].labels["B_cell"], "naive B cell");
        assert_eq!(groups["cell"].labels["T"], "T");
    }

    #[test]
    fn a_table_has_one_row_for_a_key() {
        let text = "#accession\tcell\r\nA\tB cell\r\n\r\nA\tT cell\r\nB\r\n";
        let table = KeyedTable::read(text.as_bytes(), "accession").unwrap();
        assert_eq!(table.row("A").unwrap(), ["A", "B cell"]);
        assert_eq!(table.row("B").unwrap(), ["B", ""]);
        assert_eq!(table.repeated, [("A".to_owned(), 4)]);
        assert_eq!(
            KeyedTable::read(b"a\tb\n", "key"),
            Err("found the titles `a`, `b`, expected `key` among them".to_owned())
        );
        assert_eq!(with_label("b|\"B cell\""), ("b", Some("B cell")));
        assert_eq!(with_label("b|c"), ("b|c", None));
    }
}
