//! The legend: groups with their dots and numbers of lines, and what filling and intervals mean.

use super::element::{BAND, INK, SOFT_INK, Svg};
use super::palette::{Marker, Palette};
use super::{DotPlot, IntervalMeaning, MARGIN, TEXT};
use crate::drawing::numbers::finite;
use crate::drawing::words::{Font, shortened, width};

const LINE: i64 = 20;
/// Pixels for a sign before its text, and between two entries.
const SIGN: i64 = 16;
const GAP: i64 = 18;
const LONGEST_NAME: i64 = 260;
/// Of more groups than this, the legend names the first ones.
const MOST_GROUPS: usize = 24;
const SIGN_COLOUR: &str = "#5a5a5a";

/// What stands before a text of the legend.
enum Sign {
    Dot(Marker, bool),
    Band,
    Whiskers,
    None,
}

/// Draws the legend from `y` downwards, and answers with its end.
pub fn draw(svg: &mut Svg, plot: &DotPlot<'_>, palette: &Palette<'_>, right: i64, y: i64) -> i64 {
    let mut y = y;
    if !palette.groups.is_empty() {
        y = flow(svg, plot.group_label, &of_groups(palette), right, y);
    }
    flow(svg, "", &of_signs(plot, palette), right, y)
}

fn of_groups(palette: &Palette<'_>) -> Vec<(Sign, String)> {
    let named = palette.groups.iter().take(MOST_GROUPS);
    let mut entries: Vec<(Sign, String)> = named
        .map(|group| {
            let name = shortened(group.name, TEXT, LONGEST_NAME);
            (
                Sign::Dot(group.marker, true),
                format!("{name} ({})", group.count),
            )
        })
        .collect();
    if let Some(more) = palette
        .groups
        .len()
        .checked_sub(MOST_GROUPS)
        .filter(|more| *more > 0)
    {
        let other = Sign::Dot(palette.marker(""), true);
        entries.push((other, format!("{more} more")));
    }
    entries
}

fn of_signs(plot: &DotPlot<'_>, palette: &Palette<'_>) -> Vec<(Sign, String)> {
    let mut entries = Vec::new();
    if plot.rows.iter().any(|row| finite(row.adjusted_p).is_some()) {
        let marker = Marker {
            colour: SIGN_COLOUR,
            ..palette.marker("")
        };
        let (label, level) = (plot.adjusted_p_label, plot.level);
        entries.push((Sign::Dot(marker, true), format!("{label} ≤ {level}")));
        entries.push((Sign::Dot(marker, false), format!("{label} > {level}")));
    }
    let has_interval = plot
        .rows
        .iter()
        .any(|row| finite(row.low).is_some() && finite(row.high).is_some());
    if has_interval {
        let sign = match plot.interval {
            IntervalMeaning::Null => Sign::Band,
            IntervalMeaning::Value => Sign::Whiskers,
        };
        entries.push((sign, plot.interval_label.to_owned()));
    }
    if plot.rows.iter().any(|row| finite(row.value).is_none()) {
        entries.push((Sign::None, "NA: value undefined".to_owned()));
    }
    entries
}

/// Entries one after the other, in as many lines as they need.
fn flow(svg: &mut Svg, title: &str, entries: &[(Sign, String)], right: i64, y: i64) -> i64 {
    if entries.is_empty() {
        return y;
    }
    let bold = Font {
        is_bold: true,
        ..TEXT
    };
    let (mut x, mut y) = (MARGIN, y);
    if !title.is_empty() {
        let title = shortened(title, bold, LONGEST_NAME);
        svg.text((x as f64, y as f64 + 14.0), &title, bold, SOFT_INK);
        x += width(&title, bold) + 14;
    }
    let first = x;
    for (sign, text) in entries {
        let text = shortened(text, TEXT, right - first - MARGIN - SIGN);
        let sign_width = if matches!(sign, Sign::None) { 0 } else { SIGN };
        let room = sign_width + width(&text, TEXT);
        if x > first && x + room > right - MARGIN {
            x = first;
            y += LINE;
        }
        draw_sign(svg, sign, (x as f64 + 6.0, y as f64 + 10.0));
        let at = ((x + sign_width) as f64, y as f64 + 14.0);
        svg.text(at, &text, TEXT, INK);
        x += room + GAP;
    }
    y + LINE
}

fn draw_sign(svg: &mut Svg, sign: &Sign, (x, y): (f64, f64)) {
    match sign {
        Sign::Dot(marker, is_filled) => marker.draw(svg, (x, y), 4.6, *is_filled),
        Sign::Band => svg.rectangle((x - 6.0, y - 4.0), (13.0, 8.0), 2.0, BAND),
        Sign::Whiskers => {
            svg.line((x - 5.0, y), (x + 5.0, y), SIGN_COLOUR, 1.5, "");
            for end in [x - 5.0, x + 5.0] {
                svg.line((end, y - 3.0), (end, y + 3.0), SIGN_COLOUR, 1.5, "");
            }
        }
        Sign::None => {}
    }
}
