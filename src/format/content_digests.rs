//! Digests of the files in a crate of which its metadata state no SHA-256.

use std::io::{self, Read, Seek, Write};

use flate2::write::MultiGzDecoder;

use crate::archive::gate::Archive;
use crate::archive::gzip::is_gzip;
use crate::archive::refusal::Refusal;
use crate::model::digest::Digester;
use crate::model::ro_crate::paths::path_of_id;
use crate::model::ro_crate::shelf::Subject;

/// Hashes the files of `subjects` that lie in the archive and whose SHA-256 nobody states, and what gzip packs in them.
///
/// # Errors
/// A file in the archive is damaged.
pub(super) fn add<R: Read + Seek>(
    archive: &mut Archive<R>,
    subjects: &mut [Subject],
) -> Result<(), Refusal> {
    for subject in subjects {
        let path = path_of_id(&subject.own_id).ok();
        let Some(path) = path.filter(|path| archive.contains(path)) else {
            continue;
        };
        if subject.content.is_none() {
            let mut unpacked = Unpacked::Start(Vec::new());
            let content = archive.copy(&path, &mut unpacked, u64::MAX, false)?;
            let unpacked = unpacked.finish().map(Digester::finish);
            subject.add_content(&content, unpacked.as_ref());
        }
    }
    Ok(())
}

/// Hashes what gzip packs in the bytes that are written, where they are gzip.
enum Unpacked {
    /// Too few bytes to tell.
    Start(Vec<u8>),
    Gzip(Box<MultiGzDecoder<Digester>>),
    /// No gzip, or damaged.
    Other,
}

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
        decoder.write_all(bytes).is_ok()
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
