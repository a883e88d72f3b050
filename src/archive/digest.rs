//! Digests of a byte stream: SHA-256 always, others if a checksum to compare requires them.

use std::fmt::Write as _;
use std::io;

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

/// A function that makes a digest of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DigestFunction {
    /// SHA-256 (FIPS 180-4).
    Sha256,
    /// SHA-512 (FIPS 180-4).
    Sha512,
    /// SHA-1 (FIPS 180-4).
    Sha1,
    /// MD5 (RFC 1321).
    Md5,
}

impl DigestFunction {
    /// All of them.
    pub const ALL: [DigestFunction; 4] = [
        DigestFunction::Sha256,
        DigestFunction::Sha512,
        DigestFunction::Sha1,
        DigestFunction::Md5,
    ];

    /// The name that Galaxy and people use: `MD5`, `SHA-1`, `SHA-256` or `SHA-512`.
    pub fn name(self) -> &'static str {
        match self {
            DigestFunction::Sha256 => "SHA-256",
            DigestFunction::Sha512 => "SHA-512",
            DigestFunction::Sha1 => "SHA-1",
            DigestFunction::Md5 => "MD5",
        }
    }

    /// The property of a file in an RO-Crate that holds it (Workflow Run RO-Crate terms, <https://w3id.org/ro/terms/workflow-run>).
    pub fn property(self) -> &'static str {
        match self {
            DigestFunction::Sha256 => "sha256",
            DigestFunction::Sha512 => "sha512",
            DigestFunction::Sha1 => "sha1",
            DigestFunction::Md5 => "md5",
        }
    }

    /// Reads a name in any of its spellings: `SHA-1`, `sha1`, `sha_1`, or an IRI that ends in one.
    pub fn named(text: &str) -> Option<Self> {
        let last = text.rsplit(['/', '#', ':']).next().unwrap_or_default();
        let letters = last.chars().filter(char::is_ascii_alphanumeric);
        let folded = letters.collect::<String>().to_ascii_lowercase();
        DigestFunction::ALL
            .into_iter()
            .find(|function| function.property() == folded)
    }

    /// The number of hexadecimal digits of a digest.
    pub fn digits(self) -> usize {
        match self {
            DigestFunction::Sha256 => 64,
            DigestFunction::Sha512 => 128,
            DigestFunction::Sha1 => 40,
            DigestFunction::Md5 => 32,
        }
    }

    /// Parses a hexadecimal digest of this function, with or without the prefix `name:`; the result is in lower case.
    pub fn parse(self, text: &str) -> Option<String> {
        let digits = match text.trim().rsplit_once(':') {
            Some((name, digits)) if DigestFunction::named(name) == Some(self) => {
                digits.trim_start()
            }
            _ => text.trim(),
        };
        let is_digest =
            digits.len() == self.digits() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_digest.then(|| digits.to_ascii_lowercase())
    }
}

/// Counts and hashes bytes that pass through it.
#[derive(Debug, Clone)]
pub struct Digester {
    bytes: u64,
    sha256: Sha256,
    md5: Option<Md5>,
    // Rarely used, and large.
    sha1: Option<Box<Sha1>>,
    sha512: Option<Box<Sha512>>,
}

/// The result of a [`Digester`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// How many bytes.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: Sha256Sum,
    /// The MD5 in 32 lower-case hexadecimal digits, if requested.
    pub md5: Option<String>,
    /// The SHA-1 in 40 lower-case hexadecimal digits, if requested.
    pub sha1: Option<String>,
    /// The SHA-512 in 128 lower-case hexadecimal digits, if requested.
    pub sha512: Option<String>,
}

impl Digests {
    /// Digests with a known SHA-256 only.
    pub fn of_sha256(bytes: u64, sha256: Sha256Sum) -> Self {
        Digests {
            bytes,
            sha256,
            md5: None,
            sha1: None,
            sha512: None,
        }
    }

    /// The digest by a function in small hexadecimal digits, where it was made.
    pub fn of(&self, function: DigestFunction) -> Option<String> {
        match function {
            DigestFunction::Sha256 => Some(self.sha256.hexadecimal()),
            DigestFunction::Sha512 => self.sha512.clone(),
            DigestFunction::Sha1 => self.sha1.clone(),
            DigestFunction::Md5 => self.md5.clone(),
        }
    }

    /// All digests that were made, each in small hexadecimal digits.
    pub fn all(&self) -> impl Iterator<Item = (DigestFunction, String)> {
        DigestFunction::ALL
            .into_iter()
            .filter_map(|function| Some((function, self.of(function)?)))
    }
}

/// A SHA-256 sum (FIPS 180-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Sum([u8; 32]);

impl Digester {
    /// An empty digester; `with_md5` adds the MD5 to the SHA-256.
    pub fn new(with_md5: bool) -> Self {
        Digester::making(if with_md5 {
            &[DigestFunction::Md5]
        } else {
            &[]
        })
    }

    /// An empty digester of the SHA-256 and of these functions.
    pub fn making(functions: &[DigestFunction]) -> Self {
        let has = |function| functions.contains(&function);
        Digester {
            bytes: 0,
            sha256: Sha256::new(),
            md5: has(DigestFunction::Md5).then(Md5::new),
            sha1: has(DigestFunction::Sha1).then(Box::default),
            sha512: has(DigestFunction::Sha512).then(Box::default),
        }
    }

    /// These bytes pass.
    pub fn update(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.sha256.update(bytes);
        if let Some(md5) = &mut self.md5 {
            md5.update(bytes);
        }
        if let Some(sha1) = &mut self.sha1 {
            sha1.update(bytes);
        }
        if let Some(sha512) = &mut self.sha512 {
            sha512.update(bytes);
        }
    }

    /// The number of bytes so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The digests of all bytes.
    pub fn finish(self) -> Digests {
        Digests {
            bytes: self.bytes,
            sha256: Sha256Sum(self.sha256.finalize().into()),
            md5: self.md5.map(|md5| hexadecimal(&md5.finalize())),
            sha1: self.sha1.map(|sha1| hexadecimal(&sha1.finalize())),
            sha512: self.sha512.map(|sha512| hexadecimal(&sha512.finalize())),
        }
    }
}

/// Writing cannot fail.
impl io::Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
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
        let mut digester = Digester::making(&DigestFunction::ALL);
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
            digests.sha1.as_deref(),
            Some("a9993e364706816aba3e25717850c26c9cd0d89d")
        );
        assert_eq!(
            digests.sha512.as_deref(),
            Some(
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
                 2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            )
        );
        assert_eq!(digests.all().count(), 4);
        assert_eq!(
            Sha256Sum::parse(&sha256.to_uppercase()),
            Some(digests.sha256)
        );
        assert_eq!(Sha256Sum::of(b"abc"), digests.sha256);
    }

    #[test]
    fn functions_are_known_in_every_spelling() {
        for (text, function) in [
            ("MD5", DigestFunction::Md5),
            ("md-5", DigestFunction::Md5),
            ("sha1", DigestFunction::Sha1),
            ("SHA-1", DigestFunction::Sha1),
            ("SHA_256", DigestFunction::Sha256),
            (
                "https://w3id.org/ro/terms/workflow-run#sha512",
                DigestFunction::Sha512,
            ),
        ] {
            assert_eq!(DigestFunction::named(text), Some(function), "{text}");
        }
        for text in ["", "sha", "CRC-32", "sha3-256", "name"] {
            assert_eq!(DigestFunction::named(text), None, "{text}");
        }
    }

    #[test]
    fn a_digest_may_follow_the_name_of_its_function() {
        let digits = "900150983CD24FB0D6963F7D28E17F72";
        let small = Some(digits.to_lowercase());
        for text in [
            digits.to_owned(),
            format!(" {digits}\n"),
            format!("md5:{digits}"),
            format!("MD5: {digits}"),
        ] {
            assert_eq!(DigestFunction::Md5.parse(&text), small, "{text}");
        }
        for text in [
            "",
            "900150983cd24fb0",
            &format!("sha1:{digits}"),
            &"g".repeat(32),
        ] {
            assert_eq!(DigestFunction::Md5.parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_sum_is_not_read_as_one() {
        for text in ["", "ab", &"g".repeat(64), &"+1".repeat(32), &"é".repeat(32)] {
            assert_eq!(Sha256Sum::parse(text), None, "{text}");
        }
    }
}
