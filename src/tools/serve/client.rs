//! The connection to a client: it may be slow, and what it sends may be no request at all.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::error_response;
use super::site::Site;

/// What is read of a request that was refused, so that the client hears the answer before the connection breaks.
const MOST_DRAINED: usize = 4 << 20;
const DRAINING: Duration = Duration::from_secs(2);
/// Bytes of a request that are read at a time.
const PIECE: usize = 8 << 10;

/// A connection that breaks off when the client sends or takes up nothing for too long.
///
/// `hyper` answers by itself what it cannot read as a request, without a body; such an answer is replaced on its way
/// by one that tells the reason.
pub struct Client {
    stream: TokioIo<TcpStream>,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
    site: Arc<Site>,
    replacement: Option<Replacement>,
    draining: Option<(Pin<Box<Sleep>>, usize)>,
    half: Half,
}

/// Whether something of a request was read, and not yet all of its headers.
#[derive(Clone, Default)]
pub struct Half(Arc<AtomicBool>);

impl Half {
    /// Notes whether it is so.
    pub fn set(&self, is_half: bool) {
        self.0.store(is_half, Ordering::Relaxed);
    }
}

/// Reports a timeout to a slow client, if that does not block.
impl Drop for Client {
    fn drop(&mut self) {
        if self.half.0.load(Ordering::Relaxed)
            && let Some(answer) = self.site.too_slow()
        {
            let _ = self.stream.inner().try_write(&answer);
        }
    }
}

struct Replacement {
    bytes: Vec<u8>,
    written: usize,
}

impl Client {
    /// A connection that was just made.
    pub fn new(stream: TcpStream, patience: Duration, site: Arc<Site>) -> Self {
        // Small answers leave at once.
        let _ = stream.set_nodelay(true);
        Client {
            stream: TokioIo::new(stream),
            patience,
            stalled: None,
            site,
            replacement: None,
            draining: None,
            half: Half::default(),
        }
    }

    /// Whether a request was read in part.
    pub fn half(&self) -> Half {
        self.half.clone()
    }

    /// Ends the wait of a client that has waited too long.
    fn wait<T>(
        &mut self,
        context: &mut Context<'_>,
        poll: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if poll.is_ready() {
            self.stalled = None;
            return poll;
        }
        let deadline = Instant::now() + self.patience;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    /// Writes the replacement of a response, whose length is given.
    fn replace(&mut self, context: &mut Context<'_>, length: usize) -> Poll<io::Result<usize>> {
        while let Some(replacement) = &mut self.replacement {
            let rest = &replacement.bytes[replacement.written..];
            if rest.is_empty() {
                break;
            }
            let poll = Pin::new(&mut self.stream).poll_write(context, rest);
            if let Poll::Ready(Ok(written)) = &poll {
                replacement.written += written;
            }
            match ready!(self.wait(context, poll))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                _ => continue,
            }
        }
        self.replacement = None;
        let deadline = Instant::now() + DRAINING;
        self.draining = Some((Box::pin(sleep_until(deadline)), 0));
        Poll::Ready(Ok(length))
    }

    /// Reads what a refused client still sends, within bounds.
    fn poll_drained(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some((end, drained)) = &mut self.draining else {
            return Poll::Ready(());
        };
        let mut space = [0; PIECE];
        while *drained < MOST_DRAINED && end.as_mut().poll(context).is_pending() {
            let mut buffer = ReadBuf::new(&mut space);
            let read = ready!(Pin::new(&mut self.stream).poll_read(context, buffer.unfilled()));
            let length = buffer.filled().len();
            if read.is_err() || length == 0 {
                break;
            }
            *drained += length;
        }
        self.draining = None;
        Poll::Ready(())
    }
}

impl Read for Client {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let client = self.get_mut();
        let mut space = [0; PIECE];
        let length = PIECE.min(buffer.remaining());
        let mut read = ReadBuf::new(&mut space[..length]);
        ready!(Pin::new(&mut client.stream).poll_read(context, read.unfilled()))?;
        // A client that has ended its side waits for no answer to half a request.
        client.half.set(!read.filled().is_empty());
        buffer.put_slice(read.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Client {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let client = self.get_mut();
        client.half.set(false);
        if client.replacement.is_none()
            && let Some(status) = error_response::status_without_reason(bytes)
        {
            client.replacement = Some(Replacement {
                bytes: client.site.refusal(status),
                written: 0,
            });
        }
        if client.replacement.is_some() {
            return client.replace(context, bytes.len());
        }
        let poll = Pin::new(&mut client.stream).poll_write(context, bytes);
        client.wait(context, poll)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let client = self.get_mut();
        ready!(Pin::new(&mut client.stream).poll_shutdown(context))?;
        ready!(client.poll_drained(context));
        Poll::Ready(Ok(()))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // An answer without a body is one piece.
        if let [slice] = slices {
            return self.poll_write(context, slice);
        }
        let client = self.get_mut();
        let poll = Pin::new(&mut client.stream).poll_write_vectored(context, slices);
        client.wait(context, poll)
    }
}
