//! Writes a download to a temporary file, counted and hashed.

use std::fs::{self, File};
use std::io::{self, Read, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::fault::Fault;
use crate::archive::digest::Digests;
use crate::archive::hash_thread::HashThread;

/// The download limits of a job, and its total so far.
#[derive(Debug)]
pub(super) struct Budget {
    bytes_per_file: u64,
    bytes_per_job: u64,
    files_per_job: u64,
    bytes: AtomicU64,
    files: AtomicU64,
}

impl Budget {
    pub fn new(limits: &super::TransferLimits) -> Self {
        Budget {
            bytes_per_file: limits.bytes_per_file,
            bytes_per_job: limits.bytes_per_job,
            files_per_job: limits.files_per_job,
            bytes: AtomicU64::new(0),
            files: AtomicU64::new(0),
        }
    }

    /// One more file.
    pub fn count_file(&self) -> Result<(), Fault> {
        if self.files.fetch_add(1, Ordering::Relaxed) < self.files_per_job {
            return Ok(());
        }
        Err(Fault::TooManyFiles {
            limit: self.files_per_job,
        })
    }

    /// A file that was counted is none.
    pub fn forget_file(&self) {
        self.files.fetch_sub(1, Ordering::Relaxed);
    }

    /// Whether a file that has `written` bytes may become `size` bytes.
    fn check(&self, written: u64, size: u64) -> Result<(), Fault> {
        if size > self.bytes_per_file {
            return Err(Fault::FileTooLarge {
                limit: self.bytes_per_file,
            });
        }
        let more = size.saturating_sub(written);
        if self.bytes.load(Ordering::Relaxed).saturating_add(more) > self.bytes_per_job {
            return Err(Fault::JobTooLarge {
                limit: self.bytes_per_job,
            });
        }
        Ok(())
    }
}

/// A file during download. It gets its name when it is complete; otherwise it is removed.
#[derive(Debug)]
pub(super) struct PartFile<'b> {
    /// `None` where only the digests are wanted.
    stored: Option<StoredPart>,
    hashing: HashThread,
    with_md5: bool,
    written: u64,
    thrown_away: u64,
    budget: &'b Budget,
    is_kept: bool,
}

#[derive(Debug)]
struct StoredPart {
    place: PathBuf,
    part: PathBuf,
    file: File,
}

/// Why a body ended early.
#[derive(Debug)]
pub(super) enum TransferError {
    Source(io::Error),
    /// The disk or a limit.
    Local(Fault),
}

impl<'b> PartFile<'b> {
    /// Opens a temporary file in the folder of `place`.
    pub fn create(place: &Path, with_md5: bool, budget: &'b Budget) -> Result<Self, Fault> {
        let mut part = place.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|error| Fault::disk(&error))?;
        let mut stored = PartFile::unstored(with_md5, budget);
        stored.stored = Some(StoredPart {
            place: place.to_owned(),
            part,
            file,
        });
        Ok(stored)
    }

    /// A file whose bytes are counted and hashed, and not stored.
    pub fn unstored(with_md5: bool, budget: &'b Budget) -> Self {
        PartFile {
            stored: None,
            hashing: HashThread::new(with_md5),
            with_md5,
            written: 0,
            thrown_away: 0,
            budget,
            is_kept: false,
        }
    }

    pub fn written(&self) -> u64 {
        self.written
    }

    /// The number of bytes received and discarded.
    pub fn thrown_away(&self) -> u64 {
        self.thrown_away
    }

    /// Whether the whole file may be `size` bytes large.
    pub fn expect(&self, size: u64) -> Result<(), Fault> {
        self.budget.check(self.written, size)
    }

    /// Takes all that a source gives, until its end.
    ///
    /// The bytes received before a connection failed are kept.
    pub fn take_all(&mut self, source: &mut dyn Read) -> Result<(), TransferError> {
        loop {
            let mut buffer = self.hashing.piece();
            let (length, outcome) = fill(source, &mut buffer);
            if length > 0 {
                let size = self.written + length as u64;
                self.expect(size).map_err(TransferError::Local)?;
                if let Some(stored) = &mut self.stored {
                    let written = stored.file.write_all(&buffer[..length]);
                    written.map_err(|error| TransferError::Local(Fault::disk(&error)))?;
                }
                self.budget
                    .bytes
                    .fetch_add(length as u64, Ordering::Relaxed);
                self.written = size;
            }
            let is_full = length == buffer.len();
            self.hashing.update(buffer, length);
            outcome.map_err(TransferError::Source)?;
            if !is_full {
                return Ok(());
            }
        }
    }

    /// Forgets all bytes.
    pub fn restart(&mut self) -> Result<(), Fault> {
        if self.written == 0 {
            return Ok(());
        }
        self.thrown_away += self.written;
        self.give_back();
        self.hashing = HashThread::new(self.with_md5);
        let Some(stored) = &mut self.stored else {
            return Ok(());
        };
        let emptied = stored.file.set_len(0).and_then(|()| stored.file.rewind());
        emptied.map_err(|error| Fault::disk(&error))
    }

    /// The file is complete: it gets its name, if it is stored.
    pub fn finish(mut self) -> Result<Digests, Fault> {
        let hashing = std::mem::replace(&mut self.hashing, HashThread::new(false));
        let digests = hashing.finish();
        if let Some(stored) = &self.stored {
            let renamed = fs::rename(&stored.part, &stored.place);
            renamed.map_err(|error| Fault::disk(&error))?;
        }
        self.is_kept = true;
        Ok(digests)
    }

    fn give_back(&mut self) {
        self.budget.bytes.fetch_sub(self.written, Ordering::Relaxed);
        self.written = 0;
    }
}

impl Drop for PartFile<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            self.give_back();
            if let Some(stored) = &self.stored {
                // A file that cannot be removed never gets the name of a complete one.
                let _ = fs::remove_file(&stored.part);
            }
        }
    }
}

/// Reads until the buffer is full, the source ends or breaks off: how much came, and how it ended.
fn fill(source: &mut dyn Read, buffer: &mut [u8]) -> (usize, io::Result<()>) {
    let mut length = 0;
    while length < buffer.len() {
        match source.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (length, Err(error)),
        }
    }
    (length, Ok(()))
}
