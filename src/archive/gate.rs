//! Untrusted zip archives are validated before use: every program must find the same files in them, and none may be malicious.
//!
//! Archives of all well-behaved writers are accepted: streamed ones (with data descriptors), zip64, with folder entries, with
//! bytes before or after the archive. Stated sizes are never trusted: bytes are counted during decompression.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};

use flate2::Crc;

use super::error::{ArchiveError, Damage};
use super::inflate::{BUFFER, InflateEnd, filled, inflate};
use super::limits::ArchiveLimits;
use super::validation::{ListedFile, ValidArchive, validate};
use crate::archive::digest::{Digester, Digests};
use crate::archive::paths::METADATA_FILE;

/// An archive that has passed the gate.
#[derive(Debug)]
pub struct Archive<R> {
    reader: R,
    limits: ArchiveLimits,
    files: Vec<ListedFile>,
    folders: Vec<String>,
    places: HashMap<String, usize>,
    /// The number of decompressed bytes, each file counted once.
    unpacked: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Validates an archive.
    pub fn open(reader: R, limits: &ArchiveLimits) -> Result<Self, ArchiveError> {
        let ValidArchive {
            reader,
            files,
            folders,
        } = validate(reader, limits)?;
        let names = files.iter().map(|file| file.name.clone());
        Ok(Archive {
            places: names.zip(0..).collect(),
            reader,
            limits: limits.clone(),
            files,
            folders,
            unpacked: 0,
        })
    }

    /// The names of the files, in the order of the archive's list. Folders are not among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// The paths of the folders that are entries of their own, without `/` at the end.
    pub fn folders(&self) -> &[String] {
        &self.folders
    }

    /// Whether there is a file of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// The stated size of the file.
    pub fn size(&self, name: &str) -> Option<u64> {
        Some(self.files[*self.places.get(name)?].bytes)
    }

    /// The name of the crate's metadata file: at the root of the archive and nowhere else.
    pub fn metadata_entry(&self) -> Result<&'static str, ArchiveError> {
        if self.contains(METADATA_FILE) {
            return Ok(METADATA_FILE);
        }
        let elsewhere = self
            .names()
            .filter(|name| name.rsplit('/').next() == Some(METADATA_FILE))
            .min_by_key(|name| name.matches('/').count());
        Err(match elsewhere {
            Some(entry) => ArchiveError::MetadataInFolder {
                entry: entry.to_owned(),
            },
            None => ArchiveError::NoMetadata,
        })
    }

    /// The bytes of the crate's metadata file, within the limit for them.
    pub fn read_metadata(&mut self) -> Result<Vec<u8>, ArchiveError> {
        let name = self.metadata_entry()?;
        self.read(name, self.limits.metadata_bytes)
    }

    /// The bytes of a file, at most `cap`.
    pub fn read(&mut self, name: &str, cap: u64) -> Result<Vec<u8>, ArchiveError> {
        // Whether the size is true or not, the file cannot be read.
        if self.size(name).is_some_and(|stated| stated > cap) {
            return Err(ArchiveError::TooLarge {
                entry: name.to_owned(),
                limit: cap,
            });
        }
        let mut bytes = Vec::new();
        self.unpack(name, cap, |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(bytes)
    }

    /// Copies a file of at most `cap` bytes in constant memory and returns its digests; `with_md5` adds the MD5.
    ///
    /// After an error the writer has got a part of the file, and not what was packed.
    pub fn copy(
        &mut self,
        name: &str,
        writer: &mut impl Write,
        cap: u64,
        with_md5: bool,
    ) -> Result<Digests, ArchiveError> {
        let mut digester = Digester::new(with_md5);
        self.unpack(name, cap, |piece| {
            digester.update(piece);
            writer.write_all(piece).map_err(ArchiveError::Writing)
        })?;
        Ok(digester.finish())
    }

    /// Decompresses a file in chunks and verifies its stated size and CRC-32.
    fn unpack(
        &mut self,
        name: &str,
        cap: u64,
        mut take: impl FnMut(&[u8]) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let entry = || name.to_owned();
        let damaged = |damage| ArchiveError::Damaged {
            entry: entry(),
            damage,
        };
        let Some(place) = self.places.get(name) else {
            return Err(ArchiveError::NoSuchFile { entry: entry() });
        };
        let file = &mut self.files[*place];
        let total = &mut self.unpacked;
        let limit = self.limits.total_bytes;
        let mut found = 0;
        let mut crc = Crc::new();
        let mut counted = |piece: &[u8]| {
            found += piece.len() as u64;
            if found > file.bytes {
                return Err(damaged(Damage::Longer(file.bytes)));
            }
            if found > cap {
                return Err(ArchiveError::TooLarge {
                    entry: entry(),
                    limit: cap,
                });
            }
            *total += found.saturating_sub(file.unpacked);
            file.unpacked = file.unpacked.max(found);
            if *total > limit {
                return Err(ArchiveError::TotalTooLarge {
                    entry: entry(),
                    limit,
                });
            }
            crc.update(piece);
            take(piece)
        };
        self.reader
            .seek(SeekFrom::Start(file.begin))
            .map_err(ArchiveError::Reading)?;
        let packed = (&mut self.reader).take(file.packed_bytes);
        let few = usize::try_from(file.packed_bytes).unwrap_or(BUFFER);
        let mut packed = BufReader::with_capacity(few.clamp(1, BUFFER), packed);
        let end = match file.deflated {
            true => inflate(&mut packed, file.bytes, ArchiveError::Reading, &mut counted)?,
            false => stored(&mut packed, &mut counted)?,
        };
        let behind = packed.buffer().len() as u64 + packed.get_ref().limit();
        match end {
            InflateEnd::Damaged => return Err(damaged(Damage::NotDeflated)),
            InflateEnd::CutOff => return Err(damaged(Damage::CutOff)),
            InflateEnd::Complete if behind > 0 && !file.deflated => {
                return Err(damaged(Damage::CutOff));
            }
            InflateEnd::Complete if behind > 0 => return Err(damaged(Damage::Behind(behind))),
            InflateEnd::Complete => {}
        }
        if found < file.bytes {
            return Err(damaged(Damage::Shorter {
                found,
                expected: file.bytes,
            }));
        }
        if crc.sum() != file.crc {
            return Err(damaged(Damage::Checksum {
                found: crc.sum(),
                expected: file.crc,
            }));
        }
        Ok(())
    }
}

/// Passes on stored bytes.
fn stored(
    input: &mut impl BufRead,
    mut take: impl FnMut(&[u8]) -> Result<(), ArchiveError>,
) -> Result<InflateEnd, ArchiveError> {
    loop {
        let piece = filled(input).map_err(ArchiveError::Reading)?;
        if piece.is_empty() {
            return Ok(InflateEnd::Complete);
        }
        take(piece)?;
        let bytes = piece.len();
        input.consume(bytes);
    }
}
