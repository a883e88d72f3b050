//! The origins of values, the most trusted first.

pub(super) const FILE: usize = 0;
pub(super) const SAMPLE: usize = 1;
pub(super) const CHARACTERISTICS: usize = 2;
pub(super) const TARGET: usize = 3;
pub(super) const RELATION: usize = 4;
pub(super) const SERIES: usize = 5;
pub(super) const PLATFORM: usize = 6;
pub(super) const DATABASE: usize = 7;
pub(super) const ORIGINS: [&str; 8] = [
    "file",
    "sample",
    "characteristics",
    "target",
    "relation",
    "series",
    "platform",
    "database",
];
