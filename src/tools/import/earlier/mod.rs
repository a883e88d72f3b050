//! An earlier import: its outcomes, tracks and crates, of which an import takes what is still as it was.

mod earlier_import;
mod outcomes;
mod taking;

pub use earlier_import::EarlierImport;
pub use taking::{TakenTracks, take};
