//! The report of following results to their source tracks, in Galaxy's Markdown: a sentence, the problems, the picture, the
//! crates, then the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::crate_rows::{self, ShownCrate};
use super::table::{FollowRow, worst_first};
use crate::fairtracks::finding::Strength;
use crate::galaxy::markdown::{code, image, plain, table};
use crate::ro_crate::proof::trace::Evidence;

/// How many results or tools the report names; the table has all.
const MOST_SHOWN: usize = 20;

/// The context of the report.
#[derive(Debug, Clone, Copy)]
pub struct FollowReportContext<'a> {
    /// How many crates were looked in.
    pub crates: usize,
    /// The documents that were searched and what was identified; empty without documents.
    pub documents: &'a str,
    /// Source and size of the lineage, in words.
    pub lineage: &'a str,
    /// Findings on single crates, for example those with credentials.
    pub remarks: &'a [String],
    /// The tool with its version.
    pub tool: &'a str,
    /// When it ran, RFC 3339.
    pub time: &'a str,
    /// The output that holds the table.
    pub table: &'a str,
    /// The output that holds the picture as PNG; empty where there is none.
    pub picture: &'a str,
    /// The first crates.
    pub shown: &'a [ShownCrate],
}

/// The result in one sentence. Tracks that the user accepts by their names are not confirmed.
pub fn verdict(rows: &[FollowRow]) -> String {
    let with_tracks: Vec<&FollowRow> = rows.iter().filter(|row| !row.proven.is_empty()).collect();
    let is_accepted = |row: &&&FollowRow| {
        row.evidence
            .iter()
            .all(|it| *it == Evidence::Accepted.label())
    };
    let accepted = with_tracks.iter().filter(is_accepted).count();
    let confirmed = with_tracks.len() - accepted;
    match (rows.len(), confirmed, accepted) {
        (0, ..) => "No results to follow".to_owned(),
        (1, 1, _) => "The source tracks of the result are confirmed".to_owned(),
        (1, _, 1) => {
            "The source tracks of the result are accepted by name, not confirmed".to_owned()
        }
        (1, ..) => "The source tracks of the result could not be confirmed".to_owned(),
        (all, confirmed, _) if all == confirmed => {
            format!("The source tracks of all {all} results are confirmed")
        }
        (all, confirmed, 0) => {
            format!("The source tracks of {confirmed} of {all} results are confirmed")
        }
        (all, confirmed, accepted) => format!(
            "The source tracks of {confirmed} of {all} results are confirmed, those of {accepted} accepted by name"
        ),
    }
}

/// The summary on standard error.
pub fn summary(rows: &[FollowRow]) -> String {
    let mut text = verdict(rows);
    let with_findings = worst_first(rows).into_iter();
    let with_findings: Vec<&FollowRow> = with_findings
        .filter(|row| !row.findings.is_empty())
        .collect();
    for row in with_findings.iter().take(MOST_SHOWN) {
        for (strength, finding) in &row.findings {
            let _ = write!(text, "\n{}: {strength}: {finding}", row.result);
        }
    }
    if with_findings.len() > MOST_SHOWN {
        let more = with_findings.len() - MOST_SHOWN;
        let _ = write!(text, "\nand {more} more results with findings");
    }
    text
}

/// The report.
pub fn markdown(rows: &[FollowRow], about: FollowReportContext<'_>) -> String {
    let mut text = format!("# FAIRtracks follow\n\n**{}**\n", verdict(rows));
    findings(rows, &mut text);
    if !about.picture.is_empty() && !rows.is_empty() {
        let image = image(about.picture);
        let _ = write!(text, "\n## From source tracks to results\n\n{image}");
    }
    crate_rows::table(about.shown, rows, &mut text);
    sources(rows, &mut text);
    let documents = match about.documents {
        "" => String::new(),
        searched => format!("- Documents searched: {}\n", plain(searched)),
    };
    let _ = write!(
        text,
        "\n## Provenance\n\n- Lineage: {}\n- Crates searched: {}\n{documents}- Made by: {} at {}\n- The collection of crates holds the provenance of each result and the metadata of its source tracks: pass it to FAIRtracks package to publish, or to FAIRtracks follow after further steps.\n",
        plain(about.lineage),
        about.crates,
        plain(about.tool),
        plain(about.time)
    );
    for remark in about.remarks {
        let _ = writeln!(text, "- {}", plain(remark));
    }
    if !rows.is_empty() {
        let table = table(about.table, "Results and their source tracks");
        let _ = write!(text, "\n## All results\n\n{table}");
    }
    text
}

/// The findings, the most severe first.
fn findings(rows: &[FollowRow], text: &mut String) {
    for (strength, title) in [
        (Strength::Must, "Must fix"),
        (Strength::Should, "Should check"),
        (Strength::May, "Notes"),
    ] {
        let mut by_finding: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in rows {
            for (_, finding) in row.findings.iter().filter(|(known, _)| *known == strength) {
                by_finding.entry(finding).or_default().push(&row.result);
            }
        }
        if by_finding.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {title}\n\n");
        for (finding, results) in by_finding.iter().take(MOST_SHOWN) {
            let shown: Vec<String> = results.iter().take(5).map(|result| code(result)).collect();
            let more = match results.len().saturating_sub(shown.len()) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let _ = writeln!(text, "- {}{more}: {}", shown.join(", "), plain(finding));
        }
        if by_finding.len() > MOST_SHOWN {
            let more = by_finding.len() - MOST_SHOWN;
            let _ = write!(text, "\nand {more} more kinds; see the table.\n");
        }
    }
}

/// A count in the report: its title, and the values of a result.
type Counted = (&'static str, fn(&FollowRow) -> Vec<String>);

/// How often each source track, tool and genome build is there.
fn sources(rows: &[FollowRow], text: &mut String) {
    if rows.iter().all(|row| row.proven.is_empty()) {
        return;
    }
    let tracks: BTreeSet<&String> = rows.iter().flat_map(|row| &row.proven).collect();
    let tracks = tracks.len();
    let _ = write!(text, "\n## Summary\n\n- **Source tracks**: {tracks}\n");
    let kinds: [Counted; 3] = [
        ("Evidence", |row| row.evidence.clone()),
        ("Tools", |row| row.tools_in_words.clone()),
        ("Genome builds", |row| row.genome_builds.clone()),
    ];
    for (title, of) in kinds {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in rows {
            let values: BTreeSet<String> = of(row).into_iter().collect();
            for value in values {
                *counts.entry(value).or_default() += 1;
            }
        }
        let shown: Vec<String> = counts
            .iter()
            .take(MOST_SHOWN)
            .map(|(value, count)| {
                format!("{} ({count} results)", plain(value)).replace("(1 results)", "(1 result)")
            })
            .collect();
        if !shown.is_empty() {
            let _ = writeln!(text, "- **{title}**: {}", shown.join(", "));
        }
    }
}
