//! A picture as SVG: one self-contained element for a page, without scripts, external fonts, or ids that could clash.

use std::fmt::Write as _;

use super::layout::{FIRST, INSET, LINE, Layout, NEXT, Spot, first_font};
use super::sketch::{Arrow, Sketch};
use super::tile::{Tile, TileKind};
use crate::drawing::FONTS;
use crate::drawing::words::{Font, escaped, shortened};

const INK: &str = "#222222";
const SOFT_INK: &str = "#4d4d4d";
const ARROW: &str = "#6b6b6b";

/// The style of a kind of box: edge, fill, whether the edge is dashed, radius of the corners. The colours are from the
/// palette of Okabe and Ito, safe for colour-blind readers; words and dashes carry the same information.
fn look(kind: TileKind) -> (&'static str, &'static str, bool, i64) {
    match kind {
        TileKind::Tracks => ("#0072b2", "#e8f3fa", false, 4),
        TileKind::Unknown => ("#6b6b6b", "#f4f4f4", true, 4),
        TileKind::Steps => ("#8a8a8a", "#ffffff", false, 12),
        TileKind::FailedSteps => ("#d55e00", "#fdf0e8", true, 12),
        TileKind::Results => ("#00835f", "#e6f4ef", false, 4),
        TileKind::Unproven => ("#d55e00", "#fdf0e8", true, 4),
    }
}

/// Writes a picture; each of `headings` has its first column, its text, and whether it is aligned to the right edge.
pub fn write(
    sketch: &Sketch,
    layout: &Layout,
    title: &str,
    description: &str,
    headings: &[(usize, String)],
) -> String {
    let (width, height) = (layout.width, layout.height);
    let least = width * 7 / 10;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{FONTS}\" style=\"max-width:100%;height:auto;min-width:{least}px\">\n<title>{}</title>\n<desc>{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escaped(title),
        escaped(description)
    );
    let font = Font {
        size: 115,
        is_bold: true,
    };
    for (place, (column, heading)) in headings.iter().enumerate() {
        let edge = |column: usize| layout.columns.get(column).copied().unwrap_or_default();
        let end = headings
            .get(place + 1)
            .map_or(width, |(next, _)| edge(*next));
        let heading = shortened(heading, font, end - edge(*column) - INSET);
        text(&mut svg, (edge(*column), 28), &heading, font, SOFT_INK);
    }
    for (arrow, way) in sketch.arrows.iter().zip(&layout.ways) {
        draw_arrow(&mut svg, *arrow, way);
    }
    for (tile, spot) in sketch.boxes.iter().zip(&layout.spots) {
        draw_box(&mut svg, tile, spot);
    }
    svg.push_str("</svg>\n");
    svg
}

fn text(svg: &mut String, at: (i64, i64), text: &str, font: Font, ink: &str) {
    let weight = if font.is_bold {
        " font-weight=\"bold\""
    } else {
        ""
    };
    // Writing to a String cannot fail.
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}.{}\"{weight} fill=\"{ink}\" xml:space=\"preserve\">{}</text>",
        at.0,
        at.1,
        font.size / 10,
        font.size % 10,
        escaped(text)
    );
}

fn draw_box(svg: &mut String, tile: &Tile, spot: &Spot) {
    let (edge, ground, is_dashed, round) = look(tile.kind);
    let dashes = if is_dashed {
        " stroke-dasharray=\"6 4\""
    } else {
        ""
    };
    let Spot {
        x,
        y,
        width,
        height,
        ..
    } = spot;
    let _ = writeln!(
        svg,
        "<g><title>{}</title>\n<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\" fill=\"{ground}\" stroke=\"{edge}\" stroke-width=\"1.5\"{dashes}/>",
        escaped(&tile.full)
    );
    let room = width - 2 * INSET;
    let font = first_font(tile.kind);
    let mut base = y + INSET + FIRST - 9;
    text(
        svg,
        (x + INSET, base),
        &shortened(&tile.title, font, room),
        font,
        INK,
    );
    for line in &tile.lines {
        base += NEXT;
        let ink = if font == LINE { INK } else { SOFT_INK };
        text(
            svg,
            (x + INSET, base),
            &shortened(line, LINE, room),
            LINE,
            ink,
        );
    }
    svg.push_str("</g>\n");
}

fn draw_arrow(svg: &mut String, arrow: Arrow, way: &[(i64, i64)]) {
    let dashes = if arrow.is_by_content {
        " stroke-dasharray=\"5 4\""
    } else {
        ""
    };
    let mut path = String::new();
    let pairs: Vec<&[(i64, i64)]> = way.chunks_exact(2).collect();
    for (position, pair) in pairs.iter().enumerate() {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        // The arrowhead takes the last pixels.
        let end = if position + 1 == pairs.len() {
            to_x - 7
        } else {
            to_x
        };
        let bend = (end - x) / 2;
        let start = if position == 0 {
            format!("M{x} {y}")
        } else {
            format!("L{x} {y}")
        };
        let _ = write!(
            path,
            "{start}C{} {y} {} {to_y} {end} {to_y}",
            x + bend,
            end - bend
        );
    }
    let _ = writeln!(
        svg,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{ARROW}\" stroke-width=\"1.5\"{dashes}/>"
    );
    if let Some((x, y)) = way.last() {
        let _ = writeln!(svg, "<path d=\"M{x} {y}l-9 -4.5v9z\" fill=\"{ARROW}\"/>");
    }
}
