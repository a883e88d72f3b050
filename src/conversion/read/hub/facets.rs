//! Faceted composites: a table beside the hub has a row for each track, or for each key of several tracks.

use super::groups::{KeyedTable, with_label};
use super::stanzas::Stanza;
use crate::conversion::sheet::SheetCell;

/// Words in titles of values of one file.
const OF_ONE_FILE: [&str; 3] = ["md5", "sha256", "checksum"];
const SHARED: &str = "found one value for several tracks, expected one for each file";

/// The table of a faceted composite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FacetTable {
    pub table: KeyedTable,
    /// Names and labels of the kinds of data of a key.
    data_types: Vec<(String, String)>,
}

impl FacetTable {
    /// The table of a composite's stanza.
    pub fn new(table: KeyedTable, stanza: &Stanza) -> Self {
        let data_types = stanza.value("dataTypes").unwrap_or_default();
        FacetTable {
            table,
            data_types: data_types_of(data_types),
        }
    }

    /// The titles and values of a track: it has the name of its composite, `_`, the key, and where a key has several tracks, `_`
    /// and the kind of its data.
    pub fn values(&self, composite: &str, track: &str) -> Option<Vec<(String, SheetCell)>> {
        let rest = track.strip_prefix(composite)?.strip_prefix('_')?;
        if let Some(cells) = self.table.row(rest) {
            return Some(self.titled(cells));
        }
        let (cells, data_type) = self.data_types.iter().find_map(|(name, label)| {
            let key = rest.strip_suffix(name.as_str())?.strip_suffix('_')?;
            Some((self.table.row(key)?, label))
        })?;
        let mut values = self.titled(cells);
        for (title, cell) in &mut values {
            let title = title.to_lowercase();
            if OF_ONE_FILE.iter().any(|word| title.contains(word)) {
                *cell = SheetCell::Damaged(cell.shown().to_owned(), SHARED);
            }
        }
        values.push(("data type".to_owned(), SheetCell::Text(data_type.clone())));
        Some(values)
    }

    fn titled(&self, cells: &[String]) -> Vec<(String, SheetCell)> {
        let text = |text: &str| SheetCell::Text(text.to_owned());
        let mut values = Vec::new();
        for (title, cell) in self.table.titles.iter().zip(cells) {
            // Titles with `_` before them are hidden in browsers, and are values all the same.
            let title = title.trim_start_matches('_');
            let (value, label) = with_label(cell);
            if let Some(label) = label {
                values.push((title.to_owned(), text(label)));
                values.push((format!("{title} key"), text(value)));
            } else if !value.is_empty() {
                values.push((title.to_owned(), text(value)));
            }
        }
        values
    }
}

/// Names with their labels: `signal|"Signal of reads" peaks`.
fn data_types_of(text: &str) -> Vec<(String, String)> {
    let mut types = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '|' || c.is_whitespace());
        let end = end.unwrap_or(rest.len());
        let name = &rest[..end];
        rest = &rest[end..];
        let mut label = name;
        if let Some(quoted) = rest.strip_prefix("|\"") {
            (label, rest) = quoted.split_once('"').unwrap_or((quoted, ""));
        } else if let Some(bare) = rest.strip_prefix('|') {
            let end = bare.find(char::is_whitespace).unwrap_or(bare.len());
            (label, rest) = bare.split_at(end);
        }
        if !name.is_empty() {
            types.push((name.to_owned(), label.to_owned()));
        }
        rest = rest.trim_start();
    }
    // A name may end like another one.
    types.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    types
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_of_a_faceted_composite_has_the_row_of_its_key() {
        let table = "accession\t_donor\tcell\tmd5sum\n1\tD1\tb|\"B cell\"\ta\n1_x\tD2\tT cell\tb\n";
        let stanza = super::super::stanzas::parse(
            b"track c\ncompositeTrack faceted\ndataTypes x|\"Peaks of x\" signal\n",
        );
        let table = KeyedTable::read(table.as_bytes(), "accession").unwrap();
        let facets = FacetTable::new(table, &stanza[0]);
        let values = |track: &str| -> Option<Vec<String>> {
            let values = facets.values("c", track)?.into_iter();
            Some(
                values
                    .map(|(title, cell)| format!("{title}={}", cell.shown()))
                    .collect(),
            )
        };
        let of_1 = [
            "accession=1",
            "donor=D1",
            "cell=B cell",
            "cell key=b",
            "md5sum=a",
        ];
        assert_eq!(values("c_1").unwrap(), of_1);
        assert_eq!(
            values("c_1_signal").unwrap(),
            [&of_1[..], &["data type=signal"]].concat()
        );
        // A key goes before a kind of data.
        assert_eq!(
            values("c_1_x").unwrap(),
            ["accession=1_x", "donor=D2", "cell=T cell", "md5sum=b"]
        );
        // A checksum is of one file.
        let shared = facets.values("c", "c_1_signal").unwrap();
        assert_eq!(shared[4].1, SheetCell::Damaged("a".to_owned(), SHARED));
        assert_eq!(values("c_2"), None);
        assert_eq!(values("d_1"), None);
        assert_eq!(
            data_types_of("a|\"A b\" bb c|d"),
            [("bb", "bb"), ("a", "A b"), ("c", "d")].map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
    }
}
