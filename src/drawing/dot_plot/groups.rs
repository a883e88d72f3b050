//! The panel of groups, for pictures with many lines: one line for each group with the dots of all its tracks and their median.

use super::axis::Axis;
use super::element::{INK, SOFT_INK, Svg};
use super::palette::{Palette, PaletteGroup};
use super::ranking::Ranked;
use super::rows::{Columns, stripes};
use super::{DotPlot, TEXT};
use crate::drawing::numbers::{finite, value};
use crate::drawing::words::{Font, counted, shortened};

const LINE: i64 = 20;
const MOST_GROUPS: usize = 30;

/// A group with the values of its tracks, the highest first.
struct Panel<'a> {
    group: PaletteGroup<'a>,
    values: Vec<(f64, bool)>,
}

impl Panel<'_> {
    fn median(&self) -> f64 {
        let middle = self.values.len() / 2;
        let at = |place: usize| self.values.get(place).map_or(0.0, |(value, _)| *value);
        match self.values.len() % 2 {
            1 => at(middle),
            _ => (at(middle.saturating_sub(1)) + at(middle)) / 2.0,
        }
    }
}

/// Draws the panel from `y` downwards, the group with the highest median first, and answers with its end.
pub fn draw(
    svg: &mut Svg,
    plot: &DotPlot<'_>,
    ranked: &Ranked<'_>,
    palette: &Palette<'_>,
    columns: &Columns,
    axis: &Axis,
    y: i64,
) -> i64 {
    let mut panels: Vec<Panel<'_>> = Vec::new();
    for group in &palette.groups {
        let rows = ranked
            .rows
            .iter()
            .filter(|ranked| ranked.row.group == group.name);
        let values: Vec<(f64, bool)> = rows
            .filter_map(|ranked| {
                let is_significant = finite(ranked.row.adjusted_p).is_some_and(|p| p <= plot.level);
                Some((finite(ranked.row.value)?, is_significant || !columns.has_p))
            })
            .collect();
        if !values.is_empty() {
            panels.push(Panel {
                group: *group,
                values,
            });
        }
    }
    panels.sort_by(|one, other| other.median().total_cmp(&one.median()));
    let more = panels.len().saturating_sub(MOST_GROUPS);
    panels.truncate(MOST_GROUPS);
    let bold = Font {
        is_bold: true,
        ..TEXT
    };
    let title = format!("By {}, with the median", plot.group_label.to_lowercase());
    let room = columns.plot_end() - columns.label;
    svg.text(
        (columns.label as f64, y as f64 + 14.0),
        &shortened(&title, bold, room),
        bold,
        INK,
    );
    svg.text_at(
        (columns.value_end as f64, y as f64 + 14.0),
        "median",
        bold,
        SOFT_INK,
        "end",
    );
    let lines = Columns {
        line: LINE,
        font: TEXT,
        ..*columns
    };
    let top = y + 22;
    let bottom = top + LINE * i64::try_from(panels.len()).unwrap_or(0);
    stripes(svg, panels.len(), &lines, top);
    axis.draw_grid(svg, plot.reference, top, bottom);
    for (place, panel) in panels.iter().enumerate() {
        let line = top + LINE * i64::try_from(place).unwrap_or(0);
        draw_panel(svg, panel, &lines, axis, line);
    }
    axis.draw_ticks_below(svg, bottom);
    if more > 0 {
        let text = format!("and {}", counted(more, "more group"));
        svg.text(
            (columns.label as f64, bottom as f64 + 18.0),
            &text,
            TEXT,
            SOFT_INK,
        );
    }
    bottom + 34
}

fn draw_panel(svg: &mut Svg, panel: &Panel<'_>, columns: &Columns, axis: &Axis, y: i64) {
    let base = columns.base(y);
    let median = value(Some(panel.median()));
    let tracks = counted(panel.values.len(), "track");
    svg.begin(&format!(
        "{}: median {median} of {tracks}",
        panel.group.name
    ));
    let label = shortened(panel.group.name, TEXT, columns.label_width);
    svg.text((columns.label as f64, base), &label, TEXT, INK);
    let middle = y as f64 + LINE as f64 / 2.0;
    // The best dots are drawn last, on top of the others.
    for (value, is_filled) in panel.values.iter().rev() {
        if let Some(x) = axis.place(*value) {
            panel.group.marker.draw(svg, (x, middle), 3.6, *is_filled);
        }
    }
    if let Some(x) = axis.place(panel.median()) {
        svg.line(
            (x, y as f64 + 2.0),
            (x, y as f64 + LINE as f64 - 2.0),
            INK,
            2.0,
            "",
        );
    }
    svg.text_at((columns.value_end as f64, base), &median, TEXT, INK, "end");
    svg.end();
}
