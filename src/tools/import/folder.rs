//! The folder of tracks and crates: every name in it is ours, whatever documents call their files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::{self, Failure, PartialFolder};
use crate::galaxy::datatype::Datatype;
use crate::ro_crate::imported_track::PlannedTrack;
use crate::text::unique_names::file_names;

use super::arguments::ImportArguments;

/// The folder, and a name for each track.
pub struct Folder {
    place: PathBuf,
    /// Where files are during their download; private to this run.
    partial: PartialFolder,
    names: Vec<String>,
}

const TRACKS: &str = "tracks";
const CRATES: &str = "crates";
const SHEET: &str = "sheet";

impl Folder {
    /// Makes the folder with those in it.
    ///
    /// # Errors
    /// It cannot be made, or an input would be overwritten by a track or a crate.
    pub fn create(arguments: &ImportArguments, tracks: &[PlannedTrack]) -> Result<Self, Failure> {
        let place = arguments.output_folder.as_path();
        for inner in [&place.join(TRACKS), &place.join(CRATES)] {
            fs::create_dir_all(inner).map_err(|error| Failure::at(inner.display(), error))?;
        }
        let partial = PartialFolder::create(place, "fairtracks_import")
            .map_err(|error| Failure::at(place.display(), error))?;
        let folder = Folder {
            place: place.to_path_buf(),
            partial,
            names: file_names(
                tracks.iter().map(|track| track.element_identifier.as_str()),
                "track",
            ),
        };
        let numbered = tracks.iter().enumerate();
        let outputs: Vec<PathBuf> = numbered
            .flat_map(|(number, track)| {
                [folder.track(number, track.datatype), folder.crate_(number)]
            })
            .collect();
        let outputs: Vec<&Path> = outputs.iter().map(PathBuf::as_path).collect();
        cli::refuse_shared(&arguments.inputs(), &outputs)?;
        Ok(folder)
    }

    /// Where a track's bytes are while they come.
    pub fn partial(&self, number: usize) -> PathBuf {
        self.partial.path().join(number.to_string())
    }

    /// Where they are unpacked to before they are all there.
    pub fn unpacked(&self, number: usize) -> PathBuf {
        self.partial.path().join(format!("{number}.unpacked"))
    }

    pub fn track(&self, number: usize, datatype: Datatype) -> PathBuf {
        self.inside(TRACKS, number, datatype.extension)
    }

    /// Takes a track away for which there will be no crate. One that cannot be removed is in no table.
    pub fn remove_track(&self, number: usize, datatype: Datatype) {
        let _ = fs::remove_file(self.track(number, datatype));
    }

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
