//! Rows of values that many records lack.

/// As many records of one missing value have rows of their own; more are one row.
pub(super) const MOST_MISSING: usize = 20;

/// The rows of a missing value: those of the first records, and none behind the first one once there are many.
#[derive(Debug, Clone, Default)]
pub(super) struct MissingRows {
    /// Their places in the log.
    pub places: Vec<usize>,
    /// Whether the first one counts all.
    pub is_one: bool,
}
