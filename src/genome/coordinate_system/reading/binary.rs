//! The headers of BAM (SAM specification, section 4.2) and BCF (VCF specification, section 6.2), decompressed.

use std::collections::HashMap;

use super::bbi::number;
use super::{EvidenceError, Parsed, Progress, count_of, sam, stated, vcf};

/// The references of BAM by its binary list, with the MD5s of its text.
pub(super) fn bam(bytes: &[u8]) -> Parsed {
    const PART: &str = "header of the BAM file";
    let Some(length) = number(bytes, 4, 4, true) else {
        return Ok(Progress::More(PART));
    };
    let length = header_length(length)?;
    let Some(text) = bytes.get(8..8 + length) else {
        return Ok(Progress::More(PART));
    };
    let mut at = 8 + length;
    let Some(count) = number(bytes, at, 4, true) else {
        return Ok(Progress::More(PART));
    };
    let count = count_of(count)?;
    at += 4;
    let md5s: HashMap<String, String> = sam::sequences(text)?
        .into_iter()
        .filter_map(|one| Some((one.name, one.md5?)))
        .collect();
    let mut found = Vec::new();
    for _ in 0..count {
        let Some(width) = number(bytes, at, 4, true) else {
            return Ok(Progress::More(PART));
        };
        let width = usize::try_from(width).unwrap_or(usize::MAX);
        if width == 0 || width > super::LONGEST_NAME {
            return Err(EvidenceError::Damaged {
                found: format!("a reference name of {width} bytes"),
                expected: "1 to 1024",
            });
        }
        let name = bytes.get(at + 4..at + 4 + width);
        let length = number(bytes, at + 4 + width, 4, true);
        let (Some(name), Some(length)) = (name, length) else {
            return Ok(Progress::More(PART));
        };
        // The name ends with a NUL byte.
        let name = name.strip_suffix(b"\0").unwrap_or(name);
        let mut one = stated(name, length, None)?;
        one.md5 = md5s.get(&one.name).cloned();
        found.push(one);
        at += 8 + width;
    }
    Ok(Progress::Found(found))
}

/// The contigs of BCF, whose header is that of VCF.
pub(super) fn bcf(bytes: &[u8]) -> Parsed {
    const PART: &str = "header of the BCF file";
    let Some(length) = number(bytes, 5, 4, true) else {
        return Ok(Progress::More(PART));
    };
    let length = header_length(length)?;
    let Some(text) = bytes.get(9..9 + length) else {
        return Ok(Progress::More(PART));
    };
    let lines = text.split(|byte| *byte == b'\n');
    let contigs = lines.filter_map(|line| vcf::contig(line).transpose());
    Ok(Progress::Found(contigs.collect::<Result<_, _>>()?))
}

/// The length of a header within the limit.
pub(super) fn header_length(length: u64) -> Result<usize, EvidenceError> {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > super::MOST_HEADER {
        return Err(EvidenceError::TooLarge {
            found: format!("a header of {length} bytes"),
            limit: super::MOST_HEADER,
        });
    }
    Ok(length)
}
