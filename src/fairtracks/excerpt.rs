//! An excerpt: everything that a document says about some of its tracks, with its source.

use serde_json::json;

use super::document::Document;
use super::document_name;
use super::hits_document::{SUBSET_OF, SUBSET_VERSION, stated};
use super::subset::Referred;

/// The closed document of the tracks at `positions` of their source's list, dated `time`, RFC 3339 with `+00:00`; the source
/// is a file with this SHA-256.
///
/// It says of which document it is a part, and how that was searched where the source says so. The tracks that such a
/// search left out are not named again: they are others. Addresses have no credentials.
pub fn excerpt(
    source: &Document,
    referred: &Referred<'_>,
    positions: &[usize],
    sha256: &str,
    time: &str,
) -> Document {
    let mut stated = stated(source, sha256);
    let mut part = stated.get_mut(SUBSET_OF);
    while let Some(earlier) = part.and_then(|part| part.as_object_mut()) {
        earlier.shift_remove("left_out");
        let source = earlier.get_mut("source");
        part = source.and_then(|source| source.get_mut(SUBSET_OF));
    }
    let mut part = referred.closed_subset(positions).document;
    let subset_of = json!({"version": SUBSET_VERSION, "source": stated, "hits": positions.len()});
    part.members_mut().shift_remove(SUBSET_OF);
    part.members_mut().insert(SUBSET_OF.to_owned(), subset_of);
    let mut part = part.without_secrets();
    document_name::name(&mut part, time);
    part
}
