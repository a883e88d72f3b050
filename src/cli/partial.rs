//! Files and folders under way: what is not whole yet has a hidden name of its own, which a lock keeps for its run.
//!
//! A run that is ended by a signal removes its partial files. The next run removes those of a killed run: a partial file whose
//! lock is free has no owner. A process id would not do, since disks are shared by machines. On a file system without locks
//! nothing is removed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, Once, PoisonError};
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;

/// How the name of what is under way ends.
const SUFFIX: &str = ".partial";
/// Number of hexadecimal digits that distinguish the runs.
const DIGITS: usize = 16;
/// Characters of the name of the finished file in it, so that it is not too long for any file system.
const LONGEST_NAME: usize = 50;
/// The file in a folder under way that is locked.
const LOCK: &str = "lock";
/// New names that are tried before giving up.
const MOST_NAMES: usize = 100;

/// Partial files of this process, removed when a signal ends it.
static UNDER_WAY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
/// Folders that were looked through for what other runs left behind.
static LOOKED_THROUGH: LazyLock<Mutex<HashSet<PathBuf>>> = LazyLock::new(Mutex::default);

/// A file beside the place where it appears once it is whole; dropped before, it is gone.
#[derive(Debug)]
pub(super) struct PartialFile {
    path: PathBuf,
    /// Holds the lock.
    pub file: File,
}

/// A folder for files under way, which is gone with all of them in the end.
#[derive(Debug)]
pub struct PartialFolder {
    path: PathBuf,
    /// Holds the lock.
    _lock: File,
}

impl PartialFile {
    pub fn create(place: &Path) -> io::Result<Self> {
        let name = place.file_name().unwrap_or_default();
        for _ in 0..MOST_NAMES {
            let path = register(place.with_file_name(partial_name(name)));
            let opened = File::options()
                .read(true)
                .write(true)
                .create_new(true)
                .open(&path);
            match opened {
                Ok(file) if is_locked_at(&file, &path) => return Ok(PartialFile { path, file }),
                Ok(_) => unregister(&path),
                Err(error) => {
                    unregister(&path);
                    if error.kind() != io::ErrorKind::AlreadyExists {
                        return Err(error);
                    }
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub fn appear(self, place: &Path) -> io::Result<()> {
        fs::rename(&self.path, place)
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        // It has its name by now, or is left of an output that did not get done; nothing can be said about it here.
        let _ = fs::remove_file(&self.path);
        unregister(&self.path);
    }
}

impl PartialFolder {
    /// Makes an empty folder for `name` in `folder`, and removes those that dead runs left there.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(folder: &Path, name: &str) -> io::Result<Self> {
        look_through(folder, &HashSet::from([name.into()]));
        for _ in 0..MOST_NAMES {
            let path = register(folder.join(partial_name(OsStr::new(name))));
            let made = fs::create_dir(&path).and_then(|()| open_lock(&path));
            match made {
                Ok(lock) if is_locked_at(&lock, &path.join(LOCK)) => {
                    return Ok(PartialFolder { path, _lock: lock });
                }
                Ok(_) => unregister(&path),
                Err(error) => {
                    let _ = fs::remove_dir(&path);
                    unregister(&path);
                    // Another run may have taken it for left over, before it was locked.
                    let is_gone = matches!(
                        error.kind(),
                        io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound
                    );
                    if !is_gone || !folder.is_dir() {
                        return Err(error);
                    }
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for PartialFolder {
    fn drop(&mut self) {
        // What is left of files that did not come; that they cannot be removed changes nothing for the others.
        let _ = fs::remove_dir_all(&self.path);
        unregister(&self.path);
    }
}

/// The folder that a path is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A new hidden name for what will be called `name`.
fn partial_name(name: &OsStr) -> String {
    let name: String = name.to_string_lossy().chars().take(LONGEST_NAME).collect();
    // Each of these has keys of its own, so this is a random number.
    let number = RandomState::new().hash_one(std::process::id());
    format!(".{name}.{number:0DIGITS$x}{SUFFIX}")
}

/// Whether `found` is a name of something under way: of any output of this version, or of one of `names` with a process id,
/// as versions before had it.
fn is_partial_name(found: &str, names: &HashSet<Cow<'_, str>>) -> bool {
    let parts = found
        .strip_prefix('.')
        .and_then(|rest| rest.strip_suffix(SUFFIX)?.rsplit_once('.'));
    let Some((output, tag)) = parts else {
        return false;
    };
    let is_tag = tag.len() == DIGITS && tag.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_process = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_digit());
    !output.is_empty() && (is_tag || is_process && names.contains(output))
}

/// Takes the lock of a file that was just made. False where another run holds it or has removed the file already, since it
/// took it for left over.
fn is_locked_at(file: &File, path: &Path) -> bool {
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        return false;
    }
    match (file.metadata(), fs::metadata(path)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

fn open_lock(folder: &Path) -> io::Result<File> {
    let mut options = File::options();
    let options = options.read(true).write(true).create(true).truncate(false);
    options.open(folder.join(LOCK))
}

/// Removes what dead runs left beside these places. Each folder is looked through once in a run, however many files are
/// written into it; what cannot be removed stays.
pub(super) fn remove_left_over<'p>(places: impl Iterator<Item = &'p Path>) {
    let mut folders: BTreeMap<&Path, HashSet<Cow<'_, str>>> = BTreeMap::new();
    for place in places {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        folders.entry(folder_of(place)).or_default().insert(name);
    }
    for (folder, names) in folders {
        if lock(&LOOKED_THROUGH).insert(folder.to_owned()) {
            look_through(folder, &names);
        }
    }
}

/// Removes what dead runs left in a folder.
fn look_through(folder: &Path, names: &HashSet<Cow<'_, str>>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if !is_partial_name(&entry.file_name().to_string_lossy(), names) {
            continue;
        }
        let path = entry.path();
        let opened = match kind {
            kind if kind.is_file() => File::options().read(true).write(true).open(&path),
            kind if kind.is_dir() => open_lock(&path),
            _ => continue,
        };
        // The lock is held until it is gone.
        if opened.is_ok_and(|file| file.try_lock().is_ok() && remove(&path).is_ok()) {}
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match path.is_dir() {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    }
}

fn register(path: PathBuf) -> PathBuf {
    static WATCHING: Once = Once::new();
    WATCHING.call_once(watch);
    lock(&UNDER_WAY).insert(path.clone());
    path
}

fn unregister(path: &Path) {
    lock(&UNDER_WAY).remove(path);
}

/// Waits for the signals that end the process, on a thread of its own.
fn watch() {
    // A file beyond the limit of the shell (`ulimit -f`) is an error like a full disk, and not the end of the process.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    // Registered before the first file exists: a thread may start late.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else {
        return;
    };
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            // Nothing new is begun from here on.
            let under_way = lock(&UNDER_WAY);
            for path in under_way.iter() {
                // A thread may just be making a file in a folder.
                let _ = (0..10).find(|_| remove(path).is_ok());
            }
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    let waiting = thread::Builder::new().name("signals".to_owned());
    let _ = waiting.spawn(wait);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_what_is_under_way_are_known_and_others_are_left_alone() {
        let made = partial_name(OsStr::new("table.tsv"));
        let of = |name: &'static str| HashSet::from([name.into()]);
        assert!(is_partial_name(&made, &of("other.tsv")), "{made}");
        let older = ".table.tsv.4711.partial";
        assert!(is_partial_name(older, &of("table.tsv")));
        for found in [
            ".table.tsv.4711.partial",
            ".table.tsv.partial",
            "table.tsv.0123456789abcdef.partial",
            ".0123456789abcdef.partial",
            ".x.0123456789abcdeg.partial",
            ".x.0123456789abcdef.part",
        ] {
            assert!(!is_partial_name(found, &of("other.tsv")), "{found}");
        }
        let long = partial_name(OsStr::new(&"ü".repeat(200)));
        assert!(long.len() < 255);
    }
}
