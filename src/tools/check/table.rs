//! The table of findings: tab-separated, one line a finding, titles in a first line that starts with `#`.

use crate::fairtracks::finding::Finding;
use crate::tables::{self, Column};

const COLUMNS: [Column<Finding>; 5] = [
    ("strength", |finding| finding.strength.to_string().into()),
    ("place", |finding| finding.place.to_string().into()),
    ("what", |finding| (&finding.what).into()),
    ("expected", |finding| finding.expected.as_ref().into()),
    ("hint", |finding| finding.hint.as_ref().into()),
];
/// The titles of its columns.
pub const TITLES: [&str; 5] = tables::titles(&COLUMNS);

/// Writes the table; without findings it is the line of titles alone.
pub fn write(findings: &[Finding]) -> String {
    tables::write(&COLUMNS, findings)
}
