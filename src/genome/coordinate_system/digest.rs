//! Digests of coordinate systems and sequence collections (GA4GH Refget Sequence Collections v1.0.0).
//!
//! The digest of an attribute is `sha512t24u` of its array in canonical JSON (RFC 8785). `sorted_name_length_pairs` identifies a
//! coordinate system whatever the order of its sequences: the digests of all pairs, sorted, digested as an array.

use sha2::{Digest as _, Sha512};

/// The prefix of the digests of a collection as CURIE.
pub const COLLECTION: &str = "ga4gh:SC.";
/// The prefix of the digests of an unordered coordinate system as CURIE.
pub const UNORDERED_COORDINATE_SYSTEM: &str = "ga4gh:SC.sorted_name_length_pairs.";
/// The prefix of the digests of an ordered coordinate system as CURIE.
pub const ORDERED_COORDINATE_SYSTEM: &str = "ga4gh:SC.name_length_pairs.";

/// The first 24 bytes of the SHA-512 in base64url: 32 characters.
#[must_use]
pub fn sha512t24u(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digest = Sha512::digest(bytes);
    let mut text = String::with_capacity(32);
    for three in digest[..24].chunks_exact(3) {
        let bits = three
            .iter()
            .fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        for shift in [18, 12, 6, 0] {
            text.push(char::from(ALPHABET[bits >> shift & 63]));
        }
    }
    text
}

/// The digest of the bases of a sequence, in upper case, with its prefix `SQ.`.
#[must_use]
pub fn sequence(bases: &[u8]) -> String {
    format!("SQ.{}", sha512t24u(&bases.to_ascii_uppercase()))
}

/// The digest of an array of texts, such as `names` and `sequences`.
#[must_use]
pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    array(texts.into_iter().map(json_string))
}

/// The digest of an array of numbers, `lengths`.
#[must_use]
pub fn lengths(lengths: impl IntoIterator<Item = u64>) -> String {
    array(lengths.into_iter().map(|length| length.to_string()))
}

/// The digest of the pairs of names and lengths in their order.
#[must_use]
pub fn name_length_pairs<'n>(pairs: impl IntoIterator<Item = (&'n str, u64)>) -> String {
    array(pairs.into_iter().map(pair))
}

/// The digest of the pairs of names and lengths in any order.
#[must_use]
pub fn sorted_name_length_pairs<'n>(pairs: impl IntoIterator<Item = (&'n str, u64)>) -> String {
    let pairs = pairs.into_iter();
    let mut digests: Vec<String> = pairs.map(|one| sha512t24u(pair(one).as_bytes())).collect();
    digests.sort_unstable();
    texts(digests.iter().map(String::as_str))
}

/// The top digest of a collection by the digests of its inherent attributes, `names` and `sequences`.
#[must_use]
pub fn collection(names: &str, sequences: &str) -> String {
    let json = format!("{{\"names\":\"{names}\",\"sequences\":\"{sequences}\"}}");
    sha512t24u(json.as_bytes())
}

fn pair((name, length): (&str, u64)) -> String {
    format!("{{\"length\":{length},\"name\":{}}}", json_string(name))
}

fn array(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    sha512t24u(format!("[{}]", items.join(",")).as_bytes())
}

/// A string as RFC 8785 writes it, section 3.2.2.2.
fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
