//! The limit of open files of the process: the number of downloads that it permits, and errors when it is reached.

use std::error::Error;
use std::fs::{self, File};
use std::io;

use rustix::io::Errno;
use rustix::process::{Resource, getrlimit};

/// Files and connections of one download: the file, its connection and, over ftp, a second one; the name service needs
/// one for a moment.
const PER_DOWNLOAD: usize = 3;

/// Whether an error means that the limit of open files is reached.
pub(super) fn is_exhausted(error: &io::Error) -> bool {
    // Of the process, or of the machine.
    matches!(
        Errno::from_io_error(error),
        Some(Errno::MFILE | Errno::NFILE)
    )
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
    let Some(limit) = getrlimit(Resource::Nofile).current else {
        return usize::MAX;
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let open = fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    (limit.saturating_sub(open) / PER_DOWNLOAD).max(1)
}
