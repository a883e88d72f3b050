//! The data and the crates.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use fairtracks::cli::{self, Failure};
use fairtracks::format::described_results::{self, Described};
use fairtracks::format::input_names;
use fairtracks::format::known_crate::KnownCrate;
use fairtracks::model::datatype::{Datatype, Peaks};
use fairtracks::model::digest::{Digests, Sha256Sum};
use fairtracks::model::result_file::ResultFile;

use super::arguments::Arguments;

/// One of the data, not read yet.
pub struct Data {
    pub path: PathBuf,
    pub described: Described,
    pub bytes: u64,
}

impl Data {
    /// The same with its SHA-256.
    pub fn file(&self, sha256: Sha256Sum) -> ResultFile {
        let digests = Digests {
            bytes: self.bytes,
            sha256,
            md5: None,
        };
        self.described.clone().file(digests, None)
    }

    /// Its SHA-256, which takes a while.
    pub fn sha256(&self) -> Result<Sha256Sum, Failure> {
        let at = |error| Failure::at(&self.described.element_identifier, error);
        let mut file = File::open(&self.path).map_err(at)?;
        Ok(cli::digests(&mut file, false).map_err(at)?.sha256)
    }
}

/// The data, in their order.
pub fn data(arguments: &Arguments) -> Result<Vec<Data>, Failure> {
    let paths = cli::files(&arguments.data)?;
    if paths.is_empty() {
        return Err(Failure::at("data", "found no file, expected at least one"));
    }
    let described = match &arguments.described {
        Some(file) => described_results::read(&cli::read(file)?)
            .map_err(|error| Failure::at(file.display(), error))?,
        None => paths.iter().map(|path| by_name(path)).collect(),
    };
    if described.len() != paths.len() {
        let problem = format!(
            "found {} datasets described, expected {}, one for each file",
            described.len(),
            paths.len()
        );
        return Err(Failure::at("described data", problem));
    }
    let pairs = paths.into_iter().zip(described);
    pairs
        .map(|(path, described)| {
            let bytes = fs::metadata(&path)
                .map_err(|error| Failure::at(path.display(), error))?
                .len();
            Ok(Data {
                path,
                described,
                bytes,
            })
        })
        .collect()
}

/// What the name of a file tells.
fn by_name(path: &Path) -> Described {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let datatype = Datatype::of_file_name(&name, Peaks::Bed);
    Described {
        // A packed file is not of the datatype that is in it.
        extension: datatype
            .filter(|_| !name.to_ascii_lowercase().ends_with(".gz"))
            .map(|datatype| datatype.extension.to_owned())
            .unwrap_or_default(),
        element_identifier: name,
        ..Described::default()
    }
}

/// The crates, with the names that messages tell them by.
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
        KnownCrate::read_with_page(BufReader::new(file)).map_err(|error| at(&error))
    });
    let pairs = names.iter().zip(read);
    pairs
        .map(|(name, read)| Ok((name.clone(), read?)))
        .collect()
}
