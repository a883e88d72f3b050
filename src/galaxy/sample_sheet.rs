//! Sample sheets: collections of Galaxy with columns of metadata.
//!
//! A workflow takes a sample sheet only if the names, the order and the types of its columns are those of the workflow's input,
//! so all tools write the same columns.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::fairtracks::hit::Hit;
use crate::fairtracks::summary_columns::headline;
use crate::fairtracks::track_provenance::TrackProvenance;
use crate::text::secrets;

/// The number of columns.
pub const COLUMN_COUNT: usize = 14;

/// The most values of source tracks in one cell.
pub const MOST_VALUES: usize = 5;

/// What stands between the values of a cell: a comma would become `_`.
const BETWEEN: &str = " - ";

/// The titles of the columns and their descriptions.
pub const COLUMNS: [(&str, &str); COLUMN_COUNT] = [
    ("local_id", "Id of the track in its FAIRtracks document"),
    ("label", "Label of the track"),
    ("cell_or_tissue", "Cells or tissue"),
    ("assay", "Assay"),
    ("target", "Target of the assay"),
    ("phenotype", "Phenotype of the sample"),
    ("assembly", "Genome assembly"),
    ("format", "File format as declared"),
    ("condensed_data", "Type of condensed data"),
    ("species", "Species"),
    ("sample", "Id of the sample"),
    ("donor", "Donor as described in the document"),
    ("study", "Study"),
    ("collection", "Collection of the track"),
];

/// The values of a row in the order of [`COLUMNS`], as they are in the metadata; what is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MetadataRow {
    /// The values.
    pub values: [String; COLUMN_COUNT],
}

impl MetadataRow {
    /// The row with the value that `value` gives for each title.
    pub fn new(value: impl Fn(&str) -> String) -> Self {
        MetadataRow {
            values: COLUMNS.map(|(title, _)| value(title)),
        }
    }

    /// The row of a track with the objects that it refers to.
    pub fn of(hit: &Hit<'_>) -> Self {
        let from = TrackProvenance::of(hit);
        MetadataRow::new(|title| {
            let of_provenance = provenance_value(&from, title);
            of_provenance.map_or_else(|| secrets::without(headline(hit, title)), str::to_owned)
        })
    }

    /// One row of several: under each title the values, each once, in the order of the rows and joined by ` - `; where they are
    /// more than [`MOST_VALUES`], their number.
    pub fn joined(rows: &[MetadataRow]) -> Self {
        let mut joined = MetadataRow::default();
        for (place, joined) in joined.values.iter_mut().enumerate() {
            let mut known = HashSet::new();
            let values = rows.iter().map(|row| row.values[place].as_str());
            let values = values.filter(|value| !value.is_empty() && known.insert(*value));
            let values: Vec<&str> = values.collect();
            *joined = match values.len() {
                0..=MOST_VALUES => values.join(BETWEEN),
                count => format!("{count} values"),
            };
        }
        joined
    }

    /// The row with the values of another where it has none.
    #[must_use]
    pub fn or(mut self, other: &MetadataRow) -> Self {
        for (own, other) in self.values.iter_mut().zip(&other.values) {
            if own.is_empty() {
                own.clone_from(other);
            }
        }
        self
    }

    /// The value under a title; none where there is no such column.
    pub fn value(&self, title: &str) -> Option<&str> {
        let place = COLUMNS.iter().position(|(known, _)| *known == title)?;
        Some(&self.values[place])
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(String::is_empty)
    }

    /// The cells, as Galaxy takes them.
    pub fn cells(&self) -> Vec<String> {
        self.values.iter().map(|value| cell(value)).collect()
    }
}

/// The value under a title as far as it belongs to the provenance of a track.
pub fn provenance_value<'p>(from: &'p TrackProvenance, title: &str) -> Option<&'p str> {
    match title {
        "species" => Some(&from.species),
        "sample" => Some(&from.sample),
        "donor" => Some(&from.donor),
        "study" => Some(&from.study),
        "collection" => Some(&from.collection),
        _ => None,
    }
}

/// The characters among which letters and digits are the same for Python and for Rust: Latin, Greek, Cyrillic, Armenian, kana,
/// Han and Hangul. A cell with another character makes Galaxy refuse all outputs of a job.
const WRITING: [RangeInclusive<char>; 5] = [
    '\0'..='\u{58f}',
    '\u{3041}'..='\u{3096}',
    '\u{30a1}'..='\u{30fa}',
    '\u{4e00}'..='\u{9ffc}',
    '\u{ac00}'..='\u{d7a3}',
];
/// Combining marks, some of which Rust alone counts as letters.
const MARKS: RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// A text as a cell. Galaxy takes letters, digits, `_`, `-`, `?` and blanks; all else becomes `_`.
fn cell(text: &str) -> String {
    let is_known = |c: &char| !MARKS.contains(c) && WRITING.iter().any(|range| range.contains(c));
    let allowed = |c: char| (c.is_alphanumeric() && is_known(&c)) || "_-? ".contains(c);
    text.chars()
        .map(|c| if allowed(c) { c } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cell: &str, assay: &str) -> MetadataRow {
        MetadataRow::new(|title| match title {
            "cell_or_tissue" => cell.to_owned(),
            "assay" => assay.to_owned(),
            _ => String::new(),
        })
    }

    #[test]
    fn values_of_several_tracks_share_a_cell() {
        let rows = [
            row("K562", "ChIP-seq"),
            row("GM12878", "ChIP-seq"),
            row("", ""),
        ];
        let joined = MetadataRow::joined(&rows);
        assert_eq!(joined.value("cell_or_tissue"), Some("K562 - GM12878"));
        assert_eq!(joined.value("assay"), Some("ChIP-seq"));
        let many: Vec<MetadataRow> = (0..6).map(|number| row(&number.to_string(), "x")).collect();
        assert_eq!(
            MetadataRow::joined(&many).value("cell_or_tissue"),
            Some("6 values")
        );
        assert!(MetadataRow::joined(&[]).is_empty());
    }

    #[test]
    fn another_row_fills_only_what_is_empty() {
        let filled = row("K562", "").or(&row("HeLa", "ATAC-seq"));
        assert_eq!(filled, row("K562", "ATAC-seq"));
    }

    #[test]
    fn cells_hold_what_galaxy_takes() {
        let row = MetadataRow::new(|title| match title {
            "label" => "CD4+ T cell, α/β (Δ?)".to_owned(),
            "donor" => "Åse 細胞 a\u{345}\u{93f}Ⓐ\u{a0}".to_owned(),
            _ => String::new(),
        });
        assert_eq!(row.cells()[1], "CD4_ T cell_ α_β _Δ?_");
        assert_eq!(row.cells()[11], "Åse 細胞 a____");
        assert_eq!(row.cells().len(), COLUMNS.len());
        assert_eq!(row.value("label"), Some("CD4+ T cell, α/β (Δ?)"));
        assert_eq!(row.value("file_url"), None);
        assert!(!row.is_empty() && MetadataRow::default().is_empty());
    }
}
