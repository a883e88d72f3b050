//! The table of results and their source tracks: tab-separated, one line a result, those with the worst findings first, titles
//! in a first line that starts with `#`.

use crate::fairtracks::finding::Strength;
use crate::tables::tsv::escape;

/// The titles of its columns.
pub const TITLES: [&str; 15] = [
    "result",
    "proven_tracks",
    "evidence",
    "suggested_tracks",
    "suggested_by",
    "steps",
    "tools",
    "genome_builds",
    "strength",
    "findings",
    "name",
    "datatype",
    "dbkey",
    "bytes",
    "sha256",
];

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
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: String,
}

/// Writes the table of rows in the order of [`worst_first`].
pub fn write(rows: &[FollowRow]) -> String {
    let mut text = format!("#{}\n", TITLES.join("\t"));
    for row in worst_first(rows) {
        let findings: Vec<&str> = row.findings.iter().map(|(_, text)| text.as_str()).collect();
        let strength = row
            .findings
            .first()
            .map(|(strength, _)| strength.to_string());
        let cells = [
            row.result.clone(),
            row.proven.join(","),
            row.evidence.join(","),
            row.suggested.join(","),
            row.suggested_by.join(","),
            row.steps.to_string(),
            row.tools.join(","),
            row.genome_builds.join(","),
            strength.unwrap_or_default(),
            findings.join("; "),
            row.name.clone(),
            row.datatype.clone(),
            row.dbkey.clone(),
            row.bytes.to_string(),
            row.sha256.clone(),
        ];
        text.push_str(&cells.map(|cell| escape(&cell)).join("\t"));
        text.push('\n');
    }
    text
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
