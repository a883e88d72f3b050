//! The header lines `@SQ` of SAM (SAM specification, section 1.3).

use super::{EvidenceError, count_of, stated};
use crate::genome::coordinate_system::SeenSequence;

/// The sequences of a header; lines of other kinds are passed over.
pub(super) fn sequences(text: &[u8]) -> Result<Vec<SeenSequence>, EvidenceError> {
    let mut found = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        found.extend(sequence(line)?);
        count_of(found.len() as u64)?;
    }
    Ok(found)
}

/// The sequence of a line; none in a line of another kind or without name or length.
pub(super) fn sequence(line: &[u8]) -> Result<Option<SeenSequence>, EvidenceError> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let Some(fields) = line.strip_prefix(b"@SQ\t") else {
        return Ok(None);
    };
    let field = |tag: &[u8]| {
        let mut fields = fields.split(|byte| *byte == b'\t');
        fields.find_map(|field| field.strip_prefix(tag))
    };
    let length = field(b"LN:").and_then(|length| std::str::from_utf8(length).ok());
    let length = length.and_then(|length| length.parse().ok());
    let (Some(name), Some(length)) = (field(b"SN:"), length) else {
        return Ok(None);
    };
    Ok(Some(stated(name, length, field(b"M5:").and_then(md5))?))
}

/// An MD5 in lower case.
pub(super) fn md5(text: &[u8]) -> Option<String> {
    let is_md5 = text.len() == 32 && text.iter().all(u8::is_ascii_hexdigit);
    let text = is_md5.then(|| std::str::from_utf8(text).ok()).flatten();
    text.map(str::to_ascii_lowercase)
}
