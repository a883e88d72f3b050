//! A part of a file as the body of an answer, read piece by piece.

use std::fs::File;
use std::io::{self, Read as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

/// Bytes of a file that are read at a time.
const PIECE: u64 = 128 << 10;

/// The rest of a file's part that is being sent.
pub struct Pieces {
    reading: Reading,
    left: u64,
}

enum Reading {
    /// The file, positioned at the next bytes.
    Ready(File),
    /// Disks are slow, so that a thread for slow work reads.
    Under(JoinHandle<io::Result<(File, Bytes)>>),
    /// A fault was reported.
    Over,
}

impl Pieces {
    /// The next bytes of a file, from its current position.
    pub fn new(file: File, length: u64) -> Self {
        Pieces {
            reading: Reading::Ready(file),
            left: length,
        }
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match std::mem::replace(&mut self.reading, Reading::Over) {
                Reading::Over => return Poll::Ready(None),
                Reading::Ready(_) if self.left == 0 => return Poll::Ready(None),
                Reading::Ready(file) => {
                    let length = self.left.min(PIECE);
                    self.reading = Reading::Under(spawn_blocking(move || piece(file, length)));
                }
                Reading::Under(mut thread) => {
                    let Poll::Ready(read) = Pin::new(&mut thread).poll(context) else {
                        self.reading = Reading::Under(thread);
                        return Poll::Pending;
                    };
                    let (file, bytes) = match read.unwrap_or_else(|fault| Err(fault.into())) {
                        Ok(read) => read,
                        Err(fault) => return Poll::Ready(Some(Err(fault))),
                    };
                    self.left -= bytes.len() as u64;
                    self.reading = Reading::Ready(file);
                    return Poll::Ready(Some(Ok(bytes)));
                }
            }
        }
    }
}

fn piece(mut file: File, length: u64) -> io::Result<(File, Bytes)> {
    let mut bytes = Vec::new();
    (&mut file).take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        // The file became shorter: the connection is closed, so that no client takes this for the whole.
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok((file, Bytes::from(bytes)))
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = ready!(self.get_mut().poll_piece(context));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
