//! Text by itself: the letters of Unicode and their cases.

pub mod folding;
pub mod letters;
