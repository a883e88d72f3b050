//! The folder of tracks and crates: every name in it is ours, whatever documents call their files.

use std::fs;
use std::path::{Path, PathBuf};

use fairtracks::cli::Failure;
use fairtracks::model::arrival::Track;
use fairtracks::model::datatype::Datatype;
use fairtracks::model::file_names::file_names;

/// The folder, and a name for each track.
pub struct Folder {
    place: PathBuf,
    /// Where files are while they come; nobody else's.
    partial: PathBuf,
    names: Vec<String>,
}

const TRACKS: &str = "tracks";
const CRATES: &str = "crates";
const SHEET: &str = "sheet";

impl Folder {
    /// Makes the folder with those in it.
    pub fn create(place: &Path, tracks: &[Track]) -> Result<Self, Failure> {
        let partial = place.join(format!(".fairtracks_import.{}.partial", std::process::id()));
        for inner in [&place.join(TRACKS), &place.join(CRATES), &partial] {
            fs::create_dir_all(inner).map_err(|error| Failure::at(inner.display(), error))?;
        }
        Ok(Folder {
            place: place.to_path_buf(),
            partial,
            names: file_names(
                tracks.iter().map(|track| track.element_identifier.as_str()),
                "track",
            ),
        })
    }

    /// Where a track's bytes are while they come.
    pub fn partial(&self, number: usize) -> PathBuf {
        self.partial.join(number.to_string())
    }

    /// Where they are unpacked to before they are all there.
    pub fn unpacked(&self, number: usize) -> PathBuf {
        self.partial.join(format!("{number}.unpacked"))
    }

    /// Where a track is in the end.
    pub fn track(&self, number: usize, datatype: Datatype) -> PathBuf {
        self.inside(TRACKS, number, datatype.extension)
    }

    /// Where its crate is.
    pub fn crate_(&self, number: usize) -> PathBuf {
        self.inside(CRATES, number, "rocrate.zip")
    }

    /// The same bytes under one more name, without a copy where the disk can do that.
    pub fn once_more(&self, number: usize, datatype: Datatype) -> Result<PathBuf, Failure> {
        let track = self.track(number, datatype);
        let again = self.inside(SHEET, number, datatype.extension);
        let folder = self.place.join(SHEET);
        // From an earlier run it would be the same file as the track of that run.
        let _ = fs::remove_file(&again);
        fs::create_dir_all(&folder)
            .and_then(|()| {
                fs::hard_link(&track, &again).or_else(|_| fs::copy(&track, &again).map(drop))
            })
            .map_err(|error| Failure::at(again.display(), error))?;
        Ok(again)
    }

    fn inside(&self, folder: &str, number: usize, extension: &str) -> PathBuf {
        self.place
            .join(folder)
            .join(format!("{}.{extension}", self.names[number]))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left of files that did not come; that they cannot be removed changes nothing for the others.
        let _ = fs::remove_dir_all(&self.partial);
    }
}
