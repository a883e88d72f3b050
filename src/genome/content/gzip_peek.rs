//! The content of gzip and zlib, by the first bytes of a file.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::{ContentFault, FileContent, Format, HEAD, of_start};

/// A gzip file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gzip {
    /// Whether it is BGZF, the gzip of blocks that genome indices need (SAM specification, section 4.1).
    pub is_blocked: bool,
    /// The content, by its first bytes.
    pub inside: Box<FileContent>,
    /// The fault.
    pub fault: Option<ContentFault>,
}

/// The most nested layers of gzip.
const MOST_LAYERS: usize = 4;

/// A gzip file with these first bytes; formats that are gzip by themselves are answered as what they are.
pub(super) fn look(head: &[u8], is_whole: bool) -> Option<FileContent> {
    look_inside(head, is_whole, MOST_LAYERS)
}

fn look_inside(head: &[u8], is_whole: bool, layers: usize) -> Option<FileContent> {
    if !head.starts_with(b"\x1f\x8b") {
        return None;
    }
    let is_blocked =
        head.get(3).is_some_and(|flags| flags & 4 != 0) && head.get(12..16) == Some(b"BC\x02\x00");
    let gzip = |inside, fault| {
        FileContent::Gzip(Gzip {
            is_blocked,
            inside: Box::new(inside),
            fault,
        })
    };
    if let Some(fault) = header_fault(head) {
        return Some(gzip(FileContent::Unknown, Some(fault)));
    }
    let (inner, ended) = decoded(MultiGzDecoder::new(head));
    let is_whole = is_whole && ended;
    let inside = match inner.as_slice() {
        [] if is_whole => FileContent::Empty,
        [] => FileContent::Unknown,
        inner if inner.starts_with(b"\x1f\x8b") && layers == 0 => FileContent::Unknown,
        inner => look_inside(inner, is_whole, layers.saturating_sub(1))
            .unwrap_or_else(|| of_start(inner, is_whole)),
    };
    let is_gzip_again = inner.starts_with(b"\x1f\x8b");
    let own = match &inside {
        _ if is_gzip_again => None,
        FileContent::Binary(Format::Tar, _) => Some(Format::TarGzip),
        FileContent::Binary(format @ (Format::Bam | Format::RData), _) => Some(*format),
        FileContent::Binary(Format::BcfUncompressed, _) if is_blocked => Some(Format::Bcf),
        FileContent::Binary(format @ (Format::Tabix | Format::Csi), _) if is_blocked => {
            Some(*format)
        }
        FileContent::Text(text) if is_blocked && super::track_lines::is_vcf(text) => {
            Some(Format::VcfBgzip)
        }
        _ => None,
    };
    Some(match own {
        Some(format) => FileContent::Binary(format, None),
        None => gzip(inside, None),
    })
}

/// The fault of the first member's header (RFC 1952, section 2.3).
fn header_fault(head: &[u8]) -> Option<ContentFault> {
    match (head.get(2), head.get(3)) {
        (Some(method), _) if *method != 8 => Some(ContentFault::Damaged(format!(
            "its gzip header has the compression method {method}, expected 8 (deflate)"
        ))),
        (_, Some(flags)) if flags & 0b1110_0000 != 0 => Some(ContentFault::Damaged(format!(
            "its gzip header has reserved flags set (found {flags:#04x})"
        ))),
        _ if head.len() < 18 => Some(ContentFault::CutOff(
            "it ends within its gzip header".to_owned(),
        )),
        _ => None,
    }
}

/// Whether a file begins as a zlib stream does, and its first bytes can be unpacked.
pub(super) fn is_zlib(head: &[u8]) -> bool {
    let is_header = match head {
        [first, second, ..] => {
            first & 0x0f == 8
                && first >> 4 <= 7
                && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0
        }
        _ => false,
    };
    is_header && !decoded(ZlibDecoder::new(head)).0.is_empty()
}

/// The first decompressed bytes, at most [`HEAD`], and whether these are all.
fn decoded(mut decoder: impl Read) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let mut piece = [0; 4 << 10];
    while bytes.len() < HEAD {
        match decoder.read(&mut piece) {
            Ok(0) => return (bytes, true),
            Ok(length) => bytes.extend_from_slice(&piece[..length]),
            Err(_) => return (bytes, false),
        }
    }
    bytes.truncate(HEAD);
    (bytes, false)
}
