//! Files of portals become sheets: saved ones, or downloads.

use std::path::PathBuf;
use std::rc::Rc;

use url::Url;

use super::asking::PortalClient;
use super::download::SourceDownload;
use super::paging;
use super::source_reading::{SourceReading, SourceSearch};
use crate::archive::digest::Sha256Sum;
use crate::cli::{self, Failure};
use crate::conversion::metadata_source::MetadataSource;
use crate::conversion::read::json_source::{JsonReading, SourceFile, not_taken};
use crate::conversion::read::portal_api::PortalApi;
use crate::conversion::read::{
    blueprint, data_connect, drs, ena, encode, epico, faang, gdc, geo, icgc, ihec, isa, seek,
};
use crate::conversion::rules::ConversionRules;

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
    if is_online && kind == MetadataSource::Geo {
        let option = if search.query.is_some() {
            "--query"
        } else {
            "--url"
        };
        let problem = "found a URL or a search for GEO, expected files: download the family file of the series, and select it";
        return Err(Failure::usage(option, problem));
    }
    let found = match (is_online, PortalApi::of_kind(kind.name()), search.url) {
        (false, _, _) => saved(paths, names)?,
        (true, Some(api), _) => pages_of(api, search)?,
        (true, None, Some(url)) => downloaded(url)?,
        (true, None, None) => {
            let problem = "found a search for a source without one, expected `--url` or files";
            return Err(Failure::usage("--query", problem));
        }
    };
    let FoundFiles { sources, files, .. } = found;
    if found.no_hits.is_some() {
        return Ok(SourceReading {
            files,
            no_hits: found.no_hits,
            ..SourceReading::default()
        });
    }
    let JsonReading { sheets, mut log } = match kind {
        MetadataSource::DataConnect => data_connect::read(&sources)?,
        MetadataSource::Drs => drs::read(&sources, rules)?,
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
        _ => blueprint::read(&sources)?,
    };
    for (url, problem) in found.left_out {
        let reason = format!("not downloaded: {problem}");
        log.add(not_taken(&url, "", &url, &reason));
    }
    Ok(SourceReading {
        sheets,
        log,
        files,
        no_hits: None,
    })
}

/// The files of a source.
#[derive(Default)]
struct FoundFiles {
    sources: Vec<SourceFile>,
    /// Name and SHA-256 of each.
    files: Vec<(String, String)>,
    /// URLs of what the files refer to and that cannot be read, with the problem of each.
    left_out: Vec<(String, String)>,
    /// The sentence for a search without results.
    no_hits: Option<String>,
}

/// All pages of an answer of a service.
fn pages_of(api: PortalApi, search: SourceSearch<'_>) -> Result<FoundFiles, Failure> {
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
    Ok(FoundFiles {
        sources: found.pages,
        files: client.into_download().into_files(),
        left_out: found.left_out,
        no_hits: (found.items == 0).then(|| api.no_hits().to_owned()),
    })
}

fn saved(paths: &[PathBuf], names: &[String]) -> Result<FoundFiles, Failure> {
    let mut sources = Vec::new();
    let mut files = Vec::new();
    for (path, name) in paths.iter().zip(names) {
        let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
        files.push((name.clone(), Sha256Sum::of(&bytes).hexadecimal()));
        sources.push(SourceFile {
            name: name.clone(),
            bytes,
        });
    }
    Ok(FoundFiles {
        sources,
        files,
        ..FoundFiles::default()
    })
}

fn downloaded(url: &Url) -> Result<FoundFiles, Failure> {
    let mut download = SourceDownload::new()?;
    let file = download.get(url);
    let file = file.map_err(|problem| Failure::at("--url", problem))?;
    let Some(file) = file else {
        let problem = format!("found no file at {url}, expected one: check the URL");
        return Err(Failure::at("--url", problem));
    };
    let source = SourceFile {
        name: file.name,
        bytes: Rc::unwrap_or_clone(file.bytes),
    };
    Ok(FoundFiles {
        sources: vec![source],
        files: download.into_files(),
        ..FoundFiles::default()
    })
}
