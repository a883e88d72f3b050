//! Elements of SVG with coordinates of one decimal, so that the same picture has the same bytes everywhere.

use std::fmt::Display;

use crate::drawing::svg::SvgWriter;
use crate::drawing::words::Font;

pub const INK: &str = "#222222";
pub const SOFT_INK: &str = "#5a5a5a";
pub const GRID: &str = "#e3e3e3";
pub const STRIPE: &str = "#f6f6f6";
pub const BAND: &str = "#cfcfcf";
pub const REFERENCE: &str = "#7a4b00";

/// The attributes of an element.
type Attributes<'a, const COUNT: usize> = [(&'a str, &'a dyn Display); COUNT];

/// The elements of a picture.
#[derive(Default)]
pub struct Svg {
    /// Their text.
    pub writer: SvgWriter,
}

/// A coordinate with one decimal, zero where it is not finite.
pub fn number(value: f64) -> String {
    let tenths = if value.is_finite() {
        (value * 10.0).round() as i64
    } else {
        0
    };
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, part) = (tenths.abs() / 10, tenths.abs() % 10);
    match part {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{part}"),
    }
}

impl Svg {
    /// A text that begins at a place.
    pub fn text(&mut self, at: (f64, f64), text: &str, font: Font, ink: &str) {
        self.text_at(at, text, font, ink, "");
    }

    /// A text that begins, ends, or has its middle at a place.
    pub fn text_at(&mut self, at: (f64, f64), text: &str, font: Font, ink: &str, anchor: &str) {
        let weight = if font.is_bold { "bold" } else { "" };
        let size = format!("{}.{}", font.size / 10, font.size % 10);
        let attributes: Attributes<'_, 7> = [
            ("x", &number(at.0)),
            ("y", &number(at.1)),
            ("font-size", &size),
            ("font-weight", &weight),
            ("text-anchor", &anchor),
            ("fill", &ink),
            ("xml:space", &"preserve"),
        ];
        self.writer.text("text", &attributes, text);
    }

    /// A filled rectangle with round corners.
    pub fn rectangle(&mut self, at: (f64, f64), size: (f64, f64), round: f64, fill: &str) {
        let attributes: Attributes<'_, 6> = [
            ("x", &number(at.0)),
            ("y", &number(at.1)),
            ("width", &number(size.0.max(0.0))),
            ("height", &number(size.1)),
            ("rx", &number(round)),
            ("fill", &fill),
        ];
        self.writer.empty("rect", &attributes);
    }

    /// A straight line, dashed where `dashes` is not empty.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: &str, width: f64, dashes: &str) {
        let path = path(&[from, to], "");
        let attributes: Attributes<'_, 4> = [
            ("d", &path),
            ("stroke", &ink),
            ("stroke-width", &number(width)),
            ("stroke-dasharray", &dashes),
        ];
        self.writer.empty("path", &attributes);
    }

    /// A circle with an edge.
    pub fn circle(&mut self, at: (f64, f64), radius: f64, fill: &str, edge: &str) {
        let attributes: Attributes<'_, 6> = [
            ("cx", &number(at.0)),
            ("cy", &number(at.1)),
            ("r", &number(radius)),
            ("fill", &fill),
            ("stroke", &edge),
            ("stroke-width", &"1.5"),
        ];
        self.writer.empty("circle", &attributes);
    }

    /// A polygon with an edge.
    pub fn polygon(&mut self, points: &[(f64, f64)], fill: &str, edge: &str) {
        let path = path(points, "z");
        let attributes: Attributes<'_, 4> = [
            ("d", &path),
            ("fill", &fill),
            ("stroke", &edge),
            ("stroke-width", &"1.5"),
        ];
        self.writer.empty("path", &attributes);
    }

    /// Starts a group of elements with a tooltip.
    pub fn begin(&mut self, tooltip: &str) {
        self.writer.open("g", &[]);
        self.writer.text("title", &[], tooltip);
    }

    /// Ends a group of elements.
    pub fn end(&mut self) {
        self.writer.close("g");
    }
}

fn path(points: &[(f64, f64)], end: &str) -> String {
    let points = points
        .iter()
        .map(|(x, y)| format!("{} {}", number(*x), number(*y)));
    format!("M{}{end}", points.collect::<Vec<_>>().join("L"))
}
