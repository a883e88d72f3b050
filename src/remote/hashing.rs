//! Hashing during downloads: large files are hashed on a separate thread while the next bytes arrive.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

use crate::archive::digest::{Digester, Digests};

/// Bytes read at a time.
const PIECE: usize = 256 << 10;
/// The first piece: most small files fit into it.
const FIRST_PIECE: usize = 32 << 10;
/// The smallest size for which a separate thread pays off.
const LARGE: u64 = 1 << 20;
/// Pieces under way; with their size, the memory of a download.
const PIECES: usize = 4;

/// Takes the bytes of a file in their order.
#[derive(Debug)]
pub(super) enum Hashing {
    /// On the thread that reads.
    Here(Digester),
    /// On a separate thread, which takes full buffers and returns empty ones.
    Beside {
        /// Full pieces, with their length.
        full: SyncSender<(Vec<u8>, usize)>,
        /// Empty pieces.
        empty: Receiver<Vec<u8>>,
        /// Answers with the digester when no more pieces come.
        thread: JoinHandle<Digester>,
        /// Pieces that are made so far.
        made: usize,
    },
}

impl Default for Hashing {
    fn default() -> Self {
        Hashing::new(false)
    }
}

impl Hashing {
    pub fn new(with_md5: bool) -> Self {
        Hashing::Here(Digester::new(with_md5))
    }

    /// A piece to read into, for a file that has `written` bytes so far.
    pub fn buffer(&mut self, written: u64) -> Vec<u8> {
        if let Hashing::Here(digester) = self
            && written >= LARGE
            && let Some(beside) = beside(digester)
        {
            *self = beside;
        }
        match self {
            Hashing::Here(_) if written == 0 => vec![0; FIRST_PIECE],
            Hashing::Here(_) => vec![0; PIECE],
            Hashing::Beside { empty, made, .. } => {
                if *made < PIECES {
                    *made += 1;
                    return vec![0; PIECE];
                }
                empty.recv().unwrap_or_else(|_| vec![0; PIECE])
            }
        }
    }

    /// The first `length` bytes of a piece pass.
    pub fn update(&mut self, piece: Vec<u8>, length: usize) {
        match self {
            Hashing::Here(digester) => digester.update(&piece[..length]),
            // The thread lives as long as this sender does.
            Hashing::Beside { full, .. } => drop(full.send((piece, length))),
        }
    }

    /// The digests of all bytes.
    pub fn finish(self) -> Digests {
        match self {
            Hashing::Here(digester) => digester.finish(),
            Hashing::Beside { full, thread, .. } => {
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
fn beside(digester: &Digester) -> Option<Hashing> {
    let mut digester = digester.clone();
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
    let thread = thread::Builder::new()
        .name("hashing".to_owned())
        .spawn(work)
        .ok()?;
    Some(Hashing::Beside {
        full,
        empty,
        thread,
        made: 0,
    })
}
