//! The only part that talks to people: messages, exit statuses, files on disk and the clock.
//!
//! Exit status: 0 done, 1 could not, 2 wrong usage.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::digest::{Digester, Digests};
use crate::model::json::{Kind, TooMuch};

pub mod credits;
pub mod given;
mod large_output;
mod parallel;

pub use large_output::LargeOutput;
pub use parallel::in_parallel;

/// Why a tool could not do its work: the message that the user reads.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// Something wrong at a place: a file, an option.
    pub fn at(place: impl Display, problem: impl Display) -> Self {
        Failure(format!("{place}: {problem}"))
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.to_string())
    }
}

/// Reads the arguments, does the work, and says in one message what went wrong if it did.
pub fn run<A: Parser>(work: impl FnOnce(A) -> Result<(), Failure>) -> ExitCode {
    let arguments = A::parse();
    match work(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Tells the user something about the work, on standard error.
pub fn say(text: impl Display) {
    eprintln!("{text}");
}

/// Reads a whole file, as long as a document may be; `-` is standard input.
///
/// # Errors
/// The file's name and why it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let most = Kind::Document.limit().bytes;
    let mut bytes = Vec::new();
    let outcome = if path == Path::new("-") {
        let input = io::stdin().lock();
        input.take(most.saturating_add(1)).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| {
            // Room for the whole at once; growing would copy it several times.
            let length = file.metadata().map_or(0, |metadata| metadata.len());
            bytes.reserve_exact(usize::try_from(length.min(most)).unwrap_or_default());
            file.take(most.saturating_add(1)).read_to_end(&mut bytes)
        })
    };
    outcome.map_err(|error| Failure::at(path.display(), error))?;
    match bytes.len() as u64 > most {
        true => Err(Failure::at(path.display(), TooMuch::bytes(Kind::Document))),
        false => Ok(bytes),
    }
}

/// The digests of a file, which is at its start before and after.
///
/// # Errors
/// Those of the file.
pub fn digests(file: &mut File, with_md5: bool) -> io::Result<Digests> {
    file.rewind()?;
    let mut digester = Digester::new(with_md5);
    let mut buffer = vec![0; 1 << 17];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            length => digester.update(&buffer[..length]),
        }
    }
    file.rewind()?;
    Ok(digester.finish())
}

/// The files of some paths: a file itself, of a folder the files in it in the order of their names, but for hidden ones.
///
/// # Errors
/// A path that is not there, or a folder that cannot be read.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let at = |error| Failure::at(path.display(), error);
        if !fs::metadata(path).map_err(at)?.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).map_err(at)?;
        let mut inside: Vec<PathBuf> = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()
            .map_err(at)?;
        // What begins with a dot is not shown, as an output that is not done yet.
        let is_shown = |path: &Path| {
            !path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'))
        };
        inside.retain(|inside| inside.is_file() && is_shown(inside));
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

/// The clock of a run: stands still where a time was given, so that the same inputs give the same bytes.
#[derive(Debug, Clone)]
pub struct Clock {
    fixed: Option<Timestamp>,
}

impl Clock {
    /// A clock that stands at `date` if given, else at `SOURCE_DATE_EPOCH`, else goes.
    ///
    /// # Errors
    /// What was given instead of a time.
    pub fn new(date: Option<&str>) -> Result<Self, Failure> {
        let wrong = |name: &str, value: &str, expected: &str| {
            Failure::at(name, format!("found `{value}`, expected {expected}"))
        };
        let fixed = match (date, std::env::var("SOURCE_DATE_EPOCH")) {
            (Some(text), _) => {
                let day = |text: &str| {
                    let day = text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok();
                    day.map(|zoned| zoned.timestamp())
                };
                let moment = text.parse::<Timestamp>().ok().or_else(|| day(text));
                let expected =
                    "a time such as 2026-01-31T12:00:00+00:00 or a date such as 2026-01-31";
                Some(moment.ok_or_else(|| wrong("--date", text, expected))?)
            }
            (None, Ok(seconds)) => {
                let moment = seconds
                    .parse()
                    .ok()
                    .and_then(|seconds| Timestamp::from_second(seconds).ok());
                let expected = "seconds since 1970";
                Some(moment.ok_or_else(|| wrong("SOURCE_DATE_EPOCH", &seconds, expected))?)
            }
            (None, Err(_)) => None,
        };
        Ok(Clock { fixed })
    }

    /// The time as RFC 3339 with `+00:00`, to the second.
    pub fn now(&self) -> String {
        shown(self.fixed.unwrap_or_else(Timestamp::now))
    }

    /// How long something took that began at `start`; nothing on a clock that stands.
    pub fn since(&self, start: Instant) -> Duration {
        self.of(start.elapsed())
    }

    /// A length of time as this clock sees it: nothing where it stands.
    pub fn of(&self, took: Duration) -> Duration {
        self.fixed.map_or(took, |_| Duration::ZERO)
    }

    /// The beginning and the end of what took this long and has ended now.
    pub fn around(&self, took: Duration) -> (String, String) {
        let end = self.fixed.unwrap_or_else(Timestamp::now);
        let start = jiff::SignedDuration::try_from(took)
            .ok()
            .and_then(|took| end.checked_sub(took).ok());
        (shown(start.unwrap_or(end)), shown(end))
    }
}

/// A time as RFC 3339 with `+00:00`, to the second.
fn shown(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// Prints a result, on standard output.
///
/// # Errors
/// Standard output cannot be written; a reader that has seen enough is no error.
pub fn print(text: &[u8]) -> Result<(), Failure> {
    match io::stdout().lock().write_all(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::at("standard output", error))
        }
        _ => Ok(()),
    }
}

/// Writes a file into a folder of the tool's own; it appears whole or not at all.
///
/// # Errors
/// The file's name and why it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    Outputs::open(&[path])?.write(&[bytes.to_vec()])
}

/// The files that a tool writes. They appear whole, when all of them are done, or not at all.
#[derive(Debug, Default)]
pub struct Outputs {
    files: Vec<Output>,
}

#[derive(Debug)]
struct Output {
    path: PathBuf,
    temporary: Option<PathBuf>,
    file: File,
}

impl Outputs {
    /// Opens the files before any work is done, so that a path that cannot be written fails at once.
    ///
    /// # Errors
    /// A path that cannot be written, or that two options name.
    pub fn open(paths: &[&Path]) -> Result<Self, Failure> {
        let mut outputs = Outputs::default();
        for (position, path) in paths.iter().enumerate() {
            let place = path.display();
            if paths[..position].contains(path) {
                let problem = "found as the path of two outputs, expected one of its own for each";
                return Err(Failure::at(place, problem));
            }
            // A pipe, a device or a link, such as /dev/stdout, is no name to give a file: it is written as it is.
            let special = fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file());
            let temporary = if special { None } else { Some(beside(path)) };
            let file = File::create(temporary.as_deref().unwrap_or(path))
                .map_err(|error| Failure::at(place, error))?;
            outputs.files.push(Output {
                path: path.to_path_buf(),
                temporary,
                file,
            });
        }
        Ok(outputs)
    }

    /// Writes the contents, one for each path in the order they were opened, and lets the files appear.
    ///
    /// # Errors
    /// A file that cannot be written, as when the disk is full; no file appears then.
    pub fn write(mut self, contents: &[Vec<u8>]) -> Result<(), Failure> {
        for (output, content) in self.files.iter_mut().zip(contents) {
            let written = output
                .file
                .write_all(content)
                .and_then(|()| output.file.flush());
            written.map_err(|error| Failure::at(output.path.display(), error))?;
        }
        for output in &mut self.files {
            if let Some(temporary) = output.temporary.take() {
                fs::rename(&temporary, &output.path)
                    .map_err(|error| Failure::at(output.path.display(), error))?;
            }
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // What is left of an output that did not get done; nothing can be said about it while unwinding.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// A name in the same folder that no other run uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.partial", std::process::id()))
}
