//! The files that a tool writes.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Failure;
use super::partial::{PartialFile, remove_left_over};
use crate::text::controls::{visible, visible_lines};

/// Links that are followed, one after the other, as the system does.
const MOST_LINKS: usize = 40;

/// A file that a tool writes if it is asked to. The files of a run appear together, each whole, or none of them does.
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
    /// None where the file is not wanted.
    file: Option<OpenedOutput>,
}

#[derive(Debug)]
enum OpenedOutput {
    /// A file that gets its name when it is whole, and the place of it behind all links.
    Partial(PartialFile, PathBuf),
    /// A pipe or a device, which is written as it is.
    Device(File),
}

impl Output {
    /// Opens files before any work is done, so that a path that cannot be written fails at once; a file without a path is not
    /// wanted.
    ///
    /// # Errors
    /// A path that cannot be written.
    pub fn open<const N: usize>(paths: [Option<&Path>; N]) -> Result<[Self; N], Failure> {
        let places = paths.map(|path| path.and_then(destination));
        remove_left_over(places.iter().flatten().map(PathBuf::as_path));
        let mut outputs = paths.map(|path| Output {
            path: path.map(Path::to_path_buf).unwrap_or_default(),
            file: None,
        });
        for ((output, path), place) in outputs.iter_mut().zip(paths).zip(places) {
            let Some(path) = path else { continue };
            let opened = match place {
                Some(place) => {
                    PartialFile::create(&place).map(|file| OpenedOutput::Partial(file, place))
                }
                None => File::create(path).map(OpenedOutput::Device),
            };
            output.file = Some(opened.map_err(|error| not_opened(path, &error))?);
        }
        Ok(outputs)
    }

    /// Whether the user asked for the file.
    pub fn is_wanted(&self) -> bool {
        self.file.is_some()
    }

    /// Writes the content of the file, where it is wanted.
    ///
    /// # Errors
    /// The file cannot be written, as when the disk is full.
    pub fn write(&mut self, content: impl AsRef<[u8]>) -> Result<(), Failure> {
        let file = match &mut self.file {
            Some(OpenedOutput::Partial(partial, _)) => &mut partial.file,
            Some(OpenedOutput::Device(file)) => file,
            None => return Ok(()),
        };
        let written = file.write_all(content.as_ref()).and_then(|()| file.flush());
        written.map_err(|error| Failure::at(self.path.display(), error))
    }

    /// Lets files appear, once all of them are written.
    ///
    /// # Errors
    /// A file that cannot get its name.
    pub fn appear<const N: usize>(outputs: [Self; N]) -> Result<(), Failure> {
        for Output { path, file } in outputs {
            if let Some(OpenedOutput::Partial(partial, place)) = file {
                let appeared = partial.appear(&place);
                appeared.map_err(|error| Failure::at(path.display(), error))?;
            }
        }
        Ok(())
    }
}

/// Why a file cannot be opened.
fn not_opened(path: &Path, error: &io::Error) -> Failure {
    let folder = path.parent().filter(|folder| !folder.exists());
    match folder.filter(|_| error.kind() == io::ErrorKind::NotFound) {
        Some(folder) if !folder.as_os_str().is_empty() => {
            let problem = format!(
                "the folder `{}` does not exist: create it",
                visible(&folder.to_string_lossy())
            );
            Failure::at(path.display(), problem)
        }
        _ => Failure::at(path.display(), error),
    }
}

/// Defines a struct of a tool's [`Output`]s: the name of each, and the option of the arguments that has its path.
macro_rules! outputs {
    ($outputs:ident of $arguments:ident { $($name:ident: $option:ident),+ $(,)? }) => {
        struct $outputs {
            $($name: $crate::cli::Output),+
        }

        impl $outputs {
            /// Refuses files that are inputs or are given twice (`others` are further outputs), and opens the outputs.
            fn open(
                arguments: &$arguments,
                others: &[&std::path::Path],
            ) -> Result<Self, $crate::cli::Failure> {
                let paths = [$(arguments.$option.as_deref()),+];
                let all: Vec<&std::path::Path> =
                    paths.into_iter().flatten().chain(others.iter().copied()).collect();
                $crate::cli::refuse_shared(&arguments.inputs(), &all)?;
                let [$($name),+] = $crate::cli::Output::open(paths)?;
                Ok($outputs { $($name),+ })
            }

            /// Whether the user asked for any of them.
            #[allow(dead_code)] // Some tools have an output that is always written.
            fn is_any_wanted(&self) -> bool {
                [$(&self.$name),+].into_iter().any($crate::cli::Output::is_wanted)
            }

            /// Lets all of them appear, once they are written.
            fn appear(self) -> Result<(), $crate::cli::Failure> {
                $crate::cli::Output::appear([$(self.$name),+])
            }
        }
    };
}
pub(crate) use outputs;

/// Writes a file into a folder of the tool's own; it appears whole or not at all.
///
/// # Errors
/// The file's name and why it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let [mut output] = Output::open([Some(path)])?;
    output.write(bytes)?;
    Output::appear([output])
}

/// Prints a result, on standard output, with nothing in it that a terminal obeys.
///
/// # Errors
/// Standard output cannot be written; a reader that closes it early is not an error.
pub fn print(text: &str) -> Result<(), Failure> {
    let text = visible_lines(text);
    let mut stdout = io::stdout().lock();
    // Without this the rest of the buffer is written at the end of the process, where a failure goes unnoticed.
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
