//! The only room that prints: messages, exit statuses, files on disk and the clock.
//!
//! Exit status: 0 success, 1 failure, 2 usage error.

use std::fmt::{self, Display};
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustix::process::{Resource, getrlimit, setrlimit};
use serde::de::DeserializeOwned;

use crate::archive::digest::{DigestFunction, Digester, Digests};
use crate::text;
use crate::text::controls::visible;
use crate::text::json::{self, JsonKind, TooMuch};

pub mod credits;
pub mod credits_form;
pub mod dataset_files;
pub mod dataset_options;
pub mod document_options;
mod large_output;
mod lineage_of_galaxy;
pub mod lineage_options;
pub mod ontologies;
pub mod output_name_options;
mod outputs;
mod partial;
mod shared_files;

pub use large_output::LargeOutput;
pub use lineage_of_galaxy::GalaxyQuestion;
pub(crate) use outputs::outputs;
pub use outputs::{Output, print, write};
pub use partial::PartialFolder;
pub use shared_files::refuse_shared;

/// The exit status of a usage error.
const WRONG_USAGE: u8 = 2;

/// Why a tool could not do its work: the message that the user reads.
#[derive(Debug)]
pub struct Failure {
    message: String,
    status: u8,
}

impl Failure {
    fn of(message: String) -> Self {
        Failure { message, status: 1 }
    }

    /// Something wrong at a place: a file, an option.
    pub fn at(place: impl Display, problem: impl Display) -> Self {
        Failure::of(format!("{}: {problem}", visible(&place.to_string())))
    }

    /// A usage error: an option with a value that the tool cannot take, or without one.
    pub fn usage(option: impl Display, problem: impl Display) -> Self {
        let status = WRONG_USAGE;
        Failure {
            status,
            ..Failure::at(option, problem)
        }
    }
}

impl Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure::of(error.to_string())
    }
}

/// Reads the arguments, does the work, and says in one message what went wrong if it did.
pub fn run<A: Parser>(work: impl FnOnce(A) -> Result<(), Failure>) -> ExitCode {
    let arguments = match A::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    allow_open_files();
    match work(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { message, status }) => {
            say(format_args!("error: {message}"));
            ExitCode::from(status)
        }
    }
}

/// Prints the manual where it was asked for, else what is wrong with the arguments, which may be of anybody's making.
fn refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A pager that closes the manual early is not an error.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    say(error.to_string().trim_end());
    ExitCode::from(WRONG_USAGE)
}

/// Lets the process open as many files as the system allows at most: a collection has thousands of crates, and what shells
/// begin with is often 1,024.
fn allow_open_files() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // Where that is not allowed it stays as it was.
    let _ = setrlimit(Resource::Nofile, limit);
}

/// Writes a line about the work to standard error, without secrets and without terminal escapes. The work goes on if standard
/// error cannot be written.
pub fn say(text: impl Display) {
    let line = format!("{}\n", text::message(&text.to_string()));
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// The fields of the form `name` in the file that Galaxy hands over; those of an empty form where there is no file.
///
/// # Errors
/// The file cannot be read, or is not the JSON of such a form.
pub fn form<F: DeserializeOwned + Default>(path: Option<&Path>, name: &str) -> Result<F, Failure> {
    let Some(path) = path else {
        return Ok(F::default());
    };
    json::typed(&read(path)?, JsonKind::Metadata).map_err(|error| Failure::at(name, error))
}

/// Opens a file to read.
///
/// # Errors
/// Why it cannot be opened, and what to do if there is none.
pub fn open(path: &Path) -> io::Result<File> {
    File::open(path).map_err(missing)
}

/// An error with what to do if there is no file.
fn missing(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "file not found: check the path"),
        _ => error,
    }
}

/// Reads a whole file, as long as a document may be; `-` is standard input.
///
/// # Errors
/// The file's name and why it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_bytes(path).map_err(|error| Failure::at(path.display(), error))
}

/// The same where the file has a name that its user knows better than the path.
///
/// # Errors
/// Those of the file.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let most = JsonKind::Document.limit().bytes;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let input = io::stdin().lock();
        input.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    } else {
        let file = open(path)?;
        // Room for the whole at once; growing would copy it several times.
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        bytes.reserve_exact(usize::try_from(length.min(most)).unwrap_or_default());
        file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    }
    match bytes.len() as u64 > most {
        true => Err(io::Error::other(TooMuch::bytes(JsonKind::Document))),
        false => Ok(bytes),
    }
}

/// The digests of a file by some functions and its SHA-256. The file is at its start before and after.
///
/// # Errors
/// Those of the file.
pub fn digests(file: &mut File, functions: &[DigestFunction]) -> io::Result<Digests> {
    file.rewind()?;
    let mut digester = Digester::making(functions);
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
        if !fs::metadata(path).map_err(missing).map_err(at)?.is_dir() {
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

/// The clock of a run: fixed if a time was given, so that the same inputs give the same bytes.
#[derive(Debug, Clone)]
pub struct Clock {
    fixed: Option<Timestamp>,
}

impl Clock {
    /// A clock fixed at `date` if given, or else at `SOURCE_DATE_EPOCH`, or else the system clock.
    ///
    /// # Errors
    /// What was given instead of a time, or a time before 1970 or after 9999, which files or RFC 3339 cannot
    /// hold.
    pub fn new(date: Option<&str>) -> Result<Self, Failure> {
        let is_in_range = |moment: &Timestamp| moment.as_second() >= 0;
        let (name, value, moment) = match (date, std::env::var_os("SOURCE_DATE_EPOCH")) {
            (Some(text), _) => {
                let day = |text: &str| {
                    let day = text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok();
                    day.map(|zoned| zoned.timestamp())
                };
                let moment = text.parse::<Timestamp>().ok().or_else(|| day(text));
                ("--date", text.to_owned(), moment)
            }
            (None, Some(seconds)) => {
                let seconds = seconds.to_string_lossy().into_owned();
                let moment = seconds
                    .parse()
                    .ok()
                    .and_then(|seconds| Timestamp::from_second(seconds).ok());
                ("SOURCE_DATE_EPOCH", seconds, moment)
            }
            (None, None) => return Ok(Clock { fixed: None }),
        };
        let Some(moment) = moment.filter(is_in_range) else {
            let expected = match name {
                "--date" => {
                    "a time such as 2026-01-31T12:00:00+00:00 or a date such as 2026-01-31, from 1970-01-01 to 9999-12-30"
                }
                _ => {
                    "whole seconds since the beginning of 1970, up to 253402207200 (in December 9999)"
                }
            };
            let problem = format!("found `{value}`, expected {expected}");
            return Err(Failure::usage(name, problem));
        };
        Ok(Clock {
            fixed: Some(moment),
        })
    }

    /// The time as RFC 3339 with `+00:00`, to the second.
    pub fn now(&self) -> String {
        shown(self.fixed.unwrap_or_else(Timestamp::now))
    }

    /// The time since `start`; zero on a fixed clock.
    pub fn since(&self, start: Instant) -> Duration {
        self.of(start.elapsed())
    }

    /// A duration as measured by this clock; zero on a fixed clock.
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
