//! The folder of tracks and crates: every name in it is ours, whatever documents call their files.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use fairtracks::cli::Failure;
use fairtracks::model::arrival::Track;
use fairtracks::model::datatype::Datatype;

/// How many characters of an element identifier go into the name of a file.
const LONGEST_NAME: usize = 120;

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
            names: file_names(tracks.iter().map(|track| track.element_identifier.as_str())),
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

/// A name for each identifier that is a plain file of the folder on every system, and that no other is like.
fn file_names<'n>(identifiers: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken = HashSet::new();
    identifiers
        .map(|identifier| {
            let plain = identifier.replace([':', ' '], "_");
            let plain: String = plain.chars().take(LONGEST_NAME).collect();
            let plain = plain.trim_start_matches(['.', '-']);
            let base = if plain.is_empty() { "track" } else { plain };
            let mut name = base.to_owned();
            let mut number = 1;
            while !taken.insert(name.to_lowercase()) {
                number += 1;
                name = format!("{base}_{number}");
            }
            name
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_folder_or_is_like_another() {
        let names = file_names(["..", ".._etc", "-rf", "a:b", "A_b", "x (2)"].into_iter());
        assert_eq!(names, ["track", "_etc", "rf", "a_b", "A_b_2", "x_(2)"]);
        let long = "x".repeat(500);
        assert_eq!(
            file_names([long.as_str()].into_iter())[0].len(),
            LONGEST_NAME
        );
    }
}
