//! Hashing on a separate thread, in parallel with reading and writing the same bytes.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use crate::archive::digest::{Digester, Digests};

/// The size of a chunk.
const PIECE: usize = 1 << 20;
/// The number of chunks: one is read and written, one is hashed, the others wait.
const PIECES: usize = 4;

/// Hashes pieces in the order in which they come.
pub(super) struct Beside {
    pieces: SyncSender<(Vec<u8>, usize)>,
    free: Receiver<Vec<u8>>,
    hashing: JoinHandle<Digests>,
    made: usize,
    piece: usize,
}

impl Beside {
    /// Starts the thread for a file of at most `most` bytes; `with_md5` adds the MD5 to the SHA-256.
    pub fn new(most: u64, with_md5: bool) -> Self {
        let (pieces, coming) = sync_channel::<(Vec<u8>, usize)>(PIECES);
        let (back, free) = sync_channel(PIECES);
        let hashing = thread::spawn(move || {
            let mut digester = Digester::new(with_md5);
            for (piece, length) in coming {
                digester.update(&piece[..length]);
                // The receiver is gone if the file has ended.
                let _ = back.send(piece);
            }
            digester.finish()
        });
        Beside {
            pieces,
            free,
            hashing,
            made: 0,
            // One byte more than the limit detects an excess.
            piece: usize::try_from(most).map_or(PIECE, |most| most.saturating_add(1).min(PIECE)),
        }
    }

    /// Room for the next piece.
    pub fn room(&mut self) -> Vec<u8> {
        if self.made < PIECES {
            self.made += 1;
            return vec![0; self.piece];
        }
        self.free.recv().unwrap_or_else(|_| vec![0; self.piece])
    }

    /// The first `length` bytes of a piece are the next ones to hash.
    pub fn update(&self, piece: Vec<u8>, length: usize) {
        // The thread takes chunks until the channel closes.
        let _ = self.pieces.send((piece, length));
    }

    /// The digests of all chunks; `None` if the thread ended early, which does not happen.
    pub fn finish(self) -> Option<Digests> {
        let Beside {
            pieces,
            free,
            hashing,
            ..
        } = self;
        drop((pieces, free));
        hashing.join().ok()
    }
}
