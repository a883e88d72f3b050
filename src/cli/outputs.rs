//! The files that a tool writes.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Failure;
use super::partial::{PartialFile, remove_left_over};
use crate::text::controls::visible_lines;

/// Links that are followed, one after the other, as the system does.
const MOST_LINKS: usize = 40;

/// The files that a tool writes. They appear whole, when all of them are done, or not at all.
#[derive(Debug, Default)]
pub struct Outputs {
    files: Vec<Output>,
}

#[derive(Debug)]
struct Output {
    path: PathBuf,
    file: Opened,
}

#[derive(Debug)]
enum Opened {
    /// A file that gets its name when it is whole, and the place of it behind all links.
    Partial(PartialFile, PathBuf),
    /// A pipe or a device, which is written as it is.
    Device(File),
}

impl Outputs {
    /// Opens the files before any work is done, so that a path that cannot be written fails at once.
    ///
    /// # Errors
    /// A path that cannot be written.
    pub fn open(paths: &[&Path]) -> Result<Self, Failure> {
        let mut outputs = Outputs::default();
        let places: Vec<Option<PathBuf>> = paths.iter().map(|path| destination(path)).collect();
        remove_left_over(places.iter().flatten().map(PathBuf::as_path));
        for (path, place) in paths.iter().zip(places) {
            let opened = match place {
                Some(place) => PartialFile::create(&place).map(|file| Opened::Partial(file, place)),
                None => File::create(path).map(Opened::Device),
            };
            outputs.files.push(Output {
                path: path.to_path_buf(),
                file: opened.map_err(|error| Failure::at(path.display(), error))?,
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
            let file = match &mut output.file {
                Opened::Partial(partial, _) => &mut partial.file,
                Opened::Device(file) => file,
            };
            let written = file.write_all(content).and_then(|()| file.flush());
            written.map_err(|error| Failure::at(output.path.display(), error))?;
        }
        for output in self.files {
            if let Opened::Partial(partial, place) = output.file {
                let appeared = partial.appear(&place);
                appeared.map_err(|error| Failure::at(output.path.display(), error))?;
            }
        }
        Ok(())
    }
}

/// Writes a file into a folder of the tool's own; it appears whole or not at all.
///
/// # Errors
/// The file's name and why it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    Outputs::open(&[path])?.write(&[bytes.to_vec()])
}

/// Prints a result, on standard output, with nothing in it that a terminal obeys.
///
/// # Errors
/// Standard output cannot be written; a reader that closes it early is not an error.
pub fn print(text: &str) -> Result<(), Failure> {
    let text = visible_lines(text);
    let mut stdout = io::stdout().lock();
    // What is left in the buffer would be written at the end of the process, where nobody hears that it failed.
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::at("standard output", error))
        }
        _ => Ok(()),
    }
}

/// Where a file that is written to a path comes to lie, behind all links; none where it is no file to give a name to: a pipe,
/// a device, what `/dev/stdout` stands for, or a folder.
pub(super) fn destination(path: &Path) -> Option<PathBuf> {
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return None;
    }
    let mut place = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        if !place.is_symlink() {
            return Some(place);
        }
        let target = fs::read_link(&place).ok()?;
        place = place.parent().unwrap_or(Path::new("")).join(target);
        if place.starts_with("/proc") || place.starts_with("/dev") {
            return None;
        }
    }
    None
}
