//! The table of outcomes of an earlier import, read back.

use std::collections::{HashMap, HashSet};

use thiserror::Error;

use crate::archive::digest::Sha256Sum;
use crate::tables::{self, tsv::unescape};
use crate::tools::import::table;

/// Why a file is not the table of outcomes of an import; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum EarlierTableError {
    #[error("byte {0}: found invalid UTF-8, expected the table of outcomes of FAIRtracks import")]
    NotText(usize),
    #[error(
        "line 1: found no column `{column}`, expected the table of outcomes of FAIRtracks import with its header line: select the unmodified table"
    )]
    NoColumn { column: &'static str },
    #[error(
        "line {line}: found the {column} `{found}`, expected {expected}: select the unmodified table"
    )]
    Value {
        line: usize,
        column: &'static str,
        found: String,
        expected: &'static str,
    },
}

/// A track that an earlier import has imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierOutcome {
    /// Its id in the document; empty where it has none.
    pub local_id: String,
    /// Its URL, without credentials.
    pub source_url: String,
    /// The checksum of the provider, and that of the bytes as downloaded.
    pub checksums: (String, String),
    /// Its element identifier.
    pub element_identifier: String,
    /// Its datatype.
    pub datatype: String,
    /// The remarks.
    pub reason: String,
    /// How many bytes the dataset had.
    pub bytes: u64,
    /// The SHA-256 of the dataset.
    pub sha256: Sha256Sum,
}

/// What an earlier import made of its tracks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EarlierOutcomes {
    /// The imported tracks.
    pub imported: Vec<EarlierOutcome>,
    /// What [`known_as`] gives of all tracks, imported or not.
    pub tracks: HashSet<String>,
}

/// What a track is known by from one import to the next: its id, else its URL.
pub fn known_as<'t>(local_id: &'t str, source_url: &'t str) -> &'t str {
    match local_id {
        "" => source_url,
        local_id => local_id,
    }
}

/// Reads the table.
///
/// # Errors
/// The problem of the table, and its position.
pub fn read(bytes: &[u8]) -> Result<EarlierOutcomes, EarlierTableError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| EarlierTableError::NotText(error.valid_up_to() + 1))?;
    let mut rows = tables::rows(text);
    let (_, titles) = rows.next().unwrap_or_default();
    let places: HashMap<&str, usize> = titles
        .iter()
        .enumerate()
        .map(|(place, title)| (title.trim_start_matches('#'), place))
        .collect();
    let place = |column| {
        let place = places.get(column).copied();
        place.ok_or(EarlierTableError::NoColumn { column })
    };
    let columns = [
        "local_id",
        "status",
        "reason",
        "element_identifier",
        "datatype",
        "source_url",
        "checksum_wanted",
        "checksum_found",
    ];
    debug_assert!(columns.iter().all(|title| table::TITLES.contains(title)));
    let mut known = [0; 8];
    for (known, column) in known.iter_mut().zip(columns) {
        *known = place(column)?;
    }
    let (bytes_at, sha256_at) = (place("bytes")?, place("sha256")?);
    let mut outcomes = EarlierOutcomes::default();
    for (line, cells) in rows {
        // Editors take away empty cells at the end of a line.
        let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
        let [
            local_id,
            status,
            reason,
            element_identifier,
            datatype,
            source_url,
            wanted,
            found,
        ] = known.map(|place| unescape(cell(place)));
        outcomes
            .tracks
            .insert(known_as(&local_id, &source_url).to_owned());
        if status != "imported" {
            continue;
        }
        let value = |column, place, expected| EarlierTableError::Value {
            line,
            column,
            found: cell(place).to_owned(),
            expected,
        };
        outcomes.imported.push(EarlierOutcome {
            local_id,
            source_url,
            checksums: (wanted, found),
            element_identifier,
            datatype,
            reason,
            bytes: cell(bytes_at)
                .parse()
                .map_err(|_| value("bytes", bytes_at, "a number"))?,
            sha256: Sha256Sum::parse(cell(sha256_at))
                .ok_or_else(|| value("sha256", sha256_at, "64 hexadecimal digits"))?,
        });
    }
    Ok(outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[(&str, &str)]]) -> String {
        let mut text = tables::title_line(table::TITLES);
        for row in rows {
            let cell = |title| row.iter().find(|(known, _)| *known == title);
            let cells = table::TITLES.map(|title| cell(title).map_or("", |(_, text)| *text));
            tables::push_row(&mut text, cells);
        }
        text
    }

    #[test]
    fn imported_tracks_are_read_and_all_are_known() {
        let sum = Sha256Sum::of(b"x");
        let sum_text = sum.hexadecimal();
        let imported = [
            ("local_id", "a:1"),
            ("status", "imported"),
            ("reason", "an empty file\\tor so"),
            ("bytes", "1"),
            ("sha256", sum_text.as_str()),
        ];
        let failed = [("source_url", "https://a.example/b"), ("status", "failed")];
        let outcomes = read(table(&[&failed, &imported]).as_bytes()).unwrap();
        assert_eq!(outcomes.imported.len(), 1);
        assert_eq!(outcomes.imported[0].sha256, sum);
        assert_eq!(outcomes.imported[0].reason, "an empty file\tor so");
        let known = ["a:1", "https://a.example/b"].map(str::to_owned);
        assert_eq!(outcomes.tracks, HashSet::from(known));
    }

    #[test]
    fn other_tables_are_refused_with_what_they_lack() {
        let wrong_sum = table(&[&[("status", "imported"), ("bytes", "1"), ("sha256", "12")]]);
        for (text, expected) in [
            ("", "line 1: found no column `local_id`"),
            ("#local_id\tlabel\n", "line 1: found no column `status`"),
            (&*wrong_sum, "line 2: found the sha256 `12`, expected 64"),
        ] {
            let message = read(text.as_bytes()).unwrap_err().to_string();
            assert!(message.starts_with(expected), "{message}");
            assert!(
                message.ends_with("select the unmodified table"),
                "{message}"
            );
        }
    }
}
