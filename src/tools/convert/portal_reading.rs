//! Files of portals become sheets: saved ones, or downloads.

use std::path::PathBuf;
use std::rc::Rc;

use url::Url;

use super::download::SourceDownload;
use super::source_reading::{SourceReading, short};
use crate::archive::digest::Sha256Sum;
use crate::cli::{self, Failure};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::metadata_source::MetadataSource;
use crate::conversion::read::json_source::{JsonReading, SourceFile};
use crate::conversion::read::{
    delimited, ena, encode, encode_search, epico, faang, gdc, geo, icgc, ihec, isa, seek,
};
use crate::conversion::rules::ConversionRules;

/// Experiments that one request asks for, so that its URL stays short.
const MOST_IN_REQUEST: usize = 100;

/// Reads files of a portal by their paths and names, or downloads them from a URL.
///
/// # Errors
/// What is wrong, with the name of the file and the place in it.
pub fn read(
    kind: MetadataSource,
    paths: &[PathBuf],
    names: &[String],
    url: Option<&Url>,
    rules: &ConversionRules,
) -> Result<SourceReading, Failure> {
    let (sources, files) = match url {
        Some(url) if paths.is_empty() => downloaded(kind, url)?,
        _ => saved(paths, names)?,
    };
    let JsonReading { sheets, log } = match kind {
        MetadataSource::Encode => encode::read(&sources, rules)?,
        MetadataSource::Ena => ena::read(&sources, rules)?,
        MetadataSource::Faang => faang::read(&sources, rules)?,
        MetadataSource::Gdc => gdc::read(&sources, rules)?,
        MetadataSource::Icgc => icgc::read(&sources, rules)?,
        MetadataSource::Ihec => ihec::read(&sources, rules)?,
        MetadataSource::Seek => seek::read(&sources, rules)?,
        MetadataSource::Epico => epico::read(&sources, rules)?,
        MetadataSource::Isa => isa::read(&sources, rules)?,
        MetadataSource::Geo => geo::read(&sources, rules)?,
        _ => tables(&sources)?,
    };
    Ok(SourceReading { sheets, log, files })
}

/// The files of a source, and name and SHA-256 of each.
type SourceFiles = (Vec<SourceFile>, Vec<(String, String)>);

fn saved(paths: &[PathBuf], names: &[String]) -> Result<SourceFiles, Failure> {
    let mut sources = Vec::new();
    let mut files = Vec::new();
    for (path, name) in paths.iter().zip(names) {
        let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
        let name = short(name).to_owned();
        files.push((name.clone(), Sha256Sum::of(&bytes).hexadecimal()));
        sources.push(SourceFile { name, bytes });
    }
    Ok((sources, files))
}

fn downloaded(kind: MetadataSource, url: &Url) -> Result<SourceFiles, Failure> {
    let mut download = SourceDownload::new()?;
    let mut sources = Vec::new();
    let is_encode = kind == MetadataSource::Encode;
    let search = match is_encode {
        true => encode_search::search_of_files(url),
        false => url.clone(),
    };
    let mut get = |url: &Url| {
        let file = download.get(url);
        let file = file.map_err(|problem| Failure::at("--url", problem))?;
        Ok::<_, Failure>(file.map(|file| SourceFile {
            name: file.name,
            bytes: Rc::unwrap_or_clone(file.bytes),
        }))
    };
    match get(&search)? {
        Some(file) => sources.push(file),
        // The portal answers with 404 to a search without results.
        None if is_encode => {
            let notification = "status 404, which means no results".to_owned();
            return Err(JsonSourceError::NoFiles { notification }.into());
        }
        None => {
            let problem = format!("found no file at {url}, expected one: check the URL");
            return Err(Failure::at("--url", problem));
        }
    }
    if is_encode {
        let experiments = encode_search::experiments(&sources)?;
        for ids in experiments.chunks(MOST_IN_REQUEST) {
            // What the portal does not know stays without the values of its experiment.
            sources.extend(get(&encode_search::search_of_experiments(url, ids))?);
        }
    }
    Ok((sources, download.into_files()))
}

fn tables(sources: &[SourceFile]) -> Result<JsonReading, Failure> {
    let sheets = sources.iter().map(|file| {
        delimited::read(&file.name, &file.bytes).map_err(|error| Failure::at(&file.name, error))
    });
    Ok(JsonReading {
        sheets: sheets.collect::<Result<_, _>>()?,
        log: ConversionLog::default(),
    })
}
