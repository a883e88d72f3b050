//! A box of a picture.

use crate::drawing::words::Font;

/// A box: kind, lines and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The kind.
    pub kind: TileKind,
    /// The first lines, in bold; empty for steps that are drawn one by one.
    pub title: Vec<String>,
    /// Further lines, in a smaller font.
    pub lines: Vec<String>,
    /// The full text.
    pub full: String,
    /// The column, 0 at the left.
    pub column: usize,
    /// The lane; none outside of lanes.
    pub lane: Option<usize>,
    /// Whether it stands for several lanes; it is drawn as a stack.
    pub is_stack: bool,
}

/// The font of titles.
pub const TITLE: Font = Font {
    size: 130,
    is_bold: true,
};
/// The font of lines.
pub const LINE: Font = Font {
    size: 115,
    is_bold: false,
};
/// The padding of a box at its left and right.
pub const INSET: i64 = 12;

/// The width of the texts in the boxes of a picture with this many columns: a page is about 800 pixels wide.
pub fn text_width(columns: usize) -> i64 {
    match columns {
        0..=3 => 216,
        4 => 186,
        _ => 156,
    }
}

/// The kind of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TileKind {
    /// Source tracks.
    Tracks,
    /// Data without metadata.
    Unknown,
    /// Steps.
    Steps,
    /// Steps, at least one of which failed.
    FailedSteps,
    /// Results with confirmed source tracks.
    Results,
    /// Results without confirmed source tracks.
    Unproven,
}
