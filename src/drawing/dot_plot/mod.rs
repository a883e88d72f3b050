//! A ranked dot plot: one line for each track with its value, an interval and an adjusted p-value, coloured by a group.
//!
//! The same plot gives the same bytes. Texts are escaped, coordinates are finite, and each label is in the picture: in full as
//! the tooltip of its line, truncated where it is drawn.

mod axis;
mod element;
mod groups;
mod legend;
mod palette;
mod ranking;
mod rows;

#[cfg(test)]
mod tests;

use std::fmt::Display;

use crate::drawing::FONTS;
use crate::drawing::numbers;
use crate::drawing::svg::SvgWriter;
use crate::drawing::words::{Font, shortened};
use axis::Axis;
use element::{INK, REFERENCE, SOFT_INK, Svg};
use palette::Palette;
use ranking::Ranked;
use rows::Columns;

/// One line of a dot plot. A number that is not finite counts as unknown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotRow {
    /// What the line is called.
    pub label: String,
    /// The group that decides the colour and the shape; empty for none.
    pub group: String,
    /// The value; none where it is undefined.
    pub value: Option<f64>,
    /// The lower end of the interval.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
    /// The p-value adjusted for the number of lines.
    pub adjusted_p: Option<f64>,
}

/// What the intervals of a dot plot are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IntervalMeaning {
    /// Values expected under the null model: a grey band, which a dot may lie outside of.
    #[default]
    Null,
    /// The uncertainty of the value itself: whiskers of its dot.
    Value,
}

/// A dot plot.
#[derive(Debug, Clone, PartialEq)]
pub struct DotPlot<'a> {
    /// The title.
    pub title: &'a str,
    /// One line below the title, such as the main settings; empty for none.
    pub subtitle: &'a str,
    /// The measure with its unit: the title of the axis.
    pub measure: &'a str,
    /// The value to compare with, and its meaning: 1 for ratios, 0 for differences.
    pub reference: Option<(f64, &'a str)>,
    /// What the intervals are.
    pub interval: IntervalMeaning,
    /// The words for the interval, such as `95 % of the null model`.
    pub interval_label: &'a str,
    /// What the groups are, such as `Cell type`.
    pub group_label: &'a str,
    /// The name of the adjusted p-value: the title of its column, such as `q`.
    pub adjusted_p_label: &'a str,
    /// The level up to which an adjusted p-value fills the dot.
    pub level: f64,
    /// The lines in any order; lines with the same value keep their order.
    pub rows: &'a [DotRow],
}

/// The edge of the picture.
const MARGIN: i64 = 20;
/// The size of the title, in tenths of a pixel.
const TITLE: Font = Font {
    size: 170,
    is_bold: true,
};
/// The size of the texts that are not of a line, in tenths of a pixel.
const TEXT: Font = Font {
    size: 120,
    is_bold: false,
};
/// With more lines than this, the groups get a panel of their own before the lines.
const MOST_WITHOUT_PANEL: usize = 60;
/// From this number of lines on, the axis stands above and below the lines.
const MOST_WITH_ONE_AXIS: usize = 25;

/// Draws a dot plot as SVG: one self-contained element, the highest value first.
pub fn svg(plot: &DotPlot<'_>) -> String {
    let ranked = Ranked::of(plot.rows);
    let palette = Palette::of(&ranked);
    let columns = Columns::of(plot, &ranked);
    let axis = Axis::of(plot, &ranked, columns.plot, columns.plot_end());
    let mut svg = Svg::default();
    let mut y = MARGIN;
    let room = columns.width - 2 * MARGIN;
    for (text, font, ink, height) in [
        (plot.title, TITLE, INK, 24),
        (plot.subtitle, TEXT, SOFT_INK, 20),
    ] {
        if !text.is_empty() {
            y += height;
            let line = shortened(text, font, room);
            svg.text((MARGIN as f64, y as f64 - 6.0), &line, font, ink);
        }
    }
    y = legend::draw(&mut svg, plot, &palette, columns.width, y + 8);
    if ranked.rows.len() > MOST_WITHOUT_PANEL && palette.groups.len() > 1 {
        y = groups::draw(&mut svg, plot, &ranked, &palette, &columns, &axis, y + 10);
    }
    y = heading(&mut svg, plot, &columns, &axis, y + 10);
    let top = y;
    let bottom = top + columns.line * i64::try_from(ranked.rows.len()).unwrap_or(0);
    rows::stripes(&mut svg, ranked.rows.len(), &columns, top);
    axis.draw_grid(&mut svg, plot.reference, top, bottom);
    for (place, row) in ranked.rows.iter().enumerate() {
        let line = top + columns.line * i64::try_from(place).unwrap_or(0);
        rows::draw(&mut svg, plot, row, &palette, &columns, &axis, line);
    }
    if ranked.rows.is_empty() {
        let at = (columns.plot as f64, bottom as f64 + 18.0);
        svg.text(at, "No tracks", TEXT, SOFT_INK);
    }
    axis.draw_ticks_below(&mut svg, bottom);
    let height = bottom + 52;
    let center = (columns.plot + columns.plot_end()) as f64 / 2.0;
    let measure = shortened(plot.measure, TEXT, columns.width - 2 * MARGIN);
    svg.text_at(
        (center, bottom as f64 + 38.0),
        &measure,
        TEXT,
        INK,
        "middle",
    );
    whole(plot, &ranked, (columns.width, height), svg)
}

/// The titles of the columns and, for many lines, the ticks above them; answers with the top of the lines.
fn heading(svg: &mut Svg, plot: &DotPlot<'_>, columns: &Columns, axis: &Axis, y: i64) -> i64 {
    let has_axis = plot.rows.len() > MOST_WITH_ONE_AXIS;
    let bold = Font {
        is_bold: true,
        ..TEXT
    };
    let base = y as f64 + 14.0;
    if let Some((value, meaning)) = plot.reference
        && let Some(x) = axis.place(value)
    {
        let text = shortened(meaning, TEXT, columns.plot_end() - x as i64 - 6);
        svg.text((x, base), &text, TEXT, REFERENCE);
    }
    if plot
        .rows
        .iter()
        .any(|row| numbers::finite(row.value).is_some())
    {
        let at = (columns.value_end as f64, base);
        svg.text_at(at, "value", bold, SOFT_INK, "end");
    }
    if columns.has_p {
        let at = (columns.p_end as f64, base);
        let label = shortened(plot.adjusted_p_label, bold, rows::P_WIDTH);
        svg.text_at(at, &label, bold, SOFT_INK, "end");
    }
    if !has_axis {
        return y + 22;
    }
    axis.draw_ticks_above(svg, y + 36);
    y + 40
}

fn whole(plot: &DotPlot<'_>, ranked: &Ranked<'_>, size: (i64, i64), inside: Svg) -> String {
    let style = format!("max-width:100%;height:auto;min-width:{}px", size.0 * 7 / 10);
    let attributes: [(&str, &dyn Display); 2] = [("font-family", &FONTS), ("style", &style)];
    let description = ranked.description(plot);
    let mut svg = SvgWriter::new(&attributes, size, plot.title, &description);
    svg.append(inside.writer);
    svg.finish()
}
