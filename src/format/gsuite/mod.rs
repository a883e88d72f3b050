//! GSuite, the track list of the GSuite HyperBrowser (specification 0.9), in the subset that all its readers share.
//!
//! Four headers, then `uri`, `title`, where tracks differ `track_type` and `genome`, then the metadata under the names
//! that TrackFind's converter gives them: the track's own without a category, others with it. Cells hold printable ASCII;
//! anything else, and `%` itself, is percent-encoded. A missing value is `.`.

mod error;
mod kinds;
mod reader;
mod writer;

pub use error::GsuiteError;
pub use reader::read;
pub use writer::{Suite, write};

/// The columns that have a meaning of their own in GSuite.
const RESERVED: [&str; 5] = ["uri", "title", "file_format", "track_type", "genome"];
