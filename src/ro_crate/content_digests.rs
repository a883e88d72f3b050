//! Digests of the files in a crate of which its metadata state no SHA-256.

use std::collections::HashMap;
use std::io::{self, Read, Seek, Write};

use flate2::write::MultiGzDecoder;

use crate::archive::digest::{Digester, Digests};
use crate::archive::error::ArchiveError;
use crate::archive::gate::Archive;
use crate::archive::gzip::is_gzip;
use crate::archive::paths::path_of_id;
use crate::ro_crate::crate_index::DescribedFile;

/// Hashes the files of `subjects` that are in the archive and have no stated SHA-256, and their content if they are gzipped; each
/// file once, whatever ids it has. Returns a finding for each damaged file.
pub(super) fn add<R: Read + Seek>(
    archive: &mut Archive<R>,
    described_files: &mut [DescribedFile],
) -> Vec<String> {
    let mut findings = Vec::new();
    let mut known: HashMap<String, Option<Content>> = HashMap::new();
    for described_file in described_files
        .iter_mut()
        .filter(|described_file| described_file.content.is_none())
    {
        let path = path_of_id(&described_file.own_id).ok();
        let Some(path) = path.filter(|path| archive.contains(path)) else {
            continue;
        };
        let content = known.entry(path).or_insert_with_key(|path| {
            let read = content(archive, path);
            read.map_err(|refusal| findings.push(format!("{path}: {refusal}")))
                .ok()
        });
        if let Some((content, unpacked)) = content {
            described_file.add_content(content, unpacked.as_ref());
        }
    }
    findings
}

/// The digests of a file, and of what gzip packs in it.
type Content = (Digests, Option<Digests>);

fn content<R: Read + Seek>(archive: &mut Archive<R>, path: &str) -> Result<Content, ArchiveError> {
    let mut unpacked = Unpacked::Start(Vec::new());
    let content = archive.copy(path, &mut unpacked, u64::MAX, false)?;
    Ok((content, unpacked.finish().map(Digester::finish)))
}

/// Hashes what gzip packs in the bytes that are written, where they are gzip.
enum Unpacked {
    /// Too few bytes to tell.
    Start(Vec<u8>),
    Gzip(Box<MultiGzDecoder<Digester>>),
    /// No gzip, or damaged.
    Other,
}

/// How many bytes are unpacked of a file to know what is in it: 1 TiB.
const MOST_UNPACKED: u64 = 1 << 40;
/// How many bytes tell whether a file is gzip.
const ENOUGH: usize = 3;

impl Unpacked {
    fn finish(self) -> Option<Digester> {
        match self {
            Unpacked::Gzip(decoder) => decoder.finish().ok(),
            _ => None,
        }
    }

    fn unpack(decoder: &mut MultiGzDecoder<Digester>, bytes: &[u8]) -> bool {
        decoder.write_all(bytes).is_ok() && decoder.get_ref().bytes() <= MOST_UNPACKED
    }
}

impl Write for Unpacked {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Unpacked::Start(first) => {
                first.extend_from_slice(bytes);
                if first.len() >= ENOUGH {
                    let first = std::mem::take(first);
                    let mut decoder = MultiGzDecoder::new(Digester::new(false));
                    *self = match is_gzip(&first) && Self::unpack(&mut decoder, &first) {
                        true => Unpacked::Gzip(Box::new(decoder)),
                        false => Unpacked::Other,
                    };
                }
            }
            Unpacked::Gzip(decoder) => {
                // Only the bytes of the file itself can be known where gzip is damaged.
                if !Self::unpack(decoder, bytes) {
                    *self = Unpacked::Other;
                }
            }
            Unpacked::Other => {}
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
