//! Family files of GEO are read as a stream, since tables of data make some of them large.

use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use super::source_reading::SourceReading;
use crate::archive::digest::Digester;
use crate::cli::{self, Failure};
use crate::conversion::read::geo::{FamilyFile, FamilyReading};
use crate::conversion::read::json_source::JsonReading;
use crate::conversion::rules::ConversionRules;

const BUFFER: usize = 1 << 16;

/// Reads family files by their paths and names.
///
/// # Errors
/// What is wrong, with the name of the file.
pub fn read(
    paths: &[PathBuf],
    names: &[String],
    rules: &ConversionRules,
) -> Result<SourceReading, Failure> {
    let mut reading = FamilyReading::new(rules);
    let mut files = Vec::new();
    for (path, name) in paths.iter().zip(names) {
        let at = |error: io::Error| Failure::at(name, error);
        let file = HashedFile {
            file: cli::open(path).map_err(at)?,
            digester: Digester::new(false),
        };
        let mut file = BufReader::with_capacity(BUFFER, file);
        reading.add(FamilyFile {
            name: name.clone(),
            reader: &mut file,
        })?;
        // The digest is that of the whole file, also behind the end of its text.
        loop {
            let rest = file.fill_buf().map_err(at)?.len();
            if rest == 0 {
                break;
            }
            file.consume(rest);
        }
        let digests = file.into_inner().digester.finish();
        files.push((name.clone(), digests.sha256.hexadecimal()));
    }
    let JsonReading { sheets, log } = reading.finish()?;
    Ok(SourceReading {
        sheets,
        log,
        files,
        no_hits: None,
    })
}

/// A file that is hashed as it is read.
struct HashedFile<R> {
    file: R,
    digester: Digester,
}

impl<R: Read> Read for HashedFile<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.digester.update(&buffer[..read]);
        Ok(read)
    }
}
