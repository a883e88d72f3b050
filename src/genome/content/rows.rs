//! Lines of tracks in columns, and the values in them.

use super::TextStart;

/// The number of data lines examined.
pub(super) const MOST_ROWS: usize = 500;

/// A line with data and its number in the file, from 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct DataRow<'t> {
    pub number: usize,
    pub line: &'t str,
}

/// The first lines with data: without empty lines, comments, and lines for a genome browser.
pub(super) fn rows(text: &TextStart) -> Vec<DataRow<'_>> {
    text.lines()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#') && !is_browser(line))
        .take(MOST_ROWS)
        .map(|(number, line)| DataRow { number, line })
        .collect()
}

/// Whether a line is for a genome browser: `track …` or `browser …`.
fn is_browser(line: &str) -> bool {
    ["track", "browser"].iter().any(|word| {
        line.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || names_a_value(rest))
    })
}

/// Whether a tab follows and then `name=value`; a sequence may be called `track`.
fn names_a_value(rest: &str) -> bool {
    rest.strip_prefix('\t').is_some_and(|rest| {
        rest.split(['\t', ' '])
            .next()
            .is_some_and(|word| word.contains('='))
    })
}

/// The type in a track line, in lower case.
pub(super) fn track_type(text: &TextStart) -> Option<String> {
    let mut lines = text
        .lines()
        .map(|(_, line)| line)
        .filter(|line| is_browser(line));
    lines.find_map(|line| {
        let (_, value) = line.split_once("type=")?;
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        Some(value[..end.unwrap_or(value.len())].to_ascii_lowercase())
    })
}

/// Whether a cell is a position: a whole number, also one that R wrote as `1e+05`.
pub(super) fn is_position(cell: &str) -> bool {
    let cell = cell.trim();
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    if digits.is_empty() || digits.len() > 20 {
        return false;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let has_exponent =
        digits.starts_with(|c: char| c.is_ascii_digit()) && digits.contains(['e', 'E']);
    has_exponent
        && digits
            .parse::<f64>()
            .is_ok_and(|number| number.is_finite() && number.fract() == 0.0)
}

/// Whether a cell is a number, also `NaN`, `inf` and one with an exponent.
pub(super) fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.parse::<f64>().is_ok()
}

/// Whether a cell is a strand.
pub(super) fn is_strand(cell: &str) -> bool {
    matches!(cell.trim(), "+" | "-" | "." | "?" | "*" | "")
}

/// Whether cells are a BED line: a sequence, two positions, and any further columns.
pub(super) fn is_bed(cells: &[&str]) -> bool {
    match cells {
        [sequence, start, end, ..] => {
            !sequence.trim().is_empty() && is_position(start) && is_position(end)
        }
        _ => false,
    }
}

/// Whether cells are those of bedGraph: a sequence, two positions, and a number.
pub(super) fn is_bedgraph(cells: &[&str]) -> bool {
    cells.len() == 4 && is_bed(cells) && is_number(cells[3])
}

/// Whether cells are those of narrowPeak, broadPeak or gappedPeak.
pub(super) fn is_peak(cells: &[&str]) -> bool {
    let has_numbers = |from: usize| {
        let cells = cells.get(from..);
        cells.is_some_and(|cells| cells.iter().all(|cell| is_number(cell)))
    };
    is_bed(cells)
        && match cells.len() {
            9 | 10 => is_strand(cells[5]) && has_numbers(6),
            15 => is_strand(cells[5]) && has_numbers(12),
            _ => false,
        }
}
