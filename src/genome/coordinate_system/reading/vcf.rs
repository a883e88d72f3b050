//! The header lines `##contig` of VCF (VCF specification, section 1.4.7).

use super::sam::md5;
use super::{EvidenceError, stated};
use crate::genome::coordinate_system::SeenSequence;

/// The contig of a line; none in a line of another kind or without a length.
pub(in crate::genome) fn contig(line: &[u8]) -> Result<Option<SeenSequence>, EvidenceError> {
    let inside = line.trim_ascii_end().strip_prefix(b"##contig=<");
    let Some(inside) = inside.and_then(|rest| rest.strip_suffix(b">")) else {
        return Ok(None);
    };
    let (mut name, mut length, mut sum) = (None, None, None);
    for field in fields(inside) {
        let Some(at) = field.iter().position(|byte| *byte == b'=') else {
            continue;
        };
        let value = &field[at + 1..];
        match &field[..at] {
            b"ID" => name = Some(value),
            b"length" => {
                let text = std::str::from_utf8(value).ok();
                length = text.and_then(|text| text.parse().ok());
            }
            b"md5" => sum = md5(value.trim_ascii()),
            _ => {}
        }
    }
    let both = name.zip(length);
    both.map(|(name, length)| stated(name, length, sum))
        .transpose()
}

/// The parts between commas outside of quotes.
fn fields(inside: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut is_quoted = false;
    inside.split(move |byte| {
        is_quoted ^= *byte == b'"';
        *byte == b',' && !is_quoted
    })
}
