//! A picture as SVG: one self-contained element for a page, without scripts, external fonts, or ids that could clash.

use std::fmt::Display;

use super::layout::{Layout, Spot, baselines};
use super::sketch::{Arrow, Sketch};
use super::tile::{INSET, LINE, TITLE, Tile, TileKind};
use crate::drawing::FONTS;
use crate::drawing::svg::SvgWriter;
use crate::drawing::words::{Font, shortened};

const INK: &str = "#222222";
const SOFT_INK: &str = "#4d4d4d";
const ARROW: &str = "#6b6b6b";

/// The attributes of an element.
type Attributes<'a, const COUNT: usize> = [(&'a str, &'a dyn Display); COUNT];

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
    let width = layout.width;
    let least = width * 7 / 10;
    let style = format!("max-width:100%;height:auto;min-width:{least}px");
    let size = (width, layout.height);
    let fonts: Attributes<'_, 2> = [("font-family", &FONTS), ("style", &style)];
    let mut svg = SvgWriter::new(&fonts, size, title, description);
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
    svg.finish()
}

fn text(svg: &mut SvgWriter, (x, y): (i64, i64), text: &str, font: Font, ink: &str) {
    let size = format!("{}.{}", font.size / 10, font.size % 10);
    let weight = if font.is_bold { "bold" } else { "" };
    let attributes: Attributes<'_, 6> = [
        ("x", &x),
        ("y", &y),
        ("font-size", &size),
        ("font-weight", &weight),
        ("fill", &ink),
        ("xml:space", &"preserve"),
    ];
    svg.text("text", &attributes, text);
}

fn draw_box(svg: &mut SvgWriter, tile: &Tile, spot: &Spot) {
    let (edge, ground, is_dashed, round) = look(tile.kind);
    let dashes = if is_dashed { "6 4" } else { "" };
    let Spot {
        x,
        y,
        width,
        height,
        ..
    } = spot;
    svg.open("g", &[]);
    svg.text("title", &[], &tile.full);
    let edges = if tile.is_stack {
        vec![6, 3, 0]
    } else {
        vec![0]
    };
    for shift in edges {
        let (x, y) = (x + shift, y + shift);
        let attributes: Attributes<'_, 9> = [
            ("x", &x),
            ("y", &y),
            ("width", width),
            ("height", height),
            ("rx", &round),
            ("fill", &ground),
            ("stroke", &edge),
            ("stroke-width", &"1.5"),
            ("stroke-dasharray", &dashes),
        ];
        svg.empty("rect", &attributes);
    }
    let room = width - 2 * INSET;
    let is_steps = matches!(tile.kind, TileKind::Steps | TileKind::FailedSteps);
    let soft = if is_steps { INK } else { SOFT_INK };
    let title = tile.title.iter().map(|line| (line, TITLE, INK));
    let lines = title.chain(tile.lines.iter().map(|line| (line, LINE, soft)));
    for ((line, font, ink), base) in lines.zip(baselines(tile)) {
        text(
            svg,
            (x + INSET, y + base),
            &shortened(line, font, room),
            font,
            ink,
        );
    }
    svg.close("g");
}

fn draw_arrow(svg: &mut SvgWriter, arrow: Arrow, way: &[(i64, i64)]) {
    let dashes = if arrow.is_by_content { "5 4" } else { "" };
    let mut path = String::new();
    let pairs: Vec<&[(i64, i64)]> = way.chunks_exact(2).collect();
    for (position, pair) in pairs.iter().enumerate() {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        // The arrowhead takes the last pixels.
        let head = if position + 1 == pairs.len() { 7 } else { 0 };
        let end = to_x - head;
        let bend = (end - x) / 2;
        let command = if position == 0 { 'M' } else { 'L' };
        let (first, last) = (x + bend, end - bend);
        path += &format!("{command}{x} {y}C{first} {y} {last} {to_y} {end} {to_y}");
    }
    let attributes: Attributes<'_, 5> = [
        ("d", &path),
        ("fill", &"none"),
        ("stroke", &ARROW),
        ("stroke-width", &"1.5"),
        ("stroke-dasharray", &dashes),
    ];
    svg.empty("path", &attributes);
    if let Some((x, y)) = way.last() {
        let head = format!("M{x} {y}l-9 -4.5v9z");
        svg.empty("path", &[("d", &head), ("fill", &ARROW)]);
    }
}
