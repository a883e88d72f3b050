//! bigWig and bigBed: header, zoom levels and indices must lie within the file (Kent et al. 2010, supplement).

use std::io::{self, Read, Seek};

use super::file_bytes::number;
use super::{ContentFault, FileBytes};

/// The header has 64 bytes, and each zoom level 24 more.
const HEADER: usize = 64;
const ZOOM: usize = 24;
/// Writers make about ten zoom levels.
const MOST_LEVELS: usize = 100;
/// The magic numbers of the tree of chromosomes and of an index.
const CHROMOSOMES: u64 = 0x78CA_8C91;
const INDEX: u64 = 0x2468_ACE0;
/// The header of an index has 48 bytes; trees are never this deep.
const INDEX_HEADER: u64 = 48;
const DEEPEST: usize = 32;

/// The fault of a bigWig or bigBed file.
pub(super) fn fault<R: Read + Seek>(file: &mut FileBytes<R>) -> io::Result<Option<ContentFault>> {
    let length = file.length();
    let first = file.head().first().copied().unwrap_or_default();
    let little = matches!(first, 0x26 | 0xeb);
    let field = |at, width| number(file.head(), at, width, little);
    let Some(levels) = field(6, 2).filter(|_| file.head().len() >= HEADER) else {
        return Ok(Some(ContentFault::header_cut_off()));
    };
    let levels = usize::try_from(levels).unwrap_or(usize::MAX);
    if levels > MOST_LEVELS {
        return Ok(Some(ContentFault::Damaged(format!(
            "its header gives {levels} zoom levels, expected at most {MOST_LEVELS}"
        ))));
    }
    let mut places = vec![
        ("its chromosome tree", field(8, 8)),
        ("its data section", field(16, 8)),
        ("its index", field(24, 8)),
        ("its autoSql", field(36, 8)),
        ("its summary", field(44, 8)),
        ("its extension", field(56, 8)),
    ];
    let mut indices: Vec<Option<u64>> = vec![field(24, 8)];
    for level in 0..levels {
        let at = HEADER + level * ZOOM;
        if at + ZOOM > file.head().len() {
            return Ok(Some(ContentFault::header_cut_off()));
        }
        places.push(("a zoom level", field(at + 8, 8)));
        places.push(("the index of a zoom level", field(at + 16, 8)));
        indices.push(field(at + 16, 8));
    }
    for (what, offset) in &places {
        if let Some(offset) = offset
            && *offset >= length
        {
            return Ok(Some(ContentFault::beyond(
                what,
                offset.saturating_add(1),
                length,
            )));
        }
    }
    if let Some(offset) = places[0].1.filter(|offset| *offset > 0) {
        let magic = number(&file.read(offset, 4)?, 0, 4, little);
        if magic != Some(CHROMOSOMES) {
            return Ok(Some(ContentFault::Damaged(format!(
                "its chromosome tree, at byte {offset}, has a wrong magic number"
            ))));
        }
    }
    for offset in indices.into_iter().flatten().filter(|offset| *offset > 0) {
        if let Some(fault) = index(file, offset, little)? {
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

/// Follows the last branch of an index down to the last block of data.
fn index<R: Read + Seek>(
    file: &mut FileBytes<R>,
    offset: u64,
    little: bool,
) -> io::Result<Option<ContentFault>> {
    let length = file.length();
    let header = file.read(offset, 16)?;
    match number(&header, 0, 4, little) {
        Some(INDEX) => {}
        Some(_) => {
            return Ok(Some(ContentFault::Damaged(format!(
                "its index, at byte {offset}, has a wrong magic number"
            ))));
        }
        None => {
            return Ok(Some(ContentFault::beyond(
                "its index",
                offset + INDEX_HEADER,
                length,
            )));
        }
    }
    if number(&header, 8, 8, little) == Some(0) {
        return Ok(None);
    }
    let mut node = offset + INDEX_HEADER;
    for _ in 0..DEEPEST {
        let start = file.read(node, 4)?;
        let (Some(kind), Some(count)) = (start.first(), number(&start, 2, 2, little)) else {
            return Ok(Some(ContentFault::beyond(
                "its index",
                node.saturating_add(4),
                length,
            )));
        };
        let width = if *kind == 1 { 32 } else { 24 };
        let end = node.saturating_add(4 + count * width);
        if end > length {
            return Ok(Some(ContentFault::beyond("its index", end, length)));
        }
        if count == 0 {
            return Ok(None);
        }
        let item = file.read(end - width, 32)?;
        let target = number(&item, 16, 8, little).unwrap_or_default();
        if *kind == 1 {
            let size = number(&item, 24, 8, little).unwrap_or_default();
            let end = target.saturating_add(size);
            return Ok((end > length).then(|| ContentFault::beyond("a data block", end, length)));
        }
        node = target;
    }
    Ok(Some(ContentFault::Damaged(
        "its index has an invalid offset".to_owned(),
    )))
}
