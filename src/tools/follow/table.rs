//! The table of results and their source tracks: tab-separated, one line a result, those with the worst findings first, titles
//! in a first line that starts with `#`.

use crate::fairtracks::finding::Strength;
use crate::tables::{self, Column};

const COLUMNS: [Column<FollowRow>; 15] = [
    ("result", |row| (&row.result).into()),
    ("proven_tracks", |row| row.proven.join(",").into()),
    ("evidence", |row| row.evidence.join(",").into()),
    ("suggested_tracks", |row| row.suggested.join(",").into()),
    ("suggested_by", |row| row.suggested_by.join(",").into()),
    ("steps", |row| row.steps.to_string().into()),
    ("tools", |row| row.tools.join(",").into()),
    ("genome_builds", |row| row.genome_builds.join(",").into()),
    ("strength", |row| row.strength().into()),
    ("findings", |row| row.findings().into()),
    ("name", |row| (&row.name).into()),
    ("datatype", |row| (&row.datatype).into()),
    ("dbkey", |row| (&row.dbkey).into()),
    ("bytes", |row| row.bytes.to_string().into()),
    ("sha256", |row| (&row.sha256).into()),
];
/// The titles of its columns.
pub const TITLES: [&str; 15] = tables::titles(&COLUMNS);

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowRow {
    /// The element identifier of the result.
    pub result: String,
    /// The ids of the tracks that it was made of for certain.
    pub proven: Vec<String>,
    /// The evidence: `content` with the digest, such as `content (SHA-256)`, `lineage`, `accepted`.
    pub evidence: Vec<String>,
    /// The ids of the tracks that it may have been made of.
    pub suggested: Vec<String>,
    /// The evidence of the suggestions.
    pub suggested_by: Vec<&'static str>,
    /// How many jobs there were between them.
    pub steps: usize,
    /// The tools of those jobs, the first one first.
    pub tools: Vec<String>,
    /// The same tools, as their users know them.
    pub tools_in_words: Vec<String>,
    /// The genome builds of the proven tracks.
    pub genome_builds: Vec<String>,
    /// The findings, the most severe first.
    pub findings: Vec<(Strength, String)>,
    /// The name in the history.
    pub name: String,
    /// Its datatype.
    pub datatype: String,
    /// Galaxy's key of its genome.
    pub dbkey: String,
    /// The size, in bytes.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: String,
}

impl FollowRow {
    fn strength(&self) -> String {
        let worst = self.findings.first();
        worst
            .map(|(strength, _)| strength.to_string())
            .unwrap_or_default()
    }

    fn findings(&self) -> String {
        let findings: Vec<&str> = self
            .findings
            .iter()
            .map(|(_, text)| text.as_str())
            .collect();
        findings.join("; ")
    }
}

/// Writes the table of rows in the order of [`worst_first`].
pub fn write(rows: &[FollowRow]) -> String {
    tables::write(&COLUMNS, worst_first(rows))
}

/// The rows with the worst findings first, else in their order.
pub fn worst_first(rows: &[FollowRow]) -> Vec<&FollowRow> {
    let mut sorted: Vec<&FollowRow> = rows.iter().collect();
    sorted.sort_by_key(|row| match row.findings.first() {
        Some((strength, _)) => (0, Some(*strength)),
        None => (1, None),
    });
    sorted
}
