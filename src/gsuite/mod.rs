//! GSuite, the track list of the GSuite HyperBrowser (specification 1.0a), in the subset that all its readers share.
//!
//! Four headers, then `uri`, `title`, `track_type` and `genome` if tracks differ, then the metadata under the names of
//! TrackFind's converter: those of the track without a category, others with it. Cells hold printable ASCII;
//! anything else, and `%` itself, is percent-encoded. A missing value is `.`.
//!
//! The writer follows the parser of HyperBrowser, which rejects a whole file for one line. The reader accepts all that the
//! specification allows and more: columns in any order, non-ASCII letters, lists of URLs as from ENCODE, and tables with titles
//! and one column of URLs. Ambiguous input is rejected with its line.

mod claims;
mod error;
mod heading;
mod kinds;
mod objects;
mod plain_table;
mod reader;
mod text;
mod uri;
mod writer;

use std::fmt::Write as _;

pub use error::GsuiteError;
pub use reader::{is_list, read};
pub use writer::{Suite, SuiteWriter, write};

/// The columns that have a meaning of their own in GSuite; `file_type` is an old name of `file_format`.
const RESERVED: [&str; 6] = [
    "uri",
    "title",
    "file_format",
    "file_type",
    "track_type",
    "genome",
];

/// A text with every byte percent-encoded that is not plain.
fn percent_encoded(text: &str, is_plain: impl Fn(u8) -> bool) -> String {
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut encoded, byte| {
            if is_plain(byte) {
                encoded.push(char::from(byte));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
            encoded
        })
}

/// A percent-decoded cell; unchanged if the result is not UTF-8.
fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
