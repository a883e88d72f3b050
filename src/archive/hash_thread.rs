//! Hashing beside the reading and writing of the same bytes, on a thread of its own.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use crate::archive::digest::{Digester, Digests};

/// How many bytes are handed over at a time.
const PIECE: usize = 1 << 20;
/// How many pieces there are: one is read and written, one is hashed, and the others wait.
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
    /// Starts the thread for a file of at most `most` bytes; `with_md5` asks for the MD5 besides the SHA-256.
    pub fn new(most: u64, with_md5: bool) -> Self {
        let (pieces, coming) = sync_channel::<(Vec<u8>, usize)>(PIECES);
        let (back, free) = sync_channel(PIECES);
        let hashing = thread::spawn(move || {
            let mut digester = Digester::new(with_md5);
            for (piece, length) in coming {
                digester.update(&piece[..length]);
                // Nobody waits for it any more where the file has ended.
                let _ = back.send(piece);
            }
            digester.finish()
        });
        Beside {
            pieces,
            free,
            hashing,
            made: 0,
            // One byte more than there may be tells that there are too many.
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
        // The thread takes pieces until there are no more.
        let _ = self.pieces.send((piece, length));
    }

    /// The digests of all pieces; none if the thread broke off, which it does not.
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
