//! A value before it is a cell of a row.

/// The number of the origin of a value, its title and its text.
pub(super) type TitledValue = (usize, String, String);
