//! The table of findings: tab-separated, one line a finding, titles in a first line that starts with `#`.

use crate::fairtracks::finding::Finding;
use crate::tables::tsv::escape;

/// The titles of its columns.
pub const TITLES: [&str; 5] = ["strength", "place", "what", "expected", "hint"];

/// Writes the table; without findings it is the line of titles alone.
pub fn write(findings: &[Finding]) -> String {
    let mut text = format!("#{}\n", TITLES.join("\t"));
    for finding in findings {
        let cells = [
            &finding.strength.to_string(),
            &finding.place.to_string(),
            &finding.what,
            finding.expected.as_ref(),
            finding.hint.as_ref(),
        ];
        text.push_str(&cells.map(escape).join("\t"));
        text.push('\n');
    }
    text
}
