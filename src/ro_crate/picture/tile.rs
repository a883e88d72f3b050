//! A box of a picture.

/// A box: kind, lines and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The kind.
    pub kind: TileKind,
    /// The first line; the others are in a smaller font.
    pub title: String,
    /// Further lines.
    pub lines: Vec<String>,
    /// The full text.
    pub full: String,
    /// The column, 0 at the left.
    pub column: usize,
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
