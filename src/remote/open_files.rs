//! The limit of open files of the process: the number of downloads that it permits, and errors when it is reached.

use std::error::Error;
use std::fs::{self, File};
use std::io;

/// The number of the system's error "too many open files", of the process and of the machine.
const EMFILE: i32 = 24;
const ENFILE: i32 = 23;
/// Files and connections of one download: the file, its connection and, over ftp, a second one; the name service needs
/// one for a moment.
const PER_DOWNLOAD: usize = 3;

/// Whether an error means that the limit of open files is reached.
pub(super) fn is_exhausted(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(EMFILE | ENFILE))
}

/// Whether that is among the causes of an error.
pub(super) fn is_cause(causes: &[&(dyn Error + 'static)]) -> bool {
    let mut causes = causes
        .iter()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(is_exhausted)
}

/// Whether the limit of open files is reached now, for errors of libraries without a cause.
pub(super) fn are_exhausted() -> bool {
    !may_open(1)
}

/// Whether this many more files and connections can be opened now, for work that a library cannot abort cleanly.
pub fn may_open(count: usize) -> bool {
    let opened: Result<Vec<File>, io::Error> =
        (0..count).map(|_| File::open("/dev/null")).collect();
    !opened.is_err_and(|error| is_exhausted(&error))
}

/// The number of parallel downloads that the limit of open files allows; at least one.
pub(super) fn room_for_downloads() -> usize {
    let Some(limit) = limit() else {
        return usize::MAX;
    };
    let open = fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    (limit.saturating_sub(open) / PER_DOWNLOAD).max(1)
}

/// The limit of open files of this process, from Linux.
fn limit() -> Option<usize> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}
