//! Import: found tracks → Galaxy datasets, each with a light crate.
