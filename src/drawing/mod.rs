//! Pictures: ranked dot plots, SVG elements, the widths of texts, numbers for people, and SVG as PNG.

pub mod dot_plot;
pub mod numbers;
pub mod png;
pub mod svg;
pub mod words;

/// Fonts of about the same width on all platforms; the first one is embedded for PNG.
pub const FONTS: &str = "DejaVu Sans Condensed,Arial,Helvetica,Liberation Sans,sans-serif";
