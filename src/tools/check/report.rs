//! Findings for people: a sentence, then what was found, alike findings together, the worst first.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::fairtracks::finding::{Finding, Strength, without_positions};
use crate::galaxy::markdown::{code, plain, table as shown_table};

/// How many kinds of findings of one strength the report shows; the table has all.
const MOST_IN_REPORT: usize = 50;
/// How many kinds of findings the summary on standard error shows.
const MOST_IN_SUMMARY: usize = 20;

/// Findings at alike places with the same advice.
struct Group<'f> {
    first: &'f Finding,
    count: u64,
}

/// The groups, the worst first, the largest of them first.
fn groups(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut places: HashMap<(Strength, String, &str), usize> = HashMap::new();
    for finding in findings {
        let pattern = without_positions(&finding.place.pointer);
        let next = groups.len();
        let key = (finding.strength, pattern, finding.hint.as_ref());
        let place = *places.entry(key).or_insert(next);
        if place == next {
            groups.push(Group {
                first: finding,
                count: 0,
            });
        }
        groups[place].count += finding.count;
    }
    groups.sort_by_key(|group| (group.first.strength, std::cmp::Reverse(group.count)));
    groups
}

/// The files checked.
#[derive(Debug, Clone, Copy)]
pub struct CheckedFiles<'n> {
    /// The names of the files, as their user knows them.
    pub names: &'n [String],
    /// How many of them are crates.
    pub crates: usize,
    /// How many of them are neither crates nor documents, or cannot be read; the others are documents.
    pub unreadable: usize,
}

impl CheckedFiles<'_> {
    /// The subject of the sentence, and the rules that it keeps or breaks.
    fn subject(&self) -> (String, &'static str) {
        let of = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("the {one}")),
            _ => Some(format!("the {count} {many}")),
        };
        let documents = self.names.len() - self.crates - self.unreadable;
        let documents = of(documents, "document", "documents");
        let crates = of(self.crates, "crate", "crates");
        let rules = match self.crates {
            0 => "FAIRtracks",
            _ => "RO-Crate and FAIRtracks",
        };
        let parts: Vec<String> = [documents, crates].into_iter().flatten().collect();
        (parts.join(" and ").replacen('t', "T", 1), rules)
    }
}

/// The result in one sentence.
pub fn verdict(findings: &[Finding], checked: CheckedFiles<'_>) -> String {
    let count = |strength| {
        let findings = findings.iter();
        let alike = findings.filter(|finding| finding.strength == strength);
        alike.map(|finding| finding.count).sum::<u64>()
    };
    let [must, should, may] = Strength::ALL.map(count);
    // Each unreadable file is one finding, but no broken rule.
    let must = must.saturating_sub(checked.unreadable as u64);
    let verb = match (must, checked.names.len() - checked.unreadable) {
        (0, 1) => "conforms to",
        (0, _) => "conform to",
        (_, 1) => "breaks the rules of",
        _ => "break the rules of",
    };
    let (subject, rules) = checked.subject();
    let mut sentence = format!("{subject} {verb} {rules}");
    let plural = |count: u64, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 finding {one}")),
        _ => Some(format!("{count} findings {many}")),
    };
    let parts: Vec<String> = [
        plural(must, "must be fixed", "must be fixed"),
        plural(should, "should be fixed", "should be fixed"),
        plural(may, "is worth a look", "are worth a look"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let _ = match parts.as_slice() {
        [] => write!(sentence, "; no findings"),
        parts => write!(sentence, ": {}", parts.join(", ")),
    };
    let _ = match checked.unreadable {
        0 => Ok(()),
        1 => write!(sentence, "; 1 file cannot be read"),
        many => write!(sentence, "; {many} files cannot be read"),
    };
    sentence
}

/// The summary on standard error: the verdict and the findings in short.
pub fn summary(findings: &[Finding], checked: CheckedFiles<'_>) -> String {
    let mut text = verdict(findings, checked);
    let groups = groups(findings);
    for (position, group) in groups.iter().take(MOST_IN_SUMMARY).enumerate() {
        let Finding {
            strength,
            place,
            what,
            expected,
            hint,
            ..
        } = group.first;
        let gap = if position == 0 { "\n" } else { "" };
        let alike = match group.count {
            1 => String::new(),
            count => format!(" (and {} similar)", count - 1),
        };
        let _ = write!(
            text,
            "{gap}\n{strength}: {place}: found {what}, expected {expected}{alike}"
        );
        if !hint.is_empty() {
            let _ = write!(text, "\n  hint: {hint}");
        }
    }
    if groups.len() > MOST_IN_SUMMARY {
        let more = groups.len() - MOST_IN_SUMMARY;
        let _ = write!(text, "\nand {more} more kinds of findings");
    }
    text
}

/// The report in Galaxy's Markdown; the output of this name holds the table of findings.
pub fn markdown(findings: &[Finding], checked: CheckedFiles<'_>, table: &str) -> String {
    let mut text = format!("# FAIRtracks check\n\n**{}**\n", verdict(findings, checked));
    let names: Vec<String> = checked.names.iter().map(|name| code(name)).collect();
    let _ = write!(text, "\nChecked: {}\n", names.join(", "));
    let groups = groups(findings);
    for (strength, title) in Strength::ALL.into_iter().zip(TITLES) {
        let alike: Vec<&Group<'_>> = groups
            .iter()
            .filter(|group| group.first.strength == strength)
            .collect();
        if alike.is_empty() {
            continue;
        }
        let total: u64 = alike.iter().map(|group| group.count).sum();
        let _ = write!(text, "\n## {title} ({total})\n\n");
        for group in alike.iter().take(MOST_IN_REPORT) {
            let Finding {
                place,
                what,
                expected,
                hint,
                ..
            } = group.first;
            let more = match group.count {
                1 => String::new(),
                count => format!(" and {} more places", count - 1),
            };
            let (place, what) = (code(&place.to_string()), code(what));
            let (expected, hint) = (plain(expected), plain(hint));
            let _ = write!(text, "- {place}{more}: found {what}, expected {expected}");
            let _ = if hint.is_empty() {
                writeln!(text)
            } else {
                writeln!(text, "; *{hint}*")
            };
        }
        if alike.len() > MOST_IN_REPORT {
            let more = alike.len() - MOST_IN_REPORT;
            let _ = write!(text, "\nand {more} more kinds; see the table.\n");
        }
    }
    if !findings.is_empty() {
        let table = shown_table(table, "Findings");
        let _ = write!(text, "\n## All findings\n\n{table}");
    }
    text
}

/// The titles of the sections, for [`Strength::ALL`].
const TITLES: [&str; 3] = ["Must fix", "Should fix", "Worth a look"];
