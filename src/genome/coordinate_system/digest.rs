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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::coordinate_system::KnownGenome;

    #[test]
    fn coordinate_systems_have_the_digests_of_the_standard() {
        for (genome, set, count, digest) in [
            (
                "hg38",
                "mitochondrion",
                25,
                "9rs5ZWHsSaT_D7nJOSChpFR3Q2ZHRDI6",
            ),
            (
                "hg38",
                "chromosomes",
                24,
                "MIgl7huIIhtfUDuDOIr35DIFFc8Wk0lX",
            ),
            ("hg38", "virus", 195, "_dMQ5dPUNVx4OGQnDAPmGMkVRWWcYV99"),
            (
                "hg19",
                "chromosomes",
                24,
                "8B-4vNy3rcxXxMBcqu9DFqeJFGHZCi1-",
            ),
            (
                "mm10",
                "mitochondrion",
                22,
                "4Xjshv3ccXdOoe8xhod0oE4uGYMSJuLe",
            ),
            (
                "mm10",
                "chromosomes",
                21,
                "g3XDLQ5wAkr6fjjq97dv0lZoJrRQn8TU",
            ),
            ("mm10", "scaffolds", 66, "dr8zpX6dQQ5jfvQhurcmCCrqjLtrED5X"),
            (
                "mm39",
                "mitochondrion",
                22,
                "MeGrc7PGBkwFNBWgxQjjH-ud-HmDjNU7",
            ),
            (
                "mm39",
                "chromosomes",
                21,
                "TzDJNlZbAQJWvYFhLMOcqptTvgDpphWq",
            ),
            ("mm39", "scaffolds", 61, "lEveeMGtvhHuTQcN4fM3NHBp-3V03lH4"),
            (
                "hs1",
                "mitochondrion",
                25,
                "W1IEosYVD1DdulWFCXIHXfBS64Lb4pOi",
            ),
            (
                "dm6",
                "mitochondrion",
                8,
                "vrFeECrUz20JMSUA9Itd3mvL34-sP8cP",
            ),
            (
                "ce11",
                "mitochondrion",
                7,
                "zsVWo5W86LT2c6v6zqI6vObs2oNfuAi2",
            ),
            (
                "sacCer3",
                "mitochondrion",
                17,
                "EAAxfIk5JoCJbgS3YZHxESEouOQakHGZ",
            ),
        ] {
            let known = KnownGenome::built_in(genome).unwrap();
            let mut sets = known.sets();
            let (_, sequences) = sets.find(|(name, _)| *name == set).unwrap();
            assert_eq!(sequences.len(), count, "{genome} {set}");
            let pairs = sequences.iter().map(|one| (one.name.as_str(), one.length));
            assert_eq!(sorted_name_length_pairs(pairs), digest, "{genome} {set}");
        }
    }
}
