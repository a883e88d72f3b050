//! Hashing beside the reading and writing of the same bytes: a large file on a thread of its own, a small one on the thread that
//! reads it.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

use super::digest::{Digester, Digests};

/// Bytes of a piece.
const PIECE: usize = 256 << 10;
/// Bytes of the first piece: most small files fit into it.
const FIRST_PIECE: usize = 32 << 10;
/// From this many bytes on, a thread of its own is worth its start.
const LARGE: u64 = 1 << 20;
/// Pieces under way; with their size, the memory that hashing takes.
const PIECES: usize = 4;

/// Hashes the bytes of a file, which come in pieces.
#[derive(Debug)]
pub(crate) struct HashThread {
    hashed: u64,
    hasher: Hasher,
}

#[derive(Debug)]
enum Hasher {
    /// On the thread that reads.
    Here(Digester),
    /// On a thread of its own.
    Apart {
        /// Full pieces, with their length.
        full: SyncSender<(Vec<u8>, usize)>,
        /// Empty pieces.
        empty: Receiver<Vec<u8>>,
        /// Gives the digester back when no more pieces come.
        thread: JoinHandle<Digester>,
        /// How many pieces were made.
        made: usize,
    },
}

impl HashThread {
    /// SHA-256, and MD5 as well where it is asked for.
    pub(crate) fn new(with_md5: bool) -> Self {
        HashThread {
            hashed: 0,
            hasher: Hasher::Here(Digester::new(with_md5)),
        }
    }

    /// A piece to read into.
    pub(crate) fn piece(&mut self) -> Vec<u8> {
        if let Hasher::Here(digester) = &self.hasher
            && self.hashed >= LARGE
            && let Some(apart) = apart(digester.clone())
        {
            self.hasher = apart;
        }
        match &mut self.hasher {
            Hasher::Here(_) if self.hashed == 0 => vec![0; FIRST_PIECE],
            Hasher::Apart { empty, made, .. } if *made == PIECES => {
                empty.recv().unwrap_or_else(|_| vec![0; PIECE])
            }
            Hasher::Apart { made, .. } => {
                *made += 1;
                vec![0; PIECE]
            }
            Hasher::Here(_) => vec![0; PIECE],
        }
    }

    /// Hashes the first `length` bytes of a piece, which follow those before.
    pub(crate) fn update(&mut self, piece: Vec<u8>, length: usize) {
        self.hashed += length as u64;
        match &mut self.hasher {
            Hasher::Here(digester) => digester.update(&piece[..length]),
            // The thread lives as long as this sender does.
            Hasher::Apart { full, .. } => drop(full.send((piece, length))),
        }
    }

    /// The digests of all pieces.
    pub(crate) fn finish(self) -> Digests {
        match self.hasher {
            Hasher::Here(digester) => digester.finish(),
            Hasher::Apart { full, thread, .. } => {
                drop(full);
                match thread.join() {
                    Ok(digester) => digester.finish(),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        }
    }
}

/// Starts the thread; `None` if the system refuses it.
fn apart(mut digester: Digester) -> Option<Hasher> {
    let (full, incoming) = sync_channel::<(Vec<u8>, usize)>(PIECES);
    let (outgoing, empty) = channel();
    let work = move || {
        for (piece, length) in incoming {
            digester.update(&piece[..length]);
            // The receiver is gone, so the last buffers are dropped.
            let _ = outgoing.send(piece);
        }
        digester
    };
    let thread = thread::Builder::new().name("hashing".to_owned());
    let thread = thread.spawn(work).ok()?;
    Some(Hasher::Apart {
        full,
        empty,
        thread,
        made: 0,
    })
}
