//! A value before it is a cell of a row.

/// Origin, title and text of a value.
pub(super) type TitledValue = (usize, String, String);
