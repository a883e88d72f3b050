//! The report of results that use something, in Galaxy's Markdown.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::table::shown;
use super::{UseAnswer, UsesRow, hints};
use crate::drawing::words::{count as shown_count, counted};
use crate::galaxy::markdown::{plain, table};
use crate::tools::audit::criterion::{Criteria, CriterionKind};
use crate::tools::audit::markdown_table::{self, MOST_SHOWN};

/// The most tools that are named in the sentence.
const MOST_NAMED: usize = 5;

/// The context of the report.
#[derive(Debug, Clone, Copy)]
pub struct UsesReport<'a> {
    /// What was asked for.
    pub criteria: &'a Criteria,
    /// How many crates were read.
    pub crates: usize,
    /// How many of them describe no result.
    pub without_results: usize,
    /// What the user should know of single crates.
    pub remarks: &'a [String],
    /// The output that holds the table.
    pub table: &'a str,
}

/// The result in one sentence.
pub fn verdict(rows: &[UsesRow], about: UsesReport<'_>) -> String {
    let count = |answer| rows.iter().filter(|row| row.answer == answer).count();
    let [yes, unknown] = [UseAnswer::Yes, UseAnswer::Unknown].map(count);
    let asked = about.criteria.words();
    if rows.is_empty() {
        return format!("Found no results in {}", counted(about.crates, "crate"));
    }
    let verb = match (yes, rows.len()) {
        (1, _) | (_, 1) => "uses",
        _ => "use",
    };
    let results = counted(rows.len(), "result");
    let mut text = format!("{} of {results} {verb} {asked}", shown_count(yes));
    if unknown > 0 {
        let whose = if unknown == 1 { "its" } else { "their" };
        let why = why(rows, about.criteria);
        let _ = write!(
            text,
            "; {} cannot be excluded: {whose} {why}",
            shown_count(unknown)
        );
    }
    text
}

/// Why results cannot be excluded.
fn why(rows: &[UsesRow], criteria: &Criteria) -> String {
    let unknown = || rows.iter().filter(|row| row.answer == UseAnswer::Unknown);
    let contained: BTreeSet<&str> = unknown()
        .flat_map(|row| row.contained.iter().map(String::as_str))
        .collect();
    if !contained.is_empty() && unknown().all(|row| !row.contained.is_empty()) {
        let tools: Vec<&str> = contained.into_iter().take(MOST_NAMED).collect();
        return format!(
            "workflow contains {}, and the runs of its tools are not recorded",
            tools.join(" or ")
        );
    }
    let lacking: BTreeSet<CriterionKind> = unknown().flat_map(|row| row.lacking.clone()).collect();
    let is_of_step = |of_step: bool| {
        let mut kinds = lacking.iter();
        kinds.any(|kind| kind.is_of_step() == of_step)
    };
    let what = match (is_of_step(false), is_of_step(true)) {
        (true, false) => "source tracks",
        (false, true) => "steps",
        _ => match (criteria.has_any(false), criteria.has_any(true)) {
            (true, true) => "source tracks or steps",
            (true, false) => "source tracks",
            (false, _) => "steps",
        },
    };
    let words: Vec<&str> = lacking.iter().map(|kind| kind.word()).collect();
    let words = words.join(" or ");
    if unknown().all(|row| !row.lacking.is_empty()) {
        return format!("{what} have no {words} to compare");
    }
    match words.as_str() {
        "" => format!("{what} are unknown"),
        words => format!("{what} are unknown or have no {words} to compare"),
    }
}

/// The report.
pub fn markdown(rows: &[UsesRow], about: UsesReport<'_>) -> String {
    let mut text = format!(
        "# FAIRtracks audit\n\n**{}**\n",
        plain(&verdict(rows, about))
    );
    let _ = write!(text, "\nRead: {}.\n", counted(about.crates, "crate"));
    if about.without_results > 0 {
        let _ = write!(
            text,
            "\n{} without results, such as the crates of imported tracks: not used.\n",
            counted(about.without_results, "crate")
        );
    }
    let hints = hints(rows, about.criteria);
    for remark in about.remarks.iter().chain(&hints) {
        let _ = write!(text, "\n- {}\n", plain(remark));
    }
    text.push_str("\n## Criteria\n\n| criterion | results |\n|---|---|\n");
    for (place, criterion) in about.criteria.all().enumerate() {
        let found = rows.iter().filter(|row| row.by_criterion[place]).count();
        let _ = writeln!(text, "| {} | {found} |", plain(&criterion.to_string()));
    }
    let shown = shown(rows);
    if shown.is_empty() {
        return text;
    }
    text.push_str("\n## Results\n\n| result | crate | uses | source tracks | steps |\n|---|---|---|---|---|\n");
    for row in shown.iter().take(MOST_SHOWN) {
        markdown_table::push_row(
            &mut text,
            &[
                &row.result,
                &some(&row.crates),
                row.answer.word(),
                &some(&row.tracks),
                &some(&row.steps),
            ],
        );
    }
    markdown_table::push_rest(&mut text, shown.len());
    let _ = write!(text, "\n## Table\n\n{}", table(about.table, "Results"));
    text
}

/// The first of some texts, and how many more there are.
fn some(texts: &[String]) -> String {
    const MOST: usize = 5;
    let mut shown: Vec<String> = texts.iter().take(MOST).cloned().collect();
    if texts.len() > MOST {
        shown.push(format!("and {} more", texts.len() - MOST));
    }
    shown.join("; ")
}
