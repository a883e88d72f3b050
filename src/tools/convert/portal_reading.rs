//! Files of portals become sheets: saved ones, or downloads.

use std::path::PathBuf;
use std::rc::Rc;

use url::Url;

use super::asking::PortalClient;
use super::download::SourceDownload;
use super::paging;
use super::source_reading::{SourceReading, SourceSearch, short};
use crate::archive::digest::Sha256Sum;
use crate::cli::{self, Failure};
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::metadata_source::MetadataSource;
use crate::conversion::read::json_source::{JsonReading, SourceFile};
use crate::conversion::read::portal_api::PortalApi;
use crate::conversion::read::{data_connect, delimited, drs, encode, encode_search, ihec};
use crate::conversion::rules::ConversionRules;

/// Experiments that one request asks for, so that its URL stays short.
const MOST_IN_REQUEST: usize = 100;
const NO_FILES: &str = "ENCODE has no processed file for this search";

/// Reads files of a portal by their paths and names, or downloads them from a URL or as the results of a search.
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
    let is_online = paths.is_empty() && (search.url.is_some() || search.query.is_some());
    let (sources, files) = match (is_online, PortalApi::of_kind(kind.name())) {
        (false, _) => saved(paths, names)?,
        (true, Some(api)) => {
            let (pages, files) = pages_of(api, search)?;
            if pages.is_empty() {
                let no_hits = Some(api.no_hits().to_owned());
                return Ok(SourceReading {
                    files,
                    no_hits,
                    ..SourceReading::default()
                });
            }
            (pages, files)
        }
        (true, None) => match search.url {
            Some(url) => match downloaded(kind, url)? {
                (sources, files) if sources.is_empty() => return Ok(without_files(files)),
                found => found,
            },
            None => {
                let problem = "found a search for a source without one, expected `--url` or files";
                return Err(Failure::usage("--query", problem));
            }
        },
    };
    let read = match kind {
        MetadataSource::DataConnect => data_connect::read(&sources),
        MetadataSource::Drs => drs::read(&sources, rules),
        MetadataSource::Encode => encode::read(&sources, rules),
        MetadataSource::Ihec => ihec::read(&sources, rules),
        _ => return Ok(of(tables(&sources)?, files)),
    };
    match read {
        // A search with results of which none is a track.
        Err(JsonSourceError::NoFiles { .. }) if is_online => Ok(without_files(files)),
        read => Ok(of(read?, files)),
    }
}

fn of(reading: JsonReading, files: Vec<(String, String)>) -> SourceReading {
    SourceReading {
        sheets: reading.sheets,
        log: reading.log,
        files,
        no_hits: None,
    }
}

fn without_files(files: Vec<(String, String)>) -> SourceReading {
    SourceReading {
        files,
        no_hits: Some(NO_FILES.to_owned()),
        ..SourceReading::default()
    }
}

/// All pages of an answer of a service; none without results.
fn pages_of(api: PortalApi, search: SourceSearch<'_>) -> Result<SourceFiles, Failure> {
    let option = if search.query.is_some() {
        "--query"
    } else {
        "--url"
    };
    let start = api.start(search.url, search.query);
    let start = start.map_err(|problem| Failure::usage(option, problem))?;
    let mut client = PortalClient::new()?;
    let found = paging::download(&mut client, api, start);
    let found = found.map_err(|problem| Failure::at(option, problem))?;
    let pages = match found.items {
        0 => Vec::new(),
        _ => found.pages,
    };
    Ok((pages, client.into_download().into_files()))
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
        None if is_encode => return Ok((sources, download.into_files())),
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
