//! Digests of bytes as they pass: SHA-256 always, MD5 where a provider's checksum asks for it.

use std::fmt::Write as _;

use md5::Md5;
use sha2::{Digest as _, Sha256};

/// Counts and hashes bytes that pass through it.
#[derive(Debug, Clone)]
pub struct Digester {
    bytes: u64,
    sha256: Sha256,
    md5: Option<Md5>,
}

/// What a [`Digester`] saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// How many bytes.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: Sha256Sum,
    /// Their MD5 in 32 small hexadecimal digits, where it was asked for.
    pub md5: Option<String>,
}

/// A SHA-256 sum (FIPS 180-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Sum([u8; 32]);

impl Digester {
    /// Nothing has passed yet; `with_md5` asks for the MD5 besides the SHA-256.
    pub fn new(with_md5: bool) -> Self {
        Digester {
            bytes: 0,
            sha256: Sha256::new(),
            md5: with_md5.then(Md5::new),
        }
    }

    /// These bytes pass.
    pub fn update(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.sha256.update(bytes);
        if let Some(md5) = &mut self.md5 {
            md5.update(bytes);
        }
    }

    /// How many bytes have passed so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The digests of all that passed.
    pub fn finish(self) -> Digests {
        Digests {
            bytes: self.bytes,
            sha256: Sha256Sum(self.sha256.finalize().into()),
            md5: self.md5.map(|md5| hexadecimal(&md5.finalize())),
        }
    }
}

impl Sha256Sum {
    /// The sum of bytes at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Sha256Sum(Sha256::digest(bytes).into())
    }

    /// Reads 64 hexadecimal digits, capital or small.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut sum = [0; 32];
        for (byte, digits) in sum.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).ok()?;
            if digits.starts_with('+') {
                return None;
            }
            *byte = u8::from_str_radix(digits, 16).ok()?;
        }
        Some(Sha256Sum(sum))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 small hexadecimal digits.
    pub fn hexadecimal(&self) -> String {
        hexadecimal(&self.0)
    }
}

/// Two small hexadecimal digits a byte.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_standards() {
        // FIPS 180-4 and RFC 1321, the text "abc".
        let mut digester = Digester::new(true);
        digester.update(b"a");
        digester.update(b"bc");
        let digests = digester.finish();
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digests.sha256.hexadecimal(), sha256);
        assert_eq!(digests.bytes, 3);
        assert_eq!(
            digests.md5.as_deref(),
            Some("900150983cd24fb0d6963f7d28e17f72")
        );
        assert_eq!(
            Sha256Sum::parse(&sha256.to_uppercase()),
            Some(digests.sha256)
        );
        assert_eq!(Sha256Sum::of(b"abc"), digests.sha256);
    }

    #[test]
    fn what_is_no_sum_is_not_read_as_one() {
        for text in ["", "ab", &"g".repeat(64), &"+1".repeat(32), &"é".repeat(32)] {
            assert_eq!(Sha256Sum::parse(text), None, "{text}");
        }
    }
}
