//! Files given twice: an output that is also an input, or two outputs with the same file.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::outputs::destination;
use super::partial::folder_of;
use super::{Failure, files};

/// The identity of a file, independent of the spelling of its path.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Identity {
    /// A file that is there: its file system and its number in it.
    Present(u64, u64),
    /// A file that is not there yet: its folder and its name.
    Absent(u64, u64, OsString),
}

/// Refuses an output that is an input, and two outputs that are one file, whether by their path, by links or by another way
/// to write it. Devices such as `/dev/null` may be given as often as one likes. An input that is a folder stands for the files
/// in it, `-` for standard input.
///
/// # Errors
/// The first output that is given twice.
pub fn refuse_shared(inputs: &[&Path], outputs: &[&Path]) -> Result<(), Failure> {
    let mut known: HashMap<Identity, (&str, PathBuf)> = HashMap::new();
    // The settings of the site are read by every tool that asks servers.
    let settings = std::env::var_os("FAIRTRACKS_CONFIG").map(PathBuf::from);
    for input in inputs.iter().copied().chain(settings.as_deref()) {
        let input = match input == Path::new("-") {
            true => Path::new("/dev/stdin"),
            false => input,
        };
        // Unreadable inputs are reported when they are read.
        for file in files(&[input.to_path_buf()]).unwrap_or_default() {
            if let Some(identity) = identity(&file) {
                known.insert(identity, ("the input", file));
            }
        }
    }
    for output in outputs {
        let Some(identity) = identity(output) else {
            continue;
        };
        if let Some((what, other)) = known.get(&identity) {
            let problem = format!(
                "found the same file as {what} {}, expected a file of its own: inputs are never overwritten and outputs cannot share a file; give another path",
                other.display()
            );
            return Err(Failure::at(output.display(), problem));
        }
        known.insert(identity, ("the output", output.to_path_buf()));
    }
    Ok(())
}

/// The file at a path; `None` for folders, devices and pipes.
fn identity(path: &Path) -> Option<Identity> {
    if let Ok(metadata) = fs::metadata(path) {
        let identity = Identity::Present(metadata.dev(), metadata.ino());
        return metadata.is_file().then_some(identity);
    }
    let place = destination(path)?;
    let folder = fs::metadata(folder_of(&place)).ok()?;
    let name = place.file_name()?.to_owned();
    Some(Identity::Absent(folder.dev(), folder.ino(), name))
}
