//! The order of the lines and their ranks.

use std::cmp::Ordering;

use super::{DotPlot, DotRow};
use crate::drawing::numbers::{finite, p, value};
use crate::drawing::words::counted;

/// A line with its rank.
#[derive(Debug, Clone, Copy)]
pub struct RankedRow<'a> {
    /// The line.
    pub row: &'a DotRow,
    /// The rank from 1, the same for equal values; none without a value.
    pub rank: Option<usize>,
}

/// The lines in their order: the highest value first, those without a value last.
#[derive(Debug)]
pub struct Ranked<'a> {
    /// The lines.
    pub rows: Vec<RankedRow<'a>>,
}

impl<'a> Ranked<'a> {
    /// Orders lines; equal values keep their order.
    pub fn of(rows: &'a [DotRow]) -> Self {
        let mut ordered: Vec<&DotRow> = rows.iter().collect();
        ordered.sort_by(
            |one, other| match (finite(one.value), finite(other.value)) {
                (Some(one), Some(other)) => other.total_cmp(&one),
                (one, other) => other.is_some().cmp(&one.is_some()),
            },
        );
        let mut ranked: Vec<RankedRow<'a>> = Vec::with_capacity(ordered.len());
        for (place, row) in ordered.into_iter().enumerate() {
            let rank = finite(row.value).map(|value| match ranked.last() {
                Some(before) if is_same(finite(before.row.value), value) => {
                    before.rank.unwrap_or(place + 1)
                }
                _ => place + 1,
            });
            ranked.push(RankedRow { row, rank });
        }
        Self { rows: ranked }
    }

    /// What the picture shows, for those who hear it.
    pub fn description(&self, plot: &DotPlot<'_>) -> String {
        let mut text = format!(
            "{} ranked by {}.",
            counted(self.rows.len(), "track"),
            plot.measure
        );
        for ranked in self.rows.iter().take(5).filter(|row| row.rank.is_some()) {
            text.push_str(&format!(" {}.", sentence(ranked, plot)));
        }
        let lacking = self.rows.iter().filter(|row| row.rank.is_none()).count();
        if lacking > 0 {
            text.push_str(&format!(" {} without a value.", counted(lacking, "track")));
        }
        text
    }
}

fn is_same(before: Option<f64>, value: f64) -> bool {
    before.is_some_and(|before| before.total_cmp(&value) == Ordering::Equal)
}

/// A line in words: its label, group, value, interval and adjusted p-value.
pub fn sentence(ranked: &RankedRow<'_>, plot: &DotPlot<'_>) -> String {
    let row = ranked.row;
    let mut text = row.label.clone();
    if !row.group.is_empty() && !row.label.contains(&row.group) {
        text.push_str(&format!(" ({})", row.group));
    }
    text.push_str(&format!(": {}", value(row.value)));
    if let (Some(low), Some(high)) = (finite(row.low), finite(row.high)) {
        let ends = format!("{} to {}", value(Some(low)), value(Some(high)));
        text.push_str(&format!(", {} {ends}", plot.interval_label));
    }
    if finite(row.adjusted_p).is_some() {
        let label = plot.adjusted_p_label;
        text.push_str(&format!(", {label} {}", p(row.adjusted_p)));
    }
    text
}
