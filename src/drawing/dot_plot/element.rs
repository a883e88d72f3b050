//! Elements of SVG with coordinates of one decimal, so that the same picture has the same bytes everywhere.

use std::fmt::Write as _;

use crate::drawing::words::{Font, escaped};

pub const INK: &str = "#222222";
pub const SOFT_INK: &str = "#5a5a5a";
pub const GRID: &str = "#e3e3e3";
pub const STRIPE: &str = "#f6f6f6";
pub const BAND: &str = "#cfcfcf";
pub const REFERENCE: &str = "#7a4b00";

/// The elements of a picture.
#[derive(Debug, Default)]
pub struct Svg {
    /// Their text.
    pub text: String,
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

// Writing to a String cannot fail.
impl Svg {
    /// A text that begins at a place.
    pub fn text(&mut self, at: (f64, f64), text: &str, font: Font, ink: &str) {
        self.text_at(at, text, font, ink, "start");
    }

    /// A text that begins, ends, or has its middle at a place.
    pub fn text_at(&mut self, at: (f64, f64), text: &str, font: Font, ink: &str, anchor: &str) {
        let weight = if font.is_bold {
            " font-weight=\"bold\""
        } else {
            ""
        };
        let anchor = match anchor {
            "start" => String::new(),
            anchor => format!(" text-anchor=\"{anchor}\""),
        };
        let _ = writeln!(
            self.text,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}.{}\"{weight}{anchor} fill=\"{ink}\" xml:space=\"preserve\">{}</text>",
            number(at.0),
            number(at.1),
            font.size / 10,
            font.size % 10,
            escaped(text)
        );
    }

    /// A filled rectangle with round corners.
    pub fn rectangle(&mut self, at: (f64, f64), size: (f64, f64), round: f64, fill: &str) {
        let _ = writeln!(
            self.text,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{fill}\"/>",
            number(at.0),
            number(at.1),
            number(size.0.max(0.0)),
            number(size.1),
            number(round)
        );
    }

    /// A straight line, dashed where `dashes` is not empty.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: &str, width: f64, dashes: &str) {
        let dashes = match dashes {
            "" => String::new(),
            dashes => format!(" stroke-dasharray=\"{dashes}\""),
        };
        let _ = writeln!(
            self.text,
            "<path d=\"M{} {}L{} {}\" stroke=\"{ink}\" stroke-width=\"{}\"{dashes}/>",
            number(from.0),
            number(from.1),
            number(to.0),
            number(to.1),
            number(width)
        );
    }

    /// Starts a group of elements with a tooltip.
    pub fn begin(&mut self, tooltip: &str) {
        let _ = writeln!(self.text, "<g><title>{}</title>", escaped(tooltip));
    }

    /// Ends a group of elements.
    pub fn end(&mut self) {
        self.text.push_str("</g>\n");
    }
}
