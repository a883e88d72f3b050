//! The files of results as outputs of the tool.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::FollowedResults;
use crate::cli::{self, Failure, LargeOutput};
use crate::galaxy::dataset_file::DatasetFile;
use crate::text::unique_names::file_names;
use crate::tools::follow::arguments::FollowArguments;

/// The folder of the copies in the output folder.
const SHEET: &str = "sheet";

/// The datatype of a result.
pub fn extension(result: &DatasetFile) -> &str {
    match result.extension.as_str() {
        "" => "data",
        extension => extension,
    }
}

/// Copies the file of each result, and returns the paths of the copies. A hard link would make two datasets of Galaxy one file,
/// whose owner and permissions change for both.
pub fn copy_all(
    followed: &FollowedResults<'_>,
    arguments: &FollowArguments,
) -> Result<Vec<PathBuf>, Failure> {
    let folder = arguments.output_folder.join(SHEET);
    fs::create_dir_all(&folder).map_err(|error| Failure::at(folder.display(), error))?;
    let identifiers = followed.results.iter();
    let identifiers = identifiers.map(|result| &*result.element_identifier);
    let named = file_names(identifiers, "result").into_iter();
    let named = named.zip(followed.results);
    let copies: Vec<PathBuf> = named
        .map(|(name, result)| folder.join(format!("{name}.{}", extension(result))))
        .collect();
    let outputs: Vec<&Path> = copies.iter().map(PathBuf::as_path).collect();
    cli::refuse_shared(&arguments.inputs(), &outputs)?;
    for (path, copy) in followed.paths.iter().zip(&copies) {
        let output = LargeOutput::open(copy)?;
        let mut file = output.start()?;
        let copied = cli::open(path).and_then(|mut from| io::copy(&mut from, &mut file));
        copied.map_err(|error| Failure::at(copy.display(), error))?;
        output.appear()?;
    }
    Ok(copies)
}
