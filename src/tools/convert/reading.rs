//! The step that reads: files of a source become sheets.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use url::Url;

use super::download::SourceDownload;
use super::geo_reading;
use super::portal_reading;
use super::registry_search;
use super::source_files::{inside, unpacked};
use super::source_reading::{SourceReading, SourceSearch};
use super::table_reading;
use crate::archive::digest::Sha256Sum;
use crate::cli::{self, Failure};
use crate::conversion::error::HubError;
use crate::conversion::metadata_source::MetadataSource;
use crate::conversion::read::hub::{self, HubFile, HubReading, SavedFiles};
use crate::conversion::read::workbook;
use crate::conversion::rules::ConversionRules;

/// Reads a source of this kind: files by their paths and names, or what its URL leads to.
///
/// # Errors
/// What is wrong, with the name of the file and the place in it.
pub fn read(
    kind: MetadataSource,
    paths: &[PathBuf],
    names: &[String],
    search: SourceSearch<'_>,
    rules: &ConversionRules,
) -> Result<SourceReading, Failure> {
    let mut reading = of_kind(kind, paths, names, search, rules)?;
    reading.log.name_reader(kind.name());
    Ok(reading)
}

fn of_kind(
    kind: MetadataSource,
    paths: &[PathBuf],
    names: &[String],
    search: SourceSearch<'_>,
    rules: &ConversionRules,
) -> Result<SourceReading, Failure> {
    match kind {
        MetadataSource::Hub if search.query.is_some() => registry_search::read(search, rules),
        MetadataSource::Hub => read_hub(paths, names, search.url.cloned(), rules),
        MetadataSource::Table | MetadataSource::Own => table_reading::read(paths, names, rules),
        MetadataSource::Geo if !paths.is_empty() => geo_reading::read(paths, names, rules),
        _ => portal_reading::read(kind, paths, names, search, rules),
    }
}

/// Reads the URL of a source.
///
/// # Errors
/// It is no URL of a file or a service.
pub fn url_of(text: &str) -> Result<Url, Failure> {
    Url::parse(text).ok().filter(is_of_file).ok_or_else(|| {
        let problem = format!(
            "found `{text}`, expected a URL of http, https or ftp, such as https://tracks.example.org/hub.txt"
        );
        Failure::usage("--url", problem)
    })
}

fn read_hub(
    paths: &[PathBuf],
    names: &[String],
    url: Option<Url>,
    rules: &ConversionRules,
) -> Result<SourceReading, Failure> {
    let url = url.or_else(hub::unknown_url);
    let Some(url) = url else {
        return Ok(SourceReading::default());
    };
    if let ([path], [name]) = (paths, names)
        && !path.is_dir()
        && let Some((urls, answer)) = registry_answer(path, name)?
    {
        let mut reading = registry_search::hubs(SourceDownload::new()?, &urls, rules)?;
        reading.files.insert(0, answer);
        return Ok(reading);
    }
    if paths.is_empty() {
        let mut files = SourceDownload::new()?;
        let reading = hub::read(&mut files, &url, rules).map_err(Failure::from)?;
        return Ok(of_hub(reading, files.into_files()));
    }
    let mut saved = Vec::new();
    let mut files = Vec::new();
    for (path, name) in paths.iter().zip(names) {
        if path.is_dir() {
            for inside in inside(path)? {
                let name = inside.strip_prefix(path).unwrap_or(&inside);
                let name = name.to_string_lossy().replace('\\', "/");
                let bytes = Rc::new(cli::read(&inside)?);
                files.push((name.clone(), Sha256Sum::of(&bytes).hexadecimal()));
                saved.push(HubFile { name, bytes });
            }
            continue;
        }
        let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
        files.push((name.clone(), Sha256Sum::of(&bytes).hexadecimal()));
        if workbook::is_workbook(&bytes) {
            saved.extend(unpacked(name, bytes)?);
        } else {
            let (name, bytes) = (name.clone(), Rc::new(bytes));
            saved.push(HubFile { name, bytes });
        }
    }
    let mut saved = SavedFiles::new(saved, &url)
        .ok_or(HubError::NoHub)
        .map_err(Failure::from)?;
    let reading = hub::read(&mut saved, &url, rules).map_err(Failure::from)?;
    Ok(of_hub(reading, files))
}

/// The URLs of hubs, and name and SHA-256 of the answer that leads to them.
type RegistryAnswer = (Vec<Url>, (String, String));

/// The hubs that a saved answer of the Track Hub Registry leads to, and name and SHA-256 of the answer.
fn registry_answer(path: &Path, name: &str) -> Result<Option<RegistryAnswer>, Failure> {
    let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
    if !hub::is_registry_answer(&bytes) {
        return Ok(None);
    }
    let urls = hub::hubs_of_answer(&bytes).map_err(|problem| Failure::at(name, problem))?;
    let sha256 = Sha256Sum::of(&bytes).hexadecimal();
    Ok(Some((urls, (name.to_owned(), sha256))))
}

fn is_of_file(url: &Url) -> bool {
    ["http", "https", "ftp"].contains(&url.scheme())
}

fn of_hub(reading: HubReading, files: Vec<(String, String)>) -> SourceReading {
    SourceReading {
        sheets: reading.sheets,
        log: reading.log,
        files,
        no_hits: None,
    }
}
