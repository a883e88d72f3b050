//! The report of differences, in Galaxy's Markdown.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{DifferenceAspect, DifferenceRow};
use crate::drawing::words::counted;
use crate::galaxy::markdown::{plain, table};
use crate::text::shortened;
use crate::tools::audit::markdown_table::{self, MOST_SHOWN};

/// The most characters of a value: two checksums beside each other fit on a page. The table has whole values.
const LONGEST_VALUE: usize = 32;

/// The context of the report.
#[derive(Debug, Clone, Copy)]
pub struct DifferenceReport<'a> {
    /// The names of the two crates.
    pub names: [&'a str; 2],
    /// Whether each describes no result.
    pub without_results: [bool; 2],
    /// What the user should know of the crates.
    pub remarks: &'a [String],
    /// The results and input files whose contents cannot be compared.
    pub without_checksum: &'a [String],
    /// The output that holds the table.
    pub table: &'a str,
}

/// The result in one sentence.
pub fn verdict(rows: &[DifferenceRow], about: DifferenceReport<'_>) -> String {
    let mut found = differences(rows);
    if let [some @ .., last] = about.without_checksum {
        let more = match some.len() {
            0 => String::new(),
            more => format!(" and {}", counted(more, "other file")),
        };
        found.push_str(&format!(
            "; contents of {last}{more} cannot be compared (no checksum)"
        ));
    }
    let [first, second] = about.names;
    match about.without_results {
        [false, false] => found,
        [true, false] => format!("{found}. Found no results in {first}"),
        [false, true] => format!("{found}. Found no results in {second}"),
        [true, true] => format!(
            "Found no results in {first} and {second}: compare crates of FAIRtracks follow or FAIRtracks package. {found}"
        ),
    }
}

/// The differences in one sentence.
fn differences(rows: &[DifferenceRow]) -> String {
    let names = |is_wanted: &dyn Fn(&DifferenceRow) -> bool| {
        let wanted = rows.iter().filter(|row| is_wanted(row));
        wanted
            .map(|row| row.name.as_str())
            .collect::<BTreeSet<_>>()
            .len()
    };
    let count = |is_wanted: &dyn Fn(&DifferenceRow) -> bool| {
        rows.iter().filter(|row| is_wanted(row)).count()
    };
    let is_step = |row: &DifferenceRow| row.aspect == DifferenceAspect::Step;
    let is_other = |row: &DifferenceRow| !row.is_of_version() && !row.is_of_parameter();
    let parts = [
        (
            names(&|row| row.aspect == DifferenceAspect::Result),
            "result",
        ),
        (
            names(&|row| row.aspect == DifferenceAspect::Source),
            "source track",
        ),
        (
            names(&|row| row.aspect == DifferenceAspect::Input),
            "input file",
        ),
        (count(&|row| is_step(row) && is_other(row)), "step"),
        (count(&DifferenceRow::is_of_version), "tool version"),
        (count(&DifferenceRow::is_of_parameter), "parameter"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| counted(count, what)).collect();
    match parts.as_slice() {
        [] => {
            "No differences in results, source tracks, input files, steps, versions and parameters"
                .to_owned()
        }
        parts => format!("Differences: {}", parts.join(", ")),
    }
}

/// The report.
pub fn markdown(rows: &[DifferenceRow], about: DifferenceReport<'_>) -> String {
    let [first, second] = about.names.map(plain);
    let mut text = format!(
        "# FAIRtracks audit\n\n**{}**\n\n- First: {first}\n- Second: {second}\n",
        plain(&verdict(rows, about))
    );
    for remark in about.remarks {
        let _ = write!(text, "\n- {}\n", plain(remark));
    }
    for (aspect, title) in [
        (DifferenceAspect::Result, "Results"),
        (DifferenceAspect::Source, "Source tracks"),
        (DifferenceAspect::Input, "Input files"),
        (DifferenceAspect::Step, "Steps"),
    ] {
        let of_aspect = rows.iter().filter(|row| row.aspect == aspect);
        let of_aspect: Vec<&DifferenceRow> = of_aspect.collect();
        if of_aspect.is_empty() {
            continue;
        }
        let _ = write!(
            text,
            "\n## {title}\n\n| {aspect} | property | first | second |\n|---|---|---|---|\n"
        );
        for row in of_aspect.iter().take(MOST_SHOWN) {
            let [first, second] =
                [&row.first, &row.second].map(|value| shortened(value, LONGEST_VALUE));
            markdown_table::push_row(&mut text, &[&row.name, &row.property, &first, &second]);
        }
        markdown_table::push_rest(&mut text, of_aspect.len());
    }
    if !rows.is_empty() {
        let _ = write!(text, "\n## Table\n\n{}", table(about.table, "Differences"));
    }
    text
}
