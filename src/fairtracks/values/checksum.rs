//! Checksums of track files.

use super::text;
use crate::archive::digest::DigestFunction;
use crate::fairtracks::fields::Fields;
use crate::fairtracks::finding::{Strength, ValueIssue};

/// A checksum algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChecksumMethod {
    /// 32 hexadecimal digits.
    Md5,
    /// 64 hexadecimal digits.
    Sha256,
}

impl ChecksumMethod {
    /// Its name, as documents and RO-Crates write it.
    pub fn name(self) -> &'static str {
        match self {
            ChecksumMethod::Md5 => "MD5",
            ChecksumMethod::Sha256 => "SHA-256",
        }
    }

    /// The function that makes it.
    pub fn function(self) -> DigestFunction {
        match self {
            ChecksumMethod::Md5 => DigestFunction::Md5,
            ChecksumMethod::Sha256 => DigestFunction::Sha256,
        }
    }

    /// The number of hexadecimal digits.
    pub fn digits(self) -> usize {
        match self {
            ChecksumMethod::Md5 => 32,
            ChecksumMethod::Sha256 => 64,
        }
    }
}

/// Checks `checksum`. The standard allows any text as the sum; one that cannot be a sum verifies nothing.
pub fn check(fields: &mut Fields<'_, '_>) {
    let methods = text::one_of(&["MD5", "SHA-256"]);
    let digits = match fields.required("cs_method", methods) {
        Some("MD5") => Some(ChecksumMethod::Md5.digits()),
        Some(_) => Some(ChecksumMethod::Sha256.digits()),
        None => None,
    };
    fields.required("cs_hash", |written| {
        let mut reading = text::plain(written);
        let is_sum = reading.value.is_some_and(|sum| {
            digits.is_none_or(|digits| sum.len() == digits)
                && sum.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if !is_sum {
            let count = digits.map_or("32 or 64".to_owned(), |digits| digits.to_string());
            reading.remarks = vec![ValueIssue::new(
                Strength::Should,
                format!("{count} hexadecimal digits"),
                "compute the checksum again: this one cannot verify the file",
            )];
        }
        reading
    });
}
