//! Text by itself: the letters of Unicode and their cases, and the cells of tables.

pub mod cells;
pub mod folding;
pub mod letters;
