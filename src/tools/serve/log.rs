//! One line a request, written by a thread of its own, so that a slow reader of the lines holds up no answer.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::cli::{self, Clock};

/// Lines that may wait to be written; further ones are lost and counted.
const MOST_WAITING: usize = 10_000;
const MOST_TOGETHER: usize = 500;
/// Characters of a request that are written, so that requests cannot fill a disk.
const LONGEST_TARGET: usize = 200;
const LONGEST_METHOD: usize = 16;

/// The outcome of a request.
pub struct Entry {
    pub status: u16,
    pub method: String,
    pub target: String,
    pub bytes: u64,
    pub took: Duration,
}

/// Where entries go.
pub struct Log {
    sender: Option<SyncSender<Entry>>,
}

pub struct Writer(Option<JoinHandle<()>>);

impl Log {
    /// A log and what writes it; nothing is written where all is to be quiet.
    pub fn new(quiet: bool, clock: Clock) -> (Self, Writer) {
        if quiet {
            return (Log { sender: None }, Writer(None));
        }
        let (sender, receiver) = sync_channel(MOST_WAITING);
        let writer = thread::spawn(move || write(&receiver, &clock));
        let sender = Some(sender);
        (Log { sender }, Writer(Some(writer)))
    }

    /// Whether entries are written, so that none need be made otherwise.
    pub fn is_kept(&self) -> bool {
        self.sender.is_some()
    }

    pub fn note(&self, entry: Entry) {
        if let Some(sender) = &self.sender {
            // A line is lost rather than an answer held up.
            let _ = sender.try_send(entry);
        }
    }
}

impl Writer {
    /// Waits until all is written; the log must be gone before.
    pub fn finish(self) {
        if let Some(thread) = self.0 {
            let _ = thread.join();
        }
    }
}

fn write(receiver: &Receiver<Entry>, clock: &Clock) {
    while let Ok(first) = receiver.recv() {
        let further = receiver.try_iter().take(MOST_TOGETHER);
        let time = clock.now();
        let lines = std::iter::once(first).chain(further);
        let lines: Vec<String> = lines.map(|entry| line(&entry, &time)).collect();
        cli::say(lines.join("\n"));
    }
}

fn line(entry: &Entry, time: &str) -> String {
    format!(
        "{time} {} {} {} {} {:.1}ms",
        entry.status,
        shown(&entry.method, LONGEST_METHOD),
        shown(&entry.target, LONGEST_TARGET),
        entry.bytes,
        entry.took.as_secs_f64() * 1000.0
    )
}

/// The beginning of a text that a stranger sent, harmless on any terminal.
fn shown(text: &str, longest: usize) -> String {
    let harmless = |character: char| {
        if character.is_ascii_graphic() {
            character
        } else {
            '?'
        }
    };
    let mut shown: String = text.chars().take(longest).map(harmless).collect();
    if text.chars().nth(longest).is_some() {
        shown.push('…');
    }
    shown
}
