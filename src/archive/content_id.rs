//! Content identifiers of files and collections.
//!
//! The identifier of a file is `ni:///sha-256;` and its SHA-256 in base64url without padding (RFC 6920, section 3). That of a
//! collection is the same for the text that lists the identifiers of its files, sorted by bytes, each followed by a line feed: it
//! depends only on the files, not on their names and order.

use super::digest::Sha256Sum;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The name of a file with this SHA-256.
pub fn of_file(sha256: &Sha256Sum) -> String {
    let mut name = "ni:///sha-256;".to_owned();
    for bytes in sha256.as_bytes().chunks(3) {
        let group = bytes
            .iter()
            .chain([0; 2].iter())
            .take(3)
            .fold(0_u32, |group, byte| group << 8 | u32::from(*byte));
        for place in 0..=bytes.len() {
            let digit = (group >> (18 - 6 * place)) & 63;
            name.push(char::from(ALPHABET[digit as usize]));
        }
    }
    name
}

/// The SHA-256 in the name of a file; none if it is another text.
pub fn sha256_of(name: &str) -> Option<Sha256Sum> {
    let digits = name.strip_prefix("ni:///sha-256;")?;
    let mut hexadecimal = String::new();
    let (mut group, mut bits) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = ALPHABET.iter().position(|known| *known == digit)?;
        group = (group << 6 | u32::try_from(value).ok()?) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            hexadecimal.push_str(&format!("{:02x}", group >> bits & 0xff));
        }
    }
    Sha256Sum::parse(&hexadecimal)
}

/// The name of a collection of files with these names.
pub fn of_collection<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
    of_file(&Sha256Sum::of(lines.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_is_the_example_of_rfc_6920() {
        let sum = Sha256Sum::of(b"Hello World!");
        assert_eq!(
            of_file(&sum),
            "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
        );
    }

    #[test]
    fn the_sha256_is_read_from_a_name() {
        for text in ["", "Hello World!", "abc"] {
            let sum = Sha256Sum::of(text.as_bytes());
            assert_eq!(sha256_of(&of_file(&sum)), Some(sum));
        }
        for text in [
            "",
            "ni:///sha-256;",
            "ni:///sha-256;f4OxZX",
            "ni:///sha-1;f4",
            "ni:///sha-256;=é",
        ] {
            assert_eq!(sha256_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_collections_name_does_not_depend_on_the_order() {
        assert_eq!(of_collection(["a", "b"]), of_collection(["b", "a"]));
        assert_ne!(of_collection(["a", "b"]), of_collection(["ab"]));
        assert_ne!(of_collection(["a"]), of_collection(["a", "a"]));
    }
}
