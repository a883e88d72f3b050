//! Writes zip archives that every reader of crates opens: the metadata first, classic zip, stored or deflated, and from the same
//! files the same bytes.
//!
//! Archives are reproducible: all times are 1980-01-01, all modes 0644, and folders have no entries.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipWriter};

use super::entry_options::{DEFLATE_LEVEL, entry_options};
use super::error::PackError;
use super::hash_thread::HashThread;
use super::parallel_deflate::DeflatedEntries;
use super::{LARGEST_METADATA, MOST_ENTRIES};
use crate::archive::digest::{Digester, Digests};
use crate::archive::paths::{self, METADATA_FILE};

/// The smallest size of an entry with zip64 fields, which some old readers do not support. It leaves room for the overhead
/// of deflate on incompressible data.
const LARGE: u64 = 0xFF00_0000;

/// The compression of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// As it is: for what is packed already.
    Store,
    /// Deflated: for text.
    Deflate,
}

/// An archive that is being written.
/// If it is dropped before [`Packer::finish`] or after an error, no reader accepts the bytes as an archive.
pub struct Packer<W: Write + Seek> {
    // Dropped before the zip writer, which would otherwise finish an incomplete archive.
    switch: AbortFlag,
    zip: ZipWriter<AbortableWriter<W>>,
    /// The names so far, by what they fold to.
    names: BTreeMap<String, String>,
}

impl<W: Write + Seek> Packer<W> {
    /// Begins an archive with the metadata file of the crate. The writer is empty and at its start.
    pub fn new(writer: W, metadata: &[u8]) -> Result<Self, PackError> {
        let bytes = metadata.len() as u64;
        if bytes > LARGEST_METADATA {
            return Err(PackError::MetadataTooLarge { bytes });
        }
        let mut packer = Packer::empty(writer);
        packer.add(METADATA_FILE, metadata, Compression::Deflate)?;
        Ok(packer)
    }

    /// Begins an archive that is not a crate. The writer is empty and at its start.
    pub fn empty(writer: W) -> Self {
        let switch = AbortFlag(Arc::new(AtomicBool::new(true)));
        let (position, on) = (0, Arc::clone(&switch.0));
        Packer {
            zip: ZipWriter::new(AbortableWriter {
                writer,
                position,
                on,
            }),
            switch,
            names: BTreeMap::new(),
        }
    }

    /// Packs bytes at hand as a file.
    pub fn add(
        &mut self,
        name: &str,
        bytes: &[u8],
        compression: Compression,
    ) -> Result<Digests, PackError> {
        self.switch.check()?;
        let key = self.free(name)?;
        let written = self
            .start(name, bytes.len() as u64, compression)
            .and_then(|()| self.zip.write_all(bytes).map_err(PackError::Writing));
        if let Err(error) = written {
            self.switch.off();
            return Err(error);
        }
        self.names.insert(key, name.to_owned());
        let mut digester = Digester::new(false);
        digester.update(bytes);
        Ok(digester.finish())
    }

    /// Takes over files and folders that were packed apart.
    pub fn add_apart(&mut self, entries: DeflatedEntries) -> Result<(), PackError> {
        self.switch.check()?;
        for (name, is_file) in entries.names {
            let key = self.free(&name)?;
            if is_file {
                self.names.insert(key, name);
            }
        }
        for archive in entries.archives {
            if let Err(error) = self.zip.merge_archive(archive) {
                self.switch.off();
                return Err(unwritten(error));
            }
        }
        Ok(())
    }

    /// Packs a file of at most `most` bytes in one pass and constant memory and returns its digests; `with_md5` adds the MD5.
    ///
    /// After an error the archive is given up, except when it was the name that is refused.
    pub fn add_from(
        &mut self,
        name: &str,
        reader: &mut impl Read,
        most: u64,
        compression: Compression,
        with_md5: bool,
    ) -> Result<Digests, PackError> {
        self.switch.check()?;
        let key = self.free(name)?;
        let packed = self.pack(name, reader, most, compression, with_md5);
        match packed {
            Ok(_) => drop(self.names.insert(key, name.to_owned())),
            Err(_) => self.switch.off(),
        }
        packed
    }

    /// Adds an entry for a folder, before its files: some readers find described folders only by such an entry.
    pub fn add_folder(&mut self, name: &str) -> Result<(), PackError> {
        self.switch.check()?;
        self.free(name)?;
        let options = entry_options(CompressionMethod::Stored, None).unix_permissions(0o755);
        let added = self.zip.add_directory(name, options).map_err(unwritten);
        if added.is_err() {
            self.switch.off();
        }
        added
    }

    /// Ends the archive with its list of entries, and gives the writer back.
    pub fn finish(self) -> Result<W, PackError> {
        let Packer { switch, zip, .. } = self;
        switch.check()?;
        let mut writer = zip.finish().map_err(unwritten)?.writer;
        writer.flush().map_err(PackError::Writing)?;
        Ok(writer)
    }

    /// The folded name, if no other name could be confused with it.
    fn free(&self, name: &str) -> Result<String, PackError> {
        let owned = name.to_owned();
        if let Err(fault) = paths::check(name) {
            return Err(PackError::Name { name: owned, fault });
        }
        if self.names.len() >= MOST_ENTRIES {
            return Err(PackError::TooMany { name: owned });
        }
        let key = paths::folded(name);
        let folders = key.match_indices('\0').map(|(end, _)| &key[..end]);
        let above = folders
            .chain([key.as_str()])
            .find_map(|path| self.names.get(path));
        let folder = format!("{key}\0");
        let below = self.names.range(folder.clone()..).next();
        let below = below.filter(|(other, _)| other.starts_with(&folder));
        match above.or(below.map(|(_, other)| other)) {
            Some(other) => Err(PackError::Taken {
                name: owned,
                other: other.clone(),
            }),
            None => Ok(key),
        }
    }

    /// Begins a file of at most `most` bytes.
    fn start(&mut self, name: &str, most: u64, compression: Compression) -> Result<(), PackError> {
        let (method, level) = match compression {
            Compression::Store => (CompressionMethod::Stored, None),
            Compression::Deflate => (CompressionMethod::Deflated, Some(DEFLATE_LEVEL)),
        };
        let options = entry_options(method, level).large_file(most >= LARGE);
        self.zip.start_file(name, options).map_err(unwritten)
    }

    fn pack(
        &mut self,
        name: &str,
        reader: &mut impl Read,
        most: u64,
        compression: Compression,
        with_md5: bool,
    ) -> Result<Digests, PackError> {
        self.start(name, most, compression)?;
        let mut hashing = HashThread::new(with_md5);
        let mut bytes = 0;
        loop {
            let mut piece = hashing.piece();
            let read = match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {
                    hashing.update(piece, 0);
                    continue;
                }
                Err(error) => {
                    let name = name.to_owned();
                    return Err(PackError::Reading { name, error });
                }
            };
            bytes += read as u64;
            if bytes > most {
                let (name, expected) = (name.to_owned(), most);
                return Err(PackError::Longer { name, expected });
            }
            let written = self.zip.write_all(&piece[..read]);
            written.map_err(PackError::Writing)?;
            hashing.update(piece, read);
        }
        Ok(hashing.finish())
    }
}

fn unwritten(error: ZipError) -> PackError {
    PackError::Writing(error.into())
}

/// Whether bytes still go to the writer; turned off for good when the archive is given up.
struct AbortFlag(Arc<AtomicBool>);

impl AbortFlag {
    /// Refuses to go on after an error.
    fn check(&self) -> Result<(), PackError> {
        match self.0.load(Ordering::Relaxed) {
            true => Ok(()),
            false => Err(PackError::GivenUp),
        }
    }

    fn off(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Drop for AbortFlag {
    fn drop(&mut self) {
        self.off();
    }
}

/// A writer that can be aborted: after that, or after an error, it discards bytes.
///
/// The zip writer ends its archive whenever it is dropped, and writes to standard error when it cannot.
struct AbortableWriter<W> {
    writer: W,
    position: u64,
    on: Arc<AtomicBool>,
}

impl<W> AbortableWriter<W> {
    fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    /// An error turns it off.
    fn watched<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if result
            .as_ref()
            .is_err_and(|error| error.kind() != ErrorKind::Interrupted)
        {
            self.on.store(false, Ordering::Relaxed);
        }
        result
    }
}

impl<W: Write> Write for AbortableWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match self.is_on() {
            true => {
                let written = self.writer.write(bytes);
                self.watched(written)?
            }
            false => bytes.len(),
        };
        self.position += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.is_on() {
            true => {
                let flushed = self.writer.flush();
                self.watched(flushed)
            }
            false => Ok(()),
        }
    }
}

impl<W: Seek> Seek for AbortableWriter<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = match (self.is_on(), to) {
            (true, _) => {
                let position = self.writer.seek(to);
                self.watched(position)?
            }
            (false, SeekFrom::Start(position)) => position,
            (false, SeekFrom::Current(offset)) => self.position.saturating_add_signed(offset),
            (false, SeekFrom::End(_)) => self.position,
        };
        Ok(self.position)
    }
}
