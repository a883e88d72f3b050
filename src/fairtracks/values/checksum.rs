//! Checksums of track files.

use super::text;
use crate::fairtracks::fields::{Fields, Presence};
use crate::fairtracks::finding::{Strength, ValueIssue};

/// A checksum and how it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedChecksum {
    /// How it was made.
    pub cs_method: Option<ChecksumMethod>,
    /// The sum in small hexadecimal digits.
    pub cs_hash: Option<String>,
}

/// A way to make checksums.
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

    /// How many hexadecimal digits it makes.
    pub fn digits(self) -> usize {
        match self {
            ChecksumMethod::Md5 => 32,
            ChecksumMethod::Sha256 => 64,
        }
    }
}

impl CheckedChecksum {
    /// Reads `checksum`. The standard takes any text as the sum; one that cannot be a sum helps nobody.
    pub fn read(fields: &mut Fields<'_, '_>) -> Self {
        let word = fields.text(
            Presence::Required,
            "cs_method",
            text::one_of(&["MD5", "SHA-256"]),
        );
        let cs_method = word.map(|word| match word {
            "MD5" => ChecksumMethod::Md5,
            _ => ChecksumMethod::Sha256,
        });
        let digits = cs_method.map(ChecksumMethod::digits);
        let cs_hash = fields.text(Presence::Required, "cs_hash", |written| {
            let mut reading = text::plain(written);
            let is_sum = reading.value.is_some_and(|sum| {
                digits.is_none_or(|digits| sum.len() == digits)
                    && sum.bytes().all(|byte| byte.is_ascii_hexdigit())
            });
            if !is_sum {
                let count = digits.map_or("32 or 64".to_owned(), |digits| digits.to_string());
                let remark = ValueIssue::new(
                    Strength::Should,
                    format!("{count} hexadecimal digits"),
                    "make the checksum again: the file cannot be verified by this",
                );
                reading.remarks = vec![remark];
                reading.value = None;
            }
            reading.map(str::to_lowercase)
        });
        CheckedChecksum { cs_method, cs_hash }
    }
}
