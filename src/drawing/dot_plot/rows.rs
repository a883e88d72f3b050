//! The lines of a dot plot and their columns: rank, label, dot with interval, value, adjusted p-value.

use super::axis::Axis;
use super::element::{BAND, INK, SOFT_INK, STRIPE, Svg};
use super::palette::Palette;
use super::ranking::{Ranked, RankedRow, sentence};
use super::{DotPlot, IntervalMeaning, MARGIN};
use crate::drawing::numbers::{finite, p, value};
use crate::drawing::words::{Font, shortened, width};

/// The width of the column of adjusted p-values.
pub const P_WIDTH: i64 = 62;
const VALUE_WIDTH: i64 = 62;
const PLOT_WIDTH: i64 = 440;
const GAP: i64 = 12;
const LONGEST_LABEL: i64 = 360;
const SHORTEST_LABEL: i64 = 90;

/// Lines: up to how many, their height, the size of their font in tenths of a pixel, the radius of their dots.
const SIZES: [(usize, i64, i64, f64); 3] = [
    (60, 20, 120, 4.6),
    (150, 17, 110, 4.1),
    (usize::MAX, 14, 105, 3.6),
];

/// Where the columns are, and how high a line is.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// The width of the picture.
    pub width: i64,
    /// The height of a line.
    pub line: i64,
    /// The font of a line.
    pub font: Font,
    /// The radius of a dot.
    pub radius: f64,
    /// The right edge of the ranks.
    pub rank_end: i64,
    /// The left edge of the labels.
    pub label: i64,
    /// The width of the labels.
    pub label_width: i64,
    /// The left edge of the dots.
    pub plot: i64,
    /// The right edge of the values.
    pub value_end: i64,
    /// The right edge of the adjusted p-values.
    pub p_end: i64,
    /// Whether any line has an adjusted p-value.
    pub has_p: bool,
}

impl Columns {
    /// The columns that fit the lines.
    pub fn of(plot: &DotPlot<'_>, ranked: &Ranked<'_>) -> Self {
        let count = ranked.rows.len();
        let size = SIZES.into_iter().find(|(most, ..)| count <= *most);
        let (_, line, size, radius) = size.unwrap_or(SIZES[2]);
        let font = Font {
            size,
            is_bold: false,
        };
        let labels = ranked
            .rows
            .iter()
            .map(|ranked| width(&ranked.row.label, font));
        let label_width = labels
            .max()
            .unwrap_or(0)
            .clamp(SHORTEST_LABEL, LONGEST_LABEL)
            + 4;
        let rank_end = MARGIN + width(&count.to_string(), font).max(14);
        let label = rank_end + 8;
        let dots = label + label_width + GAP;
        let value_end = dots + PLOT_WIDTH + VALUE_WIDTH;
        let has_p = plot.rows.iter().any(|row| finite(row.adjusted_p).is_some());
        let p_end = value_end + if has_p { P_WIDTH } else { 0 };
        Self {
            width: p_end + MARGIN,
            line,
            font,
            radius,
            rank_end,
            label,
            label_width,
            plot: dots,
            value_end,
            p_end,
            has_p,
        }
    }

    /// The right edge of the dots.
    pub fn plot_end(&self) -> i64 {
        self.plot + PLOT_WIDTH
    }

    /// The base of the text in the line at this height.
    pub fn base(&self, y: i64) -> f64 {
        y as f64 + self.line as f64 / 2.0 + self.font.size as f64 * 0.036
    }
}

/// Every second line has a ground of its own, so that the eye keeps to it.
pub fn stripes(svg: &mut Svg, count: usize, columns: &Columns, top: i64) {
    let size = (
        (columns.width - 2 * MARGIN + 12) as f64,
        columns.line as f64,
    );
    for place in (1..count).step_by(2) {
        let y = top + columns.line * i64::try_from(place).unwrap_or(0);
        svg.rectangle(((MARGIN - 6) as f64, y as f64), size, 0.0, STRIPE);
    }
}

/// Draws one line, whose top is at `y`.
pub fn draw(
    svg: &mut Svg,
    plot: &DotPlot<'_>,
    ranked: &RankedRow<'_>,
    palette: &Palette<'_>,
    columns: &Columns,
    axis: &Axis,
    y: i64,
) {
    let row = ranked.row;
    let base = columns.base(y);
    let font = columns.font;
    let is_known = ranked.rank.is_some();
    let is_significant = is_known && finite(row.adjusted_p).is_some_and(|p| p <= plot.level);
    svg.begin(&sentence(ranked, plot));
    if let Some(rank) = ranked.rank {
        let at = (columns.rank_end as f64, base);
        svg.text_at(at, &rank.to_string(), font, SOFT_INK, "end");
    }
    let label = shortened(&row.label, font, columns.label_width);
    let ink = if is_known { INK } else { SOFT_INK };
    svg.text((columns.label as f64, base), &label, font, ink);
    let middle = y as f64 + columns.line as f64 / 2.0;
    let marker = palette.marker(&row.group);
    if let Some(x) = finite(row.value).and_then(|value| axis.place(value)) {
        interval(svg, plot, ranked, columns, axis, (middle, marker.colour));
        let is_filled = is_significant || !columns.has_p;
        marker.draw(svg, (x, middle), columns.radius, is_filled);
    }
    let bold = Font {
        is_bold: is_significant,
        ..font
    };
    let at = (columns.value_end as f64, base);
    svg.text_at(at, &value(row.value), bold, ink, "end");
    if columns.has_p {
        let at = (columns.p_end as f64, base);
        let ink = if is_significant { INK } else { SOFT_INK };
        svg.text_at(at, &p(row.adjusted_p), bold, ink, "end");
    }
    svg.end();
}

fn interval(
    svg: &mut Svg,
    plot: &DotPlot<'_>,
    ranked: &RankedRow<'_>,
    columns: &Columns,
    axis: &Axis,
    (middle, colour): (f64, &str),
) {
    let place = |end: Option<f64>| finite(end).and_then(|end| axis.place(end));
    let (Some(low), Some(high)) = (place(ranked.row.low), place(ranked.row.high)) else {
        return;
    };
    let (low, high) = (low.min(high), low.max(high));
    match plot.interval {
        IntervalMeaning::Null => {
            let height = (columns.line as f64 * 0.4).round();
            let at = (low, middle - height / 2.0);
            svg.rectangle(at, ((high - low).max(1.0), height), 2.0, BAND);
        }
        IntervalMeaning::Value => {
            svg.line((low, middle), (high, middle), colour, 1.5, "");
            for end in [low, high] {
                svg.line((end, middle - 3.0), (end, middle + 3.0), colour, 1.5, "");
            }
        }
    }
}
