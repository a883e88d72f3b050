//! The results, the crates to look in, and the lineage.

use std::fs::File;
use std::io::{BufReader, Cursor, Read as _, Seek as _, sink};
use std::path::{Path, PathBuf};

use fairtracks::archive::gzip;
use fairtracks::cli::{self, Failure};
use fairtracks::format::described_results::{self, Described};
use fairtracks::format::input_names;
use fairtracks::format::known_crate::KnownCrate;
use fairtracks::model::datatype::{Datatype, Peaks};
use fairtracks::model::digest::Digests;
use fairtracks::model::result_file::ResultFile;

use super::arguments::Arguments;

/// Up to how many bytes a crate is read in one go; light crates have a few thousand.
const SMALL: u64 = 4 << 20;
/// How much of a packed result is unpacked to see whether a crate knows what is in it.
const MOST_UNPACKED: u64 = 1 << 40;

/// The results, hashed.
pub fn results(arguments: &Arguments) -> Result<Vec<ResultFile>, Failure> {
    let paths = cli::files(&arguments.results)?;
    let described = described(arguments, &paths)?;
    let read = cli::in_parallel(paths.len(), |number| {
        hashed(&paths[number], &described[number].element_identifier)
    });
    let mut results = Vec::new();
    for (described, digests) in described.into_iter().zip(read) {
        let (digests, unpacked) = digests?;
        results.push(described.file(digests, unpacked));
    }
    Ok(results)
}

/// What is known of each result: what the wrapper says, else what the names of the files tell.
fn described(arguments: &Arguments, paths: &[PathBuf]) -> Result<Vec<Described>, Failure> {
    let Some(file) = &arguments.described else {
        let ids = &arguments.dataset;
        if !ids.is_empty() && ids.len() != paths.len() {
            let problem = format!(
                "found {} ids, expected {}, one for each result",
                ids.len(),
                paths.len()
            );
            return Err(Failure::at("--dataset", problem));
        }
        let of_path = |(number, path): (usize, &PathBuf)| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let datatype = Datatype::of_file_name(&name, Peaks::Bed);
            Described {
                extension: datatype
                    .map(|datatype| datatype.extension.to_owned())
                    .unwrap_or_default(),
                id: ids.get(number).cloned().unwrap_or_default(),
                element_identifier: name,
                ..Described::default()
            }
        };
        return Ok(paths.iter().enumerate().map(of_path).collect());
    };
    let described = described_results::read(&cli::read(file)?)
        .map_err(|error| Failure::at(file.display(), error))?;
    if described.len() == paths.len() {
        return Ok(described);
    }
    let problem = format!(
        "found {} results described, expected {}, one for each file",
        described.len(),
        paths.len()
    );
    Err(Failure::at(file.display(), problem))
}

/// The digests of a file, and where it is gzip those of what is packed in it.
fn hashed(path: &Path, name: &str) -> Result<(Digests, Option<Digests>), Failure> {
    let at = |problem: &dyn std::fmt::Display| Failure::at(name, problem);
    let mut file = File::open(path).map_err(|error| at(&error))?;
    let digests = cli::digests(&mut file, true).map_err(|error| at(&error))?;
    let mut first = [0; gzip::FIRST_BYTES];
    let length = file.read(&mut first).map_err(|error| at(&error))?;
    if !gzip::is_gzip(&first[..length]) {
        return Ok((digests, None));
    }
    file.rewind().map_err(|error| at(&error))?;
    // What cannot be unpacked is a result like any other: only its own bytes can be known.
    let unpacked = gzip::unpack(&mut file, &mut sink(), MOST_UNPACKED).ok();
    Ok((digests, unpacked))
}

/// The crates to look in, with their names as messages tell them.
pub fn crates(arguments: &Arguments) -> Result<Vec<(String, KnownCrate)>, Failure> {
    let paths = cli::files(&arguments.crates)?;
    let names = match &arguments.crate_names {
        Some(file) => input_names::read(&cli::read(file)?)
            .map_err(|error| Failure::at(file.display(), error))?,
        None => paths
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
    };
    if names.len() != paths.len() {
        let problem = format!(
            "found {} names, expected {}, one for each crate",
            names.len(),
            paths.len()
        );
        return Err(Failure::at("names of crates", problem));
    }
    let read = cli::in_parallel(paths.len(), |number| {
        let at = |problem: &dyn std::fmt::Display| Failure::at(&names[number], problem);
        let file = File::open(&paths[number]).map_err(|error| at(&error))?;
        let bytes = file.metadata().map_err(|error| at(&error))?.len();
        if bytes > SMALL {
            return KnownCrate::read(BufReader::new(file)).map_err(|error| at(&error));
        }
        let bytes = cli::read(&paths[number])?;
        KnownCrate::read(Cursor::new(bytes)).map_err(|error| at(&error))
    });
    let pairs = names.iter().zip(read);
    pairs
        .map(|(name, read)| Ok((name.clone(), read?)))
        .collect()
}
